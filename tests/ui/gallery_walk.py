"""The gallery's page that stands like the Walk: tree, criterion, exhibits."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.standards import ScalePoint, Sign, Tone
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets import tree_roles as roles
from qsin_desktop.ui.widgets.card import Card, Line, NoticeBox, Panel
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.drop_area import DropArea
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.key_cap import KeyCap
from qsin_desktop.ui.widgets.label import Label, Paragraph, field_label, heading, small, soft, title
from qsin_desktop.ui.widgets.rating_row import RatingRow
from qsin_desktop.ui.widgets.saved_state import SavedState
from qsin_desktop.ui.widgets.search_box import SearchBox
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem
from qsin_desktop.ui.widgets.standards_tree import StandardsTree
from qsin_desktop.ui.widgets.thumbnail import Face, Thumbnail

SCALE = (
    ScalePoint("met", "Met", "1", Tone.MET, Sign.TICK, 0),
    ScalePoint("partly", "Partly met", "2", Tone.PARTLY, Sign.HALF, 1, needs_reason=True),
    ScalePoint("not-met", "Not met", "3", Tone.NOT_MET, Sign.CROSS, 2, needs_reason=True),
    ScalePoint("na", "Not applicable", "4", Tone.NOT_APPLICABLE, Sign.DASH, None, needs_reason=True),
)

_ROWS: list[
    tuple[str, str, str, list[tuple[str, str, Sign, Tone, list[tuple[str, str, Sign, Tone, int, bool]]]]]
] = [
    (
        "100",
        "Patients and carers",
        "8 of 12",
        [("IN-101", "Patient and carer involvement", Sign.TICK, Tone.MET, [])],
    ),
    (
        "200",
        "Workforce",
        "14 of 26",
        [
            ("IN-201", "Network leadership", Sign.TICK, Tone.MET, []),
            ("IN-202", "Education and development", Sign.HALF, Tone.PARTLY, []),
            ("IN-203", "Workforce strategy", Sign.RING, Tone.NOT_APPLICABLE, []),
        ],
    ),
    (
        "300",
        "Support services",
        "5 of 14",
        [
            (
                "IN-301",
                "Equipment and procurement",
                Sign.HALF,
                Tone.PARTLY,
                [
                    ("a", "IT systems streamlined", Sign.TICK, Tone.MET, 0, False),
                    ("b", "AI under aligned policies", Sign.HALF, Tone.PARTLY, 4, False),
                    ("c", "Equipment records kept", Sign.CROSS, Tone.NOT_MET, 0, True),
                    ("d", "Calibration and QA", Sign.RING, Tone.NOT_APPLICABLE, 12, True),
                    ("e", "Infection control", Sign.RING, Tone.NOT_APPLICABLE, 0, False),
                ],
            )
        ],
    ),
    (
        "600",
        "Organisation of the network",
        "3 of 22",
        [
            ("IN-602", "Capacity and demand evaluation", Sign.RING, Tone.NOT_APPLICABLE, []),
            ("IN-603", "Service development plan", Sign.DASH, Tone.NOT_APPLICABLE, []),
        ],
    ),
]


def tree_model() -> QStandardItemModel:
    model = QStandardItemModel()
    for code, name, counter, standards in _ROWS:
        series = _item(roles.Row.SERIES, code, name)
        series.setData(counter, roles.COUNTER)
        model.appendRow(series)
        for standard_code, standard_name, sign, tone, criteria in standards:
            standard = _item(roles.Row.STANDARD, standard_code, standard_name, sign, tone)
            series.appendRow(standard)
            for letter, words, own_sign, own_tone, exhibits, flagged in criteria or [
                ("a", "One criterion", sign, tone, 0, False)
            ]:
                criterion = _item(roles.Row.CRITERION, letter, words, own_sign, own_tone)
                criterion.setData(exhibits, roles.EXHIBITS)
                criterion.setData(flagged, roles.FLAGGED)
                criterion.setData(2 if letter == "d" else 0, roles.MISSING)
                criterion.setData(letter == "e", roles.CONFLICT)
                standard.appendRow(criterion)
    return model


def _item(
    kind: roles.Row, code: str, name: str, sign: Sign | None = None, tone: Tone | None = None
) -> QStandardItem:
    item = QStandardItem()
    for role, value in (
        (roles.KIND, kind),
        (roles.CODE, code),
        (roles.TITLE, name),
        (roles.SIGN, sign),
        (roles.TONE, tone),
        (Qt.ItemDataRole.AccessibleTextRole, roles.spoken(code, name)),
    ):
        item.setData(value, role)
    return item


def walk_page() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(_top_bar())
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(_left())
    row.addWidget(_middle(), 1)
    row.addWidget(_right())
    column.addLayout(row, 1)
    column.addWidget(_foot())
    return page


def _top_bar() -> QWidget:
    bar = Panel("bottom")
    row = QHBoxLayout(bar)
    row.setContentsMargins(20, 0, 20, 0)
    row.setSpacing(16)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addStretch(1)
    words.addWidget(heading("Thames Estuary Imaging Network"))
    words.addWidget(
        Label("Site visit · 24–25 November 2026 · Day 1 · QSIN outline", TextSize.LABEL, soft=True)
    )
    words.addStretch(1)
    row.addLayout(words)
    row.addStretch(1)
    search = SearchBox("Find a criterion, exhibit, word", "Ctrl K")
    search.setFixedWidth(look_of().px(280))
    row.addWidget(search)
    row.addWidget(Chip("On this laptop", icon="offline"))
    saved = SavedState()
    saved.saved(dt.time(10, 42, 7))
    row.addWidget(saved)
    bar.setFixedHeight(look_of().px(56))
    return bar


def _left() -> QWidget:
    panel = Panel("right")
    panel.setFixedWidth(look_of().px(304))
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 12, 1, 12)
    column.setSpacing(10)
    switch = SegmentedSwitch("Filter")
    switch.set_items(
        [
            SwitchItem("all", "All 96"),
            SwitchItem("mine", "Mine 31"),
            SwitchItem("open", "Open 9"),
            SwitchItem("flagged", "", icon="flag", tip="Flagged"),
        ]
    )
    switch.set_value("mine")
    inset = QHBoxLayout()
    inset.setContentsMargins(14, 0, 14, 0)
    inset.addWidget(switch)
    column.addLayout(inset)
    tree = StandardsTree()
    model = tree_model()
    model.setParent(tree)
    tree.setModel(model)
    for series in range(model.rowCount()):
        tree.setExpanded(model.index(series, 0), True)
    chosen = model.index(0, 0, model.index(2, 0))
    tree.setExpanded(chosen, True)
    tree.setCurrentIndex(model.index(1, 0, QModelIndex(chosen)))
    column.addWidget(tree, 1)
    return panel


def _middle() -> QWidget:
    middle = QWidget()
    column = QVBoxLayout(middle)
    column.setContentsMargins(24, 16, 24, 16)
    column.setSpacing(8)
    column.addLayout(_switches())
    column.addSpacing(6)
    column.addWidget(Label("IN-301 b", soft=True))
    column.addWidget(title("AI is developed and managed under aligned policies across the network"))
    column.addWidget(
        soft("Look for: one AI policy in use at every site · who approves a new tool · how drift is watched.")
    )
    column.addSpacing(4)
    rating = RatingRow()
    rating.set_scale(SCALE)
    rating.set_value("partly")
    column.addWidget(rating)
    column.addSpacing(4)
    reason = GrowingTextEdit("Reason", "Why this rating")
    reason.set_text(
        "Policy agreed by the board in March and in use at six of nine sites. Harbour CDC still runs its own "
        "triage tool outside the register"
    )
    column.addWidget(field_label("&Reason", reason))
    column.addWidget(reason)
    column.addSpacing(4)
    column.addLayout(_notes_head())
    column.addWidget(Line())
    for note in _NOTES:
        column.addLayout(_note(*note))
        column.addWidget(Line())
    column.addStretch(1)
    return middle


_NOTES = (
    (
        "Interview",
        "mic",
        "New tools go to the AI group; minutes seen for four approvals this year.",
        "PACS lead",
    ),
    (
        "Document",
        "document",
        "Policy names the owner and a yearly review; that of 2026 is not dated.",
        "E-014, p. 6",
    ),
    ("Sample", "sample", "All five closed within the policy’s limit.", "5 of 12 incident records"),
)


def _switches() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    stage = SegmentedSwitch("Stage")
    stage.set_items([SwitchItem("documents", "Documents"), SwitchItem("site", "On site")])
    stage.set_value("site")
    stage.setFixedWidth(look_of().px(200))
    sites = SegmentedSwitch("Site")
    sites.set_items(
        [SwitchItem("network", "Network")]
        + [
            SwitchItem(name, name)
            for name in ("Royal Wessex", "St Aldhelm’s", "Harbour", "Moor", "Quay", "Castle")
        ]
        + [SwitchItem(str(n), f"Site number {n}", Sign.TICK, Tone.MET) for n in range(12)]
    )
    sites.set_value("network")
    row.addWidget(stage)
    row.addWidget(sites, 1)
    return row


def _notes_head() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field_label("Notes"))
    row.addWidget(Chip("Document", Tone.MET, sign=Sign.TICK))
    row.addWidget(Chip("Interview", Tone.MET, sign=Sign.TICK))
    row.addWidget(Chip("Observation to do", Tone.PARTLY, sign=Sign.RING))
    row.addStretch(1)
    return row


def _note(kind: str, icon: str, words: str, source: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    chip = Chip(kind, Tone.ACCENT, icon=icon)
    chip.setFixedWidth(look_of().px(112))
    row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Paragraph(words))
    column.addWidget(small(source))
    row.addLayout(column, 1)
    return row


def _right() -> QWidget:
    panel = Panel("left")
    panel.setFixedWidth(look_of().px(316))
    column = QVBoxLayout(panel)
    column.setContentsMargins(17, 16, 16, 16)
    column.setSpacing(8)
    column.addLayout(_section("Exhibits of this criterion", "E"))
    grid = QGridLayout()
    grid.setSpacing(8)
    faces = (
        Face("E-014", "AI policy", "p. 6, §3", "document"),
        Face("E-021", "Triage screen", "Harbour CDC", "image"),
        Face("E-009", "AI register with a long name", "sheet Tools", "table"),
        Face("E-022", "Approval log", "seen, not copied", "seen"),
    )
    for place, face in enumerate(faces):
        grid.addWidget(Thumbnail(face), place // 2, place % 2)
    column.addLayout(grid)
    column.addWidget(DropArea())
    column.addSpacing(8)
    column.addLayout(_section("Findings", "F"))
    column.addWidget(_finding())
    column.addSpacing(8)
    column.addWidget(
        NoticeBox(Tone.PARTLY, "Still missing here", "An observation · the rating of Harbour CDC")
    )
    column.addStretch(1)
    return panel


def _section(words: str, key: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(field_label(words), 1)
    row.addWidget(KeyCap(key))
    return row


def _finding() -> QWidget:
    card = Card(padding=12)
    row = QHBoxLayout()
    row.addWidget(Label("F-012", weight=Weight.SEMIBOLD))
    row.addWidget(Chip("Mandatory", Tone.NOT_MET))
    row.addStretch(1)
    row.addWidget(small("due 17 Feb 2027"))
    card.body.addLayout(row)
    card.body.addWidget(
        Paragraph(
            "A triage tool is in clinical use at Harbour CDC without approval under the network’s policy."
        )
    )
    card.body.addWidget(small("E-021, E-009"))
    return card


def _foot() -> QWidget:
    bar = Panel("top")
    bar.setFixedHeight(look_of().px(40))
    row = QHBoxLayout(bar)
    row.setContentsMargins(20, 1, 20, 0)
    row.setSpacing(7)
    for keys, words in (
        (("↑", "↓"), "criterion"),
        (("1", "4"), "rate"),
        (("N",), "note"),
        (("F1",), "all keys"),
    ):
        for key in keys:
            row.addWidget(KeyCap(key))
        row.addWidget(Label(words, TextSize.LABEL, soft=True))
        row.addSpacing(10)
    row.addStretch(1)
    row.addWidget(Label("30 of 96 rated", TextSize.LABEL, soft=True))
    return bar
