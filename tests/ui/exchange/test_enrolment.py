"""A colleague joins: card, invitation, a visit of their own, six words on both screens; or is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.exchanging import write_bundle
from qsin_desktop.actions.identifying import keep_identity
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.planning import assign
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.store.identity import Identity
from qsin_desktop.ui.dialogs.cut_off import CutOffPage
from qsin_desktop.ui.dialogs.hand_over import HandOverPage
from qsin_desktop.ui.dialogs.invite import InvitePage
from qsin_desktop.ui.dialogs.receive import ReceivePage
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.panels.attaching import Attaching
from qsin_desktop.ui.screens.receive_visit import ReceiveVisitScreen
from qsin_desktop.ui.screens.team import TeamScreen
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.incoming import incoming
from qsin_desktop.ui.widgets.six_words import SixWords
from qsin_desktop.ui.workplace import Workplace
from tests.founding import CHEAP, PASSPHRASE, copy_of, opened
from tests.sync.team import STRANGER
from tests.ui.exchange.conftest import Answers, Laptop
from tests.ui.hands import button, click, press, type_into, visible

TOM = Identity.from_seed(b"a new laptop", "7" * 32, "Tom Technical")
KEY = RatingKey("IN-703.a", Stage.SITE)


@pytest.fixture
def newcomer(theme: Theme, tmp_path: Path) -> Iterator[Workplace]:
    home = tmp_path / "new home"
    keep_identity(TOM, home)
    place = Workplace(home, theme)
    place.asking = Answers()
    place.change_settings(lambda settings: settings.with_library(tmp_path / "new library"))
    yield place
    assert place.jobs.stop_all()


@pytest.fixture
def window(
    newcomer: Workplace, show: Callable[[MainWindow], MainWindow], qtbot: QtBot
) -> Iterator[MainWindow]:
    window = show(MainWindow(newcomer))
    qtbot.waitUntil(lambda: window.receiving is not None)
    assert window.receiving is not None
    window.receiving.cost = CHEAP
    yield window
    window._put_visit_away()


def dialog(kind: type) -> object:
    page = QApplication.activeModalWidget()
    assert isinstance(page, kind)
    return page


def answers(workplace: Workplace) -> Answers:
    assert isinstance(workplace.asking, Answers)
    return workplace.asking


@pytest.mark.usefixtures("theme")
def test_a_newcomer_joins_from_card_to_confirmed_laptop(
    lead: Laptop,
    window: MainWindow,
    newcomer: Workplace,
    show: Callable[[TeamScreen], TeamScreen],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    # The newcomer makes the card of their laptop.
    click(button(window.start, "Receive from a colleague"))
    page = dialog(ReceivePage)
    assert isinstance(page, ReceivePage)
    answers(newcomer).chosen = tmp_path / "Card of Tom.txt"
    click(page.save)
    (words_of_card,) = [w.words for w in visible(page, SixWords)]
    press("Escape")

    # The lead invites them in the place that was planned for somebody without a laptop.
    planned = next(p for p in lead.desk.record.people if p.name == "Nell Network")
    lead.desk.act(lambda: assign(lead.visit, standard="IN-703", person=planned.id))
    team = show(TeamScreen(lead.desk))
    click(team.members.invite)
    invite = dialog(InvitePage)
    assert isinstance(invite, InvitePage)
    type_into(invite.text, (tmp_path / "Card of Tom.txt").read_text(encoding="utf-8").strip())
    assert invite.words.words == words_of_card
    qtbot.waitUntil(lambda: invite.words.height() >= invite.words.sizeHint().height())
    invite.who.setCurrentIndex(invite.who.findData(planned.id))
    lead.asking.chosen = tmp_path / "invitation.qsinx"
    click(invite.yes)
    lead.wait()
    assert "confirm their laptop" in lead.desk.messages.texts[-1]
    assert lead.desk.record.assigned("IN-703") == TOM.person
    assert "Nell Network" not in {p.name for p in lead.desk.record.people}

    # The newcomer makes the visit from it, under a passphrase of their own.
    window.activateWindow()
    window.start.receive_asked.emit()
    page = dialog(ReceivePage)
    assert isinstance(page, ReceivePage)
    answers(newcomer).chosen = tmp_path / "invitation.qsinx"
    click(page.drop)
    qtbot.waitUntil(lambda: window.new_visit is not None)
    asked = window.new_visit
    assert isinstance(asked, ReceiveVisitScreen)
    click(asked.make)
    assert asked.place.passphrase_field.refused
    type_into(asked.place.passphrase, PASSPHRASE)
    type_into(asked.place.again, PASSPHRASE)
    click(asked.make)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=20_000)
    assert window.frame is not None
    theirs = window.frame.screen
    assert isinstance(theirs, TeamScreen)
    shown = [w.words for w in visible(theirs.own_words, SixWords)]

    # What they write waits, until the lead sees the same six words and confirms.
    desk = window.frame.desk
    desk.act(lambda: rate(desk.visit, criterion="IN-703.a", rating="met"))
    assert desk.record.rating(KEY).rating == "met", "they see what they wrote"
    write_bundle(desk.visit, tmp_path / "from Tom.qsinx")
    lead.desk.exchanges.receive([tmp_path / "from Tom.qsinx"])
    lead.wait()
    assert lead.desk.record.rating(KEY).rating is None
    team.activateWindow()
    assert [w.words for w in visible(team.waiting, SixWords)] == shown
    click(button(team.waiting, "The words are the same: confirm"))
    assert lead.desk.record.rating(KEY).rating == "met"

    # The lead hands over to them alone; then both see the same.
    write_bundle(lead.visit, tmp_path / "back.qsinx")
    desk.exchanges.receive([tmp_path / "back.qsinx"])
    qtbot.waitUntil(lambda: desk.exchanges.running is None, timeout=20_000)
    assert not theirs.own_words.isVisibleTo(theirs)
    assert desk.record.ratings == lead.desk.record.ratings
    assert desk.record.people == lead.desk.record.people


def test_a_later_bundle_opens_the_visit_it_belongs_to(
    window: MainWindow, lead: Laptop, newcomer: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    """Known by its id from when it was last open; a file that is none is one sentence."""
    photo = tmp_path / "photo.qsinx"
    photo.write_bytes(b"no bundle")
    assert window.receiving is not None
    window.receiving.take([photo])
    qtbot.waitUntil(lambda: bool(newcomer.messages.texts))
    assert newcomer.messages.texts == ["“photo.qsinx” is not a bundle of a visit. Nothing was taken from it."]
    write_bundle(lead.visit, tmp_path / "for others.qsinx")
    window.receiving.take([tmp_path / "for others.qsinx"])
    qtbot.waitUntil(lambda: len(newcomer.messages.texts) == 2)
    assert "made for other laptops" in newcomer.messages.texts[1]


def test_not_ours_leaves_a_laptop_out_with_a_reason(
    lead: Laptop, laptops: list[Laptop], show: Callable[[TeamScreen], TeamScreen], tmp_path: Path
) -> None:
    with opened(copy_of(lead.visit.folder.path, tmp_path / "stranger"), STRANGER) as stranger:
        rate(stranger, criterion="IN-703.a", rating="met")
        team = show(TeamScreen(lead.desk))
        lead.desk.act(lambda: take_from(lead.visit, stranger))
    click(button(team.waiting, "Not ours…"))
    (box,) = team.waiting.boxes.values()
    box.reason.clear()
    click(box.leave_out)
    assert "empty" in box.reason_field.refused
    type_into(box.reason, "Nobody knows it")
    click(box.leave_out)
    assert not team.waiting.isVisible()
    assert STRANGER.device in lead.visit.store.authority.cuts


def test_a_stolen_laptop_is_cut_off_at_a_point_that_people_know(
    lead: Laptop, peer: Laptop, stick: Path, show: Callable[[TeamScreen], TeamScreen]
) -> None:
    rate(peer.visit, criterion="IN-703.a", rating="met")
    peer.meet(stick)
    lead.meet(stick)
    team = show(TeamScreen(lead.desk))
    page = CutOffPage(lead.desk, peer.visit.identity.device, team)
    page.open()
    assert page.point.itemText(0).startswith("All that is here: ")
    assert page.point.itemText(page.point.count() - 1) == "Nothing of it"
    click(page.yes)
    assert "empty" in page.field.refused
    page.point.setCurrentIndex(page.point.count() - 1)
    type_into(page.reason, "Stolen from a car")
    click(page.yes)
    assert lead.visit.store.authority.cuts[peer.visit.identity.device] == 0
    again = CutOffPage(lead.desk, peer.visit.identity.device, team)
    again.open()
    press("Escape", again.reason)
    assert not again.isVisible(), "also out of its box"
    assert lead.desk.record.rating(KEY).rating is None


@pytest.mark.parametrize("person", ["everyone", "Ada Assessor"])
def test_hand_over_asks_for_whom_and_where(
    lead: Laptop, peer: Laptop, stick: Path, show: Callable[[TeamScreen], TeamScreen], person: str
) -> None:
    """What Ada's laptop has said to know is left out of the file for her."""
    peer.meet(stick)
    lead.meet(stick)
    rate(lead.visit, criterion="IN-703.a", rating="met")
    team = show(TeamScreen(lead.desk))
    click(team.exchange.hand_over)
    page = dialog(HandOverPage)
    assert isinstance(page, HandOverPage)
    if person != "everyone":
        page.whom.setCurrentIndex(page.whom.findText(person, flags=Qt.MatchFlag.MatchContains))
    lead.asking.chosen = stick.parent / "for her"
    click(page.yes)
    lead.wait()
    out = stick.parent / "for her.qsinx"
    assert out.is_file()
    assert (f"for {person}" in lead.asking.suggested) is (person != "everyone")
    outcome = lead.desk.exchanges.last
    assert outcome is not None
    assert (outcome.went < 5) is (person != "everyone")
    peer.desk.exchanges.receive([out])
    peer.wait()
    assert peer.desk.record.rating(KEY).rating == "met"


def test_a_bundle_dropped_among_evidence_is_received_and_no_exhibit(
    lead: Laptop, peer: Laptop, tmp_path: Path
) -> None:
    rate(peer.visit, criterion="IN-703.a", rating="met")
    write_bundle(peer.visit, tmp_path / "from Ada.qsinx")
    photo = tmp_path / "Room.txt"
    photo.write_text("a room", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(p)) for p in (tmp_path / "from Ada.qsinx", photo)])
    attaching = Attaching(lead.desk)
    attaching.files(incoming(mime).paths, Target(criterion="IN-703.a"))
    lead.wait()
    lead.qtbot.waitUntil(lambda: not attaching.under_way)
    assert lead.desk.record.rating(KEY).rating == "met"
    assert [exhibit.title for exhibit in lead.desk.record.exhibits()] == ["Room.txt"]
