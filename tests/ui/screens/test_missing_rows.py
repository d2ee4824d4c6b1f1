from __future__ import annotations

from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.domain.closing import PointKind
from qsin_desktop.domain.progress import Gap, missing_in_visit
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.missing_rows import NOTE, Group, groups_of


def groups_by_kind(desk: Desk) -> dict[str, Group]:
    found = groups_of(desk.record, closing_points(desk.visit), missing_in_visit(desk.record))
    return {group.head.kind: group for group in found}


def test_ratings_are_gathered_by_standard_and_lead_to_the_first(desk: Desk) -> None:
    groups = groups_by_kind(desk)
    items = groups[PointKind.RATING].items
    assert [item.words.split()[0] for item in items] == [s.code for s in desk.record.pack.standards]
    first = items[0].place
    assert first is not None
    assert (first.screen, first.criterion) == ("walk", "IN-101.a")
    assert first.stage is Stage.DOCUMENTS
    parts = [p for p in missing_in_visit(desk.record) if p.gap is Gap.RATING]
    assert groups[PointKind.RATING].head.detail == f"{len(parts):,}"


def test_findings_are_listed_one_by_one(desk: Desk) -> None:
    raised = raise_finding(desk.visit, criteria=["IN-101.b"], grade="mandatory")
    groups = groups_by_kind(desk)
    (text,) = groups[PointKind.TEXT].items
    assert "F-001" in text.words
    assert text.place == Place("findings", "IN-101.b", finding=raised.entity)
    assert groups[PointKind.CONCLUSION].items[0].place == Place("report", part="recommendation")
    assert all(group.head.is_group for group in groups.values())


def test_colleagues_who_are_out_lead_to_the_team_and_notes_come_last(desk: Desk) -> None:
    groups = groups_by_kind(desk)
    out = groups[PointKind.NOT_IN]
    assert [item.words for item in out.items] == [
        "Ada Assessor has not handed in",
        "Tom Technical has not handed in",
    ]
    assert {item.place for item in out.items} == {Place("team", part="members")}
    assert list(groups)[-1] in (NOTE, PointKind.NOT_IN)
