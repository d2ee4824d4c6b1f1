"""Say to the network's answers what the assessors say, and tell how each finding stands."""

from __future__ import annotations

from datetime import date

from qsin_desktop.actions.findings import finding_named
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.texts import kept, needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.responses import (
    NO_RESPONSE,
    AccuracyVerdict,
    FindingStatus,
    Response,
    Verdict,
    answer_digest,
    status_of,
)
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft


class NothingAnswered(Refusal):
    def __init__(self, number: str, what: str = "answer") -> None:
        super().__init__(
            f"The network has given no {what} to {number} yet, so there is nothing to say to. "
            "Read its workbook in first."
        )


class NotAsked(Refusal):
    def __init__(self, number: str, status: FindingStatus) -> None:
        super().__init__(f"{number} needs no answer ({status.label.lower()}), so there is nothing to decide.")


# ---- the assessors' answer --------------------------------------------------------------------------


def answer_response(visit: OpenVisit, *, finding: str, verdict: Verdict, words: str = "") -> Change:
    """Accept the network's answer, ask for more, or close the finding; the last two need words.

    Raises `NothingAnswered`, `NotAsked` or `TextMissing`. A finding may be closed on evidence alone.
    """
    found = finding_named(visit, finding)
    status = finding_status(visit, found.id)
    if status in (FindingStatus.WITHDRAWN, FindingStatus.NOTHING_ASKED):
        raise NotAsked(found.number, status)
    stands = visit.record.response(found.id)
    if not stands.answered and verdict is not Verdict.CLOSE:
        raise NothingAnswered(found.number)
    say = kept if verdict is Verdict.ACCEPT else needed
    value = {
        "verdict": verdict.value,
        "words": say(words, "assessors’ answer").strip(),
        "on": answer_digest(stands.texts, accuracy=False),
    }
    draft = Draft(FieldKey("response", found.id, "verdict"), value)
    return visit.write(f"Answer of {found.number}: {verdict.label.lower()}", [draft], entity=found.id)


def answer_accuracy(visit: OpenVisit, *, finding: str, verdict: AccuracyVerdict, words: str) -> Change:
    """Accept or refuse a comment on factual accuracy, with a reason. Raises `NothingAnswered`."""
    found = finding_named(visit, finding)
    stands = visit.record.response(found.id)
    if Response.ACCURACY not in stands.texts:
        raise NothingAnswered(found.number, "comment on factual accuracy")
    value = {
        "verdict": verdict.value,
        "words": needed(words, "reason"),
        "on": answer_digest(stands.texts, accuracy=True),
    }
    draft = Draft(FieldKey("response", found.id, "accuracy_verdict"), value)
    name = f"Accuracy of {found.number}: {verdict.label.lower()}"
    return visit.write(name, [draft], entity=found.id)


# ---- how findings stand -----------------------------------------------------------------------------


def finding_status(visit: OpenVisit, finding: str, *, today: date | None = None) -> FindingStatus:
    """Of one finding by id, on a day; today by default."""
    found = finding_named(visit, finding)
    grade = next((g for g in visit.rules.grades if g.id == found.grade), None)
    return status_of(found, grade, visit.record.response(found.id), today or visit.clock().date())


def finding_statuses(visit: OpenVisit, *, today: date | None = None) -> dict[str, FindingStatus]:
    """Of every finding, by id, in the order of their numbers."""
    day = today or visit.clock().date()
    grades = {grade.id: grade for grade in visit.rules.grades}
    responses = visit.record.responses()
    return {
        f.id: status_of(f, grades.get(f.grade or ""), responses.get(f.id, NO_RESPONSE), day)
        for f in visit.record.findings()
    }
