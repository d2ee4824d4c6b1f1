"""Two open visits on one machine meet: one takes from the other's journal what it lacks."""

from __future__ import annotations

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.changes import Change


def take_from(visit: OpenVisit, other: OpenVisit) -> Change:
    """Take every entry that the other has and this one lacks; raises `EntryRefused` and then takes nothing.

    The bytes of exhibits are not copied; they stay wanted until they come too.
    """
    tips = visit.store.tips
    ranges = [
        other.store.log_of(device, after=tips[device].seq if device in tips else 0)
        for device, tip in other.store.tips.items()
        if tip.seq > (tips[device].seq if device in tips else 0)
    ]
    return visit.receive(ranges) if ranges else Change("", "", ())
