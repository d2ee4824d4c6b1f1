from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.screens.walk import WalkScreen
from tests.founding import opened
from tests.ui.hands import button, click, press, type_into
from tests.ui.panels.conftest import CODE
from tests.ui.panels.laptops import Colleague

KEY = RatingKey(CODE, Stage.SITE)
NEEDS = "Partly met needs a reason. Write it and the rating is recorded."


def rating_of(walk: WalkScreen, key: RatingKey = KEY) -> tuple[str | None, str]:
    cell = walk.desk.record.rating(key)
    return cell.rating, cell.reason


def entries(walk: WalkScreen) -> int:
    return len(walk.desk.visit.store.entries())


def test_a_number_key_rates_and_the_button_is_marked(walk: WalkScreen) -> None:
    press("1")
    assert rating_of(walk) == ("met", "")
    assert walk.middle.rating.row.value == "met"
    assert walk.middle.rating.row.button("met").isChecked()


def test_the_mouse_rates_too(walk: WalkScreen) -> None:
    click(walk.middle.rating.row.button("met"))
    assert rating_of(walk) == ("met", "")


def test_the_key_with_alt_rates_while_a_box_has_the_focus(walk: WalkScreen) -> None:
    type_into(walk.middle.rating.reason.box, "1 of 9 sites")
    assert rating_of(walk) == (None, "")
    press("Alt+1")
    assert rating_of(walk) == ("met", "1 of 9 sites")


def test_pressing_the_same_rating_again_records_nothing(walk: WalkScreen) -> None:
    press("1")
    before = entries(walk)
    press("1")
    assert entries(walk) == before


def test_a_rating_that_needs_a_reason_waits_for_it(walk: WalkScreen) -> None:
    panel = walk.middle.rating
    press("2")
    assert rating_of(walk) == (None, "")
    assert panel.row.pending == "partly-met"
    assert panel.reason.said == NEEDS
    assert panel.reason.box.hasFocus()
    assert walk.desk.messages.texts == [], "it is said beside the box"


def test_rating_and_reason_are_recorded_together_once_it_is_typed(walk: WalkScreen, qtbot: QtBot) -> None:
    panel = walk.middle.rating
    press("2")
    type_into(panel.reason.box, "Six of nine sites.")
    qtbot.waitUntil(lambda: rating_of(walk) == ("partly-met", "Six of nine sites."), timeout=20_000)
    assert (panel.row.value, panel.row.pending, panel.reason.said) == ("partly-met", None, "")
    assert panel.reason.text == "Six of nine sites."
    assert walk.desk.history.undo_name == "Rate IN-301 b: Partly met"


def test_a_reason_typed_beforehand_goes_with_the_rating(walk: WalkScreen) -> None:
    type_into(walk.middle.rating.reason.box, "Nobody kept them.")
    press("Escape")
    press("3")
    assert rating_of(walk) == ("not-met", "Nobody kept them.")


def test_a_reason_without_a_rating_is_kept_and_said_to_be_unrecorded(walk: WalkScreen) -> None:
    panel = walk.middle.rating
    type_into(panel.reason.box, "Nobody kept them.")
    press("Escape")
    assert "choose a rating" in panel.reason.said
    press("Down")
    press("Up")
    assert walk.spot == KEY
    assert panel.reason.text == "Nobody kept them."
    assert "no rating is chosen" in walk.desk.messages.texts[0]


def test_what_is_pending_survives_going_elsewhere_and_back(walk: WalkScreen) -> None:
    press("2")
    shown = []
    for key in ("Ctrl+Down", "Up"):
        press(key)
        shown.append(walk.middle.rating.row.pending)
    assert shown == [None, "partly-met"]
    type_into(walk.middle.rating.reason.box, "Now I know why.")
    walk.flush()
    assert rating_of(walk) == ("partly-met", "Now I know why.")


def test_leaving_a_pending_rating_names_the_criterion_once_with_the_way_back(walk: WalkScreen) -> None:
    went: list[object] = []
    walk.desk.going.connect(went.append)
    press("2")
    for key in ("Ctrl+Down", "Down", "Up", "Up", "Down"):
        press(key)
    notices = list(walk.desk.messages.notices)
    assert [n.text for n in notices] == [
        "IN-301 b: “Partly met” is not recorded yet, because its reason is missing."
    ]
    assert walk.unfinished == (notices[0].text,)
    assert notices[0].acted is not None
    notices[0].acted()
    assert [getattr(place, "criterion", None) for place in went] == [CODE]


def test_changing_the_reason_is_one_act_while_the_typing_goes_on(walk: WalkScreen) -> None:
    press("1")
    box = walk.middle.rating.reason.box
    for words in ("Policy ", "seen ", "at Quay."):
        type_into(box, words)
        box.flush()
    assert rating_of(walk) == ("met", "Policy seen at Quay.")
    press("Escape")
    press("Ctrl+Z")
    walk.desk.undo()
    assert rating_of(walk) == ("met", "")
    assert box.text() == ""


