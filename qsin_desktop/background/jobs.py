"""Runs a long action on one other thread and brings its progress, result or refusal home.

    jobs = Jobs(bug=messages.refusal_for_bug)
    job = jobs.run("Copying", work, done=..., refused=..., on_progress=..., stopped=...)
    job.cancel()            asks the work to stop; it hears that when it next asks `is_cancelled`
    jobs.run(..., aside=True)   what nobody waits for: all that a person asked for goes first
    jobs.running            those that wait or work, the oldest first, those aside last
    jobs.changed            tells when these differ
    jobs.stop_all(ms)       ask all to stop and wait that long; True when none is left

`work(report_progress, is_cancelled)` runs on the other thread: it must touch no widget and no journal.
Of `done`, `refused` and `stopped` exactly one is called, on the thread that made `Jobs`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, QThreadPool, Signal

from qsin_desktop.domain.errors import Refusal


class Report(Protocol):
    """`report(3, 12, "photo.jpg")`; the total is left out or None while it is not known."""

    def __call__(self, done: int, total: int | None = None, detail: str = "", /) -> None: ...


IsCancelled = Callable[[], bool]
T = TypeVar("T")

_ASIDE = -1  # the pool's priority, 0 for all else
_PROGRESS_PAUSE = 0.05  # seconds between two reports that the eye could tell apart


@dataclass(frozen=True)
class _Home:
    """Whom to call at home."""

    done: Callable[[Any], object]
    refused: Callable[[Refusal], object]
    on_progress: Callable[[int, int, str], object] | None
    stopped: Callable[[], object] | None


class Job(QObject):
    """One piece of work. `progressed(done, total, detail)` has total 0 while it is unknown."""

    progressed = Signal(object, object, str)
    ended = Signal()
    _came_home = Signal(object, object)  # result, exception

    def __init__(
        self, name: str, work: Callable[[Report, IsCancelled], Any], home: _Home, jobs: Jobs
    ) -> None:
        super().__init__(jobs)
        self.name = name
        self.cancelled = False
        self.finished = False
        self.aside = False
        self.how_far: tuple[int, int, str] = (0, 0, "")
        self._work, self._at_home, self._jobs = work, home, jobs
        self._last, self._last_total = 0.0, 0
        self.progressed.connect(self._on_progress)
        self._came_home.connect(self._on_home)

    def cancel(self) -> None:
        self.cancelled = True

    def _on_progress(self, done: int, total: int, detail: str) -> None:
        self.how_far = (done, total, detail)
        if not self.finished and self._at_home.on_progress is not None:
            self._at_home.on_progress(done, total, detail)

    def _on_home(self, result: Any, fault: BaseException | None) -> None:
        self.finished = True
        self._jobs.forget(self)
        try:
            self._tell(result, fault)
        finally:
            self.ended.emit()
            self.deleteLater()

    def _tell(self, result: Any, fault: BaseException | None) -> None:
        home = self._at_home
        if fault is None:
            home.done(result)
        elif not isinstance(fault, Refusal):
            home.refused(self._jobs.bug(fault))
        elif self.cancelled and home.stopped is not None:
            home.stopped()
        else:
            home.refused(fault)

    # ---- on the other thread ------------------------------------------------------------------------

    def run(self) -> None:
        try:
            result = self._work(self._report, self._is_cancelled)
        except BaseException as fault:  # noqa: BLE001  (all of it is told at home)
            self._came_home.emit(None, fault)
        else:
            self._came_home.emit(result, None)

    def _is_cancelled(self) -> bool:
        return self.cancelled

    def _report(self, done: int, total: int | None = None, detail: str = "", /) -> None:
        now, whole = time.monotonic(), total or 0
        another_stretch = whole != self._last_total
        if another_stretch or now - self._last >= _PROGRESS_PAUSE or (total is not None and done >= total):
            self._last, self._last_total = now, whole
            self.progressed.emit(done, whole, detail)


class _Errand(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job
        self.setAutoDelete(False)

    def run(self) -> None:
        self._job.run()


class Jobs(QObject):
    """`bug` logs a fault of ours and answers the refusal that tells of it."""

    changed = Signal()

    def __init__(self, bug: Callable[[BaseException], Refusal], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bug = bug
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)  # what is done to one visit is done in order
        self._under_way: dict[Job, _Errand] = {}

    @property
    def running(self) -> tuple[Job, ...]:
        return tuple(sorted(self._under_way, key=lambda job: job.aside))

    def run(
        self,
        name: str,
        work: Callable[[Report, IsCancelled], T],
        *,
        done: Callable[[T], object],
        refused: Callable[[Refusal], object],
        on_progress: Callable[[int, int, str], object] | None = None,
        stopped: Callable[[], object] | None = None,
        aside: bool = False,
    ) -> Job:
        """Start it, or queue it behind what runs, `aside` behind all others.

        `stopped` is called instead of `refused` after a cancel.
        """
        job = Job(name, work, _Home(done, refused, on_progress, stopped), self)
        job.aside = aside
        self._under_way[job] = _Errand(job)
        self._pool.start(self._under_way[job], _ASIDE if aside else 0)
        self.changed.emit()
        return job

    def forget(self, job: Job) -> None:
        self._under_way.pop(job, None)
        self.changed.emit()

    def stop_all(self, milliseconds: int = 10_000) -> bool:
        for job in self.running:
            job.cancel()
        return self.wait(milliseconds)

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Until all is done and told."""
        ended = self._pool.waitForDone(milliseconds)
        for job in self.running:
            QCoreApplication.sendPostedEvents(job, QEvent.Type.MetaCall.value)
        return ended and not self.running
