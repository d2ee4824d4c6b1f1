"""What is cancelled, refused or cut short while it is stored leaves nothing behind."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.faults import DiskFull, PlaceForbidden
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.piece_format import PIECE_BYTES
from qsin_desktop.store.pieces import (
    CannotAttach,
    CopyCancelled,
    Pieces,
    PieceState,
)
from tests.store.makers import open_place, small_drive, somebody, tree
from tests.store.pieces_making import KEY, noise, stored


@pytest.mark.parametrize("at", [0, 1, 12, 18])
def test_cancelling_leaves_nothing(pieces: Pieces, folder: VisitFolder, tmp_path: Path, at: int) -> None:
    (tmp_path / "a.bin").write_bytes(noise(2 * PIECE_BYTES + 10))
    asked = iter(range(1000))
    with pytest.raises(CopyCancelled, match=r"“a\.bin” was cancelled"):
        pieces.store(tmp_path / "a.bin", cancelled=lambda: next(asked) >= at)
    assert tree(folder.exhibits) == set()


def test_cancelling_at_the_very_end_leaves_nothing(pieces: Pieces, folder: VisitFolder) -> None:
    done: list[int] = []
    with pytest.raises(CopyCancelled):
        pieces.store(
            io.BytesIO(noise(100)),
            progress=lambda so_far, _total: done.append(so_far),
            cancelled=lambda: done == [100],
        )
    assert tree(folder.exhibits) == set()


class Failing(io.BytesIO):
    """A medium that gives up after 9 MiB."""

    def readinto(self, room: object) -> int:
        if self.tell() > 9 << 20:
            raise OSError(5, "Input/output error")
        return super().readinto(room)  # type: ignore[arg-type]  # a buffer


def test_a_medium_that_gives_up_leaves_nothing(pieces: Pieces, folder: VisitFolder) -> None:
    with pytest.raises(Refusal, match="could not be read to its end: the drive stopped answering"):
        pieces.store(Failing(noise(2 * PIECE_BYTES)), name="photo.jpg")
    assert tree(folder.exhibits) == set()


@pytest.mark.parametrize("change", ["grow", "shrink", "touch"])
def test_a_file_that_changes_meanwhile_is_refused(
    pieces: Pieces, folder: VisitFolder, tmp_path: Path, change: str
) -> None:
    path = tmp_path / "live.xlsx"
    path.write_bytes(noise(3 << 20))

    def meddle(done: int, _total: int | None) -> None:
        if done == 1 << 20 and change == "grow":
            with path.open("ab") as file:
                file.write(b"more")
        if done == 1 << 20 and change == "shrink":
            os.truncate(path, 2 << 20)
        if done == 1 << 20 and change == "touch":
            os.utime(path, (1, 1))

    with pytest.raises(CannotAttach, match="changed while it was being copied"):
        pieces.store(path, progress=meddle)
    assert tree(folder.exhibits) == set()


def test_what_is_no_file_is_refused(pieces: Pieces, folder: VisitFolder, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    cases = {
        tmp_path: "is a folder",
        tmp_path / "gone.pdf": "no longer there",
        tmp_path / "empty.pdf": r"is empty \(0 bytes\)",
        Path("zero\0byte"): "no longer there",
        tmp_path / ("n" * 300): "too long",
    }
    if os.name != "nt":
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
        cases |= {tmp_path / "pipe": "is a pipe", Path("/dev/zero"): "is a device"}
        cases |= {tmp_path / "dangling": "no longer there"}
    for source, word in cases.items():
        with pytest.raises(Refusal, match=word):
            pieces.store(source)
    with pytest.raises(CannotAttach, match="is empty"):
        pieces.store(io.BytesIO(b""))
    assert tree(folder.exhibits) == set()


def test_too_large_a_file_is_refused(pieces: Pieces, folder: VisitFolder, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(noise(2000))
    with pytest.raises(CannotAttach, match=r"larger than 1\.95 KiB"):
        pieces.store(tmp_path / "a.bin", limit=1999)
    with pytest.raises(CannotAttach, match=r"larger than 1\.95 KiB"):
        pieces.store(io.BytesIO(noise(2000)), limit=1999)
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as file:
        file.truncate((2 << 30) + 1)  # sparse: takes no room
    with pytest.raises(CannotAttach, match="larger than 2 GiB"):
        pieces.store(huge)
    assert tree(folder.exhibits) == set()


def test_a_file_that_may_not_be_read_is_told() -> None:
    with open_place() as place:
        pieces = Pieces(VisitFolder.create(place / "V.qsin"), KEY)
        (place / "secret.pdf").write_bytes(b"x")
        (place / "secret.pdf").chmod(0)
        with somebody(), pytest.raises(PlaceForbidden, match=r"“secret\.pdf” could not be read"):
            pieces.store(place / "secret.pdf")


def test_an_exhibits_folder_that_may_not_be_written_is_told() -> None:
    with open_place() as place:
        folder = VisitFolder.create(place / "V.qsin")
        folder.exhibits.chmod(0o555)
        with somebody(), pytest.raises(PlaceForbidden, match="could not be stored"):
            Pieces(folder, KEY).store(io.BytesIO(b"x"), name="photo.jpg")


def test_a_missing_exhibits_folder_is_made_again(pieces: Pieces, folder: VisitFolder) -> None:
    folder.exhibits.rmdir()
    file = stored(pieces, b"x")
    assert pieces.check(file.pieces) is PieceState.HERE


def test_a_file_that_never_stops_growing_is_refused(
    pieces: Pieces, folder: VisitFolder, tmp_path: Path
) -> None:
    path = tmp_path / "live.log"
    path.write_bytes(noise(1 << 20))

    def grow(_done: int, _total: int | None) -> None:
        with path.open("ab") as file:
            file.write(bytes(1 << 20))

    with pytest.raises(CannotAttach, match="changed while it was being copied"):
        pieces.store(path, progress=grow, limit=20 << 20)
    assert tree(folder.exhibits) == set()


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    with small_drive(tmp_path, megabytes=64) as drive:
        folder = VisitFolder.create(drive / "V.qsin")
        pieces = Pieces(folder, KEY)
        kept = stored(pieces, noise(1000))
        (tmp_path / "large.bin").write_bytes(noise(60 << 20))
        with pytest.raises(DiskFull, match="needs 76 MiB and the disk has"):
            pieces.store(tmp_path / "large.bin")
        # A stream does not say beforehand how much it brings.
        with pytest.raises(DiskFull, match="could not be stored: the disk is full"):
            pieces.store(io.BytesIO(noise(70 << 20)), name="video.mp4")
        assert len(tree(folder.exhibits)) == 1
        assert pieces.check(kept.pieces) is PieceState.HERE
