"""A findings workbook comes home: what was answered, what was altered, and what was done to its sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qsin_desktop.domain.responses import Decision, Response, Verdict
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.returned.outcome import Alteration, Difference
from qsin_desktop.report.returned.reader import read_return
from tests.report.make_snapshot import LEAD
from tests.report.returned.returning import (
    BACK,
    FIRST,
    SENT,
    SENT_AGAIN,
    Findings,
    after_sending,
    answered,
    filled_in,
    returned,
    sent,
    small_visit,
    told,
)


@pytest.fixture(scope="module")
def snapshot() -> VisitSnapshot:
    return small_visit()


def fill(**texts: object) -> object:
    def edit(_book: object, findings: Findings) -> None:
        for column, value in texts.items():
            findings[FIRST, Response(column)] = value

    return edit


# ---- what was answered ------------------------------------------------------------------------------


def test_nothing_written_is_nothing_read(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    back = returned(snapshot, tmp_path, lambda _book, _findings: None)
    assert (back.differences, back.alterations, back.remarks) == ((), (), ())
    assert (back.round, back.rows, back.file) == (1, 4, "findings.xlsx")


def test_every_response_column_is_read(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        for column in Response:
            findings[FIRST, column] = date(2027, 3, 31) if column.is_date else f"About {column.value}\nand on"

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == tuple(
        Difference(
            snapshot.findings[0].id,
            "F-001",
            column,
            "",
            "2027-03-31" if column.is_date else f"About {column.value}\nand on",
        )
        for column in Response
    )
    assert back.answers[snapshot.findings[0].id][Response.OWNER] == "About owner\nand on"


def test_blank_never_erases(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    stands = answered(snapshot, "F-001", owner="R. Patel", planned_date="2027-03-31")

    def edit(_book: object, findings: Findings) -> None:
        assert findings[FIRST, Response.OWNER] == "R. Patel"
        findings[FIRST, Response.OWNER] = "   "
        findings[FIRST, Response.PLANNED] = None

    assert returned(stands, tmp_path, edit).differences == ()


def test_what_stands_is_shown_beside_what_is_new(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    stands = answered(snapshot, "F-001", owner="R. Patel", planned_date="2027-03-31")

    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "S. Jones"
        findings[FIRST, Response.PLANNED] = datetime(2027, 5, 1)  # noqa: DTZ001  cells know no zone

    found = returned(stands, tmp_path, edit).differences
    assert [(d.column, d.before, d.after) for d in found] == [
        (Response.OWNER, "R. Patel", "S. Jones"),
        (Response.PLANNED, "2027-03-31", "2027-05-01"),
    ]


def test_a_cell_nobody_touched_is_no_answer_even_when_more_stands_now(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    before = answered(snapshot, "F-001", owner="R. Patel", correction="Stopped at once")
    now = answered(snapshot, "F-001", owner="S. Jones", correction="Stopped at once")

    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.CORRECTION] = "Stopped and reported"

    found = returned(before, tmp_path, edit, against=after_sending(now)).differences
    assert [(d.column, d.after) for d in found] == [(Response.CORRECTION, "Stopped and reported")]


@pytest.mark.parametrize("words", ["46477", "2027-03-31 14:30", "31/3/2027", "next Tuesday"])
def test_words_that_stand_for_a_day_are_no_new_answer_though_they_could_be_read_as_one(
    snapshot: VisitSnapshot, tmp_path: Path, words: str
) -> None:
    stands = answered(snapshot, "F-001", planned_date=words)
    assert read_return(sent(stands, tmp_path), after_sending(stands)).differences == ()


def test_a_grey_cell_that_was_written_in_is_told_and_not_read(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST + 1, Response.ROOT_CAUSE] = "We are glad"
        findings[FIRST + 1, Response.EVIDENCE] = "praise.pdf"
        findings[FIRST + 1, Response.ACCURACY] = "It was two years, not one"

    back = returned(snapshot, tmp_path, edit)
    assert [(d.number, d.column) for d in back.differences] == [("F-002", Response.ACCURACY)]
    assert told(back) == (
        "F-002 asks for no such answer, so what was filled in is not taken over. "
        "Root cause: “We are glad”; Evidence reference: “praise.pdf”."
    )
    praised = snapshot.findings[1].id
    assert dict(back.answers) == {praised: {Response.ACCURACY: "It was two years, not one"}}


def _decided(snapshot: VisitSnapshot, verdict: Verdict) -> VisitSnapshot:
    """The first finding was answered, and that was said to it."""
    now = answered(snapshot, "F-001", owner="R. Patel")
    entity = snapshot.findings[0].id
    decision = Decision(verdict.value, verdict.label, "Seen", LEAD, "2026-12-02T09:00:00+00:00", current=True)
    return replace(now, responses={entity: replace(now.responses[entity], decision=decision)})


def test_what_is_filled_in_at_a_closed_finding_is_told_with_its_words(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "S. Jones"

    closed = after_sending(_decided(snapshot, Verdict.CLOSE))
    back = returned(snapshot, tmp_path, edit, against=closed)
    assert back.differences == ()
    assert (
        "F-001 is closed, so what was filled in is not taken over. Owner: “S. Jones”. "
        "If it should count after all, ask for more there and read this file again."
    ) in told(back)
    more = read_return(tmp_path / "findings.xlsx", after_sending(_decided(snapshot, Verdict.MORE)))
    assert [d.after for d in more.differences] == ["S. Jones"]


def test_what_is_filled_in_at_a_withdrawn_finding_is_told_with_its_words(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.PLANNED] = date(2027, 1, 31)

    first = replace(snapshot.findings[0], withdrawn="Shown later")
    now = after_sending(replace(snapshot, findings=(first, *snapshot.findings[1:])))
    back = returned(snapshot, tmp_path, edit, against=now)
    assert back.differences == ()
    assert (
        "F-001 is withdrawn, so what was filled in is not taken over. Planned date: “31 January 2027”. "
        "If it should count after all, reinstate the finding and read this file again."
    ) in told(back)


# ---- alterations outside the response columns -------------------------------------------------------


def test_an_altered_locked_cell_is_told_and_not_taken(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, "Gap"] = "There is no gap"
        findings[FIRST, "Due"] = date(2030, 1, 1)
        findings[FIRST, Response.OWNER] = "R. Patel"

    back = returned(snapshot, tmp_path, edit)
    first = snapshot.findings[0]
    assert back.alterations[0] == Alteration(first.id, "F-001", "Gap", first.gap, "There is no gap")
    assert (back.alterations[1].column, back.alterations[1].after) == ("Due", "1 January 2030")
    assert [d.column for d in back.differences] == [Response.OWNER]


_CODES = "_x005F_ is a code to Excel, _x000D_ and _x005F_x0041_ are too"


def _with_first(snapshot: VisitSnapshot, gap: str) -> VisitSnapshot:
    first = replace(snapshot.findings[0], gap=gap, evidence=gap[:7])
    return replace(snapshot, findings=(first, *snapshot.findings[1:]))


def test_a_text_that_looks_like_codes_is_not_altered_by_going_out_and_home(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    visit = _with_first(snapshot, _CODES)
    back = read_return(sent(visit, tmp_path), after_sending(visit))
    assert (back.differences, back.alterations, back.remarks) == ((), (), ())


def test_a_program_that_spells_codes_anew_has_altered_nothing(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    """As the library does, which drops every x005F_."""
    visit = _with_first(snapshot, _CODES)

    def edit(_book: object, findings: Findings) -> None:
        assert findings[FIRST, "Gap"] != _CODES
        findings[FIRST + 3, "Gap"] = "Nothing is lacking"

    (found,) = returned(visit, tmp_path, edit).alterations
    assert (found.number, found.column, found.after) == ("F-004", "Gap", "Nothing is lacking")


@pytest.mark.parametrize("now", ["see annex 3", "", "Row 6"])
def test_an_altered_link_to_a_long_text_is_told(snapshot: VisitSnapshot, tmp_path: Path, now: str) -> None:
    visit = _with_first(snapshot, "line\n" * 300)

    def edit(_book: object, findings: Findings) -> None:
        assert findings[FIRST, "In full"] == "Row 5"
        findings[FIRST, "In full"] = now or None

    back = returned(visit, tmp_path, edit)
    assert back.alterations == (Alteration(visit.findings[0].id, "F-001", "In full", "Row 5", now),)


def test_words_where_no_link_was_are_told_and_sorting_is_no_alteration(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    visit = _with_first(snapshot, "line\n" * 300)

    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST + 1, "In full"] = "Row 5"
        rows = [[cell.value for cell in findings.sheet[FIRST + n]] for n in range(4)]
        for n, row in enumerate(reversed(rows)):
            for cell, value in zip(findings.sheet[FIRST + n], row, strict=True):
                cell.value = value

    back = returned(visit, tmp_path, edit)
    assert back.alterations == (Alteration(visit.findings[1].id, "F-002", "In full", "", "Row 5"),)


def test_a_finding_that_moved_on_since_is_no_alteration(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    first = replace(snapshot.findings[0], gap="Now said in other words")
    now = replace(snapshot, findings=(first, *snapshot.findings[1:]))
    back = returned(snapshot, tmp_path, lambda _b, _f: None, against=after_sending(now))
    assert back.alterations == ()
    assert told(back) == "F-001 has changed since this workbook was sent: Gap."


def test_altered_and_moved_on_is_told_as_uncertain(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    first = replace(snapshot.findings[0], gap="Now said in other words")
    now = replace(snapshot, findings=(first, *snapshot.findings[1:]))

    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, "Requirement"] = "Something easier"

    back = returned(snapshot, tmp_path, edit, against=after_sending(now))
    assert {(a.column, a.certain) for a in back.alterations} == {("Requirement", False), ("Gap", False)}


def test_a_changed_hash_alone_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, "Row hash"] = "0" * 64

    assert "F-001: its row does not bear the hash it was sent with." in told(
        returned(snapshot, tmp_path, edit)
    )


def test_an_answer_read_before_makes_the_old_workbook_no_alteration(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    now = after_sending(answered(snapshot, "F-001", owner="R. Patel"))
    back = returned(snapshot, tmp_path, lambda _b, _f: None, against=now)
    assert back.alterations == ()
    assert "has changed" not in told(back)


def test_an_altered_word_of_the_assessors_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    stands = answered(snapshot, "F-001", owner="R. Patel")

    def edit(_book: object, findings: Findings) -> None:
        assert findings[FIRST, "New in the last return"] == "Return 1: Owner"
        findings[FIRST, "Assessors’ answer"] = "Closed"

    (found,) = returned(stands, tmp_path, edit).alterations
    assert (found.column, found.before, found.after) == ("Assessors’ answer", "", "Closed")


# ---- rounds -----------------------------------------------------------------------------------------


def test_two_copies_of_one_workbook_that_differ_are_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    now = answered(snapshot, "F-001", owner="S. Jones", extent="This place only")
    back = returned(snapshot, tmp_path, fill(owner="R. Patel", correction="Stopped"), against=now)  # type: ignore[arg-type]
    assert {d.column: d.remark for d in back.differences} == {
        Response.OWNER: "What stands came in return 1, in another copy of this workbook.",
        Response.CORRECTION: "",
    }


def test_an_older_round_is_told_and_names_what_came_later(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    later = replace(BACK, number=2, answers=2, sha256="44" * 32)
    answer = answered(snapshot, "F-001", owner="S. Jones").responses[snapshot.findings[0].id]
    now = replace(
        snapshot,
        responses={snapshot.findings[0].id: replace(answer, came={Response.OWNER: later.label})},
        rounds=(SENT, SENT_AGAIN, later),
    )
    back = returned(snapshot, tmp_path, fill(owner="R. Patel"), against=now)  # type: ignore[arg-type]
    assert back.round == 1
    assert "This workbook is of round 1, and round 2 has been sent since; look at each answer." in told(back)
    assert back.differences[0].remark == "What stands came in return 2, to a later workbook than this one."


def test_a_round_that_is_not_known_here_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    back = returned(snapshot, tmp_path, fill(owner="R. Patel"), against=snapshot)  # type: ignore[arg-type]
    assert "Round 1 is not known here" in told(back)
    assert len(back.differences) == 1


def test_the_same_file_again_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    path = sent(snapshot, tmp_path)
    known = replace(after_sending(snapshot))
    sha256 = read_return(path, known).sha256
    again = replace(known, rounds=(*known.rounds, replace(BACK, sha256=sha256)))
    words = "This very file was read in before, as return 1 on 1 December 2026 by L. Lead."
    assert told(read_return(path, again)) == words


def test_a_file_that_lost_its_identity_is_matched_by_its_ids(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        del book["qsin"]  # type: ignore[attr-defined]
        book.custom_doc_props.props.clear()  # type: ignore[attr-defined]

    back = returned(snapshot, tmp_path, edit)
    assert [d.after for d in back.differences] == ["R. Patel"]
    assert back.round == 0
    assert "The file no longer says which visit it belongs to" in told(back)


def test_reading_changes_neither_file_nor_visit(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    path = sent(snapshot, tmp_path)
    with filled_in(path) as (_, findings):
        findings[FIRST, Response.OWNER] = "R. Patel"
    before = path.read_bytes()
    assert read_return(path, snapshot) == read_return(path, snapshot)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_dates_of_the_snapshot_are_its_own(snapshot: VisitSnapshot) -> None:
    assert snapshot.made_at == datetime(2026, 11, 25, 16, 2, 7, tzinfo=UTC)
