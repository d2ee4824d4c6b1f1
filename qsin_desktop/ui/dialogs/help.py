"""The help pages, shown inside the window: plain Markdown files of the program, no network needed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QListWidget, QTextBrowser, QWidget

from qsin_desktop.assets import resource
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.widgets.button import primary


@dataclass(frozen=True)
class Chapter:
    title: str
    path: Path


def help_pages() -> tuple[Chapter, ...]:
    """By title; none when no help was shipped."""
    try:
        folder = resource("help")
    except FileNotFoundError:
        return ()
    chapters = (Chapter(_title(path), path) for path in folder.glob("*.md"))
    return tuple(sorted(chapters, key=lambda chapter: (chapter.path.stem == "changelog", chapter.title)))


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        first = file.readline().lstrip("# ").strip()
    return first or path.stem.replace("-", " ").capitalize()


class HelpPage(Page):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("Help", "", parent, width=820)
        self.resize(look_of().px(960), look_of().px(640))
        self._chapters = help_pages()
        self.list = QListWidget(self)
        self.list.setAccessibleName("Chapters")
        self.list.setMaximumWidth(look_of().px(240))
        self.list.setStyleSheet(
            "QListWidget { border: 1px solid palette(mid); border-radius: 8px; padding: 4px; }"
            "QListWidget::item { padding: 8px; border-radius: 6px; }"
        )
        self.list.addItems([chapter.title for chapter in self._chapters])
        self.text = QTextBrowser(self)
        self.text.setAccessibleName("Help")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.list.currentRowChanged.connect(self._show)
        self.body.addLayout(row(self.list, self.text, gap=16))
        close = primary("Close", parent=self)
        close.clicked.connect(self.accept)
        self._column.addLayout(row(1, close))
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _show(self, number: int) -> None:
        if 0 <= number < len(self._chapters):
            path = self._chapters[number].path
            self.text.setSearchPaths([str(path.parent)])
            self.text.document().setDocumentMargin(look_of().px(16))
            self.text.setMarkdown(path.read_text(encoding="utf-8"))

    def _follow(self, url: QUrl) -> None:
        """Links between chapters are followed; a link to the network is only shown by its address."""
        name = url.fileName()
        for number, chapter in enumerate(self._chapters):
            if chapter.path.name == name:
                self.list.setCurrentRow(number)
                return
        if url.hasFragment():
            self.text.scrollToAnchor(url.fragment())
