"""Asks for files and folders with the system's own dialogs, each purpose remembering its last folder.

For every screen that needs a place on the disk:

    asking.files(parent, "Attach files", "attach") -> tuple[Path, ...]      empty: they thought better of it
    asking.folder(parent, "Attach a folder", "attach") -> Path | None
    asking.printer(parent, "Print the report", "Report 3", chosen)     chosen(QPrinter) once one is chosen
    asking.save_as(parent, "Export the report", "export", "Report.pdf", "PDF (*.pdf)") -> Path | None
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

if TYPE_CHECKING:  # the system's printers are looked at when somebody prints
    from PySide6.QtPrintSupport import QPrinter


class Asking:
    """`folder_for(purpose, otherwise)`, `keep_folder(purpose, folder)` and words: the settings' memory."""

    def __init__(
        self,
        folder_for: Callable[[str, Path], Path] = lambda _purpose, otherwise: otherwise,
        keep_folder: Callable[[str, Path], object] = lambda _purpose, _folder: None,
        words_for: Callable[[str], str] = lambda _purpose: "",
        keep_words: Callable[[str, str], object] = lambda _purpose, _words: None,
    ) -> None:
        self._folder_for = folder_for
        self._keep_folder = keep_folder
        self.words_for = words_for  # what was last written for a purpose, as an address; never a secret
        self.keep_words = keep_words

    def files(self, parent: QWidget, title: str, purpose: str, kinds: str = "") -> tuple[Path, ...]:
        found, _ = QFileDialog.getOpenFileNames(parent, title, self._start(purpose), kinds)
        paths = tuple(Path(name) for name in found)
        if paths:
            self._keep_folder(purpose, paths[0].parent)
        return paths

    def file(self, parent: QWidget, title: str, purpose: str, kinds: str = "") -> Path | None:
        found, _ = QFileDialog.getOpenFileName(parent, title, self._start(purpose), kinds)
        return self._kept(purpose, Path(found), Path(found).parent) if found else None

    def folder(self, parent: QWidget, title: str, purpose: str, start: Path | None = None) -> Path | None:
        found = QFileDialog.getExistingDirectory(parent, title, str(start or self._start(purpose)))
        return self._kept(purpose, Path(found), Path(found)) if found else None

    def save_as(self, parent: QWidget, title: str, purpose: str, name: str, kinds: str = "") -> Path | None:
        """The dialog asks before an existing file would be replaced."""
        start = str(Path(self._start(purpose)) / name)
        found, _ = QFileDialog.getSaveFileName(parent, title, start, kinds)
        return self._kept(purpose, Path(found), Path(found).parent) if found else None

    def printer(
        self, parent: QWidget, title: str, document: str, chosen: Callable[[QPrinter], object]
    ) -> None:
        """The system's own dialog; `chosen` is called with the printer, or never."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(document)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.accepted.connect(lambda: chosen(printer))
        for button in dialog.findChildren(QPushButton):  # Qt's own dialog cuts its words off in our style
            button.setMinimumWidth(button.sizeHint().width())
        dialog.show()

    def folder_of(self, purpose: str) -> Path:
        """Where the last file of this purpose was."""
        return Path(self._start(purpose))

    def _start(self, purpose: str) -> str:
        """The nearest folder that is there, or the dialog would take the name of the other for a file's."""
        wanted = self._folder_for(purpose, Path(platformdirs.user_documents_dir()))
        return str(next((path for path in (wanted, *wanted.parents) if path.is_dir()), wanted))

    def _kept(self, purpose: str, path: Path, folder: Path) -> Path:
        self._keep_folder(purpose, folder)
        return path
