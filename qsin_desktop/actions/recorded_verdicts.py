"""What the visit's trail says of a report that it names by hash, told without looking at signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from qsin_desktop.actions.known_reports import MADE, SIGNED, KnownReport, later_version
from qsin_desktop.actions.signing import moment_words
from qsin_desktop.actions.verdict_words import HEADLINES, borrowed_words, since_words, who_words
from qsin_desktop.domain.signatures import (
    FileState,
    SignatureSlot,
    SignatureState,
    SignatureVerdict,
    Verdict,
)
from qsin_desktop.signing.fields import read_fields

BY_THE_TRAIL = "the visit’s trail"


def told_by_hash(file: Path, known: Sequence[KnownReport], sha256: str, exact: KnownReport) -> Verdict | None:
    """None where a signature is in it that the trail does not name: the hash says nothing of whose it is."""
    from qsin_desktop.report.reading import read_report

    with file.open("rb") as content:
        report = read_fields(content)
    facts = read_report(file)
    records = {k.values["field"]: k for k in known if k.field == SIGNED and k.export == exact.export}
    signed = [(slot, report.signer_of(slot.field)) for slot in report.mark.slots]
    signers = [(slot, name) for slot, name in signed if name]
    if any(slot.field not in records for slot, _ in signers):
        return None
    signatures = tuple(_recorded(slot, name, records[slot.field]) for slot, name in signers)
    most = max((k.signatures for k in known if k.export == exact.export), default=0)
    state = FileState.GOOD if exact.signatures else FileState.AS_MADE
    if report.signatures < most:
        state = FileState.ROLLED_BACK
    how = (
        f"The visit’s trail names this very file, as {state_words(exact)}, recorded "
        f"{moment_words(datetime.fromisoformat(exact.at))} by {exact.by}."
    )
    empty = [slot for slot, name in signed if not name]
    first = HEADLINES[state]
    if state is FileState.GOOD:
        first += borrowed_words(signers)
    lines = [first, *superseded_words(known, exact), *(s.words for s in signatures)]
    if state is FileState.ROLLED_BACK:
        lines.append(missing_words(report.signatures, most))
    if signatures and empty:
        lines += since_words("", empty, later=True)[1:]
    lines += [how, "Checked by the recorded hash; a full check looks at each signature as well."]
    return Verdict(
        state,
        first,
        tuple(lines),
        signatures,
        sha256,
        pages=facts.pages,
        title=facts.title,
        quick=True,
    )


def _recorded(slot: SignatureSlot, signer: str, known: KnownReport) -> SignatureVerdict:
    """`signer` is the name in the certificate."""
    values = known.values
    who = who_words(replace(slot, name=str(values["name"])), signer)
    when = moment_words(datetime.fromisoformat(known.at))
    words = f"{who}, signed {when} with {values['credential']}: as the visit’s trail recorded it."
    return SignatureVerdict(slot, SignatureState.GOOD, None, known.at, "", BY_THE_TRAIL, words)


def state_words(known: KnownReport) -> str:
    if known.field == MADE:
        return f"version {known.version} of the report when it was made"
    if known.field == SIGNED:
        return f"version {known.version} after signature {known.signatures}"
    many = "1 signature" if known.signatures == 1 else f"{known.signatures} signatures"
    return f"version {known.version} with {many} and a timestamp"


def superseded_words(known: Sequence[KnownReport], report: KnownReport | None) -> list[str]:
    later = later_version(tuple(known), report) if report is not None else None
    if report is None or later is None:
        return []
    when = moment_words(datetime.fromisoformat(later.at))
    newer = f"The visit’s trail names a later one, version {later.version}, signed {when}: ask for that."
    return [f"It is version {report.version}. {newer}"]


def missing_words(has: int, most: int) -> str:
    return f"The trail knows of {most} signatures on this version, and this file has {has}."
