"""Runs one command: results to stdout, messages to stderr, never a traceback."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from qsin_desktop.cli.parser import make_parser
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.logs import start_log
from qsin_desktop.settings import home_folder

DONE, REFUSED, INTERRUPTED = 0, 1, 130

log = logging.getLogger(__name__)


def run(argv: Sequence[str]) -> int:
    """Return the exit code; argparse itself ends wrong usage with 2."""
    _speak_utf8()
    given = make_parser().parse_args(list(argv))
    try:
        terminal = Terminal(given, home_folder(given.home))
        return int(given.command(given, terminal) or DONE)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Stopped. What was saved before is safe.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return REFUSED
    except Exception as fault:  # noqa: BLE001  # the last door: a bug must not reach the user as a traceback
        return _our_fault(fault, given.home)


def _our_fault(fault: Exception, home: Path | None) -> int:
    """A bug of ours: the details go to the log, the user gets one sentence."""
    path = start_log(home_folder(home))
    log.error("unexpected", exc_info=fault)
    where = f" Details are in {path}." if path else ""
    print(f"Something inside QSIN Desktop went wrong; what was saved before is safe.{where}", file=sys.stderr)
    return REFUSED


def _speak_utf8() -> None:
    """Consoles with a smaller alphabet must not stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _close_stdout() -> None:
    """The reader went away; keep Python from saying so once more on its way out."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
