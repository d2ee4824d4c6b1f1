"""Raise a finding, write its three parts, grade it, tie it to criteria, withdraw it with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qsin_desktop.actions.numbering import next_number
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.rating import site_id
from qsin_desktop.actions.reinstating import WITHDRAWN, reinstating
from qsin_desktop.actions.texts import blank_to_none, kept, needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotFound, Refusal
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft

PARTS = ("requirement", "evidence", "gap")


class LastCriterion(Refusal):
    def __init__(self, number: str) -> None:
        super().__init__(f"{number} must stay tied to at least one criterion; tie it to another one first.")


def finding_named(visit: OpenVisit, name: str) -> Finding:
    """By id or number (`F-001`, `f-1`); raises `NotFound`."""
    found = visit.record.finding(name)
    if found is None:
        wanted = name.casefold().replace(" ", "")
        by_number = {f.number.casefold(): f for f in visit.record.findings()}
        short = {f"f-{n.removeprefix('f-').lstrip('0')}": f for n, f in by_number.items()}
        found = by_number.get(wanted) or short.get(wanted)
    if found is None:
        raise NotFound("finding", name)
    return found


def raise_finding(
    visit: OpenVisit,
    *,
    criteria: Sequence[str],
    grade: str,
    requirement: str = "",
    evidence: str = "",
    gap: str = "",
    site: str | None = None,
) -> Change:
    """A new numbered finding; `change.entity` is its id. Its texts may be written later."""
    judged = [visit.criterion(name) for name in criteria]
    chosen = visit.rules.grade(grade)
    finding_id = visit.new_id()
    number = next_number(visit, "finding")
    place = site_id(visit, site)
    texts = {"requirement": requirement, "evidence": evidence, "gap": gap}
    drafts = [_draft(finding_id, "made", {"number": number}), _draft(finding_id, "grade", chosen.id)]
    drafts += [_draft(finding_id, "criterion", c.code) for c in dict.fromkeys(judged)]
    drafts += [
        _draft(finding_id, part, kept(text, part).strip()) for part, text in texts.items() if text.strip()
    ]
    if place:
        drafts.append(_draft(finding_id, "site", place))
    return visit.write(f"Raise {number}", drafts, entity=finding_id)


def write_finding(visit: OpenVisit, *, finding: str, part: str, text: str, typing: bool = False) -> Change:
    """Change one of the three parts: requirement, evidence, gap."""
    if part not in PARTS:
        raise NotFound("part of a finding", part)
    found = finding_named(visit, finding)
    draft = _draft(found.id, part, blank_to_none(kept(text, part)))
    return visit.write(f"Write the {part} of {found.number}", [draft], typing=typing)


def grade_finding(visit: OpenVisit, *, finding: str, grade: str, why: str = "") -> Change:
    """My grade for it; with `why` the lead's grade takes the place of all others."""
    found, chosen = finding_named(visit, finding), visit.rules.grade(grade)
    return visit.write(
        f"Grade {found.number}: {chosen.label}",
        [Draft(FieldKey("finding", found.id, "grade"), chosen.id, why=kept(why, "reason"))],
    )


def set_due(visit: OpenVisit, *, finding: str, due: date | None) -> Change:
    """A due date of its own; None goes back to the grade's limit."""
    found = finding_named(visit, finding)
    return visit.write(
        f"Due date of {found.number}", [_draft(found.id, "due", due.isoformat() if due else None)]
    )


def place_finding(visit: OpenVisit, *, finding: str, site: str | None) -> Change:
    found = finding_named(visit, finding)
    return visit.write(f"Place of {found.number}", [_draft(found.id, "site", site_id(visit, site) or None)])


def tie_finding(visit: OpenVisit, *, finding: str, criterion: str) -> Change:
    """Nothing changes where it is tied to it already."""
    found, judged = finding_named(visit, finding), visit.criterion(criterion)
    drafts = [] if judged.code in found.criteria else [_draft(found.id, "criterion", judged.code)]
    return visit.write(f"Tie {found.number} to {judged.shown_code}", drafts)


def untie_finding(visit: OpenVisit, *, finding: str, criterion: str) -> Change:
    found, judged = finding_named(visit, finding), visit.criterion(criterion)
    if found.criteria == (judged.code,):
        raise LastCriterion(found.number)
    key = FieldKey("finding", found.id, "criterion")
    adds = tuple(s.entry for s in visit.record.standing(key) if s.value == judged.code)
    if not adds:
        raise NotFound(f"tie from {found.number} to", judged.shown_code)
    return visit.write(f"Untie {found.number} from {judged.shown_code}", [Draft(key, None, over=adds)])


def withdraw_finding(visit: OpenVisit, *, finding: str, reason: str) -> Change:
    """Withdrawn, never deleted: it keeps its number and is listed with the reason."""
    found = finding_named(visit, finding)
    words = needed(reason, "reason for withdrawing it")
    return visit.write(f"Withdraw {found.number}", [_draft(found.id, "withdrawn", words)])


def reinstate_finding(visit: OpenVisit, *, finding: str) -> Change:
    found = finding_named(visit, finding)
    return visit.write(
        f"Reinstate {found.number}", [reinstating(visit, FieldKey("finding", found.id, WITHDRAWN))]
    )


def _draft(finding_id: str, field: str, value: object) -> Draft:
    return Draft(FieldKey("finding", finding_id, field), value)
