"""The fault campaign: each kind of fault is tried many times on real visits, and what came of it is counted.

A kind is a module in tests/faults/kinds/ that offers

    NAME = "kill"                                   unique, also what `--kind` takes
    def run_once(seed: int, folder: Path) -> Outcome

`run_once` works in `folder`, which is empty and its own, takes every chance from `seed`, breaks something and
looks at what is left. It answers an `Outcome`; any exception it lets out counts as a loss as well. It may
also offer

    SUITE_ROUNDS = 2                                how often the test suite tries it (default 2)
    def why_not() -> str                            why it cannot be tried on this machine, or empty

The folder of a round that lost something is kept in build/faults/NAME-SEED/, with what was said in loss.txt;
that of a round that lost nothing is removed. `tests.faults.visits.prepared()` makes a visit to copy.
"""

from __future__ import annotations

import importlib
import pkgutil
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

KEPT = Path(__file__).resolve().parents[2] / "build" / "faults"
_KINDS = Path(__file__).with_name("kinds")


@dataclass(frozen=True)
class Outcome:
    """What one round came to.

    `losses` has a sentence for each thing that was lost, torn or stuck: empty is survived. `mended` names
    what was damaged and put right by the program itself. `about` is counted in the table, e.g. at which
    moment the fault struck.
    """

    losses: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    about: str = ""
    tried: int = 1

    @property
    def survived(self) -> bool:
        return not self.losses


@dataclass(frozen=True)
class Kind:
    name: str
    run_once: Callable[[int, Path], Outcome]
    suite_rounds: int = 2
    why_not: Callable[[], str] = lambda: ""


@dataclass
class Count:
    """Of one kind: how many rounds, and what came of them; `failed` holds the seeds."""

    name: str
    tried: int = 0
    survived: int = 0
    lost: int = 0
    mended: int = 0
    skipped: str = ""
    seconds: float = 0.0
    failed: list[int] = field(default_factory=list)
    about: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome, seed: int) -> None:
        self.tried += outcome.tried
        self.lost += len(outcome.losses)
        self.survived += outcome.tried - min(outcome.tried, len(outcome.losses))
        self.mended += len(outcome.mended)
        if outcome.about:
            self.about[outcome.about] += 1
        if outcome.losses:
            self.failed.append(seed)


def kinds() -> tuple[Kind, ...]:
    """Every kind of fault that has a module, by name."""
    modules = (importlib.import_module(f"tests.faults.kinds.{name}") for name in _names())
    return tuple(sorted(map(_kind, modules), key=lambda kind: kind.name))


def _names() -> Iterator[str]:
    return (found.name for found in pkgutil.iter_modules([str(_KINDS)]))


def _kind(module: ModuleType) -> Kind:
    return Kind(
        module.NAME,
        module.run_once,
        getattr(module, "SUITE_ROUNDS", Kind.suite_rounds),
        getattr(module, "why_not", Kind.why_not),
    )


def run_round(kind: Kind, seed: int, *, kept: Path = KEPT) -> Outcome:
    """One round in a folder of its own, which stays only after a loss."""
    folder = Path(tempfile.mkdtemp(prefix=f"qsin-{kind.name}-"))
    try:
        outcome = _tried(kind, seed, folder)
        if outcome.losses:
            _keep(folder, kept / f"{kind.name}-{seed}", outcome)
        return outcome
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tried(kind: Kind, seed: int, folder: Path) -> Outcome:
    try:
        return kind.run_once(seed, folder)
    except Exception:  # noqa: BLE001  (a campaign of hours goes on; what happened is counted and kept)
        return Outcome(losses=(traceback.format_exc(),), about="a fault of the campaign or of the program")


def _keep(folder: Path, place: Path, outcome: Outcome) -> None:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place, symlinks=True, ignore_dangling_symlinks=True)
    (place / "loss.txt").write_text("\n".join(outcome.losses), encoding="utf-8")


def run_kind(
    kind: Kind,
    rounds: int,
    first_seed: int,
    *,
    told: Callable[[str], object] = lambda _: None,
    kept: Path = KEPT,
) -> Count:
    """`rounds` rounds with the seeds first_seed, first_seed + 1, …; each loss is told as it happens."""
    count = Count(kind.name, skipped=kind.why_not())
    began = time.monotonic()
    for seed in range(first_seed, first_seed + (0 if count.skipped else rounds)):
        outcome = run_round(kind, seed, kept=kept)
        count.add(outcome, seed)
        for loss in outcome.losses:
            told(f"{kind.name}, seed {seed} ({outcome.about}): {loss}")
        for words in outcome.mended:
            told(f"{kind.name}, seed {seed} was mended: {words}")
        if count.tried % 50 == 0:
            told(f"{kind.name}: {count.tried} tried, {count.lost} lost")
    count.seconds = time.monotonic() - began
    return count


def table(counts: list[Count]) -> str:
    """For people: a line for each kind, and below the moments or places that were struck."""
    heads = f"{'kind':<22}{'tried':>8}{'survived':>10}{'lost':>6}{'mended':>8}{'seconds':>9}"
    return "\n".join([heads, *(line for count in counts for line in _lines(count))])


def _lines(count: Count) -> Iterator[str]:
    if count.skipped:
        yield f"{count.name:<22}not tried: {count.skipped}"
        return
    yield (
        f"{count.name:<22}{count.tried:>8}{count.survived:>10}{count.lost:>6}{count.mended:>8}"
        f"{count.seconds:>9.0f}"
    )
    for words, times in sorted(count.about.items()):
        yield f"    {words}: {times}"
    if count.failed:
        yield f"    failed seeds: {', '.join(map(str, count.failed))} (kept in build/faults)"
