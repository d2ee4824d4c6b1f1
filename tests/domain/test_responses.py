"""How a finding stands on a day, what a decision was given on, and how rounds are numbered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.responses import (
    NO_RESPONSE,
    SOON,
    AccuracyVerdict,
    Decision,
    FindingResponse,
    FindingStatus,
    Response,
    Verdict,
    answer_digest,
    response_of,
    rounds_of,
    source_hash,
    source_words,
    status_of,
)
from qsin_desktop.domain.standards import Grade, Tone
from qsin_desktop.domain.standing import Standing
from qsin_desktop.journal.fields import field_of

DAY = date(2027, 2, 17)
FINDING = Finding("f", "F-001", "mandatory", "r", "e", "g", ("IN-301.a",), "p", "", due=DAY)
GRADE = Grade("mandatory", "Mandatory finding", "Mandatory findings", Tone.NOT_MET)
PRAISE = Grade("good", "Good practice", "Good practice", Tone.MET, praise=True)
ANSWER = FindingResponse({Response.OWNER: "R. Patel"})


def decided(verdict: Verdict, *, current: bool = True) -> FindingResponse:
    decision = Decision(verdict.value, verdict.label, "", "p", "", current)
    return FindingResponse(ANSWER.texts, decision=decision)


def standing(value: object, *, n: int = 1, why: str = "") -> tuple[Standing, ...]:
    return (Standing(f"e{n}", "p", "2026-12-01T09:00:00+00:00", n, value, why),)


@pytest.mark.parametrize(
    ("response", "today", "status"),
    [
        (NO_RESPONSE, DAY - SOON - timedelta(days=1), FindingStatus.OPEN),
        (NO_RESPONSE, DAY - SOON, FindingStatus.DUE),
        (NO_RESPONSE, DAY, FindingStatus.DUE),
        (NO_RESPONSE, DAY + timedelta(days=1), FindingStatus.OVERDUE),
        (ANSWER, DAY + timedelta(days=1), FindingStatus.ANSWERED),
        (FindingResponse({Response.ACCURACY: "one, not two"}), DAY, FindingStatus.DUE),
        (decided(Verdict.ACCEPT), DAY, FindingStatus.DUE),
        (decided(Verdict.MORE), DAY + timedelta(days=1), FindingStatus.OVERDUE),
        (decided(Verdict.MORE, current=False), DAY, FindingStatus.ANSWERED),
        (decided(Verdict.CLOSE), DAY + timedelta(days=1), FindingStatus.CLOSED),
        (decided(Verdict.CLOSE, current=False), DAY, FindingStatus.CLOSED),
    ],
)
def test_status_by_answer_decision_and_day(
    response: FindingResponse, today: date, status: FindingStatus
) -> None:
    assert status_of(FINDING, GRADE, response, today) is status


def test_withdrawn_praise_and_undated_findings() -> None:
    withdrawn = Finding("f", "F-001", "mandatory", "r", "e", "g", (), "p", "", due=DAY, withdrawn="shown")
    undated = Finding("f", "F-001", "mandatory", "r", "e", "g", (), "p", "")
    assert status_of(withdrawn, GRADE, ANSWER, DAY) is FindingStatus.WITHDRAWN
    assert status_of(FINDING, PRAISE, NO_RESPONSE, date.max) is FindingStatus.NOTHING_ASKED
    assert status_of(undated, GRADE, NO_RESPONSE, date.max) is FindingStatus.OPEN
    assert status_of(FINDING, None, NO_RESPONSE, DAY) is FindingStatus.DUE


texts = st.dictionaries(st.sampled_from(list(Response)), st.text(min_size=1, max_size=20))


@given(texts, texts)
def test_a_decision_holds_for_exactly_the_answer_it_was_given_on(
    said: dict[Response, str], later: dict[Response, str]
) -> None:
    decision = {"verdict": "accept", "words": "", "on": answer_digest(said, accuracy=False)}
    fields = {c.value: standing(text) for c, text in later.items()} | {"verdict": standing(decision, n=2)}
    found = response_of(fields, {}).decision
    assert found is not None
    answers = [{c: t for c, t in one.items() if c is not Response.ACCURACY} for one in (said, later)]
    assert found.current == (answers[0] == answers[1])


def test_a_comment_on_accuracy_has_a_decision_of_its_own() -> None:
    said = {Response.ACCURACY: "one", Response.OWNER: "R. Patel"}
    decision = {"verdict": "refuse", "words": "two", "on": answer_digest(said, accuracy=True)}
    fields = {c.value: standing(t) for c, t in said.items()} | {"accuracy_verdict": standing(decision)}
    assert not response_of(fields, {}).accuracy_waits
    changed = response_of(fields | {"factual_accuracy": standing("three")}, {})
    assert changed.accuracy_waits
    assert changed.accuracy is not None
    assert changed.accuracy.label == AccuracyVerdict.REFUSE.label


@given(st.text(max_size=30), st.binary(min_size=32, max_size=32))
def test_the_source_of_an_answer_is_found_again(file: str, digest: bytes) -> None:
    assert source_hash(source_words("Return 1", file, digest.hex())) == digest.hex()
    assert source_hash(file) == ""


def test_each_text_knows_its_return() -> None:
    one, two = "1" * 64, "2" * 64
    fields = {
        "owner": standing("R. Patel", why=source_words("Return 1", "a.xlsx", one)),
        "extent": standing("Here", why=source_words("Return 2", "b.xlsx", two)),
        "correction": standing("Done", why="by hand"),
    }
    found = response_of(fields, {one: "Return 1", two: "Return 2"})
    assert found.new_in("Return 2") == (Response.EXTENT,)
    assert found.came[Response.CORRECTION] == ""
    assert found.new_in("") == ()


def test_rounds_are_told_apart_and_one_file_is_one_return() -> None:
    def made(number: int, sha256: str, n: int) -> tuple[Standing, ...]:
        return standing({"number": number, "file": "f.xlsx", "sha256": sha256, "answers": 1}, n=n)

    entities = {
        "a": {"sent": made(1, "aa", 1)},
        "b": {"sent": made(1, "bb", 2)},  # by a laptop that had not seen the first
        "c": {"returned": made(1, "cc", 3)},
        "d": {"returned": made(2, "cc", 4)},  # the same file, read in by a colleague
        "e": {"returned": made(1, "dd", 5)},
    }
    assert [r.label for r in rounds_of(entities)] == ["Round 1", "Round 1b", "Return 1", "Return 1b"]
    assert rounds_of(dict(reversed(entities.items()))) == rounds_of(entities)


@pytest.mark.parametrize(
    ("type_", "field", "value", "fits"),
    [
        ("response", "owner", "R. Patel", True),
        ("response", "owner", 7, False),
        ("response", "verdict", {"verdict": "more", "words": "w", "on": "0"}, True),
        ("response", "verdict", {"verdict": "perhaps", "words": "w", "on": "0"}, False),
        ("response", "verdict", {"verdict": "refuse", "words": "w", "on": "0"}, False),
        ("response", "verdict", {"verdict": "more", "words": "w"}, False),
        ("response", "verdict", "more", False),
        ("response", "accuracy_verdict", {"verdict": "refuse", "words": "w", "on": "0"}, True),
        ("response", "accuracy_verdict", {"verdict": "close", "words": "w", "on": "0"}, False),
        ("round", "sent", {"number": 1, "file": "f", "sha256": "0"}, True),
        ("round", "sent", {"number": 0, "file": "f", "sha256": "0"}, False),
        ("round", "sent", {"file": "f", "sha256": "0"}, False),
        ("round", "returned", {"number": True, "file": "f", "sha256": "0"}, False),
        ("round", "returned", {"number": 1, "answers": -1, "file": "f", "sha256": "0"}, False),
    ],
)
def test_what_may_stand_in_the_journal(type_: str, field: str, value: object, fits: bool) -> None:
    row = field_of(type_, field)
    assert row is not None
    assert row.shape(value) is fits
