"""How a signature looks on the page: drawn with mouse, pen or finger, a picture of one, or a typed name."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from qsin_desktop.actions.drawn_signatures import read_picture
from qsin_desktop.domain.signatures import Appearance
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.file_line import FileLine
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import quiet
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.label import soft
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem
from qsin_desktop.ui.widgets.signature_pad import SignaturePad

_TYPE, _DRAW, _PICTURE = "type", "draw", "picture"
_PICTURES = "Pictures (*.png *.jpg *.jpeg);;All files (*)"


class LookCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("How it looks on the page", padding=16, parent=parent)
        self.switch = SegmentedSwitch("How it looks on the page", self)
        self.switch.set_items(
            [
                SwitchItem(_DRAW, "Drawn", icon="sign"),
                SwitchItem(_TYPE, "Typed name", icon="text"),
                SwitchItem(_PICTURE, "A picture", icon="image"),
            ]
        )
        self.pad = SignaturePad(self)
        self.undo = quiet("Undo stroke", "undo", self)
        self.clear = quiet("Clear", "trash", self)
        self.typed = QLineEdit(self)
        self.picture = FileLine(desk, "Picture of the signature, PNG or JPEG", "picture", _PICTURES, self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.switch.changed.connect(self.show_page)
        self.undo.clicked.connect(self.pad.undo_stroke)
        self.clear.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._show_buttons)
        self.show_page(_DRAW)
        self._show_buttons()

    def _lay_out(self) -> None:
        drawn, typed = QWidget(self), QWidget(self)
        column = QVBoxLayout(drawn)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.pad)
        column.addLayout(row(self.undo, self.clear, 1, gap=4))
        below = QVBoxLayout(typed)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(Field("Name as it is signed", self.typed, parent=self))
        below.addStretch(1)
        self._pages.addWidget(drawn)
        self._pages.addWidget(typed)
        pictured = QWidget(self)
        beside = QVBoxLayout(pictured)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.picture)
        beside.addStretch(1)
        self._pages.addWidget(pictured)
        self.body.setSpacing(12)
        self.body.addWidget(self.switch)
        self.body.addWidget(self._pages)
        words = "Below it stand the name, the role, the moment and what kind of credential was used."
        self.body.addWidget(soft(words, self))

    def show_page(self, name: str) -> None:
        self.switch.set_value(name)
        self._pages.setCurrentIndex((_DRAW, _TYPE, _PICTURE).index(name))

    def _show_buttons(self) -> None:
        for button in (self.undo, self.clear):
            button.setEnabled(not self.pad.is_empty)

    def for_person(self, name: str) -> None:
        """Another signer begins with an empty field."""
        if self.typed.text() != name:
            self.typed.setText(name)
            self.pad.clear()
            self.picture.set_path(None)

    @property
    def appearance(self) -> Appearance:
        """Nothing drawn is the typed name, nothing typed the signer's own. Raises `DrawingUnusable`."""
        if self.switch.value == _DRAW and not self.pad.is_empty:
            return Appearance(strokes=self.pad.strokes)
        if self.switch.value == _PICTURE and self.picture.path is not None:
            return Appearance(image=read_picture(self.picture.path))
        return Appearance(typed=self.typed.text().strip())
