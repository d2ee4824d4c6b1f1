"""The measures as a table for people."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tests.bench.measure import Measure, Skipped, Target

_HEAD = ("measure", "value", "CPU", "floor", "ratio", "target", "n", "load")


def table(found: Sequence[Measure | Skipped]) -> str:
    rows = [_HEAD, *(_row(one) for one in found if isinstance(one, Measure))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "-" * len(lines[0]))
    lines += [f"{one.name}: not measured, {one.why}" for one in found if isinstance(one, Skipped)]
    return "\n".join(lines)


def _row(one: Measure) -> tuple[str, ...]:
    return (
        one.name,
        f"{_figure(one.reading.value)} {one.unit}",
        _figure(one.reading.cpu),
        f"{_figure(one.floor.reading.value)} {one.unit}",
        f"{one.ratio:.2f}",
        _target(one.target, one.unit) + (" over" if one.over_target else ""),
        str(one.n),
        "" if one.load_before is None else f"{one.load_before:.1f}",
    )


def _target(target: Target | None, unit: str) -> str:
    if target is None:
        return ""
    return f"≤ {target.at_most:g} {unit}" if target.of == "value" else f"ratio ≤ {target.at_most:g}"


def _figure(value: float) -> str:
    if value >= 1_000:
        return f"{value:,.0f}"
    if math.isnan(value):
        return ""
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Names to the left, figures to the right."""
    first = row[0].ljust(widths[0])
    return "  ".join([first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))])
