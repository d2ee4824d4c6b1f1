"""Dates, counts and short names in British English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from qsin_desktop.domain import visits
from qsin_desktop.domain.errors import UnknownCriterion
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import RollUp, Rules
from qsin_desktop.domain.visits import NETWORK, Stage

_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day(when: date) -> str:
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """`June 2023`."""
    return f"{_MONTHS[when.month - 1]} {when.year}"


def days(first: date | None, last: date | None) -> str:
    """`24 and 25 November 2026`, `30 November to 2 December 2026`, or empty."""
    if first is None or last is None or first >= last:
        return day(first) if first else ""
    joint = " and " if (last - first).days == 1 else " to "
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{joint}{day(last)}"
    start = day(first) if first.year != last.year else f"{first.day} {_MONTHS[first.month - 1]}"
    return f"{start}{joint}{day(last)}"


def moment(visit: VisitSnapshot, iso: str) -> str:
    """`24 November 2026, 10:30` by the clock of the report; as it was written where it is no moment."""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if when.tzinfo and visit.made_at.tzinfo:
        when = when.astimezone(visit.made_at.tzinfo)
    return f"{day(when)}, {when:%H:%M}"


def counted(count: int, one: str, many: str) -> str:
    """`three sites`, `1 site` beyond twelve in figures."""
    word = _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
    return f"{word} {one if count == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def gone_words(visit: VisitSnapshot) -> str:
    """`F-003: taken back by Lena Lead, 24 November 2026, 10:30.` for each finding that is gone."""
    return " ".join(f"{g.number}: taken back by {g.by}, {moment(visit, g.at)}." for g in visit.gone_findings)


def sentence(words: str) -> str:
    """With a capital in front and a full stop behind."""
    words = words.strip()
    return (
        f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?', '”')) else '.'}"
        if words
        else ""
    )


def the(title: str) -> str:
    """With the article that a sentence wants before a title, unless the title has one."""
    return title if title.lower().startswith(("the ", "a ", "an ")) else f"the {title}"


def strung(texts: Sequence[str]) -> str:
    """One after the other, as they were typed; a semicolon after each that does not end a sentence."""
    return "".join(f"{words}{' ' if is_ended(words) else '; '}" for words in texts[:-1]) + "".join(texts[-1:])


def is_ended(words: str) -> bool:
    """Whether they close a sentence by themselves."""
    return words.endswith((".", "!", "?", "…"))


def size_words(size: int) -> str:
    for unit, step in (("GB", 1000**3), ("MB", 1000**2), ("kB", 1000)):
        if size >= step:
            return f"{size / step:.3g} {unit}" if size / step < 999 else f"{size / step:,.0f} {unit}"
    return f"{size} bytes"


def report_number(visit: VisitSnapshot) -> str:
    """As the body gave it, else one that is the visit's own."""
    return visits.report_number(visit.facts, visit.visit_id)


def state(visit: VisitSnapshot) -> str:
    if visit.final:
        return "final, sealed by the lead assessor"
    return "draft, disagreements open" if visit.seal else "draft, not signed"


def code_of(visit: VisitSnapshot, criterion: str) -> str:
    """As assessors say it, never parted at a line's end; a code unknown to this pack stays as it is."""
    try:
        return visit.criterion(criterion).shown_code.replace(" ", "\u00a0")
    except UnknownCriterion:
        return criterion


def standard_of(visit: VisitSnapshot, criterion: str) -> str:
    try:
        return visit.criterion(criterion).standard
    except UnknownCriterion:
        return criterion


def place(visit: VisitSnapshot, site: str) -> str:
    if site == NETWORK:
        return "Network as a whole"
    return visit.site_name(site) if any(s.id == site for s in visit.sites) else "a removed site"


def rule_words(rules: Rules) -> str:
    """How the network's rating follows from those of its sites."""
    if rules.roll_up is RollUp.NONE:
        return "The network is always rated by itself; its rating is not worked out from those of its sites."
    takes = {
        RollUp.WORST: "the lowest rating of its sites",
        RollUp.MAJORITY: "the rating that most of its sites have, of a tie the lower one",
    }[rules.roll_up]
    return (
        f"Where the network has no rating of its own for a criterion, it takes {takes}. "
        "Not applicable counts only when every site is rated so."
    )


def stage_words(stage: Stage) -> str:
    return {Stage.DOCUMENTS: "On documents", Stage.SITE: "On site"}[stage]
