from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.palette import LIGHT
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.bar_by_rating import BarByRating, Part, RatingLegend
from qsin_desktop.ui.widgets.label import Label
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.widgets.progress_ring import ProgressRing, ThinBar
from tests.ui.widgets.conftest import Open, heard, name_of

PARTS = [
    Part("Met", 2, Tone.MET, Sign.TICK),
    Part("Partly met", 0, Tone.PARTLY, Sign.HALF),
    Part("Not met", 1, Tone.NOT_MET, Sign.CROSS),
]


@pytest.mark.parametrize(
    ("done", "total", "percent"),
    [(0, 0, 0), (0, 96, 0), (1, 1000, 1), (30, 96, 31), (999, 1000, 99), (96, 96, 100)],
)
def test_per_cent_is_honest_at_both_ends(qtbot: QtBot, done: int, total: int, percent: int) -> None:
    ring = ProgressRing()
    qtbot.addWidget(ring)
    ring.set_share(done, total, "criteria rated")
    assert ring.value() == percent
    assert name_of(ring) == f"{done} of {total} criteria rated"
    assert heard(ring).role() == QAccessible.Role.ProgressBar
    ring.grab()


def test_the_ring_fills(qtbot: QtBot) -> None:
    ring = ProgressRing(side=48)
    qtbot.addWidget(ring)
    ring.resize(48, 48)
    ring.set_share(1, 2)
    image = ring.grab().toImage()
    assert image.pixelColor(44, 24) == LIGHT.accent
    assert image.pixelColor(3, 24) == LIGHT.line


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_the_per_cent_fits_in_the_ring(
    theme: Theme, qtbot: QtBot, cut_words: list[str], factor: float
) -> None:
    theme.apply("light", factor)
    ring = ProgressRing()
    qtbot.addWidget(ring)
    ring.set_share(1, 1)
    ring.resize(ring.sizeHint())
    ring.grab()
    assert cut_words == []


def test_a_thin_bar_fills(qtbot: QtBot) -> None:
    bar = ThinBar()
    qtbot.addWidget(bar)
    bar.resize(100, 6)
    bar.set_share(1, 2)
    image = bar.grab().toImage()
    assert image.pixelColor(40, 3) == LIGHT.accent
    assert image.pixelColor(60, 3) == LIGHT.line


def test_a_bar_by_rating_is_drawn_in_proportion_and_told_in_words(qtbot: QtBot) -> None:
    bar = BarByRating()
    qtbot.addWidget(bar)
    bar.resize(400, 12)
    bar.set_parts(PARTS, 4, "Workforce")
    image = bar.grab().toImage()
    assert image.pixelColor(100, 6) == LIGHT.met.solid
    assert image.pixelColor(250, 6) == LIGHT.not_met.solid
    assert image.pixelColor(350, 6) == LIGHT.background
    assert name_of(bar) == "Workforce: 2 met, 1 not met, 1 not rated"
    bar.set_parts([], 0)
    assert bar.toolTip() == "nothing to rate"
    bar.grab()


def test_a_legend_says_each_part_with_its_sign(qtbot: QtBot) -> None:
    legend = RatingLegend()
    qtbot.addWidget(legend)
    legend.set_parts(PARTS, 1)
    legend.set_parts(PARTS[:1], 7)
    words = [label.text() for label in legend.findChildren(Label)]
    assert words == ["Met 2", "Not rated 7"]


@pytest.fixture
def panel(open_widget: Open) -> ProgressPanel:
    made = ProgressPanel("Exporting the report")
    made.resize(400, 80)
    open_widget(made)
    return made


def test_progress_is_shown_and_heard(panel: ProgressPanel) -> None:
    panel.set_progress(31, 78, "Drawing page 31")
    assert panel._percent.text() == "40 %"
    assert panel._detail.text() == "Drawing page 31"
    assert name_of(panel._bar) == "31 of 78 Exporting the report"


def moving(panel: ProgressPanel) -> bool:
    return bool(panel._bar._timer)


def test_unknown_length_moves_only_in_sight(panel: ProgressPanel) -> None:
    panel.set_progress(0, 0)
    assert moving(panel)
    assert panel._percent.text() == ""
    panel.hide()
    assert not moving(panel)
    panel.show()
    assert moving(panel)
    panel.set_progress(1, 2)
    assert not moving(panel)


def test_cancel_is_asked_once(panel: ProgressPanel) -> None:
    asked: list[int] = []
    panel.cancelled.connect(lambda: asked.append(1))
    panel.cancel_button.setFocus()
    QTest.keyClick(panel.cancel_button, Qt.Key.Key_Return)
    QTest.mouseClick(panel.cancel_button, Qt.MouseButton.LeftButton)
    assert asked == [1]
    assert panel._detail.text() == "Stopping…"


def test_what_cannot_be_stopped_has_no_cancel(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    panel = ProgressPanel("Moving", holder, can_cancel=False)
    holder.show()
    assert not panel.cancel_button.isVisible()
