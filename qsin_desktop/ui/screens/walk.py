"""The walk: criterion by criterion, with its rating, its notes, its exhibits and its findings.

screen = WalkScreen(desk)
screen.show_place(Place("walk", "IN-301.b", Stage.SITE, site))
screen.spot             the criterion, stage and place that are shown
screen.unfinished       sentences about ratings that are begun and not recorded
screen.flush()          record what is being typed
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.progress import MissingPart, is_rated
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.ui.commands import KeyHint, cap, takes_typing
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.models.criterion_filter import mine
from qsin_desktop.ui.panels.spot_panel import NOWHERE, SpotPanel
from qsin_desktop.ui.panels.standards_panel import StandardsPanel
from qsin_desktop.ui.places import Place, place_of_rating
from qsin_desktop.ui.screens.screen import Screen
from qsin_desktop.ui.screens.walk_keys import WalkKeys
from qsin_desktop.ui.screens.walk_middle import WalkMiddle
from qsin_desktop.ui.screens.walk_side import WalkSide

_LEFT, _RIGHT, _WIDE_RIGHT = 308, 330, 476
_LEAST_MIDDLE, _AMPLE_MIDDLE = 480, 900


class WalkScreen(Screen):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.spot = NOWHERE
        self._stale = False
        self._told: set[RatingKey] = set()
        self.left = StandardsPanel(desk, self)
        self.middle = WalkMiddle(desk, self)
        self.right = WalkSide(desk, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(self.middle, 1)
        row.addWidget(self.right)
        self._connect()
        self.keys = WalkKeys(self)
        self.setFocusProxy(self.left.tree)

    def _connect(self) -> None:
        self.left.chosen.connect(self.show_criterion)
        self.left.counted.connect(self.hints_changed)
        self.middle.places.asked.connect(self.show_spot)
        self.middle.left.connect(self.take_focus)
        self.middle.pasted_other.connect(self.right.exhibits.paste)
        self.middle.fold.toggled.connect(self._fold)
        self.right.exhibits.left.connect(self.take_focus)
        self.right.findings.raise_asked.connect(self.middle.raise_finding)
        self.right.missing.note_asked.connect(self.middle.begin_note)
        self.right.missing.place_asked.connect(self._show_missing)
        self.desk.feed.changed.connect(self._changed)

    @property
    def _panels(self) -> tuple[SpotPanel, ...]:
        return (self.left, *self.middle.panels, *self.right.panels)

    # ---- going about --------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """A place without a stage keeps the stage and place that are shown."""
        if not place.criterion:
            if self.spot == NOWHERE:
                self.show_spot(self._first_spot())
            return
        code = self.desk.visit.criterion(place.criterion).code
        if place.stage is None and self.spot != NOWHERE:
            self.show_spot(self.spot._replace(criterion=code))
        else:
            self.show_spot(RatingKey(code, place.stage or self._first_stage(), place.site))

    def show_criterion(self, code: str) -> None:
        self.show_spot(self.spot._replace(criterion=code))

    def show_spot(self, spot: RatingKey) -> None:
        """Whatever is being typed is recorded first."""
        sites = {site.id for site in self.desk.record.sites}
        spot = spot if spot.site in sites else spot._replace(site=NETWORK)
        if spot == self.spot:
            return
        self._leave()
        if takes_typing(QApplication.focusWidget()):
            self.take_focus()  # so that the next rating is one key away
        first, another = self.spot == NOWHERE, spot.criterion != self.spot.criterion
        self.spot = spot
        for panel in self._panels:
            panel.show_spot(spot)
        if first:
            self._show_writable()
        self.middle.arrived(another=another)
        self.right.arrived(another=another)

    def _first_spot(self) -> RatingKey:
        """The first of mine that is not all rated; else the first of all that is not."""
        record = self.desk.record
        candidates = [*mine(record, self.desk.visit.me), *record.pack.criteria]
        first = next((c for c in candidates if not is_rated(record, c)), record.pack.criteria[0])
        return RatingKey(first.code, self._first_stage())

    def _first_stage(self) -> Stage:
        """Documents are read before the visit begins."""
        first_day = self.desk.record.facts.first_day
        before = first_day is not None and self.desk.visit.clock().date() < first_day
        return Stage.DOCUMENTS if before else Stage.SITE

    def _show_missing(self, part: MissingPart) -> None:
        if part.stage is not None:
            self.show_spot(RatingKey(part.criterion, part.stage, part.site))
        self.middle.rating.row.setFocus()

    def take_focus(self) -> None:
        """Where the plain keys act."""
        (self.middle.fold if self.left.isHidden() else self.left.tree).setFocus()

    # ---- nothing is lost ----------------------------------------------------------------------------

    def flush(self) -> None:
        for panel in self._panels:
            panel.flush()
        self.desk.visit.end_typing()

    def _leave(self) -> None:
        """Record what can be; say what cannot yet, with the way back."""
        if self.spot == NOWHERE:
            return
        self.flush()
        spot = self.spot
        sentence = self.middle.rating.left_behind(spot)
        if sentence and spot not in self._told:
            self.desk.messages.warning(sentence, "Go back", lambda: self.desk.go(place_of_rating(spot)))
        self._told = set(self.middle.rating.pending_spots)

    @property
    def unfinished(self) -> tuple[str, ...]:
        return self.middle.rating.unfinished

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._leave()

    # ---- keeping up ---------------------------------------------------------------------------------

    def _changed(self, change: Change, origin: QObject | None) -> None:
        if not self.isVisible() or self.spot == NOWHERE:
            self.left.marks.take(change)
            self._stale = True
            return
        if any(key.type == "site" for key in change.keys):
            self._show_site_gone()
        for panel in self._panels:
            panel.take(change, origin)
        if change.touches("seal"):
            self._show_writable()

    def _show_site_gone(self) -> None:
        known = {site.id for site in self.desk.record.sites}
        if self.spot.site != NETWORK and self.spot.site not in known:
            self.show_spot(self.spot._replace(site=NETWORK))

    def _show_writable(self) -> None:
        for panel in self._panels:
            panel.set_writable(self.desk.writable)
        self.keys.set_writable(self.desk.writable)
        self.middle.show_notice()
        self.hints_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.spot != NOWHERE:
            self._stale = False
            for panel in self._panels:
                panel.refresh()
            self._show_writable()

    # ---- room ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _fold(self, _on: bool) -> None:
        self.middle.fold.setFocus(Qt.FocusReason.MouseFocusReason)  # the tree may be about to go
        self._arrange()

    def _arrange(self) -> None:
        """Three columns; where that leaves the middle too little, the right one folds behind a switch."""
        look, wide = look_of(), self.width()
        left = min(look.px(_LEFT), round(wide * 0.34))
        right = look.px(_RIGHT)
        folds = wide - left - right < look.px(_LEAST_MIDDLE)
        if wide - left - look.px(_WIDE_RIGHT) >= look.px(_AMPLE_MIDDLE - 140):
            right = look.px(_WIDE_RIGHT)
        unfolded = folds and self.middle.fold.isChecked()
        self.middle.fold.setVisible(folds)
        self.middle.fold.setText("" if unfolded and wide - right < look.px(_LEAST_MIDDLE) else "Evidence")
        self.left.setVisible(not unfolded)
        self.left.setFixedWidth(left)
        self.right.setVisible(not folds or unfolded)
        self.right.setFixedWidth(min(right, wide - look.px(280)) if folds else right)

    # ---- the foot -----------------------------------------------------------------------------------

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        going = KeyHint(("↑", "↓"), "criterion")
        if not self.desk.writable:
            return (going, KeyHint((cap("walk.stage"),), "stage"), KeyHint(("←", "→"), "place"))
        keys = [point.key for point in self.desk.record.rules.scale if point.key]
        return (
            going,
            KeyHint((keys[0], "\u2013", keys[-1]), "rate"),
            KeyHint((cap("walk.note"),), "note"),
            KeyHint((cap("walk.attach"),), "evidence"),
            KeyHint((cap("walk.finding"),), "finding"),
            KeyHint((cap("walk.flag"),), "flag"),
        )

    @property
    def foot_words(self) -> str:
        return self.left.rated_words
