from __future__ import annotations

import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.faults import DiskFull, PlaceForbidden
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.piece_format import CHUNK_BYTES, PIECE_BYTES, scratch_for, seal, sealed_size
from qsin_desktop.store.pieces import (
    CannotAttach,
    CopyCancelled,
    ExhibitDamaged,
    Pieces,
    PieceState,
    StoredFile,
)
from tests.store.makers import open_place, small_drive, somebody, tree

KEY = DataKey(b"k" * 32)


@pytest.fixture
def folder(tmp_path: Path) -> VisitFolder:
    return VisitFolder.create(tmp_path / "V.qsin")


@pytest.fixture
def pieces(folder: VisitFolder) -> Pieces:
    return Pieces(folder, KEY)


def noise(size: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(size)


def stored(pieces: Pieces, content: bytes) -> StoredFile:
    return pieces.store(io.BytesIO(content))


BORDERS = st.integers(-3, 3).flatmap(
    lambda near: st.sampled_from(
        [1, 1000, CHUNK_BYTES, 3 * CHUNK_BYTES, PIECE_BYTES, PIECE_BYTES + CHUNK_BYTES, 2 * PIECE_BYTES]
    ).map(lambda size: max(1, size + near))
)


@settings(max_examples=20)
@given(size=BORDERS)
@example(size=PIECE_BYTES)
@example(size=PIECE_BYTES + 1)
@example(size=1)
def test_what_is_stored_comes_back(tmp_path_factory: pytest.TempPathFactory, size: int) -> None:
    place = tmp_path_factory.mktemp("v")
    pieces = Pieces(VisitFolder.create(place / "V.qsin"), KEY)
    content = noise(size, seed=size)
    (place / "source.bin").write_bytes(content)
    file = pieces.store(place / "source.bin")
    cuts = [content[at : at + PIECE_BYTES] for at in range(0, size, PIECE_BYTES)]
    assert file == StoredFile(
        sha256=hashlib.sha256(content).hexdigest(),
        size=size,
        pieces=tuple(hashlib.sha256(cut).hexdigest() for cut in cuts),
    )
    with pieces.open(file.pieces, file.size) as reader:
        assert reader.read() == content
    assert pieces.check(file.pieces) is PieceState.HERE


def test_a_stream_is_stored_from_where_it_stands(pieces: Pieces) -> None:
    stream = io.BytesIO(b"skipped" + noise(100))
    stream.seek(7)
    assert pieces.store(stream).sha256 == hashlib.sha256(noise(100)).hexdigest()
    assert not stream.closed


def test_the_reader_can_be_moved_about(pieces: Pieces) -> None:
    content = noise(2 * PIECE_BYTES + 12345)
    file = stored(pieces, content)
    model = io.BytesIO(content)
    rng = random.Random(1)
    with pieces.open(file.pieces, file.size) as reader:
        assert reader.seekable()
        assert reader.readable()
        for _ in range(60):
            where, whence = rng.choice(
                [(rng.randrange(len(content) + 100), 0), (-rng.randrange(5000), 2), (rng.randrange(5000), 1)]
            )
            assert reader.seek(where, whence) == model.seek(where, whence)
            length = rng.choice([0, 1, 100, 70_000, PIECE_BYTES])
            assert reader.read(length) == model.read(length)
        with pytest.raises((ValueError, OSError)):
            reader.seek(-1)


def test_nothing_readable_lies_on_the_disk(pieces: Pieces, folder: VisitFolder) -> None:
    content = b"The patient pathway of Royal Wessex. " * 50_000
    file = stored(pieces, content)
    for path in folder.exhibits.rglob("*"):
        assert path.name not in file.pieces
        if path.is_file():
            assert b"Royal Wessex" not in path.read_bytes()
            assert path.stat().st_size == sealed_size(len(content))


def test_two_visits_name_the_same_bytes_differently(tmp_path: Path) -> None:
    names = set()
    for number in range(2):
        folder = VisitFolder.create(tmp_path / f"{number}.qsin")
        stored(Pieces(folder, DataKey.random()), b"the same bytes")
        names |= tree(folder.exhibits)
    assert len(names) == 2


def test_the_same_bytes_are_kept_once(pieces: Pieces, folder: VisitFolder) -> None:
    file = stored(pieces, noise(PIECE_BYTES + 5))
    before = {path: path.stat().st_mtime_ns for path in folder.exhibits.rglob("*") if path.is_file()}
    assert stored(pieces, noise(PIECE_BYTES + 5)) == file
    assert {path: path.stat().st_mtime_ns for path in folder.exhibits.rglob("*") if path.is_file()} == before


def test_a_file_of_equal_pieces_is_one_piece(pieces: Pieces, folder: VisitFolder) -> None:
    file = stored(pieces, bytes(3 * PIECE_BYTES))
    assert len(file.pieces) == 3
    assert len(tree(folder.exhibits)) == 1
    with pieces.open(file.pieces, file.size) as reader:
        assert reader.read() == bytes(3 * PIECE_BYTES)


def test_attaching_again_mends_a_damaged_piece(pieces: Pieces, folder: VisitFolder) -> None:
    file = stored(pieces, noise(5000))
    path = next(path for path in folder.exhibits.rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1]))
    assert pieces.check(file.pieces) is PieceState.DAMAGED
    stored(pieces, noise(5000))
    assert pieces.check(file.pieces) is PieceState.HERE


