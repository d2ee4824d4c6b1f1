"""Attaches files one after another in jobs, with progress and a way to stop; one refusal stops no other.

attaching = Attaching(desk)
attaching.files(paths, target)      files and folders, in order; folders with all that is in them
attaching.picture(image, target)    a picture from the clipboard
attaching.stop()                    after the file in hand, nothing more
moved = Signal(int, int, str)       how far: done and all in bytes (0: unknown), and what is being copied
ended = Signal()                    nothing is under way any more
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QObject, Signal
from PySide6.QtGui import QImage

from qsin_desktop.actions.evidence import (
    Prepared,
    Target,
    attach_prepared,
    prepare,
    prepare_bytes,
)
from qsin_desktop.actions.outside import files_in
from qsin_desktop.background.jobs import IsCancelled, Job, Report
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.handing_over import bundles_among
from qsin_desktop.ui.words import count

Work = Callable[[Report, IsCancelled], Prepared]


@dataclass
class _Errand:
    """One file to copy; `path` is looked into first where it is a folder."""

    name: str
    target: Target
    work: Work | None = None
    folder: Path | None = None


@dataclass
class _Tally:
    """What came of the files asked for since nothing was under way."""

    asked: int = 0
    numbers: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


class Attaching(QObject):
    moved = Signal(object, object, str)
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._queue: deque[_Errand] = deque()
        self._job: Job | None = None
        self._tally = _Tally()

    @property
    def under_way(self) -> bool:
        return self._job is not None

    def files(self, paths: Sequence[Path], target: Target) -> None:
        """Bundles of a visit are no evidence: they are received."""
        bundles = bundles_among(tuple(paths))
        if bundles:
            self._desk.exchanges.receive(bundles)
            paths = [path for path in paths if path not in bundles]
            if not paths:
                return
        pieces = self._desk.visit.pieces
        for path in paths:
            if path.is_dir():
                self._queue.append(_Errand(path.name, target, folder=path))
            else:
                self._queue.append(_Errand(path.name, target, _copying(pieces, path)))
                self._tally.asked += 1
        self._go_on()

    def picture(self, image: QImage, target: Target) -> None:
        """Named by day and time, as nobody else named it."""
        pieces = self._desk.visit.pieces
        name = f"Screenshot {self._desk.visit.clock():%Y-%m-%d %H.%M.%S}.png"
        self._queue.append(_Errand(name, target, lambda _r, _c: prepare_bytes(pieces, _as_png(image), name)))
        self._tally.asked += 1
        self._go_on()

    def stop(self) -> None:
        self._queue.clear()
        if self._job is not None:
            self._job.cancel()

    # ---- one after another --------------------------------------------------------------------------

    def _go_on(self) -> None:
        if self._job is not None:
            return
        if not self._queue:
            self._tell()
            self.ended.emit()
            return
        errand = self._queue.popleft()
        self.moved.emit(0, 0, self._words(errand))
        if errand.folder is not None:
            self._look_into(errand, errand.folder)
        else:
            self._copy(errand)

    def _words(self, errand: _Errand) -> str:
        left = len(self._queue)
        return f"{errand.name}, then {left} more" if left else errand.name

    def _look_into(self, errand: _Errand, folder: Path) -> None:
        self._job = self._desk.jobs.run(
            "Looking into a folder",
            lambda _report, _is_cancelled: files_in(folder),
            done=lambda found: self._found(errand, found),
            refused=self._refused,
        )

    def _found(self, errand: _Errand, paths: tuple[Path, ...]) -> None:
        if self._job is not None and self._job.cancelled:
            self._next()
            return
        pieces = self._desk.visit.pieces
        self._queue.extendleft(
            _Errand(path.name, errand.target, _copying(pieces, path)) for path in reversed(paths)
        )
        self._tally.asked += len(paths)
        self._next()

    def _copy(self, errand: _Errand) -> None:
        assert errand.work is not None  # noqa: S101  (a folder is looked into first)
        words = self._words(errand)
        self._job = self._desk.jobs.run(
            f"Copying {errand.name}",
            errand.work,
            done=lambda prepared: self._copied(prepared, errand.target),
            refused=self._refused,
            on_progress=lambda done, total, _detail: self.moved.emit(done, total, words),
            stopped=self._next,
        )

    def _copied(self, prepared: Prepared, target: Target) -> None:
        known = self._desk.record.exhibit(prepared.stored.sha256) is not None
        targets = [target] if target != Target() else []
        change = self._desk.act(lambda: attach_prepared(self._desk.visit, prepared, targets))
        if change is not None:
            self._count(change, prepared, known=known)
        self._next()

    def _count(self, change: Change, prepared: Prepared, *, known: bool) -> None:
        exhibit = self._desk.record.exhibit(change.entity)
        number, tally = exhibit.number if exhibit else "", self._tally
        (tally.already if not change.keys else tally.known if known else tally.numbers).append(number)
        if prepared.kind.warning:
            tally.warnings.append(f"{number} {prepared.name}: {prepared.kind.warning}")

    def _refused(self, refusal: Refusal) -> None:
        self._desk.messages.refused(refusal)
        self._next()

    def _next(self) -> None:
        self._job = None
        self._go_on()

    # ---- at the end ---------------------------------------------------------------------------------

    def _tell(self) -> None:
        tally, self._tally = self._tally, _Tally()
        messages = self._desk.messages
        if len(tally.numbers) == 1:
            messages.done(f"{tally.numbers[0]} is attached.", undo=True)
        elif tally.numbers:
            messages.done(f"{count(len(tally.numbers), 'file')} attached: {_listed(tally.numbers)}.")
        for number in dict.fromkeys(tally.known):
            messages.done(f"The same file is {number} already; it is now cited here too.", undo=True)
        for number in dict.fromkeys(tally.already):
            messages.info(
                f"The same file is {number} already, cited where you asked for it; nothing was added."
            )
        for warning in tally.warnings:
            messages.warning(warning)


def _copying(pieces: object, path: Path) -> Work:
    def work(report: Report, is_cancelled: IsCancelled) -> Prepared:
        return prepare(pieces, path, progress=report, cancelled=is_cancelled)  # type: ignore[arg-type]

    return work


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # takes bytes in its stub
        raise Refusal("The picture on the clipboard could not be read; save it as a file and attach that.")
    return bytes(buffer.data().data())


def _listed(numbers: Sequence[str]) -> str:
    return f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 3 else ", ".join(numbers)
