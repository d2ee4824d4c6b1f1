"""Read and check standards packs and rule sets, by file, by text or by the name of a shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from qsin_desktop.domain.standards import Pack, Rules
from qsin_desktop.packs.building import pack_from, rules_from
from qsin_desktop.packs.located import Located, folded
from qsin_desktop.packs.logos import logo_at
from qsin_desktop.packs.pack_check import pack_errors
from qsin_desktop.packs.refusals import (
    MOST_ERRORS,
    PackError,
    PackRefused,
    UnknownPack,
    UnknownRules,
    cut_short,
)
from qsin_desktop.packs.rules_check import rules_errors
from qsin_desktop.packs.schema_check import WHOLE, schema_errors
from qsin_desktop.packs.shipped import PACKS, RULES, PackSource, shipped_packs, shipped_rules
from qsin_desktop.packs.text_check import text_errors
from qsin_desktop.packs.text_files import FileRefused, read_text
from qsin_desktop.packs.yaml_lines import YamlRefused, read_yaml

DEFAULT_RULES = "accreditation"
_LOGOS = (("logo",), ("template", "logo"))


@dataclass(frozen=True)
class Checked:
    """What a check found: every error in the order of the file, and the pack if there is none."""

    errors: tuple[PackError, ...]
    pack: Pack | None = None
    rules: Rules | None = None


def read_pack(source: Path | str) -> Pack:
    """A `Path` is a file, a `str` is YAML text; raises `PackRefused` with every error."""
    found = _check(PACKS, source)
    if found.pack is None:
        raise PackRefused(_called("The standards pack", source), found.errors)
    return found.pack


def read_rules(source: Path | str) -> Rules:
    """A `Path` is a file, a `str` is YAML text; raises `PackRefused` with every error."""
    found = _check(RULES, source)
    if found.rules is None:
        raise PackRefused(_called("The rule set", source), found.errors)
    return found.rules


def check_pack(source: Path | str) -> tuple[PackError, ...]:
    """Every error of a pack; none if it can be used."""
    return _check(PACKS, source).errors


def check_rules(source: Path | str) -> tuple[PackError, ...]:
    """Every error of a rule set; none if it can be used."""
    return _check(RULES, source).errors


def check_file(path: Path) -> Checked:
    """Check a file that may hold a pack or a rule set, told apart by what is in it."""
    try:
        located = _located(path)
    except (FileRefused, YamlRefused):
        return _check(PACKS, path)
    fields = located.value if isinstance(located.value, dict) else {}
    return _check(RULES if "scale" in fields and "series" not in fields else PACKS, path)


def check_value(kind: str, located: Located, folder: Path | None = None) -> Checked:
    """Check a value already read, `kind` being `PACKS` or `RULES`; a logo file is looked for in `folder`."""
    errors = [*schema_errors(kind, located), *text_errors(located, WHOLE[kind])]
    errors += rules_errors(located, located.value) if kind == RULES else pack_errors(located)
    logos = [logo_at(located, path, folder, errors) for path in _LOGOS if kind == PACKS]
    if errors:
        return Checked(tuple(sorted(errors, key=lambda error: error.line or 0))[:MOST_ERRORS])
    fields = cast("dict[str, Any]", located.value)
    if kind == RULES:
        return Checked((), rules=rules_from(fields))
    return Checked((), pack=pack_from(fields, *logos))


def find_pack(name: str | Path) -> Pack:
    """The id of a shipped pack, or a path to a pack file; raises `UnknownPack` or `PackRefused`."""
    for source in shipped_packs():
        if str(name) == source.id:
            return read_pack(source.path)
    if not _may_be_a_file(name):
        raise UnknownPack(str(name), _ids(shipped_packs()))
    return read_pack(Path(name))


def find_rules(name: str, pack: Pack) -> Rules:
    """By id or title: the pack's own rule sets first, then the shipped ones; raises `UnknownRules`."""
    for rules in rules_for(pack):
        if folded(name) in (folded(rules.id), folded(rules.title)):
            return rules
    raise UnknownRules(name, tuple(rules.id for rules in rules_for(pack)))


def rules_for(pack: Pack) -> tuple[Rules, ...]:
    """Every rule set that a visit with this pack may use, the proposed one first."""
    own = {rules.id for rules in pack.rules}
    shipped = (read_rules(source.path) for source in shipped_rules() if source.id not in own)
    return (*pack.rules, *sorted(shipped, key=lambda rules: rules.id != DEFAULT_RULES))


def _check(kind: str, source: Path | str) -> Checked:
    try:
        located = _located(source)
    except FileRefused as refused:
        return Checked((refused.error,))
    except YamlRefused as refused:
        return Checked(refused.errors)
    return check_value(kind, located, source.parent if isinstance(source, Path) else None)


def _located(source: Path | str) -> Located:
    return read_yaml(read_text(source) if isinstance(source, Path) else source)


def _called(kind: str, source: Path | str) -> str:
    return f"{kind} “{cut_short(source.name)}”" if isinstance(source, Path) else kind


def _may_be_a_file(name: str | Path) -> bool:
    """A bare word without an ending, with no file of that name, is meant as the name of a shipped pack."""
    path = Path(name)
    try:
        return bool(path.suffix) or len(path.parts) != 1 or path.exists()
    except (OSError, ValueError):  # no file can have such a name
        return False


def _ids(sources: tuple[PackSource, ...]) -> tuple[str, ...]:
    return tuple(source.id for source in sources)
