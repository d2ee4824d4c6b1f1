"""The colours of the printed report; every one of them is also told by a sign or a word."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from qsin_desktop.domain.standards import Tone
from qsin_desktop.domain.templates import ground_of, mixed

INK = "#18212B"
SOFT = "#52606E"
LINE = "#D5DCE3"
WASH = "#F4F6F8"
WHITE = "#FFFFFF"
ACCENT = "#0B5CAD"
WATERMARK = "#F4F5F8"


class Tint(NamedTuple):
    """Of one tone: text and signs, the ground behind them, and bars that stand by themselves."""

    ink: str
    ground: str
    bar: str


TINTS = {
    Tone.MET: Tint("#1B7346", "#E5F4EC", "#4C9E78"),
    Tone.PARTLY: Tint("#8A5A00", "#FFF3D9", "#E0A530"),
    Tone.NOT_MET: Tint("#B3261E", "#FCE8E6", "#D5524A"),
    Tone.NOT_APPLICABLE: Tint("#5B6773", "#ECEFF2", "#B9C2CB"),
    Tone.ACCENT: Tint("#0B5CAD", "#E6F0FA", "#3F86C8"),
}
UNRATED = Tint("#5B6773", WHITE, "#ECEFF2")
DISPUTED = Tint("#18212B", "#FFFFFF", "#7C8894")


def recoloured(accent: str) -> dict[str, str]:
    """What stands in for each shade of our accent where a template has its own."""
    if not accent:
        return {}
    ours = TINTS[Tone.ACCENT]
    return {ACCENT: accent, ours.ground: ground_of(accent), ours.bar: mixed(accent, WHITE, 0.25)}


@cache
def rgb(colour: str) -> str:
    """`#RRGGBB` as the three numbers of a PDF colour operator."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))
