from __future__ import annotations

from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.searching import Result, search
from qsin_desktop.domain.progress import missing_in_findings, missing_in_visit
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import SCREENS, Place, place_of_missing, place_of_point, place_of_result


def test_a_found_reason_leads_to_its_rating(desk: Desk) -> None:
    rate(
        desk.visit, criterion="IN-101.b", rating="partly-met", reason="Surveys are yearly", site="Harbour CDC"
    )
    (found,) = search(desk.visit, "yearly")
    harbour = desk.record.sites[2].id
    assert place_of_result(found) == Place("walk", "IN-101.b", Stage.SITE, harbour)


def test_a_found_finding_leads_to_its_row(desk: Desk) -> None:
    raised = raise_finding(desk.visit, criteria=["IN-101.b"], grade="mandatory", gap="No lay member")
    found = search(desk.visit, "lay member")
    assert place_of_result(found[-1]) == Place("findings", "IN-101.b", finding=raised.entity)


def test_people_and_facts_lead_to_team_and_plan() -> None:
    assert place_of_result(Result("person", "Ada", "")) == Place("team")
    assert place_of_result(Result("site", "Harbour", "")) == Place("plan")


def test_every_missing_part_leads_somewhere(desk: Desk) -> None:
    raise_finding(desk.visit, criteria=["IN-101.b"], grade="mandatory")
    places = {place_of_missing(part).screen for part in missing_in_visit(desk.record)}
    assert places == {"walk", "findings", "report"}
    assert {place_of_missing(part).finding for part in missing_in_findings(desk.record)} != {""}


def test_every_point_of_the_closing_gate_has_a_place(desk: Desk) -> None:
    points = closing_points(desk.visit)
    assert points
    assert {place_of_point(point).screen for point in points} <= set(SCREENS)
    assert all(place_of_point(point).criterion for point in points if point.criterion)
