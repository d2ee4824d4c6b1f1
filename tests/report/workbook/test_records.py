"""The sheets of ratings, evidence, citations, notes and trail, and the links between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from PIL import Image

from qsin_desktop.domain.snapshot import TrailRow, VisitSnapshot
from tests.report.make_snapshot import make_snapshot
from tests.report.workbook.reading import (
    made,
    opened,
    part_of,
    sheet_of,
    table_of,
)


def test_every_rating_stands_with_who_and_why(snapshot: VisitSnapshot, sent_file: Path) -> None:
    rows = table_of(sheet_of(sent_file, "Ratings"))
    given = [(key, o) for key, cell in snapshot.ratings.items() for o in cell.opinions]
    rated = [row for row in rows if row["By"]]
    assert len(rated) == len(given)
    seen = {(r["Criterion"], r["Stage"], r["Place"], r["Rating"], r["By"], r["Reason"]) for r in rated}
    for key, opinion in given:
        point = snapshot.rules.point(opinion.rating)
        sign = {"met": "✓", "partly": "◐", "not-met": "✗", "na": "–"}[point.id]
        wanted = (
            snapshot.criterion(key.criterion).shown_code,
            key.stage.label,
            snapshot.site_name(key.site),
            f"{sign} {point.label}",
            snapshot.person_name(opinion.by),
            opinion.reason or None,
        )
        assert wanted in seen


def test_network_rating_says_how_it_came_about(sent_file: Path) -> None:
    rows = [r for r in table_of(sheet_of(sent_file, "Ratings")) if r["Place"] == "Network"]
    assert len(rows) == 24  # twelve criteria, two stages
    assert any(r["How"] == "From 9 of 9 sites: the worst of them" for r in rows)
    assert any("disagreement" in r["How"] for r in rows)


def test_times_are_real_times(sent_file: Path) -> None:
    row = next(r for r in table_of(sheet_of(sent_file, "Ratings")) if r["When"])
    assert row["When"] == datetime(2026, 11, 24, 10, 30)  # noqa: DTZ001  cells know no zone


def test_exhibits_with_hash_citations_and_seen_documents(snapshot: VisitSnapshot, sent_file: Path) -> None:
    rows = {row["Number"]: row for row in table_of(sheet_of(sent_file, "Evidence"))}
    assert list(rows) == [e.number for e in snapshot.exhibits]
    for exhibit in snapshot.exhibits:
        assert (rows[exhibit.number]["SHA-256"] or "") == exhibit.sha256
        assert rows[exhibit.number]["Title"] == exhibit.title
    assert "F-001, page 1" in rows["E-002"]["Cited at"].split("\n")
    assert "IN-201, page 6, section 3" in rows["E-002"]["Cited at"].split("\n")
    assert "Document: GW-POL-112" in rows["E-005"]["Seen, not copied"]
    assert "Showed: Eleven approvals, none for the triage tool" in rows["E-005"]["Seen, not copied"]


def test_photos_are_there_as_small_pictures_with_words(sent_file: Path) -> None:
    images = sheet_of(sent_file, "Evidence")._images  # type: ignore[attr-defined]
    assert len(images) == 4
    assert [image.anchor._from.row + 1 for image in images] == [10, 11, 12, 13]
    assert all(image.width <= 280 and image.height <= 210 for image in images)
    drawing = part_of(sent_file, "xl/drawings/drawing2.xml")
    assert 'descr="E-006: Scanner room 1"' in drawing
    assert 'descr="Picture"' not in drawing


def test_a_photo_far_narrower_than_high_keeps_a_width(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    drawn = BytesIO()
    Image.new("RGB", (3, 4000), "teal").save(drawn, "JPEG")
    strip = replace(snapshot, picture=lambda e: drawn.getvalue() if e.group == "photo" else None)
    for image in sheet_of(made(strip, tmp_path), "Evidence")._images:  # type: ignore[attr-defined]
        assert image.anchor.to.colOff > image.anchor._from.colOff
        assert image.anchor.to.rowOff > image.anchor._from.rowOff


def test_a_damaged_photo_is_said_and_stops_nothing(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    broken = replace(snapshot, picture=lambda e: b"\xff\xd8\xff not a photo" if e.group == "photo" else None)
    rows = {row["Number"]: row for row in table_of(sheet_of(made(broken, tmp_path), "Evidence"))}
    assert rows["E-006"]["Picture"] == "The picture could not be drawn"
    assert not rows["E-001"]["Picture"]


def test_citations_have_a_row_each_with_links_both_ways(snapshot: VisitSnapshot, sent_file: Path) -> None:
    sheet = sheet_of(sent_file, "Citations")
    rows = table_of(sheet)
    assert len(rows) == len(snapshot.links)
    assert (rows[0]["Cited at"], rows[0]["Exhibit"], rows[0]["Locator"]) == ("F-001", "E-002", "page 1")
    assert sheet["A5"].hyperlink.location == "'Findings'!A5"
    assert sheet["C5"].hyperlink.location == "'Evidence'!A6"


def test_links_lead_where_they_say(sent_file: Path) -> None:
    workbook = opened(sent_file)
    checked = 0
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink and sheet.title != "Summary":
                    name, place = str(cell.hyperlink.location).rsplit("!", 1)
                    goal = workbook[name.strip("'")][place].value
                    first = str(cell.value).split(",")[0]
                    if name.strip("'") in ("Ratings", "Evidence"):
                        assert goal == first, cell.coordinate
                        checked += 1
                    if name.strip("'") == "Citations":
                        assert goal == cell.value
                        checked += 1
    assert checked > 30


def test_only_single_lines_are_links_since_some_programs_join_the_others(sent_file: Path) -> None:
    for sheet in opened(sent_file).worksheets:
        for row in sheet.iter_rows():
            assert not any(cell.hyperlink and "\n" in str(cell.value) for cell in row)


def test_notes_kept_out_of_the_report_are_kept_out_here_and_in_the_trail(tmp_path: Path) -> None:
    snapshot = make_snapshot(sites=1, photos=0)
    hidden, shown = (next(n for n in snapshot.notes if n.shown is wanted) for wanted in (False, True))
    row = snapshot.trail[0]
    trail = (
        _trail_of(row, hidden.id, "what only the team may read"),
        _trail_of(row, "a note that was withdrawn", "withdrawn words"),
        _trail_of(row, shown.id, "open words"),
    )
    path = made(replace(snapshot, trail=trail), tmp_path)
    notes = table_of(sheet_of(path, "Notes"))
    assert len(notes) == sum(note.shown for note in snapshot.notes)
    strings = part_of(path, "xl/sharedStrings.xml")
    assert "what only the team may read" not in strings
    assert "withdrawn words" not in strings
    assert "open words" in strings
    rows = table_of(sheet_of(path, "Trail"))
    assert rows[0]["After"] == "(a note kept out of the report)"


def test_the_teams_inner_work_is_kept_out_of_the_trail(tmp_path: Path) -> None:
    snapshot = make_snapshot(photos=0)
    row = snapshot.trail[0]
    inner = (("criterion", "flag"), ("criterion", "state"), ("standard", "assigned"), ("device", "seen"))
    trail = [replace(row, type=type_, field=field, after="ask Ada again") for type_, field in inner]
    path = made(replace(snapshot, trail=(row, *trail)), tmp_path)
    with ZipFile(path) as book:
        assert not any(b"ask Ada again" in book.read(name) for name in book.namelist())
    assert len(table_of(sheet_of(path, "Trail"))) == 1


def _trail_of(row: TrailRow, note: str, words: str) -> TrailRow:
    return replace(row, type="note", entity=note, field="text", before="", after=words, why=words)


def test_trail_in_words(sent_file: Path) -> None:
    rows = table_of(sheet_of(sent_file, "Trail"))
    assert len(rows) == 3
    assert rows[1]["About"] == "IN-101, on site, Network" or rows[1]["About"] == "IN-101.a, on site, Network"
    assert (rows[1]["Who"], rows[1]["Before"], rows[1]["After"]) == ("L. Lead", "Met", "Partly met")


def test_the_trail_names_laptops_and_citations_shortly(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    row, link = snapshot.trail[0], snapshot.links[0]
    exhibit = next(e.number for e in snapshot.exhibits if e.id == link.exhibit)
    laptop = "1ea14e69c745e01a" * 4
    trail = (
        replace(row, type="device", entity=laptop, field="member", device=laptop),
        replace(row, type="link", entity=link.id, field="locator"),
    )
    about = table_of(sheet_of(made(replace(snapshot, trail=trail), tmp_path), "Trail"))
    assert (about[0]["About"], about[0]["Laptop"]) == ("laptop 1ea14e69c745e01a", "1ea14e69c745e01a")
    assert about[1]["About"].startswith(f"link {exhibit} at ")
    assert link.id not in about[1]["About"]


def test_a_visit_without_trail_says_so(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    sheet = sheet_of(made(replace(snapshot, trail=()), tmp_path), "Trail")
    assert sheet["B5"].value == "This workbook was made without the trail."
