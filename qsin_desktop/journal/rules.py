"""What stands for one field, from all entries ever written for it. Order of arrival is no part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qsin_desktop.domain.standing import Standing
from qsin_desktop.journal.authority import Authority
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import Field, Kind
from qsin_desktop.journal.undoing import not_taken_back


def standing_of(row: Field, entries: Iterable[Entry], authority: Authority) -> tuple[Entry, ...]:
    """The entries that stand, in (n, id) order. Others' unconfirmed and misshapen ones do not."""
    counted = [e for e in entries if authority.shows(e) and _fits(row, e)]
    if row.lasting:
        counted = [e for e in counted if not e.undo]
    live = not_taken_back(counted, lambda new, old: new.by == old.by or new.by in authority.leads)
    stand = _BY_KIND[row.kind](live, authority)
    return tuple(sorted((e for e in stand if e.value is not None), key=_order))


def may_replace(kind: Kind, new: Entry, old: Entry, authority: Authority) -> bool:
    """Whether an entry that names another as replaced has the authority to do so."""
    if kind is Kind.OPINION:
        return new.by == old.by or (new.by in authority.leads and bool(new.why.strip()))
    if kind is Kind.SET:
        return new.value is None and (new.by == old.by or new.by in authority.leads)
    if kind is Kind.SEAL:
        return new.by in authority.leads
    return kind is Kind.SHARED


def to_replace(
    kind: Kind, standing: Iterable[Standing], *, by: str, lead_with_reason: bool, adding: bool
) -> tuple[str, ...]:
    """What a writer who sees these standing values replaces by writing now."""
    if kind in (Kind.RECORD, Kind.LATEST) or (kind is Kind.SET and adding):
        return ()
    if kind is Kind.OPINION and not lead_with_reason:
        return tuple(s.entry for s in standing if s.by == by)
    return tuple(s.entry for s in standing)


def _fits(row: Field, entry: Entry) -> bool:
    return entry.value is None or row.shape(entry.value)


def _order(entry: Entry) -> tuple[int, str]:
    return entry.n, entry.id


def _unreplaced(kind: Kind) -> Callable[[list[Entry], Authority], list[Entry]]:
    def stand(live: list[Entry], authority: Authority) -> list[Entry]:
        by_id = {e.id: e for e in live}
        replaced = {
            old
            for new in live
            for old in new.over
            if old in by_id and may_replace(kind, new, by_id[old], authority)
        }
        return [e for e in live if e.id not in replaced]

    return stand


def _opinions(live: list[Entry], authority: Authority) -> list[Entry]:
    """One opinion a person: their last in (n, id), unless it was replaced.

    The last of all they wrote, not of what is left: an earlier word of theirs must not come back when the
    lead replaces the last one.
    """
    last: dict[str, Entry] = {}
    for entry in sorted(live, key=_order):
        last[entry.by] = entry
    left = {e.id for e in _unreplaced(Kind.OPINION)(live, authority)}
    return [e for e in last.values() if e.id in left]


def _latest(live: list[Entry], _: Authority) -> list[Entry]:
    return [max(live, key=_order)] if live else []


def _seals(live: list[Entry], authority: Authority) -> list[Entry]:
    return _unreplaced(Kind.SEAL)(
        [e for e in live if e.by in authority.leads and authority.counts(e)], authority
    )


def _all(live: list[Entry], _: Authority) -> list[Entry]:
    return live


_BY_KIND: dict[Kind, Callable[[list[Entry], Authority], list[Entry]]] = {
    Kind.OPINION: _opinions,
    Kind.SHARED: _unreplaced(Kind.SHARED),
    Kind.SET: _unreplaced(Kind.SET),
    Kind.LATEST: _latest,
    Kind.SEAL: _seals,
    Kind.RECORD: _all,
}
