from __future__ import annotations

from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.domain.progress import Gap, missing_in_visit
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.missing_rows import groups_of


def test_ratings_are_gathered_by_standard_and_lead_to_the_first(desk: Desk) -> None:
    groups = {g.head.gap: g for g in groups_of(desk.record, missing_in_visit(desk.record))}
    items = groups[Gap.RATING].items
    assert [item.words.split()[0] for item in items] == [s.code for s in desk.record.pack.standards]
    first = items[0].place
    assert first is not None
    assert (first.screen, first.criterion) == ("walk", "IN-101.a")
    assert first.stage is Stage.DOCUMENTS
    parts = [p for p in missing_in_visit(desk.record) if p.gap is Gap.RATING]
    assert groups[Gap.RATING].head.detail == f"{len(parts):,}"


def test_findings_are_listed_one_by_one(desk: Desk) -> None:
    raised = raise_finding(desk.visit, criteria=["IN-101.b"], grade="mandatory")
    groups = {g.head.gap: g for g in groups_of(desk.record, missing_in_visit(desk.record))}
    (text,) = groups[Gap.TEXT].items
    assert text.words == "F-001: requirement and evidence and gap not written"
    assert text.place == Place("findings", "IN-101.b", finding=raised.entity)
    assert groups[Gap.CONCLUSION].items[0].place == Place("report")
    assert all(group.head.is_group for group in groups.values())
