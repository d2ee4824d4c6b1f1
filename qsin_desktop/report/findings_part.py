"""Findings as requirement, evidence and gap, and good practice."""

from __future__ import annotations

from collections.abc import Sequence

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.composing import BODY, BOLD, NOTE, NOTE_BOLD, SMALL, Composer, Frame
from qsin_desktop.report.flow import Strip, kept_space
from qsin_desktop.report.palette import INK, LINE, SOFT, WASH
from qsin_desktop.report.responses_part import add_response, add_rounds
from qsin_desktop.report.sections import heading_of, section
from qsin_desktop.report.shapes import TOP_CORNERS
from qsin_desktop.report.sheet import Sheet
from qsin_desktop.report.signs import grade_chip, grade_of
from qsin_desktop.report.standards_part import exhibit_runs
from qsin_desktop.report.typeset import Run, Style
from qsin_desktop.report.wording import code_of, counted, day, gone_words, moment, place

_NUMBER = Style("bold", 10.5, 15.0, INK)
_WHERE = Style("regular", 9.25, 15.0, INK)
_DUE = Style("regular", 9.25, 15.0, SOFT)


def add_findings_part(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(1, heading_of(visit, Section.FINDINGS), "findings")
    praise = {g.id for g in visit.rules.grades if g.praise}
    standing = [f for f in visit.findings if not f.withdrawn and f.grade not in praise]
    withdrawn = [f for f in visit.findings if f.withdrawn]
    report.para(_count_words(visit, standing), glued=bool(standing))
    add_rounds(report, visit)
    for finding in standing:
        _add_finding(report, visit, finding)
    if withdrawn:
        report.heading(2, "Withdrawn findings", "withdrawn", listed=False)
        report.para("These were raised and taken back; their numbers are not used again.", glued=True)
        for finding in withdrawn:
            _add_finding(report, visit, finding)
    if visit.gone_findings:
        report.para(f"Numbers that no finding has, and that are not used again. {gone_words(visit)}", NOTE)


def add_good_practice(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(1, heading_of(visit, Section.GOOD_PRACTICE), "good-practice")
    praise = {g.id for g in visit.rules.grades if g.praise}
    found = [f for f in visit.findings if not f.withdrawn and f.grade in praise]
    if not found:
        report.para("None was recorded.")
    for finding in found:
        _add_finding(report, visit, finding)


def _count_words(visit: VisitSnapshot, standing: Sequence[Finding]) -> str:
    if not standing:
        return "There are no findings that ask for an answer."
    counts = []
    for grade in visit.rules.grades:
        count = sum(f.grade == grade.id for f in standing)
        if count:
            counts.append(counted(count, grade.label.lower(), grade.plural.lower()))
    undecided = sum(grade_of(f.grade, visit.rules) is None for f in standing)
    if undecided:
        counts.append(counted(undecided, "finding", "findings") + " without an agreed grade")
    words = ", ".join(counts)
    asked = "Each says what was required, what was seen, and the gap between them."
    return f"{words[:1].upper()}{words[1:]}. {asked}"


def _add_finding(report: Composer, visit: VisitSnapshot, finding: Finding) -> None:
    with (
        report.under("Sect"),
        report.framed(Frame(edge=LINE, pad=0.0), continued=f"{finding.number}, continued"),
    ):
        _add_head(report, visit, finding)
        report.add([kept_space(7, glued=True)])
        for name, text in _texts(visit, finding):
            report.para([Run(f"{name}. ", BOLD), Run(text, BODY)], BODY, after=0)
            report.gap(4)
        links = visit.links_of(finding=finding.id)
        if links:
            report.para([Run("Exhibits: ", NOTE_BOLD), *exhibit_runs(visit, links)], NOTE, after=0)
        add_response(report, visit, finding)
        if finding.disputed:
            report.para(
                f"The assessors do not agree about it; see {section(visit, Section.DISAGREEMENTS)}.",
                SMALL,
                after=0,
            )
        report.add([kept_space(7)])
    report.gap(11)


def _texts(visit: VisitSnapshot, finding: Finding) -> list[tuple[str, str]]:
    grade = grade_of(finding.grade, visit.rules)
    texts = [
        ("Requirement", finding.requirement.strip() or "Not written yet."),
        ("Evidence", finding.evidence.strip() or "Not written yet."),
    ]
    if finding.gap.strip() or not (grade and grade.praise):
        texts.append(("Gap", finding.gap.strip() or "Not written yet."))
    if finding.withdrawn:
        gone = finding.withdrawal
        who = f"\n{visit.person_name(gone.by)}, {moment(visit, gone.at)}" if gone else ""
        texts.append(("Withdrawn", finding.withdrawn.strip() + who))
    return texts


def _add_head(report: Composer, visit: VisitSnapshot, finding: Finding) -> None:
    """Number, grade and place on a ground of their own; the date to the right where there is room."""
    codes = ", ".join(code_of(visit, code) for code in finding.criteria) or "no criterion"
    where = "network" if not finding.site else place(visit, finding.site)
    due = "" if finding.withdrawn or finding.due is None else f"due {day(finding.due)}"
    due_line = report.setter.lines([Run(due, _DUE)], 150)[0] if due else None
    runs = [
        Run(f"{finding.number}\u00a0", _NUMBER),
        Run(" ", _WHERE),
        grade_chip(finding.grade, visit.rules),
        Run(f" \u00a0{codes} · {where}", _WHERE),
    ]
    lines = report.setter.lines(runs, report.width - (due_line.width + 14 if due_line else 0))
    tag = report.tag.add("H2")
    x, width, inset = report.x, report.width, 11.0
    height = 12 + len(lines) * _WHERE.leading

    def paint(sheet: Sheet, top: float) -> None:
        sheet.decorate()
        sheet.box(
            x - inset + 0.4,
            top + 0.4,
            width + 2 * inset - 0.8,
            height,
            fill=WASH,
            radius=6,
            corners=TOP_CORNERS,
        )
        for nth, line in enumerate(lines):
            sheet.line(line, x, top + 6 + (nth + 0.5) * _WHERE.leading, tag)
        if due_line:
            sheet.line(due_line, x + width - due_line.width, top + 6 + _WHERE.leading / 2, tag)

    report.add([Strip(height, paint, glued=True, anchor=f"finding-{finding.id}")])
    report.bookmark(2, f"{finding.number} {codes}", f"finding-{finding.id}")
