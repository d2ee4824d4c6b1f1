"""Tell what a report is worth: who signed it, whether they are trusted, and what was done to it since.

Quickly where the visit's trail names the file's hash, fully otherwise; the full check runs in a child.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qsin_desktop.actions.known_reports import (
    SIGNED,
    KnownReport,
    Recognised,
    known_reports,
    recognise,
)
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import now as laptop_clock
from qsin_desktop.actions.recorded_verdicts import (
    BY_THE_TRAIL,
    missing_words,
    state_words,
    superseded_words,
    told_by_hash,
)
from qsin_desktop.actions.verdict_words import (
    HEADLINES,
    appended_words,
    borrowed_words,
    doubt_words,
    headline,
    renamed_words,
    signature_words,
    since_words,
    stamp_words,
)
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.signatures import (
    FileState,
    SignatureSlot,
    SignatureState,
    SignatureVerdict,
    Verdict,
)
from qsin_desktop.signing.asking import find_out
from qsin_desktop.signing.certificates import read_certificates
from qsin_desktop.signing.findings import Findings, SignatureFinding
from qsin_desktop.store.faults import refusal_for

Cancelled = Callable[[], bool]

LARGEST = 2 * 1024**3  # bytes of a file that is looked into


class NothingToVerify(Refusal):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{shown(name)}” {why}, so nothing can be said about it.")


def verify_report(
    file: Path,
    *,
    visit: OpenVisit | None = None,
    trust: Iterable[Path] = (),
    now: datetime | None = None,
    full: bool = False,
    cancelled: Cancelled | None = None,
) -> Verdict:
    """What the file is worth; `.lines` say it, `.good` is whether all is in order.

    With `visit` a file whose hash the trail names is told at once; `full` looks at every signature all the
    same, which takes seconds. `trust` are certificate files. Raises `NothingToVerify` where there is no file,
    `NotACertificate`, and `CheckStopped` when cancelled. For a window: `prepare` on the visit's thread, and
    `answer` of what it gives on any other.
    """
    return prepare(file, visit=visit, trust=trust, now=now, full=full).answer(cancelled=cancelled)


@dataclass(frozen=True)
class Question:
    """A file to be checked, and what the visit knows of it. `visit_id` is None where no visit was given."""

    file: Path
    trust: tuple[Path, ...]
    now: datetime
    full: bool
    visit_id: str | None
    known: tuple[KnownReport, ...]

    def answer(self, *, cancelled: Cancelled | None = None) -> Verdict:
        """Needs no visit any more and may take long; see `verify_report`."""
        found = self._recognised()
        if found.exact is not None and not self.full:
            told = told_by_hash(self.file, self.known, found.sha256, found.exact)
            if told is not None:
                return told
        roots = [one for path in self.trust for one in read_certificates(path)]
        findings = find_out(self.file, roots=roots, now=self.now, cancelled=cancelled)
        if findings.problem is not None and not self.file.is_file():
            raise NothingToVerify(self.file.name, "went away while it was being checked")
        return _full(self, found, findings)

    def _recognised(self) -> Recognised:
        try:
            if _size_of(self.file) > LARGEST:
                raise NothingToVerify(self.file.name, "is larger than any report")
            return recognise(self.file, self.known)
        except OSError as fault:
            raise refusal_for(fault, f"“{shown(self.file.name)}” could not be read") from fault


def prepare(
    file: Path,
    *,
    visit: OpenVisit | None = None,
    trust: Iterable[Path] = (),
    now: datetime | None = None,
    full: bool = False,
) -> Question:
    """The quick part that needs the visit; see `verify_report`."""
    if not file.is_file():
        raise NothingToVerify(file.name or str(file), "is not a file that is there")
    if not _size_of(file):
        raise NothingToVerify(file.name, "is empty")
    return Question(
        file=file,
        trust=tuple(trust),
        now=now or (visit.clock() if visit else laptop_clock()),
        full=full,
        visit_id=visit.visit_id if visit else None,
        known=known_reports(visit) if visit else (),
    )


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError as fault:
        raise refusal_for(fault, f"“{shown(file.name)}” could not be read") from fault


# ---- told by looking at everything ----------------------------------------------------------------------

_WORST_FIRST = (
    (SignatureState.BROKEN, FileState.BROKEN),
    (SignatureState.CHANGED, FileState.CHANGED),
)
_NOT_TRUSTED = (
    (SignatureState.REVOKED, FileState.UNTRUSTED),
    (SignatureState.NOT_YET_VALID, FileState.UNTRUSTED),
    (SignatureState.UNTRUSTED, FileState.UNTRUSTED),
    (SignatureState.EXPIRED, FileState.EXPIRED),
)


def _full(asked: Question, found: Recognised, findings: Findings) -> Verdict:
    if findings.problem is not None:
        return Verdict(
            findings.problem, HEADLINES[findings.problem], (HEADLINES[findings.problem],), (), found.sha256
        )
    signatures = tuple(_judged(asked, found, findings, one) for one in findings.signatures)
    state = _state(asked, found, findings, [s.state for s in signatures])
    first = _headline(findings, signatures, state)
    lines = [first, *renamed_words(findings.renamed)]
    lines += [*superseded_words(asked.known, found.begins_as), *(s.words for s in signatures)]
    lines += stamp_words(findings.stamps)
    lines += _about_the_file(asked, found, findings, state)
    return Verdict(
        state,
        first,
        tuple(lines),
        signatures,
        found.sha256,
        pages=findings.pages,
        title=findings.title,
    )


def _headline(findings: Findings, signatures: Sequence[SignatureVerdict], state: FileState) -> str:
    of_ours = bool(findings.mark.visit)
    if state is FileState.UNTRUSTED:
        for one, found in zip(signatures, findings.signatures, strict=True):
            revoked = one.state is SignatureState.REVOKED
            if one.credential and (revoked or _pretends(found, one.state)):
                name = one.slot.name or one.credential.name
                return doubt_words(name, revoked=revoked, of_ours=of_ours)
    first = headline(state, of_ours=of_ours)
    if state is FileState.GOOD:
        first += borrowed_words([(s.slot, s.credential.name) for s in signatures if s.credential])
    return first


def _pretends(found: SignatureFinding, state: SignatureState) -> bool:
    return found.pretends and state is SignatureState.UNTRUSTED


def _judged(
    asked: Question, found: Recognised, findings: Findings, one: SignatureFinding
) -> SignatureVerdict:
    """A credential that the trail recorded for this very field is vouched for by the trail."""
    if one.state is SignatureState.UNTRUSTED and one.credential and _is_recorded(asked, found, one):
        one = replace(one, state=SignatureState.GOOD, trusted_by=BY_THE_TRAIL)
    slot = findings.mark.slot(one.field) or SignatureSlot("", Role.OBSERVER, "", "")
    words = signature_words(
        slot,
        one.state,
        one.credential,
        one.signed_at,
        one.stamped_at,
        one.trusted_by,
        pretends=_pretends(one, one.state),
    )
    return SignatureVerdict(
        slot, one.state, one.credential, one.signed_at, one.stamped_at, one.trusted_by, words
    )


def _is_recorded(asked: Question, found: Recognised, one: SignatureFinding) -> bool:
    return found.begins_as is not None and any(
        known.field == SIGNED
        and known.export == found.begins_as.export
        and known.values["field"] == one.field
        and one.credential is not None
        and known.values["certificate"] == one.credential.fingerprint
        for known in asked.known
    )


def _state(
    asked: Question, found: Recognised, findings: Findings, states: Sequence[SignatureState]
) -> FileState:
    for bad, then in _WORST_FIRST:
        if bad in states:
            return then
    if findings.has_more and (states or found.begins_as):
        return FileState.APPENDED
    if any(not stamp.whole for stamp in findings.stamps):
        return FileState.BROKEN
    by_visit = _by_the_visit(asked, found, findings)
    if by_visit is not None:
        return by_visit
    if not states:
        return FileState.AS_MADE if found.exact else FileState.UNSIGNED
    return next((then for bad, then in _NOT_TRUSTED if bad in states), FileState.GOOD)


def _by_the_visit(asked: Question, found: Recognised, findings: Findings) -> FileState | None:
    """What only the visit can tell: another visit's report, one it does not know, a rolled-back one."""
    if asked.visit_id is None:
        return None
    if findings.mark.visit and findings.mark.visit != asked.visit_id:
        return FileState.WRONG_VISIT
    if found.begins_as is None:
        return FileState.UNKNOWN
    if not findings.signatures and found.exact is None:
        return FileState.CHANGED
    if len(findings.signatures) < _most(asked, found.begins_as):
        return FileState.ROLLED_BACK
    return None


