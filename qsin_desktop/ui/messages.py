"""The one door to the user's ear: every notice and refusal of the window goes through here.

For all who have something to say:

    messages = Messages()
    messages.info("...")    .warning("...")    .refused(refusal)    .done("Withdrawn.", undo=True)
    messages.done("Report made.", action="Open folder", acted=open_it)
    messages.bug(exception)             a fault of ours: logged, and told in one sentence
    messages.show_through(show)         the window's bars; what was told before is shown then
    messages.notices   .texts           the latest, oldest first
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from qsin_desktop.actions.outside import fault_of_a_place
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.widgets.message_bar import Kind

_KEPT = 50
BUG_SENTENCE = (
    "Something in QSIN Desktop went wrong and this was not done; everything saved before is safe. "
    "Go on working, and if it happens again, send the log to support."
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    kind: Kind
    text: str
    action: str = ""
    acted: Callable[[], object] | None = field(default=None, compare=False, repr=False)


class Messages(QObject):
    undo_asked = Signal()
    outdated = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.notices: deque[Notice] = deque(maxlen=_KEPT)
        self._waiting: list[Notice] = []
        self._show: Callable[[Notice], object] | None = None

    def info(self, text: str) -> None:
        self.tell(Notice(Kind.INFO, text))

    def warning(self, text: str, action: str = "", acted: Callable[[], object] | None = None) -> None:
        self.tell(Notice(Kind.WARNING, text, action, acted))

    def done(
        self, text: str, undo: bool = False, action: str = "", acted: Callable[[], object] | None = None
    ) -> None:
        """`undo` offers to take it back; `action` is any other word to press."""
        if undo:
            action, acted = "Undo", self.undo_asked.emit
        self.tell(Notice(Kind.DONE, text, action, acted))

    def refused(self, refusal: Refusal | str) -> None:
        self.tell(Notice(Kind.REFUSAL, str(refusal)))

    def no_longer(self, text: str) -> None:
        """What was told is not so any more: its bar goes."""
        self.outdated.emit(text)

    def bug(self, fault: BaseException) -> None:
        self.refused(self.refusal_for_bug(fault))

    @staticmethod
    def refusal_for_bug(fault: BaseException) -> Refusal:
        """Logs the fault with its place; who asked for the work shows the sentence. A share may just drop."""
        of_a_place = fault_of_a_place(fault)
        if of_a_place is not None:
            log.warning("a place stopped answering", exc_info=fault)
            return of_a_place
        log.error("unexpected %s", type(fault).__name__, exc_info=fault)
        return Refusal(BUG_SENTENCE)

    def tell(self, notice: Notice) -> None:
        self.notices.append(notice)
        if self._show is None:
            self._waiting.append(notice)
        else:
            self._show(notice)

    def show_through(self, show: Callable[[Notice], object] | None) -> None:
        """From now on notices go to `show`, those told earlier first; None keeps them for the next."""
        self._show = show
        if show is not None:
            waiting, self._waiting = self._waiting, []
            for notice in waiting:
                show(notice)

    @property
    def texts(self) -> list[str]:
        return [notice.text for notice in self.notices]
