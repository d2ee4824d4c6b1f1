from __future__ import annotations

import json
import pickle
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.keyring_slot import OsKeyring
from qsin_desktop.store.keys import (
    DataKey,
    KdfCost,
    KeyFileWrong,
    KeyringUnavailable,
    KeysDamaged,
    LastSlot,
    NoKeyGiven,
    NoSuchSlot,
    PassphraseUnfit,
    RecoveryKeyWrong,
    SlotKind,
    WrongPassphrase,
    add_key_file,
    add_recovery,
    calibrated_cost,
    change_passphrase,
    create_keys,
    is_protected,
    remember_on_this_computer,
    remove_slot,
    set_passphrase,
    slots_of,
    unlock,
)
from qsin_desktop.store.keys_file import read_keys, write_keys
from qsin_desktop.store.secret_files import (
    fingerprint,
    make_key_file,
    make_recovery_pair,
    read_recovery_private,
    read_recovery_public,
)
from tests.store.makers import CHEAP, WORDS, tree


class MemoryKeyring(keyring.backend.KeyringBackend):
    """Stands for the system's keyring, which a test machine has not."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class BrokenKeyring(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise ConnectionRefusedError

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionRefusedError


class ForgetfulKeyring(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


@pytest.fixture(autouse=True)
def _own_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def folder(tmp_path: Path) -> VisitFolder:
    return VisitFolder.create(tmp_path / "V.qsin")


def kinds(folder: VisitFolder) -> list[SlotKind]:
    return [slot.kind for slot in slots_of(folder)]


def test_a_passphrase_opens_what_it_made(folder: VisitFolder) -> None:
    key = create_keys(folder, passphrase=WORDS, cost=CHEAP)
    assert unlock(folder, passphrase=WORDS) == key
    assert is_protected(folder)
    with pytest.raises(WrongPassphrase):
        unlock(folder, passphrase=WORDS + " ")


def test_a_cost_that_was_found_by_trying_is_kept_in_the_slot(folder: VisitFolder) -> None:
    key = create_keys(folder, passphrase=WORDS)
    cost = read_keys(folder.keys).slots[0].cost
    assert cost is not None
    assert (cost.memory_kib, cost.lanes) == (256 * 1024, 2)
    assert 3 <= cost.passes <= 12
    assert unlock(folder, passphrase=WORDS) == key


@pytest.mark.parametrize(("took", "passes"), [(0.1, 12), (0.5, 6), (0.9, 3), (4.0, 3)])
def test_one_try_takes_about_a_second_and_never_less_work_than_the_floor(took: float, passes: int) -> None:
    clock = iter((10.0, 10.0 + took))
    floor = KdfCost(memory_kib=64, passes=3, lanes=1)
    assert calibrated_cost(floor, lambda: next(clock)) == KdfCost(64, passes, 1)


def test_a_wrong_passphrase_is_told_to_be_slow_on_purpose_and_never_locks_out(folder: VisitFolder) -> None:
    key = create_keys(folder, passphrase=WORDS, cost=CHEAP)
    for number in range(30):
        with pytest.raises(WrongPassphrase, match="on purpose"):
            unlock(folder, passphrase=f"wrong words number {number}")
    assert unlock(folder, passphrase=WORDS) == key


def test_one_passphrase_typed_on_two_keyboards_is_one(folder: VisitFolder) -> None:
    """Composed or not, full width or not."""
    key = create_keys(folder, passphrase="caffè lungo ﬁne", cost=CHEAP)
    assert unlock(folder, passphrase=unicodedata.normalize("NFD", "caffè lungo fine")) == key


@pytest.mark.parametrize(
    ("passphrase", "word"),
    [
        ("", "is empty"),
        ("            ", "is empty"),
        ("ninesigns", "9 of at least 10"),
        ("e\u0301" * 9, "9 of at least 10"),
        ("two lines\nof words", "line break"),
        ("x" * 1001, "longer than 1000"),
        ("half a sign \ud800", "cannot be typed"),
    ],
)
def test_an_unfit_passphrase_is_refused(folder: VisitFolder, passphrase: str, word: str) -> None:
    with pytest.raises(PassphraseUnfit, match=word):
        create_keys(folder, passphrase=passphrase, cost=CHEAP)
    assert tree(folder.path) == set()


@pytest.mark.parametrize("passphrase", ["", "x", "\ud800", "\0", "x" * 100_000])
def test_any_passphrase_may_be_tried(folder: VisitFolder, passphrase: str) -> None:
    create_keys(folder, passphrase=WORDS, cost=CHEAP)
    with pytest.raises(WrongPassphrase):
        unlock(folder, passphrase=passphrase)


def test_without_passphrase_or_key_file_nothing_is_made(folder: VisitFolder) -> None:
    with pytest.raises(PassphraseUnfit, match="needs a passphrase"):
        create_keys(folder, recovery_public=b"\x09" + bytes(31), cost=CHEAP)
    assert tree(folder.path) == set()


def test_keys_that_are_there_are_never_overwritten(folder: VisitFolder) -> None:
    key = create_keys(folder, passphrase=WORDS, cost=CHEAP)
    with pytest.raises(KeysDamaged, match="not overwritten"):
        create_keys(folder, passphrase="another passphrase", cost=CHEAP)
    assert unlock(folder, passphrase=WORDS) == key


def test_a_key_file_beside_an_example_opens_it(folder: VisitFolder) -> None:
    key = create_keys(folder, key_file=folder.key_file)
    assert "NOT protection" in folder.key_file.read_text(encoding="utf-8").splitlines()[0]
    assert unlock(folder) == key
    assert unlock(folder, key_file=folder.key_file) == key
    assert unlock(folder, passphrase="whatever it is") == key
    assert not is_protected(folder)


def test_one_key_file_may_serve_several_visits(folder: VisitFolder, tmp_path: Path) -> None:
    first = create_keys(folder, key_file=tmp_path / "automation.key")
    other = VisitFolder.create(tmp_path / "W.qsin")
    second = create_keys(other, key_file=tmp_path / "automation.key")
    assert first != second
    assert unlock(other, key_file=tmp_path / "automation.key") == second


def test_a_wrong_key_file_is_told(folder: VisitFolder, tmp_path: Path) -> None:
    create_keys(folder, key_file=tmp_path / "right.key")
    make_key_file(tmp_path / "wrong.key")
    with pytest.raises(KeyFileWrong, match="opens another visit"):
        unlock(folder, key_file=tmp_path / "wrong.key")
    (tmp_path / "letter.txt").write_bytes(b"\xff\xfe not a key")
    with pytest.raises(KeyFileWrong, match="not a key file"):
        unlock(folder, key_file=tmp_path / "letter.txt")
    for missing in (tmp_path / "gone.key", Path("zero\0byte")):
        with pytest.raises(KeyFileWrong, match="is not there"):
            unlock(folder, key_file=missing)
    with pytest.raises(Refusal, match="could not be read"):
        unlock(folder, key_file=tmp_path)


def test_with_nothing_given_the_ways_are_named(folder: VisitFolder, tmp_path: Path) -> None:
    create_keys(folder, passphrase=WORDS, key_file=tmp_path / "elsewhere.key", cost=CHEAP)
    with pytest.raises(NoKeyGiven, match="give its passphrase or its key file") as told:
        unlock(folder)
    assert told.value.kinds == (SlotKind.PASSPHRASE, SlotKind.KEY_FILE)


def test_the_recovery_key_opens_a_visit_whose_passphrase_is_lost(folder: VisitFolder, tmp_path: Path) -> None:
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    made = make_recovery_pair(private, public, passphrase="kept in the safe")
    assert read_recovery_public(public) == made
    key = create_keys(folder, passphrase=WORDS, recovery_public=made, cost=CHEAP)
    secret = read_recovery_private(private, passphrase="kept in the safe")
    assert unlock(folder, recovery_private=secret) == key
    set_passphrase(folder, key, "a new passphrase", cost=CHEAP)
    assert unlock(folder, passphrase="a new passphrase") == key
    assert kinds(folder) == [SlotKind.PASSPHRASE, SlotKind.RECOVERY]


def test_another_recovery_key_is_told(folder: VisitFolder, tmp_path: Path) -> None:
    public = make_recovery_pair(tmp_path / "a.pem", tmp_path / "a.pub")
    make_recovery_pair(tmp_path / "b.pem", tmp_path / "b.pub")
    create_keys(folder, passphrase=WORDS, recovery_public=public, cost=CHEAP)
    with pytest.raises(RecoveryKeyWrong, match="does not open"):
        unlock(folder, recovery_private=read_recovery_private(tmp_path / "b.pem"))
    with pytest.raises(RecoveryKeyWrong):
        unlock(folder, recovery_private=b"too short")


def test_bad_recovery_files_are_told(folder: VisitFolder, tmp_path: Path) -> None:
    make_recovery_pair(tmp_path / "a.pem", tmp_path / "a.pub", passphrase="kept in the safe")
    with pytest.raises(RecoveryKeyWrong, match="not overwritten"):
        make_recovery_pair(tmp_path / "a.pem", tmp_path / "c.pub")
    with pytest.raises(RecoveryKeyWrong, match="protected by a passphrase"):
        read_recovery_private(tmp_path / "a.pem")
    with pytest.raises(RecoveryKeyWrong, match="its passphrase is another"):
        read_recovery_private(tmp_path / "a.pem", passphrase="guess")
    with pytest.raises(RecoveryKeyWrong, match="does not hold an X25519 public key"):
        read_recovery_public(tmp_path / "a.pem")
    for unusable in (bytes(32), b"short"):
        with pytest.raises(RecoveryKeyWrong, match="not a usable X25519"):
            create_keys(folder, passphrase=WORDS, recovery_public=unusable, cost=CHEAP)
    assert tree(folder.path) == set()


def test_the_keyring_opens_a_visit_without_asking(folder: VisitFolder) -> None:
    kept = MemoryKeyring()
    keyring.set_keyring(kept)
    key = create_keys(folder, passphrase=WORDS, keyring=OsKeyring(), cost=CHEAP)
    assert kinds(folder) == [SlotKind.PASSPHRASE, SlotKind.KEYRING]
    assert unlock(folder) == key
    with pytest.raises(NoKeyGiven):
        unlock(folder, use_keyring=False)
    remove_slot(folder, slots_of(folder)[1].id)
    assert kept.kept == {}
    with pytest.raises(NoKeyGiven):
        unlock(folder)


@pytest.mark.parametrize("backend", [BrokenKeyring, ForgetfulKeyring, None])
def test_a_keyring_that_cannot_be_used_is_left_out(
    folder: VisitFolder, backend: type[MemoryKeyring] | None
) -> None:
    if backend is not None:
        keyring.set_keyring(backend())
    key = create_keys(folder, passphrase=WORDS, keyring=OsKeyring(), cost=CHEAP)
    assert kinds(folder) == [SlotKind.PASSPHRASE]
    with pytest.raises(KeyringUnavailable):
        remember_on_this_computer(folder, key)


def test_a_keyring_that_breaks_later_is_passed_over(folder: VisitFolder) -> None:
    keyring.set_keyring(MemoryKeyring())
    key = create_keys(folder, passphrase=WORDS, cost=CHEAP)
    remember_on_this_computer(folder, key)
    keyring.set_keyring(BrokenKeyring())
    with pytest.raises(NoKeyGiven):
        unlock(folder)
    assert unlock(folder, passphrase=WORDS) == key


def test_a_keyring_of_another_computer_or_with_nonsense_in_it_is_passed_over(folder: VisitFolder) -> None:
    kept = MemoryKeyring()
    keyring.set_keyring(kept)
    create_keys(folder, passphrase=WORDS, keyring=OsKeyring(), cost=CHEAP)
    for nonsense in ("", "!!!", "AAAA"):
        kept.kept = dict.fromkeys(kept.kept, nonsense)
        with pytest.raises(NoKeyGiven):
            unlock(folder)


def test_a_changed_passphrase_replaces_the_old_one_also_in_the_backups(folder: VisitFolder) -> None:
    key = create_keys(folder, passphrase=WORDS, cost=CHEAP)
    (folder.backups / "keys.json").write_bytes(folder.keys.read_bytes())
    with pytest.raises(WrongPassphrase):
        change_passphrase(folder, old="not this one at all", new="a new passphrase", cost=CHEAP)
    with pytest.raises(PassphraseUnfit):
        change_passphrase(folder, old=WORDS, new="short", cost=CHEAP)
    assert unlock(folder, passphrase=WORDS) == key
    change_passphrase(folder, old=WORDS, new="a new passphrase", cost=CHEAP)
    assert unlock(folder, passphrase="a new passphrase") == key
    with pytest.raises(WrongPassphrase):
        unlock(folder, passphrase=WORDS)
    assert (folder.backups / "keys.json").read_bytes() == folder.keys.read_bytes()


def test_the_last_way_in_cannot_be_removed(folder: VisitFolder, tmp_path: Path) -> None:
    public = make_recovery_pair(tmp_path / "a.pem", tmp_path / "a.pub")
    key = create_keys(folder, passphrase=WORDS, cost=CHEAP)
    add_recovery(folder, key, public)
    with pytest.raises(LastSlot):
        remove_slot(folder, slots_of(folder)[0].id)
    with pytest.raises(NoSuchSlot):
        remove_slot(folder, "no such")
    add_key_file(folder, key, tmp_path / "a.key")
    remove_slot(folder, slots_of(folder)[0].id)
    assert kinds(folder) == [SlotKind.RECOVERY, SlotKind.KEY_FILE]
    assert unlock(folder, key_file=tmp_path / "a.key") == key
    assert [slot.label for slot in slots_of(folder)] == [f"Recovery key {fingerprint(public)}", "Key file"]


def test_a_slot_moved_to_another_visit_opens_nothing(folder: VisitFolder, tmp_path: Path) -> None:
    create_keys(folder, passphrase=WORDS, cost=CHEAP)
    other = VisitFolder.create(tmp_path / "W.qsin")
    create_keys(other, passphrase=WORDS, cost=CHEAP)
    ours, theirs = read_keys(folder.keys), read_keys(other.keys)
    write_keys(folder.keys, type(ours)(ours.key_id, theirs.slots))
    with pytest.raises(WrongPassphrase):
        unlock(folder, passphrase=WORDS)


def test_a_cost_that_would_exhaust_the_computer_is_damage(folder: VisitFolder) -> None:
    create_keys(folder, passphrase=WORDS, cost=CHEAP)
    ours = read_keys(folder.keys)
    greedy = KdfCost(memory_kib=1 << 30, passes=1000, lanes=1)
    write_keys(
        folder.keys,
        type(ours)(ours.key_id, (type(ours.slots[0])("x", SlotKind.PASSPHRASE, b"", cost=greedy),)),
    )
    with pytest.raises(KeysDamaged, match="is damaged"):
        unlock(folder, passphrase=WORDS)


def test_a_data_key_is_never_shown() -> None:
    key = DataKey(b"S" * 32)
    assert "53" * 4 not in repr(key)
    assert "SSSS" not in repr(key)
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(b"short")


def test_a_wrapped_key_opens_only_with_its_key_and_what_it_is_bound_to() -> None:
    key = DataKey.random()
    wrapped = key.wrapped(b"w" * 32, b"bound")
    assert DataKey.unwrapped(wrapped, b"w" * 32, b"bound") == key
    assert DataKey.unwrapped(wrapped, b"w" * 32, b"elsewhere") is None
    assert DataKey.unwrapped(wrapped, b"x" * 32, b"bound") is None
    assert DataKey.unwrapped(b"", b"w" * 32, b"bound") is None


def test_a_damaged_slot_is_not_taken_for_a_wrong_passphrase(folder: VisitFolder) -> None:
    create_keys(folder, passphrase=WORDS, cost=CHEAP)
    held = json.loads(folder.keys.read_bytes())
    wrapped = held["slots"][0]["wrapped"]
    held["slots"][0]["wrapped"] = ("B" if wrapped[0] == "A" else "A") + wrapped[1:]
    folder.keys.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(KeysDamaged, match="is damaged"):
        unlock(folder, passphrase=WORDS)


def test_derived_keys_differ_and_stay() -> None:
    key = DataKey(bytes(range(32)))
    derived = {key.database_key, key.piece_name_key, key.piece_key("a" * 64), key.piece_key("b" * 64)}
    assert len(derived) == 4
    assert all(len(each) == 32 for each in derived)
    # A change here would lock everybody out of their visits.
    assert key.database_key.hex() == "654e721aad64439862daeac6445375953cddec08cad1397f59575f055eb7754d"
    assert key.id == "a896e4002507dcd9e84428b061882dc6"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[VisitFolder, bytes, DataKey]:
    folder = VisitFolder.create(tmp_path_factory.mktemp("sound") / "V.qsin")
    key = create_keys(folder, passphrase=WORDS, key_file=folder.key_file, cost=CHEAP)
    return folder, folder.keys.read_bytes(), key


@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_one_changed_byte_is_told_or_does_no_harm(
    sound: tuple[VisitFolder, bytes, DataKey], place: float, change: int
) -> None:
    folder, content, key = sound
    damaged = bytearray(content)
    damaged[int(place * len(damaged))] ^= change
    same_key_or_told(folder, bytes(damaged), key)


@given(length=st.integers(0, 2000), more=st.binary(max_size=20))
def test_a_cut_or_lengthened_file_is_told_or_does_no_harm(
    sound: tuple[VisitFolder, bytes, DataKey], length: int, more: bytes
) -> None:
    folder, content, key = sound
    same_key_or_told(folder, content[:length] + more, key)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda each: (
            st.lists(each)
            | st.dictionaries(
                st.sampled_from(["subject", "format", "slots", "key", "check", "kind", "id"]), each
            )
        ),
    )
)
def test_any_json_at_all_is_told(sound: tuple[VisitFolder, bytes, DataKey], held: object) -> None:
    folder, _, key = sound
    if isinstance(held, dict):
        held = {"subject": "QSIN visit keys", "format": 1, **held}
    assert not same_key_or_told(folder, json.dumps(held).encode(), key)


def same_key_or_told(folder: VisitFolder, content: bytes, key: DataKey) -> bool:
    """Whether it still opened; anything but a refusal or the same key fails the test."""
    folder.keys.write_bytes(content)
    try:
        assert unlock(folder, passphrase=WORDS) == key
    except Refusal:
        return False
    return True
