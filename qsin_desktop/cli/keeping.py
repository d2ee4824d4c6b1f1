"""Change a visit's passphrase, and the recovery key of the accreditation body."""

from __future__ import annotations

import argparse
import os
import sys

from qsin_desktop.actions import keeping_keys
from qsin_desktop.cli.terminal import NameUnknown, Terminal, asked
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.system.child import PASSPHRASE_VARIABLE

NEW_VARIABLE = "QSIN_NEW_PASSPHRASE"
RECOVERY_VARIABLE = "QSIN_RECOVERY_PASSPHRASE"


class NoNewPassphrase(Refusal):
    def __init__(self, variable: str) -> None:
        super().__init__(f"Nobody is there to type a passphrase; set {variable}. Nothing was changed.")


class NoRecoveryKeyKept(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This computer keeps no recovery key of an accreditation body; give the file of its public key."
        )


def passphrase(given: argparse.Namespace, terminal: Terminal) -> None:
    old = _given_or_asked(PASSPHRASE_VARIABLE, "The passphrase it has now: ")
    new = _new()
    change = keeping_keys.change_passphrase(
        given.visit, old=old, new=new, person=_person(terminal), forget=given.forget_computers
    )
    words = (
        "The passphrase was changed, in the visit and its backups. Copies made before, on a stick or in a "
        "second place, still open with the old one."
    )
    if change.forgotten:
        words += f" Computers that remembered it ask again: {change.forgotten}."
    terminal.answer(words, {"done": "Change the passphrase", "forgotten": change.forgotten})


def recover(given: argparse.Namespace, terminal: Terminal) -> None:
    key_passphrase = os.environ.get(RECOVERY_VARIABLE)
    if key_passphrase is None and sys.stdin.isatty():
        key_passphrase = asked("The passphrase of the recovery key, empty for none: ") or None
    keeping_keys.recover(
        given.visit,
        private_file=given.recovery_key,
        key_passphrase=key_passphrase or None,
        new=_new(),
        person=_person(terminal),
    )
    words = "The visit has a new passphrase; the one that was lost opens it no more."
    terminal.answer(words, {"done": "Recover the visit"})


def _person(terminal: Terminal) -> str:
    """For whoever finds the visit in use; the body's own computer knows nobody's name, and need not."""
    try:
        return terminal.identity().name
    except NameUnknown:
        return ""


def new_key(given: argparse.Namespace, terminal: Terminal) -> None:
    public_file = given.public or given.private.with_name(given.private.name + ".pub")
    words = os.environ.get(RECOVERY_VARIABLE)
    if words is None and sys.stdin.isatty():
        words = asked("A passphrase for the private key, empty for none: ")
        if words and asked("The same again: ") != words:
            raise Refusal("The two passphrases differ; nothing was made.")
    public = keeping_keys.new_recovery_key(given.private, public_file, passphrase=words)
    told = keeping_keys.fingerprint(public)
    terminal.answer(
        f"Recovery key {told}\n"
        f"Private: {given.private}, keep it at the accreditation body, offline, and never on a laptop\n"
        f"Public: {public_file}, give it to every assessor",
        {"private": str(given.private), "public": str(public_file), "fingerprint": told},
    )


def use(given: argparse.Namespace, terminal: Terminal) -> None:
    public = keeping_keys.keep_recovery_public(terminal.home, given.public)
    told = keeping_keys.fingerprint(public)
    terminal.answer(
        f"Visits made here from now on can be recovered with the key {told}; compare it with the body's.",
        {"fingerprint": told},
    )


def show(_given: argparse.Namespace, terminal: Terminal) -> None:
    public = keeping_keys.kept_recovery_public(terminal.home)
    told = keeping_keys.fingerprint(public) if public else ""
    words = f"New visits can be recovered with the key {told}." if told else "New visits have none."
    terminal.answer(words, {"fingerprint": told})


def stop(_given: argparse.Namespace, terminal: Terminal) -> None:
    keeping_keys.forget_recovery_public(terminal.home)
    terminal.answer("Visits made here from now on have no recovery key.", {"fingerprint": ""})


def add(given: argparse.Namespace, terminal: Terminal) -> None:
    public = (
        keeping_keys.read_recovery_public(given.public)
        if given.public
        else keeping_keys.kept_recovery_public(terminal.home)
    )
    if public is None:
        raise NoRecoveryKeyKept
    with terminal.writing(given.visit) as visit:
        added = keeping_keys.add_recovery(visit, public)
    told = keeping_keys.fingerprint(public)
    words = f"The visit can be recovered with the key {told}" + ("." if added else " already.")
    terminal.answer(words, {"fingerprint": told, "added": added})


def _new() -> str:
    """From the environment, or typed twice."""
    given = os.environ.get(NEW_VARIABLE)
    if given is not None:
        return given
    first = _given_or_asked(NEW_VARIABLE, "A new passphrase, at least 10 characters: ")
    if asked("The same again: ") != first:
        raise Refusal("The two passphrases differ; nothing was changed.")
    return first


def _given_or_asked(variable: str, question: str) -> str:
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise NoNewPassphrase(variable)
    return asked(question)
