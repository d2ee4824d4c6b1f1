"""Exhibits stored as encrypted pieces come back as they were."""

from __future__ import annotations

import hashlib
import io
import random
import threading
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.piece_format import CHUNK_BYTES, PIECE_BYTES, sealed_size
from qsin_desktop.store.pieces import (
    CopyCancelled,
    Pieces,
    PieceState,
    StoredFile,
)
from tests.store.makers import tree
from tests.store.pieces_making import KEY, noise, stored

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


def test_progress_rises_to_the_size(pieces: Pieces, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(noise(PIECE_BYTES + 10))
    told: list[tuple[int, int | None]] = []
    pieces.store(tmp_path / "a.bin", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (PIECE_BYTES + 10, PIECE_BYTES + 10)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) > 8


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


def test_pieces_that_no_entry_names_are_let_go(pieces: Pieces, folder: VisitFolder) -> None:
    """A crash may fall between the last piece and the entry."""
    kept, lost = stored(pieces, b"kept"), stored(pieces, noise(PIECE_BYTES + 7))
    (folder.exhibits / "ab").mkdir(exist_ok=True)
    (folder.exhibits / "ab" / "letter.txt").write_bytes(b"not ours")
    assert pieces.sweep_unclaimed(kept.pieces) == 2
    assert pieces.check(kept.pieces) is PieceState.HERE
    assert pieces.check(lost.pieces) is PieceState.MISSING
    assert (folder.exhibits / "ab" / "letter.txt").exists()


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
