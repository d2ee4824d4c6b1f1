from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.button import Button, ButtonKind, IconButton, danger, primary, quiet, secondary
from qsin_desktop.ui.widgets.chip import Chip, ChipButton, CountBadge
from qsin_desktop.ui.widgets.key_cap import KeyCap
from qsin_desktop.ui.widgets.saved_state import SavedState
from qsin_desktop.ui.widgets.sign import SignLabel
from tests.ui.widgets.conftest import Open, heard, name_of

KINDS = pytest.mark.parametrize("make", [primary, secondary, quiet, danger])


@KINDS
def test_space_enter_and_mouse_press(open_widget: Open, make) -> None:  # type: ignore[no-untyped-def]
    button = make("Open", "folder-open")
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    open_widget(button)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(pressed) == 3
    button.setEnabled(False)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(pressed) == 3


@KINDS
def test_focus_by_keys_shows_and_by_mouse_does_not(open_widget: Open, make) -> None:  # type: ignore[no-untyped-def]
    holder = QWidget()
    row = QHBoxLayout(holder)
    other, button = secondary("Other"), make("Open")
    row.addWidget(other)
    row.addWidget(button)
    open_widget(holder)
    other.setFocus()
    plain = button.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.shows_focus()
    assert button.grab().toImage() != plain
    other.setFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not button.shows_focus()
    QTest.keyClick(button, Qt.Key.Key_Shift)
    assert button.shows_focus()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("kind", ButtonKind)
def test_button_words_fit(
    theme: Theme, qtbot: QtBot, cut_words: list[str], kind: ButtonKind, factor: float
) -> None:
    theme.apply("light", factor)
    button = Button("Receive from a colleague", "receive", kind, key="Ctrl+R")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    button.grab()
    fits = button._metrics(theme.look).horizontalAdvance(button.text())
    room = button.width() - 2 * theme.look.px(button._padding) - button._icon_room(theme.look)
    assert fits <= room - button._end_room(theme.look)
    assert cut_words == []


def test_mnemonics_and_ampersands(qtbot: QtBot) -> None:
    button = Button("&Save && close")
    qtbot.addWidget(button)
    assert button._shown() == "Save & close"
    assert name_of(button) == "Save & close"
    assert button.shortcut().toString() == "Alt+S"


def test_icon_buttons_are_named_by_words(qtbot: QtBot) -> None:
    button = IconButton("trash", "Remove this exhibit")
    qtbot.addWidget(button)
    assert name_of(button) == "Remove this exhibit"
    assert button.toolTip() == "Remove this exhibit"
    assert button.sizeHint().width() == button.sizeHint().height() >= 32


def test_kinds_look_different(qtbot: QtBot) -> None:
    images = []
    for kind in ButtonKind:
        button = Button("Open", kind=kind)
        qtbot.addWidget(button)
        button.resize(100, 36)
        images.append(button.grab().toImage())
    assert all(one != other for at, one in enumerate(images) for other in images[at + 1 :])


def test_wide_buttons_give_way_before_their_badge(qtbot: QtBot) -> None:
    button = Button("Preview the report", "preview", align_left=True)
    button.set_badge_text("DRAFT 3")
    qtbot.addWidget(button)
    assert button.minimumSizeHint().width() < button.sizeHint().width()
    button.resize(140, 36)
    button.grab()


def test_chips_are_static_text_to_a_screen_reader(qtbot: QtBot) -> None:
    chip = Chip("9 missing", Tone.PARTLY, sign=Sign.RING)
    qtbot.addWidget(chip)
    told = heard(chip)
    assert told.role() == QAccessible.Role.StaticText
    assert told.text(QAccessible.Text.Name) == "9 missing"
    chip.set_chip("8 missing")
    assert name_of(chip) == "8 missing"
    assert chip.face.tone is Tone.PARTLY
    assert chip.face.sign is None


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("tone", Tone)
def test_chip_words_fit(theme: Theme, qtbot: QtBot, cut_words: list[str], tone: Tone, factor: float) -> None:
    theme.apply("dark", factor)
    for chip in (Chip("Observation to do", tone, sign=Sign.RING), Chip("Mandatory", tone, bold=True)):
        qtbot.addWidget(chip)
        chip.resize(chip.minimumSizeHint())
        chip.grab()
    assert cut_words == []


def test_chip_buttons_are_pressed_by_keys_and_stay_down(open_widget: Open) -> None:
    chip = ChipButton("Photos", icon="photo")
    chip.setCheckable(True)
    states: list[bool] = []
    chip.toggled.connect(states.append)
    open_widget(chip)
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert states == [True, False]
    assert name_of(chip) == "Photos"
    assert heard(chip).state().checkable


def test_badges_hide_at_nothing_and_stay_small(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    badge = CountBadge(0, what="conflicts", parent=holder)
    holder.show()
    assert badge.isHidden()
    badge.set_count(3)
    assert badge.isVisible()
    assert name_of(badge) == "3 conflicts"
    badge.set_count(1234)
    assert badge.text() == "99+"
    assert badge.sizeHint().width() < 40
    badge.set_count(0)
    assert badge.isHidden()


def test_a_badge_without_a_parent_opens_no_window(qtbot: QtBot) -> None:
    badge = CountBadge(3)
    qtbot.addWidget(badge)
    assert not badge.isVisible()


def test_key_caps(qtbot: QtBot) -> None:
    cap = KeyCap("Ctrl K")
    qtbot.addWidget(cap)
    assert name_of(cap) == "Key Ctrl K"
    narrow = KeyCap("E")
    qtbot.addWidget(narrow)
    assert narrow.sizeHint().width() < cap.sizeHint().width()


def test_signs_are_named(qtbot: QtBot) -> None:
    sign = SignLabel(Sign.HALF, Tone.PARTLY, "Partly met")
    qtbot.addWidget(sign)
    assert name_of(sign) == "Partly met"
    before = sign.grab().toImage()
    sign.set_sign(Sign.CROSS, Tone.NOT_MET, "Not met")
    assert sign.grab().toImage() != before


def test_saved_state_tells_each_state_by_words_and_shape(qtbot: QtBot) -> None:
    state = SavedState()
    qtbot.addWidget(state)
    seen: list[tuple[str, QImage]] = [(name_of(state), state.grab().toImage())]
    acts: tuple[Callable[[], None], ...] = (
        lambda: state.saved(dt.time(10, 42, 7)),
        state.saving,
        lambda: state.read_only("Another window has this visit."),
        lambda: state.not_saved("the disk is full"),
    )
    for act in acts:
        act()
        state.resize(state.sizeHint())
        seen.append((name_of(state), state.grab().toImage()))
    assert [words for words, _ in seen] == [
        "Nothing to save yet",
        "Saved 10:42:07",
        "Saving…",
        "Read only",
        "Not saved: the disk is full",
    ]
    assert state.toolTip() == "the disk is full"
