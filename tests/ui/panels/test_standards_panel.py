from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qsin_desktop.actions.planning import assign, set_flag
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.models.criterion_filter import Filter
from qsin_desktop.ui.panels.standards_panel import StandardsPanel
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.widgets.tree_roles import Row
from tests.ui.hands import click, press
from tests.ui.panels.conftest import CODE

WHOLE = "IN-201.a"  # rated by the network's own rating


def labels(panel: StandardsPanel) -> list[str]:
    QApplication.processEvents()
    return [item.label for item in panel.filter.items()]


def segment(panel: StandardsPanel, ident: str) -> None:
    click(next(s for s in panel.filter._segments if s.ident == ident))


def test_the_filter_counts(walk: WalkScreen) -> None:
    walk.show_criterion(WHOLE)
    criteria = len(walk.desk.record.pack.criteria)
    assert labels(walk.left)[:3] == [f"All {criteria}", "Mine 0", f"Open {criteria}"]
    press("1")
    assert labels(walk.left)[2] == f"Open {criteria - 1}"
    assert walk.foot_words == f"1 of {criteria} rated"
    walk.desk.undo()
    assert labels(walk.left)[2] == f"Open {criteria}"


def test_mine_are_those_of_my_standards(walk: WalkScreen) -> None:
    me = walk.desk.visit.me
    walk.desk.act(lambda: assign(walk.desk.visit, standard="IN-301", person=me))
    codes = [c.code for c in walk.desk.record.pack.standard("IN-301").criteria]
    assert labels(walk.left)[1] == f"Mine {len(codes)}"
    segment(walk.left, "mine")
    assert walk.left.model.codes == codes


def test_nothing_mine_says_what_to_do(walk: WalkScreen) -> None:
    segment(walk.left, "mine")
    assert not walk.left.tree.isVisible()
    assert walk.left._nothing[Filter.MINE].isVisible()
    segment(walk.left, "all")
    assert walk.left.tree.isVisible()


def test_open_keeps_what_is_being_worked_on_until_it_is_chosen_again(walk: WalkScreen) -> None:
    walk.show_criterion(WHOLE)
    segment(walk.left, "open")
    press("1")
    assert WHOLE in walk.left.model.codes, "it does not vanish under the hand"
    walk.left.filter_by(Filter.OPEN)
    assert WHOLE not in walk.left.model.codes


def test_flagged(walk: WalkScreen) -> None:
    walk.desk.act(lambda: set_flag(walk.desk.visit, criterion="IN-702.a", flagged=True))
    walk.left.filter_by(Filter.FLAGGED)
    assert walk.left.model.codes == ["IN-702.a"]


def test_missing_lets_through_what_lacks_only_a_note(walk: WalkScreen) -> None:
    walk.left.filter_by(Filter.MISSING)
    assert CODE in walk.left.model.codes


def test_keys_go_from_criterion_to_criterion_and_over_the_headings(walk: WalkScreen) -> None:
    codes = [c.code for c in walk.desk.record.pack.criteria]
    walk.show_criterion(codes[0])
    went = [codes[0]]
    for key in ("Down", "J", "Ctrl+Down", "Alt+Down") * 3:
        press(key)
        went.append(walk.spot.criterion)
    assert went == codes[: len(went)]
    press("K")
    assert walk.spot.criterion == codes[len(went) - 2]
    tree = walk.left.tree
    assert walk.left.model.code_at(tree.currentIndex()) == walk.spot.criterion


def test_at_the_ends_it_stays(walk: WalkScreen) -> None:
    codes = [c.code for c in walk.desk.record.pack.criteria]
    walk.show_criterion(codes[-1])
    press("Down")
    assert walk.spot.criterion == codes[-1]
    walk.show_criterion(codes[0])
    press("Up")
    assert walk.spot.criterion == codes[0]


def test_from_a_criterion_that_is_filtered_out_it_goes_on_in_the_order_of_the_pack(walk: WalkScreen) -> None:
    for code in ("IN-101.a", "IN-702.a"):
        walk.desk.act(lambda code=code: set_flag(walk.desk.visit, criterion=code, flagged=True))  # type: ignore[misc]
    walk.left.filter_by(Filter.FLAGGED)
    assert walk.spot.criterion == CODE
    press("Down")
    assert walk.spot.criterion == "IN-702.a"
    walk.show_criterion(CODE)
    press("Up")
    assert walk.spot.criterion == "IN-101.a"


def test_m_goes_to_the_next_with_something_missing(walk: WalkScreen) -> None:
    visit = walk.desk.visit
    walk.show_criterion("IN-201.a")
    for stage in Stage:
        walk.desk.act(
            lambda stage=stage: rate(visit, criterion="IN-201.b", rating="met", stage=stage)  # type: ignore[misc]
        )
    press("M")
    assert walk.spot.criterion == "IN-202.a"


def test_a_row_is_chosen_by_mouse(walk: WalkScreen) -> None:
    tree, model = walk.left.tree, walk.left.model
    index = model.index_of("IN-301.c")
    at = tree.visualRect(index).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))
    assert walk.spot.criterion == "IN-301.c"


def test_what_stands_open_is_remembered_through_a_filter(walk: WalkScreen) -> None:
    tree, model = walk.left.tree, walk.left.model
    assert tree.isExpanded(model.index_named(Row.STANDARD, "IN-301"))
    tree.setExpanded(model.index_named(Row.SERIES, "100"), False)
    tree.setExpanded(model.index_named(Row.STANDARD, "IN-702"), True)
    walk.left.filter_by(Filter.OPEN)
    walk.left.filter_by(Filter.ALL)
    assert tree.isExpanded(model.index_named(Row.STANDARD, "IN-702"))
    assert not tree.isExpanded(model.index_named(Row.SERIES, "100"))
    assert tree.isExpanded(model.index_named(Row.SERIES, "200"))


def test_a_letter_never_jumps_to_another_criterion(walk: WalkScreen) -> None:
    press("P", walk.left.tree)
    press("Z", walk.left.tree)
    assert walk.spot.criterion == CODE


def test_minus_closes_the_standard_and_the_arrows_open_it_again(walk: WalkScreen) -> None:
    tree, model = walk.left.tree, walk.left.model
    press("-")
    standard = model.index_named(Row.STANDARD, "IN-301")
    assert not tree.isExpanded(standard)
    press("Right")
    assert tree.isExpanded(standard)
    assert walk.spot.site == ""


def test_the_filter_has_a_key(walk: WalkScreen) -> None:
    press("L")
    assert walk.left.filtered_by is Filter.MINE
