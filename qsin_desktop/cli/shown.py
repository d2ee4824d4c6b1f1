"""A visit and a criterion in words and as JSON; the JSON's keys are documented and stable."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qsin_desktop.actions.disagreements import disagreements
from qsin_desktop.actions.gone_numbers import gone_findings, gone_numbers
from qsin_desktop.actions.late_changes import late_changes, returns_after_seal
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.responding import finding_statuses
from qsin_desktop.cli.closing import late_json, late_words, seal_json, seal_words
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.counting import count
from qsin_desktop.domain.progress import MissingPart, missing_in, missing_in_visit, progress_of
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standards import Criterion
from qsin_desktop.domain.standing import Standing
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.domain.withdrawals import Withdrawal


def visit_json(visit: OpenVisit) -> dict[str, Any]:
    record = visit.record
    done = progress_of(record, record.pack.criteria)
    statuses = finding_statuses(visit)
    return {
        "id": visit.visit_id,
        "read_only": visit.read_only,
        "protected": visit.protected,
        "facts": asdict(record.facts),
        "sites": [site.name for site in record.sites],
        "team": [
            {"name": p.name, "role": p.role.value, "organisation": p.organisation} for p in record.people
        ],
        "pack": {"id": record.pack.id, "title": record.pack.title, "edition": record.pack.edition},
        "rules": record.rules.id,
        "progress": {
            "rated": done.rated,
            "criteria": done.criteria,
            "missing": done.missing,
            "percent": done.percent,
        },
        "series": [
            {
                "code": s.code,
                "title": s.title,
                **asdict(progress_of(record, [c for x in s.standards for c in x.criteria])),
            }
            for s in record.pack.series
        ],
        "findings": [
            {
                "number": f.number,
                "grade": f.grade,
                "criteria": list(f.criteria),
                "site": record.site_name(f.site),
                "due": f.due.isoformat() if f.due else None,
                "withdrawn": f.withdrawn,
                "status": statuses[f.id].value,
            }
            for f in record.findings()
        ],
        "exhibits": len(record.exhibits()),
        "withdrawn_exhibits": [
            {"exhibit": e.number, "title": e.title, "reason": e.withdrawn, **_who(visit, e.withdrawal)}
            for e in record.exhibits(withdrawn=True)
            if e.withdrawn
        ],
        "taken_back": [
            asdict(gone) for gone in (*gone_findings(visit, record), *gone_numbers(visit, record))
        ],
        "missing": [missing_json(visit, part) for part in missing_in_visit(record)],
        "conflicts": [conflict_json(visit, conflict) for conflict in disagreements(visit)],
        "sealed": seal_json(visit, record.seal) if record.seal else None,
        "late": [late_json(change) for change in late_changes(visit)],
        "returns_after_seal": [late_json(change) for change in returns_after_seal(visit)],
        "entries": visit.store.entry_count(),
    }


def missing_json(visit: OpenVisit, part: MissingPart) -> dict[str, Any]:
    finding = visit.record.finding(part.finding)
    return {
        "kind": part.gap.value,
        "words": part.words,
        "criterion": part.criterion,
        "stage": part.stage.value if part.stage else None,
        "site": None if part.site == NETWORK else visit.record.site_name(part.site),
        "finding": finding.number if finding else None,
    }


def conflict_json(visit: OpenVisit, conflict: Conflict) -> dict[str, Any]:
    return {
        "type": conflict.key.type,
        "field": conflict.key.field,
        "where": _where(visit, conflict),
        "base": [_side_json(visit, before) for before in conflict.base],
        "sides": [_side_json(visit, side) for side in conflict.sides],
    }


def _side_json(visit: OpenVisit, side: Standing) -> dict[str, Any]:
    return {
        "by": visit.record.person_name(side.by),
        "at": side.at,
        "value": side.value,
        "why": side.why,
        "mine": side.by == visit.me,
    }


def _where(visit: OpenVisit, conflict: Conflict) -> str:
    if conflict.key.type == "rating":
        key = RatingKey.from_entity(conflict.key.entity)
        place = visit.record.site_name(key.site)
        return f"{visit.criterion(key.criterion).shown_code}, {key.stage.label.casefold()}, {place}"
    finding = visit.record.finding(conflict.key.entity)
    return finding.number if finding else conflict.key.type


def visit_words(shown: dict[str, Any]) -> str:
    facts, done = shown["facts"], shown["progress"]
    lines = [
        f"{facts['network']}, {facts['starts'] or 'no dates yet'}"
        + (f" to {facts['ends']}" if facts["ends"] != facts["starts"] else ""),
        f"{shown['pack']['title']}, {shown['pack']['edition']}; rules: {shown['rules']}",
        f"{done['rated']} of {done['criteria']} criteria rated ({done['percent']} %)",
        f"{count(done['missing'], 'part', 'parts')} missing",
    ]
    lines += [f"  {s['code']} {s['title']}: {s['rated']} of {s['criteria']}" for s in shown["series"]]
    lines.append(
        f"{count(len(shown['findings']), 'finding', 'findings')}, "
        f"{count(shown['exhibits'], 'exhibit', 'exhibits')}, "
        f"{count(shown['entries'], 'entry', 'entries')}"
    )
    lines += [
        f"  {e['exhibit']} {e['title']}: withdrawn by {e['by']}, {e['at']}. {e['reason']}"
        for e in shown["withdrawn_exhibits"]
    ]
    lines += [
        f"  {' '.join(filter(None, (g['number'], g['title'])))}: taken back by {g['by']}, {g['at']}"
        for g in shown["taken_back"]
    ]
    for conflict in shown["conflicts"]:
        lines += conflict_words(conflict)
    missing = [f"  {part['criterion'] or '-'}: {part['words']}" for part in shown["missing"]]
    lines += ["Missing:", *missing[:40]] if missing else ["Nothing is missing."]
    if len(missing) > 40:
        lines.append(f"  and {len(missing) - 40} more; --json lists all")
    lines += seal_words(shown["sealed"]) if shown["sealed"] else []
    lines += late_words(shown["late"])
    if shown["returns_after_seal"]:
        lines.append(f"{len(shown['returns_after_seal'])} answers of the network came after the seal")
    return "\n".join(lines)


def conflict_words(conflict: dict[str, Any]) -> list[str]:
    """A disagreement with what stood before, and each side with who and when."""
    lines = [f"Disagreement: {conflict['where']}, {conflict['field'].replace('_', ' ')}"]
    lines += [f"  before: {_side(side)}" for side in conflict["base"]] or ["  before: nothing"]
    return lines + [f"  {'mine' if side['mine'] else 'theirs'}: {_side(side)}" for side in conflict["sides"]]


def _side(side: dict[str, Any]) -> str:
    value = side["value"]
    words = value["rating"] if isinstance(value, dict) and "rating" in value else value
    if isinstance(value, dict) and "digest" in value:
        words = "sealed the visit"
    return f"{words} ({side['by']}, {side['at']})"


def criterion_json(visit: OpenVisit, criterion: Criterion) -> dict[str, Any]:
    record = visit.record
    return {
        "code": criterion.code,
        "title": criterion.title,
        "prompts": list(criterion.prompts),
        "expected_evidence": list(criterion.expected_evidence),
        "state": record.work_state(criterion.code),
        "flag": record.flag(criterion.code),
        "network": {stage.value: _network(visit, criterion, stage) for stage in Stage},
        "ratings": [_rating(visit, key) for key in sorted(record.ratings) if key.criterion == criterion.code],
        "notes": [
            {
                "id": note.id,
                "kind": note.kind.value,
                "text": note.text,
                "by": record.person_name(note.by),
                "at": note.at,
                "heard": note.heard,
                "role": note.role,
                "when": note.when,
                "stage": note.stage.value,
                "site": record.site_name(note.site),
            }
            for note in record.notes(criterion.code)
        ],
        "exhibits": [
            _cited(visit, link.exhibit, link.locator, link.caption)
            for link in record.links(criterion=criterion.code)
        ],
        "withdrawn": _withdrawn(visit, criterion.code),
        "findings": [finding.number for finding in record.findings(criterion.code)],
        "missing": [missing_json(visit, part) for part in missing_in(record, criterion)],
    }


def _network(visit: OpenVisit, criterion: Criterion, stage: Stage) -> dict[str, Any]:
    found = visit.record.network_rating(criterion.code, stage)
    return {
        "rating": found.rating,
        "stated": found.stated,
        "disputed": found.disputed,
        "sites_rated": found.sites_rated,
    }


def _rating(visit: OpenVisit, key: RatingKey) -> dict[str, Any]:
    cell = visit.record.rating(key)
    return {
        "stage": key.stage.value,
        "site": visit.record.site_name(key.site),
        "rating": cell.rating,
        "disputed": cell.disputed,
        "opinions": [
            {
                "rating": o.rating,
                "reason": o.reason,
                "by": visit.record.person_name(o.by),
                "at": o.at,
                "why": o.why,
            }
            for o in cell.opinions
        ],
    }


def _cited(visit: OpenVisit, exhibit_id: str, locator: str, caption: str) -> dict[str, Any]:
    exhibit = visit.record.exhibit(exhibit_id)
    return {
        "exhibit": exhibit.number if exhibit else "",
        "title": exhibit.title if exhibit else "",
        "locator": locator,
        "caption": caption,
    }


def _withdrawn(visit: OpenVisit, code: str) -> list[dict[str, str]]:
    """Notes and exhibits that were here once; findings tell of it themselves."""
    record = visit.record
    notes = record.notes(code, withdrawn=True)
    cited = [record.exhibit(link.exhibit) for link in record.links(criterion=code, withdrawn=True)]
    exhibits = [exhibit for exhibit in dict.fromkeys(cited) if exhibit is not None]
    named = [*(("note", n.id, n.text, n.withdrawal) for n in notes)]
    named += [("exhibit", e.number, e.title, e.withdrawal) for e in exhibits]
    return [
        {"what": what, "name": name, "words": words, "reason": gone.why, **_who(visit, gone)}
        for what, name, words, gone in named
        if gone is not None
    ]


def _who(visit: OpenVisit, gone: Withdrawal | None) -> dict[str, str]:
    return {"by": visit.record.person_name(gone.by) if gone else "", "at": gone.at if gone else ""}


def _rolled_up(sites: int) -> str:
    return f"rolled up from {sites} {'site' if sites == 1 else 'sites'}"


def criterion_words(shown: dict[str, Any]) -> str:
    lines = [f"{shown['code']} {shown['title']}", f"Work: {shown['state']}"]
    if shown["flag"] is not None:
        lines.append(f"Flagged: {shown['flag']}".rstrip(": "))
    for stage, found in shown["network"].items():
        how = "stated" if found["stated"] else _rolled_up(found["sites_rated"])
        word = "disagreement" if found["disputed"] else found["rating"] or "not rated"
        lines.append(f"{Stage(stage).label}, network: {word} ({how})")
    for rating in shown["ratings"]:
        where = f"{Stage(rating['stage']).label}, {rating['site']}"
        lines += [f"  {where}: {o['rating']} by {o['by']}. {o['reason']}" for o in rating["opinions"]]
    lines += [f"  Note, {n['kind']}, {n['by']}: {n['text']}" for n in shown["notes"]]
    lines += [f"  {e['exhibit']} {e['title']} {e['locator']}".rstrip() for e in shown["exhibits"]]
    lines += [
        f"  Withdrawn {g['what']} {g['name']} by {g['by']}, {g['at']}: {g['words']}. {g['reason']}"
        for g in shown["withdrawn"]
    ]
    lines += [f"  {number}" for number in shown["findings"]]
    lines += [f"Missing: {part['words']}" for part in shown["missing"]]
    return "\n".join(lines)
