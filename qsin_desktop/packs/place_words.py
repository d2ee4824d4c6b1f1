"""What a part of a pack or rule set is called in a sentence: `Criterion IN-301 b`, `Scale point “met”`."""

from __future__ import annotations

from qsin_desktop.packs.located import Path, text_of
from qsin_desktop.packs.refusals import cut_short

_PARTS = {
    "series": "Series",
    "standards": "Standard",
    "criteria": "Criterion",
    "rules": "Rule set",
    "scale": "Scale point",
    "grades": "Grade",
    "recommendations": "Recommendation",
}


def owner_words(value: object, path: Path, whole: str) -> str:
    """The innermost named part that `path` runs through; `whole` if it is the file itself."""
    words, standard, here = whole, "", value
    for number, step in enumerate(path):
        here = _inside(here, step)
        words = "The template" if path[:1] == ("template",) else words
        kind = _PARTS.get(str(path[number - 1])) if isinstance(step, int) and number else None
        if kind is not None and isinstance(step, int):
            words = _part_words(kind, here, step, standard)
            standard = text_of(here, "code") if kind == "Standard" else standard
    return words


def field_words(path: Path) -> str:
    """The field that `path` ends in: `“title”`, `“prompts”, item 3`; empty at a part itself."""
    if not path:
        return ""
    last = path[-1]
    before = path[-2] if len(path) > 1 else ""
    if isinstance(last, str):
        return f"“{cut_short(last)}”" + (" of “report_texts”" if before == "report_texts" else "")
    return "" if before in _PARTS else f"“{before}”, item {last + 1}"


def _part_words(kind: str, part: object, index: int, standard: str) -> str:
    if kind == "Criterion":
        name = cut_short(f"{standard} {text_of(part, 'letter')}".strip())
    elif kind in ("Series", "Standard"):
        name = cut_short(text_of(part, "code"))
    else:
        name = f"“{cut_short(text_of(part, 'id'))}”" if text_of(part, "id") else ""
    return f"{kind} {name}" if name else f"{kind} number {index + 1}"


def _inside(value: object, step: str | int) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
