"""Plays the story of the example visit on three laptops that meet, and leaves the lead's visit behind."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from qsin_desktop.actions import evidence, findings, notes, planning, rating
from qsin_desktop.actions.carrying_over import carry_over, past_rating
from qsin_desktop.actions.choosing import find_pack, find_rules
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.founding import NewVisit, Protection, TeamMember, found_visit
from qsin_desktop.actions.identifying import Identity, example_identity, keep_identity
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.last_visit import LastVisit, PastFinding
from qsin_desktop.example import steps
from qsin_desktop.example.evidence import make_evidence
from qsin_desktop.example.story import STORY
from qsin_desktop.settings import Settings, SettingsFile

Progress = Callable[[int, int], None]
ASSESSORS = ("lead", "peer", "lay")

_ASIDE = ".example-"
_WAIT_SECONDS = 60.0


class ExampleInTheWay(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is there already and is not the example visit; choose another folder. "
            "Nothing was changed."
        )


class ExampleUnderWay(Refusal):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"Another program is making the example in “{folder}”; wait a moment and try again.")


@dataclass(frozen=True)
class Example:
    """`home` holds the lead's identity; the key file lies beside the visit and protects nothing."""

    visit: Path
    key_file: Path
    home: Path


@dataclass
class Played:
    """What the story's own names stand for so far."""

    files: dict[str, Path]
    exhibits: dict[str, str] = field(default_factory=dict)
    findings: dict[str, str] = field(default_factory=dict)


class _Moment:
    """The clock of the story, set by each step."""

    def __init__(self) -> None:
        self.now = steps.START

    def __call__(self) -> datetime:
        return self.now


def make_example(folder: Path, *, progress: Progress | None = None) -> Example:
    """The example in `folder`: made once, and later found as it was left; raises `Refusal`.

    It is made aside and put in place whole, so that an interruption leaves nothing half made.
    """
    folder = folder.absolute()
    made = Example(folder / STORY.folder_name, folder / (STORY.folder_name + ".key"), folder / "home")
    if made.visit.exists():
        if not made.key_file.is_file():
            raise ExampleInTheWay(made.visit)
    else:
        _make(folder, made, progress)
    lead = _identity("lead")
    keep_identity(lead, made.home)
    settings = SettingsFile(made.home)
    if not settings.path.exists():
        settings.save(Settings(library=str(folder)))
    return made


