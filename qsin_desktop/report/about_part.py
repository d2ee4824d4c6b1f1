"""What the issuing body says of its reports, in a section of its own."""

from __future__ import annotations

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.sections import heading_of
from qsin_desktop.report.standing_texts import language_of, standing_text


def add_about(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(1, heading_of(visit, Section.ABOUT), "about")
    report.para(standing_text(visit, "about_this_report"), language=language_of(visit, "about_this_report"))
