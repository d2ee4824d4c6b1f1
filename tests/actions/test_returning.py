"""A workbook that came home: looked into, and taken over as one act."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from qsin_desktop.actions import findings, sealing
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.responding import (
    answer_response,
)
from qsin_desktop.actions.returning import (
    ChangedSincePreview,
    apply_return,
    applying_return,
    preview_return,
)
from qsin_desktop.actions.trail import trail_rows, verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.responses import Response, Verdict
from qsin_desktop.report.returned.outcome import CannotReadReturn
from tests.actions.answering import come_home, id_of, read_in, texts, two_answers


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
