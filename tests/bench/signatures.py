"""Signing a large report, and checking all its signatures with nothing known of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from qsin_desktop.domain.signatures import Appearance
from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.signature_look import draw_look
from qsin_desktop.signing import checking, credentials, issuing
from qsin_desktop.signing.credentials import Credential
from qsin_desktop.signing.quiet import quiet
from qsin_desktop.signing.signer import SigningOrder, sign
from tests.bench.documents import words_for
from tests.bench.files import hashed_copy
from tests.bench.measure import Measure
from tests.bench.place import Bench, compared, load
from tests.bench.size import Size
from tests.bench.timing import interleaved, run
from tests.report.make_snapshot import make_snapshot

_MOST_ROUNDS = 3  # each takes seconds
_PASSWORD = "ten letters and more"
_SIGNERS = ("lead-1", "peer-1", "network-1")


def measures(bench: Bench) -> Iterator[Measure]:
    with bench.room("signatures", 256) as place:
        report = _final_report(bench.size, place)
        credential = _credential(place)
        yield _signing(bench, report, credential, place)
        yield _verifying(bench, report, credential, place)


def _final_report(size: Size, place: Path) -> Path:
    out = place / "report.pdf"
    snapshot = make_snapshot(
        criteria=size.criteria,
        sites=size.sites,
        findings=size.findings,
        photos=size.photos,
        sealed=True,
        disagreements=0,
    )
    draw_report(snapshot, out)
    return out


def _credential(place: Path) -> Credential:
    made = issuing.make_self_signed("L. Lead", "", password=_PASSWORD, days=9, now=datetime.now(UTC))
    path = place / "lead.p12"
    path.write_bytes(made.file)
    return credentials.open_file(path, _PASSWORD)


def _sign(report: Path, out: Path, field: str, credential: Credential) -> None:
    look = draw_look(
        Appearance(), "L. Lead", ("Signed by L. Lead", "today", f"with {credential.facts.words}")
    )
    order = SigningOrder(field, "L. Lead", "Bench", look, datetime.now(UTC), certifies=field == _SIGNERS[0])
    with report.open("rb") as source, out.open("w+b") as new:
        sign(source, new, order, credential)


def _signing(bench: Bench, report: Path, credential: Credential, place: Path) -> Measure:
    load_before = load()
    samples, floor = interleaved(
        bench.rounds,
        [
            run(lambda: _sign(report, place / "signed.pdf", _SIGNERS[0], credential)),
            run(lambda: hashed_copy(report, place / "copy.pdf")),
        ],
    )
    about = f"certify the report as the lead, with a typed name; {words_for(bench.size)}"
    return compared(
        "sign", about, samples, "read, SHA-256, write, fsync the same bytes", floor, load_before=load_before
    )


def _verifying(bench: Bench, report: Path, credential: Credential, place: Path) -> Measure:
    for number, field in enumerate(_SIGNERS):
        signed = place / f"signed-{number}.pdf"
        _sign(report, signed, field, credential)
        report = signed
    load_before = load()
    samples, floor = interleaved(
        min(bench.rounds, _MOST_ROUNDS),
        [run(lambda: _check(report, credential)), run(lambda: _only_the_bytes(report))],
    )
    return compared(
        "verify",
        f"check three signatures and what came after each; {words_for(bench.size)}",
        samples,
        "the same signatures checked by pyHanko, no look at what came after",
        floor,
        load_before=load_before,
    )


def _check(report: Path, credential: Credential) -> None:
    with report.open("rb") as file:
        found = checking.check_file(file, roots=[credential.certificate], now=datetime.now(UTC))
    assert [s.state.value for s in found.signatures] == ["good"] * 3, found


def _only_the_bytes(report: Path) -> None:
    with report.open("rb") as file, quiet():
        for one in PdfFileReader(file).embedded_signatures:
            context = ValidationContext(trust_roots=[], allow_fetching=False)
            asyncio.run(async_validate_pdf_signature(one, context, skip_diff=True))
