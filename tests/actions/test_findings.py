from __future__ import annotations

from datetime import date

import pytest

from qsin_desktop.actions import findings, planning
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import NotFound, TextMissing, UnknownCriterion, UnknownGrade, UnknownSite
from qsin_desktop.domain.findings import Finding

A, B = "IN-301.a", "IN-301.b"


def raised(visit: OpenVisit, grade: str = "mandatory", **more: str) -> Finding:
    change = findings.raise_finding(visit, criteria=[A], grade=grade, **more)
    return findings.finding_named(visit, change.entity)


def test_a_finding_is_requirement_evidence_and_gap(visit: OpenVisit) -> None:
    change = findings.raise_finding(
        visit,
        criteria=["in-301 a", B, A],
        grade="Mandatory finding",
        requirement=" R ",
        evidence="E\r\nE",
        gap="G",
        site="harbour cdc",
    )
    finding = findings.finding_named(visit, "F-001")
    assert (finding.id, finding.grade, finding.criteria) == (change.entity, "mandatory", (A, B))
    assert (finding.requirement, finding.evidence, finding.gap) == ("R", "E\nE", "G")
    assert visit.record.site_name(finding.site) == "Harbour CDC"
    assert change.name == "Raise F-001"


@pytest.mark.parametrize(
    ("grade", "due"), [("mandatory", date(2027, 2, 17)), ("recommendation", None), ("good-practice", None)]
)
def test_it_is_due_by_its_grade_counted_from_the_last_day(
    visit: OpenVisit, grade: str, due: date | None
) -> None:
    assert raised(visit, grade).due == due


def test_when_the_last_day_moves_the_due_date_moves_with_it(visit: OpenVisit) -> None:
    raised(visit)
    planning.set_facts(visit, {"ends": "2026-12-02"})
    assert findings.finding_named(visit, "F-001").due == date(2027, 2, 24)
    planning.set_facts(visit, {"ends": ""})
    assert findings.finding_named(visit, "F-001").due == date(2027, 2, 16)
    planning.set_facts(visit, {"starts": ""})
    assert findings.finding_named(visit, "F-001").due is None


def test_a_due_date_of_its_own_stays_until_it_is_given_back(visit: OpenVisit) -> None:
    raised(visit)
    findings.set_due(visit, finding="F-001", due=date(2027, 1, 1))
    planning.set_facts(visit, {"ends": "2026-12-02"})
    finding = findings.finding_named(visit, "F-001")
    assert (finding.due, finding.due_is_own) == (date(2027, 1, 1), True)
    findings.set_due(visit, finding="F-001", due=None)
    finding = findings.finding_named(visit, "F-001")
    assert (finding.due, finding.due_is_own) == (date(2027, 2, 24), False)


def test_another_grade_is_another_limit(visit: OpenVisit) -> None:
    raised(visit, "recommendation")
    findings.grade_finding(visit, finding="F-001", grade="mandatory")
    finding = findings.finding_named(visit, "f-1")
    assert (finding.grade, finding.due) == ("mandatory", date(2027, 2, 17))


def test_withdrawn_is_kept_with_its_number_and_reason(visit: OpenVisit) -> None:
    raised(visit)
    findings.withdraw_finding(visit, finding="F-001", reason="Raised twice")
    assert [f.withdrawn for f in visit.record.findings()] == ["Raised twice"]
    assert visit.record.findings(withdrawn=False) == ()
    assert raised(visit).number == "F-002"
    findings.reinstate_finding(visit, finding="F-001")
    assert [f.number for f in visit.record.findings(withdrawn=False)] == ["F-001", "F-002"]
    with pytest.raises(TextMissing):
        findings.withdraw_finding(visit, finding="F-001", reason=" ")


def test_a_number_claimed_by_two_laptops_is_told_apart_by_a_letter(
    visit: OpenVisit, colleague: OpenVisit
) -> None:
    mine, theirs = raised(visit, gap="mine"), raised(colleague, gap="theirs")
    assert mine.number == theirs.number == "F-001"
    take_from(visit, colleague)
    take_from(colleague, visit)
    for laptop in (visit, colleague):
        assert [f.number for f in laptop.record.findings()] == ["F-001", "F-001b"]
    assert visit.record.findings() == colleague.record.findings()
    assert findings.finding_named(visit, "f-1b") == findings.finding_named(colleague, "F-001b")
    assert raised(visit).number == "F-002"
    assert raised(colleague).number == "F-002"


def test_two_grades_are_a_disagreement_until_the_lead_or_they_agree(
    visit: OpenVisit, colleague: OpenVisit
) -> None:
    raised(visit)
    take_from(colleague, visit)
    findings.grade_finding(colleague, finding="F-001", grade="recommendation")
    take_from(visit, colleague)
    finding = findings.finding_named(visit, "F-001")
    assert (finding.grade, finding.due, finding.disputed) == (None, None, True)
    assert [c.key.field for c in visit.record.conflicts] == ["grade"]
    findings.grade_finding(visit, finding="F-001", grade="mandatory", why="It blocks")
    take_from(colleague, visit)
    for laptop in (visit, colleague):
        assert laptop.record.conflicts == ()
        assert findings.finding_named(laptop, "F-001").grade == "mandatory"


def test_ties_to_criteria(visit: OpenVisit) -> None:
    raised(visit)
    findings.tie_finding(visit, finding="F-001", criterion=B)
    acts = len(visit.acts)
    assert not findings.tie_finding(visit, finding="F-001", criterion="in-301 b").keys
    assert len(visit.acts) == acts
    assert [f.number for f in visit.record.findings(B)] == ["F-001"]
    findings.untie_finding(visit, finding="F-001", criterion=A)
    assert visit.record.findings(A) == ()
    with pytest.raises(findings.LastCriterion):
        findings.untie_finding(visit, finding="F-001", criterion=B)
    with pytest.raises(NotFound):
        findings.untie_finding(visit, finding="F-001", criterion=A)
    History(visit).undo()
    assert findings.finding_named(visit, "F-001").criteria == (A, B)


def test_its_place_and_texts_change_one_by_one(visit: OpenVisit) -> None:
    raised(visit, gap="G")
    findings.place_finding(visit, finding="F-001", site="Royal Wessex")
    findings.write_finding(visit, finding="F-001", part="requirement", text="R")
    findings.write_finding(visit, finding="F-001", part="gap", text=" ")
    finding = findings.finding_named(visit, "F-001")
    assert (visit.record.site_name(finding.site), finding.requirement, finding.gap) == (
        "Royal Wessex",
        "R",
        "",
    )
    findings.place_finding(visit, finding="F-001", site=None)
    assert findings.finding_named(visit, "F-001").site == ""


def test_what_is_unknown_raises_nothing(visit: OpenVisit) -> None:
    before = visit.store.entry_count()
    for criteria, grade, site, refusal in (
        (["IN-9"], "mandatory", None, UnknownCriterion),
        ([A], "huge", None, UnknownGrade),
        ([A], "mandatory", "Atlantis", UnknownSite),
    ):
        with pytest.raises(refusal):
            findings.raise_finding(visit, criteria=criteria, grade=grade, site=site)
    with pytest.raises(NotFound):
        findings.finding_named(visit, "F-001")
    raised(visit)
    with pytest.raises(NotFound):
        findings.write_finding(visit, finding="F-001", part="colour", text="x")
    assert visit.store.entry_count() == before + 3
