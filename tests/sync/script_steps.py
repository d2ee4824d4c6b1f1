"""Each step of a random day as it is really done: work, meetings that are cut, sticks that are damaged."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from qsin_desktop.actions import findings, planning, rating
from qsin_desktop.actions.exchanging import receive, write_bundle
from qsin_desktop.actions.late_changes import leave_late_changes
from qsin_desktop.actions.sealing import reopen, seal
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.store.faults import PlaceGone
from qsin_desktop.sync.holder import Course
from qsin_desktop.sync.refusals import ExchangeStopped
from tests.founding import opened
from tests.sync.script_world import CRITERIA, RATINGS, Flaky, Step, World
from tests.sync.team import Stick, digest, meet
from tests.sync.test_exchange import attach


def _rate(world: World, step: Step) -> None:
    rating.rate(
        world.visit(step),
        criterion=CRITERIA[step.other],
        rating=RATINGS[step.value % 3],
        reason=f"reason {step.value}",
    )


def _settle(world: World, step: Step) -> None:
    rating.settle(
        world.team[0], criterion=CRITERIA[step.other], rating=RATINGS[step.value % 3], reason="settled"
    )
    world.reached["settled"] += 1


def _text(world: World, step: Step) -> None:
    planning.set_facts(world.visit(step), {"scope": f"scope {step.value}"})


def _raise(world: World, step: Step) -> None:
    findings.raise_finding(
        world.visit(step),
        criteria=[CRITERIA[step.other]],
        grade="recommendation",
        requirement=f"r {step.value}",
    )


def _withdraw(world: World, step: Step) -> None:
    visit = world.visit(step)
    for found in visit.record.findings(withdrawn=False)[:1]:
        findings.withdraw_finding(visit, finding=found.id, reason="not upheld")
        world.reached["withdrawn"] += 1


def _undo(world: World, step: Step) -> None:
    History(world.visit(step)).undo()
    world.reached["undone"] += 1


def _attach(world: World, step: Step) -> None:
    content = random.Random(step.value).randbytes(1 + step.value * 3)
    entity = attach(world.visit(step), f"{step.value}.bin", content)
    world.contents[entity] = content


def _uncite(world: World, step: Step) -> None:
    """By whoever it is: what the right to is lacking for is written all the same, and has no effect."""
    adder, visit = world.team[(step.value + 1) % 3], world.team[step.who % 3]
    _attach(world, Step("attach", step.value + 1, step.other, step.value))
    for each in (adder, visit):
        meet(each, world.stick(step))
    links = [link for link in visit.record.links(criterion="IN-301.a") if link.by == adder.me]
    if links:
        link = links[step.value % len(links)]
        key = FieldKey("link", link.id, "made")
        adds = tuple(one.entry for one in visit.record.standing(key))
        visit.write("Withdraw", [Draft(key, None, over=adds)])
        by_whom = "its adder" if link.by == visit.me else "the lead" if visit.i_lead else ""
        world.reached[f"evidence withdrawn {f'by {by_whom}' if by_whom else 'without the right to'}"] += 1


def _leave(world: World, step: Step) -> None:
    """Somebody writes on who has not heard of the seal."""
    lead, peer = world.team[0], world.team[1 + step.other]
    with suppress(Refusal):
        seal(lead, in_spite_of="A random day")
    with suppress(Refusal):
        _rate(world, Step("rate", 1 + step.other, step.other, step.value))
    for each in (peer, lead):
        meet(each, world.stick(step))
    leave_late_changes(lead, reason="for the next visit")
    world.reached["late change left out"] += 1


def _seal(world: World, step: Step) -> None:
    seal(world.team[0], in_spite_of="A random day")
    world.reached["sealed"] += 1


def _reopen(world: World, step: Step) -> None:
    reopen(world.team[0], reason="one thing more")
    world.reached["reopened"] += 1


# ---- meetings -----------------------------------------------------------------------------------------


def _meet(world: World, step: Step, course: Course | None = None) -> None:
    visit = world.visit(step)
    summary = meet(visit, world.stick(step), course)
    world.reached["something moved"] += summary.moved > 0
    world.reached["nothing moved"] += summary.moved == 0
    world.reached["evidence brought"] += summary.pieces_taken > 0
    world.reached["damaged file met"] += bool(summary.faults)
    world.reached["damaged in the middle of a log"] += any(laptop.gap for laptop in summary.laptops.values())
    world.reached["copied file left alone"] += summary.ignored > 0
    world.reached["files of a place joined"] += summary.tidied > 0
    assert not summary.forks, "nobody wrote under a key of another"
    assert summary.agrees is not False, "who knew the same saw the same"


def _stop(world: World, step: Step) -> None:
    left = [step.value % 25]

    def cancelled() -> bool:
        left[0] -= 1
        return left[0] < 0

    try:
        _meet(world, step, Course(cancelled=cancelled))
    except ExchangeStopped:
        world.reached["stopped on the way"] += 1


def _pull(world: World, step: Step) -> None:
    visit = world.visit(step)
    try:
        meet(visit, Flaky(world.stick(step).path, visit.visit_id, step.value % 12))
    except PlaceGone:
        world.reached["pulled out on the way"] += 1


def _bundle(world: World, step: Step) -> None:
    path = world.place / f"{len(world.bundles)}.qsinx"
    write_bundle(world.visit(step), path)
    world.bundles.append(path)
    _receive(world, step, path)


def _bundle_again(world: World, step: Step) -> None:
    if world.bundles:
        _receive(world, step, world.bundles[step.value % len(world.bundles)])


def _receive(world: World, step: Step, path: Path) -> None:
    visit = world.team[(step.who + 1 + step.other) % len(world.team)]
    summary = receive(visit, path)
    world.reached["bundle brought something"] += summary.moved > 0
    world.reached["bundle brought nothing"] += summary.moved == 0


# ---- what happens to sticks and laptops ---------------------------------------------------------------


def _a_file(world: World, step: Step) -> Path | None:
    files = [*world.stick(step).logs(), *world.stick(step).pieces()]
    return files[step.value % len(files)] if files else None


def _flip(world: World, step: Step) -> None:
    path = _a_file(world, step)
    if path is not None:
        content = bytearray(path.read_bytes())
        content[step.value * 7919 % len(content)] ^= 1 << step.value % 8
        path.write_bytes(content)


def _cut_file(world: World, step: Step) -> None:
    path = _a_file(world, step)
    if path is not None:
        content = path.read_bytes()
        path.write_bytes(content[: step.value * 7919 % len(content)])


def _break_log(world: World, step: Step) -> None:
    """Two meetings at a stick of their own, of which the first file does not last; then somebody comes by."""
    visit, other = world.visit(step), world.team[(step.who + 1) % len(world.team)]
    stick = Stick(world.place / f"broken-{len(list(world.place.glob('broken-*')))}")
    stick.path.mkdir()
    own = visit.identity.device[:16]
    with suppress(Refusal):
        _rate(world, step)
    meet(visit, stick)
    first = [path for path in stick.logs() if path.parent.name == own]
    History(visit).undo()
    meet(visit, stick)
    for path in first:
        path.write_bytes(path.read_bytes()[:-1])
    gaps = [laptop.gap for laptop in meet(other, stick).laptops.values()]
    world.reached["damaged in the middle of a log"] += any(gaps)


def _copy(world: World, step: Step) -> None:
    for path in world.stick(step).logs()[-1:]:
        shutil.copy(path, path.with_name(f"{path.stem} (1){path.suffix}"))


def _swap(world: World, step: Step) -> None:
    """Two pieces handed over, and one put in the place of the other."""
    stick = world.stick(step)
    before = set(stick.pieces())
    for value in (step.value, step.value + 1_000):
        _attach(world, Step("attach", step.who, step.other, value))
    meet(world.visit(step), stick)
    new = sorted(set(stick.pieces()) - before)
    if len(new) == 2:
        new[1].write_bytes(new[0].read_bytes())
        world.reached["a piece in another's place"] += 1


def _close(world: World, step: Step) -> None:
    visit = world.visit(step)
    before = (digest(visit), visit.record.ratings, visit.record.conflicts)
    visit.close()
    again = opened(visit.folder.path, visit.identity)
    again.clock = visit.clock
    world.team[step.who % len(world.team)] = again
    assert (digest(again), again.record.ratings, again.record.conflicts) == before
    world.reached["closed and opened again"] += 1


ACTS: dict[str, Callable[[World, Step], None]] = {
    "rate": _rate,
    "settle": _settle,
    "text": _text,
    "raise": _raise,
    "withdraw": _withdraw,
    "undo": _undo,
    "attach": _attach,
    "uncite": _uncite,
    "leave": _leave,
    "seal": _seal,
    "reopen": _reopen,
    "meet": _meet,
    "stop": _stop,
    "pull": _pull,
    "bundle": _bundle,
    "bundle again": _bundle_again,
    "flip": _flip,
    "cut file": _cut_file,
    "break a log": _break_log,
    "copy": _copy,
    "swap": _swap,
    "close": _close,
}
