"""Numbers that no list shows, because attaching or raising was taken back: each with who and when."""

from __future__ import annotations

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.reading import number_in
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.withdrawals import GoneNumber
from qsin_desktop.journal.entry import Entry


def gone_numbers(visit: OpenVisit, record: VisitRecord) -> tuple[GoneNumber, ...]:
    """Of exhibits, by number; of a sealed visit only what its seal had seen."""
    return _gone_of(visit, record, "exhibit", {exhibit.id for exhibit in record.exhibits(withdrawn=True)})


def gone_findings(visit: OpenVisit, record: VisitRecord) -> tuple[GoneNumber, ...]:
    """The same of findings."""
    return _gone_of(visit, record, "finding", {finding.id for finding in record.findings()})


def _gone_of(visit: OpenVisit, record: VisitRecord, type_: str, known: set[str]) -> tuple[GoneNumber, ...]:
    seal = record.seal
    seen = {log.device: log.entries for log in seal.seen} if seal else None
    gone = []
    for entry in visit.store.entries_of_fields([(type_, "made")]):
        within = seen is None or entry.seq <= seen.get(entry.device, 0)
        made = isinstance(entry.value, dict) and not entry.undo
        if made and within and entry.key.entity not in known and visit.store.authority.shows(entry):
            known.add(entry.key.entity)
            gone.append(_gone(visit, entry))
    return tuple(sorted(gone, key=lambda one: (number_in(one.number), one.number)))


def _gone(visit: OpenVisit, made: Entry) -> GoneNumber:
    ends = [e for e in visit.store.entries_for(made.key) if e.undo or e.value is None]
    last = max(ends, key=lambda e: (e.n, e.id), default=made)
    by = visit.record.person_name(last.by)
    return GoneNumber(str(made.value.get("number", "")), by, last.at, str(made.value.get("name", "")))
