"""The standards packs and rule sets a visit can be founded on."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.packs import shipped
from qsin_desktop.packs.reading import find_pack, find_rules, rules_for

__all__ = ["Choice", "find_pack", "find_rules", "rules_for", "shipped_packs"]


@dataclass(frozen=True)
class Choice:
    id: str
    title: str
    notice: str


def shipped_packs() -> tuple[Choice, ...]:
    """The packs that come with the program."""
    packs = [find_pack(source.id) for source in shipped.shipped_packs()]
    return tuple(Choice(pack.id, f"{pack.title}, edition {pack.edition}", pack.notice) for pack in packs)
