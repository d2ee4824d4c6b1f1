"""How much a place or a laptop may bring. No team comes near; a stick made to do harm is stopped there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.visit_store import VisitStore
from qsin_desktop.sync.holder import invited_devices

MOST_NAMES: Final = 200_000  # looked at on one place
MOST_GROUPS: Final = 200  # sets of laptops that a place's files are encrypted for
MOST_STRANGERS: Final = 100  # laptops that no lead has confirmed or invited, in one visit
STRANGERS_BYTES: Final = 32 << 20  # of all entries of theirs together
STRANGERS_PIECES: Final = 128  # of evidence of theirs that is fetched before they are confirmed: 1 GiB
LAPTOP_BYTES: Final = 256 << 20  # of the entries of one laptop of the team
FIRST_BYTES: Final = 512 << 20  # of the entries that a new visit begins with
SPARE_BYTES: Final = 256 << 20  # of this laptop's disk that evidence of others leaves free

# A confirmed laptop's log is weighed only when it brings or has much: weighing reads all of it.
_MUCH_AT_ONCE: Final = 4 << 20
_LONG: Final = 200_000
_HEAD_AND_SIGNATURE: Final = 72


class PlaceOverfull(Refusal):
    """More files than any team writes."""

    def __init__(self, title: str, most: int, what: str = "files") -> None:
        super().__init__(
            f"“{title}” holds more than {most:,} {what} under this visit's name, which no team writes, so it "
            "was not read. What is on this laptop is safe. Use another stick or folder."
        )


def refused_for_size(store: VisitStore, device: str, fresh: Iterable[Entry], so_far: int) -> str:
    """Why these entries of a laptop are too many to be taken, or empty.

    `so_far`: bytes that it brought in this exchange already, with these.
    """
    known = {d for d, _ in store.authority.members} | invited_devices(store)
    if device in known:
        return _laptop_refused(store, device, fresh, so_far)
    strangers = [other for other in store.tips if other not in known]
    if device not in strangers and len(strangers) >= MOST_STRANGERS:
        return (
            f"{MOST_STRANGERS} laptops that no lead has confirmed are in this visit already; confirm it, and "
            "its entries are taken the next time."
        )
    if store.weight_of(strangers) + weight(fresh) > STRANGERS_BYTES:
        return (
            f"Laptops that no lead has confirmed may bring {STRANGERS_BYTES >> 20} MiB of entries together; "
            "confirm it, and the rest is taken the next time."
        )
    return ""


def _laptop_refused(store: VisitStore, device: str, fresh: Iterable[Entry], so_far: int) -> str:
    if so_far <= _MUCH_AT_ONCE and store.tip(device).seq <= _LONG:
        return ""
    if store.weight_of([device]) + weight(fresh) <= LAPTOP_BYTES:
        return ""
    return (
        f"It brings more than {LAPTOP_BYTES >> 20} MiB of entries, which nobody writes in one visit; the "
        "rest was not taken."
    )


def weight(entries: Iterable[Entry]) -> int:
    """Bytes of entries, about as they are kept."""
    return sum(len(e.head) + len(e.body or b"") + _HEAD_AND_SIGNATURE for e in entries)
