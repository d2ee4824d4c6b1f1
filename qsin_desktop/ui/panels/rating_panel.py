"""The rating at one spot: its buttons, what the sites give, what colleagues said, and the reason.

.choose(ident)       as the buttons and number keys do: recorded, or pending until the reason is typed
.choose_key("2")     by the number key of the scale
.clear()             take my own rating back
.unfinished          one sentence for every spot of which something is not recorded yet
.left_behind(spot)   the same for one spot, or None
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.rating import clear_rating, rate
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotApplicableForbidden, ReasonNeeded, Refusal
from qsin_desktop.domain.rating import Opinion, RatingCell, RatingKey
from qsin_desktop.domain.reading import PURGED_FIELD
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk, of_the_disk
from qsin_desktop.ui.dialogs.purge import ask_purge
from qsin_desktop.ui.panels.opinions_panel import OpinionsPanel
from qsin_desktop.ui.panels.pending_ratings import Pending, PendingRatings
from qsin_desktop.ui.panels.rating_words import (
    label_of,
    not_recorded,
    pending_in_words,
    roll_up_words,
    said_by,
    spot_in_words,
)
from qsin_desktop.ui.panels.reason_box import ReasonBox
from qsin_desktop.ui.panels.spot_panel import SpotPanel, received
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.label import Paragraph
from qsin_desktop.ui.widgets.rating_row import RatingRow

_NOT_YET = "Kept here, not recorded yet: choose a rating to go with it."


class RatingPanel(SpotPanel):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._pending = PendingRatings(desk.visit, "rating")
        self.row = RatingRow(self)
        self.row.set_scale(self.record.rules.scale)
        self.row.chosen.connect(self.choose)
        self.rolled = Paragraph("", TextSize.LABEL, soft=True, parent=self)
        self.opinions = OpinionsPanel(desk, self)
        self.reason = ReasonBox(desk, self._reason_typed, self)
        self.reason.take_back.clicked.connect(self.clear)
        self.reason.purge.clicked.connect(lambda: ask_purge(desk, f"rating:{self.spot.entity}", self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.row)
        column.addWidget(self.rolled)
        column.addSpacing(4)
        column.addWidget(self.opinions)
        column.addWidget(self.reason)

    # ---- showing ------------------------------------------------------------------------------------

    def show_spot(self, spot: RatingKey) -> None:
        self.spot = spot
        self.opinions.show_spot(spot)
        pending, mine = self._pending.get(spot), self.mine
        self.reason.typed.show_other(pending.reason if pending else mine.reason if mine else "")
        self.reason.say(_NOT_YET if pending and not pending.rating else "", Tone.PARTLY)
        self._show_rating()

    def refresh(self) -> None:
        self.opinions.refresh()
        if self._pending.get(self.spot) is None:
            self.reason.typed.show(self.mine.reason if self.mine else "")
        self._show_rating()

    def _show_rating(self) -> None:
        cell, mine, pending = self.cell, self.mine, self._pending.get(self.spot)
        self.row.set_value(mine.rating if mine else cell.rating)
        self.row.set_pending((pending.rating or None) if pending else None)
        words = roll_up_words(self.record, self.spot)
        if words != self.rolled.words:  # setting a text lays out the whole column
            self.rolled.setText(words)
        self.rolled.setVisible(bool(words))
        self.reason.who.setText(said_by(self.record, mine, self.desk.visit.me) if mine else "")
        self.reason.take_back.setVisible(mine is not None and self.writable)
        may_purge = mine is not None or (bool(cell.opinions) and self.desk.visit.i_lead)
        self.reason.purge.setVisible(may_purge and not self.desk.visit.read_only)

    @property
    def cell(self) -> RatingCell:
        return self.record.rating(self.spot)

    @property
    def mine(self) -> Opinion | None:
        return self.cell.by(self.desk.visit.me)

    def take(self, change: Change, origin: QObject | None) -> None:
        if origin is self:  # shown by whoever asked for it
            return
        kinds = {key.type for key in change.keys}
        if any(key.type == "rating" and key.field == PURGED_FIELD for key in change.keys):
            self._forget_purged(change)
        elif kinds & {"site", "person", "seal"} or any(self._is_here(key.entity) for key in change.keys):
            if received(change) and not self._may_show():
                self.desk.messages.info(
                    "Your own rating here was changed on another laptop; what you are writing was left alone."
                )
                self._show_rating()
            else:
                self.refresh()

    def _forget_purged(self, change: Change) -> None:
        """A box would write it anew, and so would a rating that waits for its reason."""
        entities = {key.entity for key in change.keys}
        for spot in self._pending.spots:
            if spot.entity in entities:
                self._pending.drop(spot)
        self.show_spot(self.spot)

    def _is_here(self, entity: str) -> bool:
        """Whether a rating's field bears on this criterion at this stage, at whichever place."""
        return entity.startswith(f"{self.spot.criterion}|{self.spot.stage.value}|")

    def _may_show(self) -> bool:
        """Words that are being written are not replaced by what comes from elsewhere."""
        recorded = self.mine.reason if self.mine else ""
        return not self.reason.box.hasFocus() or self.reason.text.strip() == recorded

    # ---- rating -------------------------------------------------------------------------------------

    def choose_key(self, key: str) -> None:
        for point in self.record.rules.scale:
            if point.key == key:
                self.choose(point.id)

    def choose(self, ident: str) -> None:
        if not self.writable:
            return
        reason = self.reason.text
        if self.mine and (self.mine.rating, self.mine.reason) == (ident, reason.strip()):
            self._pending.drop(self.spot)
            self._recorded()
        else:
            self._record(ident, reason)

    def _record(self, ident: str, reason: str) -> bool:
        """False when the disk or a limit refused it; then it stays pending and is tried again."""
        spot = self.spot
        try:
            self.desk.act(lambda: _rate(self.desk, spot, ident, reason), self, show=False)
        except NotApplicableForbidden as refusal:
            self.reason.say(refusal.sentence)
        except ReasonNeeded as refusal:
            self._wait_for_reason(ident, reason, refusal)
        except Refusal as refusal:
            self._refused(Pending(ident, reason, refused=True), refusal)
            return False
        else:
            self._pending.drop(spot)
            self._recorded()
        return True

    def _refused(self, pending: Pending, refusal: Refusal) -> None:
        """By the disk or a limit: kept for this spot, wherever the person goes, and tried again."""
        self._put(pending)
        self._show_rating()
        self.reason.say(refusal.sentence)
        if of_the_disk(refusal):
            self.desk.unsaved_words.hold(self)

    def _recorded(self) -> None:
        self.reason.say("")
        self.opinions.refresh()
        self._show_rating()

    def _wait_for_reason(self, ident: str, reason: str, refusal: Refusal) -> None:
        """Shown as pending; rating and reason are recorded together once the reason is typed."""
        self._put(Pending(ident, reason))
        self._show_rating()
        self.reason.say(refusal.sentence)
        self.reason.box.setFocus()

    def clear(self) -> None:
        """Also what is pending, which was never recorded."""
        if not self.writable:
            return
        if self._pending.get(self.spot) is not None:
            self._pending.drop(self.spot)
            self.show_spot(self.spot)
        elif self.mine is not None:
            spot = self.spot
            if self.desk.act(lambda: _clear(self.desk, spot), self) is not None:
                self.show_spot(spot)
                where = spot_in_words(self.record, spot)
                self.desk.messages.done(f"Your rating of {where} is taken back.", undo=True)

    # ---- the reason ---------------------------------------------------------------------------------

    def _reason_typed(self, text: str) -> bool:
        """Whether the words are recorded, or kept here as pending; if not, they are tried again."""
        pending = self._pending.get(self.spot)
        if pending is not None and pending.rating:
            if text.strip():
                return self._record(pending.rating, text)
            return self._put(replace(pending, reason=""))
        if self.mine is not None:
            return self._change_reason(self.mine.rating, text)
        self.reason.say(_NOT_YET if text.strip() else "", Tone.PARTLY)
        return self._put(Pending("", text))

    def _put(self, pending: Pending) -> bool:
        """Whether it is kept on the disk too, and not only for the session."""
        try:
            self._pending.put(self.spot, pending)
        except Refusal as refusal:
            self.desk.unsaved_words.refused(refusal)
            return False
        return True

    def _change_reason(self, rating: str, text: str) -> bool:
        spot = self.spot
        try:
            self.desk.act(lambda: _rate(self.desk, spot, rating, text, typing=True), self, show=False)
        except ReasonNeeded:
            label = label_of(self.record, rating)
            self.reason.say(
                f"“{label}” needs a reason. The one recorded before is kept until you write another."
            )
        except Refusal as refusal:
            self._refused(Pending(rating, text, refused=True), refusal)
            return False
        else:
            self.reason.say("")
            self._show_rating()
        return True

    def flush(self) -> None:
        """Pending ratings are recorded where their reason was typed, or a full disk has room again."""
        self.reason.typed.flush()
        self.opinions.flush()
        with suppress(Refusal):  # they are pending still, and that was told
            self._record_pending()

    def _record_pending(self) -> None:
        for spot in self._pending.spots:
            pending = self._pending.get(spot)
            if pending is not None and pending.complete:
                self._record_at(spot, pending)
        self.desk.unsaved_words.let_go(self)

    def _record_at(self, spot: RatingKey, pending: Pending) -> None:
        self.desk.act(lambda: _rate(self.desk, spot, pending.rating, pending.reason), self, show=False)
        self._pending.drop(spot)
        self._recorded()

    # ---- a box of unsaved words ------------------------------------------------------------------------

    @property
    def name(self) -> str:
        return "Ratings and reasons"

    @property
    def words(self) -> str:
        pending = ((spot, self._pending.get(spot)) for spot in self._pending.spots)
        return "\n".join(
            pending_in_words(self.record, spot, one) for spot, one in pending if one and one.refused
        )

    def try_again(self) -> bool:
        try:
            self._record_pending()
        except Refusal:
            return False
        return True

    def left_behind(self, spot: RatingKey) -> str | None:
        pending = self._pending.get(spot)
        return not_recorded(self.record, spot, pending) if pending else None

    @property
    def pending_spots(self) -> tuple[RatingKey, ...]:
        return self._pending.spots

    @property
    def unfinished(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.left_behind(spot) for spot in self._pending.spots)))

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.row.setEnabled(writable)
        self.reason.set_writable(writable)
        self.opinions.set_writable(writable)
        self._show_rating()


def _rate(desk: Desk, spot: RatingKey, ident: str, reason: str, *, typing: bool = False) -> Change:
    return rate(
        desk.visit,
        criterion=spot.criterion,
        rating=ident,
        site=spot.site,
        stage=spot.stage,
        reason=reason,
        typing=typing,
    )


def _clear(desk: Desk, spot: RatingKey) -> Change:
    return clear_rating(desk.visit, criterion=spot.criterion, site=spot.site, stage=spot.stage)
