"""Passwords and PINs for signing: from a file, from the environment, or asked for; never an argument."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.signing.refusals import WrongPassword

PASSWORD_VARIABLE = "QSIN_CREDENTIAL_PASSWORD"  # noqa: S105  # the variable's name
AUTHORITY_VARIABLE = "QSIN_AUTHORITY_PASSWORD"
PIN_VARIABLE = "QSIN_TOKEN_PIN"

_LONGEST = 4096
T = TypeVar("T")


class SecretMissing(Refusal):
    def __init__(self, what: str, variable: str, option: str) -> None:
        super().__init__(f"The {what} is needed: set {variable}, or give {option}. Nothing was done.")


class SecretFileUnfit(Refusal):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"The file “{shown(path.name)}” {why}; nothing was done.")


def read_secret(path: Path) -> str:
    """The first line of a file, or of what a shell hands over as one, without its end."""
    try:
        kind = path.stat().st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISFIFO(kind)):
            raise SecretFileUnfit(path, "is not a file")
        with path.open("rb") as file:
            text = file.read(_LONGEST).decode("utf-8-sig")
    except FileNotFoundError:
        raise SecretFileUnfit(path, "is not there") from None
    except OSError as fault:
        raise SecretFileUnfit(path, f"could not be read ({fault.strerror})") from fault
    except UnicodeDecodeError:
        raise SecretFileUnfit(path, "does not hold a password as text") from None
    return text.splitlines()[0] if text.strip() else ""


def opened_with(
    open_it: Callable[[str | None], T], name: str, *, file: Path | None, variable: str = PASSWORD_VARIABLE
) -> T:
    """Open a credential with what was given; one that wants a password nobody gave is asked about."""
    given = read_secret(file) if file is not None else os.environ.get(variable)
    try:
        return open_it(given)
    except WrongPassword:
        if given is not None or not sys.stdin.isatty():
            raise
    return open_it(ask(f"Password of {name}: "))


def token_pin(file: Path | None) -> str:
    if file is not None:
        return read_secret(file)
    given = os.environ.get(PIN_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise SecretMissing("PIN of the token", PIN_VARIABLE, "--pin-file")
    return ask("PIN of the token: ")


def new_password(file: Path | None) -> str:
    """For a credential that is being made; asked for twice."""
    if file is not None:
        return read_secret(file)
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise SecretMissing("password of the new credential", PASSWORD_VARIABLE, "--password-file")
    first = ask("A password for the new credential, at least 10 characters: ")
    if ask("The same again: ") != first:
        raise Refusal("The two passwords differ; nothing was made.")
    return first


def ask(question: str) -> str:
    try:
        return getpass.getpass(question)
    except EOFError:
        raise Refusal("Nothing was typed; nothing was done.") from None
