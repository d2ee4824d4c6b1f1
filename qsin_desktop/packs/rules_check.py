"""What a schema cannot say of a rule set: names, keys and ranks used once, praise that blocks nothing."""

from __future__ import annotations

from collections.abc import Iterator

from qsin_desktop.packs.located import Located, Once, Path, folded, listed, text_of
from qsin_desktop.packs.refusals import PackError, cut_short


def rules_errors(located: Located, rules: object, path: Path = ()) -> list[PackError]:
    """`rules` is the rule set that stands at `path` of `located`."""
    return [
        *_scale_errors(located, rules, path),
        *_praise_errors(located, rules, path),
        *_name_errors(located, rules, (*path, "scale"), ("id", "label")),
        *_name_errors(located, rules, (*path, "grades"), ("id", "label")),
        *_name_errors(located, rules, (*path, "recommendations"), ("id",)),
    ]


def _scale_errors(located: Located, rules: object, path: Path) -> Iterator[PackError]:
    points = listed(rules, "scale")
    keys, ranks = Once(located), Once(located)
    for number, point in enumerate(points):
        here = (*path, "scale", number)
        owner = f"Scale point “{cut_short(text_of(point, 'id'))}”"
        key, rank = text_of(point, "key"), _rank(point)
        if key:
            yield from keys.see(key, (*here, "key"), f"{owner}: the key {cut_short(key)} is used twice")
        if rank is not None:
            yield from ranks.see(str(rank), (*here, "rank"), f"{owner}: the rank {rank} is used twice")
        yield from _taken_keys(located, points, number, here)
    if points and all(isinstance(point, dict) and point.get("rank", "") is None for point in points):
        yield located.error((*path, "scale"), "No point of the scale has a rank; give the best one rank 0.")


def _rank(point: object) -> int | None:
    rank = point.get("rank") if isinstance(point, dict) else None
    if isinstance(rank, bool) or not isinstance(rank, int | float):
        return None
    return int(rank) if rank == int(rank) else None  # 1.0 is 1 to a schema


def _taken_keys(located: Located, points: list[object], number: int, here: Path) -> Iterator[PackError]:
    """A point called “1” would be mistaken for the one that the key 1 gives."""
    others = {text_of(point, "key") for place, point in enumerate(points) if place != number}
    for field in ("id", "label"):
        name = text_of(points[number], field)
        if name and folded(name) in others:
            yield located.error((*here, field), f"“{cut_short(name)}” is the key of another scale point.")


def _praise_errors(located: Located, rules: object, path: Path) -> Iterator[PackError]:
    for number, grade in enumerate(listed(rules, "grades")):
        if not isinstance(grade, dict) or grade.get("praise") is not True:
            continue
        here, owner = (*path, "grades", number), f"Grade “{cut_short(text_of(grade, 'id'))}”"
        if grade.get("blocks") is True:
            yield located.error((*here, "blocks"), f"{owner}: praise cannot block a recommendation.")
        if grade.get("due_weeks") is not None:
            yield located.error((*here, "due_weeks"), f"{owner}: praise has no time limit.")


def _name_errors(located: Located, rules: object, path: Path, fields: tuple[str, ...]) -> Iterator[PackError]:
    """A person may name a point or grade by any of these fields, so no two may share a name."""
    seen = Once(located)
    for number, item in enumerate(listed(rules, str(path[-1]))):
        names = {folded(text_of(item, field)): field for field in reversed(fields)}
        for name, field in names.items():
            said = cut_short(text_of(item, field))
            if name:
                yield from seen.see(name, (*path, number, field), f"The name “{said}” is used twice")
