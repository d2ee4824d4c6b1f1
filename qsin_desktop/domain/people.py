"""The people of a visit and their parts in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    LEAD = "lead"
    PEER = "peer"
    TECHNICAL = "technical"
    LAY = "lay"
    OBSERVER = "observer"
    NETWORK = "network"  # the assessed network's representative

    @property
    def label(self) -> str:
        return {
            Role.LEAD: "Lead assessor",
            Role.PEER: "Peer assessor",
            Role.TECHNICAL: "Technical assessor",
            Role.LAY: "Lay assessor",
            Role.OBSERVER: "Observer",
            Role.NETWORK: "For the network",
        }[self]

    @property
    def assesses(self) -> bool:
        return self in (Role.LEAD, Role.PEER, Role.TECHNICAL, Role.LAY)


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    role: Role
    organisation: str = ""
    interests: str = ""  # declaration of interests; empty means none was declared yet
