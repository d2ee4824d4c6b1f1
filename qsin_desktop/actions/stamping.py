"""Add a timestamp to a signed report when on-line: it shows that the signatures were there by then.

For a window: `job = prepare(visit, file, …)` on the visit's thread, `stamped = carry_out(job)` on any other,
`record(visit, stamped)` on the visit's thread again; `stamp_report` is all three.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from qsin_desktop.actions.evidence import recorded_name
from qsin_desktop.actions.known_reports import STAMPED, KnownReport, known_reports, later_state, recognise
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import now as laptop_clock
from qsin_desktop.actions.outside import refuse_target
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.report.placing import What, put_in_place
from qsin_desktop.signing.asking import find_out
from qsin_desktop.signing.refusals import TimestampFailed, TimestampStopped
from qsin_desktop.signing.stamping import refuse_address, stamp
from qsin_desktop.store.faults import refusal_for

Cancelled = Callable[[], bool]
Report = Callable[[int, int, str], object]


@dataclass(frozen=True)
class StampingJob:
    """Everything that a timestamp needs and no visit any more.

    `sha256` is that of the very bytes that the trail names, else empty; `most` says of how many signatures
    the trail knows, in the file called `latest`.
    """

    file: Path
    out: Path
    authority: str
    known: KnownReport | None = None
    sha256: str = ""
    most: int = 0
    latest: str = ""


@dataclass(frozen=True)
class StampedFile:
    """`at` is the authority's moment, ISO in UTC; `known` the state that the visit's trail named."""

    path: Path
    sha256: str
    at: str
    authority: str
    signatures: int
    known: KnownReport | None


def stamp_report(
    file: Path,
    *,
    authority: str,
    out: Path | None = None,
    visit: OpenVisit | None = None,
    cancelled: Cancelled | None = None,
) -> StampedFile:
    """Ask the authority at this web address and write the file with its answer; in place without `out`.

    The file is checked through and through first: nothing is added to one that was altered. With `visit` the
    trail records the new hash. Raises `TimestampFailed` and the refusals of the disk.
    """
    stamped = carry_out(prepare(visit, file, authority=authority, out=out), cancelled=cancelled)
    if visit is not None:
        record(visit, stamped)
    return stamped


def prepare(visit: OpenVisit | None, file: Path, *, authority: str, out: Path | None = None) -> StampingJob:
    """Look at what the visit says of the file; nothing is written or asked of anybody.

    Raises `TimestampFailed`, also for an earlier copy of the report, `CannotWriteThere` or `ReadOnlyVisit`.
    """
    refuse_address(authority)
    if not file.is_file():
        raise TimestampFailed(f"there is no file “{shown(file.name)}”")
    refuse_target(out or file)
    job = StampingJob(file, out or file, authority)
    if visit is None:
        return job
    visit.require_writable()
    states = known_reports(visit)
    try:
        found = recognise(file, states)
    except OSError as fault:
        raise _unread(file, fault) from fault
    if found.begins_as is None:
        raise TimestampFailed(
            f"“{shown(file.name)}” is not a report that this visit’s trail names, or it was changed since"
        )
    later = later_state(states, found.begins_as)
    if later is not None:
        job = replace(job, most=later.signatures, latest=str(later.values["file"]))
    exact = found.exact is not None
    if exact:
        _refuse_earlier(job, found.begins_as.signatures)
    return replace(job, known=found.begins_as, sha256=found.sha256 if exact else "")


def carry_out(
    job: StampingJob, *, progress: Report | None = None, cancelled: Cancelled | None = None
) -> StampedFile:
    """The long part, which touches no journal. What the trail names by its hash need not be checked again."""
    tell = progress or (lambda *_: None)
    if job.known and job.sha256:
        signatures = job.known.signatures
    else:
        tell(0, 3, "Looking at the signatures")
        signatures = _checked(job, cancelled)
    if not signatures:
        raise TimestampFailed(f"“{shown(job.file.name)}” carries no signature yet; sign it first")
    _refuse_earlier(job, signatures)
    try:
        content = job.file.read_bytes()
    except OSError as fault:
        raise _unread(job.file, fault) from fault
    if job.sha256 and hashlib.sha256(content).hexdigest() != job.sha256:
        raise TimestampFailed(f"“{shown(job.file.name)}” changed while it was being looked at", "Try again.")
    tell(1, 3, "Asking the authority")
    made = stamp(content, job.authority, cancelled=cancelled)
    tell(2, 3, "Writing the file")
    if cancelled is not None and cancelled():
        raise TimestampStopped
    with put_in_place(job.out, What.REPORT) as out:
        out.write(made.content)
    sha256 = hashlib.sha256(made.content).hexdigest()
    return StampedFile(job.out, sha256, made.at, made.authority, signatures, job.known)


def _checked(job: StampingJob, cancelled: Cancelled | None) -> int:
    """How many signatures stand in a file in which nothing was altered."""
    found = find_out(job.file, roots=[], now=laptop_clock(), cancelled=cancelled)
    if not found.unaltered:
        raise TimestampFailed(
            f"“{shown(job.file.name)}” is not as it was signed; verify it to see what is wrong"
        )
    return len(found.signatures)


def _refuse_earlier(job: StampingJob, signatures: int) -> None:
    """A timestamp on an earlier copy would make a second report, without the later signatures."""
    if signatures < job.most:
        raise TimestampFailed(
            f"“{shown(job.file.name)}” is an earlier copy of this report: the trail knows one with "
            f"{job.most} signatures, “{shown(job.latest)}”",
            "Add the timestamp to that one.",
        )


def record(visit: OpenVisit, stamped: StampedFile) -> Change:
    """Keep in the trail which file bears the timestamp."""
    if stamped.known is None:
        return Change("", "", ())
    value = {
        "file": recorded_name(stamped.path.name),
        "sha256": stamped.sha256,
        "version": stamped.known.version,
        "signatures": stamped.signatures,
        "authority": stamped.authority,
        "stamped_at": stamped.at,
    }
    draft = Draft(FieldKey("export", stamped.known.export, "stamped"), value)
    return visit.write(f"Add a timestamp by {stamped.authority}", [draft], lasting=True)


@dataclass(frozen=True)
class StampTold:
    """A timestamp that the trail names: the authority's moment, ISO in UTC, and after how many signatures."""

    at: str
    authority: str
    signatures: int


def stamps_of(visit: OpenVisit, file: Path) -> tuple[StampTold, ...]:
    """What the trail says of timestamps that this very report bears; none for a file it does not name."""
    states = known_reports(visit)
    try:
        known = recognise(file, states).begins_as
    except OSError:
        return ()
    if known is None:
        return ()
    return tuple(
        StampTold(str(one.values["stamped_at"]), str(one.values["authority"]), one.signatures)
        for one in states
        if one.field == STAMPED
        and one.export == known.export
        and (one.signatures < known.signatures or _no_later(one, known))
    )


def _no_later(one: KnownReport, known: KnownReport) -> bool:
    return known.field == STAMPED and one.signatures == known.signatures and one.at <= known.at


def _unread(file: Path, fault: OSError) -> Refusal:
    return refusal_for(fault, f"“{shown(file.name)}” could not be read")
