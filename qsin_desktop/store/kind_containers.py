"""What lies inside a container, told from its listing alone: ZIP (Office, OpenDocument), OLE, ISO media."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_SECTOR: Final = 4096

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_OOXML: Final = "application/vnd.openxmlformats-officedocument."
# folder of the main part: type, type with macros
_OFFICE: Final = {
    "word/": (_OOXML + "wordprocessingml.document", "application/vnd.ms-word.document.macroenabled.12"),
    "xl/": (_OOXML + "spreadsheetml.sheet", "application/vnd.ms-excel.sheet.macroenabled.12"),
    "ppt/": (
        _OOXML + "presentationml.presentation",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    ),
    "visio/": ("application/vnd.visio", "application/vnd.visio"),
}
_APPLE: Final = {
    "pages": "application/vnd.apple.pages",
    "numbers": "application/vnd.apple.numbers",
    "key": "application/vnd.apple.keynote",
}
_STREAMS: Final = (
    ("EncryptedPackage", "application/x-encrypted-office"),
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("__nameid_version1.0", "application/vnd.ms-outlook"),
)
_MSI_CLASS: Final = bytes.fromhex("84100c0000000000c000000000000046")
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_BRANDS: Final = {
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"M4V ": "video/x-m4v",
    b"qt  ": "video/quicktime",
    b"crx ": "image/x-canon-cr3",
    b"jp2 ": "image/jpx",
}


def zip_type(head: bytes, tail: bytes, ending: str) -> str | None:
    """The type of a ZIP by the names in it; `ending` only tells Apple's three apart. None for no ZIP."""
    if not head.startswith((_LOCAL, _END)):
        return None
    declared = _declared(head)
    if declared:
        return declared
    names = set(_listed(tail)) or set(_local_names(head))
    return _office(names) or _packed_program(names) or _apple(names, ending) or "application/zip"


def zip_has_password(head: bytes) -> bool:
    return len(head) > 7 and head.startswith(_LOCAL) and bool(head[6] & 1)


def ole_type(content: bytes) -> str:
    """`content` is the head of the file and whatever of its directory is at hand."""
    if _MSI_CLASS in content:
        return "application/x-msi"
    found = (mime for stream, mime in _STREAMS if stream.encode("utf-16-le") in content)
    return next(found, "application/x-ole-storage")


def ole_directory(head: bytes, size: int) -> int | None:
    """Where the directory of an OLE file begins, if its header can be believed."""
    if len(head) < 52:
        return None
    (shift,), (sector,) = struct.unpack_from("<H", head, 30), struct.unpack_from("<I", head, 48)
    place = int((sector + 1) << shift) if shift in (9, 12) else size
    return place if place < size else None


def media_type(head: bytes) -> str | None:
    """ISO base media by its brands: HEIC, AVIF, MP4, QuickTime, 3GP."""
    if head[4:8] != b"ftyp":
        return None
    length = min(int.from_bytes(head[:4], "big"), 256, len(head))
    major, brands = head[8:12], {head[at : at + 4] for at in range(16, length - 3, 4)} | {head[8:12]}
    if brands & {b"avif", b"avis"}:
        return "image/avif"
    if brands & _HEIC:
        return "image/heic"
    if major.startswith(b"3g"):
        return "video/3gpp"
    return _BRANDS.get(major, "video/mp4")


def _declared(head: bytes) -> str | None:
    """OpenDocument and EPUB keep their type as plain text in the first entry."""
    if head[30:38] != b"mimetype" or len(head) < 39:
        return None
    length = min(int.from_bytes(head[18:22], "little"), 100)
    start = 38 + int.from_bytes(head[28:30], "little")
    return head[start : start + length].decode("ascii", "replace").strip().removesuffix("-template") or None


def _office(names: set[str]) -> str | None:
    if not names & {"[Content_Types].xml", "_rels/.rels"}:
        return None
    for folder, (plain, macros) in _OFFICE.items():
        if any(name.startswith(folder) for name in names):
            if folder + "workbook.bin" in names:
                return "application/vnd.ms-excel.sheet.binary.macroenabled.12"
            return macros if folder + "vbaProject.bin" in names else plain
    return None


def _packed_program(names: set[str]) -> str | None:
    if "AndroidManifest.xml" in names:
        return "application/vnd.android.package-archive"
    is_java = "META-INF/MANIFEST.MF" in names and any(name.endswith(".class") for name in names)
    return "application/java-archive" if is_java else None


def _apple(names: set[str], ending: str) -> str | None:
    is_apple = any(name.startswith("Index/") and name.endswith(".iwa") for name in names)
    return _APPLE.get(ending) if is_apple else None


def _listed(tail: bytes) -> Iterator[str]:
    """Names in the central directory, as much of it as lies in the last bytes of the file."""
    end = tail.rfind(_END)
    if end < 0 or end + 22 > len(tail):
        return
    (length,) = struct.unpack_from("<I", tail, end + 12)
    at = end - length if length <= end else tail.find(_CENTRAL)
    while 0 <= at < end and tail.startswith(_CENTRAL, at):
        name, extra, comment = struct.unpack_from("<3H", tail, at + 28)
        yield tail[at + 46 : at + 46 + name].decode("utf-8", "replace")
        at += 46 + name + extra + comment


def _local_names(head: bytes) -> Iterator[str]:
    """Names before the entries themselves; archives packed inside without compression may add theirs."""
    at = head.find(_LOCAL)
    while 0 <= at <= len(head) - 30:
        flags, stored, name, extra = struct.unpack_from("<6xH10xI4x2H", head, at)
        yield head[at + 30 : at + 30 + name].decode("utf-8", "replace")
        skipped = 0 if flags & 8 else stored  # with this flag the size stands behind the entry
        at = head.find(_LOCAL, at + 30 + name + extra + skipped)
