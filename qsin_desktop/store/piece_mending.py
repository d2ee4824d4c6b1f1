"""Pieces that are damaged or gone: found again under other names, or moved out of the way to come anew."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from qsin_desktop.store.damaged import DAMAGED_NAME, DamagedFolder
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import make_folders, write_aside
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.piece_format import sealed_size
from qsin_desktop.store.piece_places import PiecePlaces, PieceState


class PieceMending:
    """Of one visit, by the holder of the writer's lock. `claimed` are all pieces of all exhibits."""

    def __init__(
        self, folder: VisitFolder, data_key: DataKey, claimed: Iterable[str], aside: DamagedFolder
    ) -> None:
        self._folder = folder
        self._places = PiecePlaces(folder.exhibits, data_key)
        self._claimed = {self._places.path_of(sha256): sha256 for sha256 in claimed}
        self._aside = aside
        self._others: dict[int, list[Path]] | None = None

    def mend(self, sha256: str, size: int) -> bool:
        """Whether the piece of `size` plain bytes is whole now. A damaged one is moved aside.

        Raises a disk's refusal.
        """
        if self._places.state(sha256) is PieceState.HERE:
            return True
        path = self._places.path_of(sha256)
        found = self._found_elsewhere(sha256, size)
        try:
            held = found.read_bytes() if found is not None else None
            if self._aside.move_in(path):
                self._others = None
            if held is None:
                return False
            make_folders(path.parent)
        except OSError as fault:
            raise refusal_for(fault, "A file of an exhibit could not be put back") from fault
        write_aside(path, held)
        return self._places.state(sha256) is PieceState.HERE

    def _found_elsewhere(self, sha256: str, size: int) -> Path | None:
        """Under a name that a synchroniser gave it, in another piece's place, or put aside before."""
        candidates = self._files_by_size().get(sealed_size(size), [])
        return next((path for path in candidates if self._places.is_in(path, sha256)), None)

    def _files_by_size(self) -> dict[int, list[Path]]:
        """Files that are not a sound piece in its own place."""
        if self._others is None:
            self._others = {}
            places = (self._folder.exhibits, self._folder.path / DAMAGED_NAME)
            for path in (path for place in places for path in place.rglob("*")):
                with suppress(OSError):
                    if path.is_file() and not self._is_in_its_place(path):
                        self._others.setdefault(path.stat().st_size, []).append(path)
        return self._others

    def _is_in_its_place(self, path: Path) -> bool:
        sha256 = self._claimed.get(path)
        return sha256 is not None and self._places.state(sha256) is PieceState.HERE
