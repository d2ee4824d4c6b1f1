"""The cover: whose report it is, of whom, against what, and in which state."""

from __future__ import annotations

from qsin_desktop.domain.people import Role
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.flow import ROOM, Strip, kept_space
from qsin_desktop.report.palette import ACCENT, INK, SOFT
from qsin_desktop.report.pictures import Logo, read_logo
from qsin_desktop.report.sections import part_of
from qsin_desktop.report.sheet import HEIGHT, Sheet
from qsin_desktop.report.standing_texts import (
    body_name,
    language_of,
    logo_address,
    sampling_language,
    sampling_text,
    standing_text,
)
from qsin_desktop.report.table import Content, facts
from qsin_desktop.report.typeset import Run, Style
from qsin_desktop.report.wording import counted, day, days, listed, report_number, state, the

_KIND = Style("semibold", 10.0, 15.0, ACCENT)
_NETWORK = Style("bold", 22.0, 27.0, INK)
_ABOUT = Style("regular", 12.0, 17.0, SOFT)
_BODY_NAME = Style("semibold", 11.0, 15.0, INK)
_LINE = Style("regular", 9.5, 13.0, SOFT)
_STRONG = Style("semibold", 9.0, 13.0, INK)
_FOOT = Style("regular", 8.0, 11.5, SOFT)
_LOGO_HEIGHT, _LOGO_WIDTH = 46.0, 190.0
_TITLE_FROM_TOP = 105.0
_BETWEEN = 5.0


def add_cover(report: Composer, visit: VisitSnapshot) -> None:
    """One page, unless the names and places need more."""
    _add_head(report, visit)
    used = sum(strip.height for strip in report.strips)
    report.add([kept_space(max(_TITLE_FROM_TOP - used, 12.0))])
    report.para(standing_text(visit, "title"), _KIND, after=3, language=language_of(visit, "title"))
    report.para(visit.facts.network or "Network not named", _NETWORK, after=5, role="H1")
    report.para(_about(visit), _ABOUT, after=40)
    facts(report, _facts(visit), label_width=105.0)
    _add_foot(report, visit)


def _add_head(report: Composer, visit: VisitSnapshot) -> None:
    logo = read_logo(logo_address(visit))
    name = body_name(visit)
    if logo is not None:
        report.add([_logo_strip(report, logo, name or "The issuing body")])
    report.para(name, _BODY_NAME, after=2)
    report.para(standing_text(visit, "cover_line"), _LINE, after=2, language=language_of(visit, "cover_line"))
    report.para(visit.template.contact, _FOOT)


def _logo_strip(report: Composer, logo: Logo, name: str) -> Strip:
    figure = report.tag.add("Figure", alt=f"Logo of {name}" if name else "Logo")
    x = report.x

    def paint(sheet: Sheet, top: float) -> None:
        picture = sheet.logo(logo)
        width, height = picture.fitted(_LOGO_WIDTH, _LOGO_HEIGHT)
        figure.place_figure(x, HEIGHT - top - height, width, height)
        sheet.mark(figure)
        sheet.picture(picture.object_number, x, top, width, height)

    return Strip(_LOGO_HEIGHT + 12, paint)


def _about(visit: VisitSnapshot) -> str:
    when = days(visit.facts.first_day, visit.facts.last_day)
    return f"{f'Site visit of {when}' if when else 'Visit'} against {the(visit.pack.title)}"


def _facts(visit: VisitSnapshot) -> list[tuple[str, Content]]:
    leads = [p.name for p in visit.people if p.role is Role.LEAD]
    sites = len(visit.sites)
    where = part_of(visit, Section.VISIT, 2)
    places = f"The network as a whole and {counted(sites, 'site', 'sites')}, named in section {where}"
    return [
        ("Report number", [Run(report_number(visit), _STRONG)]),
        ("Version, state", f"{visit.version}, {state(visit)}"),
        ("Issued", day(visit.made_at.date())),
        ("Issued by", body_name(visit)),
        ("Client", visit.facts.client if visit.facts.client != visit.facts.network else ""),
        ("Criteria", f"{visit.pack.title}, edition {visit.pack.edition}{_outline_words(visit)}"),
        ("Rule set", visit.rules.title),
        ("Assessed places", places if sites else "The network as a whole"),
        ("Lead assessor", listed(leads)),
    ]


def _outline_words(visit: VisitSnapshot) -> str:
    return f" (an outline, see section {part_of(visit, Section.VISIT, 5)})" if visit.pack.outline else ""


def _add_foot(report: Composer, visit: VisitSnapshot) -> None:
    """Down where the page ends, each text in the language it is written in."""
    texts = [
        (standing_text(visit, "disclaimer"), language_of(visit, "disclaimer")),
        (sampling_text(visit), sampling_language(visit)),
        ("How this report is checked: last section.", ""),
    ]
    told = [(words, language) for words, language in texts if words.strip()]
    lines = [line for words, _ in told for line in report.setter.lines([Run(words, _FOOT)], report.width)]
    used = sum(strip.height for strip in report.strips) + len(lines) * _FOOT.leading
    report.add([kept_space(max(ROOM - used - _BETWEEN * len(told), 14.0))])
    for words, language in told:
        report.para(words, _FOOT, after=_BETWEEN, language=language)
