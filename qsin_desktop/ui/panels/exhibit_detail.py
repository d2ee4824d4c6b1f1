"""The chosen exhibit of a criterion: what it is, the place in it that matters here, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qsin_desktop.actions.evidence import set_link
from qsin_desktop.domain.evidence import Exhibit, ExhibitLink
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.exhibit_face import about
from qsin_desktop.ui.panels.exhibit_state_box import ExhibitStateBox
from qsin_desktop.ui.panels.quiet_link import QuietLink
from qsin_desktop.ui.panels.typed_box import SavedAsTyped, TypedLine, set_read_only
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.label import ElidedLabel, Paragraph, field_label

_FIELDS = {
    "locator": ("Where in it", "Page, paragraph, sheet"),
    "caption": ("What it shows here", "For the report"),
}


class ExhibitDetail(Card):
    """`show_link` another link flushes nothing: the owner does."""

    opened = Signal(str)  # link ids
    saved_out = Signal(str)
    uncited = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(padding=12, parent=parent)
        self.desk = desk
        self.link = ""
        self._title = ElidedLabel("", weight=Weight.SEMIBOLD, parent=self)
        self._about = Paragraph("", TextSize.SMALL, soft=True, parent=self)
        self._showed = Paragraph("", TextSize.LABEL, parent=self)
        self.state = ExhibitStateBox(desk, self)
        for widget in (self._title, self._about, self.state, self._showed):
            self.body.addWidget(widget)
        self.lines: dict[str, TypedLine] = {}
        self._typed: dict[str, SavedAsTyped] = {}
        for name, (words, hint) in _FIELDS.items():
            self._add_line(name, words, hint)
        self._add_acts()
        self.hide()

    def _add_line(self, name: str, words: str, hint: str) -> None:
        line = self.lines[name] = TypedLine(words, hint, self)
        line.left.connect(self.left)
        self._typed[name] = SavedAsTyped(line, lambda text: self._write(name, text), self.desk)
        self.body.addWidget(field_label(words, line, self))
        self.body.addWidget(line)

    def _add_acts(self) -> None:
        self.open_link = QuietLink("Preview", "Enter on the tile does the same", parent=self)
        self.save_link = QuietLink("Save a copy…", "An unprotected copy outside the visit", parent=self)
        self.uncite_link = QuietLink("No longer cite here", "The exhibit itself stays", parent=self)
        self.open_link.clicked.connect(lambda: self.opened.emit(self.link))
        self.save_link.clicked.connect(lambda: self.saved_out.emit(self.link))
        self.uncite_link.clicked.connect(lambda: self.uncited.emit(self.link))
        flow = FlowLayout(gap=10, line_gap=2)
        for link in (self.open_link, self.save_link, self.uncite_link):
            flow.addWidget(link)
        row = QHBoxLayout()
        row.addLayout(flow)
        self.body.addLayout(row)

    def show_link(self, link: ExhibitLink, exhibit: Exhibit, *, from_colleague: bool = False) -> None:
        another = link.id != self.link
        self.link = link.id
        self._title.setText(f"{exhibit.number}  {exhibit.title}")
        self._about.setText(about(exhibit))
        self.state.show_exhibit(exhibit)
        showed = exhibit.seen.showed if exhibit.seen else ""
        self._showed.setText(showed)
        self._showed.setVisible(bool(showed))
        self.save_link.setVisible(exhibit.seen is None)
        for name, typed in self._typed.items():
            recorded = getattr(link, name)
            if another:
                typed.show_other(recorded)
            elif not typed.show(recorded, from_colleague=from_colleague) and from_colleague:
                words = _FIELDS[name][0].lower()
                self.desk.messages.info(
                    f"A colleague changed “{words}” of {exhibit.number} to “{recorded}”; "
                    "what you are writing was left alone."
                )
        self.show()

    def put_away(self) -> None:
        self.hide()
        self.link = ""

    def set_writable(self, writable: bool) -> None:
        for line in self.lines.values():
            set_read_only(line, not writable)
        self.uncite_link.setVisible(writable)

    def flush(self) -> None:
        for typed in self._typed.values():
            typed.flush()

    def _write(self, name: str, text: str) -> bool:
        visit, link = self.desk.visit, self.link
        if visit.record.link(link) is None:
            return True
        return (
            self.desk.act(lambda: set_link(visit, link=link, field=name, text=text, typing=True)) is not None
        )
