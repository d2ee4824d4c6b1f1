"""Times of the exchange, one JSON line a phase, under the names that other systems' timings have.

    python -m tests.sync.bench [--changes N] [--small N] [--big N] [--bundle N] [--place DIR]

Two laptops meet at a folder: `push` is what the first waits for, `pull` the second. `copy_*` is the floor for
evidence: the same files copied with SHA-256 and flushed. Asserts nothing.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qsin_desktop.actions import evidence, planning, rating
from qsin_desktop.actions.exchanging import receive, receive_new, write_bundle
from qsin_desktop.actions.founding import Protection
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Act, Draft
from tests.founding import CHEAP, PEER, copy_of, found_small_visit, opened
from tests.sync.team import Stick, meet

SMALL_BYTES, BIG_BYTES = 200_000, 20_000_000
_AT_ONCE = 500


def main() -> int:
    given = _parser().parse_args()
    if given.pull:
        return _pull_alone(*given.pull)
    with _scratch(given.place) as place:
        founded = found_small_visit(place / "Bench 2026.qsin")
        with opened(founded) as lead:
            planning.confirm_device(lead, device=PEER.device, person=PEER.person)
        _changes(founded, place / "changes", given.changes)
        _files(founded, place / "small", "small", given.small, SMALL_BYTES)
        _files(founded, place / "big", "big", given.big, BIG_BYTES)
        _bundles(founded, place / "bundles", given.bundle)
        _memory(founded, place / "memory", given.changes, max(1, given.big // 5))
    return 0


def _memory(founded: Path, place: Path, changes: int, files: int) -> None:
    """Of one laptop that takes all of it, in a process of its own."""
    content = place / "file.bin"
    with _two(founded, place) as (one, two, stick):
        write_many(one, _gaps(changes, "Memory"))
        for _ in range(files):
            content.write_bytes(os.urandom(BIG_BYTES))
            evidence.attach_prepared(one, evidence.prepare(one.pieces, content))
        meet(one, stick)
        path = two.folder.path
    words = [sys.executable, "-m", "tests.sync.bench", "--pull", str(path), str(stick.path)]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    say("peak_memory", client_mb=int(told))


def _pull_alone(path: str, stick: str) -> int:
    with opened(Path(path), PEER) as visit:
        meet(visit, Stick(Path(stick)))
        print(_peak_mb())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Times of the exchange, one JSON line a phase.")
    parser.add_argument("--changes", type=int, default=int(os.environ.get("PEER_CHANGES", "10000")))
    parser.add_argument("--small", type=int, default=int(os.environ.get("PEER_SMALL_N", "500")))
    parser.add_argument("--big", type=int, default=int(os.environ.get("PEER_BIG_N", "50")))
    parser.add_argument("--bundle", type=int, default=20_000)
    parser.add_argument("--pull", nargs=2, metavar=("VISIT", "FOLDER"), help=argparse.SUPPRESS)
    work = os.environ.get("PEER_WORK")
    parser.add_argument("--place", type=Path, default=Path(work) if work else None)
    return parser


def say(phase: str, seconds: float | None = None, **more: float) -> None:
    line: dict[str, object] = {"peer": "ours", "phase": phase}
    if seconds is not None:
        line["seconds"] = round(seconds, 4)
    print(json.dumps({**line, **more}), flush=True)


def timed(phase: str, act: Callable[[], object], **more: float) -> float:
    gc.collect()
    start, cpu = time.perf_counter(), time.process_time()
    act()
    seconds = time.perf_counter() - start
    say(phase, seconds, cpu=round(time.process_time() - cpu, 4), **more)
    return seconds


@contextmanager
def _scratch(place: Path | None) -> Iterator[Path]:
    if place is not None:
        place.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix="qsin-bench-", dir=place))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _two(founded: Path, place: Path) -> Iterator[tuple[OpenVisit, OpenVisit, Stick]]:
    """Two laptops that have met once at an empty folder."""
    stick = Stick(place / "stick")
    stick.path.mkdir(parents=True)
    with opened(copy_of(founded, place / "one")) as one, opened(copy_of(founded, place / "two"), PEER) as two:
        for _ in range(3):
            meet(one, stick)
            meet(two, stick)
        yield one, two, stick


def write_many(visit: OpenVisit, drafts: Iterable[Draft]) -> None:
    """As the program writes them, many to a commit."""
    held: list[Draft] = []
    for draft in drafts:
        held.append(draft)
        if len(held) == _AT_ONCE:
            _write(visit, held)
            held = []
    if held:
        _write(visit, held)


def _write(visit: OpenVisit, drafts: list[Draft]) -> None:
    visit.write_act(Act(visit.new_id()[:16], "Write many"), drafts)


def _gaps(number: int, words: str) -> Iterator[Draft]:
    for at in range(number):
        text = f"{words} {at}: what was seen on site and what the requirement says, in a sentence or two."
        yield Draft(FieldKey("finding", f"bench{at:08d}", "gap"), text)


def _changes(founded: Path, place: Path, number: int) -> None:
    with _two(founded, place) as (one, two, stick):
        for phase, words in (("initial", "First"), ("edit", "Second")):
            write_many(one, _gaps(number, words))
            timed(f"changes_push_{phase}", lambda: meet(one, stick), n=number)
            timed(f"changes_pull_{phase}", lambda: meet(two, stick), n=number)
        _rest(one, two, stick)
        timed("changes_noop", lambda: meet(one, stick))
        rating.rate(one, criterion="IN-301.a", rating="met")
        timed("changes_push_one", lambda: meet(one, stick))
        timed("changes_pull_one", lambda: meet(two, stick))


def _rest(one: OpenVisit, two: OpenVisit, stick: Stick) -> None:
    for _ in range(3):
        meet(one, stick)
        meet(two, stick)


def _files(founded: Path, place: Path, name: str, number: int, size: int) -> None:
    files = place / "files"
    files.mkdir(parents=True)
    for at in range(number):
        (files / f"{at:04d}.bin").write_bytes(os.urandom(size))
    with _two(founded, place) as (one, two, stick):
        for path in sorted(files.iterdir()):
            evidence.attach_prepared(one, evidence.prepare(one.pieces, path))
        timed(f"copy_{name}", lambda: _copied(files, place / "copy"), n=number)
        timed(f"{name}_push", lambda: meet(one, stick), n=number)
        timed(f"{name}_pull", lambda: meet(two, stick), n=number)
        _rest(one, two, stick)
        timed(f"{name}_noop", lambda: meet(one, stick))


def _copied(files: Path, to: Path) -> None:
    """The floor: read, hash, write, flush."""
    to.mkdir()
    for path in sorted(files.iterdir()):
        content = path.read_bytes()
        hashlib.sha256(content).hexdigest()
        with (to / path.name).open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())


def _bundles(founded: Path, place: Path, number: int) -> None:
    with _two(founded, place) as (one, two, _):
        write_many(one, _gaps(number, "Bundle"))
        bundle = place / "one.qsinx"
        timed("bundle_out", lambda: write_bundle(one, bundle), n=number)
        timed("bundle_in", lambda: receive(two, bundle), n=number)
        timed("bundle_in_again", lambda: receive(two, bundle), n=number)
        timed("bundle_in_new", lambda: _new(bundle, place / "New.qsin"), n=number)


def _new(bundle: Path, path: Path) -> None:
    protection = Protection("four plain words here", cost=CHEAP)
    receive_new(bundle, path, identity=PEER, protection=protection)[0].close()


def _peak_mb() -> int:
    """Of this process alone; what `getrusage` says on Linux begins with the peak of who started it."""
    status = Path("/proc/self/status")
    if status.exists():
        told = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(told.split()[1]) * 1024 // 1_000_000
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000)


if __name__ == "__main__":
    raise SystemExit(main())
