"""A credential on a smart card or key fob, through the maker's PKCS#11 module; the key never leaves it.

The module is loaded by a child process with a time limit, one for each thing that is asked.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from qsin_desktop.domain.errors import shown
from qsin_desktop.signing.certificates import facts_of, in_time, key_fault, may_sign
from qsin_desktop.signing.credentials import Credential, as_asn1, registered
from qsin_desktop.signing.refusals import TokenStopped, TokenUnusable
from qsin_desktop.signing.token_place import PinState, TokenCertificate, TokenPlace, TokenSeen
from qsin_desktop.signing.token_worker import WORKER_WORD
from qsin_desktop.system.child import Cancelled as Stopped
from qsin_desktop.system.child import answer_of, end_child, never, start_child

if TYPE_CHECKING:
    from pyhanko.sign import Signer

SECONDS = 30.0  # for an answer of a module
SIGNING_SECONDS = 90.0  # some ask on their own keys, or want to be touched

Cancelled = Callable[[], bool]


def look_at(module: Path, now: datetime, *, cancelled: Cancelled = never) -> tuple[TokenSeen, ...]:
    """What is put in, without a PIN. Raises `TokenUnusable`, or `TokenStopped` when `cancelled` says so."""
    answer = _ask({"do": "look", "module": str(module.absolute())}, SECONDS, cancelled)
    return tuple(
        TokenSeen(
            shown(one["label"]),
            one["name"],
            shown(one["maker"]),
            PinState(one["pin"]),
            tuple(_seen(certificate, now) for certificate in one["certificates"]),
        )
        for one in answer["tokens"]
    )


def open_token(place: TokenPlace, pin: str, *, cancelled: Cancelled = never) -> Credential:
    """Looks for the certificate and its key, and lets go of the token again; raises as `look_at`.

    Whoever signs with it is asked by the same `cancelled` whether to go on.
    """
    asked = {
        "module": str(place.module.absolute()),
        "label": place.label,
        "certificate": place.certificate,
        "pin": pin,
    }
    found = _ask(asked | {"do": "open"}, SECONDS, cancelled)
    certificate = x509.load_der_x509_certificate(bytes.fromhex(found["der"]))
    key = {
        "do": "sign",
        "der": certificate.public_bytes(Encoding.DER).hex(),
        "key_label": found["label"],
        "key_id": found["identifier"],
    }

    @contextmanager
    def signer() -> Iterator[Signer]:
        yield _signer(certificate, asked | key, cancelled)

    return Credential(place.name, certificate, (), signer)


def _signer(certificate: x509.Certificate, asked: dict[str, str], cancelled: Cancelled) -> Signer:
    from pyhanko.sign.signers import ExternalSigner

    class OnToken(ExternalSigner):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002
            if dry_run:
                return bytes(512)  # an RSA key of 4,096 bits
            wanted = {"data": data.hex(), "digest": digest_algorithm}
            answer = await asyncio.to_thread(_ask, asked | wanted, SIGNING_SECONDS, cancelled)
            return bytes.fromhex(answer["signature"])

    return OnToken(as_asn1(certificate), registered([]))


def _seen(given: dict[str, str], now: datetime) -> TokenCertificate:
    certificate = x509.load_der_x509_certificate(bytes.fromhex(given["der"]))
    why_not = in_time(certificate, now) or key_fault(certificate)
    if not why_not and not may_sign(certificate):
        why_not = "was not issued for signing documents"
    return TokenCertificate(given["label"], given["identifier"], facts_of(certificate), why_not)


# ---- the child ------------------------------------------------------------------------------------------


def _ask(question: dict[str, str], seconds: float, cancelled: Cancelled) -> dict[str, Any]:
    """Raises `TokenUnusable`, also for a module that crashes or never answers, and `TokenStopped`."""
    name = Path(question["module"]).name
    child = start_child(WORKER_WORD)
    try:
        asked = json.dumps(question).encode() + b"\n"
        answer = answer_of(child, asked, seconds=seconds, cancelled=cancelled)
    except Stopped:
        raise TokenStopped from None
    finally:
        end_child(child)
    if answer is None:
        raise TokenUnusable(
            f"The module “{shown(name)}” did not answer within {seconds:.0f} seconds",
            "Take the card or key fob out, put it in again, and check that the module is its own.",
        )
    return _read(name, answer)


def _read(name: str, answer: bytes) -> dict[str, Any]:
    try:
        given: dict[str, Any] = json.loads(answer)
    except ValueError as fault:
        raise TokenUnusable(
            f"The module “{shown(name)}” broke down when it was used",
            "Check that it is the one that came with the card or key fob, and made for this computer.",
        ) from fault
    if "refused" in given:
        raise TokenUnusable(*given["refused"])
    if "failed" in given:
        raise TokenUnusable(
            f"The token could not be used ({shown(given['failed'])})",
            "Take it out and put it in again, and check that the module is the one that came with it.",
        )
    return given
