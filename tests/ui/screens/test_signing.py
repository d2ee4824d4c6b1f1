from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.credentials import make_self_signed
from qsin_desktop.actions.known_reports import known_reports
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.planning import confirm_device
from qsin_desktop.actions.rating import rate, settle
from qsin_desktop.actions.report_files import signed_by
from qsin_desktop.actions.reporting import DocumentKind, export
from qsin_desktop.actions.sealing import reopen, seal
from qsin_desktop.actions.verifying import verify_report
from qsin_desktop.domain.signatures import FileState, SignatureState
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import REPORT, SIGN, Place
from qsin_desktop.ui.screens.signing import SignScreen
from tests.founding import PEER, copy_of, opened
from tests.ui.hands import button, click, press, type_into

PASSWORD = "ten letters and more"
REASON = "The network asked for the report today"


@pytest.fixture(scope="session")
def lead_p12(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wallet") / "Lena.p12"
    now = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    make_self_signed(path, name="Lena Lead", password=PASSWORD, now=now)
    return path


@pytest.fixture
def screen(desk: Desk, tmp_path: Path, show: Callable[[SignScreen], SignScreen]) -> SignScreen:
    desk.asking.folder_of = lambda purpose: tmp_path  # type: ignore[method-assign]
    desk.asking.save_as = lambda *_args, **_kw: tmp_path / "Report.pdf"  # type: ignore[method-assign]
    made = show(SignScreen(desk))
    made.show_place(Place(SIGN))
    return made


def choose(screen: SignScreen, path: Path, password: str = PASSWORD) -> None:
    screen.desk.asking.file = lambda *_args, **_kw: path  # type: ignore[method-assign]
    click(screen.credential.file.button)
    type_into(screen.credential.password.edit, password)


def draw(screen: SignScreen) -> None:
    pad, left = screen.look.pad, Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, pos=QPoint(30, 80))
    for x in range(40, 300, 10):
        QTest.mouseMove(pad, QPoint(x, 60 + x % 40))
    QTest.mouseRelease(pad, left, pos=QPoint(300, 80))


def wait(screen: SignScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: screen._run is None and not screen.desk.jobs.running, timeout=60_000)


def sign(screen: SignScreen, qtbot: QtBot) -> None:
    press("Ctrl+Return", screen)
    wait(screen, qtbot)


def certified(screen: SignScreen, lead_p12: Path, qtbot: QtBot) -> Path:
    """Sealed, made and signed by the lead."""
    choose(screen, lead_p12)
    sign(screen, qtbot)
    type_into(screen.reason_box, REASON)
    sign(screen, qtbot)
    assert screen.path is not None, screen.refused.findChildren(type(screen.report._said))[0].words
    return screen.path


def told(screen: SignScreen) -> str:
    return screen.refused._text.words if screen.refused.isVisible() else ""


# ---- the lead ---------------------------------------------------------------------------------------


def test_what_is_lacking_is_told_before_anything_is_sealed(screen: SignScreen, desk: Desk) -> None:
    assert screen.sign.text() == "Make the final report and sign as Lena Lead"
    press("Ctrl+Return", screen)
    assert screen.credential.refused.isVisible()
    assert desk.record.seal is None
    click(button(screen, "Make one now"))
    press("Ctrl+Return", screen)
    assert "not made yet" in screen.credential.refused._text.words
    click(button(screen, "Card or key fob"))
    press("Ctrl+Return", screen)
    assert "module" in screen.credential.refused._text.words
    assert desk.record.seal is None


def test_what_stops_the_seal_is_told_before_anything_is_asked(
    screen: SignScreen, desk: Desk, lead_p12: Path, tmp_path: Path
) -> None:
    desk.act(lambda: confirm_device(desk.visit, device=PEER.device, person=PEER.person))
    with opened(copy_of(desk.visit.folder.path, tmp_path / "peer"), PEER) as colleague:
        take_from(colleague, desk.visit)
        desk.act(lambda: rate(desk.visit, criterion="IN-202.a", rating="met"))
        rate(colleague, criterion="IN-202.a", rating="not-met", reason="Nobody came")
        desk.act(lambda: take_from(desk.visit, colleague))
    screen.show_place(Place(SIGN))
    assert "while a disagreement is open" in told(screen)
    choose(screen, lead_p12)
    desk.asking.save_as = lambda *_args, **_kw: pytest.fail("asked")  # type: ignore[method-assign]
    press("Ctrl+Return", screen)
    assert "while a disagreement is open" in told(screen)
    desk.act(lambda: settle(desk.visit, criterion="IN-202.a", rating="met", reason="Seen since"))
    screen.show_place(Place(SIGN))
    assert screen.refused.isHidden()


