"""The child process that speaks with a card or key fob. It keeps nothing; the PIN comes by its stdin only.

On stdin: one JSON line {"do": "look" | "open" | "sign", "module", …}. On stdout: one JSON line, with
`refused` where the token did not do it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, BinaryIO

from cryptography import x509

from qsin_desktop.signing.refusals import TokenUnusable
from qsin_desktop.signing.token_place import TokenPlace
from qsin_desktop.signing.token_work import Found, certificate_on, signature_by, tokens_of
from qsin_desktop.system.limits import leave_no_memory_behind

WORKER_WORD = "--token-worker"  # the program called with it is the child


def serve(requests: BinaryIO, answers: BinaryIO) -> int:
    leave_no_memory_behind()
    asked = json.loads(requests.readline())
    with os.fdopen(_own_stdout(answers), "wb") as out:
        try:
            answer = _done(asked)
        except TokenUnusable as refusal:
            answer = {"refused": [refusal.why, refusal.advice]}
        except Exception as fault:  # noqa: BLE001  # a module may do anything; its words may hold the PIN
            answer = {"failed": type(fault).__name__}
        out.write(json.dumps(answer).encode() + b"\n")
    return 0


def _done(asked: dict[str, Any]) -> dict[str, Any]:
    from cryptography.hazmat.primitives.serialization import Encoding

    module = Path(asked["module"])
    if asked["do"] == "look":
        return {"tokens": tokens_of(module)}
    place = TokenPlace(module, asked["label"], asked["certificate"])
    if asked["do"] == "open":
        found = certificate_on(place, asked["pin"])
        der = found.certificate.public_bytes(Encoding.DER)
        return {"der": der.hex(), "label": found.label, "identifier": found.identifier.hex()}
    certificate = x509.load_der_x509_certificate(bytes.fromhex(asked["der"]))
    found = Found(certificate, asked["key_label"], bytes.fromhex(asked["key_id"]))
    made = signature_by(place, asked["pin"], found, bytes.fromhex(asked["data"]), asked["digest"])
    return {"signature": made.hex()}


def _own_stdout(answers: BinaryIO) -> int:
    """What a maker's module prints must not get between the answers."""
    own = os.dup(answers.fileno())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)
    return own
