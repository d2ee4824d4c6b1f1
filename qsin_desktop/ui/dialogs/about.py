"""Which program this is, of which version, and what is to be known of the pack in use."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtWidgets import QLabel, QWidget

from qsin_desktop import __version__
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.emblem import emblem_pixmap
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import column, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.widgets.card import NoticeBox
from qsin_desktop.ui.widgets.label import Label, Paragraph

if TYPE_CHECKING:
    from qsin_desktop.ui.desk import Desk


class AboutPage(Page):
    def __init__(self, parent: QWidget, desk: Desk | None = None) -> None:
        super().__init__("About QSIN Desktop", "", parent, width=560)
        picture = QLabel(self)
        picture.setPixmap(emblem_pixmap(look_of().px(56), self.devicePixelRatioF()))
        words = column(
            1,
            Label(f"Version {__version__}", TextSize.BODY, Weight.SEMIBOLD, parent=self),
            Label(versions(), TextSize.SMALL, soft=True, selectable=True, parent=self),
            1,
            gap=3,
        )
        self.body.addLayout(row(picture, words, 1, gap=16))
        self.body.addWidget(
            Paragraph(
                "Assess an imaging network against the Quality Standard for Imaging Networks, offline "
                "from the first click to the report. Nothing leaves this computer unless you hand it over.",
                parent=self,
            )
        )
        if desk is not None:
            pack = desk.record.pack
            about_pack = f"{pack.title}, {pack.edition}. {pack.licence}"
            self.body.addWidget(Paragraph(about_pack, soft=True, parent=self))
            if pack.notice:
                self.body.addWidget(NoticeBox(Tone.PARTLY, "About this standards pack", pack.notice, self))
        close = primary("Close", parent=self)
        close.clicked.connect(self.accept)
        self._column.addLayout(row(1, close))


def versions() -> str:
    """For a support call: program, Python, Qt, system."""
    system = f"{platform.system()} {platform.release()}"
    return f"Python {platform.python_version()}, Qt {PySide6.__version__}, {system}"
