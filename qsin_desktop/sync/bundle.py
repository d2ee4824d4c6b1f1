"""A bundle: the same tree as on a folder, in one ZIP file, stored, with a hash of the whole at its end.

The ZIP's comment is `qsin-bundle-1 ` and the SHA-256 of every byte before it, so one changed byte anywhere
is noticed before anything is read. Members are read one by one within limits and never unpacked to disk.
"""

from __future__ import annotations

import errno
import hashlib
import json
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self, cast

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.durable import is_folder, sweep_own, writing_aside
from qsin_desktop.store.faults import DiskFault, PlaceGone, refusal_for
from qsin_desktop.sync import names
from qsin_desktop.sync.names import LogFile
from qsin_desktop.sync.place import FILE_LIMIT, check_format, format_bytes
from qsin_desktop.sync.refusals import BundleDamaged, BundleNewer, NotABundle, TooLargeForDrive

SUFFIX: Final = ".qsinx"
MOST_FILES: Final = 200_000
_MOST_LISTED: Final = 64 << 20  # bytes of the list of members, which is read into memory whole
_MARK: Final = b"qsin-bundle-1 "
_ANY_MARK: Final = b"qsin-bundle-"
_DIGEST: Final = 64
# The end of a ZIP, and what stands before it when its numbers are too large for that (APPNOTE 4.3.14-16).
_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = 20
_ELSEWHERE_16: Final = 0xFFFF
_ELSEWHERE_32: Final = 0xFFFFFFFF
_BLOCK: Final = 1 << 20
_DATE: Final = (1980, 1, 1, 0, 0, 0)


class BundlePlace:
    """A bundle that is read. All about the file itself is checked before the first entry is looked at."""

    takes = False
    ignored = 0

    def __init__(self, path: Path) -> None:
        """Raises `NotABundle`, `BundleDamaged`, `BundleNewer` or a disk's refusal."""
        self.path = path
        self._file = _opened(path)
        try:
            _check_whole(self._file, path.name)
            _check_list(self._file, path.name)
            self._zip = zipfile.ZipFile(self._file)
            self._members = _checked_members(self._zip, path.name)
            self.visit = self._visit()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError):
            self._file.close()
            raise BundleDamaged(path.name) from None
        except OSError as fault:
            self._file.close()
            raise refusal_for(fault, f"“{path.name}” could not be read") from fault
        except BaseException:
            self._file.close()
            raise

    @property
    def title(self) -> str:
        return self.path.name

    @property
    def root(self) -> str:
        """The folder that all members lie in."""
        return names.root_name(self.visit)

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(self._members)

    def groups(self) -> list[str]:
        return sorted({path.partition("/")[0] for path in self._members if path != names.FORMAT_NAME})

    def logs(self) -> list[LogFile]:
        return [file for path in self._members if (file := names.log_file_at(path)) is not None]

    def has(self, path: str) -> bool:
        return path in self._members

    def read(self, path: str) -> bytes | None:
        member = self._members.get(path)
        if member is None:
            return None
        try:
            return self._zip.read(member)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
            raise BundleDamaged(self.path.name) from None
        except OSError as fault:
            raise refusal_for(fault, f"“{self.path.name}” could not be read") from fault

    def write(self, path: str, content: bytes) -> None:  # noqa: ARG002  # a place's shape
        raise ValueError("a bundle is written once")

    def put_off(self, path: str) -> None:
        """What is damaged in a bundle stays in it."""

    def close(self) -> None:
        self._zip.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _visit(self) -> str:
        given = json.loads(self.read(names.FORMAT_NAME) or b"{}")
        visit = given.get("visit") if isinstance(given, dict) else None
        if not isinstance(visit, str):
            raise BundleDamaged(self.path.name)
        check_format(given, visit, self.path.name)
        return visit


class BundleWriter:
    """A bundle that is being written: a place that has nothing yet and takes everything."""

    takes = True
    ignored = 0

    def __init__(self, out: zipfile.ZipFile, visit: str, title: str) -> None:
        self._zip = out
        self._title = title
        self._root = names.root_name(visit)
        self._there: set[str] = set()
        self.write(names.FORMAT_NAME, format_bytes(visit))

    @property
    def title(self) -> str:
        return self._title

    def logs(self) -> list[LogFile]:
        return []

    def groups(self) -> list[str]:
        return []

    def has(self, path: str) -> bool:
        return path in self._there

    def read(self, path: str) -> bytes | None:  # noqa: ARG002  # a place's shape
        return None

    def write(self, path: str, content: bytes) -> None:
        if path not in self._there:
            self._there.add(path)
            self._zip.writestr(zipfile.ZipInfo(f"{self._root}/{path}", _DATE), content)

    def put_off(self, path: str) -> None:  # noqa: ARG002  # a place's shape
        raise ValueError("nothing is read from a bundle that is being written")