def _most(asked: Question, known: KnownReport) -> int:
    return max((k.signatures for k in asked.known if k.export == known.export), default=0)


def _about_the_file(asked: Question, found: Recognised, findings: Findings, state: FileState) -> list[str]:
    lines: list[str] = []
    if state is FileState.APPENDED:
        lines += appended_words(findings.appended, findings.others[1])
    whole = state in (FileState.GOOD, FileState.UNTRUSTED, FileState.EXPIRED, FileState.ROLLED_BACK)
    if findings.signatures and whole:
        last = min(findings.signatures, key=lambda s: s.later_updates)
        name = last.credential.name if last.credential else "the last signer"
        signed = {s.field for s in findings.signatures}
        empty = [slot for slot in findings.mark.slots if slot.field not in signed]
        later = len(findings.signatures) > 1 or bool(findings.stamps)
        lines += since_words(name, empty, later=later, others=findings.others[0])
    if state is FileState.ROLLED_BACK and found.begins_as is not None:
        lines.append(missing_words(len(findings.signatures), _most(asked, found.begins_as)))
    lines += _about_the_visit(asked, found, findings, state)
    told = any(one.state is SignatureState.REVOKED for one in findings.signatures)
    if findings.signatures and state in (FileState.GOOD, FileState.UNTRUSTED) and not told:
        lines.append(_NOT_ASKED)
    return lines


_NOT_ASKED = (
    "Nobody was asked whether a credential has been taken back by its issuer: the check uses no network."
)


def _about_the_visit(asked: Question, found: Recognised, findings: Findings, state: FileState) -> list[str]:
    if asked.visit_id is None:
        if not findings.mark.visit:
            said = state in (FileState.GOOD, FileState.UNTRUSTED)  # in the first sentence
            return [] if said else ["It is not a report that QSIN Desktop made."]
        return (
            [] if findings.signatures else ["Give the visit to compare it with what the visit’s trail says."]
        )
    if found.exact is not None:
        return [f"The visit’s trail names this very file, as {state_words(found.exact)}."]
    if found.begins_as is not None and state not in (FileState.CHANGED, FileState.BROKEN, FileState.APPENDED):
        known = found.begins_as
        more = len(findings.signatures) - known.signatures
        return [
            f"It goes on from {state_words(known)}, which the visit’s trail names; "
            + (
                f"{more} signature{'s' if more > 1 else ''} more, made elsewhere."
                if more > 0
                else "a timestamp was added."
            )
        ]
    return []
