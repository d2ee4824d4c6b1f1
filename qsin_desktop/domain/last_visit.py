"""What an earlier visit found, as this one carries it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.domain.visits import Stage, VisitDays

STAGE = Stage.SITE  # whose ratings are carried and compared: the judgement that counts in the end
_MOST = 5_000  # ratings, and findings, of one visit


@dataclass(frozen=True)
class PastRating:
    """The network's rating then. `step` counts from 1, the best, to `steps`; 0 stands outside the scale."""

    code: str
    shown_code: str
    title: str
    text_hash: str
    label: str
    tone: Tone
    sign: Sign
    step: int
    steps: int


@dataclass(frozen=True)
class PastFinding:
    """`words` begin its gap. Praise and withdrawn findings are not carried."""

    number: str
    grade: str
    tone: Tone
    blocks: bool
    criteria: tuple[str, ...]  # codes
    words: str
    closed: bool


@dataclass(frozen=True)
class LastVisit(VisitDays):
    """The days are ISO days or empty. `final`: it was sealed, with no disagreement open."""

    visit_id: str
    network: str
    starts: str
    ends: str
    standard: str  # title and edition of its pack
    rules: str
    final: bool
    ratings: tuple[PastRating, ...]
    findings: tuple[PastFinding, ...]


# ---- in the journal -----------------------------------------------------------------------------------


def to_value(last: LastVisit) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(last)))  # lists and texts, as it will be read back
    return plain


def from_value(value: Any) -> LastVisit | None:
    """None for what no program wrote so."""
    if not is_last_visit(value):
        return None
    return LastVisit(
        **{name: value[name] for name in _TEXTS},
        final=value["final"],
        ratings=tuple(_read_rating(one) for one in value["ratings"]),
        findings=tuple(_read_finding(one) for one in value["findings"]),
    )


_TEXTS = ("visit_id", "network", "starts", "ends", "standard", "rules")
_RATING_TEXTS = ("code", "shown_code", "title", "text_hash", "label")
_FINDING_TEXTS = ("number", "grade", "words")


def is_last_visit(value: Any) -> bool:
    """The shape of what the journal may hold. A tone or sign of a newer program is no fault."""
    return (
        _has_texts(value, _TEXTS)
        and all(_is_day(value[name]) for name in ("starts", "ends"))
        and isinstance(value.get("final"), bool)
        and _few(value.get("ratings"))
        and _few(value.get("findings"))
        and all(_is_rating(one) for one in value["ratings"])
        and all(_is_finding(one) for one in value["findings"])
    )


def _is_rating(value: Any) -> bool:
    return (
        _has_texts(value, (*_RATING_TEXTS, "tone", "sign"))
        and all(type(value.get(name)) is int for name in ("step", "steps"))
        and 0 <= value["step"] <= value["steps"]
    )


def _is_finding(value: Any) -> bool:
    return (
        _has_texts(value, (*_FINDING_TEXTS, "tone"))
        and all(isinstance(value.get(name), bool) for name in ("blocks", "closed"))
        and _few(value.get("criteria"))
        and all(isinstance(code, str) for code in value["criteria"])
    )


def _has_texts(value: Any, names: tuple[str, ...]) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in names)


def _few(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) <= _MOST


def _is_day(text: str) -> bool:
    try:
        return text == "" or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _read_rating(value: dict[str, Any]) -> PastRating:
    return PastRating(
        **{name: value[name] for name in _RATING_TEXTS},
        tone=_tone(value["tone"]),
        sign=Sign(value["sign"]) if value["sign"] in set(Sign) else Sign.RING,
        step=value["step"],
        steps=value["steps"],
    )


def _read_finding(value: dict[str, Any]) -> PastFinding:
    return PastFinding(
        **{name: value[name] for name in _FINDING_TEXTS},
        tone=_tone(value["tone"]),
        blocks=value["blocks"],
        criteria=tuple(value["criteria"]),
        closed=value["closed"],
    )


def _tone(word: str) -> Tone:
    return Tone(word) if word in set(Tone) else Tone.NOT_APPLICABLE
