"""What a command needs of its surroundings: who is asking, how a visit is opened, where the answer goes."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.identity import Identity, NameNeeded
from qsin_desktop.store.keys import NoKeyGiven

PASSPHRASE_VARIABLE = "QSIN_PASSPHRASE"  # noqa: S105  # the variable's name


class AnotherPerson(Refusal):
    def __init__(self, kept: str, given: str) -> None:
        super().__init__(
            f"This computer knows you as {kept}, not as {given}. Leave the name out, or give another --home."
        )


class Terminal:
    """One command's surroundings."""

    def __init__(self, given: argparse.Namespace, home: Path) -> None:
        self.home = home
        self.as_json = bool(given.json)
        self._name: str | None = given.name
        self._key_file: Path | None = given.key_file

    # ---- who and which visit ----------------------------------------------------------------------

    def identity(self, name: str | None = None) -> Identity:
        """The person of this home, made on first use; raises `NameNeeded` or `AnotherPerson`."""
        wanted = name or self._name
        try:
            kept = Identity.load_or_create(self.home, wanted)
        except NameNeeded:
            raise Refusal(
                "Your name is not known here yet and stands beside everything you write; give it with --name."
            ) from None
        if wanted and wanted.strip() != kept.name:
            raise AnotherPerson(kept.name, wanted)
        return kept

    @contextmanager
    def writing(self, visit: Path) -> Iterator[OpenVisit]:
        with self._opened(visit, self.identity(), reading=False) as opened:
            yield opened

    @contextmanager
    def reading(self, visit: Path) -> Iterator[OpenVisit]:
        """Beside another program that writes, and before anybody's name is known here."""
        try:
            identity = Identity.load_or_create(self.home, None)
        except NameNeeded:
            identity = Identity.from_seed(secrets.token_bytes(32), "", "A reader")
        with self._opened(visit, identity, reading=True) as opened:
            yield opened

    def _opened(self, visit: Path, identity: Identity, *, reading: bool) -> OpenVisit:
        given = Unlocking(os.environ.get(PASSPHRASE_VARIABLE), self._key_file)
        try:
            return open_visit(visit, identity=identity, unlocking=given, reading=reading)
        except NoKeyGiven:
            if not sys.stdin.isatty():
                raise
        asked = Unlocking(getpass.getpass("Passphrase: "))
        return open_visit(visit, identity=identity, unlocking=asked, reading=reading)

    def new_passphrase(self) -> str | None:
        """From the environment, or asked for twice; None where a key file is to open the visit."""
        given = os.environ.get(PASSPHRASE_VARIABLE)
        if given is not None or self._key_file is not None:
            return given
        if not sys.stdin.isatty():
            raise Refusal(
                f"A new visit needs a passphrase: set {PASSPHRASE_VARIABLE}, or give --key-file "
                "for automation."
            )
        first = getpass.getpass("A new passphrase, at least 10 characters: ")
        if getpass.getpass("The same again: ") != first:
            raise Refusal("The two passphrases differ; nothing was made.")
        return first

    @property
    def key_file(self) -> Path | None:
        return self._key_file

    # ---- answers ----------------------------------------------------------------------------------

    def answer(self, words: str, values: Mapping[str, Any]) -> None:
        """To stdout: `words` for a person, `values` as JSON with --json."""
        print(json.dumps(values, ensure_ascii=False) if self.as_json else words)

    def changed(self, change: Change, **more: Any) -> None:
        """The answer to a command that wrote something."""
        words = change.name or "Nothing to change"
        self.answer(words, {"done": change.name, "act": change.act, "at": change.at, **more})

    def tell(self, words: str) -> None:
        """A message beside the answer, to stderr."""
        print(words, file=sys.stderr)
