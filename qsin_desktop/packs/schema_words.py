"""What a broken rule of a JSON Schema is called in plain words, said after the name of the field."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any

from qsin_desktop.packs.refusals import cut_short

_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a set of fields",
    "null": "null",
}


@dataclass(frozen=True)
class Broken:
    """A broken rule: the schema's word for it, what it asks, what was given, the rules around it."""

    rule: str
    asked: Any
    given: Any
    rules: dict[str, Any]


def tail(broken: Broken) -> str:
    """Such as `must be text, not a list`."""
    match broken.rule:
        case "type":
            return _wrong_type(broken)
        case "pattern":
            return str(broken.rules["x-words"])
        case "enum":
            return _not_listed(broken)
        case "const":
            return f"is {_shown(broken.given)}; this program reads {broken.asked} only"
        case "minItems":
            return "must have at least one entry"
        case "uniqueItems":
            return f"names {_first_twice(broken.given)} twice"
        case _:
            return _beyond_a_limit(broken)


def _first_twice(given: list[Any]) -> str:
    return next((_shown(item) for place, item in enumerate(given) if item in given[:place]), "the same thing")


def _wrong_type(broken: Broken) -> str:
    kinds = [broken.asked] if isinstance(broken.asked, str) else broken.asked
    wanted = " or ".join(_KINDS[kind] for kind in kinds)
    if broken.given is None:
        return f"is empty; it must be {wanted}"
    if "string" in kinds and isinstance(broken.given, bool | int | float):
        return "must be text; put it in quotes"
    return f"must be {wanted}, not {_kind_of(broken.given)}"


def _not_listed(broken: Broken) -> str:
    near = difflib.get_close_matches(str(broken.given), broken.asked, n=1)
    hint = f" (perhaps “{near[0]}”)" if near else ""
    return f"is {_shown(broken.given)}{hint}; it must be one of: {', '.join(broken.asked)}"


def _beyond_a_limit(broken: Broken) -> str:
    asked, given = broken.asked, broken.given
    match broken.rule:
        case "maxLength":
            return f"has {len(given):,} characters; at most {asked:,} are allowed"
        case "maxItems" | "maxProperties":
            return f"has {len(given):,} entries; at most {asked:,} are allowed"
        case "minimum":
            return f"is {_shown(given)}; it must be at least {asked}"
        case "maximum":
            return f"is {_shown(given)}; it must be at most {asked}"
        case rule:
            raise AssertionError(f"the published schema uses “{rule}”, which has no words")


def _kind_of(given: object) -> str:
    match given:
        case bool():
            return "true or false"
        case int() | float():
            return "a number" if isinstance(given, int) else "a decimal number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "a set of fields"


def _shown(given: object) -> str:
    match given:
        case str():
            return f"“{cut_short(given)}”"
        case None:
            return "empty"
        case bool() | int() | float():
            return _yaml_word(given)
        case _:
            return _kind_of(given)


def _yaml_word(given: object) -> str:
    return str(given).lower() if isinstance(given, bool) else str(given)
