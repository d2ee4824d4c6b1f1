"""On opening: entries that a damaged log or an earlier repair left outside the journal join it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reissuing import write_again
from qsin_desktop.actions.salvaged import salvaged
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.damaged import DamagedFolder
from qsin_desktop.store.looking import Looked


def take_back(visit: OpenVisit, looked: Looked) -> str:
    """What was taken, as a sentence, or empty. For a visit that is open for work."""
    if looked.no_log:
        _keep_log(visit, looked)
        return (
            "Something else lay in the place of the log of the last work; every entry is there all the same. "
            "What lay there is kept in the visit's folder “damaged”."
        )
    taken = _take_from_log(visit, looked)
    cut_off = looked.unfinished and _is_left_out(visit, looked)
    joined = _join_salvaged(visit)
    if cut_off:
        _keep_log(visit, looked)
        return (
            "The last write was cut off in the middle, so what it was writing is not in the visit: look "
            "whether your last work is there. A copy of the log is kept in the visit's folder “damaged”."
        )
    if not taken + joined:
        return ""
    count = f"{taken + joined:,} {'entry' if taken + joined == 1 else 'entries'}"
    if taken:
        return (
            f"The log of the last work was damaged; {count} that it still held came back, and a copy of the "
            "log is kept in the visit's folder “damaged”."
        )
    return f"{count} that an earlier repair kept aside came back into the visit."


def _take_from_log(visit: OpenVisit, looked: Looked) -> int:
    following = [log for log in _by_device(looked.beyond).values() if _fits(visit, log)]
    if not following:
        return 0
    _keep_log(visit, looked)
    before = visit.store.entry_count()
    for log in following:
        try:
            visit.receive([_fresh(visit, log)])
        except Refusal:
            continue
    return visit.store.entry_count() - before


def _is_left_out(visit: OpenVisit, looked: Looked) -> bool:
    """Whether an entry of the write that was cut off could not come back."""
    return any(entry.seq > visit.store.tip(entry.device).seq for entry in looked.beyond)


def _keep_log(visit: OpenVisit, looked: Looked) -> None:
    DamagedFolder(visit.folder, visit.clock()).keep_copy("visit.db-wal", looked.log)


def _join_salvaged(visit: OpenVisit) -> int:
    """Those that follow now; and this laptop's own, once its log has gone another way, are written again."""
    before = visit.store.entry_count()
    for kept, entries in salvaged(visit.aside):
        tip = visit.store.tip(kept.device)
        if kept.last <= tip.seq and _known(visit, entries):
            visit.aside.remove(kept)
        elif _fits(visit, entries):
            visit.receive([_fresh(visit, entries)])
            visit.aside.remove(kept)
        elif kept.device == visit.identity.device and tip.seq >= kept.first - 1 and not visit.read_only:
            write_again(visit, entries)
            visit.aside.remove(kept)
    return visit.store.entry_count() - before


def _by_device(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: each.seq):
        found[entry.device].append(entry)
    return found


def _fresh(visit: OpenVisit, log: list[Entry]) -> list[Entry]:
    """From the tip on, as far as each follows the one before it."""
    tip, fresh = visit.store.tip(log[0].device), []
    seq, prev = tip.seq, tip.chain_hash
    for entry in log:
        if entry.seq == seq + 1 and entry.prev == prev:
            fresh.append(entry)
            seq, prev = entry.seq, entry.chain_hash
    return fresh


def _fits(visit: OpenVisit, log: list[Entry]) -> bool:
    return bool(_fresh(visit, log))


def _known(visit: OpenVisit, entries: list[Entry]) -> bool:
    hashes = visit.store.chain_hashes(entries[0].device, [entries[-1].seq])
    return hashes.get(entries[-1].seq) == entries[-1].chain_hash
