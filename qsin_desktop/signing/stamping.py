"""Adds a timestamp of an authority (RFC 3161) to a signed file, with what a later check will need."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC
from http.client import HTTPException
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError

from qsin_desktop.domain.errors import shown
from qsin_desktop.signing.certificates import facts_from
from qsin_desktop.signing.network import Cancelled, Stopped, fetched, host_of, is_web_address
from qsin_desktop.signing.quiet import quiet
from qsin_desktop.signing.refusals import TimestampFailed, TimestampStopped
from qsin_desktop.signing.signer import DIGEST, appending

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

MOST_ANSWER = 1024 * 1024  # bytes of a timestamp
MOST_LIST = 16 * 1024 * 1024  # bytes of a list of revoked certificates
MOST_LISTS = 20
_THEIR_FAULT = 500  # an HTTP answer from here on says that the server failed, not the question
_PRINTED, _LOCKED = 1 << 2, 1 << 7  # flags of an annotation; archives want every one to be printed


@dataclass(frozen=True)
class Stamp:
    """`content` is the whole new file. `at` is the authority's moment, ISO in UTC."""

    content: bytes
    at: str
    authority: str


def refuse_address(url: str) -> None:
    """Raises `TimestampFailed` for what is no web address."""
    if not url.strip():
        raise TimestampFailed(
            "no address of a timestamp authority was given", "Your organisation can name one it uses."
        )
    if not is_web_address(url):
        raise TimestampFailed(f"“{shown(url)}” is no address of a timestamp authority (http:// or https://)")


def timestamper_at(url: str, cancelled: Cancelled | None = None) -> TimeStamper:
    """Raises `TimestampFailed` for what is no web address."""
    refuse_address(url)
    from pyhanko.sign.timestamps import TimeStamper

    class Asking(TimeStamper):
        async def async_request_tsa_response(self, req: Any) -> Any:
            from asn1crypto import tsp

            answer = fetched(url, MOST_ANSWER, request=req.dump(), cancelled=cancelled)
            return tsp.TimeStampResp.load(answer, strict=True)

    return Asking()  # type: ignore[no-untyped-call]


def stamp(content: bytes, url: str, *, cancelled: Cancelled | None = None) -> Stamp:
    """Earlier signatures stay valid. Their certificates and their issuers' revocation lists are kept.

    The authority is asked before anything else, so that a laptop that is off-line hears of it at once.
    Raises `TimestampFailed`, and `TimestampStopped` once `cancelled` says so.
    """
    timestamper = timestamper_at(url, cancelled)
    with quiet():
        out = BytesIO()
        try:
            from pyhanko.sign.signers import PdfTimeStamper

            asyncio.run(timestamper.async_dummy_response(DIGEST))  # also tells how long an answer is
            writer = appending(BytesIO(content))
            _keep_for_later(writer, cancelled)
            field = _unseen_field(writer)
            PdfTimeStamper(timestamper, field).timestamp_pdf(writer, DIGEST, output=out)
        except Stopped as fault:
            raise TimestampStopped from fault
        except _BY_AN_ANSWER as fault:
            raise TimestampFailed(*_why(fault, host_of(url))) from fault
        new = out.getvalue()
        return _looked_at(new)


# What pyHanko raises over an answer that is none, or one to another question, for which it has no word.
_BY_AN_ANSWER = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    NotImplementedError,
    HTTPException,
)
_OFF_LINE = {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH}
_WHEN_ON_LINE = "Try again when this laptop is on-line."


