"""What came and what went in one exchange, and what could not, person by person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from qsin_desktop.domain.standing import FieldKey


@dataclass
class LaptopSummary:
    """Of one laptop's log: entries that came, that were known already, that went; why one was refused."""

    device: str
    person: str = ""
    new: int = 0
    known: int = 0
    given: int = 0
    refused: str = ""
    gap: int = 0  # the first entry that is missing on the way, or 0
    forked_at: int = 0  # the first entry in which two logs under one key differ, or 0


@dataclass
class Summary:
    """`keys` are the fields that changed here.

    `agrees`: whether a colleague's laptop that knew the same saw the same, or None where none could tell.
    """

    place: str
    laptops: dict[str, LaptopSummary] = field(default_factory=dict)
    keys: set[FieldKey] = field(default_factory=set)
    pieces_taken: int = 0
    pieces_given: int = 0
    pieces_wanted: int = 0
    bytes_taken: int = 0
    bytes_given: int = 0
    faults: list[str] = field(default_factory=list)
    not_backed_up: str = ""  # why no backup was made before entries were taken, a sentence
    not_given: str = ""  # why nothing more could be handed over, a sentence; it is among the faults too
    ignored: int = 0
    for_others: int = 0
    tidied: int = 0  # files of the place that stood there twice and were removed
    agrees: bool | None = None
    purges: int = 0  # purges that came with it
    purged_there: int = 0  # files on the place that held something purged and do not any more
    purged_held: int = 0  # files of a bundle that hold something purged
    purged_unread: int = 0  # files for other laptops that may hold it

    def of(self, device: str) -> LaptopSummary:
        return self.laptops.setdefault(device, LaptopSummary(device))

    @property
    def entries_taken(self) -> int:
        return sum(laptop.new for laptop in self.laptops.values())

    @property
    def entries_given(self) -> int:
        return sum(laptop.given for laptop in self.laptops.values())

    @property
    def moved(self) -> int:
        """Files' worth of things that came or went: 0 when nothing was new on either side."""
        return self.entries_taken + self.entries_given + self.pieces_taken + self.pieces_given

    @property
    def refused(self) -> list[LaptopSummary]:
        return [laptop for laptop in self.laptops.values() if laptop.refused]

    @property
    def forks(self) -> list[LaptopSummary]:
        return [laptop for laptop in self.laptops.values() if laptop.forked_at]

    def add_fault(self, sentence: str) -> None:
        if sentence not in self.faults:
            self.faults.append(sentence)


def first_of(numbers: Iterable[int]) -> int:
    return min(numbers, default=0)
