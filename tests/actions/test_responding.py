"""The network's workbook goes out and comes home: previewed, taken over as one act, and answered."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path

import pytest

from qsin_desktop.actions import evidence, findings, library, planning, return_evidence, sealing
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import Document, DocumentKind, export, take_snapshot
from qsin_desktop.actions.responding import (
    NotAsked,
    NothingAnswered,
    answer_accuracy,
    answer_response,
    finding_status,
    finding_statuses,
)
from qsin_desktop.actions.return_evidence import NoEvidenceFolder
from qsin_desktop.actions.returning import (
    ChangedSincePreview,
    apply_return,
    applying_return,
    preview_return,
)
from qsin_desktop.actions.summaries import Summaries
from qsin_desktop.actions.trail import trail_rows, verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import TextMissing
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.responses import AccuracyVerdict, FindingStatus, Response, Verdict
from qsin_desktop.report.workbook_return import CannotReadReturn
from tests.founding import ME, PEER, opened
from tests.report.returning import FIRST, Findings, filled_in

Fill = Callable[[Findings], None]
MET_IN = date(2026, 12, 1)


@pytest.fixture
def judged(visit: OpenVisit) -> OpenVisit:
    """Two mandatory findings and one of good practice."""
    for grade in ("mandatory", "mandatory", "good-practice"):
        findings.raise_finding(
            visit,
            criteria=["IN-301.a"],
            grade=next(g.id for g in visit.rules.grades if g.id.startswith(grade)),
            requirement="An owner for every tool",
            evidence="Two tools have none",
            gap="No owner",
        )
    return visit


def send(visit: OpenVisit, path: Path) -> Document:
    return export(visit, DocumentKind.WORKBOOK, path)


def come_home(visit: OpenVisit, path: Path, fill: Fill) -> Path:
    """Sent, filled in and back."""
    send(visit, path)
    with filled_in(path) as (_, sheet):
        fill(sheet)
    return path


def two_answers(sheet: Findings) -> None:
    sheet[FIRST, Response.ROOT_CAUSE] = "Nobody was named"
    sheet[FIRST, Response.PLANNED] = date(2027, 1, 31)
    sheet[FIRST + 1, Response.OWNER] = "R. Patel"


def read_in(visit: OpenVisit, path: Path) -> None:
    apply_return(visit, preview_return(visit, path))


def id_of(visit: OpenVisit, number: str) -> str:
    return findings.finding_named(visit, number).id


def texts(visit: OpenVisit, number: str) -> dict[Response, str]:
    return dict(visit.record.response(id_of(visit, number)).texts)


# ---- reading in -------------------------------------------------------------------------------------


def test_a_preview_writes_nothing(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    before = judged.store.entry_count()
    preview = preview_return(judged, path)
    assert [(d.number, d.column, d.after) for d in preview.back.differences] == [
        ("F-001", Response.ROOT_CAUSE, "Nobody was named"),
        ("F-001", Response.PLANNED, "2027-01-31"),
        ("F-002", Response.OWNER, "R. Patel"),
    ]
    assert (preview.label, preview.back.round, preview.remarks) == ("Return 1", 1, ())
    assert judged.store.entry_count() == before


def test_all_is_taken_over_as_one_act_with_file_and_hash_as_source(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    preview = preview_return(judged, path)
    change = apply_return(judged, preview)
    assert change.name == "Read in return 1: 3 answers to 2 findings"
    assert texts(judged, "F-001") == {
        Response.ROOT_CAUSE: "Nobody was named",
        Response.PLANNED: "2027-01-31",
    }
    rows = [row for row in trail_rows(judged) if row.type == "response"]
    assert {row.why for row in rows} == {f"Return 1: out.xlsx, SHA-256 {preview.back.sha256}"}
    assert {row.by for row in rows} == {"Lena Lead"}
    sent, back = judged.record.rounds
    assert (sent.label, back.label, back.answers) == ("Round 1", "Return 1", 1)
    assert back.sha256 == preview.back.sha256
    assert verify_trail(judged).intact


def test_one_undo_takes_it_all_back_and_redo_brings_it(judged: OpenVisit, tmp_path: Path) -> None:
    (tmp_path / "sent" / "F-001 policy.txt").parent.mkdir()
    (tmp_path / "sent" / "F-001 policy.txt").write_text("Every tool has an owner", encoding="utf-8")
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    apply_return(judged, preview_return(judged, path, evidence=tmp_path / "sent"))
    history = History(judged)
    history.undo()
    assert judged.record.responses() == {} or not any(r.texts for r in judged.record.responses().values())
    assert [r.label for r in judged.record.rounds] == ["Round 1"]
    assert judged.record.exhibits() == ()
    history.redo()
    assert texts(judged, "F-002") == {Response.OWNER: "R. Patel"}
    assert [e.name for e in judged.record.exhibits()] == ["F-001 policy.txt"]


def test_only_the_chosen_ones(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    preview = preview_return(judged, path)
    chosen = [d for d in preview.back.differences if d.number == "F-002"]
    apply_return(judged, preview, differences=chosen)
    assert texts(judged, "F-001") == {}
    rest = preview_return(judged, path)
    assert {d.number for d in rest.back.differences} == {"F-001"}
    assert (rest.label, rest.known) == ("Return 1", True)
    apply_return(judged, rest)
    assert [r.label for r in judged.record.rounds] == ["Round 1", "Return 1"]
    assert judged.record.response(id_of(judged, "F-001")).came[Response.PLANNED] == "Return 1"


def test_the_same_file_again_changes_nothing(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    read_in(judged, path)
    before = judged.store.entry_count()
    assert apply_return(judged, preview_return(judged, path)).act == ""
    assert judged.store.entry_count() == before


def test_a_visit_that_moved_on_under_the_preview(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    stale = preview_return(judged, path)
    read_in(judged, path)
    with pytest.raises(ChangedSincePreview, match="F-001"):
        apply_return(judged, stale)


def in_steps(visit: OpenVisit, path: Path) -> Generator[tuple[int, int], None, Change]:
    preview = preview_return(visit, path)
    return applying_return(visit, preview, differences=preview.back.differences, prepared={})


def ended(steps: Generator[tuple[int, int], None, Change]) -> Change:
    while True:
        try:
            done, total = next(steps)
        except StopIteration as finished:
            change: Change = finished.value
            return change
        assert done < total


def test_in_steps_nothing_is_recorded_before_the_last_one(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    before = judged.store.entry_count()
    given_up = in_steps(judged, path)
    next(given_up)
    given_up.close()
    assert judged.store.entry_count() == before
    change = ended(in_steps(judged, path))
    assert change.name == "Read in return 1: 3 answers to 2 findings"
    assert judged.store.entry_count() == before + 4
    assert judged.acts[-1].id == change.act
    History(judged).undo()
    assert texts(judged, "F-002") == {}
    assert judged.store.projection_matches()
    assert verify_trail(judged).intact


def test_what_is_recorded_between_two_steps_comes_first(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    steps = in_steps(judged, path)
    next(steps)
    findings.write_finding(judged, finding=id_of(judged, "F-003"), part="gap", text="Written meanwhile")
    ended(steps)
    assert texts(judged, "F-002") == {Response.OWNER: "R. Patel"}
    assert findings.finding_named(judged, "F-003").gap == "Written meanwhile"
    assert judged.store.projection_matches()
    assert verify_trail(judged).intact


def test_an_answer_recorded_between_two_steps_refuses_all_of_it(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    steps = in_steps(judged, path)
    next(steps)
    read_in(judged, path)
    before = judged.store.entry_count()
    with pytest.raises(ChangedSincePreview, match="F-001"):
        ended(steps)
    assert judged.store.entry_count() == before


def test_a_refused_file_leaves_nothing(judged: OpenVisit, tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"PK not a workbook")
    before = judged.store.entry_count()
    with pytest.raises(CannotReadReturn):
        preview_return(judged, tmp_path / "bad.xlsx")
    assert judged.store.entry_count() == before


def test_answers_come_after_the_seal(judged: OpenVisit, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "F-001.txt").write_text("proof", encoding="utf-8")
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    sealing.seal(judged, in_spite_of="Tried on a young visit")
    apply_return(judged, preview_return(judged, path, evidence=folder))
    answer_response(judged, finding="F-001", verdict=Verdict.MORE, words="Which tools?")
    assert texts(judged, "F-002") == {Response.OWNER: "R. Patel"}
    assert [e.number for e in judged.record.exhibits()] == ["E-001"]
    assert judged.record.seal is not None
    assert sealing.sealed_digest(judged) == judged.record.seal.digest
    History(judged).undo()


# ---- rounds -----------------------------------------------------------------------------------------


def test_a_later_round_shows_what_stands_and_what_is_new(judged: OpenVisit, tmp_path: Path) -> None:
    read_in(judged, come_home(judged, tmp_path / "one.xlsx", two_answers))
    answer_response(judged, finding="F-001", verdict=Verdict.MORE, words="Name the owner")

    def second(sheet: Findings) -> None:
        assert sheet[FIRST, Response.ROOT_CAUSE] == "Nobody was named"
        assert sheet[FIRST, "Assessors’ answer"] == "More asked for"
        assert sheet[FIRST, "Assessors’ words"] == "Name the owner"
        assert sheet[FIRST, "New in the last return"] == "Return 1: Root cause, Planned date"
        assert (sheet[FIRST, "Status"], sheet[FIRST + 1, "Status"]) == ("Open", "Answered")
        sheet[FIRST, Response.OWNER] = "S. Jones"

    path = come_home(judged, tmp_path / "two.xlsx", second)
    preview = preview_return(judged, path)
    assert (preview.label, preview.back.round) == ("Return 2", 2)
    assert preview.back.alterations == ()
    assert preview.remarks == ()
    apply_return(judged, preview)
    answer = judged.record.response(id_of(judged, "F-001"))
    assert answer.new_in("Return 2") == (Response.OWNER,)
    assert take_snapshot(judged).last_return == "Return 2"
    assert [r.label for r in judged.record.rounds] == ["Round 1", "Return 1", "Round 2", "Return 2"]


def test_two_laptops_that_read_different_words_disagree(
    judged: OpenVisit, colleague: OpenVisit, tmp_path: Path
) -> None:
    colleague.receive([judged.store.log_of(ME.device, colleague.store.tip(ME.device).seq)])
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    other = tmp_path / "other.xlsx"
    other.write_bytes(path.read_bytes())
    with filled_in(other) as (_, sheet):
        sheet[FIRST + 1, Response.OWNER] = "S. Jones"
    read_in(judged, path)
    read_in(colleague, other)
    judged.receive([colleague.store.log_of(PEER.device, judged.store.tip(PEER.device).seq)])
    (conflict,) = judged.record.conflicts
    assert {side.value for side in conflict.sides} == {"R. Patel", "S. Jones"}
    assert judged.record.response(id_of(judged, "F-002")).disputed
    assert [r.label for r in judged.record.rounds if r.returned] == ["Return 1", "Return 1b"]


# ---- evidence ---------------------------------------------------------------------------------------


def test_evidence_by_number_and_by_reference(judged: OpenVisit, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    (folder / "F-002").mkdir(parents=True)
    for name, words in {
        "F-001 owners.txt": "owners",
        "Asset register.csv": "id,room",
        "F-002/scan.txt": "scan",
        "holiday.txt": "sea",
        "owners copy.txt": "owners",
    }.items():
        (folder / name).write_text(words, encoding="utf-8")

    def fill(sheet: Findings) -> None:
        sheet[FIRST, Response.EVIDENCE] = "See owners copy.txt and minutes.pdf, item 3"
        sheet[FIRST + 1, Response.EVIDENCE] = "Asset register, page 2"

    path = come_home(judged, tmp_path / "out.xlsx", fill)
    preview = preview_return(judged, path, evidence=folder)
    assert {(f.path.name, f.numbers) for f in preview.evidence} == {
        ("F-001 owners.txt", ("F-001",)),
        ("owners copy.txt", ("F-001",)),
        ("Asset register.csv", ("F-002",)),
        ("scan.txt", ("F-002",)),
    }
    assert [r.words for r in preview.remarks] == [
        "“holiday.txt” is named by no finding; it is not attached.",
        "F-001 names “minutes.pdf”, which is not in the folder.",
    ]
    change = apply_return(judged, preview)
    assert change.name == "Read in return 1: 2 answers to 2 findings, 3 exhibits"
    assert [e.number for e in judged.record.exhibits()] == ["E-001", "E-002", "E-003"]
    cited = judged.record.links(finding=id_of(judged, "F-001"))
    assert [link.caption for link in cited] == ["Sent by the network with return 1"]
    exhibit = judged.record.exhibit(cited[0].exhibit)
    assert exhibit is not None
    with evidence.open_exhibit(judged, exhibit) as content:
        assert content.read() == b"owners"
    again = apply_return(judged, preview_return(judged, path, evidence=folder))
    assert again.act == ""


def test_neither_the_workbook_nor_a_link_is_evidence(judged: OpenVisit, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    path = come_home(judged, sent / "F-001.xlsx", two_answers)
    (tmp_path / "secret.txt").write_text("not sent", encoding="utf-8")
    link = sent / "F-002 proof.txt"
    try:
        link.symlink_to(tmp_path / "secret.txt")
    except OSError:
        pytest.skip("links cannot be made here")
    preview = preview_return(judged, path, evidence=sent)
    assert "F-001.xlsx" not in {f.path.name for f in preview.evidence}
    assert link not in {f.path for f in preview.evidence}
    assert "“F-002 proof.txt” is a link to another place; it is not attached." in [
        r.words for r in preview.remarks
    ]


def test_a_file_that_can_be_no_exhibit_does_not_hold_up_the_others(
    judged: OpenVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    for name, content in (
        ("F-001 empty.txt", b""),
        ("F-001 proof.txt", b"proof"),
        ("F-002 huge.bin", b"x" * 100),
        ("loose \u202efdp.exe", b"y"),
    ):
        (sent / name).write_bytes(content)
    monkeypatch.setattr(return_evidence, "FILE_LIMIT", 99)
    preview = preview_return(judged, come_home(judged, tmp_path / "out.xlsx", two_answers), evidence=sent)
    assert [f.path.name for f in preview.evidence] == ["F-001 proof.txt"]
    told = [r.words for r in preview.evidence_remarks]
    assert "“F-001 empty.txt” is empty (0 bytes); it is not attached." in told
    assert (
        "“F-002 huge.bin” is larger than 99 bytes, the most that one exhibit may have; it is not attached."
        in told
    )
    assert "“loose □fdp.exe” is named by no finding; it is not attached." in told
    assert apply_return(judged, preview).act


def test_no_folder_is_refused(judged: OpenVisit, tmp_path: Path) -> None:
    path = come_home(judged, tmp_path / "out.xlsx", two_answers)
    with pytest.raises(NoEvidenceFolder):
        preview_return(judged, path, evidence=path)


# ---- the assessors' answer --------------------------------------------------------------------------


@pytest.fixture
def answered(judged: OpenVisit, tmp_path: Path) -> OpenVisit:
    def fill(sheet: Findings) -> None:
        two_answers(sheet)
        sheet[FIRST + 2, Response.ACCURACY] = "It was three sites"

    read_in(judged, come_home(judged, tmp_path / "answers.xlsx", fill))
    return judged


def test_accept_more_and_close(answered: OpenVisit) -> None:
    first = id_of(answered, "F-001")
    assert finding_status(answered, first, today=MET_IN) is FindingStatus.ANSWERED
    for verdict, status in (
        (Verdict.ACCEPT, FindingStatus.OPEN),
        (Verdict.MORE, FindingStatus.OPEN),
        (Verdict.CLOSE, FindingStatus.CLOSED),
    ):
        change = answer_response(answered, finding="f-1", verdict=verdict, words="Seen the register")
        assert change.name == f"Answer of F-001: {verdict.label.lower()}"
        assert finding_status(answered, first, today=MET_IN) is status
        decision = answered.record.response(first).decision
        assert decision is not None
        assert (decision.label, decision.words, decision.current) == (
            verdict.label,
            "Seen the register",
            True,
        )
    History(answered).undo()
    assert finding_status(answered, first, today=MET_IN) is FindingStatus.OPEN


def test_a_new_answer_waits_again_until_it_is_spoken_to(answered: OpenVisit, tmp_path: Path) -> None:
    answer_response(answered, finding="F-002", verdict=Verdict.ACCEPT)

    def more(sheet: Findings) -> None:
        sheet[FIRST + 1, Response.DONE] = date(2027, 1, 5)

    read_in(answered, come_home(answered, tmp_path / "more.xlsx", more))
    decision = answered.record.response(id_of(answered, "F-002")).decision
    assert decision is not None
    assert not decision.current
    assert finding_status(answered, "F-002", today=MET_IN) is FindingStatus.ANSWERED


def test_due_and_overdue_by_the_day(answered: OpenVisit) -> None:
    answer_response(answered, finding="F-001", verdict=Verdict.MORE, words="Which?")
    due = findings.finding_named(answered, "F-001").due
    assert due == date(2027, 2, 17)
    cases = {
        date(2027, 1, 19): FindingStatus.OPEN,
        date(2027, 1, 20): FindingStatus.DUE,
        due: FindingStatus.DUE,
        date(2027, 2, 18): FindingStatus.OVERDUE,
    }
    assert {day: finding_status(answered, "F-001", today=day) for day in cases} == cases
    assert list(finding_statuses(answered, today=date(2027, 3, 1)).values()) == [
        FindingStatus.OVERDUE,
        FindingStatus.ANSWERED,
        FindingStatus.NOTHING_ASKED,
    ]


def test_words_are_asked_for_where_they_are_owed(answered: OpenVisit) -> None:
    for verdict in (Verdict.MORE, Verdict.CLOSE):
        with pytest.raises(TextMissing):
            answer_response(answered, finding="F-001", verdict=verdict, words="  ")
    with pytest.raises(TextMissing):
        answer_accuracy(answered, finding="F-003", verdict=AccuracyVerdict.REFUSE, words="")


def test_nothing_to_say_where_nothing_was_answered(judged: OpenVisit) -> None:
    with pytest.raises(NothingAnswered, match="F-001"):
        answer_response(judged, finding="F-001", verdict=Verdict.ACCEPT)
    with pytest.raises(NothingAnswered, match="comment on factual accuracy"):
        answer_accuracy(judged, finding="F-001", verdict=AccuracyVerdict.ACCEPT, words="Right")
    with pytest.raises(NotAsked):
        answer_response(judged, finding="F-003", verdict=Verdict.CLOSE, words="Done")
    answer_response(judged, finding="F-001", verdict=Verdict.CLOSE, words="Put right while we watched")
    assert finding_status(judged, "F-001") is FindingStatus.CLOSED


def test_accuracy_is_accepted_or_refused_with_a_reason(answered: OpenVisit, tmp_path: Path) -> None:
    praise = id_of(answered, "F-003")
    assert answered.record.response(praise).accuracy_waits
    answer_accuracy(answered, finding="F-003", verdict=AccuracyVerdict.REFUSE, words="The list says two")
    said = answered.record.response(praise).accuracy
    assert said is not None
    assert (said.label, said.words, said.current) == ("Refused", "The list says two", True)
    assert not answered.record.response(praise).accuracy_waits


def read_afresh(visit: OpenVisit) -> VisitRecord:
    record = VisitRecord(visit.visit_id, visit.pack, visit.rules)
    for key, stands in visit.store.standing():
        record.apply(key, stands)
    return record


def test_what_was_read_before_never_lags(judged: OpenVisit, tmp_path: Path) -> None:
    def is_up_to_date() -> bool:
        fresh = read_afresh(judged)
        record = judged.record
        same = all(record.response(f.id) == fresh.response(f.id) for f in fresh.findings())
        return same and record.responses() == fresh.responses() and record.findings() == fresh.findings()

    assert is_up_to_date()
    read_in(judged, come_home(judged, tmp_path / "out.xlsx", two_answers))
    assert is_up_to_date()
    answer_response(judged, finding="F-001", verdict=Verdict.MORE, words="Who owns it?")
    assert is_up_to_date()
    history = History(judged)
    for step in (history.undo, history.undo, history.redo, history.redo):
        step()
        assert is_up_to_date()
    read_in(judged, come_home(judged, tmp_path / "again.xlsx", two_answers))
    findings.withdraw_finding(judged, finding="F-002", reason="Shown later")
    planning.set_facts(judged, {"ends": "2026-12-24"})
    assert is_up_to_date()


def test_answers_survive_closing_and_opening(answered: OpenVisit, folder: Path) -> None:
    answer_response(answered, finding="F-001", verdict=Verdict.MORE, words="Which?")
    before = answered.record.responses(), answered.record.rounds
    answered.close()
    with opened(folder, reading=True) as again:
        assert (again.record.responses(), again.record.rounds) == before


def test_what_the_start_screen_can_say_of_the_findings(answered: OpenVisit, tmp_path: Path) -> None:
    answer_response(answered, finding="F-001", verdict=Verdict.MORE, words="Which?")
    summary = library.summary_of(answered)
    assert (summary.answered, summary.due_days) == (1, ("2027-02-17",))
    summaries = Summaries(tmp_path, ME)
    card = library.card_after_look(answered.folder.path, summary, summaries)
    assert library.known_card(answered.folder.path, Summaries(tmp_path, ME)) == card
    assert library.findings_words(card, date(2027, 1, 1)) == "1 answer to look at"
    assert library.findings_words(card, date(2027, 2, 1)) == "1 answer to look at, 1 finding due soon"
    assert library.findings_words(card, date(2027, 2, 18)) == "1 answer to look at, 1 finding overdue"
