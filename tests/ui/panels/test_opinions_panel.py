from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from qsin_desktop.actions.rating import rate
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.widgets.label import Paragraph
from tests.ui.hands import button, click, press, type_into, visible
from tests.ui.panels.conftest import CODE
from tests.ui.panels.laptops import Colleague

KEY = RatingKey(CODE, Stage.SITE)


def words_in(widget: QWidget) -> list[str]:
    QApplication.processEvents()  # lines that were just put in are shown with the next turn
    return [label.words for label in visible(widget, Paragraph) if label.words]


@pytest.fixture
def disputed(walk: WalkScreen, ada: Colleague) -> WalkScreen:
    """I say met; Ada, who had not seen it, says not met."""
    press("1")
    rate(ada.visit, criterion=CODE, rating="not-met", reason="Harbour runs its own.")
    ada.hand_over()
    assert walk.desk.record.rating(KEY).disputed
    return walk


def test_who_said_what_is_shown(disputed: WalkScreen) -> None:
    panel = disputed.middle.rating.opinions
    said = " | ".join(words_in(panel))
    assert "Met. You, 24 Nov" in said
    assert "Not met. Ada Assessor, 24 Nov" in said
    assert "Harbour runs its own." in said


def test_the_tree_and_the_switches_tell_of_the_disagreement(disputed: WalkScreen) -> None:
    assert disputed.left.marks.of(CODE).conflict
    assert "disagreement" in disputed.middle.places.sites.items()[0].tip
    QApplication.processEvents()
    assert "A disagreement" in disputed.right.missing.words


def test_the_lead_settles_it_with_a_reason(disputed: WalkScreen) -> None:
    panel = disputed.middle.rating.opinions
    click(button(panel, "Settle…"))
    click(panel.form.row.button("partly-met"))
    type_into(panel.form.box, "One site of nine.")
    click(panel.form.button)
    cell = disputed.desk.record.rating(KEY)
    assert (cell.rating, cell.reason) == ("partly-met", "One site of nine.")
    assert not cell.disputed
    assert disputed.middle.rating.row.value == "partly-met"
    assert "settling a disagreement" in " ".join(words_in(panel))
    assert disputed.desk.messages.notices[-1].action == "Undo"


def test_settling_asks_for_rating_and_reason_beside_the_box(disputed: WalkScreen) -> None:
    panel = disputed.middle.rating.opinions
    click(button(panel, "Settle…"))
    click(panel.form.button)
    assert "Choose the rating that is to stand." in words_in(panel.form)
    click(panel.form.row.button("met"))
    click(panel.form.button)
    assert any("empty" in words for words in words_in(panel.form))
    assert disputed.desk.record.rating(KEY).disputed


def test_what_was_typed_to_settle_is_there_after_going_elsewhere(disputed: WalkScreen) -> None:
    panel = disputed.middle.rating.opinions
    click(button(panel, "Settle…"))
    type_into(panel.form.box, "Half a sent")
    press("Ctrl+Down")
    assert not panel.form.isVisible()
    press("Up")
    assert panel.form.isVisible()
    assert panel.form.box.text() == "Half a sent"


def test_who_does_not_lead_is_told_what_can_be_done(
    ada: Colleague, desk: Desk, messages: Messages, jobs: Jobs, show: object, tmp_path: Path
) -> None:
    rate(desk.visit, criterion=CODE, rating="met")
    rate(ada.visit, criterion=CODE, rating="not-met", reason="Harbour runs its own.")
    ada.catch_up()
    hers = Desk(ada.visit, messages, jobs)
    screen = WalkScreen(hers)
    screen.show_place(Place("walk", CODE, Stage.SITE))
    show(screen)  # type: ignore[operator]
    panel = screen.middle.rating.opinions
    assert any("The lead assessor can settle it" in words for words in words_in(panel))
    assert not panel.settle_button.isVisible()
    screen.take_focus()
    press("1")
    assert not hers.record.rating(KEY).disputed
    assert any(words.startswith("Met. Lena Lead") for words in words_in(panel))


def test_a_colleague_who_agrees_is_shown_quietly(walk: WalkScreen, ada: Colleague) -> None:
    press("1")
    rate(ada.visit, criterion=CODE, rating="met", reason="All nine.")
    ada.hand_over()
    panel = walk.middle.rating.opinions
    said = words_in(panel)
    assert [s for s in said if s.startswith("Met. Ada")]
    assert not panel.settle_button.isVisible()
