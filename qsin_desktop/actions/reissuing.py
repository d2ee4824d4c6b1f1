"""Two laptops came to write under one key, as when both were set up from one backup: tell them apart.

Each takes a key of its own and writes again, under it, what it wrote since the two logs parted. The lead
cuts the old key off there and confirms the new ones; until then both stories are kept and shown. The last
laptop of the last lead has nobody to confirm it: there the old key's word for the new one is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import MAX_OVER, Act, Draft, Entry
from qsin_desktop.store.aside import FORKED

# Meetings were as they were. A seal named entries of the old key: the lead looks again, and seals anew.
_NOT_AGAIN = {("device", "seen"), ("device", "reissued"), ("seal", "sealed"), ("seal", "left")}


class NothingParted(Refusal):
    def __init__(self) -> None:
        super().__init__("No other laptop writes under the key of this one; nothing was changed.")


@dataclass(frozen=True)
class Fork:
    """A key under which two laptops wrote: the first entry in which they differ, and what is kept aside."""

    device: str
    parted_at: int
    aside: int


def forks(visit: OpenVisit) -> tuple[Fork, ...]:
    """Every key that is known here to have told two stories and is not cut off before they part."""
    found: dict[str, list[tuple[int, int]]] = {}
    for kept, _ in visit.aside.all():
        if kept.kind == FORKED:
            parted = int("".join(sign for sign in kept.why if sign.isdigit()) or kept.first)
            found.setdefault(kept.device, []).append((parted, kept.last))
    cuts = visit.store.authority.cuts
    made = [
        Fork(device, parted, max(last for _, last in parts) - parted + 1)
        for device, parts in found.items()
        if (parted := min(part for part, _ in parts)) <= cuts.get(device, parted)
    ]
    return tuple(sorted(made, key=lambda fork: fork.device))


def parted_at(visit: OpenVisit) -> int:
    """The first entry of this laptop's own key that must be written again under a new one, or 0."""
    return _parted_of(visit, visit.identity.device)


def mend(visit: OpenVisit, home: Path) -> int:
    """Take a new key where that must be, and write again what still is to be; returns how many entries.

    To be called after opening a visit for work and after each exchange; there is mostly nothing to do.
    """
    if visit.read_only:
        return 0
    return part(visit, home) if parted_at(visit) else go_on(visit)


def part(visit: OpenVisit, home: Path) -> int:
    """Take a new key, kept in `home`, and write again what was written since; returns how many entries.

    Raises `NothingParted`. After an interruption, `go_on` writes the rest.
    """
    if not parted_at(visit):
        raise NothingParted
    visit.become(visit.identity.on_new_laptop(home))
    return go_on(visit)


def go_on(visit: OpenVisit) -> int:
    """Write again what is still to be written again under this laptop's key; returns how many entries.

    In a visit that knows an earlier key only, begins under this one.
    """
    count = 0
    for old in visit.identity.former:
        since = _since(visit, old) or _begin(visit, old)
        cut = visit.store.authority.cuts.get(old)
        if since:
            first = since if cut is None else min(since, cut + 1)
            count += write_again(visit, visit.store.log_of(old, first - 1))
    return count


def _parted_of(visit: OpenVisit, device: str) -> int:
    cut = visit.store.authority.cuts.get(device)
    if cut is not None:
        return cut + 1
    return next((fork.parted_at for fork in forks(visit) if fork.device == device), 0)


def _begin(visit: OpenVisit, old: str) -> int:
    """Say that this key takes the place of an earlier one of this laptop; 0 where that wrote nothing here."""
    tip, members = visit.store.tip(old), visit.store.authority.members
    if not tip.seq or (visit.identity.device, visit.me) in members:
        return 0
    since = _parted_of(visit, old) or tip.seq + 1
    value = {"to": visit.identity.device, "since": since, "sworn": visit.identity.sworn(old)}
    visit.write("Begin under a new key", [Draft(FieldKey("device", old, "reissued"), value)], lasting=True)
    return since


def _since(visit: OpenVisit, old: str) -> int:
    marks = visit.store.entries_for(FieldKey("device", old, "reissued"))
    own = [e for e in marks if e.device == visit.identity.device and isinstance(e.value, dict)]
    return next((since for e in own if type(since := e.value.get("since")) is int), 0)


def write_again(visit: OpenVisit, tail: Iterable[Entry]) -> int:
    """Act by act, each in one commit, under this laptop's key; what was so before is passed over."""
    ids: dict[str, str] = {}
    written = [e for e in visit.store.log_of(visit.identity.device) if not _not_again(e)]
    waiting: list[Entry] = []
    for entry in (e for e in tail if not _not_again(e)):
        same = next((e for e in written if _same(e, entry)), None)
        if same is not None:
            written.remove(same)
            ids[entry.id] = same.id
        else:
            waiting.append(entry)
    for entries in _by_act(waiting):
        _write_act_again(visit, entries, ids)
    return len(waiting)


def _write_act_again(visit: OpenVisit, entries: list[Entry], ids: dict[str, str]) -> None:
    act = entries[0].act
    drafts = [_again(entry, ids) for entry in entries]
    visit.write_act(Act(act.id, act.name, act.kind, act.of), drafts, again=True)
    log = visit.store.log_of(visit.identity.device)
    ids.update(zip((e.id for e in entries), (e.id for e in log[-len(entries) :]), strict=True))


def _again(entry: Entry, ids: dict[str, str]) -> Draft:
    """The same word under a new key; it takes the place of the old one, wherever that is known."""
    over = [entry.id, *(ids.get(old, old) for old in entry.over), *entry.over]
    chosen = tuple(dict.fromkeys(over))[:MAX_OVER]
    return Draft(entry.key, entry.value, entry.why, chosen, ids.get(entry.undo, entry.undo))


def _by_act(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Entries that refer to each other's new ids must not be written in one go: one act, one commit."""
    acts: list[list[Entry]] = []
    for entry in entries:
        last = acts[-1] if acts else None
        if last is None or last[0].act.id != entry.act.id or _refers(entry, last):
            acts.append([entry])
        else:
            last.append(entry)
    return acts


def _refers(entry: Entry, earlier: Iterable[Entry]) -> bool:
    ids = {e.id for e in earlier}
    return bool(ids & {*entry.over, entry.undo})


def _not_again(entry: Entry) -> bool:
    return (entry.key.type, entry.key.field) in _NOT_AGAIN


def _same(new: Entry, old: Entry) -> bool:
    return (new.key, new.value, new.why, new.act.id) == (old.key, old.value, old.why, old.act.id)
