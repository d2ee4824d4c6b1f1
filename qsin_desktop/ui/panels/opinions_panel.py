"""What colleagues rated at this spot: quietly where they agree, as a banner where they do not.

The lead settles a disagreement here, with a reason; what was typed for that is kept for the session.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qsin_desktop.actions.rating import settle
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.rating import Opinion, RatingKey
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.models.criterion_marks import shown_rating
from qsin_desktop.ui.panels.rating_words import said_by
from qsin_desktop.ui.panels.settle_form import SettleForm
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.screens.parts import IconMark, clear, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import secondary
from qsin_desktop.ui.widgets.card import RADIUS
from qsin_desktop.ui.widgets.drawing import rounded
from qsin_desktop.ui.widgets.label import Label, Paragraph
from qsin_desktop.ui.widgets.sign import SignLabel

_OTHERS = "The lead assessor can settle it; or change your own rating, and you agree."


class OpinionsPanel(SpotPanel):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._disputed = False
        self._title = Label("", weight=Weight.SEMIBOLD, tone=Tone.NOT_MET, parent=self)
        self._fork = IconMark("disagreement", 18, Tone.NOT_MET, self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._advice = Paragraph(_OTHERS, TextSize.LABEL, soft=True, parent=self)
        self.settle_button = secondary("Settle…", "settle", self)
        self.settle_button.clicked.connect(self._open_form)
        self.form = SettleForm(desk, self)
        self.form.settled.connect(self._settle)
        self.form.given_up.connect(self._close_form)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(row(self._fork, self._title, 1, gap=8))
        column.addLayout(self._lines)
        for widget in (self._advice, self.settle_button, self.form):
            column.addWidget(widget)
        self.hide()

    def show_spot(self, spot: RatingKey) -> None:
        self.form.keep(self.spot)
        self.spot = spot
        self.form.show_for(spot)
        self.form.setVisible(self.form.begun)
        self.refresh()

    def refresh(self) -> None:
        cell = self.record.rating(self.spot)
        me = self.desk.visit.me
        self._disputed = cell.disputed
        shown = cell.opinions if cell.disputed else tuple(o for o in cell.opinions if o.by != me or o.why)
        clear(self._lines)
        for opinion in shown:
            line = _OpinionLine(self.desk, opinion, self)
            self._lines.addWidget(line)
            line.show()
        self._title.setText("People rated this differently" if cell.disputed else "")
        for widget in (self._fork, self._title):
            widget.setVisible(cell.disputed)
        may_settle = cell.disputed and self.desk.visit.i_lead and self.writable
        if not may_settle:
            self.form.hide()
        self._advice.setVisible(cell.disputed and not may_settle)
        self.settle_button.setVisible(may_settle and self.form.isHidden())
        self.setVisible(bool(shown))
        self.update()

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.refresh()

    def flush(self) -> None:
        self.form.keep(self.spot)

    # ---- settling -----------------------------------------------------------------------------------

    def _open_form(self) -> None:
        self.form.show()
        self.settle_button.hide()
        self.form.box.setFocus()

    def _close_form(self) -> None:
        self.form.hide()
        self.refresh()
        self.settle_button.setFocus()

    def _settle(self, rating: str, reason: str) -> None:
        spot = self.spot
        try:
            self.desk.act(
                lambda: settle(
                    self.desk.visit,
                    criterion=spot.criterion,
                    rating=rating,
                    reason=reason,
                    site=spot.site,
                    stage=spot.stage,
                ),
                show=False,
            )
        except Refusal as refusal:
            self.form.refuse(refusal.sentence)
        else:
            self.form.forget(spot)
            self.form.hide()
            self.refresh()
            self.desk.messages.done("Settled. The earlier ratings stay in the trail.", undo=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of()
        colours = look.palette
        fill = colours.not_met.wash if self._disputed else colours.surface
        edge = None if self._disputed else colours.line
        rounded(QPainter(self), QRectF(self.rect()), RADIUS, fill=fill, edge=edge)


class _OpinionLine(QWidget):
    """A sign, who rated what and when, and why."""

    def __init__(self, desk: Desk, opinion: Opinion, parent: QWidget) -> None:
        super().__init__(parent)
        sign, tone, label = shown_rating(desk.record.rules, opinion.rating)
        who = said_by(desk.record, opinion, desk.visit.me)
        settled = ", settling a disagreement" if opinion.why else ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        row.addWidget(SignLabel(sign, tone, label, 20, self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Paragraph(f"{label}. {who}{settled}", weight=Weight.MEDIUM, parent=self))
        if opinion.reason:
            words.addWidget(Paragraph(opinion.reason, parent=self))
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
