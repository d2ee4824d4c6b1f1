"""The report as its readers get it: every part is there, numbered, linked and the same each time."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.snapshot import VisitSnapshot, snapshot_of
from qsin_desktop.report.pdf import draw_report
from tests.report.make_pack import make_pack, make_rules
from tests.report.make_snapshot import MADE_AT, make_snapshot
from tests.report.pdf_reading import page_texts, squeezed, text_of


@pytest.fixture(scope="module")
def visit() -> VisitSnapshot:
    return make_snapshot()


@pytest.fixture(scope="module")
def report(visit: VisitSnapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "report.pdf"
    draw_report(visit, out)
    return out


@pytest.fixture(scope="module")
def words(report: Path) -> str:
    return squeezed(text_of(report))


def test_says_what_was_written(visit: VisitSnapshot, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    facts = draw_report(visit, out)
    assert facts.sha256 == sha256(out.read_bytes()).hexdigest()
    with pikepdf.open(out) as pdf:
        assert facts.pages == len(pdf.pages)


def test_same_snapshot_gives_same_bytes(visit: VisitSnapshot, report: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    draw_report(visit, again)
    assert again.read_bytes() == report.read_bytes()
    draw_report(replace(visit, version=4), again)
    assert again.read_bytes() != report.read_bytes()


def test_the_colour_profile_tells_no_time(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        profile = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    assert profile[24:36] == bytes(12)
    assert profile[36:40] == b"acsp"


@pytest.mark.parametrize(
    "expected",
    [
        "Imaging Assessment Body",
        "QN-2026-0147",
        "3, draft, not signed",
        "25 November 2026",
        "24 and 25 November 2026",
        "NHS Greater Wessex",
        "Diagnostic imaging at every site of the network",
        "To judge whether the network meets the standard",
        "Worked at St Aldhelm Hospital until 2019",
        "Rhian Ŵyn-Jones",
        "J. Okafor",
        "superintendent radiographer",
        "edition 2022",
        "It is not the Colleges' wording of the standard",
        "it takes the lowest rating of its sites",
        "Recommendation: defer the decision.",
        "What was not sampled may be better or worse",
        "The mobile scanner was out of service",
        "The network works as one in most of what was seen.",
        "The approval was shown to us on the second day.",
        "due 17 February 2027",
        "The waiting room had no sign that patients could read.",
        "GW-POL-112",
        "Eleven approvals, none for the triage tool",
        "Notice on the door, seen at 10:40",
        "Lead assessor, for the team",
        "For the network: received",
    ],
)
def test_holds(words: str, expected: str) -> None:
    assert squeezed(expected) in words


def test_holds_everything_that_was_judged(visit: VisitSnapshot, words: str) -> None:
    for criterion in visit.pack.criteria:
        assert squeezed(f"{criterion.shown_code} {criterion.title}") in words
    for finding in visit.findings:
        for text in (finding.number, finding.requirement, finding.evidence, finding.gap):
            assert squeezed(text) in words
    for exhibit in visit.exhibits:
        assert squeezed(exhibit.sha256 or "no file") in words
        assert squeezed(exhibit.title) in words
    for cell in visit.ratings.values():
        for opinion in cell.opinions:
            assert squeezed(opinion.reason) in words


def test_shows_chosen_notes_only(visit: VisitSnapshot, tmp_path: Path) -> None:
    first, second = visit.notes[0], visit.notes[1]
    notes = (
        replace(first, text="Chosen for the report", shown=True),
        replace(second, text="Kept back", shown=False),
    )
    out = tmp_path / "r.pdf"
    draw_report(replace(visit, notes=notes), out)
    words = text_of(out)
    assert "Chosen for the report" in words
    assert "Kept back" not in words


def test_every_page_but_the_cover_is_numbered(report: Path) -> None:
    pages = page_texts(report)
    assert f"Page 1 of {len(pages)}" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert f"Page {number} of {len(pages)}" in page
        assert "Report QN-2026-0147 · version 3 · 25 November 2026" in page
        assert "DRAFT 3 · not signed" in page


def test_draft_is_marked_and_final_is_not(tmp_path: Path) -> None:
    final = make_snapshot(sealed=True, disagreements=0)
    assert final.final
    out = tmp_path / "r.pdf"
    draw_report(final, out)
    words = text_of(out)
    assert "DRAFT" not in words
    assert "Version 3 · final" in words
    assert "Sealed by L. Lead" in words


def test_contents_lead_where_they_say(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        entries = [(str(link.Contents), pages[link.Dest[0].objgen]) for link in pdf.pages[1].obj.Annots]
    assert len(entries) > 20
    texts = page_texts(report)
    for words, page in entries:
        title, _, number = words.rpartition(", page ")
        assert int(number) == page
        assert squeezed(title) in squeezed(texts[page - 1])


def test_bookmarks_name_sections_standards_and_findings(visit: VisitSnapshot, report: Path) -> None:
    with pikepdf.open(report) as pdf, pdf.open_outline() as outline:
        sections = {entry.title: [child.title for child in entry.children] for entry in outline.root}
    assert list(sections)[:4] == ["Contents", "1 Summary", "2 The visit", "3 Standards and criteria"]
    assert list(sections)[-1] == "10 Signatures"
    assert sections["3 Standards and criteria"] == [f"{s.code} {s.title}" for s in visit.pack.standards]
    standing = [f.number for f in visit.findings if f.grade != "good" and not f.withdrawn]
    withdrawn = [f.number for f in visit.findings if f.withdrawn]
    named = [title.split()[0] for title in sections["4 Findings"]]
    assert named == [*standing, "Withdrawn", *withdrawn]


def test_summary_stands_on_one_page(report: Path) -> None:
    summary = page_texts(report)[2]
    for part in ("1 Summary", "Recommendation:", "criteria rated", "Standards by place", "Ratings by series"):
        assert part in summary.replace("\u00a0", " ").replace("  ", " ")
    assert "What stood out" in summary


def test_names_itself(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261125160207+00'00'"
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == "Assessment report QN-2026-0147: Greater Wessex Imaging Network"
            assert xmp["pdfuaid:part"] == "1"


def test_an_untouched_visit_makes_a_report(tmp_path: Path) -> None:
    record = VisitRecord("1f2e3d4c-0000", make_pack(), make_rules())
    out = tmp_path / "r.pdf"
    draw_report(snapshot_of(record, version=1, made_at=MADE_AT), out)
    words = squeezed(text_of(out))
    for expected in (
        "Network not named",
        "QSIN-1F2E3D4C",
        "Recommendation: not made yet.",
        "No exhibit was kept.",
    ):
        assert squeezed(expected) in words


def test_a_pack_brings_its_own_texts_and_logo(visit: VisitSnapshot, tmp_path: Path) -> None:
    red_dot = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljN"
        "BAAO9TXL0Y4OHwAAAABJRU5ErkJggg=="
    )
    pack = replace(visit.pack, logo=red_dot, report_texts=(("sampling", "Samples are small here."),))
    out = tmp_path / "r.pdf"
    draw_report(replace(visit, pack=pack), out)
    assert "Samples are small here." in text_of(out)
    with pikepdf.open(out) as pdf:
        assert [int(image.Width) for image in pdf.pages[0].get_images().values()] == [5]


def test_progress_only_rises_and_ends_full(visit: VisitSnapshot, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    draw_report(visit, tmp_path / "r.pdf", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (100, 100)
    assert told == sorted(told)
    assert len(told) > 20
