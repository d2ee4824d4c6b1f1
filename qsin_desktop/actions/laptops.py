"""The laptops whose logs are in the visit: whose they are, how much they wrote, who is confirmed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.sync.witness import SEEN


@dataclass(frozen=True)
class Laptop:
    """`person` is who it says it belongs to; until the lead confirms that, its `entries` wait.

    Words that only say that it met somebody are not counted among them; `last` is the end of its log.
    """

    device: str
    person: str
    entries: int
    last: int
    confirmed: bool
    mine: bool
    cut: bool = False  # by a lead, whether it was ever confirmed or not

    @property
    def waits(self) -> bool:
        """To be confirmed: somebody who was cut off waits for nothing."""
        return not self.confirmed and not self.cut

    @property
    def short(self) -> str:
        """Enough of its key to tell two laptops apart by voice."""
        return f"{self.device[:4]} {self.device[4:8]}".upper()


def laptops(visit: OpenVisit) -> tuple[Laptop, ...]:
    """Those that wait first, then by person and device."""
    confirmed = dict(visit.store.authority.members)
    own = visit.identity.device
    words = Counter(entry.device for entry in visit.store.entries_of_fields([SEEN]))
    found = [
        Laptop(
            device,
            confirmed.get(device) or _claimed_by(visit, device),
            tip.seq - words[device],
            tip.seq,
            device in confirmed,
            device == own,
            device in visit.store.authority.cuts,
        )
        for device, tip in visit.store.tips.items()
    ]
    if own not in visit.store.tips:
        found.append(Laptop(own, visit.me, 0, 0, own in confirmed, mine=True))
    return tuple(sorted(found, key=lambda laptop: (laptop.confirmed, laptop.person, laptop.device)))


def _claimed_by(visit: OpenVisit, device: str) -> str:
    log = visit.store.log_of(device)
    return log[0].by if log else ""
