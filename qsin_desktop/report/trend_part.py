"""How the network stands against its last visit: a bar, the tables, a word at each criterion."""

from __future__ import annotations

from collections import Counter

from qsin_desktop.domain.last_visit import LastVisit, PastRating
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Tone
from qsin_desktop.domain.templates import Section
from qsin_desktop.domain.trend import CriterionTurn, FindingOutcome, Outcome, Trend, Turn
from qsin_desktop.report.composing import SMALL, Composer
from qsin_desktop.report.palette import TINTS, UNRATED
from qsin_desktop.report.sections import part_of
from qsin_desktop.report.series_bars import bar_row
from qsin_desktop.report.signs import Mark, chip, glyph_of, mark_of
from qsin_desktop.report.table import CELL, CELL_SOFT, Column, Table
from qsin_desktop.report.typeset import Run
from qsin_desktop.report.wording import counted, days, listed, month

_PART = 8  # of the section about the visit
_TURN_TONES = {Turn.BETTER: Tone.MET, Turn.WORSE: Tone.NOT_MET, Turn.NOT_COMPARED: Tone.NOT_APPLICABLE}
_OUTCOME_TONES = {
    Outcome.RESOLVED: Tone.MET,
    Outcome.PERSISTS: Tone.PARTLY,
    Outcome.WORSENED: Tone.NOT_MET,
}


def add_trend_bar(report: Composer, trend: Trend) -> None:
    """One row, so that the summary stays on its page."""
    counts = [(_mark(turn), trend.counts[turn]) for turn in Turn if trend.counts.get(turn)]
    better, worse = trend.counts.get(Turn.BETTER, 0), trend.counts.get(Turn.WORSE, 0)
    row = report.tag.add("Table").add("TBody").add("TR")
    when = trend.last.first_day
    name = f"Since the visit of {month(when)}" if when else "Since the last visit"
    report.add(bar_row(report, name, counts, f"{better} better, {worse} worse", row))
    report.gap(6.0)


def add_trend(report: Composer, visit: VisitSnapshot, trend: Trend) -> None:
    last = trend.last
    report.heading(2, f"{part_of(visit, Section.VISIT, _PART)} Since the last visit", "last-visit")
    report.para(_about(last, trend))
    report.para(f"{_counts_words(trend)} {_findings_words(trend)}".strip())
    add_trend_bar(report, trend)
    _add_changed(report, visit, trend)
    _add_findings(report, trend)


def past_runs(turn: CriterionTurn) -> list[Run]:
    """What the network was rated at its last visit, beside what it is rated now."""
    if turn.past is None:
        return [Run("Last\u00a0visit\u00a0not\u00a0rated", SMALL)]
    words = "" if turn.turn in (Turn.NOT_COMPARED, Turn.SAME) else f"\u00a0{turn.turn.value}\u00a0now"
    return [Run("Last\u00a0visit\u00a0", SMALL), chip(_past_mark(turn.past), 7.5), Run(words, SMALL)]


# ---- words --------------------------------------------------------------------------------------------


def _when(last: LastVisit) -> str:
    return days(last.first_day, last.last_day) or "of no date"


def _about(last: LastVisit, trend: Trend) -> str:
    final = (
        "It had been signed off when its results were carried over."
        if last.final
        else "It had not been signed off, or had open disagreements, when its results were carried over."
    )
    rules = (
        ""
        if trend.same_rules
        else " The two rule sets differ; what is compared is whether a criterion was met, partly or not."
    )
    return (
        f"The last visit was to {last.network} ({_when(last)}), by “{last.standard}” and the rule set "
        f"“{last.rules}”. {final} What is compared is the network’s rating on site.{rules}"
    )


def _counts_words(trend: Trend) -> str:
    parts = [
        f"{counted(trend.counts[turn], 'criterion is', 'criteria are')} {turn.value}"
        for turn in Turn
        if trend.counts.get(turn)
    ]
    return _sentence(listed(parts))


def _findings_words(trend: Trend) -> str:
    if not trend.findings:
        return "The last visit left no finding that asked for an answer."
    counts = Counter(one.outcome for one in trend.findings)
    parts = [outcome.counted(counts[outcome]) for outcome in Outcome if counts[outcome]]
    many = counted(len(trend.findings), "finding", "findings")
    return _sentence(f"of {many} of the last visit: {', '.join(parts)}")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


# ---- tables -------------------------------------------------------------------------------------------


def _add_changed(report: Composer, visit: VisitSnapshot, trend: Trend) -> None:
    if not trend.changed:
        return
    columns = (
        Column("Criterion", 68),
        Column("Title"),
        Column("Last visit", 92),
        Column("This visit", 92),
        Column("Change", 70),
    )
    table = Table(report, columns)
    for one in trend.changed:
        if one.past is None or one.now is None:
            continue
        title = [Run(one.criterion.title, CELL)]
        if one.reworded:
            title.append(Run(" (its words have changed)", CELL_SOFT))
        now = [chip(mark_of(one.now.id, visit.rules), 7.5)]
        turn = [chip(_mark(one.turn), 7.5)]
        table.row(one.criterion.shown_code, title, [chip(_past_mark(one.past), 7.5)], now, turn)
    report.gap(8)


def _add_findings(report: Composer, trend: Trend) -> None:
    if not trend.findings:
        return
    columns = (
        Column("Finding then", 66),
        Column("Grade", 104),
        Column("What it was about"),
        Column("What became of it", 122),
    )
    table = Table(report, columns)
    for one in trend.findings:
        about = ", ".join(criterion.shown_code for criterion in one.criteria)
        gap = one.past.words or "Nothing was written"
        grade = [chip(Mark("", one.past.grade, TINTS[one.past.tone]), 7.5)]
        table.row(one.past.number, grade, f"{about}: {gap}" if about else gap, _outcome_runs(one))
    report.gap(6)


def _outcome_runs(one: FindingOutcome) -> list[Run]:
    tone = _OUTCOME_TONES.get(one.outcome, Tone.NOT_APPLICABLE)
    runs = [chip(Mark("", one.outcome.label, TINTS[tone]), 7.5)]
    if one.findings:
        numbers = listed([finding.number for finding in one.findings])
        runs.append(Run(f"\nas {numbers}", CELL_SOFT))
    if one.past.closed:
        runs.append(Run("\nclosed after the last visit", CELL_SOFT))
    return runs


def _mark(turn: Turn) -> Mark:
    tint = TINTS[_TURN_TONES[turn]] if turn in _TURN_TONES else UNRATED
    return Mark(turn.sign, turn.value.capitalize(), tint)


def _past_mark(past: PastRating) -> Mark:
    return Mark(glyph_of(past.sign), past.label, TINTS[past.tone])
