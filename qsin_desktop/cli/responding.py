"""Read a returned workbook in, and say to its answers what the assessors say."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from qsin_desktop.actions import responding, returning
from qsin_desktop.actions.backing_up import back_up_first
from qsin_desktop.actions.findings import finding_named
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.returning import ReturnPreview
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.responses import AccuracyVerdict, Verdict


class NothingThere(Refusal):
    def __init__(self, number: str, file: str) -> None:
        super().__init__(f"“{file}” holds nothing new for {number}; nothing was read in.")


def responses(given: argparse.Namespace, terminal: Terminal) -> None:
    """Only look, or take over: all with --apply, some findings with --only."""
    if not given.apply and given.only is None:
        with terminal.reading(given.visit) as visit:
            preview = returning.preview_return(visit, given.file, evidence=given.evidence)
        terminal.answer(preview_words(preview), preview_json(preview) | {"applied": None})
        return
    with terminal.writing(given.visit) as visit:
        preview = returning.preview_return(visit, given.file, evidence=given.evidence)
        if given.only is not None:
            preview = _only(visit, preview, given.only)
        if preview.back.differences or preview.evidence:
            not_backed_up = back_up_first(visit)
            if not_backed_up:
                terminal.tell(not_backed_up)
        change = returning.apply_return(visit, preview)
        words = change.name or "Nothing to read in: all of it stands already"
        applied = {"done": change.name, "act": change.act, "at": change.at}
        terminal.answer(words, preview_json(preview) | {"applied": applied})


def _only(visit: OpenVisit, preview: ReturnPreview, names: str) -> ReturnPreview:
    """The preview with nothing but these findings in it; raises `NothingThere` for one it says nothing of."""
    chosen = set()
    for name in filter(None, (part.strip() for part in names.split(","))):
        finding = finding_named(visit, name)
        if not any(d.finding == finding.id for d in preview.back.differences) and not any(
            finding.id in file.findings for file in preview.evidence
        ):
            raise NothingThere(finding.number, preview.back.file)
        chosen.add(finding.id)
    differences = tuple(d for d in preview.back.differences if d.finding in chosen)
    evidence = []
    for file in preview.evidence:
        kept = [pair for pair in zip(file.findings, file.numbers, strict=True) if pair[0] in chosen]
        if kept:
            ids, numbers = zip(*kept, strict=True)
            evidence.append(replace(file, findings=ids, numbers=numbers))
    return replace(preview, back=replace(preview.back, differences=differences), evidence=tuple(evidence))


def preview_json(preview: ReturnPreview) -> dict[str, Any]:
    back = preview.back
    return {
        "file": back.file,
        "sha256": back.sha256,
        "return": preview.label,
        "round": back.round,
        "findings": back.rows,
        "differences": [
            {
                "finding": d.number,
                "column": d.column.value,
                "before": d.before,
                "after": d.after,
                "remark": d.remark,
            }
            for d in back.differences
        ],
        "altered": [
            {
                "finding": "" if a.sheet else a.number,
                "place": a.number if a.sheet else "",
                "column": a.column,
                "before": a.before,
                "after": a.after,
                "certain": a.certain,
            }
            for a in back.alterations
        ],
        "remarks": [{"about": r.about.value, "words": r.words} for r in preview.remarks],
        "evidence": [{"file": f.path.name, "findings": list(f.numbers)} for f in preview.evidence],
    }


def preview_words(preview: ReturnPreview) -> str:
    back = preview.back
    head = f"{preview.label}: {back.file}, {back.rows} findings"
    lines = [f"{head}, in answer to round {back.round}" if back.round else head]
    lines += ["Differences:"] if back.differences else ["No answer differs from what stands."]
    for d in back.differences:
        before = f"{_shown(d.before)} → " if d.before else ""
        lines.append(f"  {d.number} {d.column.heading}: {before}{_shown(d.after)}")
        lines += [f"    {d.remark}"] if d.remark else []
    lines += _part(
        "Altered outside the response columns, not taken over:",
        (
            f"{a.where}: {f'{_shown(a.before)} → ' if a.told_before else 'now '}{_shown(a.after)}"
            + (f" ({a.doubt})" if a.doubt else "")
            for a in back.alterations
        ),
    )
    lines += _part("To know:", (r.words for r in preview.remarks))
    lines += _part("Evidence:", (f"{shown(f.path.name)} → {', '.join(f.numbers)}" for f in preview.evidence))
    if back.differences or preview.evidence:
        lines.append("Nothing was read in; --apply takes all over, --only F-001,F-003 some.")
    return "\n".join(lines)


def _part(heading: str, rows: Iterable[str]) -> list[str]:
    listed = [f"  {row}" for row in rows]
    return [heading, *listed] if listed else []


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= 200 else f"“{line[:199]}…”"


def answer(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = responding.answer_response(
            visit, finding=given.finding, verdict=Verdict(given.verdict), words=given.words
        )
        status = responding.finding_status(visit, change.entity)
        terminal.changed(change, status=status.value)


def accuracy(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = responding.answer_accuracy(
            visit, finding=given.finding, verdict=AccuracyVerdict(given.verdict), words=given.words
        )
        terminal.changed(change)
