"""A timestamp asked for in the window: told when off-line, its address kept, cancelled, and on the report."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.credentials import make_self_signed, open_credential
from qsin_desktop.actions.known_reports import known_reports
from qsin_desktop.actions.reporting import DocumentKind, draw, record_export
from qsin_desktop.actions.signing import seal_for_signing, sign_report, signable_fields
from qsin_desktop.actions.verifying import verify_report
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import SIGN, Place
from qsin_desktop.ui.screens.parts import ScrollColumn
from qsin_desktop.ui.screens.signing import SignScreen
from qsin_desktop.ui.screens.signing_timestamp import TimestampCard
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from tests.signing.time_authority import AT, TimeAuthority, serving
from tests.ui.hands import button, click, press, type_into

PASSWORD = "ten letters and more"


@pytest.fixture
def report(desk: Desk, tmp_path: Path) -> Path:
    """Signed by the lead."""
    path, wallet, now = tmp_path / "Report.pdf", tmp_path / "Lena.p12", desk.visit.clock()
    make_self_signed(wallet, name="Lena Lead", password=PASSWORD, now=now)
    credential = open_credential(wallet, PASSWORD, now=now)
    snapshot = seal_for_signing(desk.visit, credential, in_spite_of="The network asked for it today.")
    record_export(desk.visit, draw(snapshot, DocumentKind.REPORT, path))
    sign_report(desk.visit, path, signer="lead", credential=credential)
    return path


@pytest.fixture
def screen(desk: Desk, report: Path, show: Callable[[SignScreen], SignScreen]) -> SignScreen:
    words: dict[str, str] = {}
    desk.asking.folder_of = lambda purpose: report.parent  # type: ignore[method-assign]
    desk.asking.words_for = lambda purpose: words.get(purpose, "")
    desk.asking.keep_words = words.__setitem__
    made = show(SignScreen(desk))
    made.show_place(Place(SIGN))
    return made


def wait(card: TimestampCard, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: card.job is None, timeout=60_000)


def told(card: TimestampCard) -> str:
    return card.refused._text.words if card.refused.isVisible() else ""


def test_a_timestamp_is_added_once_the_laptop_is_on_line(
    screen: SignScreen, desk: Desk, report: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    card = screen.timestamp
    click(card.add)
    assert "no address of a timestamp authority was given" in told(card)
    type_into(card.address, "http://127.0.0.1:9/tsa")
    press("Return", card.address)
    wait(card, qtbot)
    assert "could not be reached" in told(card)
    assert "The file is as it was." in told(card)
    assert card.address.hasFocus()
    assert TimestampCard(desk, screen).address.text() == "http://127.0.0.1:9/tsa"

    authority = TimeAuthority(tmp_path)
    before = report.read_bytes()
    with serving(authority) as address:
        card.address.clear()
        type_into(card.address, address)
        press("Return", card.address)
        assert not screen.sign.isEnabled()
        wait(card, qtbot)
    assert told(card) == ""
    assert report.read_bytes().startswith(before)
    assert "25 November 2026, 12:00 UTC by Local Time, after 1 signature." in card.has._text.words
    assert card.add.text() == "Add another timestamp"
    assert screen.sign.isEnabled()
    assert [k.field for k in known_reports(desk.visit)] == ["exported", "signed", "stamped"]
    verdict = verify_report(report, visit=desk.visit, trust=[authority.certificate], full=True)
    assert verdict.good, verdict.lines
    assert verdict.signatures[0].stamped_at == AT.isoformat()
    assert "The signatures stay valid." in desk.messages.notices[-1].text


def test_what_becomes_of_it_stays_in_view(screen: SignScreen, qtbot: QtBot) -> None:
    """It is asked for at the foot of a long page."""
    screen.resize(1000, 420)
    card, area = screen.timestamp, screen.findChild(ScrollColumn)
    assert area is not None
    area.bring(card.add)

    def seen(part: QWidget) -> bool:
        QTest.qWait(0)
        top = part.mapTo(area.viewport(), QPoint(0, 0)).y()
        return top >= 0 and top + part.height() <= area.viewport().height()

    qtbot.waitUntil(lambda: seen(card.add))
    type_into(card.address, "http://127.0.0.1:9/tsa")
    press("Return", card.address)
    wait(card, qtbot)
    assert "could not be reached" in told(card)
    qtbot.waitUntil(lambda: seen(card.refused))


def test_waiting_for_the_authority_can_be_cancelled(
    screen: SignScreen, report: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, let_go, asked = TimeAuthority(tmp_path), threading.Event(), threading.Event()

    def slow(_: bytes) -> bytes:
        asked.set()
        let_go.wait(30)
        return b""

    monkeypatch.setattr(authority, "answer", slow)
    before = report.read_bytes()
    with serving(authority) as address:
        type_into(screen.timestamp.address, address)
        press("Return", screen.timestamp.address)
        qtbot.waitUntil(asked.is_set)
        panel = screen.timestamp.findChild(ProgressPanel)
        assert panel is not None
        qtbot.waitUntil(lambda: panel._detail.text() == "Asking the authority")
        assert panel.cancel_button.hasFocus()
        click(button(screen.timestamp, "Cancel"))
        wait(screen.timestamp, qtbot)
        let_go.set()
    assert told(screen.timestamp) == ""
    assert screen.timestamp.address.hasFocus()
    assert report.read_bytes() == before
    assert screen.timestamp.add.isEnabled()


def test_an_earlier_copy_of_the_report_gets_none(
    screen: SignScreen, desk: Desk, report: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(report.read_bytes())
    credential = open_credential(tmp_path / "Lena.p12", PASSWORD, now=desk.visit.clock())
    sign_report(desk.visit, report, signer="network", credential=credential)
    screen.show_report(copy)
    type_into(screen.timestamp.address, "http://127.0.0.1:9/tsa")
    click(screen.timestamp.add)
    assert "is an earlier copy of this report" in told(screen.timestamp)
    assert copy.read_bytes() != report.read_bytes()


def test_when_all_have_signed_only_the_timestamp_is_left(
    screen: SignScreen, desk: Desk, report: Path, tmp_path: Path
) -> None:
    assert screen.credential.isVisible()
    credential = open_credential(tmp_path / "Lena.p12", PASSWORD, now=desk.visit.clock())
    for field in signable_fields(desk.visit, report)[1:]:
        sign_report(desk.visit, report, signer=field.slot.field, credential=credential)
    screen.show_report(report)
    assert not screen.credential.isVisible()
    assert screen.timestamp.isVisible()
    assert screen.sign.text() == "All have signed"


def test_there_is_nothing_to_stamp_before_the_first_signature(
    desk: Desk, show: Callable[[SignScreen], SignScreen], tmp_path: Path
) -> None:
    desk.asking.folder_of = lambda purpose: tmp_path  # type: ignore[method-assign]
    screen = show(SignScreen(desk))
    screen.show_place(Place(SIGN))
    assert not screen.timestamp.isVisible()
