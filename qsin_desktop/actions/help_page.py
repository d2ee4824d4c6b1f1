"""The page that goes along with a signed report and tells whoever gets it how to check it."""

from __future__ import annotations

from pathlib import Path

from qsin_desktop.actions.outside import refuse_target
from qsin_desktop.assets import resource
from qsin_desktop.store.durable import write_aside

NAME = "verify-a-report.html"


def help_page() -> Path:
    """Where the page lies in the program itself; one file, which needs no network and no other file."""
    return resource("help") / NAME


def save(path: Path) -> None:
    """Put a copy beside the report. Raises `CannotWriteThere` and a disk's refusal."""
    refuse_target(path)
    write_aside(path, help_page().read_bytes())
