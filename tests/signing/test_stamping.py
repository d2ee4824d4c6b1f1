"""A timestamp comes later and shows that the signatures were there by then; they stay valid."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NoReturn

import pytest
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from qsin_desktop.actions import credentials, signing, stamping, verifying
from qsin_desktop.actions.known_reports import known_reports
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.signatures import FileState, SignatureState
from qsin_desktop.signing import network
from qsin_desktop.signing.credentials import Credential
from qsin_desktop.signing.credentials import open_file as _open_file
from qsin_desktop.signing.refusals import TimestampFailed, TimestampStopped
from tests.signing import tampering
from tests.signing.conftest import NOW, PASSWORD, Signed, Wallet
from tests.signing.tampering import written
from tests.signing.time_authority import AT, TimeAuthority, answering, serving

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimeAuthority:
    return TimeAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def address(authority: TimeAuthority) -> Iterator[str]:
    with serving(authority) as where:
        yield where


@pytest.fixture
def report(signed: Signed, tmp_path: Path) -> Path:
    return Path(shutil.copy(signed.states[1], tmp_path / "r.pdf"))


def test_a_stamp_leaves_signatures_valid_and_outlives_their_credentials(
    report: Path, address: str, authority: TimeAuthority, wallet: Wallet, earlier: OpenVisit
) -> None:
    before = report.read_bytes()
    stamped = stamping.stamp_report(report, authority=address, visit=earlier)
    assert (stamped.authority, stamped.at, stamped.signatures) == ("Local Time", AT.isoformat(), 1)
    assert report.read_bytes().startswith(before)
    assert [k.field for k in known_reports(earlier) if k.sha256 == stamped.sha256] == ["stamped"]

    trust = [wallet.certificate("body"), authority.certificate]
    later = NOW + timedelta(days=500)  # the signers' credentials have run out by then
    verdict = verifying.verify_report(report, trust=trust, now=later)
    assert verdict.state is FileState.GOOD
    assert {(s.state, s.stamped_at) for s in verdict.signatures} == {(SignatureState.GOOD, AT.isoformat())}
    assert "and before 25 November 2026, 12:00 UTC by a timestamp" in verdict.signatures[0].words
    assert "Timestamp of 25 November 2026, 12:00 UTC by Local Time, whom you trust." in verdict.lines
    not_known = verifying.verify_report(report, trust=[wallet.certificate("body")], now=later)
    assert not_known.state is FileState.EXPIRED
    assert any("counts for nothing here" in line for line in not_known.lines)


def test_more_signatures_and_stamps_may_follow(
    report: Path, address: str, authority: TimeAuthority, wallet: Wallet, earlier: OpenVisit
) -> None:
    stamping.stamp_report(report, authority=address, visit=earlier)
    signing.sign_report(earlier, report, signer="network", credential=wallet.open("network"))
    stamping.stamp_report(report, authority=address, visit=earlier)
    trust = [wallet.certificate("body"), wallet.certificate("network"), authority.certificate]
    verdict = verifying.verify_report(report, trust=trust, now=NOW + timedelta(days=3))
    assert verdict.state is FileState.GOOD, verdict.lines
    assert [bool(s.stamped_at) for s in verdict.signatures] == [True, True]


def test_another_reader_finds_no_fault_with_the_field_of_a_stamp(report: Path, address: str) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig (poppler-utils) is not installed: not compared with it")
    stamping.stamp_report(report, authority=address)
    told = subprocess.run(["pdfsig", report], capture_output=True, text=True, check=False)
    assert "Syntax Error" not in told.stderr
    assert "Signature Validation: Signature is Valid." in told.stdout


def test_a_stamped_report_can_be_read_by_ear(report: Path, address: str) -> None:
    page = pytest.importorskip("page", reason="page-validation is not installed")
    stamping.stamp_report(report, authority=address)
    checked = page.validate_pdf(report, profile="ua1")
    assert [f"{f.rule_id}: {f.message}" for f in checked.failures] == []


def refused(report: Path, address: str) -> str:
    before = report.read_bytes() if report.exists() else b""
    with pytest.raises(TimestampFailed) as fault:
        stamping.stamp_report(report, authority=address)
    assert (report.read_bytes() if report.exists() else b"") == before
    assert "The file is as it was." in fault.value.sentence
    return fault.value.sentence


def test_a_bad_authority(
    report: Path, address: str, authority: TimeAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = TimeAuthority(report.parent)
    to_another = other.answer(_question())
    for answer, said in (
        (lambda _: to_another, "is no timestamp"),
        (lambda _: b"hello", "is no timestamp"),
        (lambda _: b"", "is no timestamp"),
        (lambda request: other.answer(request)[:-40] + bytes(40), "no "),
    ):
        monkeypatch.setattr(authority, "answer", answer)
        assert said in refused(report, address)


def _question() -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    asked = {"version": "v1", "message_imprint": imprint, "nonce": 7, "cert_req": True}
    question: bytes = tsp.TimeStampReq(asked).dump()
    return question


def test_an_authority_that_fails_is_told_apart_from_a_wrong_address(report: Path) -> None:
    for code, said in ((503, "cannot do this now (HTTP 503)"), (404, "does not do this (HTTP 404)")):

        class Handler(BaseHTTPRequestHandler):
            status = code

            def do_POST(self) -> None:
                self.send_error(self.status)

            def log_message(self, *_: object) -> None:
                """In silence."""

        with answering(Handler) as address:
            assert said in refused(report, address)


def test_no_authority(report: Path) -> None:
    assert "could not be reached" in refused(report, "http://127.0.0.1:9/")
    assert "no address of a timestamp authority was given" in refused(report, " ")
    for address in ("ftp://time/", "file:///etc/passwd", "time", "http://[", "http://time:0/"):
        assert "is no address of a timestamp authority" in refused(report, address)


def test_a_laptop_that_is_off_line(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_names(*_: object, **__: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    said = refused(report, "https://time.example/tsa")
    assert "“time.example” could not be reached, most likely because this laptop is off-line" in said
    assert said.endswith("Try again when this laptop is on-line.")


def test_an_answer_is_not_waited_for_longer_than_anybody_wants(
    report: Path, address: str, authority: TimeAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()

    def slow(_: bytes) -> bytes:
        let_go.wait(30)
        return b""

    before = report.read_bytes()
    monkeypatch.setattr(authority, "answer", slow)
    looked = iter((False, False, True))
    with pytest.raises(TimestampStopped, match="it was cancelled"):
        stamping.stamp_report(report, authority=address, cancelled=lambda: next(looked))
    monkeypatch.setattr(network, "SECONDS", 0.1)
    assert "did not answer in time" in refused(report, address)
    assert report.read_bytes() == before
    let_go.set()
    for thread in threading.enumerate():  # those that nobody waits for end before the server does
        if thread.name == network.ASKER:
            thread.join()


def test_an_earlier_copy_gets_no_timestamp(
    report: Path, address: str, authority: TimeAuthority, wallet: Wallet, earlier: OpenVisit, tmp_path: Path
) -> None:
    """It would make two reports of one, each without something of the other."""
    copy = Path(shutil.copy(report, tmp_path / "copy.pdf"))
    signing.sign_report(earlier, report, signer="network", credential=wallet.open("network"))
    asked = authority.asked
    before = copy.read_bytes()
    with pytest.raises(TimestampFailed) as fault:
        stamping.stamp_report(copy, authority=address, visit=earlier)
    assert "is an earlier copy of this report: the trail knows one with 2 signatures" in fault.value.sentence
    assert copy.read_bytes() == before
    assert authority.asked == asked
    stamped = stamping.stamp_report(report, authority=address, visit=earlier)
    assert [(s.authority, s.signatures) for s in stamping.stamps_of(earlier, report)] == [("Local Time", 2)]
    assert stamping.stamps_of(earlier, copy) == ()
    assert stamped.signatures == 2


def test_nothing_is_added_to_what_is_not_in_order(
    report: Path, address: str, authority: TimeAuthority, signed: Signed, tmp_path: Path
) -> None:
    asked = authority.asked
    changed = written(tmp_path, "changed.pdf", tampering.redraw_a_page(report.read_bytes()))
    assert "is not as it was signed" in refused(changed, address)
    assert "carries no signature yet" in refused(Path(shutil.copy(signed.states[0], tmp_path)), address)
    assert "there is no file" in refused(tmp_path / "gone.pdf", address)
    assert authority.asked == asked


def test_a_credential_that_its_issuer_took_back(
    report: Path, address: str, authority: TimeAuthority, wallet: Wallet, tmp_path: Path, earlier: OpenVisit
) -> None:
    """The issuer's list is fetched with the timestamp, and later asked in the file, without a network."""
    with serving_list(wallet, tmp_path) as credential:
        signing.sign_report(earlier, report, signer="peer", credential=credential)
        stamping.stamp_report(report, authority=address, visit=earlier)
    trust = [wallet.certificate("body"), authority.certificate]
    verdict = verifying.verify_report(report, trust=trust, now=AT + timedelta(days=1))
    assert [s.state for s in verdict.signatures] == [SignatureState.GOOD, SignatureState.REVOKED]
    assert "which its issuer has taken back" in verdict.signatures[1].words
    assert "But the credential of Ada Assessor was taken back by its issuer" in verdict.headline
    assert not any("Nobody was asked" in line for line in verdict.lines)
    assert not verdict.good


