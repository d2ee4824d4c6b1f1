from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QPixmap
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.look import Look
from qsin_desktop.ui.palette import DARK, LIGHT
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.heat_map import Cell, Heading, HeatMap, _CellPainter
from tests.ui.widgets.conftest import Open, heard

MET = Cell(Sign.TICK, Tone.MET, "met")
ROWS = [Heading(f"IN-{n}", f"IN-{n}", f"IN-{n} A standard") for n in range(300)]
COLUMNS = [Heading("network", "Network"), *(Heading(f"s{n}", f"Site {n}") for n in range(30))]


@pytest.fixture
def heat(open_widget: Open) -> HeatMap:
    made = HeatMap()
    cells = {(row.ident, column.ident): MET for row in ROWS for column in COLUMNS[::2]}
    made.set_map(ROWS, COLUMNS, cells)
    made.resize(700, 400)
    open_widget(made)
    return made


def acted(heat: HeatMap) -> list[tuple[str, str]]:
    got: list[tuple[str, str]] = []
    heat.activated.connect(lambda row, column: got.append((row, column)))
    return got


def test_its_model_is_sound(heat: HeatMap, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(heat.model(), force_py=True)  # type: ignore[no-untyped-call]


def test_only_cells_in_sight_are_painted(heat: HeatMap, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    painter = heat.itemDelegate()
    assert isinstance(painter, _CellPainter)
    whole = painter._picture

    def picture(cell: Cell | None, box: QRect, look: Look, ratio: float) -> QPixmap:
        painted.append(box.bottom())
        return whole(cell, box, look, ratio)

    monkeypatch.setattr(painter, "_picture", picture)
    heat.viewport().grab()
    assert 50 < len(painted) < 300
    assert max(painted) < heat.height() + 40


def test_a_click_enter_and_space_lead_to_a_cell(heat: HeatMap) -> None:
    got = acted(heat)
    place = heat.visualRect(heat.model().index(2, 3)).center()
    QTest.mouseClick(heat.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClick(heat, Qt.Key.Key_Down)
    QTest.keyClick(heat, Qt.Key.Key_Return)
    QTest.keyClick(heat, Qt.Key.Key_Right)
    QTest.keyClick(heat, Qt.Key.Key_Space)
    assert got == [("IN-2", "s2"), ("IN-3", "s2"), ("IN-3", "s3")]
    assert heat.current() == ("IN-3", "s3")


def test_keys_reach_the_far_corner_and_headings_stay(heat: HeatMap) -> None:
    heat.set_current("IN-0", "network")
    heat.setFocus()
    QTest.keyClick(heat, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert heat.current() == ("IN-299", "s29")
    assert heat.verticalHeader().isVisible()
    assert heat.verticalScrollBar().value() > 0
    assert heat.horizontalScrollBar().value() > 0
    QTest.keyClick(heat, Qt.Key.Key_Tab)
    assert heat.current() == ("IN-299", "s29")


def test_each_cell_is_told_in_words(heat: HeatMap) -> None:
    model = heat.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(role) == "IN-0 A standard, Network: met"
    assert model.index(0, 1).data(role) == "IN-0 A standard, Site 0: not rated"
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "IN-0 A standard, Site 0: not rated"
    told = heard(heat)
    assert told.role() == QAccessible.Role.Table
    assert told.text(QAccessible.Text.Name) == "Standards by place"


def test_one_cell_changes_alone(heat: HeatMap, qtbot: QtBot) -> None:
    changed: list[tuple[int, int]] = []
    heat.model().dataChanged.connect(lambda a, b: changed.append((a.row(), b.column())))
    heat.set_cell("IN-4", "s2", Cell(Sign.CROSS, Tone.NOT_MET, "not met"))
    assert changed == [(4, 3)]
    heat.set_cell("IN-4", "s2", None)
    assert "not rated" in heat.model().index(4, 3).data(Qt.ItemDataRole.ToolTipRole)
    heat.set_cell("gone", "s2", MET)


def test_the_place_is_kept_when_it_is_filled_anew(heat: HeatMap) -> None:
    heat.set_current("IN-7", "s4")
    heat.set_map(ROWS[5:], COLUMNS, {})
    assert heat.current() == ("IN-7", "s4")
    heat.set_map(ROWS[:3], COLUMNS, {})
    assert heat.current() is None


def test_cells_show_sign_and_wash_and_empty_ones_a_dashed_edge(heat: HeatMap, theme: Theme) -> None:
    met = heat.visualRect(heat.model().index(0, 0))
    empty = heat.visualRect(heat.model().index(0, 1))
    for scheme, palette in (("light", LIGHT), ("dark", DARK)):
        theme.apply(scheme, 1.0)  # type: ignore[arg-type]
        image = heat.viewport().grab().toImage()
        assert image.pixelColor(met.left() + 8, met.center().y()) == palette.met.wash
        assert image.pixelColor(empty.center().x(), empty.center().y()) == palette.surface
        inside = [image.pixelColor(x, met.center().y()) for x in range(met.left(), met.right())]
        assert any(abs(c.green() - palette.met.fg.green()) < 30 for c in inside)


def test_it_grows_with_the_text(heat: HeatMap, theme: Theme) -> None:
    before = heat.rowHeight(0), heat.columnWidth(0)
    theme.apply("light", 2.0)
    assert heat.rowHeight(0) == 2 * before[0]
    assert heat.columnWidth(0) > before[1]


def test_few_columns_share_the_room(heat: HeatMap) -> None:
    heat.set_map(ROWS[:5], COLUMNS[:9], {})
    assert heat.horizontalScrollBar().maximum() == 0
    assert heat.horizontalHeader().length() > 500


def test_fit_height(heat: HeatMap) -> None:
    heat.set_map(ROWS[:4], COLUMNS[:4], {})
    heat.fit_height()
    assert heat.verticalScrollBar().maximum() == 0
    heat.set_map(ROWS, COLUMNS[:4], {})
    heat.fit_height(10)
    assert heat.height() < 400


def test_sites_of_one_trust_are_told_apart_by_the_ends_of_their_names(open_widget: Open) -> None:
    heat = HeatMap()
    heat.resize(900, 200)
    open_widget(heat)
    trust = "Greater Wessex University Hospitals NHS Foundation Trust"
    names = [f"{trust}, Royal", f"{trust}, Castle", *(f"Site {n}" for n in range(20))]
    heat.set_map([Heading("IN-1", "IN-1")], [Heading(name, name) for name in names], {})
    head = heat.horizontalHeader()
    assert head.sectionSize(0) == head.sectionSize(1) < 200
    high, wide = head.height(), head.sectionSize(0)
    shown = [
        head.viewport().grab(QRect(head.sectionViewportPosition(n), 0, wide, high)).toImage() for n in (0, 1)
    ]
    assert shown[0] != shown[1]
