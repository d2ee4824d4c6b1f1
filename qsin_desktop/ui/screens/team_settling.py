"""The ways to end a disagreement: a rating or grade with a reason, a joint text, both seals taken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.findings import grade_finding
from qsin_desktop.actions.rating import settle
from qsin_desktop.actions.sealing import reopen
from qsin_desktop.actions.settling_texts import TextsApart, settle_text, texts_apart
from qsin_desktop.actions.texts import needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.finding_grades import grade_items
from qsin_desktop.ui.screens.parts import Field, column, row
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.button import Button, primary
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Label, Paragraph, field_label
from qsin_desktop.ui.widgets.rating_row import RatingRow
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch

_WHY = "Why this stands. Both views stay in the record."


@dataclass(frozen=True)
class Draft:
    """What somebody began, kept while other entries come in; `text` is a reason, or a joint text."""

    choice: str | None = None
    text: str | None = None


class Settling(QWidget):
    """`button` ends it; what refuses it is said beside the box."""

    def __init__(self, desk: Desk, conflict: Conflict, words: str, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.conflict = desk, conflict
        self.reason = GrowingTextEdit(_WHY, _WHY, 2, 8, self)
        self.field = Field("", self.reason, parent=self)
        self.reason.textChanged.connect(self.field.accept)
        self.button: Button = primary(button, "settle", self)
        self.button.clicked.connect(self.settle)
        self.lines = column(field_label(words, parent=self), self.field, row(1, self.button), gap=8)
        self.setLayout(self.lines)

    @property
    def draft(self) -> Draft:
        return Draft(None, self.reason.text())

    def take_draft(self, draft: Draft) -> None:
        if draft.text is not None:
            self.reason.set_text(draft.text, force=True)

    def take_focus(self) -> None:
        self.reason.setFocus()

    def set_writable(self, writable: bool) -> None:
        self.button.setEnabled(writable)
        self.reason.setReadOnly(not writable)

    def settle(self) -> None:
        raise NotImplementedError

    def end(self, act: Callable[[], Change], *, undo: bool = True) -> None:
        try:
            self.desk.act(act, show=False)
        except Refusal as refusal:
            self.field.refuse(refusal.sentence)
            self.reason.setFocus()
        else:
            self.desk.messages.done("Settled; both views stay in the record.", undo=undo)


class RatingSettling(Settling):
    """The lead's rating, with a reason, in the place of all that stand."""

    def __init__(self, desk: Desk, conflict: Conflict, parent: QWidget) -> None:
        super().__init__(desk, conflict, "You settle it, with a reason", "Settle", parent)
        self.ratings = RatingRow(self)
        self.ratings.set_scale([replace(point, key="") for point in desk.record.rules.scale])
        self.ratings.chosen.connect(self.ratings.set_pending)
        self.lines.insertWidget(1, self.ratings)

    @property
    def draft(self) -> Draft:
        return Draft(self.ratings.pending, self.reason.text())

    def take_draft(self, draft: Draft) -> None:
        super().take_draft(draft)
        self.ratings.set_pending(draft.choice)

    def take_focus(self) -> None:
        self.ratings.take_focus()

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.ratings.setEnabled(writable)

    def settle(self) -> None:
        rating, reason = self.ratings.pending, self.reason.text()
        if rating is None:
            self.field.refuse("Choose the rating that is to stand.")
            return
        key = RatingKey.from_entity(self.conflict.key.entity)
        self.end(
            lambda: settle(
                self.desk.visit,
                criterion=key.criterion,
                rating=rating,
                reason=reason,
                site=key.site,
                stage=key.stage,
            )
        )


class GradeSettling(Settling):
    """The lead's grade of a finding, with a reason."""

    def __init__(self, desk: Desk, conflict: Conflict, parent: QWidget) -> None:
        super().__init__(desk, conflict, "You settle it, with a reason", "Settle", parent)
        self.grades = SegmentedSwitch("Grade that is to stand", self)
        self.grades.set_items(grade_items(desk.record.rules.grades))
        self.lines.insertWidget(1, self.grades)

    @property
    def draft(self) -> Draft:
        return Draft(self.grades.value or None, self.reason.text())

    def take_draft(self, draft: Draft) -> None:
        super().take_draft(draft)
        self.grades.set_value(draft.choice or "")

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.grades.setEnabled(writable)

    def settle(self) -> None:
        grade, reason = self.grades.value, self.reason.text()
        if not grade:
            self.field.refuse("Choose the grade that is to stand.")
            return
        self.end(
            lambda: grade_finding(
                self.desk.visit,
                finding=self.conflict.key.entity,
                grade=grade,
                why=needed(reason, "reason for settling it"),
            )
        )


class TextSettling(Settling):
    """A joint text, proposed from both, that a person accepts or mends."""

    def __init__(self, desk: Desk, conflict: Conflict, apart: TextsApart, parent: QWidget) -> None:
        super().__init__(
            desk, conflict, "Or one text that both can stand behind", "Settle with this text", parent
        )
        self.proposal = apart.proposal
        self.reason.setAccessibleName("Joint text")
        self.reason.setPlaceholderText("A text that both can stand behind")
        self.reason.set_text(apart.proposal.text, force=True)
        words = (
            "Proposed: it holds what each of you changed. Accept it, or mend it first."
            if apart.proposal.clean
            else "Both changed the same sentence, so both versions stand in it. Mend it, then settle."
        )
        self.lines.insertWidget(1, Label(words, TextSize.SMALL, soft=True, parent=self))

    @property
    def draft(self) -> Draft:
        """None while it is still the proposal: other sides make another one."""
        text = self.reason.text()
        return Draft(None, text if text != self.proposal.text else None)

    def settle(self) -> None:
        self.end(lambda: settle_text(self.desk.visit, self.conflict, self.reason.text()))


class SealSettling(Settling):
    """Two seals: neither is in force until both are taken off and the visit is sealed once."""

    def __init__(self, desk: Desk, conflict: Conflict, parent: QWidget) -> None:
        super().__init__(desk, conflict, "Take both off, with a reason", "Take both seals off", parent)
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("Why both are taken off; the record keeps it")
        words = (
            "The visit was sealed twice, neither knowing of the other, so neither seal is in force. "
            "Take both off, then seal the visit once on the Report screen."
        )
        self.lines.insertWidget(0, Paragraph(words, parent=self))

    def settle(self) -> None:
        self.end(lambda: reopen(self.desk.visit, reason=self.reason.text()), undo=False)


def settling_of(desk: Desk, conflict: Conflict, parent: QWidget, *, prose: bool) -> Settling | None:
    """None where this person can end it only by keeping a side, or not at all."""
    key = conflict.key
    if prose and (apart := texts_apart(desk.visit, conflict)) is not None:
        return TextSettling(desk, conflict, apart, parent)
    if not desk.visit.i_lead:
        return None
    if key.type == "rating":
        return RatingSettling(desk, conflict, parent)
    if key.type == "seal":
        return SealSettling(desk, conflict, parent)
    if (key.type, key.field) == ("finding", "grade"):
        return GradeSettling(desk, conflict, parent)
    return None
