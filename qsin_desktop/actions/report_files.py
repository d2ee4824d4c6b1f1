"""The file of a report that lies where reports were put last: what is signed and what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.known_reports import SIGNED, known_reports, recognise
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.signing import signable_fields
from qsin_desktop.domain.errors import Refusal


@dataclass(frozen=True)
class PrintedReport:
    """A final report whose bytes the visit's trail names."""

    path: Path
    version: int
    sha256: str


def report_in(visit: OpenVisit, folder: Path) -> Path | None:
    """The latest version first; None where none of them lies in `folder`, or another file in its place."""
    known = known_reports(visit)
    names = dict.fromkeys(str(one.values.get("file", "")) for one in reversed(known))
    for name in names:
        path = folder / name
        try:
            if name and path.is_file() and recognise(path, known).begins_as is not None:
                return path
        except OSError:
            continue
    return None


def printed_report(visit: OpenVisit, folder: Path) -> PrintedReport | None:
    """The final report of the seal in force, where its file lies in `folder`; a draft is none."""
    path = report_in(visit, folder) if visit.record.seal is not None else None
    if path is None:
        return None
    try:
        found = recognise(path, known_reports(visit))
        final = bool(signable_fields(visit, path))
    except (OSError, Refusal):
        return None
    if found.begins_as is None or not final:
        return None
    return PrintedReport(path, found.begins_as.version, found.sha256)


def signed_by(visit: OpenVisit) -> tuple[str, ...]:
    """Who signed the latest report of the seal in force by the visit's trail; none while it is not sealed."""
    seal = visit.record.seal
    known = known_reports(visit) if seal is not None else ()
    if seal is None or not known:
        return ()
    states = [one for one in known if one.export == known[-1].export]
    if max(one.at for one in states) < seal.at:  # it was made before the visit was reopened
        return ()
    signed = [one for one in states if one.field == SIGNED]
    return tuple(dict.fromkeys(str(one.values.get("name", "")) for one in signed))
