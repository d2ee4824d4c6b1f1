"""The workbook in other programs: LibreOffice opens and saves it, an auditor of the file format passes it."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pytest

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.workbook.identity import Response, row_hash
from tests.report.make_snapshot import make_snapshot
from tests.report.workbook.reading import HOSTILE, columns_of, made, opened, sheet_of, table_of

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
needs_auditor = pytest.mark.skipif(
    importlib.util.find_spec("openxml_audit") is None, reason="openxml-audit is not installed"
)
# Every sheet as a file of its own, UTF-8, quoted where needed, cells as they are shown.
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


@pytest.fixture(scope="module")
def snapshot() -> VisitSnapshot:
    """Hostile texts in every column of words, long ones, and enough sites to wrap."""
    visit = make_snapshot(findings=len(HOSTILE), sites=3, photos=2, network="Bath & Wells <Imaging>")
    findings = [
        replace(f, requirement=text, evidence=f"{text} 😀 Ŵyn", gap=text[::-1])
        for f, text in zip(visit.findings, HOSTILE, strict=True)
    ]
    findings[-1] = replace(findings[-1], evidence="A long account. " * 3_000)
    return replace(visit, findings=tuple(findings))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def path(snapshot: VisitSnapshot, folder: Path) -> Path:
    return made(snapshot, folder)


def converted(path: Path, kind: str, out: Path) -> Path:
    assert OFFICE is not None
    profile = (path.parent / "profile").as_uri()
    command = [
        OFFICE,
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        kind,
        "--outdir",
        str(out),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    return out


@needs_office
def test_libreoffice_reads_every_text_as_it_stands(path: Path, folder: Path) -> None:
    out = converted(path, _CSV, folder / "csv")
    compared = 0
    for sheet in opened(path).worksheets:
        with (out / f"findings-{sheet.title}.csv").open(encoding="utf-8", newline="") as file:
            csv.field_size_limit(1_000_000)
            rows = list(csv.reader(file))
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert rows[cell.row - 1][cell.column - 1] == cell.value, (
                        f"{sheet.title}!{cell.coordinate}"
                    )
                    compared += 1
    assert compared > 1_500


@needs_office
def test_libreoffice_prints_every_finding_on_numbered_landscape_pages(
    snapshot: VisitSnapshot, path: Path, folder: Path
) -> None:
    import pypdfium2

    out = converted(path, "pdf", folder / "pdf")
    with pypdfium2.PdfDocument(out / "findings.pdf") as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
        assert all(page.get_width() > page.get_height() for page in pdf)
    text = "\n".join(pages)
    assert all(f.number in text for f in snapshot.findings)
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1))
    assert all("DRAFT 3" in page for page in pages)
    assert "Root cause" in text


@needs_office
def test_what_libreoffice_saves_can_still_be_told_row_by_row(
    snapshot: VisitSnapshot, path: Path, folder: Path
) -> None:
    out = converted(path, "xlsx", folder / "saved") / "findings.xlsx"
    sheet = sheet_of(out, "Findings")
    for row in table_of(sheet):
        recorded: list[Any] = [value for title, value in row.items() if title != "In full"][:10]
        read = [v.date() if isinstance(v, datetime) else v for v in recorded]
        assert row["Row hash"] == row_hash(snapshot.visit_id, row["Finding id"], read), row["Number"]
    columns = columns_of(sheet)
    assert all(columns[response.heading] for response in Response)
    assert not sheet[f"{columns['Root cause']}5"].protection.locked
    assert sheet["F5"].protection.locked
    assert sheet.column_dimensions[columns["Finding id"]].hidden
    assert len(sheet.data_validations.dataValidation) >= 2
    assert opened(out).custom_doc_props["QSIN visit"].value == snapshot.visit_id  # type: ignore[attr-defined]


@needs_auditor
@pytest.mark.parametrize("kind", ["hostile", "bare"])
def test_the_auditor_of_the_format_finds_nothing(kind: str, path: Path, tmp_path: Path) -> None:
    audited = {
        "hostile": lambda: path,
        "bare": lambda: made(make_snapshot(findings=0, photos=0, sites=0, disagreements=0), tmp_path),
    }[kind]()
    assert _found(audited) == []


@needs_auditor
def test_the_auditor_would_find_fonts_out_of_order(path: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    with ZipFile(path) as good, ZipFile(broken, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/styles.xml":
                content = re.sub(rb"(<(?:s:)?font>)(.*?)(<(?:s:)?name [^>]*/>)", rb"\1\3\2", content, count=1)
                assert content != good.read(name)
            bad.writestr(name, content)
    assert _found(broken)


def _found(path: Path) -> list[Any]:
    command = [sys.executable, "-m", "openxml_audit", "-o", "json", str(path)]
    told = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=120)
    report = json.loads(told.stdout)[0]
    return [unescape(str(e)) for e in report["errors"]] + ["a warning"] * report["warning_count"]
