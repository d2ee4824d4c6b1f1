"""The network's answers in the report: below each finding, with what the assessors say to them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.responses import Decision, FindingResponse, FindingStatus, Response, status_of
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.composing import BODY, BOLD, NOTE, NOTE_BOLD, Composer
from qsin_desktop.report.sections import section
from qsin_desktop.report.signs import grade_of
from qsin_desktop.report.typeset import Run
from qsin_desktop.report.wording import counted, day, listed, sentence

_TOLD = (
    *(FindingStatus.OPEN, FindingStatus.DUE, FindingStatus.OVERDUE),
    *(FindingStatus.ANSWERED, FindingStatus.CLOSED),
)
_STATUS_WORDS = {
    FindingStatus.ANSWERED: "awaiting the assessors' word",
    FindingStatus.DUE: "due soon",
}


def add_rounds(report: Composer, visit: VisitSnapshot) -> None:
    """How many workbooks came back, and how the findings stand on the day of the report."""
    returns = [round_ for round_ in visit.rounds if round_.returned]
    if not returns:
        return
    counts = Counter(status_on_the_day(visit, finding) for finding in visit.findings)
    stand = [f"{counts[status]} {_words(status)}" for status in _TOLD if counts[status]]
    many = counted(len(returns), "return", "returns")
    last = day(datetime.fromisoformat(returns[-1].at).date())
    report.para(
        f"The network has answered in {many}, the last read in on {last}. "
        f"Of the findings, on {day(visit.made_at.date())}: {listed(stand) or 'none asks for an answer'}.",
        glued=True,
    )


def status_on_the_day(visit: VisitSnapshot, finding: Finding) -> FindingStatus:
    """On the day the report was made."""
    grade = grade_of(finding.grade, visit.rules)
    return status_of(finding, grade, visit.response_of(finding.id), visit.made_at.date())


def _words(status: FindingStatus) -> str:
    return _STATUS_WORDS.get(status, status.label.lower())


def add_response(report: Composer, visit: VisitSnapshot, finding: Finding) -> None:
    """Within the finding's frame; nothing where nothing was answered or decided."""
    response = visit.response_of(finding.id)
    if not response.texts and response.decision is None:
        return
    report.gap(4)
    with report.under("Sect"):
        status = _words(status_on_the_day(visit, finding))
        report.para([Run("Answer of the network. ", BOLD), Run(sentence(status), BODY)], BODY, after=0)
        for column in Response:
            if column in response.texts and column is not Response.ACCURACY:
                _add_text(report, visit, response, column)
        _add_decision(report, visit, "Assessors", response.decision)
        if Response.ACCURACY in response.texts:
            _add_text(report, visit, response, Response.ACCURACY)
            _add_decision(report, visit, "Assessors, on accuracy", response.accuracy)
        if response.disputed:
            report.para(
                f"Two assessors hold different versions of it; see {section(visit, Section.DISAGREEMENTS)}.",
                NOTE,
                after=0,
            )


def _add_text(report: Composer, visit: VisitSnapshot, response: FindingResponse, column: Response) -> None:
    text = response.texts[column]
    new = f" (new in {visit.last_return.lower()})" if column in response.new_in(visit.last_return) else ""
    shown = _day_words(text) if column.is_date else text
    report.para([Run(f"{column.heading}{new}: ", NOTE_BOLD), Run(shown, NOTE)], NOTE, after=0)


def _add_decision(report: Composer, visit: VisitSnapshot, who: str, decision: Decision | None) -> None:
    if decision is None:
        return
    on = day(datetime.fromisoformat(decision.at).date())
    since = "" if decision.current else " The network has answered anew since."
    said = f"{decision.label} by {visit.person_name(decision.by)} on {on}. {sentence(decision.words)}{since}"
    report.para([Run(f"{who}: ", NOTE_BOLD), Run(said.strip(), NOTE)], NOTE, after=0)


def _day_words(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
