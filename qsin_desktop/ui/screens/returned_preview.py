"""All that a returned workbook says, on four pages: differences, alterations, remarks, evidence."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qsin_desktop.actions.returning import About, ReturnPreview
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.screens.page_head import PageHead
from qsin_desktop.ui.screens.parts import clear, row
from qsin_desktop.ui.screens.returned_differences import DifferencesPage
from qsin_desktop.ui.screens.returned_evidence import EvidencePage
from qsin_desktop.ui.screens.returned_to_know import ToldPage, altered_rows, remark_rows
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.widgets.card import NoticeBox, Panel
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem
from qsin_desktop.ui.words import count, joined

_DIFFERENCES, _ALTERED, _REMARKS, _EVIDENCE = "differences", "altered", "remarks", "evidence"


class PreviewPage(QWidget):
    left = Signal()
    apply_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.apply = primary("Read in", "read-back", self)
        self.apply.setToolTip(tip("return.apply"))
        self._head = PageHead("", self, self.apply)
        self.refused = NoticeBox(Tone.NOT_MET, "", "", self)
        self.notice = NoticeBox(Tone.PARTLY, "", "", self)
        self.switch = SegmentedSwitch("What the workbook says", self)
        self.differences = DifferencesPage(self)
        altered = "These cells are not the network's to fill in. They are told here and never taken over."
        self.altered = ToldPage("Altered outside the answers", altered, self)
        remarks = "How the file was read, and what of it was not."
        self.remarks = ToldPage("To know", remarks, self)
        self.evidence = EvidencePage(self)
        self._none = EmptyState("done", "No answer differs from what stands", parent=self)
        self._progress = QVBoxLayout()
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._by_name = {
            _DIFFERENCES: self.differences,
            _ALTERED: self.altered,
            _REMARKS: self.remarks,
            _EVIDENCE: self.evidence,
        }
        for page in (*self._by_name.values(), self._none):
            self._pages.addWidget(page)
        ground = Panel("", self)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        above = QVBoxLayout()
        above.setContentsMargins(20, 0, 20, 0)
        above.setSpacing(8)
        above.addWidget(self.refused)
        above.addWidget(self.notice)
        above.addLayout(self._progress)
        switch = row(self.switch, 1)
        switch.setStretch(0, 3)
        switch.setStretch(1, 2)
        above.addLayout(switch)
        column.addLayout(above)
        column.addWidget(self._pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(ground, 1)

    def _connect(self) -> None:
        self._head.left.connect(self.left)
        self.apply.clicked.connect(self.apply_asked)
        self.switch.changed.connect(self._show_page)
        self.differences.chosen_changed.connect(self._show_chosen)
        self.evidence.list.rows.ticked.connect(self._show_chosen)

    # ---- what is shown ------------------------------------------------------------------------------

    def show_preview(self, preview: ReturnPreview, folder: str, *, writable: bool, again: bool) -> None:
        self._writable = writable
        self.refused.hide()
        back = preview.back
        sent = f"answers round {back.round}" if back.round else ""
        known = "read in before" if preview.known else ""
        self._head.set_words(preview.label, joined(back.file, sent, known, count(back.rows, "finding")))
        self.differences.show_differences(back.differences, again=again)
        self.altered.list.rows.show(altered_rows(preview))
        self.remarks.list.rows.show(remark_rows(preview))
        self.evidence.show_files(preview.evidence, folder, again=again)
        rounds = [r.words for r in preview.remarks if r.about is About.ROUND and not r.finding]
        self.notice.set_words("Look at the round", " ".join(rounds))
        self.notice.setVisible(bool(rounds))
        self._show_switch(preview)
        first = _DIFFERENCES if back.differences or not back.alterations else _ALTERED
        self._show_page(self.switch.value if again else first)
        self._show_chosen()

    def focus_shown(self) -> None:
        """Where the keys go on after another look."""
        shown = self._pages.currentWidget()
        if shown is self.evidence:
            self.evidence.begin()
        elif shown is self.differences:
            self.differences.view.setFocus()
        else:
            self.switch.take_focus()

    def _show_switch(self, preview: ReturnPreview) -> None:
        value = self.switch.value
        back = preview.back
        self.switch.set_items(
            [
                SwitchItem(_DIFFERENCES, f"Differences {len(back.differences):,}", icon="read-back"),
                SwitchItem(_ALTERED, f"Altered elsewhere {len(back.alterations):,}", icon="pencil"),
                SwitchItem(_REMARKS, f"To know {len(preview.remarks):,}", icon="info"),
                SwitchItem(_EVIDENCE, f"Evidence {len(preview.evidence):,}", icon="evidence"),
            ]
        )
        self.switch.set_value(value)

    def _show_page(self, name: str) -> None:
        self.switch.set_value(name)
        nothing = name == _DIFFERENCES and not self.differences.model.all
        self._pages.setCurrentWidget(self._none if nothing else self._by_name[name])

    def _show_chosen(self) -> None:
        answers = len(self.differences.model.chosen)
        files = len(self.evidence.list.rows.chosen)
        parts = [count(answers, "answer")] if answers else []
        parts += [count(files, "file")] if files else []
        self.apply.setText(f"Read in {' and '.join(parts)}" if parts else "Nothing chosen")
        self.apply.setEnabled(bool(parts) and self._writable)
        self.apply.updateGeometry()

    _writable = True

    def refuse(self, sentence: str) -> None:
        self.refused.set_words("Not done", sentence)
        self.refused.show()
        announce(self, sentence, urgent=True)

    def show_progress(self, name: str, *, can_cancel: bool = True) -> ProgressPanel:
        self.refused.hide()
        self._pages.setEnabled(False)
        self.apply.setEnabled(False)
        panel = ProgressPanel(name, self, can_cancel=can_cancel)
        self._progress.addWidget(panel)
        return panel

    def end_progress(self) -> None:
        clear(self._progress)
        self._pages.setEnabled(True)
        self._show_chosen()
