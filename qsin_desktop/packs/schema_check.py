"""Check a value against a published JSON Schema and tell each error in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

from qsin_desktop.packs.located import Located, Path
from qsin_desktop.packs.place_words import field_words, owner_words
from qsin_desktop.packs.refusals import MOST_ERRORS, PackError, cut_short
from qsin_desktop.packs.schema_words import Broken, tail
from qsin_desktop.packs.shipped import PACKS, RULES, TEMPLATES, schema

WHOLE = {PACKS: "The pack", RULES: "The rule set", TEMPLATES: "The template"}
_ADDRESSES = {
    PACKS: "https://qsin-desktop.invalid/packs/pack.schema.json",  # names only; nothing is fetched
    RULES: "https://qsin-desktop.invalid/rules/rules.schema.json",
    TEMPLATES: "https://qsin-desktop.invalid/templates/template.schema.json",
}


def schema_errors(kind: str, located: Located) -> list[PackError]:
    """`kind` is `PACKS`, `RULES` or `TEMPLATES`; an empty list if the value has the right shape."""
    found = _validator(kind).iter_errors(located.value)
    told = (words for error in found for words in _in_words(error, located, WHOLE[kind]))
    once: dict[PackError, None] = {}  # each of several missing fields is told several times
    for error in told:
        once[error] = None
        if len(once) == MOST_ERRORS:
            break
    return list(once)


@cache
def _validator(kind: str) -> Draft202012Validator:
    resources = [(_ADDRESSES[name], Resource.from_contents(schema(name))) for name in _ADDRESSES]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator({"$ref": _ADDRESSES[kind]}, registry=registry)


def _in_words(error: ValidationError, located: Located, whole: str) -> Iterator[PackError]:
    path: Path = tuple(error.absolute_path)
    owner = owner_words(located.value, path, whole)
    broken = _broken(error)
    if broken.rule == "required":
        for name in broken.asked:
            if name not in broken.given:
                yield located.error(path, f"{owner}: “{name}” is missing.")
    elif broken.rule == "additionalProperties":
        yield from _unknown(broken, path, owner, located)
    elif "propertyNames" in error.absolute_schema_path:
        name = str(broken.given)
        yield located.error((*path, name), f"{owner}: the name “{cut_short(name)}” {tail(broken)}.")
    else:
        field = field_words(path)
        yield located.error(
            path, f"{owner}: {field} {tail(broken)}." if field else f"{owner} {tail(broken)}."
        )


def _broken(error: ValidationError) -> Broken:
    rules: dict[str, Any] = dict(error.schema) if isinstance(error.schema, dict) else {}
    return Broken(str(error.validator), error.validator_value, error.instance, rules)


def _unknown(broken: Broken, path: Path, owner: str, located: Located) -> Iterator[PackError]:
    known = list(broken.rules["properties"])
    for name in broken.given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            reason = f"{owner}: the field “{cut_short(name)}” is not known.{hint}"
            yield located.error((*path, name), reason)
