"""The example visit as a story: an invented network, its sites and team, and every step in order of time."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.example.chapters import (
    artificial_intelligence,
    closing,
    documents_read,
    education,
    equipment,
    equipment_results,
    governance,
    last_visit,
    organisation,
    patients,
    systems,
    team,
    workforce,
)
from qsin_desktop.example.evidence.places import NETWORK_NAME, SITES
from qsin_desktop.example.steps import Member, Step

PACK = "qsin-outline"
RULES = "accreditation"
FOLDER_NAME = "Thames Estuary 2026.qsin"


@dataclass(frozen=True)
class Story:
    """`steps` stand in the order in which they are played; equal minutes keep the order of the chapters."""

    pack: str
    rules: str
    folder_name: str
    network: str
    sites: tuple[str, ...]
    people: tuple[Member, ...]
    steps: tuple[Step, ...]

    def member(self, key: str) -> Member:
        return next(member for member in self.people if member.key == key)


_CHAPTERS = (
    team,
    last_visit,
    documents_read,
    patients,
    workforce,
    education,
    systems,
    artificial_intelligence,
    equipment,
    equipment_results,
    organisation,
    governance,
    closing,
)

STORY = Story(
    pack=PACK,
    rules=RULES,
    folder_name=FOLDER_NAME,
    network=NETWORK_NAME,
    sites=SITES,
    people=team.PEOPLE,
    steps=tuple(
        sorted((step for chapter in _CHAPTERS for step in chapter.steps()), key=lambda step: step.minutes)
    ),
)
