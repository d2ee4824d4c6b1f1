from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import wave
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from qsin_desktop.store.kind_table import ENDINGS, KNOWN, MACROS
from qsin_desktop.store.kinds import HEAD_BYTES, ContentKind, kind_of, kind_of_file

GROUPS = {
    *("photo", "image", "pdf", "document", "sheet", "slides", "audio", "video"),
    *("text", "archive", "program", "other"),
}


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, form)
    return out.getvalue()


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Capacity policy")
    document.save(out)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def packed(entries: dict[str, bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def opendocument(mime: str) -> bytes:
    return packed({"mimetype": mime.encode(), "content.xml": b"<x/>"}, stored=True)


def office(folder: str, *more: str) -> bytes:
    names = ("[Content_Types].xml", "_rels/.rels", f"{folder}/main.xml", *more)
    return packed(dict.fromkeys(names, b"<x/>"))


def late_office() -> bytes:
    """Pictures first, so that the main part is named in the last bytes only."""
    entries = {f"docProps/{number}.bin": bytes(range(256)) * 500 for number in range(4)}
    return packed({**entries, "[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, stored=True)


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(8000)
        audio.writeframes(bytes(1600))
    return out.getvalue()


def ole(*streams: str, class_id: bytes = b"") -> bytes:
    """A compound file whose directory lies far from both ends."""
    sector = 300
    head = bytearray(512)
    head[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, sector)
    directory = b"".join(
        name.encode("utf-16-le").ljust(80, b"\0") + class_id.ljust(48, b"\0") for name in streams
    )
    before = bytes(512 * sector)
    return bytes(head) + before + directory.ljust(4096, b"\0") + bytes(200_000)


def media(major: bytes, *brands: bytes) -> bytes:
    box = b"ftyp" + major + b"\0\0\0\0" + b"".join(brands)
    return struct.pack(">I", len(box) + 4) + box + bytes(100)


def program() -> bytes:
    return b"MZ\x90\x00\x03" + bytes(60) + b"PE\0\0" + bytes(100)


MAIL = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Audit\r\n\r\nSee attached.\r\n"
SVG = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'

CASES: list[tuple[str, Callable[[], bytes] | bytes, str, str]] = [
    ("photo.jpg", lambda: picture("JPEG"), "photo", "JPEG photo"),
    ("scan.png", lambda: picture("PNG"), "image", "PNG image"),
    ("scan.tif", lambda: picture("TIFF"), "image", "TIFF image"),
    ("a.gif", lambda: picture("GIF"), "image", "GIF image"),
    ("a.bmp", lambda: picture("BMP"), "image", "Bitmap image"),
    ("a.webp", lambda: picture("WEBP"), "image", "WebP image"),
    ("IMG_1.HEIC", media(b"heic", b"mif1", b"heic"), "photo", "HEIC photo"),
    ("IMG_2.heic", media(b"mif1", b"heic"), "photo", "HEIC photo"),
    ("a.avif", media(b"mif1", b"avif"), "image", "AVIF image"),
    ("a.svg", SVG, "image", "SVG drawing"),
    ("policy.pdf", pdf, "pdf", "PDF document"),
    ("policy.pdf", lambda: b"\x1b%-12345X@PJL\r\n" * 12 + pdf(), "pdf", "PDF document"),
    ("policy.docx", word, "document", "Word document"),
    ("policy.docx", late_office, "document", "Word document"),
    ("policy.docm", lambda: office("word", "word/vbaProject.bin"), "document", "Word document"),
    ("policy.doc", lambda: ole("Root Entry", "WordDocument"), "document", "Word document (97-2003)"),
    ("policy.rtf", b"{\\rtf1\\ansi hello}", "document", "RTF document"),
    (
        "policy.odt",
        lambda: opendocument("application/vnd.oasis.opendocument.text"),
        "document",
        "OpenDocument text",
    ),
    ("mail.msg", lambda: ole("Root Entry", "__properties_version1.0"), "document", "Outlook message"),
    ("mail.eml", MAIL, "document", "E-mail message"),
    ("locked.xlsx", lambda: ole("EncryptedPackage"), "document", "Office document with a password"),
    ("model.xlsx", workbook, "sheet", "Excel workbook"),
    ("model.xlsb", lambda: office("xl", "xl/workbook.bin"), "sheet", "Excel workbook (binary)"),
    ("model.xls", lambda: ole("Workbook"), "sheet", "Excel workbook (97-2003)"),
    (
        "model.ods",
        lambda: opendocument("application/vnd.oasis.opendocument.spreadsheet"),
        "sheet",
        "OpenDocument sheet",
    ),
    ("register.csv", b"date,room,result\n2026-01-01,2,ok\n", "sheet", "CSV table"),
    ("register", b"date;room;result\n2026-01-01;2;ok\n2026-01-02;3;ok\n", "sheet", "CSV table"),
    ("talk.pptx", lambda: office("ppt"), "slides", "PowerPoint slides"),
    ("talk.ppt", lambda: ole("PowerPoint Document"), "slides", "PowerPoint slides (97-2003)"),
    ("talk.key", lambda: packed({"Index/Document.iwa": b"x"}), "slides", "Keynote slides"),
    ("note.wav", sound, "audio", "WAV audio"),
    ("note.m4a", media(b"M4A ", b"mp42"), "audio", "M4A audio"),
    ("note.mp3", b"ID3\x03\x00" + bytes(100), "audio", "MP3 audio"),
    ("walk.mp4", media(b"isom", b"mp42"), "video", "MP4 video"),
    ("walk.mov", media(b"qt  "), "video", "QuickTime video"),
    ("notes.txt", "Seen at Royal Wessex. Dŵr.\n".encode(), "text", "Plain text"),
    ("notes.txt", "Dŵr\n".encode("utf-16"), "text", "Plain text"),
    ("notes.txt", "caf\xe9 and more plain words\n".encode("cp1252"), "text", "Plain text"),
    ("notes.md", b"# Title\n\nWords\n", "text", "Markdown text"),
    ("a.json", b'{"a": [1, 2]}', "text", "JSON"),
    ("a.json", b'[{"a": 1}' + b', {"a": 1}' * 20_000 + b"]", "text", "JSON"),
    ("a.html", b"<!DOCTYPE html><html></html>", "text", "Web page"),
    ("a.xml", b'<?xml version="1.0"?><root/>', "text", "XML"),
    ("a.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "text", "Calendar entry"),
    ("a.zip", lambda: packed({"a.txt": b"x"}), "archive", "ZIP archive"),
    ("a.zip", lambda: packed({}), "archive", "ZIP archive"),
    ("a.zip", lambda: packed({"policy.docx": word()}, stored=True), "archive", "ZIP archive"),
    ("a.gz", b"\x1f\x8b\x08" + bytes(20), "archive", "GZIP archive"),
    ("scan.dcm", bytes(128) + b"DICM" + bytes(100), "other", "DICOM image"),
    ("a.lnk", b"\x4c\0\0\0\x01\x14\x02\0" + bytes(80), "other", "Windows shortcut"),
    ("setup.exe", program, "program", "Windows program"),
    (
        "setup.msi",
        lambda: ole("x", class_id=bytes.fromhex("84100c0000000000c000000000000046")),
        "program",
        "Windows installer",
    ),
    ("run.sh", b"#!/bin/sh\necho hello\n", "program", "Script"),
    ("run.ps1", b"Write-Host hello\n", "program", "Script"),
    ("a.jar", lambda: packed({"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}), "program", "Java program"),
    ("noise.bin", bytes(range(256)) * 4, "other", "File of an unknown kind"),
    ("MZ.txt", b"MZ is how this sentence begins, and it goes on for more than that.", "text", "Plain text"),
]


@pytest.mark.parametrize(
    ("name", "made", "group", "label"), CASES, ids=[f"{case[0]}-{case[3]}" for case in CASES]
)
def test_a_file_is_what_it_holds(
    tmp_path: Path, name: str, made: Callable[[], bytes] | bytes, group: str, label: str
) -> None:
    (tmp_path / name).write_bytes(made if isinstance(made, bytes) else made())
    kind = kind_of_file(tmp_path / name)
    assert (kind.group, kind.label) == (group, label)
    assert "Its name ends" not in kind.warning


BY_NAME_ONLY = (".txt", ".csv", ".md", ".ps1", ".key")


@pytest.mark.parametrize(
    ("made", "label"), [(made, label) for name, made, _, label in CASES if not name.endswith(BY_NAME_ONLY)]
)
def test_the_name_does_not_matter(made: Callable[[], bytes] | bytes, label: str) -> None:
    content = made if isinstance(made, bytes) else made()
    assert kind_of_file(io.BytesIO(content), "holiday").label == label


@pytest.mark.parametrize(
    ("name", "made", "warning"),
    [
        ("report.pdf", program, "It is a program, not a document: do not open it. Its name ends in “.pdf”."),
        ("report.pdf", lambda: picture("JPEG"), "Its name ends in “.pdf”, but it is: JPEG photo."),
        ("photo.jpg", pdf, "Its name ends in “.jpg”, but it is: PDF document."),
        ("list.xlsx", lambda: b"a,b\n1,2\n3,4\n4,5\n", "Its name ends in “.xlsx”, but it is: CSV table."),
        ("list.docm", lambda: office("word", "word/vbaProject.bin"), MACROS),
        ("scan.dcm", lambda: bytes(128) + b"DICM", "Files of this kind usually name a patient."),
        ("notes.log", lambda: b'{"a": 1}', ""),
        ("notes.xyz", pdf, ""),
        ("fine.pdf", pdf, ""),
    ],
)
def test_what_deserves_a_word_is_said(name: str, made: Callable[[], bytes], warning: str) -> None:
    assert kind_of_file(io.BytesIO(made()), name).warning == warning


def test_the_running_python_is_a_program() -> None:
    kind = kind_of_file(Path(sys.executable).resolve(), "policy.pdf")
    assert kind.group == "program"
    assert "“.pdf”" in kind.warning


def test_a_zip_that_asks_for_a_password_says_so() -> None:
    content = bytearray(packed({"a.txt": b"x"}))
    content[6] |= 1
    kind = kind_of_file(io.BytesIO(bytes(content)), "a.zip")
    assert kind.warning == "It asks for a password."


def test_a_stream_stays_where_it_stood() -> None:
    stream = io.BytesIO(picture("PNG"))
    stream.seek(5)
    assert kind_of_file(stream).label == "PNG image"
    assert stream.tell() == 5


def test_the_head_alone_is_enough_for_most() -> None:
    assert kind_of(workbook()[:HEAD_BYTES], "a.xlsx", 10**9).label == "Excel workbook"
    assert kind_of(picture("JPEG")[:512], "a", 10**7).label == "JPEG photo"
    assert kind_of("ŵ".encode() * 10 + b"\xc5", "a.txt", 10**7).label == "Plain text"


def test_an_archive_inside_an_archive_does_not_speak_for_it() -> None:
    """Also when only the beginning is at hand."""
    content = packed({"a.txt": b"x", "policy.docx": word()}, stored=True)
    assert kind_of(content, "a.zip", 10**7).label == "ZIP archive"


def test_deeply_nested_json_is_only_text() -> None:
    assert kind_of_file(io.BytesIO(b"[" * 60_000 + b"]" * 2), "a").group in GROUPS


STARTS = [
    *(b"", b"PK\x03\x04", b"PK\x05\x06", bytes.fromhex("d0cf11e0a1b11ae1"), b"%PDF-1.7"),
    *(b"\0\0\0\x40ftyp", b"\xff\xd8\xff", b"<?xml ", b"{", b"RIFF", b"MZ", b"ID3"),
]


@given(st.binary(max_size=400), st.text(max_size=12), st.sampled_from(STARTS))
def test_any_bytes_have_a_kind(content: bytes, name: str, start: bytes) -> None:
    kind = kind_of_file(io.BytesIO(start + content), name)
    assert isinstance(kind, ContentKind)
    assert kind.group in GROUPS
    assert kind.label


def test_the_table_is_in_order() -> None:
    assert {kind.group for kind in KNOWN.values()} == GROUPS
    assert all(kind.extension in ENDINGS[mime] or not kind.extension for mime, kind in KNOWN.items())


def test_a_real_file_agrees_with_an_independent_tool(tmp_path: Path) -> None:
    """`file` knows most kinds too; where it is installed it must say the same."""
    for name, made in {
        "a.pdf": pdf(),
        "a.png": picture("PNG"),
        "a.json": json.dumps({"a": 1}).encode(),
    }.items():
        (tmp_path / name).write_bytes(made)
        try:
            told = subprocess.run(
                ["file", "-b", "--mime-type", tmp_path / name], capture_output=True, text=True, check=True
            )
        except FileNotFoundError:
            pytest.skip("`file` is not installed")
        assert kind_of_file(tmp_path / name).mime == told.stdout.strip()
