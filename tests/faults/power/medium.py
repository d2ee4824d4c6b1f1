"""What a disk may hold after the power went: a file system played from a record of changes.

Bytes are safe once their file was flushed, names once their folder was. Of what came later chance takes:
each write is kept, lost, or torn at a sector (512 or 4096 bytes); each change of names is whole or has not
happened, and none is kept without the earlier ones of its folder. Two ways are played:

    ordered     names reach the disk in the order of the changes, as with a journal of the file system
    loose       each folder has an order of its own, which is all that a system promises

A log index that was written by memory (`-shm`) is no part of what must survive; it is missing, empty, or
full of anything.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.faults.power.record import Change, Did

INDEX_ENDING: Final = "-shm"
_SECTORS: Final = (512, 4096)
_INDEX_BYTES: Final = 32 * 1024


@dataclass(frozen=True)
class _Write:
    offset: int
    content: bytes

    def on(self, held: bytearray, length: int | None = None) -> None:
        content = self.content if length is None else self.content[:length]
        if content:
            held.extend(bytes(max(0, self.offset - len(held))))
            held[self.offset : self.offset + len(content)] = content


@dataclass(frozen=True)
class _Resize:
    size: int

    def on(self, held: bytearray) -> None:
        del held[self.size :]
        held.extend(bytes(self.size - len(held)))


@dataclass(eq=False)
class _File:
    safe: bytearray = field(default_factory=bytearray)
    unsafe: list[_Write | _Resize] = field(default_factory=list)

    def flush(self) -> None:
        for change in self.unsafe:
            change.on(self.safe)
        self.unsafe.clear()


@dataclass(eq=False)
class _Folder:
    safe: dict[str, _Node] = field(default_factory=dict)


_Node = _File | _Folder
_Place = tuple[_Folder, str]


@dataclass(frozen=True, eq=False)
class _Naming:
    """One change of names, which happens whole or not at all."""

    places: tuple[tuple[_Folder, str, _Node | None], ...]

    @property
    def folders(self) -> set[_Folder]:
        return {folder for folder, _, _ in self.places}

    @property
    def names(self) -> set[tuple[_Folder, str]]:
        return {(folder, name) for folder, name, _ in self.places}

    def on(self, names: Callable[[_Folder], dict[str, _Node]]) -> None:
        for folder, name, node in self.places:
            if node is None:
                names(folder).pop(name, None)
            else:
                names(folder)[name] = node


class Medium:
    """Made before the record begins, of a `folder` in which everything lies safely on the disk."""

    def __init__(self, folder: Path) -> None:
        self.strange: list[str] = []  # what the record does not tell whole: nothing can be said then
        self._by_inode: dict[int, _File] = {}
        self._now: dict[_Folder, dict[str, _Node]] = {}
        self._waiting: list[_Naming] = []
        self._root = self._laid_down(folder)

    def _laid_down(self, folder: Path) -> _Folder:
        node = _Folder()
        for path in folder.iterdir():
            made: _Node
            if path.is_dir():
                made = self._laid_down(path)
            else:
                made = _File(bytearray(path.read_bytes()))
                self._by_inode[path.stat().st_ino] = made
            node.safe[path.name] = made
        self._now[node] = dict(node.safe)
        return node

    # ---- what happened ----------------------------------------------------------------------------

    def follow(self, change: Change) -> None:
        {
            Did.CREATE: self._create,
            Did.WRITE: self._write,
            Did.RESIZE: self._write,
            Did.SYNC: self._sync,
            Did.SYNC_FOLDER: self._sync_folder,
            Did.RENAME: self._rename,
            Did.LINK: self._link,
            Did.UNLINK: self._unlink,
            Did.REMOVE_FOLDER: self._unlink,
            Did.MAKE_FOLDER: self._make_folder,
            Did.MAP: self._map,
            Did.UNKNOWN: self._unknown,
        }[change.kind](change)

    def _create(self, change: Change) -> None:
        self._by_inode[change.inode] = made = _File()
        self._name((*self._place(change.path), made))

    def _write(self, change: Change) -> None:
        file = self._by_inode[change.inode]
        made = _Write(change.offset, change.content) if change.kind is Did.WRITE else _Resize(change.offset)
        file.unsafe.append(made)

    def _sync(self, change: Change) -> None:
        self._by_inode[change.inode].flush()

    def _sync_folder(self, change: Change) -> None:
        """Also what must have come before: earlier changes of the same names in other folders."""
        folder = self._node(change.path)
        assert isinstance(folder, _Folder)
        names: set[tuple[_Folder, str]] = set()
        safe: list[_Naming] = []
        for naming in reversed(self._waiting):
            if folder in naming.folders or names & naming.names:
                names |= naming.names
                safe.append(naming)
        for naming in reversed(safe):
            naming.on(lambda folder: folder.safe)
        gone = set(map(id, safe))
        self._waiting = [naming for naming in self._waiting if id(naming) not in gone]

    def _rename(self, change: Change) -> None:
        folder, name = self._place(change.path)
        node = self._now[folder][name]
        self._name((folder, name, None), (*self._place(Path(change.other)), node))

    def _link(self, change: Change) -> None:
        self._name((*self._place(Path(change.other)), self._node(change.path)))

    def _unlink(self, change: Change) -> None:
        self._name((*self._place(change.path), None))

    def _make_folder(self, change: Change) -> None:
        made = _Folder()
        self._now[made] = {}
        self._name((*self._place(change.path), made))

    def _map(self, change: Change) -> None:
        if not change.path.name.endswith(INDEX_ENDING):
            self.strange.append(f"written by memory: {change.path}")

    def _unknown(self, change: Change) -> None:
        self.strange.append(f"{change.other}: {change.path}")

    def _name(self, *places: tuple[_Folder, str, _Node | None]) -> None:
        naming = _Naming(places)
        naming.on(self._now.__getitem__)
        self._waiting.append(naming)

    def _place(self, path: Path) -> _Place:
        folder = self._node(path.parent)
        assert isinstance(folder, _Folder)
        return folder, path.name

    def _node(self, path: Path) -> _Node:
        node: _Node = self._root
        for name in path.parts:
            assert isinstance(node, _Folder)
            node = self._now[node][name]
        return node

    # ---- what is left -----------------------------------------------------------------------------

    def after_all(self, place: Path) -> None:
        """As if everything had been kept."""
        self._lay_out(self._root, place, self._now, _all_of)

    def after_a_cut(self, place: Path, dice: random.Random) -> None:
        """One of the many ways in which it may be found; the played disk itself goes on."""
        found = {folder: dict(folder.safe) for folder in self._now}
        for naming in self._kept_names(dice):
            naming.on(found.__getitem__)
        keep = dice.choice((0.1, 0.5, 0.9))
        self._lay_out(self._root, place, found, lambda file: _some_of(file, dice, keep))
        for index in place.rglob("*" + INDEX_ENDING):
            index.unlink()
            if content := dice.choice((None, b"", bytes(_INDEX_BYTES), dice.randbytes(_INDEX_BYTES))):
                index.write_bytes(content)

    def _kept_names(self, dice: random.Random) -> Iterable[_Naming]:
        ends = [dice.randint(0, len(self._waiting)) for _ in range(2)]
        if dice.random() < 0.5:
            return self._waiting[: ends[0]]
        kept: list[_Naming] = []
        over: set[_Folder] = set()  # where a change was lost, and with it the later ones
        risk = dice.choice((0.05, 0.3))
        for naming in self._waiting:
            if naming.folders & over or dice.random() < risk:
                over |= naming.folders
            else:
                kept.append(naming)
        return kept

    def _lay_out(
        self,
        folder: _Folder,
        place: Path,
        names: dict[_Folder, dict[str, _Node]],
        content: Callable[[_File], bytes],
    ) -> None:
        place.mkdir(exist_ok=True)
        for name, node in names[folder].items():
            if isinstance(node, _File):
                (place / name).write_bytes(content(node))
            else:
                self._lay_out(node, place / name, names, content)


def _all_of(file: _File) -> bytes:
    held = bytearray(file.safe)
    for change in file.unsafe:
        change.on(held)
    return bytes(held)


def _some_of(file: _File, dice: random.Random, keep: float) -> bytes:
    if not file.unsafe:
        return bytes(file.safe)
    held = bytearray(file.safe)
    for change in file.unsafe:
        luck = dice.random()
        if luck < keep:
            change.on(held)
        elif luck < keep + (1 - keep) / 2 and isinstance(change, _Write):
            change.on(held, _torn(change, dice))
    return bytes(held)


def _torn(change: _Write, dice: random.Random) -> int:
    """How many of its bytes are there: up to the end of a sector of the disk."""
    sector, length = dice.choice(_SECTORS), len(change.content)
    first = change.offset // sector
    ends = dice.randint(first, (change.offset + length) // sector) * sector
    return max(0, min(length, ends - change.offset))
