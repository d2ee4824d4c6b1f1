"""The search for markers finds them in every form: or it would prove nothing."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.faults.markers import Search

WORD = "Q7x123456789z"
TEXT = f"Here {WORD} is."


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", TEXT * 9)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.upper().encode(),
        b"\0" + TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"x" * 7 + base64.b64encode(TEXT.encode()),
        base64.b64encode(b"." + TEXT.encode()),
        base64.b64encode(b".." + TEXT.encode()),
        TEXT.encode().hex().encode(),
        b"junk" + zlib.compress(TEXT.encode() * 9),
        gzip.compress(TEXT.encode()),
        packed(),
    ],
    ids=["plain", "capitals", "utf16le", "utf16be", *"012", "hex", "zlib", "gzip", "zip"],
)
def test_every_form_of_a_word_is_found(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    search = Search({"the word": WORD}, {})
    search.look_through(tmp_path)
    assert any(find.startswith("the word") for find in search.found)


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff\xe0\0\x10JFIF", b"..\x89PNG\r\n\x1a\n", b"\0%PDF-1.7", packed()]
)
def test_headers_and_bytes_of_pictures_are_found(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    search = Search({}, {"the middle": content[3:7]})
    search.look_through(tmp_path)
    assert any(find.startswith("a header of") for find in search.found)
    assert any(find.startswith("the middle") for find in search.found)


def test_names_of_files_and_folders_are_looked_at_and_what_is_left_out_is_not(tmp_path: Path) -> None:
    (tmp_path / WORD).mkdir()
    (tmp_path / WORD / f"{WORD}.txt").write_bytes(b"")
    search = Search({"the word": WORD}, {})
    search.look_through(tmp_path, leave_out=[tmp_path / WORD])
    assert search.found == set()
    search.look_through(tmp_path)
    assert len(search.found) == 2
