"""The type: Inter cuts with DejaVu Sans behind it, in a few sizes that follow the system's text size."""

from __future__ import annotations

import contextlib
import sys
from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QScreen

from qsin_desktop.assets import resource

FAMILIES = ["Inter", "DejaVu Sans"]
FONT_FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "Inter-Bold.ttf",
    "DejaVuSans.ttf",
)
_SMALLEST_FACTOR, _LARGEST_FACTOR = 1.0, 2.0


class TextSize(Enum):
    """Pixel sizes at the system's usual text size."""

    TINY = 11.0  # key caps, badges, counters
    SMALL = 11.5
    LABEL = 12.0  # chips, field labels
    BODY = 13.0
    HEADING = 15.0
    TITLE = 19.0
    DISPLAY = 27.0  # the one heading of a start page


class Weight(Enum):
    REGULAR = QFont.Weight.Normal
    MEDIUM = QFont.Weight.Medium
    SEMIBOLD = QFont.Weight.DemiBold
    BOLD = QFont.Weight.Bold


def load_fonts() -> None:
    """Register the shipped faces; a missing one leaves the system's nearest face in its place."""
    for name in FONT_FILES:
        with contextlib.suppress(FileNotFoundError):
            QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def system_factor() -> float:
    """How much larger than usual the system asks text to be, 1 to 2."""
    usual = {"win32": 9.0, "darwin": 13.0}.get(sys.platform, 11.0)
    asked = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return min(_LARGEST_FACTOR, max(_SMALLEST_FACTOR, asked / usual))


def make_font(size: TextSize, weight: Weight = Weight.REGULAR, factor: float = 1.0) -> QFont:
    """A font of `size` times `factor`; figures are tabular so that running clocks do not dance."""
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(size.value * factor * 72.0 / _dots_per_inch())
    font.setWeight(weight.value)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _dots_per_inch() -> float:
    screen: QScreen | None = QGuiApplication.primaryScreen()
    return 96.0 if screen is None else screen.logicalDotsPerInchY()
