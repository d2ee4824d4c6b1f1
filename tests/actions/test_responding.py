"""What the assessors say to the network's answers, and how each finding stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qsin_desktop.actions import findings, library, planning
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.responding import (
    NotAsked,
    NothingAnswered,
    answer_accuracy,
    answer_response,
    finding_status,
    finding_statuses,
)
from qsin_desktop.actions.summaries import Summaries
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import TextMissing
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.responses import AccuracyVerdict, FindingStatus, Response, Verdict
from tests.actions.answering import come_home, id_of, read_in, two_answers
from tests.founding import ME, opened
from tests.report.returned.returning import FIRST, Findings

MET_IN = date(2026, 12, 1)


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