def test_an_emptied_reason_that_is_needed_leaves_the_recorded_one(walk: WalkScreen) -> None:
    press("2")
    box = walk.middle.rating.reason.box
    type_into(box, "Six of nine.")
    box.flush()
    box.selectAll()
    press("Delete")
    box.flush()
    assert rating_of(walk) == ("partly-met", "Six of nine.")
    assert "kept until you write another" in walk.middle.rating.reason.said


def test_words_are_on_the_disk_a_moment_after_the_last_key(
    walk: WalkScreen, qtbot: QtBot, visit_folder: Path
) -> None:
    press("1")
    type_into(walk.middle.rating.reason.box, "In the middle of a wo")
    qtbot.waitUntil(lambda: rating_of(walk)[1] != "", timeout=20_000)
    with opened(visit_folder, reading=True) as other:
        assert other.record.rating(KEY).reason == "In the middle of a wo"


def test_closing_in_the_middle_of_a_word_loses_nothing(walk: WalkScreen, visit_folder: Path) -> None:
    press("1")
    type_into(walk.middle.rating.reason.box, "In the middle of a wo")
    walk.close()
    with opened(visit_folder, reading=True) as other:
        assert other.record.rating(KEY).reason == "In the middle of a wo"


@pytest.mark.parametrize("by_key", [True, False])
def test_my_rating_is_taken_back(walk: WalkScreen, by_key: bool) -> None:
    press("1")
    if by_key:
        press("0")
    else:
        click(button(walk.middle, "Take back"))
    assert rating_of(walk) == (None, "")
    assert not walk.middle.rating.reason.take_back.isVisible()
    assert walk.desk.messages.notices[-1].action == "Undo"


def test_taking_back_ends_what_is_pending(walk: WalkScreen) -> None:
    press("2")
    press("Escape")
    press("0")
    assert walk.middle.rating.row.pending is None
    assert walk.unfinished == ()


def test_undo_with_the_focus_outside_brings_the_former_rating_back(walk: WalkScreen) -> None:
    press("1")
    type_into(walk.middle.rating.reason.box, "Not so sure.")
    press("Alt+3")
    assert rating_of(walk) == ("not-met", "Not so sure.")
    walk.desk.undo()
    assert walk.middle.rating.row.value == "met"


def test_not_applicable_is_refused_where_it_applies_to_all(walk: WalkScreen) -> None:
    walk.show_criterion("IN-101.a")
    press("4")
    assert walk.middle.rating.reason.said == (
        "IN-101 a applies to every network, so it cannot be rated not applicable."
    )
    assert walk.middle.rating.row.pending is None


def test_what_the_sites_give_is_told_and_departing_from_it_needs_a_reason(walk: WalkScreen) -> None:
    one, two, _ = (site.id for site in walk.desk.record.sites)
    for site, rating in ((one, "met"), (two, "partly-met")):
        walk.desk.act(
            lambda site=site, rating=rating: rate(  # type: ignore[misc]
                walk.desk.visit, criterion=CODE, rating=rating, site=site, reason="seen"
            )
        )
    panel = walk.middle.rating
    assert panel.rolled.words == "Sites: 1 met, 1 partly met, 1 not rated → Partly met by the worst-of rule"
    press("1")
    assert "because the sites' ratings give “Partly met”" in panel.reason.said
    type_into(panel.reason.box, "It is one policy.")
    walk.flush()
    assert rating_of(walk) == ("met", "It is one policy.")
    assert panel.rolled.words.endswith("The network was rated by itself.")


def test_at_a_site_the_network_is_told(walk: WalkScreen) -> None:
    press("Alt+Right")
    press("1")
    assert rating_of(walk) == (None, "")
    assert walk.middle.rating.rolled.words == "The network: met, from 1 of 3 sites"


def test_a_colleagues_rating_is_shown_as_recorded_and_mine_can_follow(
    walk: WalkScreen, ada: Colleague
) -> None:
    rate(ada.visit, criterion=CODE, rating="met", reason="All nine.")
    ada.hand_over()
    panel = walk.middle.rating
    assert panel.row.value == "met"
    assert panel.reason.text == ""
    assert not panel.reason.take_back.isVisible()
    assert panel.opinions.isVisible()


def test_what_arrives_does_not_replace_what_is_being_typed(walk: WalkScreen, ada: Colleague) -> None:
    type_into(walk.middle.rating.reason.box, "My own wor")
    rate(ada.visit, criterion=CODE, rating="met", reason="All nine.")
    ada.hand_over()
    assert walk.middle.rating.reason.text == "My own wor"
    assert QApplication.focusWidget() is walk.middle.rating.reason.box