@contextmanager
def writing_bundle(path: Path, visit: str, owner: str = "") -> Iterator[BundleWriter]:
    """The bundle at `path`, whole when the block ends well, not there when it raises.

    `owner` is the laptop that writes it: what it left half written in that folder earlier is removed.
    """
    if not is_folder(path.parent):
        raise PlaceGone(
            f"There is no folder “{path.parent}”. Check that the stick or the share is connected and try "
            "again. Nothing was written."
        )
    mark = names.short(owner)
    if mark:
        sweep_own(path.parent, mark)
    try:
        with writing_aside(path, owner=mark) as out:
            hashing = _Hashing(out)
            with zipfile.ZipFile(cast("Any", hashing), "w", zipfile.ZIP_STORED) as archive:
                archive.comment = _MARK + b"0" * _DIGEST
                yield BundleWriter(archive, visit, path.name)
            hashing.finish()
    except DiskFault as fault:
        if isinstance(fault.__cause__, OSError) and fault.__cause__.errno == errno.EFBIG:
            raise TooLargeForDrive(path.name) from fault
        raise


class _Hashing:
    """A stream that cannot go back, and ends with the hash of all that was written to it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._hash = hashlib.sha256()
        self._held = b""

    def write(self, content: bytes) -> int:
        held = self._held + content
        self._put(held[:-_DIGEST])
        self._held = held[-_DIGEST:]
        return len(content)

    def flush(self) -> None:
        """What is held back is written at the end."""

    def finish(self) -> None:
        self._out.write(self._hash.hexdigest().encode())

    def _put(self, content: bytes) -> None:
        self._hash.update(content)
        self._out.write(content)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise PlaceGone(f"There is no file “{path}”. Nothing was taken.") from None
    except IsADirectoryError:
        raise NotABundle(path.name) from None
    except OSError as fault:
        if is_folder(path):
            raise NotABundle(path.name) from None
        raise refusal_for(fault, f"“{path.name}” could not be read") from fault


def _check_whole(file: BinaryIO, name: str) -> None:
    start = file.read(4)
    if start != b"PK\x03\x04":
        raise NotABundle(name)
    size = file.seek(0, 2)
    if size < len(_MARK) + _DIGEST + 22:
        raise BundleDamaged(name)
    file.seek(size - _DIGEST - len(_MARK))
    mark, told = file.read(len(_MARK)), file.read(_DIGEST)
    if mark != _MARK and mark.startswith(_ANY_MARK):
        raise BundleNewer(name)
    if mark != _MARK or told != _hash_of(file, size - _DIGEST):
        raise BundleDamaged(name)


def _check_list(file: BinaryIO, name: str) -> None:
    """How long the ZIP says its list of members is, before it is read; of a long one further up."""
    end = file.seek(0, 2) - len(_MARK) - _DIGEST - _END.size
    file.seek(end)
    sign, *_, count, length, _start, _comment = _END.unpack(file.read(_END.size))
    if sign != b"PK\x05\x06":
        raise BundleDamaged(name)
    if count == _ELSEWHERE_16 or length == _ELSEWHERE_32:
        file.seek(max(0, end - _LOCATOR - _END_64.size))
        sign, *_, count, length, _start = _END_64.unpack(file.read(_END_64.size))
        if sign != b"PK\x06\x06":
            raise BundleDamaged(name)
    if count > MOST_FILES or length > _MOST_LISTED:
        raise ForeignMember(name)


def _hash_of(file: BinaryIO, length: int) -> bytes:
    file.seek(0)
    found, left = hashlib.sha256(), length
    while left and (block := file.read(min(_BLOCK, left))):
        found.update(block)
        left -= len(block)
    return found.hexdigest().encode()


def _checked_members(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """Members by their path below the visit's folder; one that is not ours refuses the whole bundle."""
    members = archive.infolist()
    if not 1 <= len(members) <= MOST_FILES:
        raise BundleDamaged(name)
    root = members[0].filename.partition("/")[0]
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        above, _, path = member.filename.partition("/")
        if above != root or path in found or not _is_ours(path) or not _is_plain(member):
            raise ForeignMember(name)
        found[path] = member
    return found


def _is_ours(path: str) -> bool:
    return path == names.FORMAT_NAME or names.log_file_at(path) is not None or names.is_piece_path(path)


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """Stored, not packed or locked, and no larger than any of our files."""
    return (
        member.compress_type == zipfile.ZIP_STORED
        and member.compress_size == member.file_size <= FILE_LIMIT
        and not member.flag_bits & 0x1
    )


class ForeignMember(Refusal):
    """The file hangs together, but holds something that no bundle of ours has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” holds files that do not belong in a bundle (a name outside the visit, twice the same, "
            "too large or packed), so nothing was taken from it. What is on this laptop is safe."
        )