def test_a_wrong_password_is_told_and_nothing_is_sealed(
    screen: SignScreen, desk: Desk, lead_p12: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(screen, lead_p12, "another password")
    sign(screen, qtbot)
    assert "password" in told(screen)
    assert desk.record.seal is None
    assert not (tmp_path / "Report.pdf").exists()
    assert screen.sign.isEnabled()


def test_the_place_of_the_final_report_is_asked_for_once(
    screen: SignScreen, desk: Desk, lead_p12: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    places = iter([tmp_path / "Report.pdf"])
    desk.asking.save_as = lambda *_args, **_kw: next(places)  # type: ignore[method-assign]
    choose(screen, lead_p12, "another password")
    sign(screen, qtbot)
    screen.credential.password.edit.clear()
    type_into(screen.credential.password.edit, PASSWORD)
    sign(screen, qtbot)
    assert screen.incomplete.isVisible()
    type_into(screen.reason_box, REASON)
    sign(screen, qtbot)
    assert screen.path == tmp_path / "Report.pdf"


def test_another_place_is_asked_for_where_nothing_could_be_put(
    screen: SignScreen, desk: Desk, lead_p12: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    places = iter([tmp_path / "gone" / "Report.pdf", tmp_path / "Report.pdf"])
    desk.asking.save_as = lambda *_args, **_kw: next(places)  # type: ignore[method-assign]
    choose(screen, lead_p12)
    sign(screen, qtbot)
    assert "there is no folder" in told(screen)
    sign(screen, qtbot)
    assert desk.record.seal is None
    type_into(screen.reason_box, REASON)
    sign(screen, qtbot)
    assert screen.path == tmp_path / "Report.pdf"


def test_the_lead_seals_makes_and_certifies_in_one_go(
    screen: SignScreen, desk: Desk, lead_p12: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(screen, lead_p12)
    draw(screen)
    sign(screen, qtbot)
    assert screen.incomplete.isVisible()
    assert "in spite of it with a reason" in screen.reason.refused
    page = screen.ask_each()
    type_into(page.box, "Not looked at on this visit")
    click(page.give)
    press("Escape", page)
    type_into(screen.reason_box, REASON)
    sign(screen, qtbot)
    assert desk.record.seal is not None
    assert [reason for _, reason in desk.record.seal.reasons] == ["Not looked at on this visit"]
    verdict = verify_report(tmp_path / "Report.pdf", visit=desk.visit, full=True)
    assert verdict.state is FileState.GOOD
    assert [s.slot.name for s in verdict.signatures] == ["Lena Lead"]
    assert [k.field for k in known_reports(desk.visit)] == ["exported", "signed"]
    assert screen.sign.text() == "Sign as Ada Assessor"
    assert "Still out: Ada Assessor" in screen.report.state._text.words
    assert desk.messages.notices[-1].text == "“Report.pdf” is signed by Lena Lead."
    assert signed_by(desk.visit) == ("Lena Lead",)


def test_no_secret_stays_in_a_box(screen: SignScreen, lead_p12: Path, qtbot: QtBot) -> None:
    certified(screen, lead_p12, qtbot)
    assert screen.credential.password.text() == ""
    assert screen.credential.file.path is None
    assert screen.look.pad.is_empty


# ---- the others -------------------------------------------------------------------------------------


def test_the_network_signs_on_the_same_laptop_with_a_credential_made_there(
    screen: SignScreen, desk: Desk, lead_p12: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    report = certified(screen, lead_p12, qtbot)
    choice = screen.signers.choices["network-1"]
    choice.setFocus()
    press("Space", choice)
    assert screen.sign.text() == "Sign as Nell Network"
    click(button(screen, "Make one now"))
    assert screen.credential.name.text() == "Nell Network"
    type_into(screen.credential.new_password.edit, PASSWORD)
    type_into(screen.credential.again.edit, "something else")
    click(screen.credential.make)
    assert "differ" in screen.credential.refused._text.words
    for box in (screen.credential.new_password, screen.credential.again):
        box.edit.setText("short")
    desk.asking.save_as = lambda *_args, **_kw: pytest.fail("asked")  # type: ignore[method-assign]
    click(screen.credential.make)
    assert "at least 10 characters" in screen.credential.refused._text.words
    screen.credential.new_password.edit.setText(PASSWORD)
    screen.credential.again.edit.clear()
    type_into(screen.credential.again.edit, PASSWORD)
    desk.asking.save_as = lambda *_args, **_kw: tmp_path / "Nell.p12"  # type: ignore[method-assign]
    click(screen.credential.make)
    qtbot.waitUntil(screen.credential.made.isVisible, timeout=30_000)
    assert "nobody vouches" in screen.credential.made._text.words
    click(button(screen, "Typed name"))
    assert screen.look.typed.text() == "Nell Network"
    sign(screen, qtbot)
    verdict = verify_report(report, visit=desk.visit, full=True)
    assert [(s.slot.name, s.state) for s in verdict.signatures] == [
        ("Lena Lead", SignatureState.GOOD),
        ("Nell Network", SignatureState.GOOD),
    ]
    assert not screen.signers.choices["network-1"].isEnabled()


def test_a_picture_of_a_signature_is_put_on_the_page(
    screen: SignScreen, desk: Desk, lead_p12: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(screen, lead_p12)
    click(button(screen, "A picture"))
    (tmp_path / "letter.png").write_bytes(b"Dear all")
    screen.look.picture.set_path(tmp_path / "letter.png")
    sign(screen, qtbot)
    type_into(screen.reason_box, REASON)
    sign(screen, qtbot)
    assert "Nothing was signed" in told(screen)
    picture = QImage(60, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    assert picture.save(str(tmp_path / "hand.png"))
    screen.look.picture.set_path(tmp_path / "hand.png")
    sign(screen, qtbot)
    assert [k.field for k in known_reports(desk.visit)][-1] == "signed"


def test_an_assessor_waits_for_the_lead(
    founded: Path, tmp_path: Path, desk: Desk, show: Callable[[SignScreen], SignScreen]
) -> None:
    with opened(copy_of(founded, tmp_path / "peer"), PEER) as visit:
        screen = show(SignScreen(Desk(visit, desk.messages, desk.jobs)))
        screen.show_place(Place(SIGN))
        assert screen.sign.text() == "Nobody can sign now"
        assert not screen.sign.isEnabled()


# ---- which file -------------------------------------------------------------------------------------


def test_a_draft_is_not_signed(screen: SignScreen, desk: Desk, tmp_path: Path) -> None:
    export(desk.visit, DocumentKind.REPORT, tmp_path / "draft.pdf")
    desk.asking.file = lambda *_args, **_kw: tmp_path / "draft.pdf"  # type: ignore[method-assign]
    click(button(screen, "Choose a report"))
    assert "is a draft" in told(screen)
    assert screen.path is None


def test_a_file_that_the_trail_does_not_name_is_refused(screen: SignScreen, tmp_path: Path) -> None:
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7 nothing")
    screen.show_report(tmp_path / "other.pdf")
    assert "not a report that this visit" in told(screen)


def test_the_report_that_was_made_last_is_found_again(
    screen: SignScreen, desk: Desk, lead_p12: Path, qtbot: QtBot, show: Callable[[SignScreen], SignScreen]
) -> None:
    report = certified(screen, lead_p12, qtbot)
    again = show(SignScreen(desk))
    again.show_place(Place(SIGN))
    assert again.path == report


def test_a_signed_report_that_lies_elsewhere_is_asked_for(
    screen: SignScreen, desk: Desk, lead_p12: Path, qtbot: QtBot, show: Callable[[SignScreen], SignScreen]
) -> None:
    report = certified(screen, lead_p12, qtbot)
    moved = report.rename(report.with_name("Moved.pdf"))
    again = show(SignScreen(desk))
    again.show_place(Place(SIGN))
    assert again.report._name.text() == "The signed report is not here"
    assert "Lena Lead signed it already" in again.report._said.words
    desk.asking.file = lambda *_args, **_kw: moved  # type: ignore[method-assign]
    click(again.report.other)
    assert again.path == moved
    click(again.report.new)
    assert again.report._name.text() == "The final report is not made yet"


def test_signatures_of_a_report_before_the_visit_was_reopened_do_not_count(
    screen: SignScreen, desk: Desk, lead_p12: Path, qtbot: QtBot
) -> None:
    certified(screen, lead_p12, qtbot)
    assert signed_by(desk.visit) == ("Lena Lead",)
    reopen(desk.visit, reason="A rating was wrong")
    seal(desk.visit, in_spite_of=REASON)
    assert signed_by(desk.visit) == ()


def test_cancelling_leaves_no_file_and_says_that_it_is_sealed(
    screen: SignScreen, desk: Desk, lead_p12: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(screen, lead_p12)
    sign(screen, qtbot)
    type_into(screen.reason_box, REASON)
    press("Ctrl+Return", screen)
    qtbot.waitUntil(lambda: desk.record.seal is not None, timeout=30_000)
    click(button(screen, "Cancel"))
    wait(screen, qtbot)
    assert list(tmp_path.glob("*.pdf*")) == []
    assert screen.report.state.isVisible()
    assert screen.sign.text() == "Make the final report and sign as Lena Lead"


def test_back_forgets_and_leads_to_the_report(screen: SignScreen, desk: Desk, lead_p12: Path) -> None:
    went: list[Place] = []
    desk.going.connect(went.append)
    choose(screen, lead_p12)
    press("Escape", screen.credential.password.edit)
    press("Escape", screen)
    assert went == [Place(REPORT)]
    assert screen.credential.password.text() == ""