def test_progress_rises_to_the_size(pieces: Pieces, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(noise(PIECE_BYTES + 10))
    told: list[tuple[int, int | None]] = []
    pieces.store(tmp_path / "a.bin", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (PIECE_BYTES + 10, PIECE_BYTES + 10)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) > 8


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


@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "grow", "swap", "remove", "garbage"])
def test_a_damaged_piece_is_never_given_out(pieces: Pieces, folder: VisitFolder, harm: str) -> None:
    file = stored(pieces, noise(PIECE_BYTES) + noise(3 << 20, seed=1))
    by_size = sorted((p for p in folder.exhibits.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    small, large = by_size
    content = small.read_bytes()
    changed = {
        "flip": content[:100_000] + bytes([content[100_000] ^ 1]) + content[100_001:],
        "cut": content[: 11 + 2 * (CHUNK_BYTES + 16)],  # two whole chunks of three
        "empty": b"",
        "grow": content + b"x",
        "swap": large.read_bytes(),
        "garbage": noise(len(content), seed=9),
    }
    if harm == "remove":
        small.unlink()
    else:
        small.write_bytes(changed[harm])
    expected = PieceState.MISSING if harm == "remove" else PieceState.DAMAGED
    assert pieces.check(file.pieces) is expected
    assert list(pieces.faults(file.pieces)) == [(file.pieces[1], expected)]
    with pieces.open(file.pieces, file.size, name="E-004 Policy.pdf") as reader:
        assert len(reader.read(1000)) == 1000
        reader.seek(PIECE_BYTES)
        with pytest.raises(ExhibitDamaged, match=f"Part 2 of 2 of “E-004 Policy.pdf” is {expected}"):
            reader.read(10)
    with pytest.raises(ExhibitDamaged) as told:
        pieces.copy_out(file.pieces, folder.path / "copy.pdf")
    assert told.value.part == 2
    assert "copy.pdf" not in tree(folder.path)


@pytest.fixture(scope="module")
def one_piece(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pieces, StoredFile, Path, bytes]:
    folder = VisitFolder.create(tmp_path_factory.mktemp("v") / "V.qsin")
    pieces = Pieces(folder, KEY)
    file = stored(pieces, noise(3000))
    path = next(path for path in folder.exhibits.rglob("*") if path.is_file())
    return pieces, file, path, path.read_bytes()


@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_any_flipped_byte_is_seen(
    one_piece: tuple[Pieces, StoredFile, Path, bytes], place: float, change: int
) -> None:
    pieces, file, path, sound = one_piece
    content = bytearray(sound)
    content[int(place * len(content))] ^= change
    path.write_bytes(content)
    assert pieces.check(file.pieces) is PieceState.DAMAGED


def test_a_piece_that_holds_other_bytes_than_its_name_says_is_damaged(
    pieces: Pieces, folder: VisitFolder
) -> None:
    """As when memory failed between hashing and sealing."""
    file = stored(pieces, noise(3000))
    path = next(path for path in folder.exhibits.rglob("*") if path.is_file())
    with path.open("wb") as out:
        seal(out, KEY.piece_key(file.sha256), memoryview(noise(3000, seed=1)), scratch_for(3000))
    assert pieces.check(file.pieces) is PieceState.DAMAGED
    with pytest.raises(ExhibitDamaged):
        pieces.read(file.pieces[0])


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


def test_a_wrong_key_opens_no_piece(folder: VisitFolder, pieces: Pieces) -> None:
    file = stored(pieces, noise(3000))
    assert Pieces(folder, DataKey.random()).check(file.pieces) is PieceState.MISSING


@pytest.mark.parametrize("size", [0, 2999, 3001, PIECE_BYTES + 1])
def test_a_size_that_does_not_fit_the_pieces_is_told(pieces: Pieces, size: int) -> None:
    file = stored(pieces, noise(3000))

    def read_all() -> bytes:
        with pieces.open(file.pieces, size) as reader:
            return reader.read()

    with pytest.raises(ExhibitDamaged):
        read_all()


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_a_piece_that_is_none_is_missing(pieces: Pieces, sha256: str) -> None:
    assert pieces.check([sha256]) is PieceState.MISSING
    assert not pieces.has(sha256)
    assert pieces.remove([sha256]) == 0
    with pytest.raises(ExhibitDamaged):
        pieces.read(sha256)


def test_a_copy_is_whole_or_not_there(pieces: Pieces, tmp_path: Path) -> None:
    content = noise(PIECE_BYTES + 999)
    file = stored(pieces, content)
    told: list[int] = []
    pieces.copy_out(file.pieces, tmp_path / "copy.bin", progress=lambda done, _total: told.append(done))
    assert (tmp_path / "copy.bin").read_bytes() == content
    assert told[-1] == len(content)
    with pytest.raises(CopyCancelled):
        pieces.copy_out(file.pieces, tmp_path / "other.bin", cancelled=lambda: True)
    assert not (tmp_path / "other.bin").exists()


def test_a_piece_can_be_handed_on(pieces: Pieces, tmp_path: Path) -> None:
    file = stored(pieces, noise(PIECE_BYTES + 7))
    other = Pieces(VisitFolder.create(tmp_path / "W.qsin"), DataKey.random())
    assert [other.has(sha256) for sha256 in file.pieces] == [False, False]
    assert tuple(other.add(pieces.read(sha256)) for sha256 in file.pieces) == file.pieces
    assert [other.has(sha256) for sha256 in file.pieces] == [True, True]
    with other.open(file.pieces, file.size) as reader:
        assert reader.read() == noise(PIECE_BYTES + 7)
    for unfit in (b"", bytes(PIECE_BYTES + 1)):
        with pytest.raises(ValueError, match="8 MiB"):
            other.add(unfit)


def test_removed_pieces_are_gone(pieces: Pieces, folder: VisitFolder) -> None:
    kept, gone = stored(pieces, b"kept"), stored(pieces, noise(PIECE_BYTES + 7))
    assert pieces.remove(gone.pieces) == 2
    assert pieces.remove(gone.pieces) == 0
    assert pieces.check(gone.pieces) is PieceState.MISSING
    assert pieces.check(kept.pieces) is PieceState.HERE
    assert len(tree(folder.exhibits)) == 1


def test_what_a_crash_left_is_swept(pieces: Pieces, folder: VisitFolder) -> None:
    file = stored(pieces, b"kept")
    (folder.exhibits / ".part-0123456789abcdef").write_bytes(b"half")
    assert pieces.sweep() == 1
    assert pieces.check(file.pieces) is PieceState.HERE
    assert len(tree(folder.exhibits)) == 1


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks up open files in /proc")
def test_every_piece_is_on_the_disk_before_it_has_its_name(
    pieces: Pieces, folder: VisitFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[tuple[str, str]] = []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(number: int) -> None:
        happened.append(("flushed", str(Path(f"/proc/self/fd/{number}").readlink())))
        real_fsync(number)

    def replace(aside: Path, path: Path) -> Path:
        happened.append(
            ("flushed", str(aside)) if ("flushed", str(aside)) in happened else ("early", str(aside))
        )
        happened.append(("named", str(path)))
        return real_replace(aside, path)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    stored(pieces, noise(2 * PIECE_BYTES + 7))
    named = [place for what, place in happened if what == "named"]
    assert len(named) == 3
    assert not [place for what, place in happened if what == "early"]
    after = {place for what, place in happened[happened.index(("named", named[-1])) :] if what == "flushed"}
    assert after == {str(Path(place).parent) for place in named} | {str(folder.exhibits)}


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_a_kill_in_the_middle_leaves_only_what_is_swept(folder: VisitFolder, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(noise(3 * PIECE_BYTES))
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from qsin_desktop.store.data_key import DataKey\n"
        "from qsin_desktop.store.folder import VisitFolder\n"
        "from qsin_desktop.store.pieces import Pieces\n"
        "def die(done, total):\n"
        "    if done == 20 << 20: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Pieces(VisitFolder(Path(sys.argv[1])), DataKey(b'k' * 32)).store(Path(sys.argv[2]), progress=die)\n"
    )
    command = [sys.executable, "-c", script, str(folder.path), str(tmp_path / "a.bin")]
    assert subprocess.run(command, cwd=Path.cwd(), check=False).returncode == -signal.SIGKILL
    left = tree(folder.exhibits)
    assert left
    assert all(name.startswith(".part-") for name in left)
    assert Pieces(folder, KEY).sweep() == len(left)
    assert tree(folder.exhibits) == set()


def test_pieces_that_no_entry_names_are_let_go(pieces: Pieces, folder: VisitFolder) -> None:
    """A crash may fall between the last piece and the entry."""
    kept, lost = stored(pieces, b"kept"), stored(pieces, noise(PIECE_BYTES + 7))
    (folder.exhibits / "ab").mkdir(exist_ok=True)
    (folder.exhibits / "ab" / "letter.txt").write_bytes(b"not ours")
    assert pieces.sweep_unclaimed(kept.pieces) == 2
    assert pieces.check(kept.pieces) is PieceState.HERE
    assert pieces.check(lost.pieces) is PieceState.MISSING
    assert (folder.exhibits / "ab" / "letter.txt").exists()


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


def test_several_threads_store_at_once(pieces: Pieces) -> None:
    """The same bytes and different ones; one of the threads gives up."""
    shared, results = noise(PIECE_BYTES + 1), dict[int, StoredFile]()

    def store(number: int) -> None:
        content = shared if number < 3 else noise(PIECE_BYTES + 1, seed=number)
        results[number] = stored(pieces, content)

    def give_up() -> None:
        asked = iter(range(1000))
        with pytest.raises(CopyCancelled):
            pieces.store(io.BytesIO(shared), cancelled=lambda: next(asked) > 8)

    threads = [threading.Thread(target=store, args=(number,)) for number in range(5)]
    threads.append(threading.Thread(target=give_up))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(pieces.check(results[number].pieces) is PieceState.HERE for number in range(5))
