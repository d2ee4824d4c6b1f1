"""What goes wrong when a team meets: each case has a sentence for the person, and nothing is lost by it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qsin_desktop.actions.exchanging import exchange_with, receive, summary_words, write_bundle
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.sync.refusals import TooLargeForDrive
from tests.founding import PEER
from tests.store.makers import open_place, somebody
from tests.sync.team import STRANGER, Stick, digest, known, laptops, meet
from tests.sync.test_exchange import attach, rate
from tests.sync.test_mixed_programs import tell


def test_from_a_folder_that_may_not_be_written_everything_comes_all_the_same(
    team: list[OpenVisit],
) -> None:
    """A share for reading only, or a stick with its switch on: records and evidence come, and it is said."""
    lead, peer, _ = team
    rate(lead)
    rate(peer, "IN-301.b")
    attach(peer, "photo.bin", b"a photo")
    with open_place() as folder:
        meet(peer, Stick(folder))
        for each in (folder, *folder.rglob("*")):
            each.chmod(0o555 if each.is_dir() else 0o444)
        for each in (lead.folder.path, *lead.folder.path.rglob("*")):
            each.chmod(0o777)
        parents = [*lead.folder.path.parents][:6]
        modes = [each.stat().st_mode for each in parents]
        try:
            for each in parents:
                each.chmod(each.stat().st_mode | 0o055)
            with somebody():
                summary = exchange_with(lead, folder)
        finally:
            for each, mode in zip(parents, modes, strict=True):
                each.chmod(mode)
        assert summary.of(PEER.device).new >= 2
        assert summary.pieces_taken == 1
        assert summary.entries_given == 0
        assert "permission was refused" in summary.not_given
        assert "safe" in summary.not_given
        assert summary.not_given in summary_words(lead, summary)


class Capitals:
    """An entry of a folder under its name in capitals."""

    def __init__(self, entry: os.DirEntry[str]) -> None:
        self._entry, self.name = entry, entry.name.upper()

    def is_symlink(self) -> bool:
        return self._entry.is_symlink()


@contextmanager
def in_capitals() -> Iterator[None]:
    """What a drive without small letters shows: names in capitals, each file found under either spelling."""
    honest = os.scandir

    @contextmanager
    def scan(folder: Path) -> Iterator[list[Capitals]]:
        with honest(folder) as entries:
            yield [Capitals(entry) for entry in entries]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", scan)
        yield


def test_a_stick_that_upper_cases_all_names_works_as_any_other(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    rate(peer)
    attach(peer, "photo.bin", b"a photo")
    with in_capitals():
        meet(peer, stick)
        summary = meet(lead, stick)
        assert (summary.pieces_taken, summary.ignored) == (1, 0)
        for visit in (peer, lead, peer, lead):
            meet(visit, stick)
        assert meet(peer, stick).moved == 0
    assert known(peer) <= known(lead)
    assert lead.record.ratings


def test_copies_with_shortened_or_upper_cased_names_are_told_and_left_alone(
    team: list[OpenVisit], stick: Stick
) -> None:
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    for path in stick.logs():
        shutil.copy(path, path.with_name("000000~1.Z"))
        shutil.copy(path, path.with_name(path.name.upper()))
    summary = meet(lead, stick)
    assert lead.record.ratings
    assert summary.ignored >= 2
    assert any("with other names left alone" in line for line in summary_words(lead, summary))


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of a file's size is set the POSIX way")
def test_a_bundle_that_is_too_large_for_the_drive_leaves_nothing_and_names_the_way(
    team: list[OpenVisit], tmp_path: Path
) -> None:
    """FAT32 takes no file of 4 GiB; a limit of this process stands for it, and the system says the same."""
    import resource

    attach(team[1], "film.bin", os.urandom(3 << 20))
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, old[1]))
    try:
        with pytest.raises(TooLargeForDrive, match=r"FAT32.*folder on the stick"):
            write_bundle(team[1], tmp_path / "all.qsinx")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".qsinx" or ".part" in path.name]


def test_a_bundle_from_a_laptop_nobody_confirmed_is_kept_and_said_to_wait(
    founded: Path, tmp_path: Path
) -> None:
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (stranger,):
        rate(stranger)
        write_bundle(stranger, tmp_path / "s.qsinx")
        before = digest(lead)
        summary = receive(lead, tmp_path / "s.qsinx")
        assert summary.of(STRANGER.device).new == 1
        assert not lead.record.ratings
        assert any("not confirmed" in line and "kept" in line for line in summary_words(lead, summary))
        assert before


def test_entries_of_a_newer_program_are_told(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    tell(peer, "rain")
    meet(peer, stick)
    summary = meet(lead, stick)
    assert any("1 entry of a newer version" in line for line in summary_words(lead, summary))


def test_a_share_that_stops_answering_is_told_and_the_next_time_goes_on(
    team: list[OpenVisit], stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from qsin_desktop.store.faults import PlaceGone

    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    honest = os.open

    def stale(path: object, *rest: object) -> int:
        if str(path).startswith(str(stick.path)) and "/log/" in str(path):
            raise OSError(errno.ESTALE, "Stale file handle")
        return honest(path, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", stale)
        with pytest.raises(PlaceGone, match=r"stopped answering.*safe.*try again"):
            meet(lead, stick)
    assert meet(lead, stick).of(PEER.device).new >= 1


def test_a_share_that_dropped_is_told_wherever_it_is_asked_for(
    team: list[OpenVisit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder neither is there nor is missing: every question about it fails."""
    import errno

    from qsin_desktop.actions.backing_up import SecondPlaceGone, back_up_to
    from qsin_desktop.store.faults import PlaceGone

    peer, share = team[1], tmp_path / "share"
    honest = os.stat

    def dropped(path: object, *rest: object, **more: object) -> object:
        if str(path).startswith(str(share)):
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected", str(path))
        return honest(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", dropped)
    with pytest.raises(PlaceGone, match=r"Check that the stick or the share is connected"):
        exchange_with(peer, share)
    with pytest.raises(PlaceGone, match=r"Nothing was written"):
        write_bundle(peer, share / "all.qsinx")
    with pytest.raises(SecondPlaceGone):
        back_up_to(peer, share)
