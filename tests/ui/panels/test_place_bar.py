from __future__ import annotations

from PySide6.QtWidgets import QApplication, QBoxLayout

from qsin_desktop.actions.planning import add_site, remove_site
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.standards import Sign
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.ui.screens.walk import WalkScreen
from tests.ui.hands import button, click, press
from tests.ui.panels.conftest import CODE


def signs(walk: WalkScreen) -> list[Sign | None]:
    return [item.sign for item in walk.middle.places.sites.items()]


def test_the_mouse_switches_stage_and_place(walk: WalkScreen) -> None:
    click(button(walk.middle.places.stages, "Documents"))
    assert walk.spot.stage is Stage.DOCUMENTS
    click(button(walk.middle.places.sites, "Royal Wessex"))
    assert walk.spot.site == walk.desk.record.sites[0].id


def test_keys_switch_them_round(walk: WalkScreen) -> None:
    names = []
    for _ in range(4):
        press("Right")
        names.append(walk.desk.record.site_name(walk.spot.site))
    assert names == ["Royal Wessex", "St Aldhelm's", "Harbour CDC", "Network"]
    press("Left")
    assert walk.desk.record.site_name(walk.spot.site) == "Harbour CDC"
    stages = []
    for _ in range(2):
        press("T")
        stages.append(walk.spot.stage)
    assert stages == [Stage.DOCUMENTS, Stage.SITE]


def test_each_place_shows_its_rating(walk: WalkScreen) -> None:
    assert signs(walk) == [None, None, None, None]
    press("Right")
    press("1")
    assert signs(walk) == [Sign.TICK, Sign.TICK, None, None]
    assert walk.middle.places.stages.items()[1].sign is Sign.TICK
    press("Down")
    assert signs(walk) == [None, None, None, None]


def test_a_rating_of_another_stage_changes_no_place(walk: WalkScreen) -> None:
    walk.desk.act(lambda: rate(walk.desk.visit, criterion=CODE, rating="met", stage=Stage.DOCUMENTS))
    assert signs(walk) == [None, None, None, None]
    assert walk.middle.places.stages.items()[0].sign is Sign.TICK


def test_a_site_that_is_added_or_removed_is_taken_over(walk: WalkScreen) -> None:
    walk.desk.act(lambda: add_site(walk.desk.visit, name="Moor"))
    assert [item.label for item in walk.middle.places.sites.items()][-1] == "Moor"
    moor = walk.desk.record.sites[-1].id
    press("Left")
    assert walk.spot.site == moor
    walk.desk.act(lambda: remove_site(walk.desk.visit, site=moor))
    assert walk.spot.site == NETWORK


def test_in_a_row_of_choices_the_arrows_move_among_them(walk: WalkScreen) -> None:
    walk.middle.rating.row.button("met").setFocus()
    press("Right")
    assert QApplication.focusWidget() is walk.middle.rating.row.button("partly-met")
    assert walk.spot.site == NETWORK
    walk.take_focus()
    press("Right")
    assert walk.spot.site != NETWORK


def test_switches_stand_one_below_the_other_where_it_is_narrow(walk: WalkScreen) -> None:
    bar = walk.middle.places
    assert bar._row.direction() is QBoxLayout.Direction.LeftToRight
    bar.resize(260, 80)
    assert bar._row.direction() is QBoxLayout.Direction.TopToBottom
