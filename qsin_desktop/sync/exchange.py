"""The one procedure by which a visit meets a place: records both ways, then evidence both ways, then compare.

It may be repeated, interrupted and mixed with others' at will: each file is whole or not there, everything
is checked when it is read, and what is known already is passed over. No laptop ever loses anything by it; of
a folder only what stands there twice is removed, see `tidying`, and what was purged.
"""

from __future__ import annotations

from collections.abc import Callable

from qsin_desktop.store.faults import DiskFull, PlaceForbidden
from qsin_desktop.sync import names
from qsin_desktop.sync.evidence import give_pieces, named_pieces, take_pieces
from qsin_desktop.sync.holder import Course, Holder, envelope_for
from qsin_desktop.sync.incoming import take_logs
from qsin_desktop.sync.outgoing import give_logs
from qsin_desktop.sync.place import Place
from qsin_desktop.sync.purging import ErasingPlace, clean_place
from qsin_desktop.sync.summary import Summary
from qsin_desktop.sync.tidying import tidy
from qsin_desktop.sync.witness import agreement, news_since_last_word

Witness = Callable[[], None]
Before = Callable[[], str]


def exchange(
    holder: Holder,
    place: Place,
    *,
    witness: Witness | None = None,
    before: Before | None = None,
    course: Course | None = None,
) -> Summary:
    """Meet a place. `witness` records what is known now; it is called when something new came.

    `before` is called on this thread once something new is about to be taken, e.g. to back the visit up; what
    it could not do it says, and the exchange goes on.

    A place that is full or read-only is told in the summary, and what is there is taken all the same. Raises
    `PlaceGone`, another refusal of a disk or `ExchangeStopped`; what came and went before that stays.
    """
    run = course or Course()
    summary = Summary(place.title)
    if isinstance(place, ErasingPlace):
        place.sweep(run.owner(lambda: tuple(holder.store.authority.cuts)))
    there = take_logs(holder, place, run, summary, before or _nothing_first)
    if witness is not None and run.owner(lambda: news_since_last_word(holder)):
        run.owner(witness)
    envelope = run.owner(lambda: envelope_for(holder))
    giving = _Giving(place, summary)
    giving.run(lambda: give_logs(holder, place, envelope, run, summary, there=there))
    named = named_pieces(holder, run)
    take_pieces(holder, place, envelope, run, summary, named)
    giving.run(lambda: give_pieces(holder, place, envelope, run, summary, named))
    giving.run(lambda: clean_place(holder, place, envelope, run, summary), also_read_only=True)
    giving.run(lambda: tidy(holder, place, envelope, run, summary, there, named))
    if summary.entries_taken and not summary.forks:  # of two stories two laptops rightly see different ones
        summary.agrees = run.owner(lambda: agreement(holder))
    return summary


def _nothing_first() -> str:
    return ""


class _Giving:
    """What writes to a place. One that is full or may not be written still has something to take."""

    def __init__(self, place: Place, summary: Summary) -> None:
        self._can = place.takes
        self._summary = summary

    def run(self, act: Callable[[], None], *, also_read_only: bool = False) -> None:
        if not (self._can or also_read_only):
            return
        try:
            act()
        except (DiskFull, PlaceForbidden) as refusal:
            self._can = False
            self._summary.not_given = self._summary.not_given or refusal.sentence
            self._summary.add_fault(refusal.sentence)


__all__ = ["Course", "Summary", "exchange", "names"]
