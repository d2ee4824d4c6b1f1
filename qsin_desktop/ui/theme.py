"""The theme: puts palette, type and style sheet on the application, and follows the system's light or dark.

theme = Theme(app)            # keep it as long as the window; owned by the application
theme.apply("system")         # "light", "dark" or "system"; again at any time, no restart
theme.theme_changed           # Signal(object): the new Look, after every widget was told
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from qsin_desktop.ui.look import PROPERTY, FollowsLook, Look
from qsin_desktop.ui.palette import DARK, LIGHT, Palette
from qsin_desktop.ui.style_sheet import style_sheet
from qsin_desktop.ui.type import TextSize, Weight, load_fonts, system_factor

Scheme = Literal["light", "dark", "system"]


class Theme(QObject):
    theme_changed = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme: Scheme = "system"
        self._text_scale: float | None = None
        self._look: Look | None = None
        load_fonts()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def scheme(self) -> Scheme:
        """What was asked for; `look.palette.dark` tells what it came to."""
        return self._scheme

    @property
    def look(self) -> Look:
        if self._look is None:
            self.apply(self._scheme)
        assert self._look is not None  # noqa: S101  (apply has just set it)
        return self._look

    def apply(self, scheme: Scheme = "system", text_scale: float | None = None) -> None:
        """Show `scheme` now; `text_scale` over the usual text size, None for the system's own."""
        self._scheme, self._text_scale = scheme, text_scale
        self._show(Look(self._palette(), text_scale or system_factor()))

    def _palette(self) -> Palette:
        dark = self._scheme == "dark" or (
            self._scheme == "system" and self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        return DARK if dark else LIGHT

    def _show(self, look: Look) -> None:
        self._look = look
        self._app.setProperty(PROPERTY, look)
        self._app.setFont(look.font())
        self._app.setFont(look.font(TextSize.LABEL, Weight.SEMIBOLD), "QHeaderView")  # type: ignore[arg-type]  # takes str
        self._app.setFont(look.font(TextSize.LABEL), "QToolTip")  # type: ignore[arg-type]
        self._app.setPalette(qpalette(look.palette))
        QToolTip.setPalette(self._app.palette())
        self._app.setStyleSheet(style_sheet(look))
        for widget in self._app.allWidgets():
            if isinstance(widget, FollowsLook):
                widget.follow_now()
            widget.updateGeometry()
            widget.update()
        self.theme_changed.emit(look)

    def _system_changed(self) -> None:
        if self._scheme == "system":
            self.apply("system", self._text_scale)


def qpalette(colours: Palette) -> QPalette:
    """Qt's own roles for the stock widgets."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in {
        role.Window: colours.background,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.background,
        role.Text: colours.text,
        role.PlaceholderText: colours.soft_text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.not_met.fg,
        role.Light: colours.surface,
        role.Midlight: colours.hover,
        role.Mid: colours.line,
        role.Dark: colours.control_line,
        role.Shadow: colours.control_line,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Accent: colours.accent,
    }.items():
        palette.setColor(name, colour)
    _grey_out(palette, colours)
    return palette


def _grey_out(palette: QPalette, colours: Palette) -> None:
    group, role = QPalette.ColorGroup.Disabled, QPalette.ColorRole
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        palette.setColor(group, name, QColor(colours.disabled_text))
    for name in (role.Base, role.Button):
        palette.setColor(group, name, QColor(colours.disabled_surface))
