"""Boxes that look like print until they are typed in: a note's text, and lines such as why a flag is set."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from qsin_desktop.ui.look import FollowsLook, Look
from qsin_desktop.ui.panels.typed_box import TypedLine
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit


class NoteText(GrowingTextEdit):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, min_lines=1, max_lines=30, parent=parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.follow_now()

    def follow(self, look: Look) -> None:
        self.setStyleSheet(quiet_sheet(look, "QTextEdit", top=3, bottom=0))
        super().follow(look)


class QuietLine(FollowsLook, TypedLine):
    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        self.follow_now()

    def follow(self, look: Look) -> None:
        self.setStyleSheet(quiet_sheet(look, "QLineEdit", top=2, bottom=2))


def quiet_sheet(look: Look, kind: str, *, top: int, bottom: int) -> str:
    """Edge and ground show under the mouse and with the focus; the words never move."""
    c, px = look.palette, look.px
    padding = f"padding: {px(top)}px {px(4)}px {px(bottom)}px {px(4)}px;"
    bare = f"background: transparent; border: 1px solid transparent; {padding}"
    shown = f"background: {c.surface.name()}; {padding}"
    return (
        f"{kind} {{ {bare} border-radius: {px(6)}px; min-height: {px(20)}px; }}"
        f"{kind}:hover {{ {shown} border: 1px solid {c.line.name()}; }}"
        f"{kind}:focus {{ {shown} border: 1px solid {c.focus_ring.name()}; }}"
        f'{kind}:disabled, {kind}[readOnly="true"] {{ {bare} }}'
    )
