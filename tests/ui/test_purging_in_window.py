"""Purge by hand of ratings and findings, and what becomes of the box somebody types in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.purging import finish_purges, purge
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.responding import answer_response
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.responses import Response, Verdict
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.domain.withdrawals import PURGED_WORDS
from qsin_desktop.journal.entry import Draft
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.purge import PurgePage
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.finding_detail import FindingDetail
from qsin_desktop.ui.screens.walk import WalkScreen
from tests.raw_pages import raw_pages
from tests.ui.hands import click, press, type_into

MARK = "Quillfeather"
SPOT = RatingKey("IN-202.a", Stage.SITE)


@pytest.fixture
def walk(desk: Desk, show: Callable[[WalkScreen], WalkScreen]) -> WalkScreen:
    walk = show(WalkScreen(desk))
    walk.show_place(Place("walk", SPOT.criterion, SPOT.stage))
    desk.recording.connect(walk.flush)
    return walk


def purged_by_hand(within: QWidget, desk: Desk, word: str, qtbot: QtBot) -> PurgePage:
    (page,) = within.window().findChildren(PurgePage)
    type_into(page.reason, "a name")
    type_into(page.typed, word)
    click(page.yes)
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=20_000)
    return page


def pages(desk: Desk) -> bytes:
    desk.visit.store.file.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return raw_pages(desk.visit.folder.database, desk.visit.data_key.database_key)


def test_a_note_is_purged_while_it_is_being_typed_and_is_not_written_anew(
    desk: Desk, walk: WalkScreen, qtbot: QtBot
) -> None:
    press("D", walk)
    card = walk.middle.notes._cards[0]
    type_into(card.text, f"{MARK} was")
    walk.flush()
    type_into(card.text, f" scanned, {MARK}")
    card.purge_button.click()  # as on a system where a button takes no focus
    purged_by_hand(walk, desk, "purge", qtbot)
    walk.flush()
    assert [note.text for note in desk.record.notes(SPOT.criterion)] == [PURGED_WORDS]
    assert MARK.encode() not in pages(desk)


def test_a_purge_that_arrives_takes_the_words_out_of_the_box_that_is_typed_in(
    desk: Desk, walk: WalkScreen
) -> None:
    press("D", walk)
    card = walk.middle.notes._cards[0]
    type_into(card.text, f"{MARK} was")
    walk.flush()
    type_into(card.text, " scanned")
    desk.act(lambda: purge(desk.visit, card.note, reason="a name"))
    assert card.text.text() == PURGED_WORDS
    type_into(card.text, "!")
    walk.flush()
    finish_purges(desk.visit)
    assert MARK.encode() not in pages(desk)


def test_a_rating_is_purged_beside_its_reason(desk: Desk, walk: WalkScreen, qtbot: QtBot) -> None:
    panel = walk.middle.rating
    assert not panel.reason.purge.isVisible()
    desk.act(lambda: rate(desk.visit, criterion=SPOT.criterion, rating="not-met", reason=f"{MARK} was not"))
    assert panel.reason.purge.isVisible()
    type_into(panel.reason.box, " asked")
    click(panel.reason.purge)
    page = purged_by_hand(walk, desk, "purge", qtbot)
    assert "the rating of IN-202 a with its reason" in page._target.words
    assert desk.record.rating(SPOT).rating is None
    assert panel.reason.text == ""
    walk.flush()
    assert desk.record.rating(SPOT).rating is None
    assert not panel.reason.purge.isVisible()
    assert MARK.encode() not in pages(desk)


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
@pytest.mark.parametrize(("entry", "left"), [(0, ""), (2, "no list")])
def test_a_finding_loses_all_its_texts_or_the_one_that_was_chosen(
    desk: Desk, show: Callable[[FindingDetail], FindingDetail], qtbot: QtBot, entry: int, left: str
) -> None:
    made = raise_finding(
        desk.visit,
        criteria=[SPOT.criterion],
        grade="mandatory",
        requirement="a list",
        evidence=f"{MARK} waited",
        gap="no list",
    ).entity
    detail = show(FindingDetail(desk))
    detail.show_finding(made)
    desk.feed.changed.connect(lambda _change, _origin: detail.refresh())
    click(detail.purge)
    (menu,) = detail.purge.findChildren(QMenu)
    assert [action.text() for action in menu.actions()][:2] == ["All its texts…", "The requirement…"]
    menu.actions()[entry].trigger()
    menu.close()
    purged_by_hand(detail, desk, "F-001", qtbot)
    finding = desk.record.finding(made)
    assert finding is not None
    assert finding.evidence == PURGED_WORDS
    assert finding.gap == (left or PURGED_WORDS)
    assert detail.boxes["evidence"].text() == PURGED_WORDS
    assert MARK.encode() not in pages(desk)


def test_the_network_s_response_goes_and_the_finding_stays(
    desk: Desk, show: Callable[[FindingDetail], FindingDetail], qtbot: QtBot
) -> None:
    made = raise_finding(
        desk.visit, criteria=[SPOT.criterion], grade="mandatory", requirement="a list", gap="no list"
    ).entity
    detail = show(FindingDetail(desk))
    detail.show_finding(made)
    desk.feed.changed.connect(lambda _change, _origin: detail.refresh())
    texts = {Response.ROOT_CAUSE: f"{MARK} was away", Response.OWNER: MARK}
    desk.visit.write(
        "Read in return 1",
        [Draft(FieldKey("response", made, column.value), text) for column, text in texts.items()],
    )
    answer_response(desk.visit, finding=made, verdict=Verdict.MORE, words=f"Who stood in for {MARK}?")
    menu = QMenu(detail)
    with patch("qsin_desktop.ui.dialogs.purge.QMenu", return_value=menu), patch.object(menu, "popup"):
        click(detail.purge)
    assert menu.actions()[-1].text() == "The network's response, with our word on it…"
    menu.actions()[-1].trigger()
    purged_by_hand(detail, desk, "F-001", qtbot)
    stands = desk.record.response(made)
    assert (dict(stands.texts), stands.decision) == ({}, None)
    finding = desk.record.finding(made)
    assert finding is not None
    assert (finding.requirement, finding.gap) == ("a list", "no list")
    assert MARK.encode() not in pages(desk)
    assert check_visit(desk.visit).sound


def test_the_second_place_follows_without_being_asked(
    desk: Desk, walk: WalkScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    class Stick:
        def second_place(self) -> Path:
            return tmp_path

        def copied_out_at(self, visit: str) -> None:
            return None

        def keep_copied_out(self, visit: str, at: object) -> None:
            pass

    desk.backups._memory = Stick()
    desk.act(lambda: rate(desk.visit, criterion=SPOT.criterion, rating="not-met", reason=f"{MARK} was not"))
    desk.backups.look()
    qtbot.waitUntil(lambda: not desk.backups.state.under_way, timeout=20_000)
    (copy,) = tmp_path.glob("*backups*/visit-*.db")
    key = desk.visit.data_key.database_key
    assert MARK.encode() in raw_pages(copy, key)
    click(walk.middle.rating.reason.purge)
    purged_by_hand(walk, desk, "purge", qtbot)
    qtbot.waitUntil(lambda: not desk.backups.state.under_way, timeout=20_000)
    (copy,) = tmp_path.glob("*backups*/visit-*.db")
    assert MARK.encode() not in raw_pages(copy, key)