@contextmanager
def serving_list(wallet: Wallet, place: Path) -> Iterator[Credential]:
    """A credential whose issuer lists it as taken back, at the address that it names."""
    body = _open_file(wallet.path("body"), PASSWORD)
    key = ec.generate_private_key(ec.SECP256R1())
    content = b""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """In silence."""

    with answering(Handler) as address:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(address)], None, None, None)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ada Assessor")]))
            .issuer_name(body.certificate.subject)
            .public_key(key.public_key())
            .serial_number(77)
            .not_valid_before(NOW - timedelta(days=9))
            .not_valid_after(NOW + timedelta(days=99))
            .add_extension(x509.CRLDistributionPoints([point]), critical=False)
            .sign(body.key, hashes.SHA256())
        )
        gone = x509.RevokedCertificateBuilder().serial_number(77).revocation_date(NOW - timedelta(days=1))
        listed = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(body.certificate.subject)
            .last_update(NOW - timedelta(hours=1))
            .next_update(NOW + timedelta(days=30))
            .add_revoked_certificate(gone.build())
            .sign(body.key, hashes.SHA256())
        )
        content = listed.public_bytes(Encoding.DER)
        locked = BestAvailableEncryption(PASSWORD.encode())
        path = place / "taken-back.p12"
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(b"x", key, certificate, [body.certificate], locked)
        )
        yield credentials.open_credential(path, PASSWORD, now=NOW)
