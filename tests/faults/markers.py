"""Looks for words and pictures of a visit in raw files, in every form they could have been written in."""

from __future__ import annotations

import base64
import gzip
import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_LARGEST = 64 << 20
_STREAMS_WITHIN = 1 << 18  # bytes in which the beginnings of packed streams are tried

# Beginnings of files, long enough that encrypted bytes do not show them by chance.
HEADERS = {
    "JPEG": re.compile(rb"\xff\xd8\xff[\xe0\xe1\xdb].{2}(JFIF|Exif)|\A\xff\xd8\xff", re.DOTALL),
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "PDF": re.compile(rb"%PDF-\d"),
    "ZIP": re.compile(rb"PK\x03\x04[\x0a\x14]\x00"),
    "SQLite": re.compile(rb"SQLite format 3\x00"),
}


# A bundle is a ZIP of encrypted members; these are looked into.
BUNDLE = ".qsinx"


def _is_bundle(name: str) -> bool:
    """Also one that is still being written on the stick, where nothing else is a ZIP."""
    return name.endswith(BUNDLE) or "/stick/.part-" in name


@dataclass
class Search:
    """What is looked for, and what was looked at. `found` has a line for each find."""

    words: dict[str, str]  # what it is → the marker
    pieces: dict[str, bytes]  # what it is → bytes of a picture
    files: int = 0
    size: int = 0  # bytes of them all
    found: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._needles = {what: [*_forms(word)] for what, word in self.words.items()}
        self._needles |= {what: [piece] for what, piece in self.pieces.items()}

    def look_at(self, path: Path, name: str = "", *, headers: bool = True) -> None:
        """A file that went away meanwhile is passed over."""
        with suppress(OSError):
            content = path.read_bytes()[:_LARGEST]
            self.look_into(content, name or str(path), headers=headers)
            self.look_into(path.name.encode(), f"the name of {name or path}", headers=False)

    def look_into(self, content: bytes, name: str, *, headers: bool = True) -> None:
        self.files += 1
        self.size += len(content)
        for form, plain in _unpacked(content):
            for what, needles in self._needles.items():
                if any(needle in plain for needle in needles):
                    self.found.add(f"{what} in {name}{form}")
            for kind, header in HEADERS.items() if headers else ():
                if header.search(plain) and not (kind == "ZIP" and _is_bundle(name)):
                    self.found.add(f"a header of {kind} in {name}{form}")

    def look_through(self, *places: Path, leave_out: Iterable[Path] = ()) -> None:
        left_out = set(leave_out)
        for place in places:
            for folder, folders, names in os.walk(place):
                folders[:] = [each for each in folders if Path(folder, each) not in left_out]
                self.look_into(Path(folder).name.encode(), f"the name of {folder}", headers=False)
                for name in names:
                    self.look_at(Path(folder, name))


def _forms(word: str) -> Iterator[bytes]:
    for written in (word, word.upper(), word.lower()):
        for alphabet in ("utf-8", "utf-16-le", "utf-16-be"):
            yield written.encode(alphabet)
    for shift in range(3):  # the same three bytes begin at three places
        coded = base64.b64encode(b" " * shift + word.encode()).decode()
        yield coded[4:-4].encode()
    yield word.encode("utf-8").hex().encode()


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes themselves, and what they are when they are packed."""
    yield "", content
    if content[:2] == b"\x1f\x8b":
        with suppress(OSError, EOFError, zlib.error):
            yield ", gzip", gzip.decompress(content)
    if content[:2] == b"PK":
        yield from _members(content)
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content[:_STREAMS_WITHIN]):
        with suppress(zlib.error):
            unpacked = zlib.decompressobj().decompress(content[found.start() :], 1 << 20)
            if len(unpacked) > 16:
                yield f", zlib at {found.start()}", unpacked


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    with (
        suppress(zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError),
        zipfile.ZipFile(io.BytesIO(content)) as archive,
    ):
        for member in archive.infolist():
            yield f", zip {member.filename}", archive.read(member)


def written_files(pid: int) -> Iterator[tuple[str, bytes]]:
    """Files that a process and its children hold open for writing, those without a name too. Linux only."""
    for each in _family(pid):
        for number in _numbers(Path(f"/proc/{each}/fd")):
            with suppress(OSError, ValueError):
                link = Path(f"/proc/{each}/fd/{number}")
                name = str(link.readlink())
                flags = re.search(r"flags:\s*(\d+)", Path(f"/proc/{each}/fdinfo/{number}").read_text("ascii"))
                if name.startswith("/") and link.is_file() and flags and int(flags[1], 8) & 0o3:
                    yield name, link.read_bytes()[:_LARGEST]


def _numbers(folder: Path) -> list[str]:
    with suppress(OSError):
        return [path.name for path in folder.iterdir()]
    return []


def _family(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        with suppress(OSError, ValueError):
            for task in Path(f"/proc/{each}/task").iterdir():
                children = (task / "children").read_text("ascii").split()
                found += [int(child) for child in children if int(child) not in found]
    return found
