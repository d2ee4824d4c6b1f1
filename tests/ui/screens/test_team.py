from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.enrolling import words_with
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.planning import confirm_device, set_facts
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.team import TeamScreen
from qsin_desktop.ui.screens.team_conflict import ConflictCard
from qsin_desktop.ui.screens.team_settling import Settling
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.six_words import SixWords
from tests.founding import PEER, copy_of, opened
from tests.ui.hands import button, click, type_into, visible

KEY = RatingKey("IN-202.a", Stage.SITE)


@pytest.fixture
def colleague(desk: Desk, tmp_path: Path) -> Iterator[OpenVisit]:
    """The peer's copy, confirmed by the lead."""
    desk.act(lambda: confirm_device(desk.visit, device=PEER.device, person=PEER.person))
    with opened(copy_of(desk.visit.folder.path, tmp_path / "peer"), PEER) as visit:
        take_from(visit, desk.visit)
        yield visit


@pytest.fixture
def screen(desk: Desk, show: Callable[[TeamScreen], TeamScreen]) -> TeamScreen:
    return show(TeamScreen(desk))


def differ(desk: Desk, colleague: OpenVisit) -> None:
    desk.act(lambda: rate(desk.visit, criterion="IN-202.a", rating="met"))
    rate(colleague, criterion="IN-202.a", rating="partly-met", reason="Two sites could not show it")
    desk.act(lambda: take_from(desk.visit, colleague))


def card(screen: TeamScreen) -> ConflictCard:
    (found,) = screen.cards.values()
    return found


def settling(screen: TeamScreen) -> Settling:
    found = card(screen).settling
    assert found is not None
    return found


def test_without_disagreements_it_says_so(screen: TeamScreen) -> None:
    assert screen.cards == {}
    assert screen.nothing.isVisible()


def test_a_disagreement_that_comes_in_is_shown_with_both_sides(
    screen: TeamScreen, desk: Desk, colleague: OpenVisit
) -> None:
    differ(desk, colleague)
    assert len(card(screen).conflict.sides) == 2
    assert not screen.nothing.isVisible()
    assert screen.foot_words == "1 disagreement to settle"


def test_the_lead_settles_it_with_a_reason(screen: TeamScreen, desk: Desk, colleague: OpenVisit) -> None:
    differ(desk, colleague)
    conflict = settling(screen)
    click(conflict.button)
    assert "Choose the rating" in conflict.field.refused
    click(button(conflict, "Partly met"))
    click(conflict.button)
    assert "empty" in conflict.field.refused
    type_into(conflict.reason, "The lists are missing")
    click(conflict.button)
    assert desk.record.rating(KEY).rating == "partly-met"
    assert screen.cards == {}
    desk.undo()
    assert desk.record.rating(KEY).disputed


def test_what_the_lead_began_to_write_outlives_other_changes(
    screen: TeamScreen, desk: Desk, colleague: OpenVisit
) -> None:
    differ(desk, colleague)
    type_into(settling(screen).reason, "Half a sen")
    set_facts(colleague, {"scope": "Theirs"})
    desk.act(lambda: set_facts(desk.visit, {"scope": "Mine"}))
    desk.act(lambda: take_from(desk.visit, colleague))
    assert len(screen.cards) == 2
    key = FieldKey("rating", KEY.entity, "rating")
    begun = screen.cards[key].settling
    assert begun is not None
    assert begun.reason.text() == "Half a sen"


@pytest.mark.parametrize("kept", ["Mine", "Theirs"])
def test_one_of_two_texts_is_kept(screen: TeamScreen, desk: Desk, colleague: OpenVisit, kept: str) -> None:
    set_facts(colleague, {"scope": "Theirs"})
    desk.act(lambda: set_facts(desk.visit, {"scope": "Mine"}))
    desk.act(lambda: take_from(desk.visit, colleague))
    author = "Lena Lead" if kept == "Mine" else "Ada Assessor"
    click(button(card(screen), f"Keep what {author} wrote"))
    assert desk.record.facts.scope == kept
    assert screen.cards == {}


def test_it_leads_to_the_criterion(screen: TeamScreen, desk: Desk, colleague: OpenVisit) -> None:
    went: list[Place] = []
    desk.going.connect(went.append)
    differ(desk, colleague)
    click(card(screen).go)
    assert went == [Place("walk", "IN-202.a", Stage.SITE)]


def test_a_laptop_that_waits_is_confirmed_by_the_lead(
    screen: TeamScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened(copy_of(desk.visit.folder.path, tmp_path / "peer"), PEER) as colleague:
        rate(colleague, criterion="IN-101.a", rating="met")
        desk.act(lambda: take_from(desk.visit, colleague))
    screen.members.refresh()
    qtbot.waitUntil(
        lambda: "Waits to be confirmed" in [chip.text() for chip in visible(screen.members, Chip)],
        timeout=20_000,
    )
    (words,) = visible(screen.waiting, SixWords)
    assert words.words == words_with(desk.visit, PEER.device)
    click(button(screen.waiting, "The words are the same: confirm"))
    assert not screen.waiting.isVisible()
    assert desk.record.rating(RatingKey("IN-101.a", Stage.SITE)).rating == "met"
