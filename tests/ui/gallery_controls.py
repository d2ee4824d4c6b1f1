"""The gallery's page of boxes, buttons, chips, notices and stock widgets."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from qsin_desktop.domain.standards import ScalePoint, Sign, Tone
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.boxes import DayBox, NumberBox, TimeBox
from qsin_desktop.ui.widgets.button import Button, ButtonKind, IconButton, danger, primary, quiet, secondary
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.chip import Chip, ChipButton, CountBadge
from qsin_desktop.ui.widgets.drop_area import DropArea
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.field import Field
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Label
from qsin_desktop.ui.widgets.message_bar import Kind, Message, MessageStack
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.widgets.rating_row import RatingRow
from qsin_desktop.ui.widgets.saved_state import SavedState
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem
from qsin_desktop.ui.widgets.sign import SignLabel

_FIVE = tuple(
    ScalePoint(name.lower(), name, key, tone, sign, rank)
    for name, key, tone, sign, rank in (
        ("Exceeded", "1", Tone.ACCENT, Sign.STAR, 0),
        ("Met", "2", Tone.MET, Sign.TICK, 1),
        ("Working towards", "3", Tone.PARTLY, Sign.HALF, 2),
        ("Not met", "4", Tone.NOT_MET, Sign.CROSS, 3),
        ("Not applicable", "5", Tone.NOT_APPLICABLE, Sign.DASH, None),
    )
)


def controls_page() -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(20, 20, 20, 20)
    row.setSpacing(16)
    for column in (_first(), _second(), _third()):
        row.addLayout(column, 1)
    return page


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column


def _flow(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder)
    for widget in widgets:
        flow.addWidget(widget)
    return holder


def _card(name: str, *widgets: QWidget) -> Card:
    card = Card(name)
    for widget in widgets:
        card.body.addWidget(widget)
    return card


def _first() -> QVBoxLayout:
    off = Button("Cannot press", "lock")
    off.setEnabled(False)
    off_primary = primary("New visit", "plus")
    off_primary.setEnabled(False)
    buttons = _flow(
        primary("New visit", "plus"),
        secondary("Open", "folder-open"),
        Button("Receive from a colleague", "receive"),
        quiet("Cancel"),
        danger("Withdraw", "withdraw"),
        off,
        off_primary,
        IconButton("trash", "Remove"),
        IconButton("more", "More"),
    )
    preview = Button("Preview the report", "preview", align_left=True)
    preview.set_badge_text("DRAFT 3")
    wide = Button("Export report (PDF)", "pdf", ButtonKind.PRIMARY, align_left=True, key="Ctrl E")
    chips = _flow(
        Chip("Saved 10:42:07", Tone.MET, sign=Sign.TICK),
        Chip("Partly 14", Tone.PARTLY, sign=Sign.HALF),
        Chip("Not met 7", Tone.NOT_MET, sign=Sign.CROSS),
        Chip("9 missing"),
        Chip("Exceeded", Tone.ACCENT, sign=Sign.STAR),
        Chip("Mandatory", Tone.NOT_MET, bold=True),
        CountBadge(3, what="conflicts"),
        CountBadge(128, Tone.ACCENT),
        ChipButton("Add an observation", Tone.PARTLY, icon="plus"),
    )
    signs = _flow(*(SignLabel(sign, tone, side=side) for side in (18, 24, 32) for sign, tone in _SIGNS))
    return _column(
        _card("Buttons", buttons, preview, wide), _card("Chips and signs", chips, _filters(), signs, _saved())
    )


_SIGNS = (
    (Sign.TICK, Tone.MET),
    (Sign.HALF, Tone.PARTLY),
    (Sign.CROSS, Tone.NOT_MET),
    (Sign.DASH, Tone.NOT_APPLICABLE),
    (Sign.STAR, Tone.ACCENT),
    (Sign.RING, Tone.NOT_APPLICABLE),
)


def _filters() -> QWidget:
    chips = [ChipButton(words, icon=icon) for words, icon in (("Photos", "photo"), ("Documents", "document"))]
    for chip in chips:
        chip.setCheckable(True)
    chips[0].setChecked(True)
    return _flow(*chips)


def _saved() -> QWidget:
    states = [SavedState() for _ in range(5)]
    states[1].saved(dt.time(10, 42, 7))
    states[2].saving()
    states[3].read_only("Another window has it")
    states[4].not_saved("the disk is full")
    return _flow(*states)


def _second() -> QVBoxLayout:
    five = RatingRow()
    five.set_scale(_FIVE)
    five.set_value("met")
    five.set_pending("not met")
    off = RatingRow()
    off.set_scale(_FIVE[:3])
    off.set_value("exceeded")
    off.setEnabled(False)
    line = QLineEdit("Royal Wessex Hospital")
    refused = QLineEdit("31 November")
    combo = QComboBox()
    combo.addItems(["QSIN outline 2022", "Another pack"])
    box = Field("Date of the visit", refused, needed=True)
    box.set_refusal("“31 November” is not a day; write it like 24 Nov 2026.")
    return _column(
        _card("Five points, one pending", five, off),
        _card(
            "Boxes", Field("&Site", line, hint="As it shall stand in the report."), box, Field("Pack", combo)
        ),
        _card("Stock widgets", _stock()),
    )


def _stock() -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    row = QHBoxLayout()
    ticked, radio = QCheckBox("Declared"), QRadioButton("Lay assessor")
    ticked.setChecked(True)
    radio.setChecked(True)
    for widget in (ticked, QCheckBox("Open"), radio, QRadioButton("Peer")):
        row.addWidget(widget)
    row.addStretch(1)
    second = QHBoxLayout()
    number, day = NumberBox(0, 52, " weeks"), DayBox()
    number.setValue(12)
    day.setDate(QDate(2026, 11, 24))
    for box in (number, day, TimeBox()):
        second.addWidget(box)
    second.addStretch(1)
    column.addLayout(row)
    column.addLayout(second)
    tabs = QTabWidget()
    tabs.addTab(QWidget(), "Requirement")
    tabs.addTab(QWidget(), "Evidence")
    tabs.setFixedHeight(look_of().px(44))
    column.addWidget(tabs)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    column.addWidget(buttons)
    return holder


def _third() -> QVBoxLayout:
    stack = MessageStack()
    stack.show_message(Message(Kind.DONE, "E-023 attached to IN-301 b.", "Undo", lasts=0))
    stack.show_message(
        Message(Kind.WARNING, "The clock of this laptop went back by two hours since yesterday.")
    )
    stack.show_message(
        Message(
            Kind.REFUSAL,
            "“scan.pdf” vanished while it was read. Nothing was attached; find it and try again.",
        )
    )
    progress = ProgressPanel("Exporting the report")
    progress.set_progress(31, 78, "Drawing page 31: exhibits of Royal Wessex Hospital")
    unknown = ProgressPanel("Looking for other laptops")
    narrow = SegmentedSwitch("Site")
    narrow.set_items([SwitchItem(str(n), f"A hospital with a long name {n}") for n in range(40)])
    narrow.set_value("17")
    notes = GrowingTextEdit("Note", "What was seen, heard or read")
    empty = EmptyState(
        "findings", "No findings yet", "Press F at a criterion to write one.", "New finding", "plus"
    )
    return _column(
        stack,
        progress,
        unknown,
        narrow,
        notes,
        DropArea(),
        NoticeBox(Tone.ACCENT, "", "This visit is an example; change whatever you like."),
        Label("Display", TextSize.DISPLAY, Weight.SEMIBOLD),
        _card("", empty),
    )
