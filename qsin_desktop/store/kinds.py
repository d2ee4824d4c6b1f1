"""What a file is, told by its content and not by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO, Final

from qsin_desktop.store.kind_containers import (
    OLE_MAGIC,
    OLE_SECTOR,
    media_type,
    ole_directory,
    ole_type,
    zip_has_password,
    zip_type,
)
from qsin_desktop.store.kind_table import ENDINGS, KNOWN, UNKNOWN, ContentKind, misnamed
from qsin_desktop.store.kind_texts import text_type

__all__ = ["HEAD_BYTES", "ContentKind", "kind_of", "kind_of_file"]

HEAD_BYTES: Final = 64 * 1024

_PDF: Final = re.compile(rb"%PDF-\d\.\d")
_PDF_WITHIN: Final = 1024  # readers look for the header in the first kilobyte
_STARTS: Final = (
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xca\xfe\xba\xbe", "application/x-mach-binary"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    (b"{\\rtf", "application/rtf"),
)
_LEAST_PROGRAM: Final = 64  # “MZ” begins ordinary words too


def kind_of(head: bytes, name: str, size: int, *, tail: bytes = b"") -> ContentKind:
    """The kind by the first bytes (64 KiB are enough) and, for containers, the last.

    `name` only tells texts from each other, and is named in `warning` when it promises something else.
    """
    ending = _ending(name)
    kind = _by_content(head, ending, size, tail)
    if kind.group == "program" and kind.mime != "text/x-script" and ending not in ENDINGS[kind.mime]:
        return kind.warned(f"Its name ends in “.{ending}”.") if ending else kind
    if misnamed(kind, ending):
        return kind.warned(f"Its name ends in “.{ending}”, but it is: {kind.label}.")
    return kind


def kind_of_file(source: Path | BinaryIO, name: str | None = None) -> ContentKind:
    """Looks at both ends of a seekable file; a stream is left where it was. Raises `OSError`."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            return _of_stream(file, name if name is not None else source.name)
    stood = source.tell()
    try:
        return _of_stream(source, name or "")
    finally:
        source.seek(stood)


def _of_stream(file: BinaryIO, name: str) -> ContentKind:
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(max(0, size - HEAD_BYTES))
    tail = file.read(HEAD_BYTES)
    place = ole_directory(head, size) if head.startswith(OLE_MAGIC) else None
    if place is not None:
        file.seek(place)
        tail += file.read(OLE_SECTOR)
    return kind_of(head, name, size, tail=tail)


def _by_content(head: bytes, ending: str, size: int, tail: bytes) -> ContentKind:
    container = zip_type(head, tail, ending)
    if container is not None:
        kind = KNOWN.get(container, KNOWN["application/zip"])
        return kind.warned("It asks for a password.") if zip_has_password(head) else kind
    mime = _by_signature(head, tail) or _by_library(head) or _late_pdf(head)
    mime = mime or text_type(head, ending, whole=len(head) >= size)
    return KNOWN.get(mime or "", UNKNOWN)


def _by_signature(head: bytes, tail: bytes) -> str | None:
    if _PDF.match(head):
        return "application/pdf"
    if head.startswith(OLE_MAGIC):
        return ole_type(head + tail)
    if head[128:132] == b"DICM":
        return "application/dicom"
    for start, mime in _STARTS:
        if head.startswith(start) and not (start == b"MZ" and not _is_program(head)):
            return mime
    return media_type(head)


def _is_program(head: bytes) -> bool:
    return len(head) >= _LEAST_PROGRAM and b"\0" in head[:_LEAST_PROGRAM]


def _by_library(head: bytes) -> str | None:
    import filetype

    found = filetype.guess(head)
    mime = str(found.mime) if found is not None else None
    # It takes any text that begins with “MZ” for a program; ours looks closer.
    return None if mime == "application/x-msdownload" else mime


def _late_pdf(head: bytes) -> str | None:
    return "application/pdf" if _PDF.search(head, 0, _PDF_WITHIN) else None


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
