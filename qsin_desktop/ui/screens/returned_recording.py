"""Records what is taken over of a return: at once where it is little, else beside the person's work."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from qsin_desktop.background.jobs import IsCancelled, Job, Report
from qsin_desktop.background.own_thread import GivenUp, OwnThread
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.desk import Desk

RECORDING = "Recording the answers"
AT_ONCE = 1_000  # answers and files: about a quarter of a second

Steps = Generator[tuple[int, int], None, Change]


def run_through(steps: Steps) -> Change:
    while True:
        found = _next(steps)
        if isinstance(found, Change):
            return found


def record(
    desk: Desk,
    steps: Steps,
    *,
    done: Callable[[Change], object],
    refused: Callable[[Refusal], object],
    stopped: Callable[[], object],
    on_progress: Callable[[int, int, str], object],
) -> Job:
    """Step by step on the visit's thread, which goes on with other things between them.

    Stopped before the last step, nothing is recorded.
    """
    own = OwnThread(desk)

    def work(report: Report, is_cancelled: IsCancelled) -> Change:
        try:
            while True:
                found = own.ask(lambda: _next_unless(is_cancelled, steps), is_cancelled)
                if isinstance(found, Change):
                    return found
                report(*found)
        finally:
            own.deleteLater()

    return desk.jobs.run(
        RECORDING, work, done=done, refused=refused, on_progress=on_progress, stopped=stopped
    )


def _next_unless(cancelled: IsCancelled, steps: Steps) -> Any:
    """The person's word comes before the step that was asked for earlier."""
    if cancelled():
        raise GivenUp
    return _next(steps)


def _next(steps: Steps) -> Any:
    """Progress of one step, or the change that the last one made."""
    try:
        return next(steps)
    except StopIteration as finished:
        return finished.value
