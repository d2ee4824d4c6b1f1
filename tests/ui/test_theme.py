from __future__ import annotations

import itertools
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.icon_names import GLYPHS
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.palette import DARK, LIGHT, Palette, blend, contrast
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.label import Label, Paragraph
from qsin_desktop.ui.widgets.sign import sign_icon

SCHEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)
    assert contrast(QColor("#767676"), QColor("white")) >= 4.5


def test_blend_goes_from_one_to_the_other() -> None:
    black, white = QColor("black"), QColor("white")
    assert blend(black, white, 0) == black
    assert blend(black, white, 1) == white
    assert blend(black, white, 0.5).red() == 128


@SCHEMES
@pytest.mark.parametrize("ground", ["background", "surface", "hover", "pressed", "accent_wash"])
@pytest.mark.parametrize("ink", ["text", "soft_text", "accent"])
def test_words_are_legible_on_every_ground(palette: Palette, ground: str, ink: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


@SCHEMES
@pytest.mark.parametrize("tone", Tone)
def test_tones_are_legible(palette: Palette, tone: Tone) -> None:
    colours = palette.tone(tone)
    for ground in (colours.wash, palette.surface, palette.background, palette.accent_wash):
        assert contrast(colours.fg, ground) >= 4.5
    for ground in (palette.surface, palette.background):
        assert contrast(colours.solid, ground) >= 3.0


@SCHEMES
def test_edges_that_must_be_seen_stand_out(palette: Palette) -> None:
    for ground in (palette.surface, palette.background, palette.accent_wash):
        assert contrast(palette.control_line, ground) >= 3.0
        assert contrast(palette.focus_ring, ground) >= 3.0


@SCHEMES
def test_filled_buttons_and_marked_words_are_legible(palette: Palette) -> None:
    for ground in (palette.accent, palette.accent_hover, palette.accent_pressed):
        assert contrast(palette.on_accent, ground) >= 4.5
    assert contrast(palette.text, palette.selection) >= 4.5


@SCHEMES
def test_badge_numbers_are_legible(palette: Palette) -> None:
    ink = palette.background if palette.dark else palette.surface
    for tone in Tone:
        assert contrast(ink, palette.tone(tone).fg) >= 4.5


def test_neighbouring_parts_of_a_bar_differ_in_both_schemes() -> None:
    for palette in (LIGHT, DARK):
        solids = [palette.tone(tone).solid.name() for tone in Tone]
        assert len(set(solids)) == len(solids)


def test_apply_puts_palette_and_type_on_the_application(theme: Theme, qapp: QApplication) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.background
    theme.apply("dark", 1.0)
    assert qapp.palette().color(QPalette.ColorRole.Window) == DARK.background
    assert qapp.style().objectName().lower() == "fusion" or qapp.styleSheet()
    assert QRawFont.fromFont(qapp.font()).familyName() == "Inter"
    assert QFontMetricsF(qapp.font()).height() == pytest.approx(15.7, abs=1.5)


def test_weights_are_told_apart(theme: Theme) -> None:
    look = theme.look
    styles = {w: QRawFont.fromFont(look.font(TextSize.BODY, w)).styleName() for w in Weight}
    assert styles == {
        Weight.REGULAR: "Regular",
        Weight.MEDIUM: "Medium",
        Weight.SEMIBOLD: "SemiBold",
        Weight.BOLD: "Bold",
    }


@pytest.mark.parametrize("glyph", "✓✗→↑↓ŵŷ…·–")
def test_needed_glyphs_are_in_our_faces(theme: Theme, glyph: str) -> None:
    families = theme.look.font().families()
    raws = [QRawFont.fromFont(_with_family(theme.look, family)) for family in families]
    assert any(raw.supportsCharacter(ord(glyph)) for raw in raws)


def _with_family(look: Look, family: str):  # type: ignore[no-untyped-def]
    font = look.font()
    font.setFamilies([family])
    return font


def test_text_scale_makes_type_and_lengths_larger(theme: Theme) -> None:
    before = theme.look.metrics().height()
    theme.apply("light", 1.5)
    assert theme.look.metrics().height() == pytest.approx(before * 1.5, rel=0.05)
    assert theme.look.px(10) == 15
    assert look_of() is theme.look


def dark(theme: Theme) -> bool:
    return theme.look.palette.dark


def test_system_scheme_follows_the_system(
    theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [Qt.ColorScheme.Light]

    class Hints:
        def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802
            return now[0]

    monkeypatch.setattr(type(theme._app), "styleHints", lambda _app: Hints(), raising=False)
    theme.apply("system")
    assert not dark(theme)
    seen: list[Look] = []
    theme.theme_changed.connect(seen.append)
    now[0] = Qt.ColorScheme.Dark
    theme._system_changed()
    assert dark(theme)
    assert [look.palette.dark for look in seen] == [True]
    theme.apply("light")
    theme._system_changed()
    assert not dark(theme)


def test_open_widgets_follow_without_a_restart(theme: Theme, qtbot: QtBot) -> None:
    label, words, deep = Label("Soft", soft=True), Paragraph("Words"), Button("Open")
    for widget in (label, words, deep):
        qtbot.addWidget(widget)
        widget.show()
    size = deep.sizeHint()
    theme.apply("dark", 1.5)
    assert label.palette().color(QPalette.ColorRole.WindowText) == DARK.soft_text
    assert words.palette().color(QPalette.ColorRole.WindowText) == DARK.text
    assert label.fontMetrics().height() > 20
    assert deep.sizeHint().width() > size.width()


def test_stock_buttons_wear_the_theme_and_ours_are_left_alone(theme: Theme, qtbot: QtBot) -> None:
    stock, ours = QPushButton("OK"), Button("OK")
    for widget in (stock, ours):
        qtbot.addWidget(widget)
        widget.show()
    assert stock.minimumWidth() > 0 or stock.sizeHint().width() >= 80
    assert ours.minimumWidth() == 0
    image = stock.grab().toImage()
    middle = image.pixelColor(6, image.height() // 2)
    assert middle == LIGHT.surface


def test_every_icon_name_has_a_glyph_that_shows(qapp: QApplication) -> None:
    empty = []
    for name in GLYPHS:
        image = icons.pixmap(name, QColor("black"), 20, 2.0).toImage()
        dots = itertools.product(range(image.width()), range(image.height()))
        if not any(image.pixelColor(x, y).alpha() for x, y in dots):
            empty.append(name)
    assert empty == []


def test_icons_stay_inside_their_square(qapp: QApplication) -> None:
    for name in GLYPHS:
        box = icons._outline(GLYPHS[name]).boundingRect()
        assert box.left() >= -1, name
        assert box.top() >= -1, name
        assert box.right() <= 1001, name
        assert box.bottom() <= 1001, name


def test_icons_are_drawn_once_for_a_colour_size_and_ratio(qapp: QApplication) -> None:
    colour = QColor("#123456")
    first = icons.pixmap("flag", colour, 17, 2.0)
    assert first.width() == 34
    assert first.devicePixelRatio() == 2.0
    assert icons.pixmap("flag", colour, 17, 2.0).cacheKey() == first.cacheKey()
    assert icons.pixmap("flag", QColor("#123457"), 17, 2.0).cacheKey() != first.cacheKey()


def test_unknown_icon_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icons.pixmap("no-such-icon", QColor("black"), 16)


def test_signs_differ_by_shape_not_only_by_colour(theme: Theme) -> None:
    shapes = set()
    for sign in Sign:
        image = sign_icon(sign, Tone.MET, theme.look, 24).pixmap(24, 24).toImage()
        fg = LIGHT.met.fg if sign is not Sign.RING else LIGHT.control_line
        dots = frozenset(
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if _near(image.pixelColor(x, y), fg)
        )
        assert dots, sign
        shapes.add(dots)
    assert len(shapes) == len(Sign)


def _near(one: QColor, other: QColor) -> bool:
    return one.alpha() > 200 and all(
        abs(a - b) < 40
        for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    )


def test_none_outlives_many_calls_into_qt(qapp: QApplication) -> None:
    """PySide6 6.12.0 loses a reference to None at each call under Python 3.11 and ends the process."""
    before = sys.getrefcount(None)
    for number in range(500):
        qapp.setProperty("a number", number)
        qapp.setObjectName(f"{number}")
    assert sys.getrefcount(None) > before - 100


_FIRST_PAINT = """
import sys
from PySide6.QtWidgets import QApplication
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.button import Button
app = QApplication([])
Theme(app).apply("light")
button = Button("Open", "folder-open")
button.show()
bare = button.grab().toImage()
assert "qtawesome" not in sys.modules, "loaded by the first paint"
app.processEvents()
assert "qtawesome" in sys.modules, "not loaded after it"
assert button.grab().toImage() != bare, "the icon did not come"
"""


def test_the_first_paint_does_not_wait_for_icons() -> None:
    done = subprocess.run([sys.executable, "-c", _FIRST_PAINT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
