"""Whether an exhibit's bytes are here, on the way, wanted or damaged; and how damaged ones come anew."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.store.piece_places import PieceState
from qsin_desktop.store.pieces import Pieces


class ExhibitState(StrEnum):
    HERE = "here"
    ON_THE_WAY = "on the way"  # some of its pieces are here, and the next exchange goes on from there
    WANTED = "wanted"  # nothing of it is here; whoever has it brings it
    DAMAGED = "damaged"  # it was here and a piece of it was found damaged; it comes anew


def state_of(visit: OpenVisit, exhibit: Exhibit) -> ExhibitState:
    """By the presence of its pieces: quick, proves nothing. What is seen and not copied is here.

    Damage is found by `put_off_damaged`, by the check of a visit, and where a piece is handed on.
    """
    here = [visit.pieces.has(piece) for piece in exhibit.pieces]
    if all(here):
        return ExhibitState.HERE
    if any(visit.pieces.was_put_off(piece) for piece in exhibit.pieces):
        return ExhibitState.DAMAGED
    return ExhibitState.ON_THE_WAY if any(here) else ExhibitState.WANTED


def put_off_damaged(
    visit: OpenVisit, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Exhibit, ...]:
    """Read every exhibit through; damaged pieces are put aside, and the next exchange fetches them anew.

    Returns the exhibits that were damaged. Touches no journal, so it may run on any thread.
    """
    exhibits = visit.record.exhibits(withdrawn=True)
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
