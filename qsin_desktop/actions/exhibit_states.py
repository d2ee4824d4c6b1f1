"""Whether an exhibit's bytes are here, wanted or damaged; and how damaged ones come anew."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.store.piece_places import PieceState
from qsin_desktop.store.pieces import Pieces


class ExhibitState(StrEnum):
    HERE = "here"
    WANTED = "wanted"
    DAMAGED = "damaged"


def state_of(visit: OpenVisit, exhibit: Exhibit) -> ExhibitState:
    """By the presence of its pieces: quick, proves nothing. `damaged` is told by `put_off_damaged` only."""
    here = all(visit.pieces.has(piece) for piece in exhibit.pieces)
    return ExhibitState.HERE if here else ExhibitState.WANTED


def put_off_damaged(
    visit: OpenVisit, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Exhibit, ...]:
    """Read every exhibit through; damaged pieces are put aside, and the next exchange fetches them anew.

    Returns the exhibits that were damaged. Touches no journal, so it may run on any thread.
    """
    exhibits = visit.record.exhibits()
    damaged: list[Exhibit] = []
    for done, exhibit in enumerate(exhibits, 1):
        bad = [piece for piece, state in visit.pieces.faults(exhibit.pieces) if state is PieceState.DAMAGED]
        for piece in bad:
            visit.pieces.put_off(piece)
        if bad:
            damaged.append(exhibit)
        if progress is not None:
            progress(done, len(exhibits))
    return tuple(damaged)


def damage_in(pieces: Pieces, exhibit: Exhibit) -> tuple[str, ...]:
    """Its damaged pieces, found by reading them through; on any thread."""
    return tuple(piece for piece, state in pieces.faults(exhibit.pieces) if state is PieceState.DAMAGED)


def ask_again(pieces: Pieces, exhibit: Exhibit) -> None:
    """Put its damaged pieces aside: what is not here is fetched at the next exchange with who has it."""
    for piece in damage_in(pieces, exhibit):
        pieces.put_off(piece)
