"""Read the network's answers in from a returned workbook, and say to each what the assessors say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qsin_desktop.actions.evidence import Prepared, Target, attaching_drafts, prepare
from qsin_desktop.actions.findings import finding_named
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import take_snapshot
from qsin_desktop.actions.return_evidence import ReturnedFile, find_evidence
from qsin_desktop.actions.texts import kept, needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.reading import PREFIXES
from qsin_desktop.domain.responses import (
    NO_RESPONSE,
    AccuracyVerdict,
    FindingStatus,
    Response,
    Verdict,
    answer_digest,
    source_words,
    status_of,
)
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.report.workbook_return import Difference, Remark, Return

Progress = Callable[[int, int], None]  # files attached, of how many
Cancelled = Callable[[], bool]


class ChangedSincePreview(Refusal):
    def __init__(self, number: str) -> None:
        super().__init__(
            f"The answer to {number} has changed in the visit since the preview was made; "
            "nothing was read in. Look at the file again."
        )


class NothingAnswered(Refusal):
    def __init__(self, number: str, what: str = "answer") -> None:
        super().__init__(
            f"The network has given no {what} to {number} yet, so there is nothing to say to. "
            "Read its workbook in first."
        )


class NotAsked(Refusal):
    def __init__(self, number: str, status: FindingStatus) -> None:
        super().__init__(f"{number} needs no answer ({status.label.lower()}), so there is nothing to decide.")


@dataclass(frozen=True)
class ReturnPreview:
    """What reading a returned workbook in would change, and all there is to know of it. Nothing is written.

    `label` is what this return is called: a new number, or its old one where the file was read before.
    """

    path: Path
    back: Return
    label: str
    number: int
    known: bool
    evidence: tuple[ReturnedFile, ...] = ()
    evidence_remarks: tuple[Remark, ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return (*self.back.remarks, *self.evidence_remarks)


def preview_return(visit: OpenVisit, path: Path, *, evidence: Path | None = None) -> ReturnPreview:
    """Read and compare. `evidence` is the folder that came with it.

    Raises `CannotReadReturn` with one sentence, and the refusals of `find_evidence`.
    """
    from qsin_desktop.report.workbook_reader import read_return

    back = read_return(path, take_snapshot(visit))
    returns = [round_ for round_ in visit.record.rounds if round_.returned]
    again = next((r for r in returns if r.sha256 == back.sha256), None)
    number = again.number if again else 1 + max((r.number for r in returns), default=0)
    label = again.label if again else f"Return {number}"
    files, remarks = find_evidence(evidence, back, path, visit.record) if evidence else ((), ())
    return ReturnPreview(path, back, label, number, again is not None, files, remarks)


def apply_return(
    visit: OpenVisit,
    preview: ReturnPreview,
    *,
    differences: Collection[Difference] | None = None,
    evidence: Collection[ReturnedFile] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Change:
    """Take over all of a preview, or the chosen differences and files, as one act that undo takes back.

    The words are the network's, recorded by whoever reads them in, with the file and its hash as source.
    Raises `ChangedSincePreview` and the refusals of attaching; then nothing was read in.
    """
    visit.require_writable()
    chosen = preview.back.differences if differences is None else tuple(differences)
    files = preview.evidence if evidence is None else tuple(evidence)
    _refuse_changed(visit, chosen)
    source = source_words(preview.label, preview.back.file, preview.back.sha256)
    drafts = [
        Draft(FieldKey("response", d.finding, d.column.value), kept(d.after, d.column.heading), why=source)
        for d in chosen
    ]
    exhibits = _evidence_drafts(visit, preview, files, progress, cancelled)
    if not drafts and not exhibits:
        return Change("", "", ())
    made = sum(d.key.type == "exhibit" for d in exhibits)
    returned = [_returned_draft(visit, preview)]
    return visit.write(_act_name(preview, chosen, made), [*returned, *drafts, *exhibits])


def _refuse_changed(visit: OpenVisit, chosen: Sequence[Difference]) -> None:
    for difference in chosen:
        stands = visit.record.response(difference.finding).texts.get(difference.column, "")
        if stands != difference.before:
            raise ChangedSincePreview(difference.number)


def _returned_draft(visit: OpenVisit, preview: ReturnPreview) -> Draft:
    """The same file read in again is the same return: its hash says so."""
    value = {
        "number": preview.number,
        "answers": preview.back.round,
        "file": preview.back.file,
        "sha256": preview.back.sha256,
    }
    return Draft(FieldKey("round", visit.new_id(), "returned"), value)


def _evidence_drafts(
    visit: OpenVisit,
    preview: ReturnPreview,
    files: Sequence[ReturnedFile],
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> list[Draft]:
    """Pieces are durable before the act that names them; the same bytes are one exhibit."""
    drafts: list[Draft] = []
    numbered: dict[str, list[Target]] = {}
    prepared: dict[str, Prepared] = {}
    for done, file in enumerate(files):
        if progress is not None:
            progress(done, len(files))
        ready = prepare(visit.pieces, file.path, cancelled=cancelled)
        targets = numbered.setdefault(ready.stored.sha256, [])
        targets += [Target(finding=f) for f in file.findings if Target(finding=f) not in targets]
        prepared.setdefault(ready.stored.sha256, ready)
    number = visit.store.greatest_number("exhibit")
    caption = f"Sent by the network with {preview.label.lower()}"
    for sha256, targets in numbered.items():
        new = visit.record.exhibit(sha256) is None
        number += new
        called = f"{PREFIXES['exhibit']}-{number:03d}" if new else ""
        drafts += attaching_drafts(visit, prepared[sha256], targets, caption=caption, number=called)
    return drafts


def _act_name(preview: ReturnPreview, chosen: Sequence[Difference], exhibits: int) -> str:
    findings = len({d.finding for d in chosen})
    parts = []
    if chosen:
        answers = f"{len(chosen)} answer{'s' if len(chosen) != 1 else ''}"
        parts.append(f"{answers} to {findings} finding{'s' if findings != 1 else ''}")
    if exhibits:
        parts.append(f"{exhibits} exhibit{'s' if exhibits != 1 else ''}")
    return f"Read in {preview.label.lower()}: {', '.join(parts) or 'its evidence'}"


# ---- the assessors' answer --------------------------------------------------------------------------


def answer_response(visit: OpenVisit, *, finding: str, verdict: Verdict, words: str = "") -> Change:
    """Accept the network's answer, ask for more, or close the finding; the last two need words.

    Raises `NothingAnswered`, `NotAsked` or `TextMissing`. A finding may be closed on evidence alone.
    """
    found = finding_named(visit, finding)
    status = finding_status(visit, found.id)
    if status in (FindingStatus.WITHDRAWN, FindingStatus.NOTHING_ASKED):
        raise NotAsked(found.number, status)
    stands = visit.record.response(found.id)
    if not stands.answered and verdict is not Verdict.CLOSE:
        raise NothingAnswered(found.number)
    say = kept if verdict is Verdict.ACCEPT else needed
    value = {
        "verdict": verdict.value,
        "words": say(words, "assessors’ answer").strip(),
        "on": answer_digest(stands.texts, accuracy=False),
    }
    draft = Draft(FieldKey("response", found.id, "verdict"), value)
    return visit.write(f"Answer of {found.number}: {verdict.label.lower()}", [draft], entity=found.id)


def answer_accuracy(visit: OpenVisit, *, finding: str, verdict: AccuracyVerdict, words: str) -> Change:
    """Accept or refuse a comment on factual accuracy, with a reason. Raises `NothingAnswered`."""
    found = finding_named(visit, finding)
    stands = visit.record.response(found.id)
    if Response.ACCURACY not in stands.texts:
        raise NothingAnswered(found.number, "comment on factual accuracy")
    value = {
        "verdict": verdict.value,
        "words": needed(words, "reason"),
        "on": answer_digest(stands.texts, accuracy=True),
    }
    draft = Draft(FieldKey("response", found.id, "accuracy_verdict"), value)
    name = f"Accuracy of {found.number}: {verdict.label.lower()}"
    return visit.write(name, [draft], entity=found.id)


# ---- how findings stand -----------------------------------------------------------------------------


def finding_status(visit: OpenVisit, finding: str, *, today: date | None = None) -> FindingStatus:
    """Of one finding by id, on a day; today by default."""
    found = finding_named(visit, finding)
    grade = next((g for g in visit.rules.grades if g.id == found.grade), None)
    return status_of(found, grade, visit.record.response(found.id), today or visit.clock().date())


def finding_statuses(visit: OpenVisit, *, today: date | None = None) -> dict[str, FindingStatus]:
    """Of every finding, by id, in the order of their numbers."""
    day = today or visit.clock().date()
    grades = {grade.id: grade for grade in visit.rules.grades}
    responses = visit.record.responses()
    return {
        f.id: status_of(f, grades.get(f.grade or ""), responses.get(f.id, NO_RESPONSE), day)
        for f in visit.record.findings()
    }
