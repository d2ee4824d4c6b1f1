from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.planning import set_facts
from qsin_desktop.actions.sealing import seal
from qsin_desktop.domain.people import Role
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.plan import PlanScreen
from tests.founding import ME, PEER
from tests.ui.hands import button, click, press, type_into


@pytest.fixture
def plan(desk: Desk, show: Callable[[PlanScreen], PlanScreen]) -> PlanScreen:
    return show(PlanScreen(desk))


def site_names(desk: Desk) -> list[str]:
    return [site.name for site in desk.record.sites]


@pytest.mark.parametrize(
    "name", ["network", "report_number", "issuing_body", "client", "not_covered", "sampling"]
)
def test_every_fact_is_saved_as_typed(plan: PlanScreen, desk: Desk, name: str) -> None:
    box = plan.facts.box(name)
    box.setFocus()
    press("Ctrl+A", box)
    type_into(box, "Something else")
    plan.flush()
    assert getattr(desk.record.facts, name) == "Something else"


def test_a_blank_network_is_refused_beside_its_box(plan: PlanScreen, desk: Desk) -> None:
    box = plan.facts.box("network")
    box.setFocus()
    press("Ctrl+A", box)
    press("Delete", box)
    plan.flush()
    assert "empty" in plan.facts.field_of("network").refused
    assert desk.record.facts.network == "Thames Estuary Imaging Network"


def test_days_are_saved_and_their_order_is_checked(plan: PlanScreen, desk: Desk) -> None:
    plan.facts.last.edit.clear()
    type_into(plan.facts.last, "27 Nov 2026")
    press("Return")
    assert desk.record.facts.last_day == date(2026, 11, 27)
    plan.facts.last.edit.clear()
    type_into(plan.facts.last, "1 Nov 2026")
    press("Return")
    assert "before the first" in plan.facts.last_field.refused
    assert desk.record.facts.last_day == date(2026, 11, 27)


def test_a_change_from_elsewhere_is_shown(plan: PlanScreen, desk: Desk) -> None:
    desk.act(lambda: set_facts(desk.visit, {"scope": "Smaller", "starts": "2026-11-23"}))
    assert plan.facts.box("scope").text() == "Smaller"
    assert plan.facts.first.day == date(2026, 11, 23)


# ---- sites ----------------------------------------------------------------------------------------


def test_a_site_is_added_by_enter_and_taken_back_by_undo(plan: PlanScreen, desk: Desk) -> None:
    type_into(plan.sites.new, "Moor")
    press("Return")
    assert site_names(desk)[-1] == "Moor"
    assert plan.sites.new.text() == ""
    assert plan.sites.lines[-1].box.text() == "Moor"
    desk.undo()
    assert "Moor" not in site_names(desk)
    assert len(plan.sites.lines) == 3


def test_a_list_of_sites_can_be_pasted(plan: PlanScreen, desk: Desk) -> None:
    QGuiApplication.clipboard().setText("1. Moor\n2. Quay\n")
    plan.sites.new.setFocus()
    press("Ctrl+V", plan.sites.new)
    assert site_names(desk)[3:] == ["Moor", "Quay"]


def test_a_name_that_is_there_already_stops_the_list_and_says_so(plan: PlanScreen, desk: Desk) -> None:
    QGuiApplication.clipboard().setText("Moor\nHARBOUR CDC\nQuay")
    plan.sites.new.setFocus()
    press("Ctrl+V", plan.sites.new)
    assert site_names(desk)[3:] == ["Moor"]
    assert "already" in plan.sites.field.refused
    assert "1 name after it" in plan.sites.field.refused
    assert plan.sites.new.text() == "HARBOUR CDC"


def test_a_site_is_renamed_in_place(plan: PlanScreen, desk: Desk) -> None:
    line = plan.sites.lines[2]
    line.box.setFocus()
    press("End", line.box)
    type_into(line.box, " North")
    plan.flush()
    assert site_names(desk)[2] == "Harbour CDC North"
    assert plan.sites.lines[2] is line


def test_a_removed_site_can_be_had_back(plan: PlanScreen, desk: Desk) -> None:
    click(plan.sites.lines[0].remove)
    assert site_names(desk) == ["St Aldhelm's", "Harbour CDC"]
    notice = desk.messages.notices[-1]
    assert (notice.text[:12], notice.action) == ("Royal Wessex", "Undo")


# ---- team and who looks at what -------------------------------------------------------------------


def test_people_are_added_changed_and_taken_out(plan: PlanScreen, desk: Desk) -> None:
    type_into(plan.team.new, "Olga Observer")
    plan.team.new_role.setCurrentIndex(list(Role).index(Role.OBSERVER))
    click(button(plan.team, "Add"))
    olga = next(p for p in desk.record.people if p.name == "Olga Observer")
    assert olga.role is Role.OBSERVER
    line = next(line for line in plan.team.lines if line.person == olga.id)
    type_into(line.interests, "None")
    plan.flush()
    assert next(p for p in desk.record.people if p.id == olga.id).interests == "None"
    click(line.remove)
    assert olga.id not in {p.id for p in desk.record.people}


def test_a_name_is_needed(plan: PlanScreen, desk: Desk) -> None:
    click(button(plan.team, "Add"))
    assert "empty" in plan.team.field.refused


def test_roles_are_the_leads_to_change_and_nobody_removes_themselves(plan: PlanScreen, desk: Desk) -> None:
    mine = next(line for line in plan.team.lines if line.person == ME.person)
    ada = next(line for line in plan.team.lines if line.person == PEER.person)
    assert not mine.remove.isVisible()
    ada.role.setCurrentIndex(list(Role).index(Role.LAY))
    ada.role.activated.emit(ada.role.currentIndex())
    assert next(p for p in desk.record.people if p.id == PEER.person).role is Role.LAY


def test_a_standard_is_given_to_somebody(plan: PlanScreen, desk: Desk) -> None:
    code = desk.record.pack.standards[0].code
    box = plan.assigned.boxes[code]
    assert [box.itemText(n) for n in range(box.count())] == [
        "Nobody yet",
        "Lena Lead",
        "Ada Assessor",
        "Tom Technical",
    ]
    box.setFocus()
    press("Down", box)
    press("Down", box)
    assert desk.record.assigned(code) == PEER.person
    desk.undo()
    assert box.currentText() == "Lena Lead"
    desk.undo()
    assert box.currentText() == "Nobody yet"


def test_a_sealed_visit_can_only_be_looked_at(plan: PlanScreen, desk: Desk, qtbot: QtBot) -> None:
    desk.act(lambda: seal(desk.visit, in_spite_of="Tried on a young visit"))
    assert plan.facts.box("scope").isReadOnly()
    assert not plan.sites.new.isEnabled()
    assert not plan.team.new.isEnabled()
    assert not next(iter(plan.assigned.boxes.values())).isEnabled()
