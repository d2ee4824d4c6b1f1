"""Which numbered sections this report has, in what order, and what each is called where it is cited."""

from __future__ import annotations

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.standing_texts import standing_text

HEARD = 4  # the part of “The visit” that a template may leave out


def sections_of(visit: VisitSnapshot) -> tuple[Section, ...]:
    """The template's, or all in the usual order; the one about the report only where something is said."""
    chosen = tuple(Section(name) for name in visit.template.sections) or tuple(Section)
    about = bool(standing_text(visit, "about_this_report").strip())
    return tuple(section for section in chosen if about or section is not Section.ABOUT)


def number_of(visit: VisitSnapshot, section: Section) -> int:
    """As it is printed, or 0 where the report does not have it."""
    order = sections_of(visit)
    return order.index(section) + 1 if section in order else 0


def section(visit: VisitSnapshot, which: Section) -> str:
    """As it is cited in a sentence: `section 6`."""
    return f"section {number_of(visit, which)}"


def heading_of(visit: VisitSnapshot, section: Section) -> str:
    """`2  The visit`."""
    return f"{number_of(visit, section)}\u00a0 {section.heading}"


def part_of(visit: VisitSnapshot, section: Section, part: int) -> str:
    """`2.1`; parts after one that the template leaves out move up."""
    gap = section is Section.VISIT and part > HEARD and not visit.template.people_heard
    return f"{number_of(visit, section)}.{part - gap}"
