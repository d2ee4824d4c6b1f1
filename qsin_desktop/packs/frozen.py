"""The copy of its pack and rule set that a visit holds: JSON bytes, read back exactly."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import MISSING, asdict, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from qsin_desktop.domain.standards import Pack, Rules
from qsin_desktop.domain.templates import ReportTemplate, Section, is_colour
from qsin_desktop.packs.refusals import FrozenPackDamaged

FORMAT = 1
MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class _Frozen:
    format: int
    pack: Pack
    rules: Rules


def pack_to_bytes(pack: Pack, rules: Rules) -> bytes:
    """`rules` is the rule set that the visit is judged by, the pack's own or a shipped one."""
    value = asdict(_Frozen(FORMAT, pack, rules))
    if pack.template is None:  # as programs wrote it that knew of no template in a pack
        del value["pack"]["template"]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def pack_from_bytes(frozen: bytes) -> tuple[Pack, Rules]:
    """Raises `FrozenPackDamaged` for anything that `pack_to_bytes` does not write."""
    if len(frozen) > MOST_BYTES:
        raise FrozenPackDamaged("it is too large")
    value = _parsed(frozen)
    if isinstance(value, dict) and value.get("format") != FORMAT:
        raise FrozenPackDamaged("it is in a format that this program does not know; a newer one may read it")
    try:
        found: _Frozen = _read(_Frozen, value, "pack")
    except _Misshapen as fault:
        raise FrozenPackDamaged(str(fault)) from None
    _refuse_repeated_codes(found.pack)
    if found.pack.template is not None:
        refuse_unknown_look(found.pack.template)
    return found.pack, found.rules


def pack_hash(frozen: bytes) -> str:
    """SHA-256 in hex over the bytes of `pack_to_bytes`."""
    return hashlib.sha256(frozen).hexdigest()


def refuse_unknown_look(template: ReportTemplate) -> None:
    """Raise `FrozenPackDamaged` for a colour or a section that no report can be drawn with."""
    if template.accent and not is_colour(template.accent):
        raise FrozenPackDamaged("it has a colour that this program does not know")
    if set(template.sections) - {section.value for section in Section}:
        raise FrozenPackDamaged("it names a section that this program does not know")


Shape = TypeVar("Shape")


def read_frozen(kind: type[Shape], frozen: bytes, what: str) -> Shape:
    """A frozen dataclass of plain parts, exactly as it was written; raises `FrozenPackDamaged`."""
    if len(frozen) > MOST_BYTES:
        raise FrozenPackDamaged("it is too large")
    try:
        found: Shape = _read(kind, _parsed(frozen), what)
    except _Misshapen as fault:
        raise FrozenPackDamaged(str(fault)) from None
    return found


class _Misshapen(Exception):
    pass


def _parsed(frozen: bytes) -> object:
    try:
        return json.loads(frozen.decode(), object_pairs_hook=_unique, parse_constant=_not_a_number)
    except (ValueError, RecursionError, _Misshapen):
        raise FrozenPackDamaged("it is not whole") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Misshapen("a name is there twice")
    return found


def _not_a_number(word: str) -> object:
    raise _Misshapen(f"{word} is no number")


def _read(kind: Any, value: object, where: str) -> Any:
    """`value` as the type `kind`: a dataclass, an enum, a tuple, a union with None, or a plain type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_fields(kind, value, where)
    if get_origin(kind) is tuple:
        return _read_tuple(get_args(kind), value, where)
    if isinstance(kind, UnionType):
        (only,) = (part for part in get_args(kind) if part is not NoneType)
        return None if value is None else _read(only, value, where)
    if issubclass(kind, Enum):
        return _read_enum(kind, value, where)
    if type(value) is not kind:
        raise _Misshapen(f"“{where}” has the wrong type")
    return value


def _read_fields(kind: type, value: object, where: str) -> object:
    if not isinstance(value, dict):
        raise _Misshapen(f"“{where}” is not a set of fields")
    types, needed = _shape(kind)
    if not needed <= value.keys() <= types.keys():
        raise _Misshapen(f"the fields of “{where}” are not those of this program")
    return kind(**{name: _read(types[name], part, name) for name, part in value.items()})


def _read_tuple(kinds: tuple[Any, ...], value: object, where: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise _Misshapen(f"“{where}” is not a list")
    parts = (kinds[0],) * len(value) if kinds[-1] is Ellipsis else kinds
    if len(parts) != len(value):
        raise _Misshapen(f"“{where}” has too many or too few parts")
    return tuple(_read(kind, part, where) for kind, part in zip(parts, value, strict=True))


def _read_enum(kind: type[Enum], value: object, where: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        raise _Misshapen(f"“{where}” holds an unknown word") from None


@cache
def _shape(kind: type) -> tuple[dict[str, Any], frozenset[str]]:
    """The types of a dataclass's fields, and the names of those that must be there."""
    hints, own = get_type_hints(kind), fields(kind)
    needed = (field.name for field in own if field.default is MISSING and field.default_factory is MISSING)
    return {field.name: hints[field.name] for field in own}, frozenset(needed)


def _refuse_repeated_codes(pack: Pack) -> None:
    for codes in (pack.criteria, pack.standards):
        repeated = [code for code, times in Counter(part.code for part in codes).items() if times > 1]
        if repeated:
            raise FrozenPackDamaged(f"it names {repeated[0]} twice")
