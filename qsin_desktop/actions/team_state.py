"""Who is still out: of each person, what of theirs is here, and what of the others' they have not seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qsin_desktop.actions.laptops import Laptop, laptops
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reissuing import forks
from qsin_desktop.domain.people import Role
from qsin_desktop.journal.entry import Entry
from qsin_desktop.sync.evidence import pieces_of
from qsin_desktop.sync.witness import SEEN, last_word


@dataclass(frozen=True)
class LaptopState:
    """One laptop. `seen_at`: its clock when it last said what it had seen, or empty when it never has.

    `unseen` of the entries here lie beyond that, `unseen_mine` of them written on this laptop. `cut_at` is
    the last entry that counts of one that was cut off, `forked_at` the first in which two laptops differ.
    """

    device: str
    person: str
    confirmed: bool
    mine: bool
    entries: int
    seen_at: str
    unseen: int
    unseen_mine: int
    cut_at: int | None = None
    forked_at: int | None = None


@dataclass(frozen=True)
class PersonState:
    """`exhibits_here` of `exhibits` of theirs are whole on this laptop: “122 of 200”."""

    person: str
    name: str
    role: Role | None
    laptops: tuple[LaptopState, ...]
    exhibits: int
    exhibits_here: int

    @property
    def entries(self) -> int:
        return sum(laptop.entries for laptop in self.laptops)

    @property
    def handed_in(self) -> bool:
        """Whether anything written by them has come, and all evidence of theirs with it."""
        return self.exhibits_here == self.exhibits and any(x.entries or x.mine for x in self.laptops)

    @property
    def seen_at(self) -> str:
        return max((laptop.seen_at for laptop in self.laptops), default="")


@dataclass(frozen=True)
class TeamState:
    """`agrees`: None where no colleague's laptop has said what it saw of exactly this."""

    people: tuple[PersonState, ...]
    waiting: int
    unknown: int
    aside: int

    @property
    def not_handed_in(self) -> tuple[PersonState, ...]:
        """Assessors of whom nothing has come, or not all of their evidence."""
        return tuple(p for p in self.people if p.role and p.role.assesses and not p.handed_in)

    @property
    def exhibits(self) -> tuple[int, int]:
        """(here, of all)."""
        return sum(p.exhibits_here for p in self.people), sum(p.exhibits for p in self.people)


def team_state(visit: OpenVisit) -> TeamState:
    """Read from the journal and the folder; some milliseconds, more with many exhibits."""
    known = laptops(visit)
    states = _laptop_states(visit, known)
    made = _exhibits_by_person(visit)
    roles = {person.id: person.role for person in visit.record.people}
    everybody = [*roles, *sorted({*states, *made} - set(roles))]
    return TeamState(
        people=tuple(
            PersonState(
                person=person,
                name=visit.record.person_name(person),
                role=roles.get(person),
                laptops=tuple(states.get(person, ())),
                exhibits=len(made.get(person, {})),
                exhibits_here=sum(_is_here(visit, pieces) for pieces in made.get(person, {}).values()),
            )
            for person in everybody
        ),
        waiting=sum(laptop.entries for laptop in known if laptop.waits),
        unknown=len(visit.store.unknown_entries()),
        aside=sum(1 for _ in visit.aside.all()),
    )


def _laptop_states(visit: OpenVisit, known: Iterable[Laptop]) -> dict[str, list[LaptopState]]:
    parted = {fork.device: fork.parted_at for fork in forks(visit)}
    states: dict[str, list[LaptopState]] = defaultdict(list)
    for laptop in known:
        word = last_word(visit.store, laptop.device)
        states[laptop.person].append(
            LaptopState(
                device=laptop.device,
                person=laptop.person,
                confirmed=laptop.confirmed,
                mine=laptop.mine,
                entries=laptop.entries,
                seen_at=word.at if word else "",
                unseen=0 if laptop.mine else _unseen(visit, laptop.device, word),
                unseen_mine=0 if laptop.mine else _unseen(visit, laptop.device, word, visit.identity.device),
                cut_at=visit.store.authority.cuts.get(laptop.device),
                forked_at=parted.get(laptop.device),
            )
        )
    return states


def _unseen(visit: OpenVisit, device: str, word: Entry | None, only: str = "") -> int:
    """Entries of other laptops (or of `only` one) beyond what this one has said to have seen."""
    seen = word.value["tips"] if word else {}
    words = visit.store.entries_of_fields([SEEN])
    count = 0
    for other, tip in visit.store.tips.items():
        if other == device or (only and other != only):
            continue
        after = seen.get(other, 0)
        said = sum(1 for e in words if e.device == other and e.seq > after)
        count += max(0, tip.seq - after - said)
    return count


def _exhibits_by_person(visit: OpenVisit) -> dict[str, dict[str, tuple[str, ...]]]:
    """Person → exhibit → its pieces; counted by who attached it first, confirmed or not."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    owned: set[str] = set()
    for entry in sorted(visit.store.entries_of_fields([("exhibit", "made")]), key=lambda e: (e.n, e.id)):
        pieces = tuple(pieces_of(entry))
        if pieces and entry.key.entity not in owned:
            owned.add(entry.key.entity)
            found[entry.by][entry.key.entity] = pieces
    return found


def _is_here(visit: OpenVisit, pieces: Iterable[str]) -> bool:
    return all(visit.pieces.has(piece) for piece in pieces)
