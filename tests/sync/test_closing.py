"""The closing gate lists what stands in the way, and the seal says in spite of what it was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qsin_desktop.actions import findings, planning
from qsin_desktop.actions.closing import NotFinal, closing_points, refuse_a_draft
from qsin_desktop.actions.closing_reasons import NoSuchPoint, keep_reasons, kept_reasons, reasons_for
from qsin_desktop.actions.evidence import Target, attach_prepared, prepare_bytes
from qsin_desktop.actions.late_changes import (
    NothingLate,
    late_changes,
    leave_late_changes,
    returns_after_seal,
    signed_record,
)
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.rating import rate as judge
from qsin_desktop.actions.reporting import DocumentKind, draw, export, take_snapshot
from qsin_desktop.actions.responding import answer_response
from qsin_desktop.actions.returning import apply_return, preview_return
from qsin_desktop.actions.sealing import CannotSeal, NotSealed, PointsOpen, reopen, seal, sealed_digest
from qsin_desktop.domain.closing import ClosingPoint, PointKind, counts_of, summed_up
from qsin_desktop.domain.errors import LeadOnly, TextMissing
from qsin_desktop.domain.responses import Response, Verdict
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.journal.entry import Draft
from tests.founding import ME, PEER
from tests.report.pdf_reading import squeezed, text_of
from tests.report.returned.returning import FIRST, filled_in
from tests.sync.team import STRANGER, TECH, Stick, all_meet, laptops, meet
from tests.sync.test_exchange import attach, rate

REASON = "Harbour CDC was closed by flooding"


def by_kind(visit: OpenVisit, kind: PointKind) -> list[ClosingPoint]:
    return [point for point in closing_points(visit) if point.kind is kind]


def raise_one(visit: OpenVisit, gap: str = "No owner") -> str:
    return findings.raise_finding(
        visit,
        criteria=["IN-301.a"],
        grade="mandatory",
        requirement="An owner for every tool",
        evidence="Two tools have none",
        gap=gap,
    ).entity


def test_every_kind_of_point_is_listed_with_its_place(founded: Path, tmp_path: Path, stick: Stick) -> None:
    with laptops(founded, tmp_path) as team, laptops(founded, tmp_path / "s", STRANGER) as (stranger,):
        lead, peer, tech = team
        finding = raise_one(peer, gap="")
        rate(peer, word="met")
        attach(peer, "photo.bin", b"a photo")
        rate(stranger, "IN-301.c")
        for visit in (stranger, peer):
            meet(visit, stick)
        for piece in stick.pieces():
            piece.unlink()
        meet(lead, stick)
        rate(lead, word="not-met")
        kinds = counts_of(closing_points(lead))
        assert next(iter(kinds)) is PointKind.DISAGREEMENT, "what blocks comes first"
        (disagreement,) = by_kind(lead, PointKind.DISAGREEMENT)
        assert (disagreement.criterion, disagreement.stage, disagreement.blocks) == (
            "IN-301.a",
            Stage.SITE,
            True,
        )
        assert disagreement.key is not None
        assert (by_kind(lead, PointKind.TEXT)[0].finding, by_kind(lead, PointKind.EVIDENCE)[0].finding) == (
            finding,
            finding,
        )
        ratings = by_kind(lead, PointKind.RATING)
        assert {point.criterion for point in ratings} >= {"IN-301.b", "IN-301.a"}
        assert all(point.stage is not None and not point.blocks for point in ratings)
        assert [point.person for point in by_kind(lead, PointKind.NOT_IN)] == [TECH.person]
        assert [point.person for point in by_kind(lead, PointKind.EXHIBITS)] == [PEER.person]
        assert [point.device for point in by_kind(lead, PointKind.WAITING)] == [STRANGER.device]
        assert by_kind(lead, PointKind.CONCLUSION)[0].words == "The recommendation"
        assert "1 disagreement is open" in summed_up(kinds)
        assert tech.store.entry_count()


def test_soft_points_are_passed_with_a_reason_that_everybody_reads(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    meet(lead, stick)
    with pytest.raises(PointsOpen, match=r"1 colleague has not handed in.*with a reason") as refused:
        seal(lead)
    assert refused.value.points == closing_points(lead)
    with pytest.raises(PointsOpen):
        seal(lead, in_spite_of="  \n ")
    points = closing_points(lead)
    assert not take_snapshot(lead).seal
    seal(lead, in_spite_of=REASON)
    made = lead.record.seal
    assert made is not None
    assert made.reason == REASON
    assert dict(made.open)["not-in"] == 1
    assert sum(dict(made.open).values()) == len(points)
    assert "Tom Technical has not handed in" in made.points
    assert {(log.person, log.device) for log in made.seen} == {
        (ME.person, ME.device),
        (PEER.person, PEER.device),
    }
    all_meet(team, stick)
    assert peer.record.seal == made, "it reaches everyone"
    export(peer, DocumentKind.REPORT, tmp_path / "r.pdf")
    words = squeezed(text_of(tmp_path / "r.pdf"))
    assert squeezed(REASON) in words
    assert squeezed("1 colleague has not handed in") in words
    assert squeezed("over") in words
    export(peer, DocumentKind.WORKBOOK, tmp_path / "w.xlsx")
    cells = [c.value for row in load_workbook(tmp_path / "w.xlsx")["Summary"].iter_rows() for c in row]
    assert any(REASON in str(value) for value in cells)


def test_a_point_is_passed_with_a_reason_of_its_own_and_one_is_given_for_the_rest(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    meet(lead, stick)
    points = closing_points(lead)
    own = reasons_for(points, [("rating", "Not visited"), ("tom technical", "Tom fell ill on the first day")])
    own["IN-999, a point that is no more"] = "Nobody needs this"
    with pytest.raises(NoSuchPoint, match=r"“fog”.*rating"):
        reasons_for(points, [("fog", "x")])
    with pytest.raises(PointsOpen, match=r"Without a reason still: 1 recommendation is missing\."):
        seal(lead, reasons=own)
    keep_reasons(lead, own)
    assert kept_reasons(lead) == own
    seal(lead, in_spite_of=REASON, reasons=kept_reasons(lead))
    made = lead.record.seal
    assert made is not None
    assert dict(made.reasons)["Tom Technical has not handed in"] == "Tom fell ill on the first day"
    assert set(dict(made.reasons).values()) == {"Not visited", "Tom fell ill on the first day"}
    assert made.reason == REASON
    assert made.passed == len(points)
    assert kept_reasons(lead) == {}
    meet(lead, stick)
    meet(peer, stick)
    assert peer.record.seal == made
    assert peer.store.projection_matches()
    export(peer, DocumentKind.REPORT, tmp_path / "r.pdf")
    words = squeezed(text_of(tmp_path / "r.pdf"))
    for told in ("Tom Technical has not handed in", "Tom fell ill on the first day", REASON):
        assert squeezed(told) in words
    export(peer, DocumentKind.WORKBOOK, tmp_path / "w.xlsx")
    cells = [c.value for row in load_workbook(tmp_path / "w.xlsx")["Summary"].iter_rows() for c in row]
    assert any("Tom Technical has not handed in: Tom fell ill" in str(value) for value in cells)


def test_where_each_point_has_its_reason_none_is_needed_for_the_rest(team: list[OpenVisit]) -> None:
    lead = team[0]
    own = {point.words: f"Because of {number}" for number, point in enumerate(closing_points(lead))}
    seal(lead, reasons=own)
    made = lead.record.seal
    assert made is not None
    assert dict(made.reasons) == own
    assert made.reason == ""
    assert set(made.points) == set(own)


def test_a_seal_of_an_earlier_version_with_one_reason_is_still_read(team: list[OpenVisit]) -> None:
    lead = team[0]
    key = FieldKey("seal", lead.visit_id, "sealed")
    value = {"digest": "0" * 64, "seen": {}, "open": {"rating": 2}, "points": ["IN-301 a, the rating"]}
    lead.write("Seal the visit", [Draft(key, value, why=REASON)], lasting=True)
    made = lead.record.seal
    assert made is not None
    assert (made.reason, made.reasons, made.passed) == (REASON, (), 2)


def test_what_blocks_cannot_be_passed_with_a_reason(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    rate(peer, word="met")
    rate(tech, word="not-met")
    all_meet(team, stick)
    with pytest.raises(CannotSeal, match="a disagreement is open") as refused:
        seal(lead, in_spite_of=REASON)
    assert not isinstance(refused.value, PointsOpen)
    with pytest.raises(LeadOnly):
        seal(peer, in_spite_of=REASON)


def test_a_complete_visit_needs_no_reason_and_keeps_none(
    visit_complete: Callable[[OpenVisit], None], team: list[OpenVisit], stick: Stick
) -> None:
    lead = team[0]
    for visit in team[1:]:
        planning.set_work_state(visit, criterion="IN-301.a", state=planning.WorkState.DONE)
    all_meet(team, stick)
    visit_complete(lead)
    assert closing_points(lead) == ()
    seal(lead, in_spite_of="There is nothing to pass")
    assert lead.record.seal is not None
    assert (lead.record.seal.reason, lead.record.seal.open) == ("", ())


@pytest.fixture
def visit_complete() -> Callable[[OpenVisit], None]:
    """Rates all there is to rate, and recommends."""

    def complete(visit: OpenVisit) -> None:
        for criterion in visit.pack.criteria:
            for stage in Stage:
                places = ["", *(site.name for site in visit.record.sites)] if criterion.each_site else [""]
                for place in places if stage is Stage.SITE else [""]:
                    judge(visit, criterion=criterion.code, rating="met", stage=stage, site=place)
        planning.set_facts(visit, {"recommendation": visit.rules.recommendations[0][0]})

    return complete


def test_a_report_that_is_not_settled_is_a_draft_and_refuses_to_be_final(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    lead, peer, tech = team
    rate(peer, word="met")
    rate(tech, word="not-met")
    all_meet(team, stick)
    snapshot = take_snapshot(lead)
    assert not snapshot.final
    draw(snapshot, DocumentKind.REPORT, tmp_path / "draft.pdf")
    assert "DRAFT" in text_of(tmp_path / "draft.pdf")
    with pytest.raises(NotFinal, match="a disagreement is open and the visit is not sealed"):
        refuse_a_draft(lead)
    judge(tech, criterion="IN-301.a", rating="met")
    all_meet(team, stick)
    with pytest.raises(NotFinal, match="has not sealed"):
        refuse_a_draft(lead)
    seal(lead, in_spite_of=REASON)
    refuse_a_draft(lead)
    assert take_snapshot(lead).final


# ---- what comes after the seal --------------------------------------------------------------------------


def test_a_late_change_is_left_out_with_a_reason_that_the_report_states(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    lead, peer, _ = team
    rate(lead, word="met")
    all_meet(team, stick)
    seal(lead, in_spite_of=REASON)
    with pytest.raises(NothingLate):
        leave_late_changes(lead, reason="nothing")
    raise_one(peer)
    meet(peer, stick)
    meet(lead, stick)
    (late,) = late_changes(lead)
    assert {key.type for key in late.keys} == {"finding"}, "one act, though several entries"
    assert late.left == ""
    with pytest.raises(TextMissing):
        leave_late_changes(lead, reason=" ")
    with pytest.raises(LeadOnly):
        leave_late_changes(peer, reason="mine")
    leave_late_changes(lead, reason="It will be raised at the next visit")
    rate(peer, "IN-301.b")
    all_meet(team, stick)
    for visit in team:
        decided, waiting = late_changes(visit)
        assert (decided.left, decided.left_by) == ("It will be raised at the next visit", "Lena Lead")
        assert waiting.left == "", "what came later waits for another word"
        assert signed_record(visit).findings() == ()
        assert visit.record.seal is not None
        assert sealed_digest(visit) == visit.record.seal.digest
        assert not visit.record.conflicts
    export(lead, DocumentKind.REPORT, tmp_path / "r.pdf")
    words = squeezed(text_of(tmp_path / "r.pdf"))
    assert squeezed("Changes after the sign-off") in words
    assert squeezed("It will be raised at the next visit") in words
    assert squeezed("Not decided yet") in words
    assert squeezed("Two tools have none") not in words
    reopen(lead, reason="To hear it after all")
    assert late_changes(lead) == ()
    assert len(signed_record(lead).findings()) == 1
    with pytest.raises(NotSealed):
        leave_late_changes(lead, reason="too late")


def test_only_a_lead_can_leave_a_late_change_whatever_is_written(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    all_meet(team, stick)
    seal(lead, in_spite_of=REASON)
    made = lead.record.seal
    assert made is not None
    rate(tech)
    key = FieldKey("seal", peer.visit_id, "left")
    value = {"seal": made.entry, "seen": {TECH.device: 99}}
    peer.write("Leave", [Draft(key, value, why="forged")])
    all_meet(team, stick)
    assert [change.left for change in late_changes(lead)] == [""]


def test_the_networks_answers_are_no_late_changes_and_are_listed_apart(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    lead, peer, _ = team
    finding = raise_one(lead)
    prepared = prepare_bytes(lead.pieces, b"seen on site", "photo.bin")
    attach_prepared(lead, prepared, [Target(finding=finding)])
    export(lead, DocumentKind.WORKBOOK, tmp_path / "out.xlsx")
    home = tmp_path / "out.xlsx"
    with filled_in(home) as (_, sheet):
        sheet[FIRST, Response.OWNER] = "R. Patel"
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "F-001.txt").write_text("proof", encoding="utf-8")
    all_meet(team, stick)
    seal(lead, in_spite_of=REASON)
    apply_return(lead, preview_return(lead, home, evidence=folder))
    answer_response(lead, finding="F-001", verdict=Verdict.MORE, words="Which tools?")
    assert late_changes(lead) == ()
    assert len(returns_after_seal(lead)) == 2
    rate(peer, "IN-301.b")
    all_meet(team, stick)
    assert [change.act for change in late_changes(lead)] == ["Rate IN-301 b: Met"]
    signed = signed_record(lead)
    assert [exhibit.name for exhibit in signed.exhibits()] == ["photo.bin", "F-001.txt"]
    assert signed.response(finding).texts, "answers are shown as they stand now"
    assert not [key for key in signed.ratings if key.criterion == "IN-301.b"]
    snapshot = take_snapshot(lead)
    assert (len(snapshot.late), len(snapshot.returns)) == (1, 2)
