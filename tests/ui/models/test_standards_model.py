from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from qsin_desktop.actions.choosing import find_rules
from qsin_desktop.actions.evidence import Target, add_seen
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.planning import set_flag
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.evidence import SeenDocument
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Sign
from qsin_desktop.ui.models.criterion_marks import CriterionMarks
from qsin_desktop.ui.models.standards_model import StandardsModel
from qsin_desktop.ui.widgets import tree_roles as roles
from qsin_desktop.ui.widgets.tree_roles import Row
from tests.large_pack import large_pack

CODE = "IN-301.b"


@pytest.fixture
def model(small_visit: OpenVisit) -> StandardsModel:
    return StandardsModel(small_visit.record, CriterionMarks(small_visit.record))


def refreshed(model: StandardsModel) -> list[tuple[Row, str] | None]:
    told: list[tuple[Row, str] | None] = []
    model.dataChanged.connect(lambda first, last: told.append(model.name_at(first)))
    return told


@pytest.mark.parametrize("force_py", [False, True])
def test_it_is_a_sound_model(model: StandardsModel, qtmodeltester: ModelTester, force_py: bool) -> None:
    qtmodeltester.check(model, force_py=force_py)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("force_py", [False, True])
def test_it_is_sound_while_filters_and_rows_change(
    model: StandardsModel, qtmodeltester: ModelTester, force_py: bool
) -> None:
    qtmodeltester.check(model, force_py=force_py)  # type: ignore[no-untyped-call]
    for codes in ({CODE, "IN-101.a"}, set(), None):
        model.show_only(codes)
        model.refresh()
        model.refresh([CODE])


def test_the_tree_has_the_shape_of_the_pack(model: StandardsModel, small_visit: OpenVisit) -> None:
    pack = small_visit.pack
    assert model.rowCount() == len(pack.series)
    assert model.codes == [c.code for c in pack.criteria]
    index = model.index_of(CODE)
    assert model.name_at(index.parent()) == (Row.STANDARD, "IN-301")
    assert model.name_at(index.parent().parent()) == (Row.SERIES, "300")
    assert not model.index_of("nowhere").isValid()


def test_a_filter_leaves_out_empty_standards_and_series(model: StandardsModel) -> None:
    model.show_only({CODE})
    assert model.rowCount() == 1
    (series,) = (model.index(0, 0),)
    assert model.rowCount(series) == 1
    assert model.codes == [CODE]
    model.show_only(set())
    assert model.rowCount() == 0


def test_only_criteria_can_be_selected(model: StandardsModel) -> None:
    index = model.index_of(CODE)
    assert model.flags(index) & Qt.ItemFlag.ItemIsSelectable
    assert not model.flags(index.parent()) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_a_row_shows_what_is_known(model: StandardsModel, small_visit: OpenVisit) -> None:
    index = model.index_of(CODE)
    assert index.data(roles.CODE) == "b"
    assert Sign(index.data(roles.SIGN)) is Sign.RING
    assert index.data(roles.MISSING) == 0, "nobody began: the ring says it"
    marks = model._marks
    marks.take(rate(small_visit, criterion=CODE, rating="met"))
    marks.take(set_flag(small_visit, criterion=CODE, flagged=True))
    assert Sign(index.data(roles.SIGN)) is Sign.TICK
    assert index.data(roles.FLAGGED)
    assert index.data(roles.MISSING) > 0


def test_exhibits_are_counted_on_the_chosen_row(model: StandardsModel, small_visit: OpenVisit) -> None:
    change = add_seen(small_visit, SeenDocument(title="Log"), [Target(criterion=CODE)])
    model._marks.take(change)
    assert model.index_of(CODE).data(roles.EXHIBITS) == 0
    told = refreshed(model)
    model.set_current(CODE)
    assert model.index_of(CODE).data(roles.EXHIBITS) == 1
    assert (Row.CRITERION, CODE) in told


def test_a_series_counts_once_the_ratings_are_counted(model: StandardsModel, small_visit: OpenVisit) -> None:
    series = model.index_named(Row.SERIES, "200")
    assert series.data(roles.COUNTER) == ""
    rate(small_visit, criterion="IN-201.a", rating="met")
    model._marks.count_rated()
    criteria = sum(len(s.criteria) for s in small_visit.pack.series[1].standards)
    assert series.data(roles.COUNTER) == f"1 of {criteria}"


def test_only_the_row_and_what_lies_above_it_is_shown_anew(model: StandardsModel) -> None:
    told = refreshed(model)
    model.refresh([CODE])
    assert told == [(Row.CRITERION, CODE), (Row.STANDARD, "IN-301"), (Row.SERIES, "300")]


def test_a_screen_reader_hears_what_the_signs_show(model: StandardsModel, small_visit: OpenVisit) -> None:
    model._marks.take(rate(small_visit, criterion=CODE, rating="not-met", reason="None."))
    said = model.index_of(CODE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("IN-301 b ")
    assert "Not met" in said


def test_three_hundred_criteria() -> None:
    pack = large_pack()
    record = VisitRecord("v", pack, find_rules("accreditation", pack))
    model = StandardsModel(record, CriterionMarks(record))
    assert len(model.codes) == 300
    assert all(model.code_at(model.index_of(code)) == code for code in model.codes)
