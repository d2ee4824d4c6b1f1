"""Rounds of sending and returning, and two laptops that read different words."""

from __future__ import annotations

from pathlib import Path

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import take_snapshot
from qsin_desktop.actions.responding import (
    answer_response,
)
from qsin_desktop.actions.returning import (
    apply_return,
    preview_return,
)
from qsin_desktop.domain.responses import Response, Verdict
from tests.actions.answering import come_home, id_of, read_in, two_answers
from tests.founding import ME, PEER
from tests.report.returned.returning import FIRST, Findings, filled_in


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
