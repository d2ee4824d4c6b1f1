"""Draw on a photo: boxes, ellipses, arrows, words and redactions, over a file that stays as it is.

open_marks(desk, exhibit_id, parent) -> MarkPage | None      None for what is no picture
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from shiboken6 import isValid

from qsin_desktop.actions.evidence import set_link
from qsin_desktop.actions.marking import (
    add_mark,
    can_be_marked,
    change_mark,
    copy_marked,
    may_change,
    withdraw_mark,
)
from qsin_desktop.actions.pictures import PRINTED, drawn, unmarked_picture_of
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import Exhibit, ExhibitLink
from qsin_desktop.domain.marks import LONGEST_TEXT, Mark, MarkColour, MarkKind, redacted_words
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.panels.mark_tools import CHOOSE, ColourRow, tool_switch
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import Button, primary, quiet
from qsin_desktop.ui.widgets.label import Label, soft
from qsin_desktop.ui.widgets.mark_canvas import MarkCanvas

_HINTS = {
    None: "Choose a mark to move it, pull a corner, or take it off. Tab goes through them, arrows move.",
    MarkKind.TEXT: "Write the words, then draw where they go; a click is enough.",
    MarkKind.REDACT: "Draw over what nobody outside may see. The file itself stays whole in the visit.",
}
_HINT = "Draw on the picture, or press Enter to put one in the middle."


def open_marks(desk: Desk, exhibit_id: str, parent: QWidget) -> MarkPage | None:
    exhibit = desk.record.exhibit(exhibit_id)
    if exhibit is None or not can_be_marked(exhibit):
        return None
    page = MarkPage(desk, exhibit, parent)
    page.open()
    return page


class MarkPage(Page):
    def __init__(self, desk: Desk, exhibit: Exhibit, parent: QWidget) -> None:
        super().__init__(f"Marks on {exhibit.number}  {exhibit.title}", "", parent, width=720)
        self._desk, self._exhibit = desk, exhibit.id
        self._jpeg = b""
        self._done = 0  # acts of this page that undo may take back
        self._waiting: Mark | None = None  # a text that has its place and awaits its words
        self.canvas = MarkCanvas(self)
        self.canvas.setAccessibleName(f"Picture of {exhibit.number} {exhibit.title}, to draw on")
        self.tools = tool_switch(self)
        self.colours = ColourRow(self)
        self.words = QLineEdit(self)
        self.words.setMaxLength(LONGEST_TEXT)
        self.words.setPlaceholderText("Words to draw")
        self.words.setAccessibleName("Words of the mark")
        self._hint = soft("", self)
        self._hidden = Label("", parent=self)
        self._lay_out()
        self._connect()
        self._set_writable()
        self._use(CHOOSE if exhibit.marks else MarkKind.BOX.value)
        window = parent.window().size()
        self.resize(round(window.width() * 0.9), round(window.height() * 0.94))
        self._begin()

    # ---- laid out -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        tools = row(self.tools, self.colours, gap=12)
        tools.setStretch(0, 1)
        self.body.setSpacing(10)
        self.body.addLayout(tools)
        self.body.addWidget(self.words)
        self.body.addWidget(self.canvas, 1)
        hints = row(self._hint, self._hidden, gap=16)
        hints.setStretch(0, 1)
        self.body.addLayout(hints)
        self._add_caption()
        self.undo = Button("Undo", "undo", parent=self)
        self.off = Button("Take off", "trash", parent=self)
        self.save = quiet("Save a marked copy…", "download", self)
        close = primary("Done", parent=self)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        for widget in (self.undo, self.off, self.save):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(close)
        self.body.addLayout(foot)

    def _add_caption(self) -> None:
        """Of the place where the photo is cited; of several, the first, as the detail shows them all."""
        link = self._link
        self.caption = QLineEdit(link.caption if link else "", self)
        self.caption.setPlaceholderText("What it shows, for the report")
        self._caption_field = Field("Caption in the report", self.caption, parent=self)
        self._caption_field.setVisible(link is not None)
        self.caption.editingFinished.connect(self._keep_caption)
        self.body.addWidget(self._caption_field)

    def _connect(self) -> None:
        self.tools.changed.connect(self._use)
        self.colours.changed.connect(self._recolour)
        self.canvas.drawn.connect(self._drawn)
        self.canvas.changed.connect(self._changed)
        self.canvas.removed.connect(self._remove)
        self.canvas.chosen.connect(self._chosen)
        self.canvas.left.connect(self.accept)
        self.words.returnPressed.connect(self._words_given)
        self.words.editingFinished.connect(self._reword)
        self.undo.clicked.connect(self._undo)
        self.off.clicked.connect(
            lambda: self._remove(self.canvas.chosen_mark.id if self.canvas.chosen_mark else "")
        )
        self.save.clicked.connect(self._save_copy)
        QShortcut(QKeySequence.StandardKey.Undo, self, self._undo)
        self._desk.feed.changed.connect(self._told)
        self.finished.connect(lambda _result: self._leave())

    def _set_writable(self) -> None:
        writable = self._desk.writable
        self.canvas.writable = writable
        for widget in (self.tools, self.colours, self.words, self.caption):
            widget.setEnabled(writable)

    # ---- the picture --------------------------------------------------------------------------------

    @property
    def exhibit(self) -> Exhibit | None:
        return self._desk.record.exhibit(self._exhibit)

    @property
    def _link(self) -> ExhibitLink | None:
        return next(iter(self._desk.record.links(exhibit=self._exhibit)), None)

    def _begin(self) -> None:
        exhibit = self.exhibit
        if exhibit is None:
            return
        self._hint.setText("Making the picture…")
        make = unmarked_picture_of(self._desk.visit, PRINTED)
        self._job = self._desk.jobs.run(
            f"Making a picture of {exhibit.number}",
            lambda _report, is_cancelled: None if is_cancelled() else make(exhibit),
            done=self._came,
            refused=self._refused,
        )
        self.finished.connect(lambda _result: self._job.cancel() if not self._job.finished else None)

    def _came(self, jpeg: bytes | None) -> None:
        if isValid(self):
            self._jpeg = jpeg or b""
            self.refresh()
            if not self._jpeg:
                self._hint.setText("No picture can be made of it, so it cannot be marked.")
            self.canvas.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        if isValid(self):
            self._hint.setText(refusal.sentence)

    def refresh(self) -> None:
        exhibit = self.exhibit
        if exhibit is None:
            self.reject()
            return
        if self._jpeg:
            pixels = drawn(self._jpeg, exhibit.marks)
            image = QImage(
                pixels.rgb, pixels.width, pixels.height, 3 * pixels.width, QImage.Format.Format_RGB888
            )
            self.canvas.show_picture(QPixmap.fromImage(image), exhibit.marks)
        self._hidden.setText(redacted_words(exhibit.marks))
        self._show_state()

    def _show_state(self) -> None:
        mark = self.canvas.chosen_mark
        mine = mark is not None and may_change(self._desk.visit, mark)
        self.off.setEnabled(mine and self._desk.writable)
        self.undo.setEnabled(self._done > 0 and self._desk.writable)
        exhibit = self.exhibit
        self.save.setEnabled(bool(exhibit and exhibit.marks))
        tool = self._tool
        texts = tool is MarkKind.TEXT or (mark is not None and mark.kind is MarkKind.TEXT)
        self.words.setVisible(texts)
        self.colours.setEnabled(self._desk.writable and tool is not MarkKind.REDACT)
        if mark is not None and not mine:
            by = self._desk.record.person_name(mark.by)
            self._hint.setText(f"{by} drew this mark; {by} or the lead can change it.")
        else:
            self._hint.setText(_HINTS.get(tool, _HINT))

    # ---- acts ---------------------------------------------------------------------------------------

    @property
    def _tool(self) -> MarkKind | None:
        return None if self.tools.value == CHOOSE else MarkKind(self.tools.value)

    def _use(self, tool: str) -> None:
        self.tools.set_value(tool)
        self._waiting = None
        self.canvas.set_tool(self._tool)
        self._show_state()
        if self._tool is MarkKind.TEXT:
            self.words.clear()
            self.words.setFocus()

    def _chosen(self, mark_id: str) -> None:
        mark = self.canvas.chosen_mark
        if mark is not None:
            self.words.setText(mark.text)
            self.colours.set_value(mark.colour)
        self._show_state()

    def _drawn(self, mark: Mark) -> None:
        text = self.words.text().strip() if mark.kind is MarkKind.TEXT else ""
        if mark.kind is MarkKind.TEXT and not text:
            self._waiting = mark
            self._hint.setText("Write the words and press Enter.")
            self.words.setFocus()
            return
        self._add(replace(mark, text=text, colour=self.colours.value))

    def _add(self, mark: Mark) -> None:
        self._waiting = None
        made = self._act(
            lambda: add_mark(
                self._desk.visit,
                exhibit=self._exhibit,
                kind=mark.kind,
                x=mark.x,
                y=mark.y,
                w=mark.w,
                h=mark.h,
                text=mark.text,
                colour=mark.colour,
            )
        )
        if made is not None:
            self._use(CHOOSE)
            self.canvas.choose(made.entity)
            self.canvas.setFocus()

    def _words_given(self) -> None:
        if self._waiting is not None and self.words.text().strip():
            self._add(replace(self._waiting, text=self.words.text().strip(), colour=self.colours.value))
        elif self._tool is not None:
            self.canvas.setFocus()

    def _reword(self) -> None:
        mark, text = self.canvas.chosen_mark, self.words.text().strip()
        if mark is not None and mark.kind is MarkKind.TEXT and text and text != mark.text:
            self._changed(replace(mark, text=text))

    def _recolour(self, colour: MarkColour) -> None:
        mark = self.canvas.chosen_mark
        if mark is not None and mark.kind is not MarkKind.REDACT:
            self._changed(replace(mark, colour=colour))

    def _changed(self, mark: Mark) -> None:
        if (
            self._act(lambda: change_mark(self._desk.visit, exhibit=self._exhibit, mark=mark.id, to=mark))
            is None
        ):
            self.refresh()

    def _remove(self, mark_id: str) -> None:
        if mark_id:
            self._act(lambda: withdraw_mark(self._desk.visit, exhibit=self._exhibit, mark=mark_id))

    def _act(self, action: Callable[[], Change]) -> Change | None:
        """A refusal is said here, where the eyes are."""
        try:
            change = self._desk.act(action, origin=None, show=False)
        except Refusal as refusal:
            self._hint.setText(refusal.sentence)
            return None
        self._done += bool(change and change.keys)
        self._show_state()
        return change

    def _undo(self) -> None:
        if self._done > 0 and self._desk.writable:
            self.canvas.settle()
            self._done -= 1
            self._desk.undo()

    def _save_copy(self) -> None:
        exhibit = self.exhibit
        if exhibit is None:
            return
        title, desk = f"Save a marked copy of {exhibit.number}", self._desk
        path = desk.asking.save_as(self, title, "copy", f"{exhibit.number} marked.jpg")
        if path is None:
            return
        desk.jobs.run(
            f"Saving a marked copy of {exhibit.number}",
            lambda _report, _is_cancelled: copy_marked(desk.visit, exhibit, path),
            done=lambda _nothing: desk.messages.done(f"The marked copy is at “{path.name}”."),
            refused=desk.messages.refused,
        )

    def _keep_caption(self) -> None:
        link, text = self._link, self.caption.text()
        if link is not None and text.strip() != link.caption:
            self._act(lambda: set_link(self._desk.visit, link=link.id, field="caption", text=text))

    def _told(self, change: Change, _origin: object) -> None:
        if isValid(self) and (change.touches("exhibit") or change.touches("seal")):
            self._set_writable()
            self.refresh()

    def _leave(self) -> None:
        self.canvas.settle()
        self._desk.feed.changed.disconnect(self._told)
