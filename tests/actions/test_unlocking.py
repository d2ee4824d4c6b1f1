from __future__ import annotations

from pathlib import Path

import keyring.backend
import pytest

from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.unlocking import (
    PassphrasesDiffer,
    PassphraseUnfit,
    Strength,
    WrongPassphrase,
    asks_for_passphrase,
    checked_twice,
    keyring_works,
    open_and_remember,
    strength_of,
)
from qsin_desktop.domain.errors import Refusal
from tests.founding import ME, PASSPHRASE, key_file_of


class Shelf(keyring.backend.KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 5.0

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    monkeypatch.setattr("keyring.core._keyring_backend", shelf)
    return shelf


@pytest.fixture
def locked(folder: Path) -> Path:
    """The small visit without the key file beside it."""
    key_file_of(folder).unlink()
    return folder


def test_a_remembered_visit_opens_without_its_passphrase(locked: Path, shelf: Shelf) -> None:
    open_and_remember(locked, identity=ME, passphrase=PASSPHRASE, remember=True).close()
    with open_visit(locked, identity=ME, unlocking=Unlocking()) as visit:
        assert visit.record.facts.network == "Thames Estuary Imaging Network"


def test_nothing_is_remembered_unasked(locked: Path, shelf: Shelf) -> None:
    open_and_remember(locked, identity=ME, passphrase=PASSPHRASE, remember=False).close()
    assert shelf.held == {}
    with pytest.raises(Refusal, match="give its passphrase"):
        open_visit(locked, identity=ME, unlocking=Unlocking())


def test_a_keyring_that_fails_does_not_stand_in_the_way(locked: Path) -> None:
    assert not keyring_works()
    open_and_remember(locked, identity=ME, passphrase=PASSPHRASE, remember=True).close()


def test_a_wrong_passphrase_is_refused(locked: Path) -> None:
    with pytest.raises(WrongPassphrase):
        open_and_remember(locked, identity=ME, passphrase="another one", remember=True)


def test_who_is_asked_for_a_passphrase(folder: Path, tmp_path: Path) -> None:
    assert asks_for_passphrase(folder)
    with pytest.raises(Refusal):
        asks_for_passphrase(tmp_path)


def test_a_new_passphrase_is_typed_twice() -> None:
    assert checked_twice("correct horse", "correct horse") == "correct horse"
    with pytest.raises(PassphrasesDiffer):
        checked_twice("correct horse", "correct house")
    with pytest.raises(PassphraseUnfit):
        checked_twice("short", "short")


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.TOO_SHORT),
        ("nine char", Strength.TOO_SHORT),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("1234567890", Strength.WEAK),
        ("abcdefghijklmnop", Strength.WEAK),
        ("password2026", Strength.WEAK),
        ("qwertyqwerty", Strength.WEAK),
        ("harbour kettle", Strength.FAIR),
        ("harbour kettle violet moon", Strength.STRONG),
    ],
)
def test_a_hint_how_well_it_stands(passphrase: str, strength: Strength) -> None:
    hint = strength_of(passphrase)
    assert hint.strength is strength
    assert hint.words
