"""Signing with a card or key fob in the window, played by keys with tokens in software."""

from __future__ import annotations

import logging
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.credentials import (
    PinState,
    TokenCertificate,
    TokenSeen,
    make_authority,
    make_self_signed,
)
from qsin_desktop.actions.verifying import verify_report
from qsin_desktop.domain.signatures import SignatureState
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import SIGN, Place
from qsin_desktop.ui.screens.signing import SignScreen
from qsin_desktop.ui.screens.signing_token import TokenPage
from tests.signing.soft_tokens import PIN, Drawer, needs_tokens
from tests.signing.test_tokens import FOREIGN
from tests.ui.hands import button, click, press, type_into

pytestmark = needs_tokens

PASSWORD = "ten letters and more"
REASON = "The network asked for the report today"


@pytest.fixture
def drawer(tmp_path: Path) -> Iterator[Drawer]:
    with pytest.MonkeyPatch.context() as patch:
        (tmp_path / "drawer").mkdir()
        yield Drawer(tmp_path / "drawer", patch)


@pytest.fixture
def words() -> dict[str, str]:
    return {}


@pytest.fixture
def screen(
    desk: Desk, tmp_path: Path, words: dict[str, str], show: Callable[[SignScreen], SignScreen]
) -> SignScreen:
    desk.asking.folder_of = lambda purpose: tmp_path  # type: ignore[method-assign]
    desk.asking.save_as = lambda *_args, **_kw: tmp_path / "Report.pdf"  # type: ignore[method-assign]
    desk.asking.words_for = lambda purpose: words.get(purpose, "")
    desk.asking.keep_words = words.__setitem__
    made = show(SignScreen(desk))
    made.show_place(Place(SIGN))
    click(button(made, "Card or key fob"))
    return made


def credential(desk: Desk, path: Path) -> Path:
    make_self_signed(path, name="Lena Lead", password=PASSWORD, now=desk.visit.clock())
    return path


def choose(screen: SignScreen, module: Path, qtbot: QtBot) -> TokenPage:
    page = screen.credential.token
    screen.desk.asking.file = lambda *_args, **_kw: module  # type: ignore[method-assign]
    press("Space", page.module.button)
    qtbot.waitUntil(lambda: page.job is None, timeout=60_000)
    return page


def sign(screen: SignScreen, qtbot: QtBot) -> None:
    press("Ctrl+Return", screen)
    qtbot.waitUntil(lambda: screen._run is None and not screen.desk.jobs.running, timeout=60_000)


