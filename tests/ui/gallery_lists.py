"""The gallery's page of pictures: heat map, bars, rings, cards, rows."""

from __future__ import annotations

from itertools import cycle, islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.bar_by_rating import BarByRating, Part, RatingLegend
from qsin_desktop.ui.widgets.button import Button, secondary
from qsin_desktop.ui.widgets.card import Card, Line, PressCard
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.empty_state import IconDisc
from qsin_desktop.ui.widgets.field import LinkRow
from qsin_desktop.ui.widgets.heat_map import Cell, Heading, HeatMap
from qsin_desktop.ui.widgets.label import Label, heading, small, soft
from qsin_desktop.ui.widgets.progress_ring import ProgressRing, ThinBar

_KINDS: tuple[Cell | None, ...] = (
    Cell(Sign.TICK, Tone.MET, "met"),
    Cell(Sign.TICK, Tone.MET, "met"),
    Cell(Sign.HALF, Tone.PARTLY, "partly met"),
    Cell(Sign.CROSS, Tone.NOT_MET, "not met", mark=True),
    Cell(Sign.DASH, Tone.NOT_APPLICABLE, "not applicable"),
    Cell(Sign.STAR, Tone.ACCENT, "exceeded"),
    None,
)


def heat_map(rows: int = 60, columns: int = 31) -> HeatMap:
    names = ("Network", "Royal Wessex", "St Aldhelm’s", "Harbour", "Moor", "Quay", "Castle", "Vale", "Ridge")
    down = [Heading(f"IN-{101 + n}", f"IN-{101 + n}", f"IN-{101 + n} A standard") for n in range(rows)]
    across = [
        Heading(str(n), names[n] if n < len(names) else f"Community centre {n}") for n in range(columns)
    ]
    cells = {}
    for row, first in zip(down, islice(cycle((0, 3, 1, 5, 2)), rows), strict=False):
        for n, column in enumerate(across):
            cell = _KINDS[(first + n * n) % len(_KINDS)]
            if cell is not None:
                cells[row.ident, column.ident] = cell
    heat = HeatMap()
    heat.set_map(down, across, cells)
    return heat


def lists_page() -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(20, 20, 20, 20)
    row.setSpacing(20)
    row.addLayout(_left(), 2)
    row.addLayout(_right(), 1)
    return page


def _left() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(16)
    card = Card("Standards by site")
    chips = QWidget()
    line = QHBoxLayout(chips)
    line.setContentsMargins(0, 0, 0, 0)
    for chip in (Chip("Met 58", Tone.MET, sign=Sign.TICK), Chip("Partly 14", Tone.PARTLY, sign=Sign.HALF)):
        line.addWidget(chip)
    card.set_header_widget(chips)
    heat = heat_map()
    heat.fit_height(8)
    card.body.addWidget(heat)
    column.addWidget(card)
    column.addWidget(_bars())
    column.addWidget(_visit())
    column.addWidget(_example())
    column.addStretch(1)
    return column


def _bars() -> Card:
    card = Card("Ratings by series")
    parts = [
        Part("Met", 14, Tone.MET, Sign.TICK),
        Part("Partly met", 5, Tone.PARTLY, Sign.HALF),
        Part("Not met", 3, Tone.NOT_MET, Sign.CROSS),
        Part("Not applicable", 2, Tone.NOT_APPLICABLE, Sign.DASH),
    ]
    for name, share in (("Workforce", 26), ("Support services", 40)):
        row = QHBoxLayout()
        label = Label(name)
        label.setFixedWidth(look_of().px(160))
        bar = BarByRating()
        bar.set_parts(parts, share, name)
        row.addWidget(label)
        row.addWidget(bar, 1)
        row.addWidget(small("54 % met"))
        card.body.addLayout(row)
    legend = RatingLegend()
    legend.set_parts(parts, 4)
    card.body.addWidget(legend)
    return card


def _visit() -> PressCard:
    card = PressCard("Thames Estuary Imaging Network, 31 per cent rated")
    ring = ProgressRing()
    ring.set_share(30, 96, "criteria rated")
    words = QVBoxLayout()
    words.setSpacing(4)
    words.addWidget(heading("Thames Estuary Imaging Network"))
    words.addWidget(soft("Site visit · 24–25 November 2026 · lead L. Lead"))
    chips = QHBoxLayout()
    chips.addWidget(Chip("2 of 4 handed in", Tone.PARTLY, icon="team"))
    chips.addWidget(Chip("1 disagreement", Tone.NOT_MET))
    chips.addWidget(Chip("9 missing"))
    chips.addStretch(1)
    words.addSpacing(4)
    words.addLayout(chips)
    card.body.addWidget(ring)
    card.body.addLayout(words, 1)
    full = ProgressRing()
    full.set_share(96, 96)
    card.body.addWidget(full)
    return card


def _example() -> Card:
    card = Card(dashed=True)
    row = QHBoxLayout()
    row.addWidget(IconDisc("sparkle", 36))
    row.addWidget(soft("New here? Try the example visit."), 1)
    row.addWidget(secondary("Open the example"), 0, Qt.AlignmentFlag.AlignVCenter)
    card.body.addLayout(row)
    return card


def _right() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(16)
    card = Card("Before you sign", "4 points; 1 stops a final report")
    card.body.setSpacing(0)
    rows = (
        LinkRow("Disagreement on IN-202 a", sign=Sign.CROSS, tone=Tone.NOT_MET, detail="settle"),
        LinkRow("Two colleagues still out", icon="team", tone=Tone.PARTLY, detail="122 of 200 photos"),
        LinkRow("Ratings missing", sign=Sign.RING, detail="9"),
        LinkRow("Every not-applicable has its reason", sign=Sign.TICK, tone=Tone.MET),
    )
    for row in rows:
        card.body.addWidget(Line())
        card.body.addWidget(row)
    column.addWidget(card)
    out = Card("Who is still out")
    for name, done in (("Lead assessor", 200), ("Technical assessor", 122)):
        line = QHBoxLayout()
        line.addWidget(Label(name, TextSize.BODY), 1)
        bar = ThinBar()
        bar.set_share(done, 200, "exhibits here")
        line.addWidget(bar, 1)
        out.body.addLayout(line)
    column.addWidget(out)
    hand = Card("Hand over")
    for words, icon in (("Preview the report", "preview"), ("Sign", "sign"), ("Print", "print")):
        hand.body.addWidget(Button(words, icon, align_left=True))
    column.addWidget(hand)
    before = Card("Before both", sunken=True)
    before.body.addWidget(soft("Programme for 2026 seen; no attendance records yet."))
    column.addWidget(before)
    column.addStretch(1)
    return column
