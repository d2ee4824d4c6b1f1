from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.faults import PlaceForbidden
from qsin_desktop.store.identity import IDENTITY_NAME, Identity, IdentityDamaged, NameNeeded
from tests.store.makers import open_place, somebody


def test_an_identity_is_made_once_and_found_again(tmp_path: Path) -> None:
    first = Identity.load_or_create(tmp_path / "home", "  Ann   Baker ")
    again = Identity.load_or_create(tmp_path / "home", "Somebody Else")
    assert again == first
    assert first.name == "Ann Baker"
    assert len(first.person) == 32
    assert len(first.device) == 64


def test_what_it_signs_can_be_checked_with_the_device_alone(tmp_path: Path) -> None:
    made = Identity.load_or_create(tmp_path, "Ann Baker")
    again = Identity.load_or_create(tmp_path)
    for identity in (made, again):
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(made.device)).verify(
            identity.sign(b"entry"), b"entry"
        )


def test_two_laptops_are_two_devices(tmp_path: Path) -> None:
    one = Identity.load_or_create(tmp_path / "a", "Ann Baker")
    two = Identity.load_or_create(tmp_path / "b", "Ann Baker")
    assert one.device != two.device
    assert one.person != two.person


def test_a_seed_always_makes_the_same_laptop() -> None:
    one = Identity.from_seed(b"example lead", "p1", "Ann Baker")
    assert one == Identity.from_seed(b"example lead", "p1", "Ann Baker")
    assert one.sign(b"x") == Identity.from_seed(b"example lead", "p1", "Ann Baker").sign(b"x")
    assert one.device != Identity.from_seed(b"another", "p1", "Ann Baker").device


def test_a_new_name_keeps_person_and_laptop(tmp_path: Path) -> None:
    before = Identity.load_or_create(tmp_path, "Ann Baker")
    after = before.renamed(tmp_path, "Ann Baker-Dent")
    assert Identity.load_or_create(tmp_path) == after
    assert (after.person, after.device) == (before.person, before.device)
    assert after.name == "Ann Baker-Dent"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        (None, "give it"),
        ("", "is empty"),
        (" \n ", "is empty"),
        ("x" * 121, "121 characters"),
        ("Ann\u202eBaker", "cannot be shown"),
        ("Ann\0", "cannot be shown"),
    ],
)
def test_a_name_that_cannot_stand_is_told(tmp_path: Path, name: str | None, word: str) -> None:
    with pytest.raises(NameNeeded, match=word):
        Identity.load_or_create(tmp_path, name)
    assert not (tmp_path / IDENTITY_NAME).exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_the_private_key_is_for_its_owner_only(tmp_path: Path) -> None:
    Identity.load_or_create(tmp_path, "Ann Baker").renamed(tmp_path, "Ann Dent")
    assert stat.S_IMODE((tmp_path / IDENTITY_NAME).stat().st_mode) == 0o600


def test_the_private_key_is_not_shown(tmp_path: Path) -> None:
    identity = Identity.load_or_create(tmp_path, "Ann Baker")
    held = json.loads((tmp_path / IDENTITY_NAME).read_text(encoding="utf-8"))
    assert held["private"] not in repr(identity)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Identity, bytes]:
    home = tmp_path_factory.mktemp("home")
    identity = Identity.load_or_create(home, "Ann Baker")
    return home, identity, (home / IDENTITY_NAME).read_bytes()


@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_a_changed_byte_is_told_and_nothing_overwritten(
    whole: tuple[Path, Identity, bytes], place: float, change: int
) -> None:
    home, identity, content = whole
    path = home / IDENTITY_NAME
    damaged = bytearray(content)
    damaged[int(place * len(damaged))] ^= change
    path.write_bytes(damaged)
    with suppress(IdentityDamaged):
        assert Identity.load_or_create(home, "Carl Dent") == identity
    assert path.read_bytes() == damaged


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff" * 40, b'{"subject": "QSIN identity", "format": "x"}']
)
def test_nonsense_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / IDENTITY_NAME).write_bytes(content)
    with pytest.raises(IdentityDamaged, match="damaged or cut short") as told:
        Identity.load_or_create(tmp_path, "Ann Baker")
    assert str(tmp_path / IDENTITY_NAME) in told.value.sentence
    assert (tmp_path / IDENTITY_NAME).read_bytes() == content


def test_a_newer_format_is_told(tmp_path: Path) -> None:
    (tmp_path / IDENTITY_NAME).write_text('{"subject": "QSIN identity", "format": 2}', encoding="utf-8")
    with pytest.raises(IdentityDamaged, match="newer QSIN Desktop"):
        Identity.load_or_create(tmp_path, "Ann Baker")


def test_a_home_that_cannot_be_written_is_told() -> None:
    with open_place() as place:
        (place / "shut").mkdir()
        (place / "shut").chmod(0o555)
        with somebody(), pytest.raises(PlaceForbidden):
            Identity.load_or_create(place / "shut" / "home", "Ann Baker")


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / IDENTITY_NAME).mkdir()
    with pytest.raises(Refusal, match="could not be read"):
        Identity.load_or_create(tmp_path, "Ann Baker")


def test_many_starts_at_the_same_moment_are_one_person(tmp_path: Path) -> None:
    for attempt in range(10):
        begin = threading.Barrier(8)
        devices: list[str] = []

        def start(home: Path, begin: threading.Barrier, devices: list[str]) -> None:
            begin.wait()
            devices.append(Identity.load_or_create(home, "Ann Baker").device)

        home = tmp_path / str(attempt)
        threads = [threading.Thread(target=start, args=(home, begin, devices)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(devices) == 8
        assert len(set(devices)) == 1


def test_two_windows_started_together_are_one_person(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from qsin_desktop.store.identity import Identity\n"
        "print(Identity.load_or_create(Path(sys.argv[1]), 'Ann Baker').device)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "home")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert len({process.communicate(timeout=30)[0] for process in both}) == 1


@pytest.mark.parametrize("place", [".", "reached"])
def test_what_a_crash_left_half_written_goes_at_a_later_start(place: str, tmp_path: Path) -> None:
    kept = Identity.load_or_create(tmp_path, "Lena Lead")
    old, young = (tmp_path / place / f".part-{number * 16}" for number in "07")
    old.parent.mkdir(exist_ok=True)
    for each in (old, young):
        each.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert Identity.load_or_create(tmp_path) == kept
    assert not old.exists()
    assert young.exists(), "another window may be writing it"
