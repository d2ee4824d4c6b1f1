"""Keeps out what is said of criteria that the visit's pack does not have."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standing import FieldKey, Standing


def within_pack(
    codes: Collection[str | None], key: FieldKey, standing: tuple[Standing, ...]
) -> tuple[Standing, ...]:
    """Of what stands for a field, that which names one of these; None among them lets links name none."""
    named = _NAMED.get((key.type, "")) or _NAMED.get((key.type, key.field))
    if named is None or all(named(key, s.value) in codes for s in standing):
        return standing
    return tuple(s for s in standing if named(key, s.value) in codes)


def rating_key(entity: str) -> RatingKey | None:
    """Of a rating's entity, or None where something else stands there."""
    try:
        return RatingKey.from_entity(entity)
    except ValueError:
        return None


def _rated(key: FieldKey, _: Any) -> str:
    rated = rating_key(key.entity)
    return rated.criterion if rated else ""


# Which criterion a field is about; the empty name stands for every field of a type.
_NAMED: dict[tuple[str, str], Callable[[FieldKey, Any], str | None]] = {
    ("rating", ""): _rated,
    ("criterion", ""): lambda key, _: key.entity,
    ("note", "made"): lambda _, value: str(value["criterion"]),
    ("link", "made"): lambda _, value: value.get("criterion") or None,
    ("finding", "criterion"): lambda _, value: str(value),
}
