"""The visit on this laptop, as the exchange needs it; and how the long part stays off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.authority import visit_id
from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.aside import Aside
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.pieces import Pieces
from qsin_desktop.store.visit_store import VisitStore
from qsin_desktop.sync import names
from qsin_desktop.sync.envelope import Envelope
from qsin_desktop.sync.refusals import ExchangeStopped

T = TypeVar("T")
Owner = Callable[[Callable[[], Any]], Any]
Progress = Callable[[int, int | None, str], None]
INVITED = ("device", "invited")
Cancelled = Callable[[], bool]


class Holder(Protocol):
    """A visit that is open for work."""

    folder: VisitFolder
    store: VisitStore
    pieces: Pieces
    identity: Identity

    @property
    def aside(self) -> Aside: ...

    def receive(self, ranges: Iterable[Sequence[Entry]], name: str = ...) -> Change: ...


def directly(act: Callable[[], T]) -> T:
    """For callers that own the visit's thread themselves."""
    return act()


class Course:
    """How one exchange runs: where the journal may be touched, whom progress is told, when to stop.

    `owner` runs a short piece of work on the thread that owns the visit and returns what it returned.
    """

    def __init__(
        self,
        owner: Owner = directly,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        self.owner = owner
        self._progress = progress
        self._cancelled = cancelled

    def tell(self, done: int, total: int | None, words: str) -> None:
        if self._progress is not None:
            self._progress(done, total, words)

    def heed(self) -> None:
        """Raises `ExchangeStopped` when somebody asked for it."""
        if self._cancelled is not None and self._cancelled():
            raise ExchangeStopped


def team_devices(store: VisitStore) -> frozenset[str]:
    """The laptops that files are encrypted for: confirmed, or invited by a lead, and not cut off."""
    members = {device for device, _ in store.authority.members}
    return frozenset(members | invited_devices(store)) - store.authority.cuts.keys()


def invited_devices(store: VisitStore) -> set[str]:
    """The laptops that a lead has made an invitation for."""
    authority = store.authority
    invited = store.entries_of_fields([INVITED])
    return {e.key.entity for e in invited if authority.counts(e) and e.by in authority.leads}


def envelope_for(holder: Holder) -> Envelope:
    return Envelope(holder.identity, team_devices(holder.store))


def place_key(store: VisitStore) -> bytes:
    """What names pieces on a place; only who has the journal knows it."""
    founded = store.entries_for(FieldKey("visit", store.visit, "founded"))
    salts = [str(e.value["salt"]) for e in founded if isinstance(e.value, dict) and "salt" in e.value]
    own = [salt for e, salt in zip(founded, salts, strict=False) if visit_id(e.device, salt) == store.visit]
    return names.place_key(own[0] if own else store.visit)
