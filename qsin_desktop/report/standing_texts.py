"""The report's standing texts, each of which a pack may replace by one of the same name."""

from __future__ import annotations

from qsin_desktop.domain.snapshot import VisitSnapshot

_SAMPLING = (
    "This report speaks of what was seen in a sample of places, people and records at the time of the visit. "
    "What was not sampled may be better or worse than what was."
)
_HOW_TO_CHECK = (
    "The list of exhibits gives the SHA-256 of every file that the assessors kept. A file that is said to be "
    "one of them can be checked by working out its SHA-256 and comparing: one changed byte gives another "
    "value. When this report was made, its own SHA-256 was recorded in the journal of the visit, which the "
    "issuing body keeps and in which every entry is signed. Ask the body for that value to check that a copy "
    "of this report is unaltered."
)
_SIGNING = (
    "Each assessor confirms the part of the assessment that they carried out. The lead assessor signs for "
    "the team. The network’s representative acknowledges that the report was received, which does not mean "
    "that the network agrees with it."
)
_TEXTS = {
    "title": "Assessment report",
    "about_the_standard": "",
    "sampling": _SAMPLING,
    "signing": _SIGNING,
    "how_to_check": _HOW_TO_CHECK,
}


def standing_text(visit: VisitSnapshot, name: str) -> str:
    """`title`, `about_the_standard`, `sampling`, `signing` or `how_to_check`."""
    return dict(visit.pack.report_texts).get(name, _TEXTS[name])


def sampling_text(visit: VisitSnapshot) -> str:
    """The visit's own words where it has some."""
    return visit.facts.sampling.strip() or standing_text(visit, "sampling")
