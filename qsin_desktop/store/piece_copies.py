"""Copies of exhibits' pieces in another folder: encrypted as they are, each once, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import is_there, make_folder, write_aside
from qsin_desktop.store.faults import DiskFull, refusal_for
from qsin_desktop.store.piece_places import PiecePlaces, PieceState

_SPARE = 16 << 20

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def copy_pieces(
    source: Path,
    target: Path,
    data_key: DataKey,
    pieces: Iterable[str],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[int, int]:
    """From one exhibits folder to another: how many were copied, and how many are not there or not whole.

    What is there already stays. When `cancelled`, what was copied until then stays too. Raises a disk's
    refusal.
    """
    wanted = list(dict.fromkeys(pieces))
    here, there = PiecePlaces(source, data_key), PiecePlaces(target, data_key)
    copied = lacking = 0
    for done, sha256 in enumerate(wanted):
        if cancelled is not None and cancelled():
            break
        if progress is not None:
            progress(done, len(wanted))
        path = there.path_of(sha256)
        if is_there(path):
            continue
        if here.state(sha256) is not PieceState.HERE:
            lacking += 1
            continue
        _copy(here.path_of(sha256), path, target)
        copied += 1
    return copied, lacking


def _copy(path: Path, to: Path, target: Path) -> None:
    try:
        size = path.stat().st_size
        if shutil.disk_usage(target).free < size + _SPARE:
            raise DiskFull(
                f"“{target.parent.name}” has no room for more exhibits; those copied before are whole. Free "
                "some space and try again."
            )
        make_folder(to.parent)
        with path.open("rb") as file:
            write_aside(to, file)
    except OSError as fault:
        raise refusal_for(fault, "A file of an exhibit could not be copied") from fault
