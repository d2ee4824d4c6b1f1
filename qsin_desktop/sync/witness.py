"""Each laptop says in the journal what it has seen: so all know who is still out, and none can cut his log.

The word is `device/seen` of the laptop that says it: tips, exhibits it lacks, and the digest of its view.
"""

from __future__ import annotations

from typing import Any, Final

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.visit_store import VisitStore
from qsin_desktop.sync.holder import Holder

SEEN: Final = ("device", "seen")
_MOST_LACKING: Final = 500
_MOST_WORDS: Final = 20  # in a row; a longer stretch of a log is not read to see whether it says more


def seen_key(device: str) -> FieldKey:
    return FieldKey("device", device, "seen")


def own_word(holder: Holder, lacking: list[str]) -> dict[str, Any]:
    """What this laptop has to say now; `lacking` are exhibits' ids."""
    store = holder.store
    return {
        "tips": {device: tip.seq for device, tip in sorted(store.tips.items())},
        "lacking": sorted(lacking)[:_MOST_LACKING],
        "digest": store.view_digest(without=[SEEN]),
    }


def words_of(store: VisitStore, device: str) -> list[Entry]:
    """Every such word of this laptop itself; what others may have written in its name is nothing."""
    return [e for e in store.entries_for(seen_key(device)) if e.device == device and _fits(e.value)]


def last_word(store: VisitStore, device: str) -> Entry | None:
    return max(words_of(store, device), key=lambda e: e.seq, default=None)


def news_since_last_word(holder: Holder) -> bool:
    """Whether another laptop's log brought anything but such words since this one last said its own."""
    store, own = holder.store, holder.identity.device
    word = last_word(store, own)
    seen = word.value["tips"] if word else {}
    for device, tip in store.tips.items():
        after = seen.get(device, 0)
        if device == own or tip.seq <= after:
            continue
        if tip.seq - after > _MOST_WORDS or _says_more(store, device, after):
            return True
    return False


def _says_more(store: VisitStore, device: str, after: int) -> bool:
    """Whether a log goes on with anything but such words."""
    return any((e.key.type, e.key.field) != SEEN for e in store.log_of(device, after))


def agreement(holder: Holder) -> bool | None:
    """Whether a colleague's laptop that had seen exactly this saw the same stand; None where none had."""
    store, own = holder.store, holder.identity.device
    words = [last_word(store, device) for device in store.tips if device != own]
    comparable = [word for word in words if word is not None and _same_knowledge(store, word)]
    if not comparable:
        return None
    digest = store.view_digest(without=[SEEN])
    return all(word.value["digest"] == digest for word in comparable)


def _same_knowledge(store: VisitStore, word: Entry) -> bool:
    """Whether only such words were written, anywhere, beyond what this word had seen."""
    seen = word.value["tips"]
    for device, tip in store.tips.items():
        beyond = tip.seq - seen.get(device, 0)
        if not 0 <= beyond <= _MOST_WORDS or (beyond and _says_more(store, device, tip.seq - beyond)):
            return False
    return all(device in store.tips for device in seen)


def _fits(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("tips"), dict)
        and all(type(seq) is int for seq in value["tips"].values())
        and isinstance(value.get("lacking"), list)
        and isinstance(value.get("digest"), str)
    )
