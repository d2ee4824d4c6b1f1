"""Checks every signature of a file, and what was done to the file after each of them.

Any exception on the way means that the file is not in order: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any, BinaryIO

from cryptography import x509

from qsin_desktop.domain.errors import shown
from qsin_desktop.domain.signatures import FileState, SignatureState
from qsin_desktop.signing.certificates import facts_from, in_time
from qsin_desktop.signing.credentials import as_asn1
from qsin_desktop.signing.document_end import without_appended
from qsin_desktop.signing.fields import mark_of
from qsin_desktop.signing.file_names import what_it_calls_itself, what_it_says
from qsin_desktop.signing.findings import Findings, SignatureFinding, StampFinding
from qsin_desktop.signing.quiet import quiet
from qsin_desktop.signing.uncovered import is_all_covered

_HEAD = 1024  # readers look this far for “%PDF-”


@dataclass(frozen=True)
class _Trust:
    """The roots that are vouched for by whoever asks, and the moment at which certificates must be valid."""

    roots: Sequence[x509.Certificate]
    now: datetime

    def context(self, reader: Any, one: Any, at: datetime) -> Any:
        """Nothing is fetched: what the file itself brings along is all there is."""
        from pyhanko_certvalidator import ValidationContext

        certificates, lists = _kept(reader)
        return ValidationContext(
            trust_roots=[as_asn1(root) for root in self.roots],
            other_certs=[*one.other_embedded_certs, *certificates],
            crls=lists,
            moment=at,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )


def check_file(file: BinaryIO, *, roots: Sequence[x509.Certificate], now: datetime) -> Findings:
    """Takes seconds on a long report: the difference to every signed state is worked out."""
    from qsin_desktop.signing.lean_reader import LeanReader

    if b"%PDF-" not in file.read(_HEAD):
        return Findings(FileState.NOT_PDF)
    trust = _Trust(roots, now.astimezone(UTC))
    with quiet():
        try:
            document, appended = without_appended(file)
            reader = LeanReader(document)
            if reader.encrypted:
                return Findings(FileState.LOCKED)
            return _looked_through(reader, trust, appended)
        except Exception:  # noqa: BLE001  # whatever a damaged or hostile file does, it is not in order
            return Findings(FileState.INVALID)


def _looked_through(reader: Any, trust: _Trust, appended: int) -> Findings:
    signed = list(reader.embedded_regular_signatures)
    stamps = _stamps(reader, trust)
    signatures = tuple(_signature(reader, one, stamps, trust) for one in signed)
    title, renamed = _titles(reader, signed[0].signed_revision if signed else None)
    return Findings(
        mark=mark_of(reader),
        pages=int(reader.root["/Pages"]["/Count"]),
        title=title,
        renamed=renamed,
        signatures=signatures,
        stamps=tuple(stamp for _, stamp in stamps),
        appended=appended,
        others=_other_updates(reader),
    )


def _other_updates(reader: Any) -> tuple[int, int]:
    """How many updates since the first signature brought neither a signature nor what checks one.

    The second number is of those after the last signature or timestamp, which nobody signed.
    """
    signed = {one.signed_revision for one in reader.embedded_signatures}
    if not signed:
        return 0, 0
    later = range(min(signed) + 1, reader.xrefs.total_revisions)
    others = [at for at in later if at not in signed and not _brings_proof(reader, at)]
    return len(others), sum(1 for at in others if at > max(signed))


def _brings_proof(reader: Any, at: int) -> bool:
    """Whether an update added certificates and lists of revoked ones, as other programs do apart."""
    before, after = (reader.get_historical_resolver(state).root for state in (at - 1, at))
    if "/DSS" not in after:
        return False
    store = getattr(after.raw_get("/DSS"), "reference", None)
    written = store in set(reader.xrefs.explicit_refs_in_revision(at))
    return "/DSS" not in before or store is None or written


def _titles(reader: Any, signed: int | None) -> tuple[str, str]:
    """What it called itself when it was first signed, and what it does now where that differs."""
    latest = reader.xrefs.total_revisions - 1
    if signed is None or signed == latest:
        return _title(reader), ""
    then, now = _names(reader, signed), _names(reader, latest)
    other = next((new for new, old in zip_longest(now, then, fillvalue="") if new != old and new), "")
    return (shown(then[0]) if then else _title(reader)), shown(other)


def _title(reader: Any) -> str:
    try:
        return shown(str(reader.trailer["/Info"]["/Title"]))
    except KeyError:
        return ""


def _names(reader: Any, state: int) -> tuple[str, ...]:
    try:
        return what_it_calls_itself(reader.get_historical_resolver(state))
    except Exception:  # noqa: BLE001  # the signatures are then not in order either
        return ()


# ---- timestamps -----------------------------------------------------------------------------------------


def _stamps(reader: Any, trust: _Trust) -> list[tuple[int, StampFinding]]:
    """The update each stands in, and what it is worth; a later trusted one speaks for an earlier one."""
    found: list[tuple[int, StampFinding]] = []
    at = trust.now
    for one in reversed(list(reader.embedded_timestamp_signatures)):
        stamp = _stamp(reader, one, trust, at)
        if stamp.trusted and stamp.whole:
            at = datetime.fromisoformat(stamp.at)
        found.insert(0, (one.signed_revision, stamp))
    return found


def _stamp(reader: Any, one: Any, trust: _Trust, at: datetime) -> StampFinding:
    import asyncio

    from pyhanko.sign.validation import async_validate_pdf_timestamp

    try:
        context = trust.context(reader, one, at)
        status = asyncio.run(async_validate_pdf_timestamp(one, context))
        stamped = status.timestamp.astimezone(UTC)
        authority = facts_from(status.signing_cert.dump()).name
        whole = bool(status.intact and status.valid and _allowed(status) and is_all_covered(reader, one))
        return StampFinding(stamped.isoformat(), authority, bool(status.trusted), whole)
    except Exception:  # noqa: BLE001  # see above
        return StampFinding("", "", trusted=False, whole=False)


# ---- signatures -----------------------------------------------------------------------------------------


def _signature(
    reader: Any, one: Any, stamps: list[tuple[int, StampFinding]], trust: _Trust
) -> SignatureFinding:
    try:
        return _checked(reader, one, stamps, trust)
    except Exception:  # noqa: BLE001  # see above
        return SignatureFinding(str(one.field_name), SignatureState.BROKEN)


def _checked(
    reader: Any, one: Any, stamps: list[tuple[int, StampFinding]], trust: _Trust
) -> SignatureFinding:
    import asyncio

    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    stamp = next((s for at, s in stamps if at > one.signed_revision and s.trusted and s.whole), None)
    at = datetime.fromisoformat(stamp.at) if stamp else trust.now
    context = trust.context(reader, one, at)
    status = asyncio.run(
        async_validate_pdf_signature(
            one,
            signer_validation_context=context,
            key_usage_settings=KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}),
        )
    )
    certificate = x509.load_der_x509_certificate(status.signing_cert.dump())
    state = SignatureState.BROKEN
    if is_all_covered(reader, one):
        state = _state(status, certificate, at, renamed=_renamed(reader, one))
    signed_at = status.signer_reported_dt
    return SignatureFinding(
        field=str(one.field_name),
        state=state,
        credential=facts_from(status.signing_cert.dump()),
        signed_at=signed_at.astimezone(UTC).isoformat() if signed_at else "",
        stamped_at=stamp.at if stamp else "",
        trusted_by=_root(status) if state is SignatureState.GOOD else "",
        later_updates=reader.xrefs.total_revisions - 1 - one.signed_revision,
        pretends=state is SignatureState.UNTRUSTED and _pretends(certificate, trust.roots),
    )


def _state(status: Any, certificate: x509.Certificate, at: datetime, *, renamed: bool) -> SignatureState:
    if not (status.intact and status.valid):
        return SignatureState.BROKEN
    if renamed or not _allowed(status):
        return SignatureState.CHANGED
    if status.revoked:
        return SignatureState.REVOKED
    if at < certificate.not_valid_before_utc:
        return SignatureState.NOT_YET_VALID
    if in_time(certificate, at):
        return SignatureState.EXPIRED
    return SignatureState.GOOD if status.trusted else SignatureState.UNTRUSTED


def _allowed(status: Any) -> bool:
    """Whether all that came after it are further signatures, timestamps and what belongs to those."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return False
    level = status.modification_level
    return level is not None and level <= ModificationLevel.FORM_FILLING and status.docmdp_ok is not False


def _renamed(reader: Any, one: Any) -> bool:
    """Every later update may say other things of the file, as far as pyHanko is concerned."""
    latest = reader.xrefs.total_revisions - 1
    if one.signed_revision == latest:
        return False
    then, now = (reader.get_historical_resolver(at) for at in (one.signed_revision, latest))
    return what_it_says(then) != what_it_says(now)


def _pretends(certificate: x509.Certificate, roots: Sequence[x509.Certificate]) -> bool:
    """Only the name of a trusted issuer, or of a trusted person, stands in it."""
    names = {root.subject for root in roots}
    return certificate.issuer in names or certificate.subject in names


def _root(status: Any) -> str:
    path = list(status.validation_path.iter_certs(include_root=True))
    return facts_from(path[0].dump()).name


def _kept(reader: Any) -> tuple[list[Any], list[Any]]:
    """Certificates, and lists of revoked ones, that were put into the file with a timestamp."""
    from asn1crypto import crl
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    try:
        store = DocumentSecurityStore.read_dss(reader)
        lists = [crl.CertificateList.load(one.get_object().data) for one in store.crls]
        return list(store.load_certs()), lists
    except Exception:  # noqa: BLE001  # there is none, mostly
        return [], []