def _why(fault: BaseException, host: str) -> tuple[str, str]:
    """What hindered it, and what to do. Off-line it is the look-up of the name that fails."""
    host = f"“{shown(host)}”"
    if isinstance(fault, HTTPError) and fault.code >= _THEIR_FAULT:
        return f"{host} cannot do this now (HTTP {fault.code})", "Try again later."
    if isinstance(fault, HTTPError):
        return f"{host} answered that it does not do this (HTTP {fault.code})", "Check the address."
    inner = fault.reason if isinstance(fault, URLError) else fault
    if isinstance(inner, socket.gaierror) or (isinstance(inner, OSError) and inner.errno in _OFF_LINE):
        return f"{host} could not be reached, most likely because this laptop is off-line", _WHEN_ON_LINE
    if isinstance(inner, ssl.SSLError):
        return f"the connection to {host} is not a safe one", "Check the address, or use another network."
    if isinstance(inner, TimeoutError):
        return f"{host} did not answer in time", "Try again later."
    if isinstance(fault, URLError | ConnectionError):
        return f"{host} could not be reached", "Check the address and that this laptop is on-line."
    if isinstance(fault, OSError) and "refused our request" in str(fault):
        return f"{host} refused the request", "Ask your organisation which authority it may use."
    return f"what {host} answered is no timestamp", "Check the address."


def _looked_at(content: bytes) -> Stamp:
    """What came back is checked before anybody relies on it."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import async_validate_pdf_timestamp
    from pyhanko_certvalidator import ValidationContext

    try:
        made = PdfFileReader(BytesIO(content), strict=False).embedded_timestamp_signatures[-1]
        context = ValidationContext(trust_roots=[], allow_fetching=False)
        status = asyncio.run(async_validate_pdf_timestamp(made, context))
        if status.intact and status.valid:
            at = status.timestamp.astimezone(UTC).isoformat()
            return Stamp(content, at, facts_from(status.signing_cert.dump()).name)
    except Exception as fault:  # whatever came back, it is no timestamp
        raise TimestampFailed("what the authority answered is no timestamp") from fault
    raise TimestampFailed("what the authority answered is no valid timestamp of this file")


def _unseen_field(writer: Any) -> str:
    """A field without size that stands on no page: there it would have to be a part of the structure tree.

    It is a widget all the same, as readers expect of every field for a signature.
    """
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.generic import pdf_name, pdf_string

    name, words = f"timestamp-{os.urandom(4).hex()}", pdf_string("Timestamp of the file")
    entries = {
        "/Type": pdf_name("/Annot"),
        "/Subtype": pdf_name("/Widget"),
        "/FT": pdf_name("/Sig"),
        "/T": pdf_string(name),
        "/TU": words,
        "/Contents": words,
        "/F": generic.NumberObject(_PRINTED | _LOCKED),  # type: ignore[no-untyped-call]
        "/Rect": generic.ArrayObject([generic.NumberObject(0)] * 4),  # type: ignore[no-untyped-call]
    }
    made = writer.add_object(
        generic.DictionaryObject({pdf_name(key): value for key, value in entries.items()})  # type: ignore[no-untyped-call]
    )
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(made)
    writer.update_container(fields)
    return name


def _keep_for_later(writer: Any, cancelled: Cancelled | None) -> None:
    """The certificates behind every signature, and their issuers' lists of what was taken back."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    certificates: dict[bytes, Any] = {}
    for signature in writer.prev.embedded_signatures:
        chain = [signature.signer_cert, *signature.other_embedded_certs]
        certificates.update({one.dump(): one for one in chain})
    lists = {address for one in certificates.values() for address in _list_addresses(one)}
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=list(certificates.values()),
        crls=[found for address in sorted(lists)[:MOST_LISTS] for found in _list_at(address, cancelled)],
    )


def _list_addresses(certificate: Any) -> list[str]:
    try:
        return [
            url for point in certificate.crl_distribution_points for url in [point.url] if is_web_address(url)
        ]
    except (ValueError, TypeError, KeyError):
        return []


def _list_at(address: str, cancelled: Cancelled | None) -> list[Any]:
    """Empty where it cannot be had: the timestamp is worth no less."""
    from asn1crypto import crl

    try:
        found = crl.CertificateList.load(fetched(address, MOST_LIST, cancelled=cancelled), strict=True)
        _ = found["tbs_cert_list"]["issuer"].native
        return [found]
    except Stopped:
        raise
    except (OSError, ValueError, TypeError, HTTPException):
        return []
