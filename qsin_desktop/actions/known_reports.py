"""The reports that the visit's trail names by hash: as made, after each signature, after a timestamp."""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.standing import FieldKey, Standing

MADE, SIGNED, STAMPED = "exported", "signed", "stamped"

_BLOCK = 1 << 20
_END = b"%%EOF"
_LINE_ENDS = (b"", b"\n", b"\r", b"\r\n")
_MOST_ENDS = 500  # states of one file that are looked at; each signature and timestamp adds one


@dataclass(frozen=True)
class KnownReport:
    """One state of one report. `export` is the id of its making; `values` are the entry's own words."""

    export: str
    field: str  # made, signed or stamped
    sha256: str
    version: int
    signatures: int
    at: str
    by: str  # name of whose laptop wrote the entry
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Recognised:
    """`exact`: the trail names these very bytes. `begins_as`: the longest known state at its beginning."""

    sha256: str
    exact: KnownReport | None = None
    begins_as: KnownReport | None = None


def known_reports(visit: OpenVisit) -> tuple[KnownReport, ...]:
    """In the order of the versions, and of one version by how much was added to it."""
    found = [
        KnownReport(
            export,
            field,
            str(standing.value["sha256"]),
            int(standing.value.get("version", 0)),
            int(standing.value.get("signatures", 0)),
            standing.at,
            visit.record.person_name(standing.by),
            standing.value,
        )
        for export in visit.record.entities("export")
        for field in (MADE, SIGNED, STAMPED)
        for standing in _of_reports(visit, export, field)
    ]
    return tuple(sorted(found, key=lambda k: (k.version, k.signatures, k.field == STAMPED, k.at)))


def later_state(known: tuple[KnownReport, ...], report: KnownReport) -> KnownReport | None:
    """A state of the same report with more signatures, with most; None where `report` has them all."""
    latest = max((k for k in known if k.export == report.export), key=lambda k: k.signatures)
    return latest if latest.signatures > report.signatures else None


def later_version(known: tuple[KnownReport, ...], report: KnownReport) -> KnownReport | None:
    """The first signature of the newest signed version after `report`; None where there is none."""
    signed = [one for one in known if one.field == SIGNED and one.version > report.version]
    newest = max((one.version for one in signed), default=0)
    return next((one for one in signed if one.version == newest), None)


def _of_reports(visit: OpenVisit, export: str, field: str) -> Iterator[Standing]:
    for standing in visit.record.standing(FieldKey("export", export, field)):
        if field != MADE or standing.value.get("kind") == "report":
            yield standing


def recognise(path: Path, known: tuple[KnownReport, ...]) -> Recognised:
    """Reads the file once. An update is written after what was there, so each earlier state is a beginning.

    Raises `OSError`.
    """
    by_hash = {one.sha256: one for one in known}
    if not path.stat().st_size:
        return Recognised(hashlib.sha256().hexdigest())
    begins_as = None
    digest = hashlib.sha256()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        start = 0
        for end in (*_ends(content), len(content)):
            for at in range(start, end, _BLOCK):
                digest.update(content[at : min(at + _BLOCK, end)])
            start = end
            begins_as = by_hash.get(digest.hexdigest(), begins_as)
    sha256 = digest.hexdigest()
    return Recognised(sha256, by_hash.get(sha256), begins_as)


def _ends(content: mmap.mmap) -> list[int]:
    """Where a state of the file may end: after each mark of an end, with or without its line end."""
    ends: list[int] = []
    at = content.find(_END)
    while at >= 0 and len(ends) < _MOST_ENDS:
        after = at + len(_END)
        following = content[after : after + 2]
        ends += [after + len(end) for end in _LINE_ENDS if following.startswith(end)]
        at = content.find(_END, after)
    return sorted(set(ends))
