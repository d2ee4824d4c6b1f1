"""The exhibits that a finding rests on, each with the place in it that matters."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.evidence import Target, cite, set_link, uncite
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import Exhibit, ExhibitLink
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.pick import Choice, PickPage, pick
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.attaching import Attaching
from qsin_desktop.ui.panels.exhibit_face import icon_of
from qsin_desktop.ui.places import EVIDENCE, Place
from qsin_desktop.ui.screens.parts import IconMark, clear, column, row
from qsin_desktop.ui.screens.typed import IdleLine, Typed
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import IconButton, quiet
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.label import ElidedLabel, Label, field_label, soft


def exhibit_choices(record: VisitRecord, without: set[str]) -> list[Choice]:
    """For the picker, by number."""
    return [
        Choice(e.id, f"{e.number}  {e.title}", e.kind, icon_of(e))
        for e in record.exhibits()
        if e.id not in without
    ]


class CitedLine(Card):
    """One exhibit and its locator here."""

    def __init__(self, desk: Desk, link: ExhibitLink, exhibit: Exhibit, parent: QWidget) -> None:
        super().__init__(padding=10, parent=parent)
        self.link = link.id
        self._desk = desk
        number = Label(exhibit.number, TextSize.BODY, Weight.SEMIBOLD, parent=self)
        title = ElidedLabel(exhibit.title, parent=self)
        go = IconButton("arrow", f"Go to {exhibit.number} among the evidence", parent=self)
        go.clicked.connect(lambda: desk.go(Place(EVIDENCE, exhibit=exhibit.id)))
        remove = IconButton("x", f"No longer cite {exhibit.number} here", parent=self)
        remove.clicked.connect(self._remove)
        self.locator = IdleLine("Place in the exhibit", "Page, sheet, minute", self)
        self.locator.setMinimumWidth(look_of().px(110))
        self.locator.setMaximumWidth(look_of().px(190))
        line = row(
            IconMark(icon_of(exhibit), 18, parent=self), number, title, self.locator, go, remove, gap=8
        )
        line.setStretch(2, 1)
        line.setStretch(3, 2)  # up to its greatest width; the title takes the rest
        self.body.addLayout(line)
        self._typed = Typed(desk, self.locator, None, self._read, self._write)

    def _read(self) -> str:
        link = self._desk.record.link(self.link)
        return link.locator if link else ""

    def _write(self, text: str) -> Change:
        return set_link(self._desk.visit, link=self.link, field="locator", text=text, typing=True)

    def refresh(self) -> None:
        self._typed.refresh()

    def flush(self) -> None:
        self._typed.flush()

    def _remove(self) -> None:
        if self._desk.act(lambda: uncite(self._desk.visit, link=self.link)) is not None:
            self._desk.messages.done("The exhibit is no longer cited here; it stays in the visit.", undo=True)


class FindingExhibits(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._finding: Finding | None = None
        self._attaching = Attaching(desk, self)
        self.lines: list[CitedLine] = []
        self.cite = quiet("Cite an exhibit", "link", self)
        self.cite.setToolTip(tip("findings.cite"))
        self.cite.clicked.connect(self.ask)
        self.attach = quiet("Attach files", "upload", self)
        self.attach.clicked.connect(self._ask_files)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._none = soft("No exhibit yet. A finding rests on at least one.", self)
        layout = column(
            row(field_label("Exhibits", parent=self), 1, self.attach, self.cite),
            self._none,
            self._column,
            gap=6,
        )
        self.setLayout(layout)

    def show_finding(self, finding: Finding) -> None:
        links = self._desk.record.links(finding=finding.id)
        same = self._finding is not None and self._finding.id == finding.id
        self._finding = finding
        if not same or [line.link for line in self.lines] != [link.id for link in links]:
            self._make_lines(links)
        for line in self.lines:
            line.refresh()
        self._none.setVisible(not links)

    def _make_lines(self, links: tuple[ExhibitLink, ...]) -> None:
        self.flush()
        clear(self._column)
        self.lines = []
        for link in links:
            exhibit = self._desk.record.exhibit(link.exhibit)
            if exhibit is not None:
                line = CitedLine(self._desk, link, exhibit, self)
                self.lines.append(line)
                self._column.addWidget(line)

    def flush(self) -> None:
        for line in self.lines:
            line.flush()

    # ---- acts ---------------------------------------------------------------------------------------

    def ask(self) -> PickPage | None:
        """Pick one that is in the visit already. A key reaches this also where nothing may be changed."""
        finding = self._finding
        if finding is None or not self.isEnabled():
            return None
        cited = {link.exhibit for link in self._desk.record.links(finding=finding.id)}
        choices = exhibit_choices(self._desk.record, cited)
        if not choices:
            self._ask_files()
            return None
        return pick(self, f"Cite an exhibit in {finding.number}", "Cite", choices, self._cite)

    def _cite(self, exhibit: str) -> None:
        if self._finding is not None:
            target = Target(finding=self._finding.id)
            self._desk.act(lambda: cite(self._desk.visit, exhibit=exhibit, target=target))

    def _ask_files(self) -> None:
        self.take(self._desk.asking.files(self, "Attach files", "attach"))

    def take(self, paths: tuple[Path, ...]) -> None:
        if paths and self._finding is not None:
            self._attaching.files(paths, Target(finding=self._finding.id))
