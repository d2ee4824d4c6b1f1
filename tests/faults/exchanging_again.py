"""After a fault two laptops exchange again, and then both must show the same and have every exhibit whole."""

from __future__ import annotations

from collections.abc import Iterator

from qsin_desktop.actions.exchanging import exchange_with
from qsin_desktop.store.durable import ASIDE_PREFIX
from qsin_desktop.store.piece_places import PieceState
from tests.faults.visits import Laptop
from tests.founding import ME, PEER, opened


def differences_after(laptop: Laptop) -> Iterator[str]:
    digests = []
    for _ in range(2):  # what one hands over in the second round is that it has seen the other
        for place, who in ((laptop.visit, ME), (laptop.colleague, PEER)):
            with opened(place, who) as visit:
                exchange_with(visit, laptop.stick)
    for left in laptop.stick.rglob(f"{ASIDE_PREFIX}*"):
        yield f"half a file is left on the stick after exchanging again: {left.relative_to(laptop.stick)}"
    for place, who in ((laptop.visit, ME), (laptop.colleague, PEER)):
        with opened(place, who) as visit:
            digests.append(visit.store.view_digest())
            for exhibit in visit.record.exhibits():
                if (state := visit.pieces.check(exhibit.pieces)) is not PieceState.HERE:
                    yield f"at {who.name}, exhibit {exhibit.number} is {state.value} after exchanging again"
    if len(set(digests)) > 1:
        yield "after exchanging again the two laptops do not show the same"
