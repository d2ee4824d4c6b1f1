"""Raises a finding beside the criterion it comes from: it is recorded with its first words, then as typed.

.begin(spot)      an empty form, its grade proposed by the rating
.finding          its id, empty until it is raised
closed = Signal()
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qsin_desktop.actions.evidence import Target, cite, uncite
from qsin_desktop.actions.findings import PARTS, grade_finding, raise_finding, write_finding
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Grade, Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.quiet_link import QuietLink
from qsin_desktop.ui.panels.rating_words import spot_in_words
from qsin_desktop.ui.panels.spot_panel import NOWHERE
from qsin_desktop.ui.panels.tab_order import tab_after
from qsin_desktop.ui.panels.typed_box import SavedAsTyped
from qsin_desktop.ui.places import FINDINGS, Place
from qsin_desktop.ui.screens.parts import clear
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.chip import ChipButton
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Label, field_label
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem

_LABELS = {"requirement": "&What is required", "evidence": "What was se&en", "gap": "The &gap"}
_HINTS = {
    "requirement": "What the criterion asks for",
    "evidence": "What was read, heard or seen, with exhibit numbers",
    "gap": "Where the two part; never how to mend it",
}


class FindingForm(Card):
    closed = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("New finding", " ", parent=parent)
        self.desk = desk
        self.finding = ""
        self.spot = NOWHERE
        self.grades = SegmentedSwitch("Grade", self)
        self.grades.changed.connect(self._graded)
        self.boxes: dict[str, GrowingTextEdit] = {}
        self._typed: dict[str, SavedAsTyped] = {}
        self._labels: dict[str, Label] = {}
        self.body.addWidget(self.grades)
        for part in PARTS:
            self._add_box(part)
        self._exhibits = FlowLayout(gap=6, line_gap=6)
        self._exhibits_label = field_label("Exhibits it rests on", parent=self)
        self.body.addWidget(self._exhibits_label)
        self.body.addLayout(self._exhibits)
        self._add_header()
        self.hide()

    def _add_box(self, part: str) -> None:
        name = _LABELS[part].replace("&", "")
        box = self.boxes[part] = GrowingTextEdit(name, _HINTS[part], parent=self)
        box.left.connect(self.left)
        self._typed[part] = SavedAsTyped(box, lambda text: self._write(part, text), self.desk)
        label = self._labels[part] = field_label(_LABELS[part], box, self)
        self.body.addWidget(label)
        self.body.addWidget(box)

    def _add_header(self) -> None:
        acts = QWidget(self)
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.open_link = QuietLink("Open in Findings", parent=acts)
        self.open_link.clicked.connect(self._open)
        self.done_button = Button("Done", "check", parent=acts)
        self.done_button.clicked.connect(self.close_form)
        row.addWidget(self.open_link, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.done_button)
        self.set_header_widget(acts)

    # ---- showing ------------------------------------------------------------------------------------

    @property
    def held(self) -> bool:
        """Whether it has words that could not be put on the disk: then it stays as it is."""
        return any(typed.held for typed in self._typed.values())

    def begin(self, spot: RatingKey) -> None:
        self.flush()
        if self.held:
            self.show()
            return
        self.finding, self.spot = "", spot
        for typed in self._typed.values():
            typed.show_other("")
        grades = self.desk.visit.rules.grades
        self.grades.set_items([SwitchItem(g.id, g.label) for g in grades])
        self.grades.set_value(_proposed(self.desk.record, spot).id)
        self._show_state()
        self.show()
        self.boxes["requirement"].setFocus()

    def refresh(self) -> None:
        """After somebody else's change, or an undo that took the finding itself back."""
        if not self.finding:
            self._show_state()
            return
        found = self.desk.record.finding(self.finding)
        if found is None:
            self.finding = ""
        else:
            for part, typed in self._typed.items():
                typed.show(getattr(found, part))
            if found.grade:
                self.grades.set_value(found.grade)
        self._show_state()

    def _show_state(self) -> None:
        found = self.desk.record.finding(self.finding) if self.finding else None
        self.set_title(f"Finding {found.number}" if found else "New finding")
        where = spot_in_words(self.desk.record, self.spot)
        self.set_subtitle(
            f"On {where}. " + ("Saved as you type." if found else "Recorded as soon as you write.")
        )
        self.open_link.setVisible(found is not None)
        praise = self._grade.praise
        for widget in (self._labels["gap"], self.boxes["gap"]):
            widget.setVisible(not praise)
        self._show_exhibits()

    @property
    def _grade(self) -> Grade:
        return self.desk.visit.rules.grade(self.grades.value)

    def _show_exhibits(self) -> None:
        clear(self._exhibits)
        record = self.desk.record
        cited = {link.exhibit for link in record.links(finding=self.finding)} if self.finding else set()
        here = dict.fromkeys(link.exhibit for link in record.links(criterion=self.spot.criterion))
        for exhibit_id in here:
            exhibit = record.exhibit(exhibit_id)
            if exhibit is not None:
                chip = ChipButton(exhibit.number, Tone.ACCENT, icon="link", parent=self)
                chip.setToolTip(exhibit.title)
                chip.setAccessibleName(f"Rests on {exhibit.number} {exhibit.title}")
                chip.setCheckable(True)
                chip.setChecked(exhibit_id in cited)
                chip.clicked.connect(lambda on, exhibit_id=exhibit_id: self._rest_on(exhibit_id, on))
                self._exhibits.addWidget(chip)
                chip.show()
        self._exhibits_label.setVisible(bool(here))
        tab_after(self.boxes["gap"], [chip for chip in self.findChildren(ChipButton) if not chip.isHidden()])

    # ---- recording ----------------------------------------------------------------------------------

    def _write(self, part: str, text: str) -> bool:
        if not self.finding:
            return self._raise()
        visit, finding = self.desk.visit, self.finding
        if visit.record.finding(finding) is None:
            return True
        action = lambda: write_finding(visit, finding=finding, part=part, text=text, typing=True)  # noqa: E731
        return self.desk.act(action, self) is not None

    @property
    def blank(self) -> bool:
        return not any(box.text().strip() for box in self.boxes.values())

    def _raise(self, *, blank: bool = False) -> bool:
        """The first words make it a finding; resting it on an exhibit does too."""
        if self.blank and not blank:
            return True
        done = self.desk.act(self._raised, self) is not None
        self._show_state()
        return done

    def _raised(self) -> Change:
        spot, texts = self.spot, {part: box.text() for part, box in self.boxes.items()}
        change = raise_finding(
            self.desk.visit, criteria=[spot.criterion], grade=self.grades.value, site=spot.site, **texts
        )
        self.finding = change.entity
        return change

    def _graded(self, grade: str) -> None:
        if self.finding:
            visit, finding = self.desk.visit, self.finding
            self.desk.act(lambda: grade_finding(visit, finding=finding, grade=grade), self)
        self._show_state()

    def _rest_on(self, exhibit: str, on: bool) -> None:
        self.flush()
        if not self.finding and not self._raise(blank=True):
            return
        visit, target = self.desk.visit, Target(finding=self.finding)
        if on:
            self.desk.act(lambda: cite(visit, exhibit=exhibit, target=target), self)
        for link in [] if on else visit.record.links(finding=self.finding, exhibit=exhibit):
            self.desk.act(lambda link=link: uncite(visit, link=link.id), self)  # type: ignore[misc]
        self._show_exhibits()

    def flush(self) -> None:
        for typed in self._typed.values():
            typed.flush()

    def close_form(self) -> None:
        self.flush()
        if self.held:
            return
        self.finding = ""
        self.hide()
        self.closed.emit()

    def _open(self) -> None:
        finding = self.finding
        self.flush()
        self.desk.go(Place(FINDINGS, self.spot.criterion, finding=finding))


def _proposed(record: VisitRecord, spot: RatingKey) -> Grade:
    """The grade in the tone of the rating, e.g. good practice for what is met; the first one otherwise."""
    rating = record.rating(spot).rating or record.network_rating(spot.criterion, spot.stage).rating
    tone = next((p.tone for p in record.rules.scale if p.id == rating), None)
    grades = record.rules.grades
    return next((g for g in grades if g.tone is tone), grades[0])
