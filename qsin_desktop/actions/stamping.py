"""Add a timestamp to a signed report when on-line: it shows that the signatures were there by then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.evidence import recorded_name
from qsin_desktop.actions.known_reports import KnownReport, known_reports, recognise
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import now as laptop_clock
from qsin_desktop.actions.outside import refuse_target
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import shown
from qsin_desktop.domain.signatures import SignatureState
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.report.placing import What, put_in_place
from qsin_desktop.signing.asking import find_out
from qsin_desktop.signing.refusals import TimestampFailed
from qsin_desktop.signing.stamping import stamp, timestamper_at
from qsin_desktop.store.faults import refusal_for

_WHOLE = {SignatureState.GOOD, SignatureState.UNTRUSTED, SignatureState.EXPIRED, SignatureState.NOT_YET_VALID}


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
    cancelled: Callable[[], bool] | None = None,
) -> StampedFile:
    """Ask the authority at this web address and write the file with its answer; in place without `out`.

    The file is checked through and through first: nothing is added to one that was altered. With `visit` the
    trail records the new hash. Raises `TimestampFailed` and the refusals of the disk.
    """
    target = out or file
    known = None
    if visit is not None:
        visit.require_writable()
        known = _known(visit, file)
    stamped = carry_out(file, target, authority, known, cancelled=cancelled)
    if visit is not None:
        record(visit, stamped)
    return stamped


def carry_out(
    file: Path,
    target: Path,
    authority: str,
    known: KnownReport | None,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> StampedFile:
    """The long part; touches no journal."""
    asker = timestamper_at(authority)
    if not file.is_file():
        raise TimestampFailed(f"there is no file “{shown(file.name)}”")
    refuse_target(target)
    found = find_out(file, roots=[], now=laptop_clock(), cancelled=cancelled)
    if found.problem or found.appended or any(s.state not in _WHOLE for s in found.signatures):
        raise TimestampFailed(f"“{shown(file.name)}” is not as it was signed; verify it to see what is wrong")
    if not found.signatures:
        raise TimestampFailed(f"“{shown(file.name)}” carries no signature yet; sign it first")
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise refusal_for(fault, f"“{shown(file.name)}” could not be read") from fault
    made = stamp(content, asker)
    with put_in_place(target, What.REPORT) as out:
        out.write(made.content)
    sha256 = hashlib.sha256(made.content).hexdigest()
    return StampedFile(target, sha256, made.at, made.authority, len(found.signatures), known)


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


def _known(visit: OpenVisit, file: Path) -> KnownReport:
    try:
        known = recognise(file, known_reports(visit)).begins_as if file.is_file() else None
    except OSError as fault:
        raise refusal_for(fault, f"“{shown(file.name)}” could not be read") from fault
    if known is None:
        raise TimestampFailed(f"“{shown(file.name)}” is not a report that this visit’s trail names")
    return known
