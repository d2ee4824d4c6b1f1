"""What the lead's sign-off covers, in spite of what it was made, and what came after it."""

from __future__ import annotations

from qsin_desktop.domain.closing import PointKind
from qsin_desktop.domain.late_changes import LateChange
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.domain.visits import Seal
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.sections import part_of
from qsin_desktop.report.table import Column, Table
from qsin_desktop.report.wording import counted, moment


def add_sign_off(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(2, f"{part_of(visit, Section.VISIT, 7)} What the sign-off covers", "sign-off")
    if visit.seal is None:
        report.para("The lead assessor has not signed the visit off; anything here may still change.")
        return
    report.para(covered_words(visit, visit.seal))
    if visit.seal.passed:
        report.para(in_spite_words(visit.seal))
        _add_reasons(report, visit.seal)
    if visit.seal.seen:
        table = Table(report, (Column("Work of", 200), Column("Entries seen")), kept=True)
        for person, entries in _seen(visit, visit.seal):
            table.row(person, f"{entries:,}")
        report.gap(6)
    _add_late(report, visit)


def covered_words(visit: VisitSnapshot, seal: Seal) -> str:
    """Who signed the visit off, when, and over how much."""
    total = counted(sum(log.entries for log in seal.seen), "entry", "entries")
    laptops = counted(len(seal.seen), "laptop", "laptops")
    when = moment(visit, seal.at)
    return (
        f"{visit.person_name(seal.by)} signed the visit off on {when}, over {total} of {laptops}. What came "
        "later is no part of this report."
    )


def in_spite_words(seal: Seal) -> str:
    """The open points that it was signed off in spite of, and the lead's reason."""
    known = {kind.value for kind in PointKind}
    points = [PointKind(kind).counted(number) for kind, number in seal.open if kind in known]
    told = ", ".join(points) or "points were open"
    given = f"The reason given: {seal.reason}" if seal.reason else ""
    if seal.reasons:
        many = counted(len(seal.reasons), "point has a reason", "points have reasons")
        rest = f" The reason given for the others: {seal.reason}" if seal.reason else ""
        given = (
            f"{many[:1].upper()}{many[1:]} of its own.{rest}"
            if len(seal.reasons) == 1
            else (f"{many[:1].upper()}{many[1:]} of their own.{rest}")
        )
    return f"It was signed off in spite of open points ({told}). {given}"


def _add_reasons(report: Composer, seal: Seal) -> None:
    """Each point that has a reason of its own."""
    if seal.reasons:
        table = Table(report, (Column("Open point", 230), Column("Reason")))
        for point, reason in seal.reasons:
            table.row(point, reason)
        report.gap(6)


def reasons_words(seal: Seal) -> str:
    """A line for each point with a reason of its own."""
    return "\n".join(f"{point}: {reason}" for point, reason in seal.reasons)


def late_words(visit: VisitSnapshot) -> str:
    """How many changes came after the sign-off, or empty."""
    if not visit.late:
        return ""
    many = counted(len(visit.late), "change", "changes")
    them = "it" if len(visit.late) == 1 else "them"
    return f"{many[:1].upper()}{many[1:]} came after the sign-off and no part of this report rests on {them}."


def _seen(visit: VisitSnapshot, seal: Seal) -> list[tuple[str, int]]:
    totals: dict[str, int] = {}
    for log in seal.seen:
        name = visit.person_name(log.person) if log.person else "a laptop that was not confirmed"
        totals[name] = totals.get(name, 0) + log.entries
    return sorted(totals.items())


def _add_late(report: Composer, visit: VisitSnapshot) -> None:
    if visit.late:
        report.heading(3, "Changes after the sign-off", "late-changes", listed=False)
        report.para(late_words(visit))
        columns = (Column("What"), Column("Who", 110), Column("When", 92), Column("Decision", 150))
        table = Table(report, columns)
        for change in visit.late:
            table.row(change.act, change.name, moment(visit, change.at), decision_words(change))
        report.gap(6)
    if visit.returns:
        many = counted(
            len(visit.returns), "answer or decision on an answer", "answers or decisions on answers"
        )
        report.para(f"After the sign-off, {many} came; the section on findings shows them as they stand now.")


def decision_words(change: LateChange) -> str:
    if not change.counts:
        return "Of a laptop that is not confirmed"
    return f"Left out by {change.left_by}: {change.left}" if change.left else "Not decided yet"
