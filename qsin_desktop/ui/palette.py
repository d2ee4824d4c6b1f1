"""The colours of the window in light and dark, by role."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from qsin_desktop.domain.standards import Tone


@dataclass(frozen=True)
class ToneColours:
    """One tone: `fg` writes on `wash` (4.5:1); `solid` fills bars and dots beside a surface (3:1)."""

    fg: QColor
    wash: QColor
    solid: QColor


@dataclass(frozen=True)
class Palette:
    """Every colour by the role it plays; widgets name roles, never colours."""

    dark: bool
    background: QColor
    surface: QColor
    text: QColor
    soft_text: QColor
    line: QColor
    control_line: QColor  # edge of boxes one types or ticks in: 3:1 beside surface and background
    dashed_line: QColor  # edge of places to drop on: decoration, their words tell
    accent: QColor
    accent_wash: QColor
    on_accent: QColor
    accent_hover: QColor
    accent_pressed: QColor
    hover: QColor
    pressed: QColor
    disabled_text: QColor
    disabled_surface: QColor
    focus_ring: QColor
    selection: QColor  # behind selected text
    met: ToneColours
    partly: ToneColours
    not_met: ToneColours
    not_applicable: ToneColours

    def tone(self, tone: Tone) -> ToneColours:
        return {
            Tone.MET: self.met,
            Tone.PARTLY: self.partly,
            Tone.NOT_MET: self.not_met,
            Tone.NOT_APPLICABLE: self.not_applicable,
            Tone.ACCENT: ToneColours(self.accent, self.accent_wash, self.accent),
        }[tone]


def blend(one: QColor, other: QColor, share: float) -> QColor:
    """`share` 0 gives `one`, 1 gives `other`."""
    mixed = (a + (b - a) * share for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))  # type: ignore[index]
    return QColor(*(round(part) for part in mixed))


def contrast(one: QColor, other: QColor) -> float:
    """WCAG contrast ratio, 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _tone(fg: str, wash: str, solid: str) -> ToneColours:
    return ToneColours(QColor(f"#{fg}"), QColor(f"#{wash}"), QColor(f"#{solid}"))


LIGHT = Palette(
    dark=False,
    background=QColor("#F4F6F8"),
    surface=QColor("#FFFFFF"),
    text=QColor("#18212B"),
    soft_text=QColor("#52606E"),
    line=QColor("#D5DCE3"),
    control_line=QColor("#7D8995"),
    dashed_line=QColor("#B4BEC8"),
    accent=QColor("#0B5CAD"),
    accent_wash=QColor("#E6F0FA"),
    on_accent=QColor("#FFFFFF"),
    accent_hover=QColor("#094E94"),
    accent_pressed=QColor("#073F78"),
    hover=QColor("#EFF2F5"),
    pressed=QColor("#E4E9EE"),
    disabled_text=QColor("#8A96A2"),
    disabled_surface=QColor("#F4F6F8"),
    focus_ring=QColor("#0B5CAD"),
    selection=QColor("#BBD7F2"),
    met=_tone("1B7346", "E5F4EC", "3B9568"),
    partly=_tone("8A5A00", "FFF3D9", "B9800F"),
    not_met=_tone("B3261E", "FCE8E6", "D04A42"),
    not_applicable=_tone("5B6773", "ECEFF2", "84909C"),
)

DARK = Palette(
    dark=True,
    background=QColor("#12161B"),
    surface=QColor("#1A2027"),
    text=QColor("#E7ECF1"),
    soft_text=QColor("#A3AFBB"),
    line=QColor("#303A45"),
    control_line=QColor("#74818E"),
    dashed_line=QColor("#46525E"),
    accent=QColor("#6DB3F2"),
    accent_wash=QColor("#17324B"),
    on_accent=QColor("#0D1B28"),
    accent_hover=QColor("#8BC3F5"),
    accent_pressed=QColor("#A7D2F8"),
    hover=QColor("#232B34"),
    pressed=QColor("#2B343F"),
    disabled_text=QColor("#6B7885"),
    disabled_surface=QColor("#171C22"),
    focus_ring=QColor("#6DB3F2"),
    selection=QColor("#2B5379"),
    met=_tone("6FD3A0", "153526", "4FA97C"),
    partly=_tone("F0C15B", "3A2D10", "CF9F3C"),
    not_met=_tone("F4938C", "44201D", "D5665E"),
    not_applicable=_tone("AEB8C2", "2A323B", "74818E"),
)
