"""Hand over, receive, meet at a folder: each a job beside the person's work, its outcome kept to be read.

For every screen:

    desk.exchanges.receive(paths)             bundle files, in any order
    desk.exchanges.hand_over(out, person)     one file for all, or with what this person lacks
    desk.exchanges.meet(folder)               a stick, a share: both ways
    desk.exchanges.running  .last  .how_far   began(), moved(done, total, words), ended()
    desk.exchanges.latest                     also of the folder that is watched, and of before a restart
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qsin_desktop.actions.arrivals import (
    arrived_since,
    here_of,
    known_so_far,
    pieces_of_exhibits,
)
from qsin_desktop.actions.exchanging import (
    Course,
    Summary,
    exchange_with,
    receive,
    write_bundle,
)
from qsin_desktop.background.jobs import IsCancelled, Job, Jobs, Report
from qsin_desktop.background.own_thread import OwnThread
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.exchange_outcome import How, Outcome, Took, how_far_words, outcome_of
from qsin_desktop.ui.kept_outcome import keep_outcome, kept_outcome

if TYPE_CHECKING:
    from qsin_desktop.ui.desk import Desk

Work = Callable[[Course], tuple[Sequence[Summary], Sequence[str]]]


class Stopped(Refusal):
    def __init__(self) -> None:
        super().__init__("Stopped. What came and went before that stays; start it again to go on from there.")


@dataclass(frozen=True)
class Errand:
    """One exchange: what the job is called, what it does, and how its outcome is told; `told` says it all."""

    name: str
    how: How
    path: Path
    where: str
    work: Work
    told: str = ""


class Exchanges(QObject):
    began = Signal()
    moved = Signal(object, object, str)  # of evidence in bytes: more than fits a small number
    ended = Signal(object)  # Outcome

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._own = OwnThread(self)
        self._waiting: list[Errand] = []
        self.running: Job | None = None
        self.name = ""
        self.how_far: tuple[int, int, str] = (0, 0, "")
        self.last: Outcome | None = None
        self.latest: Outcome | None = kept_outcome(desk.visit)
        self._errand: Errand | None = None

    # ---- what a person asks for ---------------------------------------------------------------------

    def receive(self, bundles: Sequence[Path]) -> None:
        visit = self._desk.visit
        if visit.read_only:
            self._desk.messages.refused(visit.read_only)
            return
        where = bundles[0].name if len(bundles) == 1 else f"{len(bundles)} bundles"

        def work(course: Course) -> tuple[Sequence[Summary], Sequence[str]]:
            return take_bundles(lambda bundle: receive(visit, bundle, course=course), bundles, course)

        self._start(Errand(f"Receiving {where}", How.RECEIVED, bundles[0], where, work))

    def hand_over(self, out: Path, person: str = "", *, told: str = "") -> None:
        """`person` is the id of the colleague whose laptop has said what it knows already.

        `told` is what is said once it is written, in the place of what went.
        """
        visit = self._desk.visit
        self._start(
            Errand(
                f"Writing {out.name}",
                How.HANDED_OVER,
                out,
                out.name,
                lambda course: ([write_bundle(visit, out, person=person, course=course)], ()),
                told,
            )
        )

    def meet(self, folder: Path) -> None:
        where = folder.name or str(folder)
        self._start(Errand(f"Exchanging with {where}", How.MET, folder, where, meeting(self._desk, folder)))

    def again(self) -> None:
        """Go on with what was cut short; what came before is known and not asked for again."""
        if self.running is not None:
            return
        if self._errand is not None:
            self._start(self._errand)
        elif self.latest is not None and self.latest.how is How.MET:
            self.meet(self.latest.path)
        elif self.latest is not None and self.latest.how is How.RECEIVED:
            self.receive([self.latest.path])

    @property
    def can_go_on(self) -> bool:
        """Of one before a restart: whom a bundle was for is not known any more."""
        known = self._errand is not None
        return known or (self.latest is not None and self.latest.how is not How.HANDED_OVER)

    def remember(self, outcome: Outcome) -> None:
        """Kept to be read, also after a restart."""
        self.latest = outcome
        keep_outcome(self._desk.visit, outcome)

    def stop(self) -> None:
        """Asks what runs to stop; it hears that after the piece in hand."""
        self._waiting.clear()
        if self.running is not None:
            self.running.cancel()

    # ---- one at a time ------------------------------------------------------------------------------

    def _start(self, errand: Errand) -> None:
        """Words that are being typed are recorded first, so that they go along."""
        self._waiting.append(errand)
        if self.running is None:
            self._next()

    def _next(self) -> None:
        errand = self._errand = self._waiting.pop(0)
        self.name, self.how_far = errand.name, (0, 0, "")
        self._desk.recording.emit()
        self.running = run_errand(
            self._desk, self._own, self._desk.jobs, errand, self._ended, on_progress=self._moved
        )
        self.began.emit()

    def _moved(self, done: int, total: int, words: str) -> None:
        self.how_far = (done, total, how_far_words(done, total, words))
        self.moved.emit(*self.how_far)

    def _ended(self, outcome: Outcome) -> None:
        self.running = None
        self.last = outcome
        self.remember(outcome)
        messages = self._desk.messages
        if outcome.ended:
            messages.refused(outcome.ended)
        elif outcome.faults and not outcome.people:
            messages.refused(outcome.faults[0])
        else:
            told = self._errand.told if self._errand is not None else ""
            messages.done(told or outcome.sentence)
            for fault in outcome.faults:
                messages.warning(fault)
        self.ended.emit(outcome)
        if self._waiting:
            self._next()


def run_errand(
    desk: Desk,
    own: OwnThread,
    jobs: Jobs,
    errand: Errand,
    ended: Callable[[Outcome], object],
    *,
    on_progress: Callable[[int, int, str], object] | None = None,
) -> Job:
    """The open screens are told what came, also of an exchange that was cut; then `ended` hears of it."""
    before = known_so_far(desk.visit)

    def home(took: Took) -> None:
        if desk.left:
            return
        visit = desk.visit
        keys = {key for summary in took.summaries for key in summary.keys}
        desk.feed.tell(arrived_since(visit, before, keys))
        ended(outcome_of(visit, errand.how, errand.path, errand.where, visit.clock(), took))

    return jobs.run(
        errand.name,
        lambda report, is_cancelled: _work(desk, own, errand, report, is_cancelled),
        done=home,
        refused=lambda refusal: home(Took(cut=refusal)),
        stopped=lambda: home(Took(cut=Stopped())),
        on_progress=on_progress,
    )


def _work(desk: Desk, own: OwnThread, errand: Errand, report: Report, is_cancelled: IsCancelled) -> Took:
    """On the job's thread: the journal is only touched by way of the owner."""
    visit = desk.visit
    course = Course(
        owner=lambda act: own.ask(act, is_cancelled),
        progress=report,
        cancelled=is_cancelled,
    )
    had = here_of(visit.pieces, course.owner(lambda: pieces_of_exhibits(visit)))
    summaries, refused = errand.work(course)
    named = course.owner(lambda: pieces_of_exhibits(visit))
    have = here_of(visit.pieces, named)
    return Took(summaries, refused, len(have - had), len(named) - len(have))


