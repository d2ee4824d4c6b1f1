"""One round of the backups that are made by themselves: here, and in a second place when it is there.

A round is asked for every minute. It does nothing where the newest copy is younger than half an hour or
holds every entry; what failed is tried again by the next round, so a stick that is back gets its copy.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qsin_desktop.actions.backing_up import (
    Cancelled,
    Holdings,
    Progress,
    SecondPlaceGone,
    back_up,
    back_up_to,
    copy_exhibits_to,
    drop_purged,
    is_backed_up,
    own_place,
    same_disk,
)
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.backups import due, newest_by, second_place


@dataclass(frozen=True)
class Copies:
    """How the backups in one place are.

    `at`: the newest, in UTC; `whole`: it holds every entry; `fault`: why a new one was not possible;
    `gone`: the place is not there; `lacking`: files of exhibits that are damaged here, so not copied.
    """

    at: datetime | None = None
    whole: bool = False
    fault: str = ""
    gone: bool = False
    same_disk: bool = False
    lacking: int = 0


@dataclass(frozen=True)
class Round:
    here: Copies
    there: Copies | None = None

    @property
    def copies(self) -> tuple[Copies, ...]:
        return (self.here,) if self.there is None else (self.here, self.there)


def backup_round(
    visit: OpenVisit,
    second: Path | None,
    *,
    holds: Holdings,
    asked: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Round:
    """Make what is due, or all that lacks something when a person `asked`. Fit for any thread.

    A place's fault is told in the answer and keeps the other place from nothing.
    """
    here = _told(visit.folder.backups, visit, lambda: _copied_here(visit, asked=asked))
    if second is None:
        return Round(here)
    own = second_place(second.absolute(), visit.folder, visit.data_key)

    def copy() -> Copies:
        return _copied_there(visit, second, holds=holds, asked=asked, progress=progress, cancelled=cancelled)

    there = _told(own, visit, copy)
    return Round(here, replace(there, same_disk=not there.gone and same_disk(visit.folder.path, second)))


def _told(place: Path, visit: OpenVisit, copy: Callable[[], Copies]) -> Copies:
    try:
        return copy()
    except SecondPlaceGone as refusal:
        return Copies(fault=refusal.sentence, gone=True)
    except Refusal as refusal:
        with suppress(Refusal):
            newest = newest_by(visit.clock(), place)
            return Copies(at=newest.at if newest else None, fault=refusal.sentence)
        return Copies(fault=refusal.sentence)


def _copied_here(visit: OpenVisit, *, asked: bool) -> Copies:
    place = visit.folder.backups
    whole = is_backed_up(visit)
    if not whole and (asked or due(visit.folder, visit.clock())):
        return Copies(at=back_up(visit).at, whole=True)
    return _found(visit, place, whole=whole)


def _copied_there(
    visit: OpenVisit,
    second: Path,
    *,
    holds: Holdings,
    asked: bool,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Copies:
    """Exhibits also where the journal is there already: the stick may have been full before."""
    own = own_place(visit, second)
    if holds.cleaning:
        return _found(visit, own, whole=False)
    drop_purged(visit, own, holds)
    whole = is_backed_up(visit, own)
    if not whole and (asked or due(visit.folder, visit.clock(), place=own)):
        done = back_up_to(visit, second, holds=holds, progress=progress, cancelled=cancelled)
        return Copies(at=done.backup.at, whole=True, lacking=done.lacking)
    _, lacking = copy_exhibits_to(visit, own, holds.pieces, progress=progress, cancelled=cancelled)
    return _found(visit, own, whole=whole, lacking=lacking)


def _found(visit: OpenVisit, place: Path, *, whole: bool, lacking: int = 0) -> Copies:
    """As they lie there."""
    newest = newest_by(visit.clock(), place)
    return Copies(at=newest.at if newest else None, whole=whole, lacking=lacking)
