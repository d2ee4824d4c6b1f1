"""What a command needs of its surroundings: who is asking, how a visit is opened, where the answer goes."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from qsin_desktop.actions.founding import Protection
from qsin_desktop.actions.keeping_keys import kept_recovery_public
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.cli.words import harmless
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.store.faults import DiskFull
from qsin_desktop.store.identity import Identity, NameNeeded, checked_name
from qsin_desktop.store.keys import NoKeyGiven
from qsin_desktop.store.writer_lock import LockedByOther
from qsin_desktop.system.child import PASSPHRASE_VARIABLE

T = TypeVar("T")


class AnotherPerson(Refusal):
    def __init__(self, kept: str, given: str) -> None:
        super().__init__(
            f"This computer knows you as {kept}, not as {shown(given)}. Give that name, or another --home."
        )


class NameUnknown(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Your name is not known here yet and stands beside everything you write; give it with --name."
        )


class AnswerLost(Refusal):
    def __init__(self, fault: OSError) -> None:
        super().__init__(
            f"The answer could not be written ({fault.strerror}); what the command did is done and safe."
        )


class NothingTyped(Refusal):
    def __init__(self) -> None:
        super().__init__("No passphrase was typed; nothing was changed.")


class Terminal:
    """One command's surroundings."""

    def __init__(self, given: argparse.Namespace, home: Path) -> None:
        self.home = home
        self.as_json = bool(given.json)
        self._name: str | None = given.name
        self._key_file: Path | None = given.key_file
        self._asked_once: Unlocking | None = None

    # ---- who and which visit ----------------------------------------------------------------------

    def identity(self, name: str | None = None) -> Identity:
        """The person of this home, made on first use; raises `NameNeeded` or `AnotherPerson`."""
        wanted = self._name if name is None else name
        if wanted is not None:
            wanted = checked_name(wanted)
        try:
            kept = Identity.load_or_create(self.home, wanted)
        except NameNeeded:
            raise NameUnknown from None
        if wanted is not None and wanted != kept.name:
            raise AnotherPerson(kept.name, wanted)
        return kept

    @contextmanager
    def writing(self, visit: Path) -> Iterator[OpenVisit]:
        """Raises `LockedByOther` while another program writes it."""
        with self._opened(visit, self.identity(), reading=False) as opened:
            yield opened
            if not (opened.confirmed or opened.read_only):
                self.tell(
                    "The lead has not confirmed this laptop yet: what you write here is kept and waits "
                    "until then."
                )

    @contextmanager
    def reading(self, visit: Path) -> Iterator[OpenVisit]:
        """Beside another program that writes, and before anybody's name is known here."""
        try:
            identity = Identity.load_or_create(self.home, None)
        except NameNeeded:
            identity = Identity.from_seed(secrets.token_bytes(32), "", "A reader")
        with self._opened(visit, identity, reading=True) as opened:
            yield opened

    @contextmanager
    def writing_if_free(self, visit: Path, otherwise: str) -> Iterator[OpenVisit]:
        """For work; for reading, which is told, beside another program, on a full disk or as a stranger."""
        with ExitStack() as stack:
            try:
                opened = stack.enter_context(self.writing(visit))
            except (LockedByOther, NameUnknown, DiskFull) as refusal:
                opened = stack.enter_context(self.reading(visit))
                self.tell(f"{refusal.sentence} {otherwise}")
            yield opened

    def _opened(self, visit: Path, identity: Identity, *, reading: bool) -> OpenVisit:
        opened = self.with_key(
            lambda key: open_visit(visit, identity=identity, unlocking=key, reading=reading)
        )
        if opened.mended:
            self.tell(opened.mended)
        return opened

    def with_key(self, act: Callable[[Unlocking], T]) -> T:
        """What was given opens it; the passphrase is asked for where that does not."""
        try:
            return act(self._asked_once or Unlocking(os.environ.get(PASSPHRASE_VARIABLE), self._key_file))
        except NoKeyGiven:
            if not sys.stdin.isatty():
                raise
        self._asked_once = Unlocking(asked("Passphrase: "))
        return act(self._asked_once)

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
        first = asked("A new passphrase, at least 10 characters: ")
        if asked("The same again: ") != first:
            raise Refusal("The two passphrases differ; nothing was made.")
        return first

    def protection(self) -> Protection:
        """Of a new visit: passphrase or key file, and the body's recovery key where this home keeps one."""
        return Protection(
            passphrase=self.new_passphrase(),
            key_file=self._key_file,
            recovery_public=kept_recovery_public(self.home),
        )

    @property
    def key_file(self) -> Path | None:
        return self._key_file

    # ---- answers ----------------------------------------------------------------------------------

    def answer(self, words: str, values: Mapping[str, Any]) -> None:
        """To stdout: `words` for a person, `values` as JSON with --json."""
        if self.as_json:
            _write(json.dumps(values, ensure_ascii=False))
        else:
            self.say(words)

    def changed(self, change: Change, **more: Any) -> None:
        """The answer to a command that wrote something."""
        words = change.name or "Nothing to change"
        self.answer(words, {"done": change.name, "act": change.act, "at": change.at, **more})

    def say(self, words: str) -> None:
        """To stdout, for a person."""
        _write(harmless(words))

    def tell(self, words: str) -> None:
        """A message beside the answer, to stderr, on one line."""
        say_sentence(words)


def asked(question: str) -> str:
    """A secret, typed unseen. Raises `NothingTyped`."""
    try:
        return getpass.getpass(question)
    except EOFError:
        raise NothingTyped from None


def say_sentence(words: str) -> None:
    """To stderr, on one line whatever is in it."""
    print(harmless(" ".join(words.split())), file=sys.stderr)


def _write(text: str) -> None:
    try:
        print(text)
    except OSError as fault:
        raise _lost(fault) from fault
    flush_answer()


def flush_answer() -> None:
    """Raises `BrokenPipeError` when the reader of stdout went away, `AnswerLost` when its disk is full."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as fault:
        raise _lost(fault) from fault


def _lost(fault: OSError) -> Exception:
    """Also keeps Python from trying, and saying so, once more on its way out."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return fault if isinstance(fault, BrokenPipeError) else AnswerLost(fault)
