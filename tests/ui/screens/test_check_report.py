from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions import signing
from qsin_desktop.actions.credentials import make_self_signed, open_credential
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import DocumentKind, draw, record_export
from qsin_desktop.domain.signatures import FileState, SignatureState
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.places import CHECK, REPORT, Place
from qsin_desktop.ui.screens.check import CheckScreen
from qsin_desktop.ui.screens.check_faces import FILE_FACES, SIGNATURE_FACES
from qsin_desktop.ui.screens.check_report import CheckView
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.label import Paragraph
from tests.founding import copy_of, opened
from tests.ui.hands import button, click, press, visible

PASSWORD = "ten letters and more"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def signed(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the visit, its report made (0.pdf) and signed by the lead (1.pdf)."""
    place = tmp_path_factory.mktemp("signed")
    make_self_signed(place / "Lena.p12", name="Lena Lead", password=PASSWORD, now=NOW)
    credential = open_credential(place / "Lena.p12", PASSWORD, now=NOW)
    with opened(copy_of(founded, place)) as visit:
        snapshot = signing.seal_for_signing(visit, credential, in_spite_of="Asked for today")
        record_export(visit, draw(snapshot, DocumentKind.REPORT, place / "0.pdf"))
        signing.sign_report(visit, place / "0.pdf", signer="lead", credential=credential, out=place / "1.pdf")
    return place


@pytest.fixture
def own(signed: Path, founded: Path, tmp_path: Path) -> OpenVisit:  # type: ignore[misc]
    with opened(copy_of(signed / founded.name, tmp_path)) as visit:
        yield visit


@pytest.fixture
def screen(own: OpenVisit, desk: Desk, show: Callable[[CheckScreen], CheckScreen]) -> CheckScreen:
    made = show(CheckScreen(Desk(own, desk.messages, desk.jobs)))
    made.show_place(Place(CHECK))
    return made


def wait(view: CheckView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view._job is None, timeout=60_000)


def words(view: CheckView) -> str:
    return "\n".join(label.words for label in visible(view.verdict, Paragraph))


def chips(view: CheckView) -> list[str]:
    return [chip.text() for chip in visible(view.verdict, Chip)]


def test_every_verdict_has_a_shape_and_a_word_of_its_own() -> None:
    assert set(FILE_FACES) == set(FileState)
    assert set(SIGNATURE_FACES) == set(SignatureState)
    assert all(face.sign and face.text for face in (*FILE_FACES.values(), *SIGNATURE_FACES.values()))


def test_the_visits_own_report_is_told_at_once_and_then_fully(
    screen: CheckScreen, signed: Path, qtbot: QtBot
) -> None:
    view = screen.view
    screen.desk.asking.file = lambda *_args, **_kw: signed / "1.pdf"  # type: ignore[method-assign]
    press("Ctrl+E", screen)
    wait(view, qtbot)
    assert view.found is not None
    assert (view.found.state, view.found.quick) == (FileState.GOOD, True)
    qtbot.waitUntil(lambda: chips(view) == ["In order", "Valid"])
    click(button(view, "Look at every signature"))
    assert view.verdict.findChildren(Chip) == [] or not chips(view)
    wait(view, qtbot)
    assert not view.found.quick
    qtbot.waitUntil(lambda: "confirmed by the visit’s trail" in words(view))


def test_a_flipped_byte_is_told_with_a_cross(
    screen: CheckScreen, signed: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    content = bytearray((signed / "1.pdf").read_bytes())
    content[len(content) // 3] ^= 1
    (tmp_path / "flipped.pdf").write_bytes(content)
    screen.show_place(Place(CHECK, file=tmp_path / "flipped.pdf"))
    wait(screen.view, qtbot)
    qtbot.waitUntil(lambda: chips(screen.view) == ["Not what was signed", "Not valid"])
    assert words(screen.view).startswith("Do not rely on this file")


def test_without_a_visit_a_self_signed_credential_is_not_trusted(
    desk: Desk,
    signed: Path,
    tmp_path: Path,
    show: Callable[[CheckView], CheckView],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = show(CheckView(desk.jobs, desk.asking, desk.messages, tmp_path, None, None))
    view.check(signed / "1.pdf")
    wait(view, qtbot)
    qtbot.waitUntil(lambda: chips(view) == ["Unaltered, not all confirmed", "Unaltered, not confirmed"])
    assert "Anybody can make one in any name" in words(view)

    # Its certificate is trusted, and later no more
    assert view.trust is not None
    monkeypatch.setattr(desk.asking, "file", lambda *_args, **_kw: signed / "Lena.cer")
    click(button(view, "Trust a certificate…"))
    wait(view, qtbot)
    qtbot.waitUntil(lambda: chips(view) == ["In order", "Valid"])
    click(button(view, "Trust Lena Lead no longer"))
    page = QApplication.activeModalWidget()
    assert isinstance(page, Page)
    click(button(page, "Take it back"))
    wait(view, qtbot)
    qtbot.waitUntil(lambda: chips(view) == ["Unaltered, not all confirmed", "Unaltered, not confirmed"])
    view.trust.take(signed / "0.pdf")
    assert view.trust._refused.isVisible()


def test_the_page_for_those_who_receive_it_is_saved(
    screen: CheckScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen.desk.asking, "save_as", lambda *_args, **_kw: tmp_path / "how.html")
    click(screen.view.page_for_others)
    assert "How to verify a signed report" in (tmp_path / "how.html").read_text(encoding="utf-8")
    monkeypatch.setattr(screen.desk.asking, "save_as", lambda *_args, **_kw: tmp_path / "no" / "how.html")
    click(screen.view.page_for_others)
    assert screen.view.refused.isVisible()


def test_what_is_no_report_is_told_apart(screen: CheckScreen, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"Dear all")
    screen.view.check(tmp_path / "letter.pdf")
    wait(screen.view, qtbot)
    qtbot.waitUntil(lambda: chips(screen.view) == ["Not a PDF"])
    screen.view.check(tmp_path / "gone.pdf")
    assert screen.view.refused.isVisible()
    assert chips(screen.view) == []


def test_a_check_can_be_cancelled(screen: CheckScreen, signed: Path, qtbot: QtBot) -> None:
    screen.view.check(signed / "1.pdf", full=True)
    click(button(screen.view, "Cancel"))
    wait(screen.view, qtbot)
    assert screen.view.found is None
    assert screen.view.drop.isEnabled()
    assert not screen.view.refused.isVisible()


def test_back_leads_to_the_report(screen: CheckScreen) -> None:
    went: list[Place] = []
    screen.desk.going.connect(went.append)
    click(button(screen, "Back"))
    assert went == [Place(REPORT)]
