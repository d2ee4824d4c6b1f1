"""A text with the words marked that another text does not have: a wash and a line below, never colour alone.

ComparedText(parts, tone, parent=None)     parts: Sequence[domain.joint_text.Part]; .words   .marked
A screen reader is told which words differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QWidget

from qsin_desktop.domain.joint_text import Part
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.widgets.label import Paragraph

_SPACING = 135  # per cent: room for the line below


class ComparedText(Paragraph):
    def __init__(self, parts: Sequence[Part], tone: Tone, parent: QWidget | None = None) -> None:
        self._parts, self._tone_of_marks = tuple(parts), tone
        super().__init__("".join(part.text for part in parts), selectable=True, parent=parent)
        marked = "; ".join(self.marked)
        self.setAccessibleDescription(f"Only here: {marked}" if marked else "The same as the other text")

    @property
    def marked(self) -> list[str]:
        return [part.text.strip() for part in self._parts if part.only and part.text.strip()]

    def follow(self, look: Look) -> None:
        super().follow(look)
        if self.words:
            self.setText(self.words)

    def setText(self, text: str) -> None:
        super().setText(text)
        body = "".join(map(self._html, self._parts))
        super(Paragraph, self).setText(f'<p style="line-height:{_SPACING}%; margin:0">{body}</p>')

    def _html(self, part: Part) -> str:
        words = _marked_up(part.text)
        if not part.only or not part.text.strip():
            return words
        inner = part.text.strip()
        before, _, after = part.text.partition(inner)
        tone = look_of().palette.tone(self._tone_of_marks)
        style = f"background-color:{tone.wash.name()}; color:{tone.fg.name()}; text-decoration:underline"
        return f'{_marked_up(before)}<span style="{style}">{_marked_up(inner)}</span>{_marked_up(after)}'


def _marked_up(text: str) -> str:
    return escape(text).replace("\n", "<br>")