def test_the_lead_signs_with_a_token_by_keys(
    screen: SignScreen,
    desk: Desk,
    drawer: Drawer,
    words: dict[str, str],
    tmp_path: Path,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    drawer.make("Lena’s card", credential(desk, tmp_path / "Lena.p12"), PASSWORD)
    press("Ctrl+Return", screen)
    assert "Choose the module first" in screen.credential.refused._text.words
    page = choose(screen, drawer.module, qtbot)
    assert page.token.currentText() == "Lena’s card, SoftHSM project"
    assert page.certificate.currentText() == "Lena Lead, a self-signed credential"
    assert page.pin.edit.hasFocus()
    assert "A few wrong ones lock it" in page.pin.accessibleDescription()
    press("Ctrl+Return", screen)
    assert "Give the PIN" in screen.credential.refused._text.words

    type_into(page.pin.edit, "000000")
    sign(screen, qtbot)
    assert "The PIN is not that of the token “Lena’s card”" in screen.refused._text.words
    assert "locks itself" in screen.refused._text.words
    assert desk.record.seal is None

    page.pin.edit.clear()
    type_into(page.pin.edit, PIN)
    sign(screen, qtbot)
    type_into(screen.reason_box, REASON)
    sign(screen, qtbot)
    verdict = verify_report(tmp_path / "Report.pdf", visit=desk.visit, full=True)
    assert [(s.slot.name, s.state) for s in verdict.signatures] == [("Lena Lead", SignatureState.GOOD)]
    assert page.pin.text() == ""
    assert words == {"token": str(drawer.module)}
    assert PIN not in caplog.text


def test_what_is_not_there_is_told(
    screen: SignScreen, desk: Desk, drawer: Drawer, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "letter.so").write_bytes(b"Dear all")
    page = choose(screen, tmp_path / "letter.so", qtbot)
    assert page.refused.isVisible()
    assert "“letter.so” is no library that this computer can load" in page.refused._text.words
    assert not page.pin_field.isVisible()

    page = choose(screen, drawer.module, qtbot)
    assert not page.refused.isVisible()
    assert page.state.words == "No card or key fob is put in. Put it in and look again."
    press("Ctrl+Return", screen)
    assert "No card or key fob is put in" in screen.credential.refused._text.words

    drawer.make("bare")
    click(page.again)
    qtbot.waitUntil(lambda: page.job is None, timeout=60_000)
    assert "shows no certificate" in page.state.words
    type_into(page.pin.edit, PIN)
    sign(screen, qtbot)
    assert "The token “bare” holds no certificate with a private key" in screen.refused._text.words
    assert desk.record.seal is None

    drawer.make("body", _authority(desk, tmp_path), PASSWORD)
    click(page.again)
    qtbot.waitUntil(lambda: page.job is None, timeout=60_000)
    assert {page.token.itemText(at).split(",")[0] for at in range(page.token.count())} == {"bare", "body"}


@pytest.mark.skipif(shutil.which("cc") is None, reason="no compiler: a module that hangs is not tried")
def test_a_module_that_never_answers_can_be_left(
    screen: SignScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    source, library = tmp_path / "m.c", tmp_path / "m.so"
    source.write_text(FOREIGN["hang"], encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-w", "-o", library, source], check=True)
    page = screen.credential.token
    screen.desk.asking.file = lambda *_args, **_kw: library  # type: ignore[method-assign]
    press("Space", page.module.button)
    assert page.stop.isVisible()
    assert not page.again.isVisible()
    press("Space", page.stop)
    qtbot.waitUntil(lambda: page.job is None, timeout=60_000)
    assert "was not waited for any longer" in page.state.words
    assert page.again.hasFocus()
    assert not page.stop.isVisible()


def test_the_one_that_can_sign_is_chosen_beforehand(screen: SignScreen, desk: Desk, tmp_path: Path) -> None:
    facts = make_self_signed(tmp_path / "l.p12", name="Lena Lead", password=PASSWORD, now=desk.visit.clock())
    old = TokenCertificate("c", "a1", facts, "ran out on 1 May 2024")
    fit = TokenCertificate("c", "a1", facts, "")
    bare = TokenSeen("bare", "bare", "", PinState.FINE, ())
    locked = TokenSeen("locked", "locked", "", PinState.LOCKED, (fit,))
    ended = TokenSeen("card", "0001", "", PinState.FINE, (old,))
    ready = TokenSeen("card", "0002", "", PinState.LOW, (old, fit))
    page = screen.credential.token
    for seen, chosen in (
        ((bare, locked, ended, ready), "card, 0002"),
        ((locked, bare, ended), "bare"),
        ((locked,), "locked"),
        ((), ""),
    ):
        page._show(seen)
        assert page.sizeHint().width() < 560, "a long certificate takes no width of the other half"
        assert page.token.currentText() == chosen


def _authority(desk: Desk, place: Path) -> Path:
    make_authority(place / "body.p12", name="Quality Body", password=PASSWORD, now=desk.visit.clock())
    return place / "body.p12"


def test_a_token_taken_out_in_between_signs_nothing(
    screen: SignScreen, desk: Desk, drawer: Drawer, tmp_path: Path, qtbot: QtBot
) -> None:
    drawer.make("card", credential(desk, tmp_path / "Lena.p12"), PASSWORD)
    page = choose(screen, drawer.module, qtbot)
    type_into(page.pin.edit, PIN)
    drawer.take_out()
    sign(screen, qtbot)
    assert screen.refused._text.words == "No token is put in. Nothing was signed. Put in the card or key fob."
    assert desk.record.seal is None
    drawer.put_in_again()
    sign(screen, qtbot)
    assert screen.incomplete.isVisible()


def test_the_module_is_remembered(
    screen: SignScreen, desk: Desk, drawer: Drawer, words: dict[str, str], qtbot: QtBot
) -> None:
    drawer.make("card")
    words["token"] = str(drawer.module)
    page = TokenPage(desk, screen)
    page.arrive()
    qtbot.waitUntil(lambda: page.job is None, timeout=60_000)
    assert page.module.path == drawer.module
    assert page.chosen is not None
    assert page.chosen.label == "card"
