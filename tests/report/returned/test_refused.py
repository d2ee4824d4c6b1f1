"""Files that are no workbook of this visit: each is refused with one sentence, and nothing is left behind."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.returned import book as returned_book
from qsin_desktop.report.returned.outcome import CannotReadReturn
from qsin_desktop.report.returned.reader import read_return
from tests.report.returned.returning import (
    FIRST,
    Edit,
    after_sending,
    filled_in,
    returned,
    sent,
    small_visit,
    told,
)

TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.fixture(scope="module")
def snapshot() -> VisitSnapshot:
    return small_visit()


@pytest.fixture(scope="module")
def content(snapshot: VisitSnapshot, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return sent(snapshot, tmp_path_factory.mktemp("sent")).read_bytes()


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def with_part(content: bytes, ending: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with every part changed whose name ends so."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert any(name.endswith(ending) for name in parts)
    return archive({name: change(part) if name.endswith(ending) else part for name, part in parts.items()})


def lying(content: bytes) -> bytes:
    """A part that says it is small and unpacks to far more."""
    padded = bytearray(with_part(content, "sheet2.xml", lambda part: part + b" " * 5_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(padded))) as book:
        size = next(i.file_size for i in book.infolist() if i.filename.endswith("sheet2.xml"))
    at = padded.rfind(struct.pack("<I", size))
    padded[at : at + 4] = struct.pack("<I", 1000)
    return bytes(padded)


ODS = archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
CASES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "the file is empty."),
    "xls": (lambda _: OLD_OFFICE + b"\0" * 600, "it is an old Excel file (.xls)"),
    "password": (
        lambda _: OLD_OFFICE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "protected with a password; save a copy without one.",
    ),
    "ods": (lambda _: ODS, "it is an OpenDocument sheet (.ods); save it as .xlsx."),
    "csv": (lambda _: b"Number,Root cause\r\nF-001,No owner\r\n", "it is a text file such as CSV"),
    "web page": (lambda _: b"<html><table></table></html>", "it is a web page or XML"),
    "word": (lambda _: archive({"word/document.xml": b"<x/>"}), "it is a document or presentation"),
    "zip": (
        lambda _: archive({"a.txt": b"hello"}),
        "it is an archive, not an Excel workbook; unpack it first.",
    ),
    "pdf": (lambda _: b"%PDF-1.7\n\x00\x01", "it is a PDF, not an Excel workbook."),
    "strict": (
        lambda c: with_part(c, "workbook.xml", lambda part: part.replace(TRANSITIONAL, STRICT)),
        "it is a “Strict Open XML” workbook; save it as “Excel Workbook (.xlsx)”.",
    ),
    "cut off": (lambda content: content[: len(content) // 2], "the workbook is damaged"),
    "not xml": (lambda c: with_part(c, "sheet2.xml", lambda _: b"no xml"), "the workbook is damaged"),
    "no styles": (lambda c: with_part(c, "styles.xml", lambda _: b"<"), "the workbook is damaged"),
    "bomb": (
        lambda c: with_part(c, "sheet2.xml", lambda part: part + b" " * 60_000_000),
        "unpacks to far more than a findings workbook needs.",
    ),
    "lying size": (lying, "the workbook is damaged"),
    "entities": (
        lambda c: with_part(c, "sharedStrings.xml", lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part),
        "something that Excel never writes",
    ),
    "many parts": (
        lambda _: archive({f"xl/{n}.xml": b"" for n in range(2001)}),
        "too many parts to be a findings workbook.",
    ),
    "other workbook": (
        lambda _: archive({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
        "the workbook is damaged",
    ),
}


@pytest.mark.parametrize(("make", "reason"), CASES.values(), ids=CASES.keys())
def test_one_sentence_each_and_nothing_left_behind(
    snapshot: VisitSnapshot, content: bytes, tmp_path: Path, make: Callable[[bytes], bytes], reason: str
) -> None:
    path = tmp_path / "answers.xlsx"
    path.write_bytes(make(content))
    before = path.read_bytes()
    with pytest.raises(CannotReadReturn) as refused:
        read_return(path, snapshot)
    assert refused.value.sentence.startswith("“answers.xlsx” was not read: ")
    assert reason in refused.value.sentence
    assert refused.value.sentence.endswith("Nothing was changed.")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == before


def test_parts_that_are_large_together(snapshot: VisitSnapshot, content: bytes, tmp_path: Path) -> None:
    block = bytes(range(256)) * 40
    part = b"".join(block[n % 256 :] + bytes([n % 251]) for n in range(300))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    path = tmp_path / "large.xlsx"
    path.write_bytes(archive(parts | {f"xl/media/{n}.bin": part for n in range(60)}))
    with pytest.raises(CannotReadReturn, match="unpacks to far more"):
        read_return(path, snapshot)


def test_a_bomb_costs_nothing(snapshot: VisitSnapshot, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(CASES["bomb"][0](content))
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(CannotReadReturn):
        read_return(path, snapshot)
    spent, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
    assert spent < 5


def test_a_file_larger_than_any_workbook(
    snapshot: VisitSnapshot, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returned_book, "MOST_BYTES", len(content) - 1)
    path = tmp_path / "big.xlsx"
    path.write_bytes(content)
    with pytest.raises(CannotReadReturn, match="it is larger than"):
        read_return(path, snapshot)


def test_more_rows_than_any_visit_has(
    snapshot: VisitSnapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returned_book, "LIMITS", replace(returned_book.LIMITS, most_rows=6))
    with pytest.raises(CannotReadReturn, match="the sheet “Findings” has more than 6 rows"):
        read_return(sent(snapshot, tmp_path), snapshot)


def test_places_that_are_no_files(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    with pytest.raises(CannotReadReturn, match="it is a folder"):
        read_return(tmp_path, snapshot)
    with pytest.raises(CannotReadReturn, match="there is no such file"):
        read_return(tmp_path / "gone.xlsx", snapshot)


@pytest.mark.parametrize("name", ["~$findings.xlsx", ".~lock.findings.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_told_and_its_mark_is_no_workbook(
    snapshot: VisitSnapshot, tmp_path: Path, name: str
) -> None:
    path = sent(snapshot, tmp_path)
    before = told(read_return(path, after_sending(snapshot)))
    mark = path.with_name(name)
    mark.write_text(",R. Patel,laptop,24.11.2026")
    now = told(read_return(path, after_sending(snapshot)))
    assert (before, "seems to be open in Excel or LibreOffice" in now) == ("", True)
    with pytest.raises(CannotReadReturn, match="choose the workbook itself"):
        read_return(mark, snapshot)


def test_another_visits_workbook(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    path = sent(replace(snapshot, visit_id="another"), tmp_path)
    with pytest.raises(CannotReadReturn, match="it belongs to another visit"):
        read_return(path, snapshot)


def _strip_identity(book: object, _findings: object) -> None:
    del book["qsin"]  # type: ignore[attr-defined]
    book.custom_doc_props.props.clear()  # type: ignore[attr-defined]


def test_another_visits_workbook_without_its_identity(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    strange = replace(snapshot, findings=tuple(replace(f, id=f"x{f.id}") for f in snapshot.findings))
    with pytest.raises(CannotReadReturn, match="none of its rows belongs to a finding of this visit"):
        returned(strange, tmp_path, _strip_identity, against=snapshot)


def _newer(book: object, _findings: object) -> None:
    for row in book["qsin"].iter_rows():  # type: ignore[index]
        if row[0].value == "QSIN workbook format":
            row[1].value = "2"


def _no_ids(_book: object, findings: object) -> None:
    place = findings.place(4, "Finding id")  # type: ignore[attr-defined]
    findings.sheet.delete_cols(findings.sheet[place].column, 3)  # type: ignore[attr-defined]


def _no_sheet(book: object, _findings: object) -> None:
    del book["Findings"]  # type: ignore[attr-defined]


def _no_header(_book: object, findings: object) -> None:
    findings.sheet.delete_rows(4)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (_newer, "made by a newer version"),
        (_no_ids, "its hidden column “Finding id” is gone"),
        (_no_sheet, "its sheet of findings is gone"),
        (_no_header, "has no header of findings any more"),
    ],
)
def test_workbooks_that_cannot_be_matched(
    snapshot: VisitSnapshot, tmp_path: Path, edit: Edit, reason: str
) -> None:
    with pytest.raises(CannotReadReturn, match=reason):
        returned(snapshot, tmp_path, edit)


def test_a_name_that_hides_something_is_shown_whole(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    with pytest.raises(CannotReadReturn) as refused:
        read_return(tmp_path / "a\u202exslx.exe", snapshot)
    assert "\u202e" not in refused.value.sentence


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_damaged_byte_never_crashes(
    snapshot: VisitSnapshot, content: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    raw = bytearray(content)
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(raw)
    try:
        back = read_return(path, snapshot)
    except CannotReadReturn:
        return
    assert back.differences == ()


def test_a_hostile_text_is_read_as_a_text(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    path = sent(snapshot, tmp_path)
    with filled_in(path) as (_, findings):
        cell = findings.sheet[findings.place(FIRST, Response.OWNER)]
        cell.value, cell.data_type = '=HYPERLINK("http://example.org","x")', "s"
    (found,) = read_return(path, snapshot).differences
    assert found.after == '=HYPERLINK("http://example.org","x")'
