"""Tells by content whether foreign bytes are an Excel workbook that may be parsed, before it is parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MOST_RATIO = 200
MOST_PARTS = 2000

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_STRICT = b"//purl.oclc.org/ooxml/spreadsheetml/main"
_BLOCK = 1 << 16


class TurnedAway(Exception):
    """`reason` ends a sentence that begins with the file's name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """What a workbook may cost, and what it should be, in words.

    `most_unpacked` and `memory` are bytes, `seconds` are of work; `most_rows` are those that hold something.
    """

    most_unpacked: int
    most_rows: int
    most_columns: int
    purpose: str
    memory: int = 2 * 1024**3
    seconds: int = 120


def check_workbook(raw: bytes, limits: Limits) -> None:
    """Raises `TurnedAway` unless it is a plain `.xlsx` or `.xlsm`, whole, unlocked and within every limit."""
    if raw.startswith(_OLD_OFFICE):
        raise TurnedAway(_old_office(raw))
    if not raw.startswith(b"PK"):
        raise TurnedAway(_not_an_archive(raw))
    try:
        _check_archive(raw, limits)
    except TurnedAway:
        raise
    except Exception as fault:  # noqa: BLE001  # zipfile and zlib meet damage with whatever they trip over
        raise TurnedAway(reason_of(fault)) from None


def reason_of(fault: Exception) -> str:
    """What a library tripped over, as the reason to turn a workbook away."""
    lacking = isinstance(fault, zlib.error) and str(fault).startswith("Error -4 ")  # Z_MEM_ERROR
    if lacking or isinstance(fault, MemoryError):
        return "the workbook is too large to be read."
    return "the workbook is damaged; open it in Excel and save it again."


def _old_office(raw: bytes) -> str:
    if _ENCRYPTED in raw:
        return "the workbook is protected with a password; save a copy without one."
    return "it is an old Excel file (.xls) or another old Office file; save it as .xlsx."


def _not_an_archive(raw: bytes) -> str:
    head = raw[:4096]
    if head.startswith(b"%PDF"):
        return "it is a PDF, not an Excel workbook."
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "it is a web page or XML, not an Excel workbook; open it in Excel and save it as .xlsx."
    if b"\0" not in head and _is_text(head):
        return "it is a text file such as CSV, not an Excel workbook; open it in Excel and save it as .xlsx."
    return "it is not an Excel workbook."


def _is_text(head: bytes) -> bool:
    printable = sum(byte >= 0x20 or byte in b"\r\n\t" for byte in head)
    return printable == len(head)


def _check_archive(raw: bytes, limits: Limits) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
        _refuse_bombs(parts, limits)
        _refuse_other_kinds(archive)
        if any(part.flag_bits & 1 for part in parts):
            raise TurnedAway("the workbook is protected with a password; save a copy without one.")
        for part in parts:
            _refuse_doctype(archive, part)


def _refuse_bombs(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """By the sizes that the archive states; a part that unpacks to more is refused when it is read."""
    if len(parts) > MOST_PARTS:
        raise TurnedAway(f"the workbook has too many parts to be {limits.purpose}.")
    swollen = any(part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts)
    if swollen or sum(part.file_size for part in parts) > limits.most_unpacked:
        raise TurnedAway(f"the workbook unpacks to far more than {limits.purpose} needs.")


def _refuse_other_kinds(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "mimetype" in names:
        kind = archive.read("mimetype")[:80]
        if b"opendocument.spreadsheet" in kind:
            raise TurnedAway("it is an OpenDocument sheet (.ods); save it as .xlsx.")
    if "xl/workbook.bin" in names:
        raise TurnedAway("it is a binary Excel workbook (.xlsb); save it as .xlsx.")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise TurnedAway("it is a document or presentation, not an Excel workbook.")
    if "xl/workbook.xml" in names and _STRICT in next(
        _blocks(archive, archive.getinfo("xl/workbook.xml")), b""
    ):
        raise TurnedAway("it is a “Strict Open XML” workbook; save it as “Excel Workbook (.xlsx)”.")
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise TurnedAway("it is an archive, not an Excel workbook; unpack it first.")


def _refuse_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Office never writes one; entity bombs need one. Reading each part also proves its size and checksum."""
    tail = b""
    for block in _blocks(archive, part):
        window = tail + block
        if any(mark in window for mark in _DOCTYPES):
            raise TurnedAway("the workbook holds something that Excel never writes, so it is not opened.")
        tail = window[-32:]


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as file:
        while block := file.read(_BLOCK):
            yield block
