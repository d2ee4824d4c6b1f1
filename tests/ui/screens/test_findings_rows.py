from __future__ import annotations

import pytest

from qsin_desktop.actions.evidence import Target, add_seen
from qsin_desktop.actions.findings import raise_finding, reinstate_finding, withdraw_finding, write_finding
from qsin_desktop.actions.responding import finding_statuses
from qsin_desktop.domain.evidence import SeenDocument
from qsin_desktop.domain.responses import FindingStatus
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.findings_rows import COLUMNS, Filter, FindingRow, Known, rows_of, sort_key


@pytest.fixture
def rows(desk: Desk) -> list[FindingRow]:
    """F-001 complete praise, F-002 mandatory with everything missing, F-003 withdrawn recommendation."""
    visit = desk.visit
    praise = raise_finding(
        visit,
        criteria=["IN-101.a", "IN-301.b"],
        grade="good-practice",
        requirement="R",
        evidence="Café",
        site="Royal Wessex",
    )
    add_seen(visit, SeenDocument(title="Letter"), [Target(finding=praise.entity)])
    raise_finding(visit, criteria=["IN-301.b"], grade="mandatory", gap="No register")
    third = raise_finding(visit, criteria=["IN-101.b"], grade="recommendation")
    withdraw_finding(visit, finding=third.entity, reason="Shown later")
    return rows_of(desk.record, finding_statuses(visit))


def test_rows_made_before_are_used_again_and_follow_every_change(desk: Desk, rows: list[FindingRow]) -> None:
    visit = desk.visit
    known: Known = {}

    def shown() -> list[FindingRow]:
        return rows_of(desk.record, finding_statuses(visit), known)

    first = shown()
    assert first == rows
    write_finding(visit, finding=rows[1].id, part="requirement", text="An owner for every tool")
    second = shown()
    assert second == rows_of(desk.record, finding_statuses(visit))
    assert [a is b for a, b in zip(first, second, strict=True)] == [True, False, True]
    reinstate_finding(visit, finding=rows[2].id)
    raise_finding(visit, criteria=["IN-301.b"], grade="mandatory")
    assert shown() == rows_of(desk.record, finding_statuses(visit))


def test_what_stands_in_a_row(rows: list[FindingRow]) -> None:
    first, second, third = rows
    assert (first.number, first.criterion, first.place) == ("F-001", "IN-101 a +1", "Royal Wessex")
    assert (first.status, first.missing) == (FindingStatus.NOTHING_ASKED, "")
    assert second.missing == "Requirement and evidence not written, No exhibit"
    assert second.due is not None
    assert (second.status, third.status) == (FindingStatus.OPEN, FindingStatus.WITHDRAWN)
    assert first.series == {"100", "300"}


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Filter(), ["F-001", "F-002", "F-003"]),
        (Filter(grades=frozenset({"mandatory", "good-practice"})), ["F-001", "F-002"]),
        (Filter(series="300"), ["F-001", "F-002"]),
        (Filter(statuses=frozenset({FindingStatus.WITHDRAWN})), ["F-003"]),
        (Filter(statuses=frozenset({FindingStatus.OPEN, FindingStatus.OVERDUE})), ["F-002"]),
        (Filter(missing=True), ["F-002"]),
        (Filter(words="café royal"), ["F-001"]),
        (Filter(words="in-301"), ["F-001", "F-002"]),
        (Filter(words="REGISTER no"), ["F-002"]),
        (Filter(words="register", series="100"), []),
    ],
)
def test_what_a_filter_lets_through(rows: list[FindingRow], wanted: Filter, numbers: list[str]) -> None:
    assert [row.number for row in rows if wanted.lets(row)] == numbers


@pytest.mark.parametrize(
    ("column", "numbers"),
    [
        ("Number", ["F-001", "F-002", "F-003"]),
        ("Grade", ["F-002", "F-003", "F-001"]),
        ("Criterion", ["F-001", "F-003", "F-002"]),
        ("Place", ["F-002", "F-003", "F-001"]),
        ("Due", ["F-002", "F-001", "F-003"]),
        ("Status", ["F-002", "F-001", "F-003"]),
    ],
)
def test_how_columns_are_sorted(desk: Desk, rows: list[FindingRow], column: str, numbers: list[str]) -> None:
    key = sort_key(COLUMNS.index(column), [grade.id for grade in desk.record.rules.grades])
    assert [row.number for row in sorted(rows, key=key)] == numbers
