"""Look into a workbook that came home, and take over of it what is chosen, as one act."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.evidence import Prepared, Target, attaching_drafts, prepare
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import take_snapshot
from qsin_desktop.actions.return_evidence import ReturnedFile, find_evidence
from qsin_desktop.actions.texts import kept
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.counting import count
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.reading import PREFIXES
from qsin_desktop.domain.responses import source_words
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Act, Draft
from qsin_desktop.report.returned.outcome import About, Difference, Remark, Return
from qsin_desktop.store.pieces import Pieces

__all__ = [
    "About",
    "ChangedSincePreview",
    "Difference",
    "PreparedFiles",
    "Remark",
    "ReturnPreview",
    "ReturnedFile",
    "apply_return",
    "applying_return",
    "prepare_evidence",
    "preview_return",
    "read_preview",
]

Progress = Callable[[int, int], None]  # findings compared, or files copied, of how many
Cancelled = Callable[[], bool]
PreparedFiles = Mapping[Path, Prepared]


class ChangedSincePreview(Refusal):
    def __init__(self, number: str) -> None:
        super().__init__(
            f"The answer to {number} has changed in the visit since the preview was made; "
            "nothing was read in. Look at the file again."
        )


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
    return read_preview(take_snapshot(visit), path, evidence=evidence)


def read_preview(
    snapshot: VisitSnapshot,
    path: Path,
    *,
    evidence: Path | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ReturnPreview:
    """The same against a picture of the visit. The long part; touches no journal, fit for any thread."""
    from qsin_desktop.report.returned.reader import read_return

    back = read_return(path, snapshot, progress=progress, cancelled=cancelled)
    returns = [round_ for round_ in snapshot.rounds if round_.returned]
    again = next((r for r in returns if r.sha256 == back.sha256), None)
    number = again.number if again else 1 + max((r.number for r in returns), default=0)
    label = again.label if again else f"Return {number}"
    files, remarks = find_evidence(evidence, back, path, snapshot) if evidence else ((), ())
    return ReturnPreview(path, back, label, number, again is not None, files, remarks)


def prepare_evidence(
    pieces: Pieces,
    files: Sequence[ReturnedFile],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PreparedFiles:
    """Copy and encrypt what came with a return. Touches no journal, fit for any thread.

    Pieces are durable before the act that names them.
    """
    prepared: dict[Path, Prepared] = {}
    for done, file in enumerate(files):
        if progress is not None:
            progress(done, len(files))
        prepared[file.path] = prepare(pieces, file.path, cancelled=cancelled)
    return prepared


def apply_return(
    visit: OpenVisit,
    preview: ReturnPreview,
    *,
    differences: Collection[Difference] | None = None,
    evidence: Collection[ReturnedFile] | None = None,
) -> Change:
    """Take over all of a preview, or the chosen differences and files, as one act that undo takes back.

    The words are the network's, recorded by whoever reads them in, with the file and its hash as source.
    Raises `ChangedSincePreview` and the refusals of attaching; then nothing was read in.
    """
    chosen = preview.back.differences if differences is None else tuple(differences)
    files = preview.evidence if evidence is None else tuple(evidence)
    _refuse_changed(visit, chosen)
    act, drafts = _act(visit, preview, chosen, files, prepare_evidence(visit.pieces, files))
    return visit.write_act(act, drafts) if drafts else Change("", "", ())


def applying_return(
    visit: OpenVisit,
    preview: ReturnPreview,
    *,
    differences: Sequence[Difference],
    evidence: Sequence[ReturnedFile] = (),
    prepared: PreparedFiles,
) -> Generator[tuple[int, int], None, Change]:
    """The same in steps, so that a window goes on between them; yields parts done, of how many.

    Nothing is recorded before the last step, which records all: given up or cut short, nothing was read in.
    """
    _refuse_changed(visit, differences)
    act, drafts = _act(visit, preview, differences, evidence, prepared)
    if not drafts:
        return Change("", "", ())
    parts = len(drafts) * 5 // 3  # the commit takes about as long as signing two thirds of the entries
    steps = visit.writing_act(act, drafts, check=lambda: _refuse_changed(visit, differences))
    while True:
        try:
            yield next(steps), parts
        except StopIteration as finished:
            change: Change = finished.value
            return change


def _act(
    visit: OpenVisit,
    preview: ReturnPreview,
    chosen: Sequence[Difference],
    files: Sequence[ReturnedFile],
    prepared: PreparedFiles,
) -> tuple[Act, list[Draft]]:
    """No drafts where nothing new was chosen."""
    source = source_words(preview.label, preview.back.file, preview.back.sha256)
    answers = [
        Draft(FieldKey("response", d.finding, d.column.value), kept(d.after, d.column.heading), why=source)
        for d in chosen
    ]
    exhibits = _evidence_drafts(visit, preview, files, prepared)
    returned = [_returned_draft(visit, preview)] if answers or exhibits else []
    visit.require_writable([*returned, *answers, *exhibits])
    made = sum(d.key.type == "exhibit" for d in exhibits)
    act = Act(visit.new_id()[:16], _act_name(preview, chosen, made), "do")
    return act, [*returned, *answers, *exhibits]


def _refuse_changed(visit: OpenVisit, chosen: Sequence[Difference]) -> None:
    responses = visit.record.responses()
    for difference in chosen:
        stands = responses.get(difference.finding)
        if (stands.texts.get(difference.column, "") if stands else "") != difference.before:
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
    visit: OpenVisit, preview: ReturnPreview, files: Sequence[ReturnedFile], prepared: PreparedFiles
) -> list[Draft]:
    """The same bytes under two names are one exhibit."""
    drafts: list[Draft] = []
    numbered: dict[str, list[Target]] = {}
    by_hash: dict[str, Prepared] = {}
    for file in files:
        ready = prepared[file.path]
        targets = numbered.setdefault(ready.stored.sha256, [])
        targets += [Target(finding=f) for f in file.findings if Target(finding=f) not in targets]
        by_hash.setdefault(ready.stored.sha256, ready)
    number = visit.store.greatest_number("exhibit")
    caption = f"Sent by the network with {preview.label.lower()}"
    for sha256, targets in numbered.items():
        new = visit.record.exhibit(sha256) is None
        number += new
        called = f"{PREFIXES['exhibit']}-{number:03d}" if new else ""
        drafts += attaching_drafts(visit, by_hash[sha256], targets, caption=caption, number=called)
    return drafts


def _act_name(preview: ReturnPreview, chosen: Sequence[Difference], exhibits: int) -> str:
    findings = len({d.finding for d in chosen})
    parts = []
    if chosen:
        parts.append(f"{count(len(chosen), 'answer')} to {count(findings, 'finding')}")
    if exhibits:
        parts.append(count(exhibits, "exhibit"))
    return f"Read in {preview.label.lower()}: {', '.join(parts) or 'its evidence'}"
