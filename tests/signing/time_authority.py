"""A timestamp authority of our own, answering on this computer only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from asn1crypto import keys, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from qsin_desktop.signing.credentials import as_asn1

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


class TimeAuthority:
    """`certificate` is what to trust; `answer` may be replaced to see what a bad authority does."""

    def __init__(self, place: Path) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Local Time")])
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(3)
            .not_valid_before(AT - timedelta(days=700))
            .not_valid_after(AT + timedelta(days=3650))
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        )
        made = builder.sign(key, hashes.SHA256())
        self.certificate = place / "time.cer"
        self.certificate.write_bytes(made.public_bytes(Encoding.PEM))
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self._stamper = DummyTimeStamper(as_asn1(made), keys.PrivateKeyInfo.load(der), fixed_dt=AT)
        self.asked = 0

    def answer(self, request: bytes) -> bytes:
        self.asked += 1
        reply = self._stamper.request_tsa_response(tsp.TimeStampReq.load(request))
        return bytes(reply.dump())


@contextmanager
def serving(authority: TimeAuthority) -> Iterator[str]:
    """The address at which it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            reply = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            with suppress(ConnectionError):  # whoever asked has hung up
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """In silence."""

    with answering(Handler) as where:
        yield where


@contextmanager
def answering(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
