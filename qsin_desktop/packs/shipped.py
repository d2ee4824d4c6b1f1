"""The packs, rule sets and schemas that come with the program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qsin_desktop.assets import resource

PACKS = "packs"
RULES = "rules"
TEMPLATES = "templates"


@dataclass(frozen=True)
class PackSource:
    """A shipped file: `id` is the pack's or rule set's own id and the name of its file."""

    id: str
    path: Path


def shipped_packs() -> tuple[PackSource, ...]:
    return _sources(PACKS)


def shipped_rules() -> tuple[PackSource, ...]:
    return _sources(RULES)


def pack_template() -> Path:
    """The Excel sheet that a body fills in to make a pack."""
    return resource(PACKS, "pack-template.xlsx")


def report_template() -> Path:
    """The commented template that a body makes its own of."""
    return resource(TEMPLATES, "template.yaml")


@cache
def schema(kind: str) -> dict[str, Any]:
    """The published JSON Schema of `PACKS`, `RULES` or `TEMPLATES`."""
    name = {PACKS: "pack", RULES: "rules", TEMPLATES: "template"}[kind] + ".schema.json"
    found: dict[str, Any] = json.loads(resource(kind, name).read_text(encoding="utf-8"))
    return found


def _sources(kind: str) -> tuple[PackSource, ...]:
    return tuple(PackSource(path.stem, path) for path in sorted(resource(kind).glob("*.yaml")))
