from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store import durable
from qsin_desktop.store.faults import PlaceForbidden, PlaceGone
from qsin_desktop.sync import place as place_module
from qsin_desktop.sync.holder import Course
from qsin_desktop.sync.names import log_file, log_file_at, piece_name, place_key, root_name
from qsin_desktop.sync.place import FolderPlace
from qsin_desktop.sync.refusals import AnotherVisit, BundleNewer
from tests.store.makers import open_place, small_drive, somebody
from tests.sync.team import Stick, known, meet
from tests.sync.test_exchange import attach, rate

VISIT = "0123456789abcdef" * 2
GOOD = "000000001-000000002-0123456789ab.z"


def test_a_name_is_taken_only_when_it_is_exact() -> None:
    assert log_file("00112233", "0123456789abcdef", GOOD) is not None
    for bad in (
        *(GOOD.upper(), GOOD[:-2], f"{GOOD} ", f"0{GOOD}", GOOD.replace(".z", " (1).z"), f"{GOOD}.part"),
        *("000000~1.Z", "000000~1.z", "000000001-000000002-0123456789ab"),
        *("000000002-000000001-0123456789ab.z", "000000000-000000001-0123456789ab.z", f"{GOOD}\n", "..", ""),
        f"{chr(0x661) * 9}-000000002-0123456789ab.z",  # digits of another script
    ):
        assert log_file("00112233", "0123456789abcdef", bad) is None, bad
    assert log_file("0011223", "0123456789abcdef", GOOD) is None
    assert log_file("00112233", "0123456789ABCDEF", GOOD) is None
    assert log_file_at(f"00112233/log/0123456789abcdef/../{GOOD}") is None


def test_names_are_short_enough_for_any_stick() -> None:
    file = log_file("00112233", "0123456789abcdef", GOOD)
    assert file is not None
    piece = f"00112233/piece/ab/{piece_name(place_key('salt'), 'ab' * 32)}"
    for path in (file.path, piece):
        whole = f"{root_name(VISIT)}/{path}"
        assert len(whole) < 120
        assert whole == whole.lower()
        assert all(len(part) <= 64 and not set(part) & set('<>:"|?*\\ ') for part in whole.split("/"))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaceGone, match="Check that the stick"):
        FolderPlace(tmp_path / "gone", VISIT)


def test_what_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path, VISIT)
    place.write(f"00112233/log/0123456789abcdef/{GOOD}", b"first")
    place.write(f"00112233/log/0123456789abcdef/{GOOD}", b"second")
    assert place.read(f"00112233/log/0123456789abcdef/{GOOD}") == b"first"
    assert [file.path for file in place.logs()] == [f"00112233/log/0123456789abcdef/{GOOD}"]


def test_files_of_other_names_are_counted_and_left_alone(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path, VISIT)
    place.write(f"00112233/log/0123456789abcdef/{GOOD}", b"good")
    folder = place.root / "00112233" / "log" / "0123456789abcdef"
    odd = [
        folder / GOOD.upper(),
        folder / GOOD.replace(".z", " (1).z"),
        folder / "Thumbs.db",
        folder.parent / "NOTES",
        place.root / "desktop.ini",
    ]
    for path in odd:
        path.write_bytes(b"odd")
    (folder / ".part-0011").write_bytes(b"somebody is writing")
    assert len(place.logs()) == 1
    assert place.ignored == len(odd)
    assert all(path.read_bytes() == b"odd" for path in odd)


def test_a_place_of_a_newer_program_or_of_another_visit_is_refused(tmp_path: Path) -> None:
    root = tmp_path / root_name(VISIT)
    root.mkdir()
    (root / "format.json").write_text('{"format": 2, "visit": "x"}', encoding="utf-8")
    with pytest.raises(BundleNewer):
        FolderPlace(tmp_path, VISIT)
    (root / "format.json").write_text('{"format": 1, "visit": "x"}', encoding="utf-8")
    with pytest.raises(AnotherVisit):
        FolderPlace(tmp_path, VISIT)
    (root / "format.json").write_bytes(b'{"form')
    assert FolderPlace(tmp_path, VISIT).logs() == []


def test_two_visits_share_a_stick_without_meeting(tmp_path: Path) -> None:
    one, two = FolderPlace(tmp_path, VISIT), FolderPlace(tmp_path, VISIT[::-1])
    one.write(f"00112233/log/0123456789abcdef/{GOOD}", b"one")
    assert two.logs() == []


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = FolderPlace(tmp_path, VISIT)
    place.write(f"00112233/log/0123456789abcdef/{GOOD}", b"x" * 100)
    monkeypatch.setattr(place_module, "FILE_LIMIT", 99)
    assert place.read(f"00112233/log/0123456789abcdef/{GOOD}") is None


