from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qsin_desktop.actions.checking import back_up
from qsin_desktop.actions.keeping_keys import (
    NoRecoverySlot,
    RecoveryKeyWrong,
    SamePassphrase,
    add_recovery,
    change_passphrase,
    change_passphrase_here,
    forget_recovery_public,
    keep_recovery_public,
    kept_recovery_public,
    new_recovery_key,
    recover,
    ways_in,
)
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.domain.errors import ReadOnlyVisit
from qsin_desktop.store import durable, keys
from qsin_desktop.store.folder import LockedByOther, VisitFolder
from qsin_desktop.store.keyring_slot import KeyringUnavailable
from qsin_desktop.store.keys import PassphraseUnfit, WrongPassphrase
from tests.founding import CHEAP, ME, PASSPHRASE, opened

NEW = "five other plain words here"


class Shelf:
    """A keyring that works until it is broken."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.broken = False

    def put(self, account: str, secret: str) -> None:
        if self.broken:
            raise KeyringUnavailable
        self.kept[account] = secret

    def get(self, account: str) -> str | None:
        return None if self.broken else self.kept.get(account)

    def forget(self, account: str) -> None:
        self.kept.pop(account, None)


def opens(path: Path, passphrase: str) -> bool:
    try:
        open_visit(
            path, identity=ME, unlocking=Unlocking(passphrase, use_keyring=False), reading=True
        ).close()
    except WrongPassphrase:
        return False
    return True


def test_the_new_passphrase_opens_visit_and_backups_and_the_old_one_neither(folder: Path) -> None:
    with opened(folder) as visit:
        back_up(visit)
    change_passphrase(folder, old=PASSPHRASE, new=NEW, cost=CHEAP)
    assert (opens(folder, NEW), opens(folder, PASSPHRASE)) == (True, False)
    assert (folder / "backups" / "keys.json").read_bytes() == (folder / "keys.json").read_bytes()


def test_a_wrong_old_one_or_an_unfit_new_one_changes_nothing(folder: Path) -> None:
    before = (folder / "keys.json").read_bytes()
    with pytest.raises(WrongPassphrase):
        change_passphrase(folder, old="not the right words", new=NEW, cost=CHEAP)
    with pytest.raises(PassphraseUnfit):
        change_passphrase(folder, old=PASSPHRASE, new="short", cost=CHEAP)
    with pytest.raises(SamePassphrase):
        change_passphrase(folder, old=PASSPHRASE, new=PASSPHRASE, cost=CHEAP)
    assert (folder / "keys.json").read_bytes() == before


def test_while_it_is_open_elsewhere_it_is_changed_there(folder: Path) -> None:
    with opened(folder) as visit:
        with pytest.raises(LockedByOther):
            change_passphrase(folder, old=PASSPHRASE, new=NEW, cost=CHEAP)
        change_passphrase_here(visit, old=PASSPHRASE, new=NEW, cost=CHEAP)
    assert opens(folder, NEW)
    with opened(folder, reading=True) as visit, pytest.raises(ReadOnlyVisit):
        change_passphrase_here(visit, old=NEW, new=PASSPHRASE, cost=CHEAP)


@pytest.mark.parametrize("fails_at", range(1, 5))
def test_a_crash_on_the_way_leaves_the_old_one_or_the_new(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """keys.json and its copy are written aside and renamed: the power fails before each of these steps."""
    with opened(folder) as visit:
        back_up(visit)
    steps = 0

    def step(act: Callable[..., None]) -> Callable[..., None]:
        def counted(*given: object) -> None:
            nonlocal steps
            steps += 1
            if steps == fails_at:
                raise KeyboardInterrupt
            act(*given)

        return counted

    with monkeypatch.context() as patch:
        patch.setattr(durable, "flush_to_disk", step(durable.flush_to_disk))
        patch.setattr(durable, "put_in_place", step(durable.put_in_place))
        with pytest.raises(KeyboardInterrupt):
            change_passphrase(folder, old=PASSPHRASE, new=NEW, cost=CHEAP)
    assert opens(folder, NEW) != opens(folder, PASSPHRASE), "exactly one of them works"
    with opened(folder):
        pass
    assert (folder / "backups" / "keys.json").read_bytes() == (folder / "keys.json").read_bytes()


def test_computers_that_remember_it_are_forgotten_when_asked(folder: Path) -> None:
    shelf = Shelf()
    with opened(folder) as visit:
        keys.remember_on_this_computer(visit.folder, visit.data_key, shelf)
        assert ways_in(folder).remembered
        kept = change_passphrase_here(visit, old=PASSPHRASE, new=NEW, cost=CHEAP, shelf=lambda: shelf)
        assert (kept.forgotten, len(shelf.kept)) == (0, 1)
        gone = change_passphrase_here(
            visit, old=NEW, new=PASSPHRASE, cost=CHEAP, forget=True, shelf=lambda: shelf
        )
    assert (gone.forgotten, shelf.kept) == (1, {})
    assert not ways_in(folder).remembered


@pytest.mark.parametrize("lost", ["broken", "emptied"])
def test_a_lost_keyring_falls_back_to_the_passphrase(folder: Path, lost: str) -> None:
    shelf = Shelf()
    with opened(folder) as visit:
        keys.remember_on_this_computer(visit.folder, visit.data_key, shelf)
        key = visit.data_key
    (folder.parent / f"{folder.name}.key").unlink()
    place = VisitFolder(folder)
    assert keys.unlock(place, keyring=shelf) == key
    shelf.broken = lost == "broken"
    shelf.kept.clear()
    with pytest.raises(keys.NoKeyGiven, match="its passphrase"):
        keys.unlock(place, keyring=shelf)
    assert keys.unlock(place, passphrase=PASSPHRASE, keyring=shelf) == key


def test_the_body_recovers_a_visit_whose_passphrase_is_lost(
    visit: OpenVisit, folder: Path, tmp_path: Path
) -> None:
    private, public = tmp_path / "body.pem", tmp_path / "body.pem.pub"
    made = new_recovery_key(private, public, passphrase="the body's own words")
    home = tmp_path / "home"
    assert kept_recovery_public(home) is None
    assert keep_recovery_public(home, public) == made == kept_recovery_public(home)
    assert add_recovery(visit, made)
    assert not add_recovery(visit, made), "once is enough"
    visit.close()
    for wrong in (None, "other words"):
        with pytest.raises(RecoveryKeyWrong):
            recover(folder, private_file=private, key_passphrase=wrong, new=NEW, cost=CHEAP)
    assert opens(folder, PASSPHRASE)
    recover(folder, private_file=private, key_passphrase="the body's own words", new=NEW, cost=CHEAP)
    assert (opens(folder, NEW), opens(folder, PASSPHRASE)) == (True, False)
    assert len(ways_in(folder).recovery) == 1, "the body can do it again"
    forget_recovery_public(home)
    assert kept_recovery_public(home) is None


def test_without_a_recovery_key_in_it_a_visit_cannot_be_recovered(folder: Path, tmp_path: Path) -> None:
    private = tmp_path / "body.pem"
    new_recovery_key(private, tmp_path / "body.pub", passphrase=None)
    with pytest.raises(NoRecoverySlot):
        recover(folder, private_file=private, key_passphrase=None, new=NEW, cost=CHEAP)
    with pytest.raises(RecoveryKeyWrong):
        new_recovery_key(private, tmp_path / "other.pub", passphrase=None)
