"""The log: faults and warnings in a small rotating file in the home folder, never on the screen.

It may be sent to support, so nothing personal gets in: our own messages carry kinds and numbers only,
other libraries' messages are left out, a traceback keeps its places but not the exception's words, and the
user's home folder is written `~`.
"""

from __future__ import annotations

import copy
import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LOG_NAME = "qsin-desktop.log"
_OURS = "qsin_desktop"
_BYTES_EACH = 256 * 1024
_OLD_ONES_KEPT = 3

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def start_log(home: Path) -> Path | None:
    """Send warnings and worse to a file in `home` and answer its path; None when it cannot be written."""
    stop_log()
    path = home / LOG_NAME
    handler: logging.Handler
    try:
        home.mkdir(parents=True, exist_ok=True)
        handler = _QuietFile(path, maxBytes=_BYTES_EACH, backupCount=_OLD_ONES_KEPT, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.set_name(_OURS)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return path if isinstance(handler, _QuietFile) else None


def stop_log() -> None:
    """Close the file; a second call does nothing."""
    root = logging.getLogger()
    for handler in [h for h in root.handlers if h.get_name() == _OURS]:
        root.removeHandler(handler)
        handler.close()


class _QuietFile(RotatingFileHandler):
    """A full disk, or a second window that holds the file, must not print into the user's terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        pass


class _Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        ours = copy.copy(record)
        ours.exc_text = ours.stack_info = None  # another handler may have put the full text there
        return super().format(ours)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        if not (record.name == _OURS or record.name.startswith(f"{_OURS}.")):
            record.message = f"(message left out) {record.module}:{record.lineno}"
        return _without_home(super().formatMessage(record))

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 (logging's name)
        return _without_home("\n".join(_places(ei[1]))) if ei[1] else ""


def _places(error: BaseException) -> list[str]:
    """Each exception of the chain, oldest first: its type, then where it passed."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = traceback.extract_tb(error.__traceback__)
    here = [f"{type(error).__name__}"] + [f"  {f.filename}:{f.lineno} {f.name}" for f in frames]
    return (_places(earlier) if earlier else []) + here


def _without_home(text: str) -> str:
    return text.replace(str(Path.home()), "~")
