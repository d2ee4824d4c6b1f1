"""The stage and the place that are judged: two switches, each choice with the sign of its rating."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import FollowsLook, Look, look_of
from qsin_desktop.ui.models.criterion_marks import shown_rating
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem

_DISPUTED, _FORK = "disagreement", "disagreement"  # the words, and the icon of the same name
_NETWORK_ITEM = "network"  # a switch wants an id that is not empty


class PlaceBar(FollowsLook, SpotPanel):
    asked = Signal(object)  # RatingKey: the same criterion elsewhere

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.stages = SegmentedSwitch("Stage", self)
        self.stages.setToolTip(tip("walk.stage"))
        self.sites = SegmentedSwitch("Place", self)
        self.stages.changed.connect(self._stage_chosen)
        self.sites.changed.connect(self._site_chosen)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self.stages)
        self._row.addWidget(self.sites, 1)
        self.follow_now()

    def follow(self, look: Look) -> None:
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """One below the other where there is no room beside."""
        stages, directions = look_of().px(214), QBoxLayout.Direction
        beside = self.width() >= stages + self._row.spacing() + self.sites.minimumSizeHint().width()
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self.stages.setMaximumWidth(stages if beside else 16777215)
        self.stages.setMinimumWidth(stages if beside else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(120), super().minimumSizeHint().height())

    # ---- showing ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        _show(self.stages, [self._stage_item(stage) for stage in Stage])
        _show(self.sites, [self._site_item(site) for site in self._places()])
        self.stages.set_value(self.spot.stage.value)
        self.sites.set_value(self.spot.site or _NETWORK_ITEM)

    def take(self, change: Change, origin: QObject | None) -> None:
        if any(key.type in ("site", "seal") for key in change.keys):
            self.refresh()
            return
        for key in change.keys:
            if key.type == "rating":
                self._take_rating(RatingKey.from_entity(key.entity))

    def _take_rating(self, rated: RatingKey) -> None:
        """Only the items that the rating bears on: its site, the network, its stage."""
        if rated.criterion != self.spot.criterion:
            return
        _renew(self.stages, self._stage_item(rated.stage))
        if rated.stage == self.spot.stage:
            for site in dict.fromkeys((rated.site, NETWORK)):
                _renew(self.sites, self._site_item(site))

    def _places(self) -> list[str]:
        return [NETWORK, *(site.id for site in self.record.sites)]

    def _stage_item(self, stage: Stage) -> SwitchItem:
        sign, tone, words = self._shown(RatingKey(self.spot.criterion, stage, self.spot.site))
        label = stage.label
        return SwitchItem(stage.value, label, sign, tone, tip=f"{label}: {words} ({tip('walk.stage')})")

    def _site_item(self, site: str) -> SwitchItem:
        sign, tone, words = self._shown(RatingKey(self.spot.criterion, self.spot.stage, site))
        fork = _FORK if words == _DISPUTED else ""
        name = self.record.site_name(site)
        return SwitchItem(site or _NETWORK_ITEM, name, sign, tone, fork, f"{name}: {words}")

    def _shown(self, key: RatingKey) -> tuple[Sign | None, Tone, str]:
        """No sign where nothing was judged yet: calm until there is something to tell."""
        if not key.criterion:
            return None, Tone.NOT_APPLICABLE, ""
        if key.site == NETWORK:
            network = self.record.network_rating(key.criterion, key.stage)
            rating, disputed = network.rating, network.disputed
        else:
            cell = self.record.rating(key)
            rating, disputed = cell.rating, cell.disputed
        sign, tone, words = shown_rating(self.record.rules, rating)
        if disputed:
            return None, Tone.NOT_MET, _DISPUTED
        return (sign if rating else None), tone, words

    # ---- choosing -----------------------------------------------------------------------------------

    def switch_stage(self) -> None:
        stages = list(Stage)
        self._stage_chosen(stages[(stages.index(self.spot.stage) + 1) % len(stages)].value)

    def step_site(self, by: int) -> None:
        places = self._places()
        at = places.index(self.spot.site) if self.spot.site in places else 0
        self._site_chosen(places[(at + by) % len(places)] or _NETWORK_ITEM)

    def _stage_chosen(self, ident: str) -> None:
        self.asked.emit(self.spot._replace(stage=Stage(ident)))

    def _site_chosen(self, ident: str) -> None:
        self.asked.emit(self.spot._replace(site=NETWORK if ident == _NETWORK_ITEM else ident))


def _show(switch: SegmentedSwitch, items: list[SwitchItem]) -> None:
    """Anew only where the choices themselves changed."""
    there = switch.items()
    if [item.ident for item in there] != [item.ident for item in items]:
        switch.set_items(items)
        return
    changed = [new for old, new in zip(there, items, strict=True) if old != new]
    if changed:
        switch.set_item(*changed)


def _renew(switch: SegmentedSwitch, item: SwitchItem) -> None:
    if item not in switch.items():
        switch.set_item(item)
