"""A file is told by its content before it is parsed; what is no plain workbook gets one sentence."""

from __future__ import annotations

import io
import random
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qsin_desktop.packs.refusals import SheetRefused
from qsin_desktop.packs.sheets import check_sheet, import_sheet
from qsin_desktop.packs.shipped import pack_template

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def template_with(**changed: bytes) -> bytes:
    """The template with the parts changed whose names (without folder and ending) are given."""
    with zipfile.ZipFile(pack_template()) as book:
        return archive({name: changed.get(Path(name).stem, book.read(name)) for name in book.namelist()})


def _encrypted_flag() -> bytes:
    raw = bytearray(template_with())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(signature)
        raw[at + offset] |= 1
    return bytes(raw)


def _lying_size() -> bytes:
    """A part that says it is small and unpacks to far more."""
    raw = bytearray(template_with(sheet3=b"<x>" + b" " * 5_000_000 + b"</x>"))
    at = raw.find(struct.pack("<I", 5_000_007), raw.find(b"PK\x01\x02"))
    assert at > 0
    raw[at : at + 4] = struct.pack("<I", 100)
    return bytes(raw)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'

CASES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty."),
    "xls": (OLD_OFFICE + b"\0" * 600, "it is an old Excel file (.xls)"),
    "password": (
        OLD_OFFICE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "protected with a password",
    ),
    "csv": (b"series code,series title\r\n300,Support\r\n", "it is a text file such as CSV"),
    "utf8": ("réseau;être\n".encode(), "it is a text file such as CSV"),
    "html": (b"\xef\xbb\xbf <html><table></table></html>", "it is a web page or XML"),
    "ods": (
        archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "it is an OpenDocument sheet",
    ),
    "docx": (archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "it is a document"),
    "xlsb": (
        archive({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}),
        "it is a binary Excel workbook",
    ),
    "zip": (archive({"readme.txt": b"hello"}), "it is an archive, not an Excel workbook; unpack it first."),
    "pdf": (b"%PDF-1.7\n\x00\x01", "it is a PDF, not an Excel workbook."),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", "it is not an Excel workbook."),
    "cut": (template_with()[:3000], "the workbook is damaged"),
    "part missing": (
        archive({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}),
        "the workbook is damaged",
    ),
    "not xml": (template_with(sheet3=b"not xml"), "the workbook is damaged"),
    "locked parts": (_encrypted_flag(), "protected with a password"),
    "lying": (_lying_size(), "the workbook is damaged"),
    "bomb": (template_with(sheet3=b"<x>" + b" " * 60_000_000), "unpacks to far more"),
    "entities": (template_with(sheet3=ENTITIES), "something that Excel never writes"),
    "wide entities": (
        template_with(sheet3=ENTITIES.decode().encode("utf-16")),
        "something that Excel never writes",
    ),
    "many parts": (archive({f"{number}": b"" for number in range(2001)}), "too many parts"),
}


@pytest.mark.parametrize(("content", "reason"), CASES.values(), ids=CASES.keys())
def test_one_sentence_each(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "renamed.xlsx"
    path.write_bytes(content)
    (error,) = check_sheet(path)
    assert reason in error.reason
    with pytest.raises(
        SheetRefused, match=r"^The sheet “renamed\.xlsx” cannot be used: .* Nothing was changed\.$"
    ):
        import_sheet(path, tmp_path / "out.yaml")
    assert not (tmp_path / "out.yaml").exists()


def test_many_parts_that_are_large_together(tmp_path: Path) -> None:
    block = random.Random(1).randbytes(8192) * 128  # packs far below the ratio that gives a bomb away
    path = tmp_path / "large.xlsx"
    path.write_bytes(archive({"[Content_Types].xml": b"<x/>"} | {f"xl/{n}": block for n in range(65)}))
    with zipfile.ZipFile(path) as made:
        assert all(part.file_size < 150 * part.compress_size for part in made.infolist())
    (error,) = check_sheet(path)
    assert "unpacks to far more" in error.reason


def test_a_bomb_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(CASES["bomb"][0])
    tracemalloc.start()
    started = time.process_time()
    assert check_sheet(path)
    spent, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
    assert spent < 5


def test_places_that_are_no_files(tmp_path: Path) -> None:
    assert [str(error) for error in check_sheet(tmp_path)] == ["it is a folder, not a file."]
    assert [str(error) for error in check_sheet(tmp_path / "gone.xlsx")] == ["there is no such file."]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_damaged_byte_never_crashes(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(pack_template().read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(raw)
    assert check_sheet(path)  # the template as it is has errors too: it is not filled in