# ---- faults in the middle of an exchange ------------------------------------------------------------


def test_a_stick_pulled_out_while_it_is_read(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    rate(peer)
    attach(peer, "photo.bin", b"a photo")
    meet(peer, stick)

    def pull_out(done: int, total: int | None, words: str) -> None:
        if words == "Taking evidence":
            shutil.rmtree(stick.path, ignore_errors=True)

    with pytest.raises(PlaceGone, match="pulled out"):
        meet(lead, stick, Course(progress=pull_out))
    assert lead.record.ratings, "what came before stays"
    assert not stick.path.exists(), "and nothing is written where the stick was"


def test_a_stick_pulled_out_while_it_is_written(team: list[OpenVisit], stick: Stick) -> None:
    for number in range(3):
        attach(team[1], f"{number}.bin", bytes([number]) * 9)

    def pull_out(done: int, total: int | None, words: str) -> None:
        if words == "Giving evidence" and done > 0:
            shutil.rmtree(stick.path, ignore_errors=True)

    with pytest.raises(PlaceGone):
        meet(team[1], stick, Course(progress=pull_out))
    assert not stick.path.exists()
    stick.path.mkdir()
    assert meet(team[1], stick).pieces_given == 3


def test_a_place_without_rights_is_told_in_a_sentence() -> None:
    with open_place() as folder:
        folder.chmod(0o555)
        place = FolderPlace(folder, VISIT)
        with somebody(), pytest.raises(PlaceForbidden, match="safe"):
            place.write(f"00112233/log/0123456789abcdef/{GOOD}", b"x")
        assert not list(folder.iterdir())


def test_a_stick_that_is_full_in_the_middle(team: list[OpenVisit], tmp_path: Path) -> None:
    peer = team[1]
    for number in range(4):
        attach(peer, f"{number}.bin", os.urandom(700_000))
    with small_drive(tmp_path, megabytes=2) as drive:
        summary = meet(peer, Stick(drive))
        assert "full" in summary.not_given
        assert summary.faults == [summary.not_given]
        there = [path for path in drive.rglob("*") if path.is_file()]
        assert not [path for path in there if path.name.startswith(".part")], "no half file is left"
        assert Stick(drive).logs(), "records came first"
    second = Stick(tmp_path / "roomy")
    second.path.mkdir()
    assert meet(peer, second).pieces_given == 4


def test_a_half_file_is_passed_over_and_written_again(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    rate(peer)
    attach(peer, "photo.bin", b"a photo" * 99)
    meet(peer, stick)
    for path in [*stick.logs(), *stick.pieces()]:
        path.write_bytes(path.read_bytes()[:-30])
    summary = meet(lead, stick)
    assert summary.of(peer.identity.device).new == 0
    assert any("cut short" in fault for fault in summary.faults)
    meet(peer, stick)
    assert meet(tech, stick).pieces_taken == 0, "now it is known, found damaged and put off"
    assert meet(peer, stick).pieces_given == 1
    assert meet(tech, stick).pieces_taken == 1
    assert known(peer) <= known(tech)


def test_copies_that_a_cloud_makes_do_no_harm(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    for path in stick.logs():
        shutil.copy(path, path.with_name(f"{path.stem} (1).z"))
        shutil.copy(path, path.with_name(path.name.upper()))
    summary = meet(lead, stick)
    assert summary.ignored == 2 * len([p for p in stick.logs() if "(1)" in p.name])
    assert lead.record.ratings


def test_a_file_moved_to_another_name_is_refused(team: list[OpenVisit], stick: Stick) -> None:
    """A name says which entries are in a file; a false one gains nothing."""
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    own = next(path for path in stick.logs() if path.parent.name == peer.identity.device[:16])
    own.rename(own.with_name("000000001-000000009-0123456789ab.z"))
    summary = meet(lead, stick)
    assert [laptop.refused for laptop in summary.refused] == [
        "A file of entries holds others than its name says."
    ]
    assert not lead.record.ratings
    assert [kept.kind for kept, _ in lead.aside.all()] == ["refused"], "a copy is kept"


def test_a_fault_while_a_file_is_put_in_place_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(aside: Path, path: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(place_module, "put_in_place", fails)
    place = FolderPlace(tmp_path, VISIT)
    with pytest.raises(Refusal, match="stopped answering"):
        place.write(f"00112233/log/0123456789abcdef/{GOOD}", b"x")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert durable.ASIDE_PREFIX