def _make(folder: Path, made: Example, progress: Progress | None) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder):
            if not made.visit.exists():
                _make_aside(folder, made, progress)
    except OSError as fault:
        raise Refusal(
            f"The example could not be made in “{folder}”: {fault.strerror}. Choose another folder."
        ) from fault


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One program at a time makes the example; what one that was cut off left behind is removed."""
    lock = FileLock(folder / ".example.lock", timeout=_WAIT_SECONDS, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise ExampleUnderWay(folder) from None
    try:
        for left in folder.glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)


def _make_aside(folder: Path, made: Example, progress: Progress | None) -> None:
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        visit = aside / STORY.folder_name
        key_file = aside / made.key_file.name
        _play(visit, key_file, aside, progress)
        key_file.replace(made.key_file)
        visit.replace(made.visit)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _play(visit: Path, key_file: Path, aside: Path, progress: Progress | None) -> None:
    played = Played(make_evidence(aside / "evidence"))
    clock = _Moment()
    with _laptops(visit, key_file, aside, clock) as laptops:
        lead = laptops["lead"]
        for done, step in enumerate(STORY.steps, 1):
            clock.now = step.moment
            laptop = laptops[step.by]
            if not getattr(step, "apart", False):
                for other in laptops.values():
                    take_from(laptop, other)
            _PLAY[type(step)](laptop, step, played)
            if progress is not None:
                progress(done, len(STORY.steps))
        for other in laptops.values():
            take_from(lead, other)


@contextmanager
def _laptops(visit: Path, key_file: Path, aside: Path, clock: _Moment) -> Iterator[dict[str, OpenVisit]]:
    """The lead founds the visit and confirms two colleagues, who begin with a copy each."""
    _found(visit, key_file, clock)
    with ExitStack() as stack:
        laptops = {}
        for key in ASSESSORS:
            place = visit if key == "lead" else aside / key / visit.name
            if key != "lead":
                shutil.copytree(visit, place)
            laptops[key] = stack.enter_context(_open(place, key_file, key, clock))
        for laptop in laptops.values():
            laptop.pieces = laptops["lead"].pieces  # one key, so one store of exhibits serves all three
        yield laptops


def _found(visit: Path, key_file: Path, clock: _Moment) -> None:
    pack = find_pack(STORY.pack)
    lead = STORY.member("lead")
    facts = NewVisit(
        network=STORY.network,
        pack=pack,
        rules=find_rules(STORY.rules, pack),
        sites=STORY.sites,
        organisation=lead.organisation,
        team=tuple(
            TeamMember(m.name, m.role, m.organisation, _person(m.key))
            for m in STORY.people
            if m.key != "lead"
        ),
    )
    protection = Protection(key_file=key_file)
    with found_visit(
        visit, facts, identity=_identity("lead"), protection=protection, clock=clock, new_id=_ids("founding")
    ) as opened:
        opened.new_id = _ids("planning")
        opened.store.new_salt = _ids("planning salts")
        for key in ASSESSORS[1:]:
            planning.confirm_device(opened, device=_identity(key).device, person=_person(key))
        for member in STORY.people:
            planning.change_person(opened, person=_person(member.key), interests=member.interests)


def _open(place: Path, key_file: Path, key: str, clock: _Moment) -> OpenVisit:
    opened = open_visit(
        place, identity=_identity(key), unlocking=Unlocking(key_file=key_file, use_keyring=False), clock=clock
    )
    opened.new_id = _ids(key)
    opened.store.new_salt = _ids(f"{key} salts")
    return opened


def _person(key: str) -> str:
    return sha256(f"example person {key}".encode()).hexdigest()[:32]


def _identity(key: str) -> Identity:
    return example_identity(f"example device {key}".encode(), _person(key), STORY.member(key).name)


def _ids(name: str) -> Callable[[], str]:
    """The same ids every time: 32 hex digits from a name and a count."""
    numbers = count()
    return lambda: sha256(f"{name} {next(numbers)}".encode()).hexdigest()[:32]


# ---- one function for each kind of step -----------------------------------------------------------


def _facts(visit: OpenVisit, step: steps.FactStep, _: Played) -> None:
    planning.set_facts(visit, dict(step.facts))


def _carry_over(visit: OpenVisit, step: steps.LastVisitStep, _: Played) -> None:
    pack, rules = visit.pack, visit.rules
    ratings = tuple(
        past_rating(pack.criterion(code), rules.point(given), rules) for code, given in step.ratings.items()
    )
    found = []
    for told in step.findings:
        grade = rules.grade(told.grade)
        codes = (told.criterion,)
        found.append(
            PastFinding(told.number, grade.label, grade.tone, grade.blocks, codes, told.gap, told.closed)
        )
    last = LastVisit(
        visit_id=sha256(b"example last visit").hexdigest()[:32],
        network=STORY.network,
        starts=step.starts,
        ends=step.ends,
        standard=f"{pack.title}, {pack.edition}",
        rules=rules.title,
        final=True,
        ratings=ratings,
        findings=tuple(found),
    )
    carry_over(visit, last)


def _assign(visit: OpenVisit, step: steps.AssignStep, _: Played) -> None:
    planning.assign(visit, standard=step.standard, person=_person(step.to))


def _rate(visit: OpenVisit, step: steps.RateStep, _: Played) -> None:
    rating.rate(
        visit,
        criterion=step.criterion,
        rating=step.rating,
        site=step.site,
        stage=step.stage,
        reason=step.reason,
    )


def _settle(visit: OpenVisit, step: steps.SettleStep, _: Played) -> None:
    rating.settle(
        visit,
        criterion=step.criterion,
        rating=step.rating,
        reason=step.reason,
        site=step.site,
        stage=step.stage,
    )


def _note(visit: OpenVisit, step: steps.NoteStep, _: Played) -> None:
    notes.add_note(
        visit,
        criterion=step.criterion,
        kind=NoteKind(step.kind),
        text=step.text,
        heard=step.heard,
        role=step.role,
        when=step.when,
        site=step.site,
        stage=step.stage,
    )


def _attach(visit: OpenVisit, step: steps.AttachStep, played: Played) -> None:
    change = evidence.attach(visit, played.files[step.file])
    played.exhibits[step.file] = change.entity
    if step.title:
        evidence.title_exhibit(visit, exhibit=change.entity, title=step.title)
    _cite(visit, change.entity, step.links)


def _seen(visit: OpenVisit, step: steps.SeenStep, played: Played) -> None:
    change = evidence.add_seen(visit, step.seen)
    played.exhibits[step.exhibit] = change.entity
    _cite(visit, change.entity, step.links)


def _cite_again(visit: OpenVisit, step: steps.CiteStep, played: Played) -> None:
    _cite(visit, played.exhibits[step.exhibit], step.links)


def _cite(visit: OpenVisit, exhibit: str, links: tuple[steps.Link, ...]) -> None:
    for link in links:
        target = Target(criterion=link.target)
        evidence.cite(visit, exhibit=exhibit, target=target, locator=link.locator, caption=link.caption)


def _raise(visit: OpenVisit, step: steps.FindingStep, played: Played) -> None:
    change = findings.raise_finding(
        visit,
        criteria=step.criteria,
        grade=step.grade,
        requirement=step.requirement,
        evidence=step.evidence,
        gap=step.gap,
        site=step.site,
    )
    played.findings[step.finding] = change.entity
    for cited in step.exhibits:
        evidence.cite(
            visit,
            exhibit=played.exhibits[cited.exhibit],
            target=Target(finding=change.entity),
            locator=cited.locator,
            caption=cited.caption,
        )


def _withdraw(visit: OpenVisit, step: steps.WithdrawFindingStep, played: Played) -> None:
    findings.withdraw_finding(visit, finding=played.findings[step.finding], reason=step.reason)


def _state(visit: OpenVisit, step: steps.StateStep, _: Played) -> None:
    planning.set_work_state(visit, criterion=step.criterion, state=planning.WorkState(step.state))


def _flag(visit: OpenVisit, step: steps.FlagStep, _: Played) -> None:
    planning.set_flag(visit, criterion=step.criterion, flagged=step.flagged, words=step.words)


_PLAY: dict[type[steps.Step], Callable[[OpenVisit, Any, Played], None]] = {
    steps.FactStep: _facts,
    steps.LastVisitStep: _carry_over,
    steps.AssignStep: _assign,
    steps.RateStep: _rate,
    steps.SettleStep: _settle,
    steps.NoteStep: _note,
    steps.AttachStep: _attach,
    steps.SeenStep: _seen,
    steps.CiteStep: _cite_again,
    steps.FindingStep: _raise,
    steps.WithdrawFindingStep: _withdraw,
    steps.StateStep: _state,
    steps.FlagStep: _flag,
}
