"""How large everything is that the bench measures: the real sizes, and small ones to try the bench itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """`entries` are journals' lengths, the last the one most measures use; files are counted in MiB."""

    name: str
    criteria: int
    sites: int
    entries: tuple[int, ...]
    attached_mib: int
    exhibits: int
    exhibit_mib: int
    presses: int
    findings: int
    photos: int
    many_photos: int

    @property
    def large(self) -> int:
        return self.entries[-1]


FULL = Size(
    name="full",
    criteria=300,
    sites=30,
    entries=(1_000, 10_000, 100_000),
    attached_mib=1024,
    exhibits=5,
    exhibit_mib=1024,
    presses=60,
    findings=200,
    photos=100,
    many_photos=500,
)

SMALL = Size(
    name="small",
    criteria=30,
    sites=4,
    entries=(300, 1_000),
    attached_mib=16,
    exhibits=5,
    exhibit_mib=10,
    presses=10,
    findings=10,
    photos=4,
    many_photos=8,
)