def meeting(desk: Desk, folder: Path) -> Work:
    return lambda course: ([exchange_with(desk.visit, folder, course=course)], ())


def take_bundles(
    take: Callable[[Path], Summary], bundles: Sequence[Path], course: Course
) -> tuple[list[Summary], list[str]]:
    """Each in turn; those whose entries had to wait for another's are taken once more at the end."""
    summaries: dict[Path, Summary] = {}
    refused: list[str] = []
    for done, bundle in enumerate(bundles):
        course.heed()
        course.tell(done, len(bundles), f"{bundle.name}, {done + 1} of {len(bundles)}")
        try:
            summaries[bundle] = take(bundle)
        except Refusal as refusal:
            course.heed()
            refused.append(refusal.sentence)
    again = [
        _once_more(take(bundle), first)
        for bundle, first in summaries.items()
        if _has_gap(first) and len(summaries) > 1
    ]
    return [*summaries.values(), *again], refused


def _once_more(again: Summary, first: Summary) -> Summary:
    """What came between the two has filled the gaps that the first told of, or has not."""
    for device, laptop in first.laptops.items():
        laptop.gap = 0
        again.of(device).person = again.of(device).person or laptop.person
    again.faults = []
    return again


def _has_gap(summary: Summary) -> bool:
    return any(laptop.gap for laptop in summary.laptops.values())
