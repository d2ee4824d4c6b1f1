"""A damaged, exchanged or missing piece is told and never given out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.piece_format import CHUNK_BYTES, PIECE_BYTES, scratch_for, seal
from qsin_desktop.store.pieces import (
    ExhibitDamaged,
    Pieces,
    PieceState,
    StoredFile,
)
from tests.store.makers import tree
from tests.store.pieces_making import KEY, noise, stored


def test_attaching_again_mends_a_damaged_piece(pieces: Pieces, folder: VisitFolder) -> None:
    file = stored(pieces, noise(5000))
    path = next(path for path in folder.exhibits.rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1]))
    assert pieces.check(file.pieces) is PieceState.DAMAGED
    stored(pieces, noise(5000))
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
