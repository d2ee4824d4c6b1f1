"""The visit: what was assessed, where and when, by whom, who was heard, and by which rules."""

from __future__ import annotations

from qsin_desktop.domain.people import Role
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Grade, Pack, Rules, ScalePoint
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.sections import HEARD, heading_of, part_of, section
from qsin_desktop.report.sign_off_part import add_sign_off
from qsin_desktop.report.signs import DISAGREEMENT, NOT_RATED, chip, grade_chip, mark_of
from qsin_desktop.report.standing_texts import body_name, language_of, standing_text
from qsin_desktop.report.table import Column, Content, Table, facts
from qsin_desktop.report.trend_part import add_trend
from qsin_desktop.report.wording import counted, days, listed, place, report_number, rule_words, standard_of


def add_visit_part(report: Composer, visit: VisitSnapshot) -> None:
    report.new_page()
    report.heading(1, heading_of(visit, Section.VISIT), "visit")
    _add_scope(report, visit)
    _add_places(report, visit)
    _add_team(report, visit)
    if visit.template.people_heard:
        _add_heard(report, visit)
    _add_criteria_used(report, visit)
    _add_rules(report, visit)
    add_sign_off(report, visit)
    if visit.trend is not None:
        add_trend(report, visit, visit.trend)


def _add_scope(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(2, f"{part_of(visit, Section.VISIT, 1)} Client, scope and objectives", "scope")
    told = visit.facts
    pairs: list[tuple[str, Content]] = [
        ("Network assessed", told.network),
        ("Client", told.client or told.network),
        ("Issuing body", body_name(visit) or "Not named"),
        ("Report number", report_number(visit)),
        ("Scope", told.scope or "Not written"),
        ("Objectives", told.objectives or "Not written"),
    ]
    facts(report, pairs)


def _add_places(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(2, f"{part_of(visit, Section.VISIT, 2)} Places and dates", "places")
    when = days(visit.facts.first_day, visit.facts.last_day)
    names: list[tuple[str, Content]] = [
        ("Dates of the visit", when or "Not set"),
        ("Assessed", "The network as a whole"),
    ]
    if visit.sites:
        names.append(("Sites", "\n".join(f"{n}. {site.name}" for n, site in enumerate(visit.sites, 1))))
    facts(report, names)


def _add_team(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(2, f"{part_of(visit, Section.VISIT, 3)} The team and its declarations of interest", "team")
    team = [p for p in visit.people if p.role is not Role.NETWORK]
    if not team:
        report.para("No team is recorded.")
    else:
        columns = (
            Column("Name", 100),
            Column("Role", 80),
            Column("Organisation", 116),
            Column("Declaration of interest"),
        )
        table = Table(report, columns)
        for person in team:
            interests = person.interests.strip() or "None declared yet"
            table.row(person.name, person.role.label, person.organisation or "Not given", interests)
        report.gap(6)
    for_network = [p for p in visit.people if p.role is Role.NETWORK]
    if for_network:
        named = listed([f"{p.name}{f' ({p.organisation})' if p.organisation else ''}" for p in for_network])
        report.para(f"For the network: {named}.")


def _add_heard(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(2, f"{part_of(visit, Section.VISIT, HEARD)} People heard", "heard")
    heard = _people_heard(visit)
    if not heard:
        report.para("No note in this report names a person who was heard.")
        return
    table = Table(
        report, (Column("Who", 104), Column("In what role", 128), Column("Where"), Column("About", 92))
    )
    for (who, role), (places, standards) in heard.items():
        table.row(who or "Not named", role or "Not given", ", ".join(places), ", ".join(standards))
    report.gap(6)


def _people_heard(visit: VisitSnapshot) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """Who and role → places and standards, from the notes that the report shows."""
    heard: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for note in visit.notes:
        if note.shown and (note.heard.strip() or note.role.strip()):
            places, standards = heard.setdefault((note.heard.strip(), note.role.strip()), ([], []))
            _add_new(places, place(visit, note.site))
            _add_new(standards, standard_of(visit, note.criterion))
    return dict(sorted(heard.items(), key=lambda item: item[0][0].casefold()))


def _add_new(words: list[str], word: str) -> None:
    if word not in words:
        words.append(word)


def _add_criteria_used(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(2, f"{part_of(visit, Section.VISIT, 5)} Criteria used", "criteria-used")
    pack = visit.pack
    unconfirmed = [s.code for s in pack.standards if s.unconfirmed]
    facts(
        report,
        [
            ("Title", pack.title),
            ("Edition", pack.edition),
            ("Publisher", pack.publisher),
            ("Licence", pack.licence),
            ("Size", _size(pack)),
            ("Notice", pack.notice or ("An outline, not the publisher’s own words." if pack.outline else "")),
            ("Codes unconfirmed", listed(unconfirmed)),
        ],
    )
    words = standing_text(visit, "about_the_standard")
    report.para(words, language=language_of(visit, "about_the_standard"))


def _size(pack: Pack) -> str:
    standards = counted(len(pack.standards), "standard", "standards")
    return f"{standards} with {counted(len(pack.criteria), 'criterion', 'criteria')}".capitalize()


def _add_rules(report: Composer, visit: VisitSnapshot) -> None:
    rules = visit.rules
    report.heading(2, f"{part_of(visit, Section.VISIT, 6)} How it was judged", "rules")
    report.para(
        "Each criterion is judged on documents before the visit and again on site, for the network as a "
        f"whole or at its sites. The rule set is “{rules.title}”. {rule_words(rules)}"
    )
    _add_scale(report, visit)
    report.gap(10)
    _add_grades(report, rules)
    report.gap(6)


def _add_scale(report: Composer, visit: VisitSnapshot) -> None:
    rules = visit.rules
    columns = (Column("Sign and rating", 150), Column("Place on the scale"), Column("Reason", 130))
    table = Table(report, columns, kept=True)
    ranks = sorted({p.rank for p in rules.scale if p.rank is not None})
    for point in rules.scale:
        reason = "always given" if point.needs_reason else "given where useful"
        table.row([chip(mark_of(point.id, rules))], _rank_words(point, ranks), reason)
    missing, sides = section(visit, Section.NOT_COVERED), section(visit, Section.DISAGREEMENTS)
    table.row([chip(NOT_RATED)], f"No rating was given; {missing} lists what is missing", "")
    words = f"Assessors rated differently and have not agreed; {sides} gives each side"
    table.row([chip(DISAGREEMENT)], words, "")


def _add_grades(report: Composer, rules: Rules) -> None:
    due = Column("Time to answer, from the last day", 130)
    table = Table(report, (Column("Grade of finding", 150), Column("What it asks for"), due), kept=True)
    for grade in rules.grades:
        table.row([grade_chip(grade.id, rules)], _grade_words(grade), _time_words(grade))


def _rank_words(point: ScalePoint, ranks: list[int]) -> str:
    if point.rank is None:
        return "Stands outside the scale: the criterion does not apply there"
    nth = ranks.index(point.rank) + 1
    ends = {len(ranks): ", the lowest", 1: ", the best"}
    return f"Step {nth} of {len(ranks)}{ends.get(nth, '')}"


def _grade_words(grade: Grade) -> str:
    if grade.praise:
        return "Nothing: it is good practice worth passing on"
    if grade.blocks:
        return "An answer, and closing before a positive recommendation goes on"
    return "An answer"


def _time_words(grade: Grade) -> str:
    return f"{grade.due_weeks} weeks" if grade.due_weeks is not None else "none set"
