"""The last visit on the Plan and in the walk: carried over by hand, compared as ratings come in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.panels.criterion_head import CriterionHead
from qsin_desktop.ui.screens.plan import PlanScreen
from qsin_desktop.ui.widgets.label import Paragraph
from tests.founding import PASSPHRASE, found_small_visit, key_file_of, opened
from tests.ui.hands import click, press, type_into
from tests.ui.screens.test_report_template import Folder

A = "IN-301.a"


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    path = found_small_visit(tmp_path / "Thames Estuary 2024.qsin")
    with opened(path) as visit:
        rate(visit, criterion=A, rating="partly met", reason="Two of four")
        raise_finding(visit, criteria=[A], grade="recommendation", gap="No list of them")
    return path


@pytest.fixture
def plan(desk: Desk, earlier: Path, show: Callable[[PlanScreen], PlanScreen]) -> PlanScreen:
    desk.asking = Folder(earlier)
    return show(PlanScreen(desk))


def carried(desk: Desk) -> Callable[[], bool]:
    return lambda: desk.record.last_visit is not None


def test_it_is_carried_over_compared_let_go_and_brought_back(
    plan: PlanScreen, desk: Desk, qtbot: QtBot
) -> None:
    card = plan.last_visit
    assert not card.drop.isVisible()
    click(card.choose)
    qtbot.waitUntil(carried(desk), timeout=20_000)
    assert card.name.text() == "Thames Estuary Imaging Network · 24–25 November 2026"
    assert card.findings.words == "1 finding then: 1 not judged yet"
    desk.act(lambda: rate(desk.visit, criterion=A, rating="met"))
    assert "1 better" in card.bar.accessibleName()
    assert card.findings.words == "1 finding then: 1 resolved"
    click(card.drop)
    assert desk.record.last_visit is None
    assert not card.name.isVisible()
    desk.undo()
    assert card.name.isVisible()


def test_a_visit_without_a_key_at_hand_asks_for_its_passphrase(
    plan: PlanScreen, desk: Desk, earlier: Path, qtbot: QtBot
) -> None:
    key_file_of(earlier).unlink()
    card = plan.last_visit
    click(card.choose)
    qtbot.waitUntil(lambda: card.page is not None, timeout=20_000)
    page = card.page
    assert page is not None
    type_into(page.passphrase, "not these words")
    press("Return", page.passphrase)
    qtbot.waitUntil(lambda: bool(page.field.refused), timeout=20_000)
    page.passphrase.select_all()
    type_into(page.passphrase, PASSPHRASE)
    click(page.yes)
    qtbot.waitUntil(carried(desk), timeout=20_000)
    assert not (earlier / "visit.lock").exists() or not (earlier / "visit.lock").read_bytes()


def test_what_cannot_be_carried_over_is_told(
    plan: PlanScreen, desk: Desk, messages: Messages, visit_folder: Path, qtbot: QtBot
) -> None:
    desk.asking = Folder(visit_folder)
    click(plan.last_visit.choose)
    qtbot.waitUntil(lambda: any("nothing to carry over" in text for text in messages.texts), timeout=20_000)
    desk.asking = Folder(visit_folder.parent)
    click(plan.last_visit.choose)
    qtbot.waitUntil(lambda: any("not a visit folder" in text for text in messages.texts), timeout=20_000)
    assert desk.record.last_visit is None


def test_the_walk_says_what_was_found_last_time(
    plan: PlanScreen, desk: Desk, show: Callable[[CriterionHead], CriterionHead], qtbot: QtBot
) -> None:
    head = show(CriterionHead(desk))
    click(plan.last_visit.choose)
    qtbot.waitUntil(carried(desk), timeout=20_000)
    head.show_spot(RatingKey(A, Stage.SITE))
    told = [p.words for p in head.findChildren(Paragraph) if p.words.startswith("Last time")]
    assert told == ["Last time (24–25 November 2026): Partly met · F-001, Recommendation: No list of them"]
