"""Make a credential to sign with, tell what one is worth, and decide whom to trust."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qsin_desktop.actions import credentials, trusting
from qsin_desktop.cli import secrets
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.signatures import CredentialFacts, CredentialKind

_WHAT = {
    CredentialKind.SELF_SIGNED: "a self-signed credential",
    CredentialKind.ISSUED: "a credential issued by",
    CredentialKind.AUTHORITY: "the credential of an issuing body,",
}


def new(given: argparse.Namespace, terminal: Terminal) -> None:
    facts = credentials.make_self_signed(
        given.out,
        name=given.for_,
        organisation=given.organisation,
        password=secrets.new_password(given.password_file),
        days=given.days,
    )
    _made(given.out, facts, terminal)


def authority(given: argparse.Namespace, terminal: Terminal) -> None:
    facts = credentials.make_authority(
        given.out, name=given.for_, password=secrets.new_password(given.password_file), days=given.days
    )
    _made(given.out, facts, terminal)


def issue(given: argparse.Namespace, terminal: Terminal) -> None:
    password = secrets.new_password(given.password_file)

    def made(authority_password: str | None) -> CredentialFacts:
        return credentials.issue_credential(
            given.out,
            authority=given.authority,
            authority_password=authority_password,
            name=given.for_,
            organisation=given.organisation,
            password=password,
            days=given.days,
        )

    facts = secrets.opened_with(
        made,
        given.authority.name,
        file=given.authority_password_file,
        variable=secrets.AUTHORITY_VARIABLE,
    )
    _made(given.out, facts, terminal)


def show(given: argparse.Namespace, terminal: Terminal) -> None:
    facts = secrets.opened_with(
        lambda password: credentials.describe(given.file, password), given.file.name, file=given.password_file
    )
    terminal.answer("\n".join([f"{given.file}: {_named(facts)}", *_told(facts)]), credential_json(facts))


def trust(given: argparse.Namespace, terminal: Terminal) -> None:
    kept = trusting.trust(terminal.home, given.certificate)
    words = [f"Trusted from now on, on this laptop: {_named(facts)}." for facts in kept]
    terminal.answer("\n".join(words), {"trusted": [credential_json(facts) for facts in kept]})


def distrust(given: argparse.Namespace, terminal: Terminal) -> None:
    gone = trusting.distrust(terminal.home, given.fingerprint)
    terminal.answer(f"Not trusted any more: {_named(gone)}.", {"removed": credential_json(gone)})


def trusted(_given: argparse.Namespace, terminal: Terminal) -> None:
    kept = trusting.trusted(terminal.home)
    lines = [f"{_named(facts)}, fingerprint {facts.fingerprint}" for facts in kept]
    words = "\n".join(lines) or "No certificate is trusted on this laptop yet."
    terminal.answer(words, {"trusted": [credential_json(facts) for facts in kept]})


def _made(out: Path, facts: CredentialFacts, terminal: Terminal) -> None:
    beside = credentials.certificate_beside(out)
    lines = [
        (
            f"Made {out}: {_named(facts)}. Keep it to yourself; whoever has it and its password can sign as "
            f"{facts.name}."
        ),
        f"Made {beside}: its certificate, without any secret. Give it to those who check signatures.",
        *_told(facts),
    ]
    values = {"file": str(out), "certificate": str(beside), "credential": credential_json(facts)}
    terminal.answer("\n".join(lines), values)


def _named(facts: CredentialFacts) -> str:
    what = _WHAT[facts.kind]
    if facts.kind is CredentialKind.ISSUED:
        what = f"{what} {facts.issuer},"
    return (
        f"{what} for {facts.name}" if facts.kind is not CredentialKind.AUTHORITY else f"{what} {facts.name}"
    )


def _told(facts: CredentialFacts) -> list[str]:
    return [f"Valid from {facts.valid_from[:10]} to {facts.valid_until[:10]}.", credentials.worth(facts)]


def credential_json(facts: CredentialFacts) -> dict[str, Any]:
    """Also where a signature names the credential it was made with."""
    return {**asdict(facts), "kind": facts.kind.value}
