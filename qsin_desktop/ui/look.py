"""The look in force: palette and type at one text size, read by every widget when it paints.

`look_of()` answers the `Look` that `Theme.apply` hung on the application, or the plain light one.
Widgets ask for it in `paintEvent` and `sizeHint`, so they follow a change without a restart.
Those that must keep a copy (an icon, a label's colour) inherit `FollowsLook`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from qsin_desktop.ui.palette import LIGHT, Palette
from qsin_desktop.ui.type import TextSize, Weight, make_font

PROPERTY = "qsin_look"


@dataclass(frozen=True)
class Look:
    """`factor` is the text size over the usual; lengths given to `px` are for factor 1."""

    palette: Palette
    factor: float = 1.0
    _fonts: dict[tuple[TextSize, Weight], QFont] = field(default_factory=dict, repr=False, compare=False)

    def font(self, size: TextSize = TextSize.BODY, weight: Weight = Weight.REGULAR) -> QFont:
        key = (size, weight)
        if key not in self._fonts:
            self._fonts[key] = make_font(size, weight, self.factor)
        return QFont(self._fonts[key])

    def metrics(self, size: TextSize = TextSize.BODY, weight: Weight = Weight.REGULAR) -> QFontMetricsF:
        return QFontMetricsF(self.font(size, weight))

    def px(self, length: float) -> int:
        """A length that grows with the text."""
        return round(length * self.factor)


_PLAIN = Look(LIGHT)


def look_of() -> Look:
    """The look in force now; a frozen value, so keep it no longer than one paint."""
    app = QCoreApplication.instance()
    look = app.property(PROPERTY) if app else None
    return look if isinstance(look, Look) else _PLAIN


if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class FollowsLook(_Widget):
    """Mix in before the Qt class and call `follow_now` at the end of `__init__`; the theme calls it later."""

    _followed: Look | None = None

    def follow(self, look: Look) -> None:
        """Take over what is kept from the look: fonts, colours, icons, margins."""
        raise NotImplementedError

    def follow_now(self) -> None:
        """Call `follow` if the look is another than the one last followed."""
        look = look_of()
        if self._followed is not look:
            self._followed = look
            self.follow(look)
