"""The findings workbook as a spreadsheet program reads it: every sheet, its rows, links, locks and looks."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.responses import Decision
from qsin_desktop.domain.snapshot import TrailRow, VisitSnapshot, snapshot_of
from qsin_desktop.report.workbook import write_workbook
from qsin_desktop.report.workbook_identity import FORMAT, Response, row_hash
from qsin_desktop.report.workbook_texts import shown
from tests.report.make_pack import make_pack, make_rules
from tests.report.make_snapshot import LEAD, MADE_AT, make_snapshot
from tests.report.returning import answered, small_visit
from tests.report.workbook_reading import columns_of, made, opened, part_of, sheet_of, table_of

SHEETS = [
    *("Summary", "Findings", "Ratings", "Evidence", "Citations", "Notes", "Trail", "How to respond"),
    "qsin",
]


@pytest.fixture(scope="module")
def snapshot() -> VisitSnapshot:
    return make_snapshot()


@pytest.fixture(scope="module")
def path(snapshot: VisitSnapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(snapshot, tmp_path_factory.mktemp("workbook"))


def with_findings(**changes: str) -> VisitSnapshot:
    """A small visit whose first finding has these words."""
    snapshot = make_snapshot(sites=1, findings=2, photos=0)
    first = replace(snapshot.findings[0], **changes)  # type: ignore[arg-type]  # texts only
    return replace(snapshot, findings=(first, *snapshot.findings[1:]))


# ---- the file -----------------------------------------------------------------------------------


def test_sheets_in_order(path: Path) -> None:
    workbook = opened(path)
    assert workbook.sheetnames == SHEETS
    assert [s.sheet_state for s in workbook.worksheets] == ["visible"] * 8 + ["hidden"]
    assert workbook.active is workbook["Summary"]


def test_facts_tell_rows_and_hash(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    out = tmp_path / "w.xlsx"
    facts = write_workbook(snapshot, out)
    assert facts.rows == 12
    assert facts.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()


def test_same_snapshot_same_bytes(snapshot: VisitSnapshot, path: Path, tmp_path: Path) -> None:
    assert made(snapshot, tmp_path).read_bytes() == path.read_bytes()
    with ZipFile(path) as package:
        assert {info.date_time for info in package.infolist()} == {
            (2026, 11, 25, 16, 2, 6)
        }  # of even seconds


def test_properties_name_the_visit(snapshot: VisitSnapshot, path: Path) -> None:
    workbook = opened(path)
    named = {p.name: p.value for p in workbook.custom_doc_props.props}  # type: ignore[attr-defined]
    assert named == {
        "QSIN visit": snapshot.visit_id,
        "QSIN version": 3,
        "QSIN round": 1,
        "QSIN workbook format": FORMAT,
        "QSIN state": "DRAFT 3",
    }
    assert workbook.properties.created == MADE_AT.replace(tzinfo=None)
    assert workbook.properties.modified == MADE_AT.replace(tzinfo=None)
    assert "Greater Wessex Imaging Network" in str(workbook.properties.title)


def test_hidden_sheet_says_the_same_for_programs_that_drop_properties(
    snapshot: VisitSnapshot, path: Path
) -> None:
    said = {a.value: b.value for a, b in sheet_of(path, "qsin").iter_rows(max_col=2)}
    assert said["QSIN visit"] == snapshot.visit_id
    assert said["QSIN workbook format"] == str(FORMAT)
    assert said["factual_accuracy"] == "Comment on factual accuracy"


def test_importing_it_loads_no_spreadsheet_library() -> None:
    code = "import sys, qsin_desktop.report.workbook; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_progress_runs_to_its_end(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_workbook(snapshot, tmp_path / "w.xlsx", progress=lambda done, total: seen.append((done, total)))
    totals = {total for _, total in seen}
    assert len(totals) == 1
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (seen[-1][1], seen[-1][1])


# ---- findings -----------------------------------------------------------------------------------


def test_findings_say_what_was_recorded(snapshot: VisitSnapshot, path: Path) -> None:
    rows = table_of(sheet_of(path, "Findings"))
    assert [row["Number"] for row in rows] == [f.number for f in snapshot.findings]
    for row, finding in zip(rows, snapshot.findings, strict=True):
        assert row["Requirement"] == finding.requirement
        assert row["Evidence"] == finding.evidence
        assert (row["Gap"] or "") == finding.gap
        assert row["Place"] == snapshot.site_name(finding.site)
        assert row["Criteria"] == snapshot.criterion(finding.criteria[0]).shown_code
        assert row["Finding id"] == finding.id


def test_grades_status_exhibits_and_days(path: Path) -> None:
    rows = {row["Number"]: row for row in table_of(sheet_of(path, "Findings"))}
    assert rows["F-003"]["Grade"] == "Mandatory finding"
    assert rows["F-003"]["Status"] == "Open"
    assert rows["F-003"]["Due"] == datetime(2027, 2, 17)  # noqa: DTZ001  cells know no zone
    assert rows["F-003"]["Exhibits"] == "E-004, page 3"
    assert rows["F-002"]["Status"] == "No response needed"
    assert rows["F-002"]["Due"] is None
    assert rows["F-005"]["Status"] == "Withdrawn: The approval was shown to us on the second day."


def test_a_grade_that_is_not_agreed_says_so(tmp_path: Path) -> None:
    snapshot = make_snapshot(sites=1, findings=1, photos=0)
    disputed = replace(snapshot.findings[0], grade=None, disputed=True, due=None)
    row = table_of(sheet_of(made(replace(snapshot, findings=(disputed,)), tmp_path), "Findings"))[0]
    assert (row["Grade"], row["Status"]) == ("Not agreed", "Disagreement")


def test_row_hash_is_found_again_from_the_file(snapshot: VisitSnapshot, path: Path) -> None:
    for row in table_of(sheet_of(path, "Findings")):
        values = list(row.values())[:10]
        read = [v.date() if isinstance(v, datetime) else v for v in values]
        assert row["Row hash"] == row_hash(snapshot.visit_id, row["Finding id"], read)


def test_row_hash_tells_every_change_apart() -> None:
    values = ["F-001", "text", None, date(2027, 1, 1)]
    one = row_hash("v", "f", values)
    assert one == row_hash("v", "f", ["F-001", "text", "", date(2027, 1, 1)])
    others = {
        row_hash("w", "f", values),
        row_hash("v", "g", values),
        row_hash("v", "f", ["F-001", "texts", None, date(2027, 1, 1)]),
        row_hash("v", "f", ["F-001", "text", None, date(2027, 1, 2)]),
        row_hash("v", "f", ["F-001", "", "text", date(2027, 1, 1)]),
    }
    assert one not in others
    assert len(others) == 5


def test_only_response_cells_that_are_asked_for_are_unlocked(path: Path) -> None:
    sheet = sheet_of(path, "Findings")
    columns = columns_of(sheet)
    responses = {columns[r.heading] for r in Response}
    for row, values in enumerate(table_of(sheet), 5):
        asked = set(responses) if values["Status"] == "Open" else set()
        if values["Status"] == "No response needed":
            asked = {columns[Response.ACCURACY.heading]}
        unlocked = {coordinate_from_string(c.coordinate)[0] for c in sheet[row] if not c.protection.locked}
        assert unlocked == asked, values["Number"]


def test_every_sheet_is_protected_without_a_password(path: Path) -> None:
    for sheet in opened(path).worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not sheet.protection.autoFilter  # false means free
    assert "without a password" in " ".join(_words(sheet_of(path, "How to respond")))


def test_ids_and_hashes_are_hidden(path: Path) -> None:
    sheet = sheet_of(path, "Findings")
    hidden = {letter for letter, d in sheet.column_dimensions.items() if d.hidden}
    columns = columns_of(sheet)
    covered = {columns["Finding id"], columns["Row hash"], columns["Answers as sent"]}
    assert hidden <= covered  # the file may write two neighbours as one
    assert hidden
    assert sheet.column_dimensions[columns["Finding id"]].hidden


def test_choices_and_days_are_offered_in_response_columns(path: Path) -> None:
    sheet = sheet_of(path, "Findings")
    columns = columns_of(sheet)
    kinds = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    extent = kinds[f"{columns['Extent']}5:{columns['Extent']}16"]
    assert extent.type == "list"
    assert "The whole network" in extent.formula1
    assert not extent.showErrorMessage  # own words may be written too
    days = next(v for v in kinds.values() if v.type == "date")
    planned, done = columns["Planned date"], columns["Done date"]
    assert str(days.sqref) == f"{planned}5:{planned}16 {done}5:{done}16"
    assert sheet[f"{planned}5"].number_format == "d mmm yyyy"
    assert sheet[f"{columns['Root cause']}5"].number_format == "@"  # what is typed stays text


def test_a_closed_finding_keeps_its_days_as_days_and_is_locked(tmp_path: Path) -> None:
    stands = answered(small_visit(), "F-003", planned_date="2027-01-31", done_date="when it is replaced")
    finding = next(f for f in stands.findings if f.number == "F-003")
    closed = Decision("close", "Closed", "Seen", LEAD, "2026-12-02T09:00:00+00:00", current=True)
    response = replace(stands.response_of(finding.id), decision=closed)
    path = made(replace(stands, responses={finding.id: response}), tmp_path)
    sheet = sheet_of(path, "Findings")
    columns = columns_of(sheet)
    planned, done = (sheet[f"{columns[title]}7"] for title in ("Planned date", "Done date"))
    assert planned.value == datetime(2027, 1, 31)  # noqa: DTZ001  days have no zone
    assert (planned.number_format, done.value) == ("d mmm yyyy", "when it is replaced")
    assert planned.protection.locked
    assert done.protection.locked


def test_due_days_are_marked_with_words_and_not_by_colour_alone(path: Path) -> None:
    sheet = sheet_of(path, "Findings")
    rules = [rule for group in sheet.conditional_formatting for rule in group.rules]
    formats = [rule.dxf.numFmt.formatCode for rule in rules]
    assert formats == [f'd mmm yyyy" · {word}"' for word in ("done", "overdue", "soon")]
    assert all("TODAY()" in rule.formula[0] for rule in rules[1:])


def test_grades_are_toned_and_named(path: Path) -> None:
    cell = sheet_of(path, "Findings")["B7"]
    assert cell.value == "Mandatory finding"
    assert cell.fill.fgColor.rgb == "00FCE8E6"


# ---- texts --------------------------------------------------------------------------------------

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org","click")',
    "{=SUM(1,2)}",
    "+44 20 7946 0018",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "#N/A",
    "TRUE",
    "0042",
    "1/2",
    "_x0041_ as it was typed",
    "<b>&amp; \"quoted\" 'text'</b> ]]>",
    "  spaces at both ends  ",
    "two\nlines",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_as_it_was_typed(text: str, tmp_path: Path) -> None:
    path = made(with_findings(requirement=text), tmp_path)
    cell = sheet_of(path, "Findings")["F5"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert "<f>" not in part_of(path, "xl/worksheets/sheet2.xml")


@pytest.mark.parametrize("text", HOSTILE[:7])
def test_text_like_a_formula_stays_text_when_edited(text: str, tmp_path: Path) -> None:
    cell = sheet_of(made(with_findings(gap=text), tmp_path), "Findings")["H5"]
    assert cell.quotePrefix
    assert cell.number_format == "@"


@settings(max_examples=6)
@given(st.lists(st.text(st.characters(codec=None), max_size=60), min_size=30, max_size=30))
def test_any_text_comes_back_as_it_is_shown(texts: list[str]) -> None:
    snapshot = make_snapshot(sites=0, findings=30, photos=0)
    findings = [replace(f, evidence=text) for f, text in zip(snapshot.findings, texts, strict=True)]
    with TemporaryDirectory() as folder:
        path = made(replace(snapshot, findings=tuple(findings)), Path(folder))
        read = [row["Evidence"] or "" for row in table_of(sheet_of(path, "Findings"))]
    assert read == [shown(text) for text in texts]


def test_control_characters_are_shown(tmp_path: Path) -> None:
    path = made(with_findings(evidence="bell\x07, half \ud800"), tmp_path)
    assert sheet_of(path, "Findings")["G5"].value == "bell[U+0007], half [U+D800]"


def test_a_text_too_long_for_a_cell_goes_on_elsewhere(tmp_path: Path) -> None:
    text = "".join(f"Sentence {n} of a very long account. " for n in range(2_000))
    path = made(with_findings(evidence=text), tmp_path)
    row = table_of(sheet_of(path, "Findings"))[0]
    assert len(row["Evidence"]) <= 32_767
    assert row["Evidence"].endswith("(continues on the sheet “Long texts”)")
    parts = table_of(sheet_of(path, "Long texts"))
    assert {part["Belongs to"] for part in parts} == {"F-001: Evidence"}
    assert "".join(part["Text"] for part in parts) == text
    assert "Long texts" in " ".join(_words(sheet_of(path, "How to respond")))


def test_a_text_too_tall_for_a_row_is_there_twice_whole(tmp_path: Path) -> None:
    text = "What was seen was set beside what the plan says. " * 60
    path = made(with_findings(gap=text), tmp_path)
    sheet = sheet_of(path, "Findings")
    assert table_of(sheet)[0]["Gap"] == text
    assert "".join(part["Text"] for part in table_of(sheet_of(path, "Long texts"))) == text
    link = sheet[f"{columns_of(sheet)['In full']}5"]
    assert (link.value, link.hyperlink.location) == ("Row 5", "'Long texts'!A5")


def test_without_long_texts_there_is_no_such_sheet_or_column(path: Path) -> None:
    assert "Long texts" not in opened(path).sheetnames
    assert "In full" not in columns_of(sheet_of(path, "Findings"))


# ---- ratings, evidence, citations, notes, trail ---------------------------------------------------


def test_every_rating_stands_with_who_and_why(snapshot: VisitSnapshot, path: Path) -> None:
    rows = table_of(sheet_of(path, "Ratings"))
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


def test_network_rating_says_how_it_came_about(path: Path) -> None:
    rows = [r for r in table_of(sheet_of(path, "Ratings")) if r["Place"] == "Network"]
    assert len(rows) == 24  # twelve criteria, two stages
    assert any(r["How"] == "From 9 of 9 sites: the worst of them" for r in rows)
    assert any("disagreement" in r["How"] for r in rows)


def test_times_are_real_times(path: Path) -> None:
    row = next(r for r in table_of(sheet_of(path, "Ratings")) if r["When"])
    assert row["When"] == datetime(2026, 11, 24, 10, 30)  # noqa: DTZ001  cells know no zone


def test_exhibits_with_hash_citations_and_seen_documents(snapshot: VisitSnapshot, path: Path) -> None:
    rows = {row["Number"]: row for row in table_of(sheet_of(path, "Evidence"))}
    assert list(rows) == [e.number for e in snapshot.exhibits]
    for exhibit in snapshot.exhibits:
        assert (rows[exhibit.number]["SHA-256"] or "") == exhibit.sha256
        assert rows[exhibit.number]["Title"] == exhibit.title
    assert "F-001, page 1" in rows["E-002"]["Cited at"].split("\n")
    assert "IN-201, page 6, section 3" in rows["E-002"]["Cited at"].split("\n")
    assert "Document: GW-POL-112" in rows["E-005"]["Seen, not copied"]
    assert "Showed: Eleven approvals, none for the triage tool" in rows["E-005"]["Seen, not copied"]


def test_photos_are_there_as_small_pictures_with_words(path: Path) -> None:
    images = sheet_of(path, "Evidence")._images  # type: ignore[attr-defined]
    assert len(images) == 4
    assert [image.anchor._from.row + 1 for image in images] == [10, 11, 12, 13]
    assert all(image.width <= 280 and image.height <= 210 for image in images)
    drawing = part_of(path, "xl/drawings/drawing2.xml")
    assert 'descr="E-006: Scanner room 1"' in drawing
    assert 'descr="Picture"' not in drawing


def test_a_damaged_photo_is_said_and_stops_nothing(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    broken = replace(snapshot, picture=lambda e: b"\xff\xd8\xff not a photo" if e.group == "photo" else None)
    rows = {row["Number"]: row for row in table_of(sheet_of(made(broken, tmp_path), "Evidence"))}
    assert rows["E-006"]["Picture"] == "The picture could not be drawn"
    assert not rows["E-001"]["Picture"]


def test_citations_have_a_row_each_with_links_both_ways(snapshot: VisitSnapshot, path: Path) -> None:
    sheet = sheet_of(path, "Citations")
    rows = table_of(sheet)
    assert len(rows) == len(snapshot.links)
    assert (rows[0]["Cited at"], rows[0]["Exhibit"], rows[0]["Locator"]) == ("F-001", "E-002", "page 1")
    assert sheet["A5"].hyperlink.location == "'Findings'!A5"
    assert sheet["C5"].hyperlink.location == "'Evidence'!A6"


def test_links_lead_where_they_say(path: Path) -> None:
    workbook = opened(path)
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


def test_only_single_lines_are_links_since_some_programs_join_the_others(path: Path) -> None:
    for sheet in opened(path).worksheets:
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


def test_trail_in_words(path: Path) -> None:
    rows = table_of(sheet_of(path, "Trail"))
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


# ---- summary ------------------------------------------------------------------------------------


def _words(sheet: Worksheet) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


def test_summary_says_what_matters_first(path: Path) -> None:
    sheet = sheet_of(path, "Summary")
    words = _words(sheet)
    for wanted in (
        "Greater Wessex Imaging Network",
        "DRAFT 3",
        "QN-2026-0147",
        "L. Lead",
        "Recommendation: Defer the decision",
        "mandatory findings",
        "open disagreements",
    ):
        assert wanted in words
    days = [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, datetime)]
    assert datetime(2026, 11, 24) in days  # noqa: DTZ001  cells know no zone


def test_a_long_client_is_not_cut(tmp_path: Path) -> None:
    def height(client: str) -> float:
        snapshot = make_snapshot(photos=0)
        facts = replace(snapshot.facts, client=client)
        sheet = sheet_of(made(replace(snapshot, facts=facts), tmp_path), "Summary")
        at = next(c.row for row in sheet.iter_rows() for c in row if c.value == "Made for")
        return float(sheet.row_dimensions[at].height)

    assert height("The imaging network of Greater Wessex, for its four member trusts") > height("NHS")


def test_heat_map_says_in_words_what_it_colours(path: Path) -> None:
    sheet = sheet_of(path, "Summary")
    top = next(r[0].row for r in sheet.iter_rows() if r[0].value == "Standard")
    places = [c.value for c in sheet[top] if c.value]
    assert places[:3] == ["Standard", "Network, on documents", "Network, on site"]
    cells = [
        c for row in sheet.iter_rows(min_row=top + 1, max_row=top + 9, min_col=2, max_col=12) for c in row
    ]
    assert len(cells) == 99
    signs = ("✓ ", "◐ ", "✗ ", "– ", "≠ ", "◌ ", "Not judged here")
    assert all(str(c.value).startswith(signs) for c in cells)
    met = next(c for c in cells if c.value == "✓ Met")
    assert met.fill.fgColor.rgb == "00E5F4EC"
    assert any("\n" in str(c.value) and " of 3" in str(c.value) for c in cells)


def test_series_add_up_and_are_drawn(snapshot: VisitSnapshot, path: Path) -> None:
    sheet = sheet_of(path, "Summary")
    top = next(r[0].row for r in sheet.iter_rows() if r[0].value == "Series")
    total = 0
    for row, series in enumerate(snapshot.pack.series, top + 1):
        assert sheet.cell(row, 1).value == f"{series.code} {series.title}"
        numbers = [sheet.cell(row, column).value for column in range(2, 8)]
        assert all(isinstance(n, int) for n in numbers)
        total += sum(n for n in numbers if isinstance(n, int))
    assert total == len(snapshot.pack.criteria)
    assert len(sheet._charts) == 1  # type: ignore[attr-defined]
    assert "Bars of the ratings by series" in part_of(path, "xl/drawings/drawing1.xml")


def test_a_sealed_visit_is_final(tmp_path: Path) -> None:
    path = made(make_snapshot(sealed=True, disagreements=0, sites=1, photos=0), tmp_path)
    words = _words(sheet_of(path, "Summary"))
    assert "Version 3, final" in words
    assert "Sealed by L. Lead." in words
    assert not any("DRAFT" in word for word in words)


def test_an_empty_visit_is_a_whole_workbook(tmp_path: Path) -> None:
    record = VisitRecord("empty", make_pack(), make_rules())
    snapshot = snapshot_of(record, version=1, made_at=MADE_AT.replace(tzinfo=None))
    path = made(snapshot, tmp_path)
    assert opened(path).sheetnames == SHEETS
    assert sheet_of(path, "Findings")["B5"].value == "No findings were recorded in this visit."
    assert not sheet_of(path, "Findings").tables
    assert "Recommendation: not given yet" in _words(sheet_of(path, "Summary"))


def test_a_very_long_summary_keeps_every_word(tmp_path: Path) -> None:
    text = "".join(f"Point {n} stood out for a reason. " for n in range(900))
    sheet = sheet_of(made(make_snapshot(sites=1, photos=0, summary=text), tmp_path), "Summary")
    words = "".join(_words(sheet))
    assert all(f"Point {n} stood out" in words for n in range(900))
    assert len(sheet.merged_cells.ranges) > 8


def test_names_with_signs_that_page_heads_use(tmp_path: Path) -> None:
    path = made(make_snapshot(sites=1, photos=0, network="Bath & Wells & " + "x" * 300), tmp_path)
    head = sheet_of(path, "Findings").oddHeader
    assert head is not None
    assert str(head.left.text).startswith("Bath && Wells")
    assert "&L" in part_of(path, "xl/worksheets/sheet2.xml").replace("&amp;", "&")
    assert len(str(head)) <= 255


# ---- pages --------------------------------------------------------------------------------------

TABLED = ["Findings", "Ratings", "Evidence", "Citations", "Notes", "Trail"]


@pytest.mark.parametrize("name", TABLED)
def test_tables_have_filters_frozen_panes_and_print_well(name: str, path: Path) -> None:
    sheet = sheet_of(path, name)
    table = sheet.tables[name]
    assert table.autoFilter.ref == table.ref
    assert [c.name for c in table.tableColumns] == list(columns_of(sheet))
    assert sheet.freeze_panes == "B5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$4:$4"
    assert "Page &P of &N" in part_of(path, f"xl/worksheets/sheet{SHEETS.index(name) + 1}.xml").replace(
        "&amp;", "&"
    )
    assert all(0 < d.width < 130 for d in sheet.column_dimensions.values())


def test_findings_print_on_two_pages_side_by_side(path: Path) -> None:
    sheet = sheet_of(path, "Findings")
    assert [b.id for b in sheet.col_breaks.brk] == [10]
    assert sheet.print_title_cols == "$A:$A"
    assert 50 <= int(sheet.page_setup.scale or 0) <= 100


def test_other_sheets_print_one_page_wide(path: Path) -> None:
    for name in ("Summary", *TABLED[1:], "How to respond"):
        sheet = sheet_of(path, name)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_rows_are_high_enough_for_their_texts_and_may_grow(path: Path) -> None:
    rows = part_of(path, "xl/worksheets/sheet2.xml")
    assert '<row r="5" ht="' in rows
    assert 'r="5" ht="29.8" customHeight' not in rows
    evidence = sheet_of(path, "Evidence")
    assert (evidence.row_dimensions[10].height or 0) >= 80  # room for the picture
