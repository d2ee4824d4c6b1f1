"""Runs one command: results to stdout, messages to stderr, never a traceback."""

from __future__ import annotations

import argparse
import io
import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from qsin_desktop.cli.parser import make_parser
from qsin_desktop.cli.terminal import Terminal, flush_answer, say_sentence
from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.logs import start_log
from qsin_desktop.settings import home_folder
from qsin_desktop.store.faults import fault_of_a_place

_REPAIR = "“qsin-desktop check VISIT --repair” mends what can be mended."
DONE, REFUSED, INTERRUPTED = 0, 1, 130

log = logging.getLogger(__name__)


def run(argv: Sequence[str]) -> int:
    """Return the exit code; argparse itself ends wrong usage with 2."""
    _speak_utf8()
    given = _understood(argv)
    try:
        code = int(given.command(given, Terminal(given, home_folder(given.home))) or DONE)
        flush_answer()
        return code
    except Damage as damage:
        say_sentence(f"{damage.sentence} {_REPAIR}")
        return REFUSED
    except Refusal as refusal:
        say_sentence(refusal.sentence)
        return REFUSED
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # below the line that told how far it was
        say_sentence("Stopped. What was saved before is safe.")
        return INTERRUPTED
    except BrokenPipeError:  # the reader went away, as head does; nobody is there to be told
        return REFUSED
    except Exception as fault:  # noqa: BLE001  # the last door: a bug must not reach the user as a traceback
        return _our_fault(fault, given.home)


def _understood(argv: Sequence[str]) -> argparse.Namespace:
    try:
        return make_parser().parse_args(list(argv))
    except SystemExit:
        with suppress(Refusal, BrokenPipeError):
            flush_answer()
        raise


def _our_fault(fault: Exception, home: Path | None) -> int:
    """A bug of ours: the details go to the log, the user gets one sentence. A share that dropped is none."""
    of_a_place = fault_of_a_place(fault)
    if of_a_place is not None:
        say_sentence(of_a_place.sentence)
        return REFUSED
    path = start_log(home_folder(home))
    log.error("unexpected", exc_info=fault)
    where = f" Details are in {path}." if path else ""
    say_sentence(f"Something inside QSIN Desktop went wrong; what was saved before is safe.{where}")
    return REFUSED


def _speak_utf8() -> None:
    """Consoles with a smaller alphabet must not stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
