"""One exhibit beside the grid: what it is, where it is cited, and what can be done with it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.evidence import (
    Target,
    cite,
    reinstate_exhibit,
    set_link,
    title_exhibit,
    uncite,
    withdraw_exhibit,
)
from qsin_desktop.actions.marking import can_be_marked
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import Exhibit, ExhibitLink
from qsin_desktop.domain.marks import drawn_words, redacted_words
from qsin_desktop.domain.reading import PURGED_GROUP
from qsin_desktop.domain.standards import Tone
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import ask_reason
from qsin_desktop.ui.dialogs.pick import PickPage, pick
from qsin_desktop.ui.dialogs.purge import ask_purge
from qsin_desktop.ui.panels.exhibit_face import about
from qsin_desktop.ui.panels.exhibit_state_box import ExhibitStateBox
from qsin_desktop.ui.places import FINDINGS, WALK, Place
from qsin_desktop.ui.screens.finding_ties import criterion_choices
from qsin_desktop.ui.screens.parts import Field, ScrollColumn, clear, row
from qsin_desktop.ui.screens.typed import IdleLine, Typed
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import IconButton, quiet, secondary
from qsin_desktop.ui.widgets.card import Card, NoticeBox, Panel
from qsin_desktop.ui.widgets.chip import ChipButton
from qsin_desktop.ui.widgets.label import Label, Paragraph, field_label, soft


class CitationCard(Card):
    """One place where the exhibit is cited, with locator and caption."""

    def __init__(self, desk: Desk, link: ExhibitLink, parent: QWidget) -> None:
        super().__init__(padding=10, sunken=True, parent=parent)
        self._desk, self.link = desk, link.id
        words, place, hover = _where(desk, link)
        go = ChipButton(words, parent=self)
        go.setToolTip(hover)
        go.setAccessibleName(f"Go to {words}")
        go.clicked.connect(lambda: desk.go(place))
        self.remove = IconButton("x", f"No longer cite it in {words}", parent=self)
        self.remove.clicked.connect(self._remove)
        self.body.addLayout(row(go, 1, self.remove))
        self.typed = [
            self._line("locator", "Place in it", "Page, sheet, minute"),
            self._line("caption", "What it shows here", "For the report"),
        ]

    def _line(self, name: str, words: str, hint: str) -> Typed:
        box = IdleLine(words, hint, self)
        self.body.addWidget(Field(words, box, parent=self))

        def read() -> str:
            link = self._desk.record.link(self.link)
            return str(getattr(link, name)) if link else ""

        def write(text: str) -> Change:
            return set_link(self._desk.visit, link=self.link, field=name, text=text, typing=True)

        return Typed(self._desk, box, None, read, write)

    def refresh(self) -> None:
        for typed in self.typed:
            typed.refresh()

    def flush(self) -> None:
        if self._desk.record.link(self.link) is not None:
            for typed in self.typed:
                typed.flush()

    def set_writable(self, writable: bool) -> None:
        self.remove.setEnabled(writable)
        for typed in self.typed:
            typed.set_writable(writable)

    def _remove(self) -> None:
        if self._desk.act(lambda: uncite(self._desk.visit, link=self.link)) is not None:
            self._desk.messages.done("No longer cited there; the exhibit stays.", undo=True)


def _where(desk: Desk, link: ExhibitLink) -> tuple[str, Place, str]:
    if link.finding:
        finding = desk.record.finding(link.finding)
        number = finding.number if finding else "a finding"
        return number, Place(FINDINGS, finding=link.finding), "Go to the finding"
    criterion = desk.record.pack.criterion(link.criterion)
    return criterion.shown_code, Place(WALK, criterion.code), criterion.title


class EvidenceDetail(Panel):
    opened = Signal(str)
    save_asked = Signal(str)
    mark_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("left", parent)
        self._desk = desk
        self._exhibit = ""
        self.cards: list[CitationCard] = []
        self._number = Label("", TextSize.TITLE, Weight.SEMIBOLD, parent=self)
        self._about = Paragraph("", soft=True, parent=self)
        self.withdrawn = NoticeBox(Tone.NOT_APPLICABLE, "Withdrawn", "", self)
        self.state = ExhibitStateBox(desk, self)
        self.title = IdleLine("Title of the exhibit", parent=self)
        self._title_field = Field("Title", self.title, parent=self)
        self.preview = secondary("Preview", "preview", self)
        self.mark = secondary("Mark…", "pencil", self)
        self.mark.setToolTip(tip("evidence.mark"))
        self.save = secondary("Save a copy…", "download", self)
        self.save.setToolTip(tip("evidence.save"))
        self.withdraw = quiet("Withdraw", "withdraw", self)
        self.purge = quiet("Purge it for good…", "purge", self)
        self.purge.setToolTip("Take its bytes and words away everywhere, e.g. where a patient can be told")
        self._facts = QVBoxLayout()
        self._facts.setSpacing(10)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._none = soft("Not cited anywhere yet.", self)
        self.cite = quiet("Cite it in a criterion", "link", self)
        self._typed = Typed(desk, self.title, self._title_field, self._read_title, self._write_title)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        page = ScrollColumn(600, self, margin=20)
        column = page.column
        column.setSpacing(12)
        column.addLayout(row(self._number, 1))
        column.addWidget(self._about)
        column.addWidget(self.withdrawn)
        column.addWidget(self.state)
        column.addWidget(self._title_field)
        column.addLayout(row(self.preview, self.mark, self.save, 1))
        column.addLayout(row(field_label("Where it is cited", parent=self), 1, self.cite))
        column.addWidget(self._none)
        column.addLayout(self._column)
        column.addLayout(self._facts)
        column.addLayout(row(self.withdraw, self.purge, 1))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(page)

    def _connect(self) -> None:
        self.preview.clicked.connect(lambda: self.opened.emit(self._exhibit))
        self.mark.clicked.connect(lambda: self.mark_asked.emit(self._exhibit))
        self.save.clicked.connect(lambda: self.save_asked.emit(self._exhibit))
        self.cite.clicked.connect(self.ask_criterion)
        self.withdraw.clicked.connect(self.withdraw_or_reinstate)
        self.purge.clicked.connect(lambda: ask_purge(self._desk, self._exhibit, self))

    # ---- what is shown ------------------------------------------------------------------------------

    @property
    def exhibit(self) -> Exhibit | None:
        return self._desk.record.exhibit(self._exhibit)

    def show_exhibit(self, exhibit: str) -> None:
        if exhibit != self._exhibit:
            self.flush()
            self._desk.visit.end_typing()
            self._exhibit = exhibit
            self._typed.show_other()
        self.refresh()

    def refresh(self) -> None:
        exhibit = self.exhibit
        self.setVisible(exhibit is not None)
        if exhibit is None:
            return
        self._number.setText(exhibit.number)
        self._about.setText(about(exhibit))
        self.state.show_exhibit(exhibit)
        purged = exhibit.group == PURGED_GROUP
        self.save.setVisible(exhibit.seen is None and not purged)
        self.mark.setVisible(can_be_marked(exhibit) and not purged)
        for widget in (self.preview, self._title_field, self.cite, self.withdraw, self.purge):
            widget.setVisible(not purged)
        self._show_withdrawn(exhibit)
        self._typed.refresh()
        links = self._desk.record.links(exhibit=exhibit.id, withdrawn=True)
        if [card.link for card in self.cards] != [link.id for link in links]:
            self._make_cards(links)
        for card in self.cards:
            card.refresh()
        self._none.setVisible(not links and not exhibit.withdrawn)
        self._show_facts(exhibit)
        self._set_writable()

    def _show_withdrawn(self, exhibit: Exhibit) -> None:
        self.withdrawn.setVisible(bool(exhibit.withdrawn))
        self.withdraw.setText("Reinstate" if exhibit.withdrawn else "Withdraw")
        if exhibit.withdrawn:
            standing = self._desk.record.standing(FieldKey("exhibit", exhibit.id, "withdrawn"))
            said = [f"{self._desk.record.person_name(s.by)}, {_moment(s.at)}: {s.value}" for s in standing]
            self.withdrawn.set_words("Withdrawn", "\n".join(said))

    def _make_cards(self, links: tuple[ExhibitLink, ...]) -> None:
        for card in self.cards:
            card.flush()
        clear(self._column)
        self.cards = [CitationCard(self._desk, link, self) for link in links]
        for card in self.cards:
            self._column.addWidget(card)

    def _show_facts(self, exhibit: Exhibit) -> None:
        clear(self._facts)
        for label, words in self._facts_of(exhibit):
            self._facts.addWidget(field_label(label, parent=self))
            paragraph = Label(words, TextSize.LABEL, selectable=True, parent=self)
            paragraph.setWordWrap(True)
            self._facts.addWidget(paragraph)

    def _facts_of(self, exhibit: Exhibit) -> list[tuple[str, str]]:
        by = f"{self._desk.record.person_name(exhibit.by)}, {_moment(exhibit.at)}"
        if exhibit.group == PURGED_GROUP:
            return [("Why", exhibit.title.removeprefix("Purged: ")), ("Purged by", by)]
        seen = exhibit.seen
        if seen is not None:
            given = (("Seen by", seen.seen_by), ("What it showed", seen.showed), ("Recorded by", by))
            return [(label, words) for label, words in given if words]
        in_groups = " ".join(exhibit.sha256[n : n + 8] for n in range(0, len(exhibit.sha256), 8))
        told = " ".join(filter(None, (drawn_words(exhibit.marks), redacted_words(exhibit.marks))))
        marks = [("Marks", told)] if told else []
        return [*marks, ("Name of the file", exhibit.name), ("SHA-256", in_groups), ("Attached by", by)]

    def _set_writable(self) -> None:
        writable = self._desk.writable
        stands = self.exhibit is not None and not self.exhibit.withdrawn
        self._typed.set_writable(writable and stands)
        self.withdraw.setEnabled(writable)
        self.cite.setEnabled(writable and stands)
        self.purge.setEnabled(not self._desk.visit.read_only)
        for card in self.cards:
            card.set_writable(writable and stands)

    # ---- acts ---------------------------------------------------------------------------------------

    def _read_title(self) -> str:
        return self.exhibit.title if self.exhibit else ""

    def _write_title(self, text: str) -> Change:
        return title_exhibit(self._desk.visit, exhibit=self._exhibit, title=text, typing=True)

    def flush(self) -> None:
        if self.exhibit is not None:
            self._typed.flush()
        for card in self.cards:
            card.flush()

    def ask_criterion(self) -> PickPage | None:
        exhibit = self.exhibit
        if exhibit is None or not self._desk.writable:
            return None
        cited = tuple(
            link.criterion for link in self._desk.record.links(exhibit=exhibit.id) if link.criterion
        )
        choices = criterion_choices(self._desk.record.pack, cited)
        return pick(self, f"Cite {exhibit.number} in a criterion", "Cite", choices, self._cite)

    def _cite(self, criterion: str) -> None:
        target = Target(criterion=criterion)
        self._desk.act(lambda: cite(self._desk.visit, exhibit=self._exhibit, target=target))

    def withdraw_or_reinstate(self) -> None:
        exhibit = self.exhibit
        if exhibit is None or not self._desk.writable:
            return
        self.flush()
        if exhibit.withdrawn:
            done = self._desk.act(lambda: reinstate_exhibit(self._desk.visit, exhibit=exhibit.id))
            if done is not None:
                self._desk.messages.done(f"{exhibit.number} counts again, with its citations.", undo=True)
            return
        ask_reason(
            self,
            f"Withdraw {exhibit.number}?",
            "It keeps its number and is listed as withdrawn, with the reason; its citations no longer count. "
            "It can be reinstated.",
            "Reason",
            "Withdraw",
            lambda reason: self._withdraw(exhibit, reason),
        )

    def _withdraw(self, exhibit: Exhibit, reason: str) -> None:
        self._desk.act(
            lambda: withdraw_exhibit(self._desk.visit, exhibit=exhibit.id, reason=reason), show=False
        )
        self._desk.messages.done(f"{exhibit.number} is withdrawn.", undo=True)


def _moment(at: str) -> str:
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return ""
    return f"{time.day} {time:%B %Y, %H:%M}"
