"""The report's standing texts, each of which a template or a pack may replace by its own."""

from __future__ import annotations

from qsin_desktop.domain.snapshot import VisitSnapshot

LANGUAGE = "en-GB"
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
    "cover_line": "",
    "disclaimer": "",
    "before_summary": "",
    "about_this_report": "",
    "closing": "",
    "about_the_standard": "",
    "sampling": _SAMPLING,
    "signing": _SIGNING,
    "how_to_check": _HOW_TO_CHECK,
}


def standing_text(visit: VisitSnapshot, name: str) -> str:
    """One of the names in `TEXTS` of a template: the template's words, else the pack's, else our own."""
    own = visit.template.text(name)
    return own if own is not None else dict(visit.pack.report_texts).get(name, _TEXTS[name])


def language_of(visit: VisitSnapshot, name: str) -> str:
    """The language of a standing text where it is another than the report's, else empty."""
    own = visit.template.text(name) is not None
    return visit.template.language if own and visit.template.language != LANGUAGE else ""


def body_name(visit: VisitSnapshot) -> str:
    """Who issues the report: as its template says, else as the visit does."""
    return visit.template.body or visit.facts.issuing_body


def logo_address(visit: VisitSnapshot) -> str:
    return visit.template.logo or visit.pack.logo


def sampling_text(visit: VisitSnapshot) -> str:
    """The visit's own words where it has some."""
    return visit.facts.sampling.strip() or standing_text(visit, "sampling")


def sampling_language(visit: VisitSnapshot) -> str:
    return "" if visit.facts.sampling.strip() else language_of(visit, "sampling")
