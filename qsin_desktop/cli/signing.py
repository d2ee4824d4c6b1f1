"""Sign a report, as one person or as several in a row, and add a timestamp to it later."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from qsin_desktop.actions import drawn_signatures, reporting, signing, stamping
from qsin_desktop.actions.credentials import Credential, TokenPlace, open_credential, open_token
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import Document, DocumentKind
from qsin_desktop.actions.signing import SignedFile, moment_words
from qsin_desktop.cli import secrets
from qsin_desktop.cli.credentials import credential_json
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.signatures import Appearance


class NoCredentialGiven(Refusal):
    def __init__(self) -> None:
        super().__init__("Say what to sign with: --p12 FILE, or --module FILE for a card or key fob.")


class WhoSigns(Refusal):
    def __init__(self, name: str, certificate: str) -> None:
        super().__init__(
            f"The credential “{shown(name)}” is in the name of {certificate}, who has no signature field of "
            "their own in this visit; say whose field it is for, as NAME=FILE. Nothing was sealed or signed."
        )


@dataclass(frozen=True)
class Hand:
    """Somebody who signs: the field, person or role that is meant, and the credential."""

    who: str
    credential: Credential


# ---- one signature --------------------------------------------------------------------------------------


def sign(given: argparse.Namespace, terminal: Terminal) -> None:
    credential = _credential(given)
    appearance = _appearance(given)
    with terminal.writing(given.visit) as visit:
        who = given.as_ or signing.signer_for(visit, credential)
        if not who:
            raise WhoSigns(credential.name, credential.facts.name)
        signed = signing.sign_report(
            visit, given.file, signer=who, credential=credential, appearance=appearance, out=given.out
        )
    terminal.answer("\n".join(_words(signed)), signature_json(signed))


def _credential(given: argparse.Namespace) -> Credential:
    if given.p12 is not None:
        return _open(given.p12, given.password_file)
    if given.module is None:
        raise NoCredentialGiven
    place = TokenPlace(given.module, given.token, given.certificate)
    return open_token(place, secrets.token_pin(given.pin_file))


def _open(path: Path, password_file: Path | None) -> Credential:
    return secrets.opened_with(
        lambda password: open_credential(path, password), path.name, file=password_file
    )


def _appearance(given: argparse.Namespace) -> Appearance:
    if given.drawn is not None:
        return Appearance(strokes=drawn_signatures.read_strokes(given.drawn))
    if given.picture is not None:
        return Appearance(image=drawn_signatures.read_picture(given.picture))
    return Appearance(typed=given.typed)


# ---- export and sign in one go --------------------------------------------------------------------------


def export_signed(
    visit: OpenVisit, path: Path, hands: Sequence[Hand], *, in_spite_of: str
) -> tuple[Document, list[SignedFile]]:
    """Seal the visit if it is not, make its final report, and let all sign it, the lead first."""
    snapshot = signing.seal_for_signing(visit, hands[0].credential, to=path, in_spite_of=in_spite_of)
    document = reporting.draw(snapshot, DocumentKind.REPORT, path)
    reporting.record_export(visit, document)
    signed = [signing.sign_report(visit, path, signer=hand.who, credential=hand.credential) for hand in hands]
    return document, signed


def hands_of(given: argparse.Namespace, visit: OpenVisit) -> list[Hand]:
    """From `--sign [NAME=]FILE`…, each opened before anything is sealed; the lead's first."""
    files = given.password_file or [None]
    if len(files) not in (1, len(given.sign)):
        raise Refusal("Give one --password-file for all, or one for each --sign in the same order.")
    files = files * len(given.sign) if len(files) == 1 else files
    hands: list[Hand] = []
    for word, password_file in zip(given.sign, files, strict=True):
        name, path = _named_file(word)
        credential = _open(path, password_file)
        who = name or signing.signer_for(visit, credential)
        if not who and not hands and visit.i_lead:
            who = "lead"  # the first is the lead's, whatever the certificate is called
        if not who:
            raise WhoSigns(path.name, credential.facts.name)
        hands.append(Hand(who, credential))
    signing.refuse_order(visit, [hand.who for hand in hands])
    return hands


def _named_file(word: str) -> tuple[str, Path]:
    """`Ada Assessor=ada.p12`, or the file alone; a file whose own name holds the sign is taken as it is."""
    name, equals, file = word.partition("=")
    if not equals or Path(word).is_file():
        return "", Path(word)
    return name.strip(), Path(file)


# ---- later ----------------------------------------------------------------------------------------------


def timestamp(given: argparse.Namespace, terminal: Terminal) -> None:
    if given.visit is None:
        stamped = stamping.stamp_report(given.file, authority=given.authority, out=given.out)
    else:
        with terminal.writing(given.visit) as visit:
            stamped = stamping.stamp_report(given.file, authority=given.authority, out=given.out, visit=visit)
    one = stamped.signatures == 1
    before = (
        "1 signature, which stays as it is"
        if one
        else f"{stamped.signatures} signatures, which stay as they are"
    )
    words = (
        f"{stamped.path}: timestamp of {moment_words(datetime.fromisoformat(stamped.at))} by "
        f"{stamped.authority} added after {before}.\nSHA-256 {stamped.sha256}"
    )
    values = {
        "file": str(stamped.path),
        "sha256": stamped.sha256,
        "stamped_at": stamped.at,
        "authority": stamped.authority,
        "signatures": stamped.signatures,
    }
    terminal.answer(words, values)


# ---- words ----------------------------------------------------------------------------------------------


def _words(signed: SignedFile) -> list[str]:
    facts = signed.credential
    lines = [
        (
            f"{signed.path}: signed as {signed.name} ({signed.slot.purpose}) with {facts.words}, "
            f"signature {signed.signatures} of this report."
        ),
        f"SHA-256 {signed.sha256}",
    ]
    if " ".join(facts.name.split()).casefold() != " ".join(signed.name.split()).casefold():
        lines.insert(1, f"Mind that the credential is in the name of {facts.name}; the report says so.")
    return lines


def signed_words(signed: Sequence[SignedFile]) -> list[str]:
    return [line for one in signed for line in _words(one)]


def signature_json(signed: SignedFile) -> dict[str, Any]:
    return {
        "file": str(signed.path),
        "sha256": signed.sha256,
        "version": signed.known.version,
        "signatures": signed.signatures,
        "field": signed.slot.field,
        "role": signed.slot.role.value,
        "name": signed.name,
        "credential": credential_json(signed.credential),
    }
