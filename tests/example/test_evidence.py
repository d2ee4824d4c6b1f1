"""The evidence files: whole, real in kind, and the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import wave
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from PIL import ExifTags, Image, ImageOps

from qsin_desktop.example.evidence import FILES, EvidenceNotWritten, make_evidence, makers
from qsin_desktop.example.evidence import register_csv as register
from qsin_desktop.example.evidence.camera import NOTICE
from qsin_desktop.example.evidence.frozen_zip import frozen, with_results
from qsin_desktop.example.evidence.photos import PHOTOS
from qsin_desktop.example.evidence.places import SITES


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_evidence(tmp_path_factory.mktemp("evidence"))


def test_every_file_is_there_under_its_key_and_name(files: dict[str, Path]) -> None:
    assert {key: path.name for key, path in files.items()} == FILES
    assert all(path.stat().st_size > 500 for path in files.values())
    assert sum(path.stat().st_size for path in files.values()) < 25_000_000


def test_nothing_else_is_left_in_the_folder(files: dict[str, Path]) -> None:
    folder = files["ai_policy"].parent
    assert sorted(p.name for p in folder.iterdir()) == sorted(FILES.values())


# The photos share one path of code; two of them, portrait and landscape, stand for all, to save seconds.
@pytest.mark.parametrize(
    "key", [k for k in FILES if k not in PHOTOS or k in ("triage_screen", "calibration_sticker")]
)
def test_the_same_bytes_every_time(files: dict[str, Path], key: str) -> None:
    again = makers()[key]()
    assert hashlib.sha256(again).digest() == hashlib.sha256(files[key].read_bytes()).digest()


def test_all_files_differ(files: dict[str, Path]) -> None:
    assert len({hashlib.sha256(path.read_bytes()).digest() for path in files.values()}) == len(FILES)


def test_progress_is_told_for_each_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = {key: lambda: b"content" for key in FILES}
    monkeypatch.setattr("qsin_desktop.example.evidence.makers", lambda: quick)
    heard: list[tuple[int, int]] = []
    make_evidence(tmp_path / "new" / "folder", lambda done, of_all: heard.append((done, of_all)))
    assert heard == [(n, len(FILES)) for n in range(1, len(FILES) + 1)]


def test_a_folder_that_is_a_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("something of the user's", encoding="utf-8")
    with pytest.raises(EvidenceNotWritten, match="could not be written to"):
        make_evidence(taken)
    assert taken.read_text(encoding="utf-8") == "something of the user's"


@pytest.mark.parametrize("key", PHOTOS)
def test_photos_come_as_from_a_camera(files: dict[str, Path], key: str) -> None:
    with Image.open(files[key]) as photo:
        assert photo.format == "JPEG"
        assert sorted(photo.size) == [3024, 4032]
        assert 500_000 < files[key].stat().st_size < 2_000_000
        exif = photo.getexif()
        details, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    assert exif[ExifTags.Base.Make]
    assert exif[ExifTags.Base.Model]
    assert exif[ExifTags.Base.ImageDescription] == NOTICE
    taken = datetime.strptime(details[ExifTags.Base.DateTimeOriginal], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    assert taken.date() in (date(2026, 11, 24), date(2026, 11, 25))
    degrees, minutes, seconds = (float(part) for part in place[ExifTags.GPS.GPSLatitude])
    assert 51.4 < degrees + minutes / 60 + seconds / 3600 < 51.6
    assert place[ExifTags.GPS.GPSLongitudeRef] == "E"


def test_photos_are_turned_in_all_three_ways_and_upright_when_read_right(files: dict[str, Path]) -> None:
    turns: dict[int, int] = {}
    for key in PHOTOS:
        with Image.open(files[key]) as photo:
            turn = photo.getexif()[ExifTags.Base.Orientation]
            upright = ImageOps.exif_transpose(photo)
        turns[turn] = turns.get(turn, 0) + 1
        assert (upright.width > upright.height) == (turn == 1)
        # The notice stands at the lower right: a dark band with white letters in it.
        corner = upright.crop(
            (upright.width - 300, upright.height - 140, upright.width - 70, upright.height - 60)
        )
        greys = corner.convert("L").tobytes()
        assert min(greys) < 110
        assert max(greys) > 200
    assert set(turns) == {1, 6, 8}


def test_the_screenshot_is_a_plain_png(files: dict[str, Path]) -> None:
    with Image.open(files["dashboard"]) as picture:
        assert (picture.format, picture.size) == ("PNG", (1920, 1080))
        assert picture.info["Description"] == NOTICE


def page_texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    texts = [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]
    document.close()
    return texts


@pytest.mark.parametrize(("key", "pages"), [("ai_policy", 8), ("engagement_plan", 3)])
def test_pdfs_have_their_pages(files: dict[str, Path], key: str, pages: int) -> None:
    texts = page_texts(files[key])
    assert len(texts) >= pages
    assert all("invented" in text for text in texts)


@pytest.mark.parametrize(
    ("key", "page", "words"),
    [
        ("ai_policy", 3, "3.2 No tool enters clinical use"),
        ("ai_policy", 3, "3.3 A tool that arrives with equipment"),
        ("ai_policy", 4, "5.1 Before the first clinical use"),
        ("ai_policy", 5, "7.3 An incident is reviewed and closed within twenty working days"),
        ("ai_policy", 7, "10.1 This policy is reviewed once a year"),
        ("ai_policy", 9, "2026: not dated"),
        ("engagement_plan", 1, "2 Who speaks for patients and carers"),
        ("engagement_plan", 2, "1,240 replies"),
        ("engagement_plan", 3, "none set before the start"),
    ],
)
def test_pdfs_say_what_the_story_cites_on_the_page_it_cites(
    files: dict[str, Path], key: str, page: int, words: str
) -> None:
    assert words in page_texts(files[key])[page - 1]


@pytest.mark.parametrize("key", ["capacity_model", "ai_register", "board_minutes", "training_programme"])
def test_office_files_know_no_clock(files: dict[str, Path], key: str) -> None:
    with zipfile.ZipFile(files[key]) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 4, 9, 0, 0)}
        assert b"2026-11-04T09:00:00Z" in archive.read("docProps/core.xml")


def test_the_model_calculates_and_carries_its_results(files: dict[str, Path]) -> None:
    formulas = openpyxl.load_workbook(files["capacity_model"])
    results = openpyxl.load_workbook(files["capacity_model"], data_only=True)
    assert formulas.sheetnames == [
        "Read me",
        "Sites",
        "Demand",
        "Capacity",
        "Balance",
        "Scenarios",
        "Consultation",
    ]
    seen = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    seen += 1
                    assert isinstance(results[sheet.title][cell.coordinate].value, int | float), (
                        cell.coordinate
                    )
    assert seen > 80


def test_the_results_are_what_the_formulas_give(files: dict[str, Path]) -> None:
    """Worked out again from the input cells alone, for a modality in each sheet."""
    sheets = openpyxl.load_workbook(files["capacity_model"], data_only=True)
    sites, demand, capacity, balance = (sheets[name] for name in ("Sites", "Demand", "Capacity", "Balance"))
    network = 0
    for row in range(5, 14):
        wanted = round(demand[f"C{row}"].value * (1 + sites["B20"].value))
        possible = int(sites[f"C{row}"].value * sites[f"E{row}"].value * 60 / sites["B17"].value * 0.92)
        assert demand[f"F{row}"].value == wanted
        assert capacity[f"C{row}"].value == possible
        assert balance[f"C{row}"].value == possible - wanted
        network += possible - wanted
    assert balance["C14"].value == network == -12
    short = {SITES[row - 5] for row in range(5, 14) if balance[f"C{row}"].value < 0}
    assert short == {"Harbour CDC", "Castle", "Ridge"}


def test_the_model_has_its_chart(files: dict[str, Path]) -> None:
    with zipfile.ZipFile(files["capacity_model"]) as archive:
        assert b"Capacity less demand" in archive.read("xl/charts/chart1.xml")


def test_a_formula_without_a_result_is_not_let_through() -> None:
    with pytest.raises(KeyError):
        with_results(b'<c r="B2"><f>SUM(A1:A2)</f><v /></c>', {})


def test_freezing_keeps_parts_and_order() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("second", b"2")
        archive.writestr("first", b"1")
    with zipfile.ZipFile(io.BytesIO(frozen(made.getvalue()))) as archive:
        assert archive.namelist() == ["second", "first"]
        assert archive.read("first") == b"1"


def test_the_triage_tool_is_not_in_the_register_of_tools(files: dict[str, Path]) -> None:
    tools = openpyxl.load_workbook(files["ai_register"])["Tools"]
    rows = [[cell.value for cell in row] for row in tools.iter_rows(min_row=5, max_row=14)]
    assert len(rows) == 10
    assert {row[2] for row in rows} == {"Royal Wessex", "St Aldhelm's", "Moor", "Quay", "Vale", "Ford"}
    assert [row[0] for row in rows if not row[6]] == ["T-09"]
    assert not any("Triage" in str(row[1]) for row in rows)


def test_the_minutes_and_the_programme_read_as_word_documents(files: dict[str, Path]) -> None:
    minutes = docx.Document(str(files["board_minutes"]))
    words = "\n".join(p.text for p in minutes.paragraphs)
    assert "Seven of nine site leads" in words
    assert "41 of 68" in words
    programme = docx.Document(str(files["training_programme"]))
    shares = [int(row.cells[2].text.removesuffix(" %")) for row in programme.tables[1].rows[1:]]
    assert len(shares) == len(SITES)
    assert min(shares) >= 90


def test_the_audio_note_can_be_played(files: dict[str, Path]) -> None:
    with wave.open(str(files["interview_audio"])) as note:
        assert note.getnchannels() == 1
        assert 6 < note.getnframes() / note.getframerate() < 12
        loudest = max(memoryview(note.readframes(note.getnframes())).cast("h"))
    assert 2_000 < loudest < 32_000


def test_the_register_has_the_faults_that_the_story_cites(files: dict[str, Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["asset_register"].read_bytes().decode("utf-8-sig"))))
    assert len(rows) == 120
    assert rows[0]["Asset"] == "EQ-001"
    day = date(2026, 11, 17)
    late = {row["Asset"]: row["Site"] for row in rows if shown_day(row["Next calibration due"]) < day}
    assert late == {
        **dict.fromkeys(("EQ-084", "EQ-088", "EQ-090", "EQ-093"), "Vale"),
        **dict.fromkeys(("EQ-071", "EQ-076"), "Castle"),
        "EQ-113": "Ford",
    }
    assert {r["Asset"] for r in rows if not r["Installed"]} == {"EQ-073", "EQ-098", "EQ-104"}
    assert {r["Asset"] for r in rows if not r["Last infection control check"]} == {
        "EQ-069",
        "EQ-070",
        "EQ-078",
    }
    assert all(row["Order reference"] and row["Planned replacement"] for row in rows)


def shown_day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


@pytest.mark.parametrize(
    ("number", "site", "name"),
    [
        (14, "Royal Wessex", "CT 2"),
        (31, "Harbour CDC", "CT 1"),
        (57, "Quay", "MR 1"),
        (71, "Castle", "CT 1"),
        (88, "Vale", "Ultrasound 3"),
        (104, "Ridge", "X-ray 2"),
        (117, "Ford", "X-ray 2"),
    ],
)
def test_equipment_stands_where_the_story_finds_it(number: int, site: str, name: str) -> None:
    asset = register.assets()[number - 1]
    assert (asset.code, asset.site, asset.name) == (f"EQ-{number:03}", site, name)


def test_the_certificate_that_was_found_is_the_one_in_the_register() -> None:
    assert register.assets()[13].calibrated == date(2026, 5, 8)


def test_no_equipment_is_calibrated_before_it_was_installed() -> None:
    assert all(a.installed is None or a.installed <= a.calibrated < a.due for a in register.assets())


def test_two_sites_hold_no_lists_of_attendance(files: dict[str, Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["training_attendance"].read_text(encoding="utf-8"))))
    assert {row["Site"] for row in rows if row["Signed list held"] != "yes"} == {"Castle", "Ridge"}
    assert all(90 <= int(row["Percent"]) <= 100 for row in rows)


def test_no_text_holds_a_number_that_could_be_a_patient(files: dict[str, Path]) -> None:
    """Ten digits in a row, spaced or not, are the shape of an NHS number."""
    texts = [files["opening_notes"].read_text(encoding="utf-8")]
    texts += [files[key].read_text(encoding="utf-8-sig") for key in ("asset_register", "training_attendance")]
    texts += page_texts(files["ai_policy"]) + page_texts(files["engagement_plan"])
    for text in texts:
        assert not re.search(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b", text)
