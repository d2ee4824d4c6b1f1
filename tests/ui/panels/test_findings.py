from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.evidence import Target, add_seen
from qsin_desktop.actions.findings import raise_finding, withdraw_finding, write_finding
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.evidence import SeenDocument
from qsin_desktop.domain.findings import Finding
from qsin_desktop.ui.panels.finding_card import FindingCard
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.widgets.chip import Chip, ChipButton
from qsin_desktop.ui.widgets.label import Paragraph
from tests.founding import opened
from tests.ui.hands import button, click, press, type_into, visible
from tests.ui.panels.conftest import CODE
from tests.ui.panels.laptops import Colleague


def findings(walk: WalkScreen) -> tuple[Finding, ...]:
    return walk.desk.record.findings(CODE)


def cards(walk: WalkScreen) -> list[FindingCard]:
    QApplication.processEvents()
    return walk.right.findings.cards


def words_on(card: FindingCard) -> list[str]:
    return [p.words for p in visible(card, Paragraph)] + [chip.text() for chip in visible(card, Chip)]


def test_f_opens_a_form_and_its_first_words_make_it_a_finding(
    walk: WalkScreen, qtbot: QtBot, visit_folder: Path
) -> None:
    press("F")
    form = walk.middle.form
    assert form.isVisible()
    assert form.boxes["requirement"].hasFocus()
    assert findings(walk) == ()
    type_into(form.boxes["requirement"], "One policy at every sit")
    qtbot.waitUntil(lambda: len(findings(walk)) == 1, timeout=20_000)
    with opened(visit_folder, reading=True) as other:
        assert other.record.findings(CODE)[0].requirement == "One policy at every sit"
    assert len(cards(walk)) == 1
    type_into(form.boxes["requirement"], "e.")
    type_into(form.boxes["gap"], "Harbour has its own.")
    walk.flush()
    (found,) = findings(walk)
    assert (found.number, found.requirement, found.gap) == (
        "F-001",
        "One policy at every site.",
        "Harbour has its own.",
    )


def test_the_grade_is_proposed_by_the_rating_and_can_be_changed(walk: WalkScreen) -> None:
    press("1")
    press("F")
    form = walk.middle.form
    assert form.grades.value == "good-practice"
    assert not form.boxes["gap"].isVisible(), "praise has no gap"
    type_into(form.boxes["evidence"], "Staff pass round.")
    walk.flush()
    click(button(form.grades, "Recommendation"))
    assert findings(walk)[0].grade == "recommendation"
    assert form.boxes["gap"].isVisible()


def test_it_is_raised_for_the_place_that_is_shown(walk: WalkScreen) -> None:
    press("Alt+Right")
    press("F")
    type_into(walk.middle.form.boxes["gap"], "No log.")
    walk.flush()
    assert findings(walk)[0].site == walk.desk.record.sites[0].id


def test_a_form_that_was_left_blank_raises_nothing(walk: WalkScreen) -> None:
    press("F")
    press("Escape")
    press("Down")
    assert not walk.middle.form.isVisible()
    assert walk.desk.record.findings() == ()


def test_going_on_records_the_words_for_the_criterion_they_were_written_on(walk: WalkScreen) -> None:
    press("F")
    type_into(walk.middle.form.boxes["gap"], "No log.")
    press("Ctrl+Down")
    assert walk.spot.criterion != CODE
    assert [f.gap for f in findings(walk)] == ["No log."]


def test_exhibits_of_the_criterion_can_be_what_it_rests_on(walk: WalkScreen) -> None:
    walk.desk.act(lambda: add_seen(walk.desk.visit, SeenDocument(title="Log"), [Target(criterion=CODE)]))
    press("F")
    form = walk.middle.form
    type_into(form.boxes["gap"], "No log.")
    QApplication.processEvents()
    (chip,) = [c for c in visible(form, ChipButton) if c.text() == "E-001"]
    click(chip)
    (found,) = findings(walk)
    assert len(walk.desk.record.links(finding=found.id)) == 1
    QApplication.processEvents()
    (chip,) = [c for c in visible(form, ChipButton) if c.text() == "E-001"]
    assert chip.isChecked()
    click(chip)
    assert walk.desk.record.links(finding=found.id) == ()


def test_undo_of_the_finding_keeps_the_words_in_the_form(walk: WalkScreen) -> None:
    press("F")
    form = walk.middle.form
    type_into(form.boxes["gap"], "No log.")
    walk.flush()
    walk.desk.undo()
    assert findings(walk) == ()
    assert form.finding == ""
    assert form.boxes["gap"].text() == "No log."


def test_a_card_tells_of_its_finding_and_opens_it(walk: WalkScreen) -> None:
    went: list[Place] = []
    walk.desk.going.connect(went.append)
    made = walk.desk.act(
        lambda: raise_finding(walk.desk.visit, criteria=[CODE], grade="mandatory", gap="Not approved.")
    )
    assert made is not None
    (card,) = cards(walk)
    said = " | ".join(words_on(card))
    assert "Not approved." in said
    assert "Mandatory finding" in said
    assert "due 17 Feb 2027" in said
    click(button(card, "Open finding F-001, Mandatory finding: Not approved."))
    assert went == [Place("findings", CODE, finding=made.entity)]


def test_a_withdrawn_finding_says_why(walk: WalkScreen) -> None:
    made = walk.desk.act(lambda: raise_finding(walk.desk.visit, criteria=[CODE], grade="mandatory", gap="x"))
    assert made is not None
    walk.desk.act(lambda: withdraw_finding(walk.desk.visit, finding=made.entity, reason="A misreading."))
    (card,) = cards(walk)
    assert "Withdrawn: A misreading." in words_on(card)
    assert not [words for words in words_on(card) if "due" in words]


def test_a_colleagues_words_reach_the_form_where_nobody_types(walk: WalkScreen, ada: Colleague) -> None:
    press("F")
    form = walk.middle.form
    type_into(form.boxes["gap"], "No log.")
    walk.flush()
    ada.catch_up()
    write_finding(ada.visit, finding=form.finding, part="evidence", text="Seen on both screens.")
    ada.hand_over()
    assert form.boxes["evidence"].text() == "Seen on both screens."
    assert form.boxes["gap"].text() == "No log."


def test_without_a_rating_of_ones_own_the_networks_proposes_the_grade(walk: WalkScreen) -> None:
    for site in walk.desk.record.sites:
        walk.desk.act(
            lambda site=site: rate(  # type: ignore[misc]
                walk.desk.visit, criterion=CODE, rating="partly-met", site=site.id, reason="seen"
            )
        )
    press("F")
    assert walk.middle.form.grades.value == "recommendation"
