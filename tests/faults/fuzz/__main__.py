"""The long run over foreign files: each target for so many seconds, counts printed, what broke it kept.

    python -m tests.faults.fuzz [TARGET...] [--seconds 300] [--seed N] [--by-chance] [--keep FOLDER]

Led by coverage where atheris is installed (Linux); by chance elsewhere, and for what is no single file.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.fuzz.by_chance import Tally, fast_place, limit_memory, run
from tests.faults.fuzz.targets import TARGETS, Target

_TRIED = re.compile(r"stat::number_of_executed_units:\s*(\d+)|^Done (\d+) runs", re.MULTILINE)
_SEED = 20261124


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    asked.add_argument("--seconds", type=int, default=300)
    asked.add_argument("--seed", type=int, default=_SEED)
    asked.add_argument("--by-chance", action="store_true")
    asked.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    given = asked.parse_args()
    found = 0
    for name in given.targets or TARGETS:
        target, start = TARGETS[name], time.monotonic()
        led = not given.by_chance and target.by_coverage and importlib.util.find_spec("atheris") is not None
        tally = _led(target, given.seconds, given.keep) if led else _unled(target, given.seconds, given.seed)
        for content, said in tally.found:
            _keep(given.keep, name, content, said)
        found += len(tally.found)
        row = {
            "target": name,
            "engine": "atheris" if led else "chance",
            "tried": tally.tried,
            "found": len(tally.found),
            "seconds": round(time.monotonic() - start),
            "what": sorted({said for _, said in tally.found}),
        }
        print(json.dumps(row, ensure_ascii=False), flush=True)
    return 1 if found else 0


def _unled(target: Target, seconds: int, seed: int) -> Tally:
    limit_memory()
    return run(target, seed=seed, seconds=seconds)


def _led(target: Target, seconds: int, keep: Path) -> Tally:
    """libFuzzer ends at the first fault; it is started again until the time is over."""
    tally, end = Tally(), time.monotonic() + seconds
    while (left := int(end - time.monotonic())) > 0 and len(tally.found) < 50:
        with tempfile.TemporaryDirectory(dir=fast_place()) as folder:
            ran = subprocess.run(
                [sys.executable, "-m", "tests.faults.fuzz.by_coverage", target.name, str(left), folder],
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            tally.tried += max((int(a or b) for a, b in _TRIED.findall(ran.stderr)), default=0)
            artefacts = [path for path in Path(folder).iterdir() if path.is_file()]
            tally.found += [(path.read_bytes(), _said(ran, path)) for path in artefacts]
        if ran.returncode and not artefacts:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{target.name}.log").write_text(ran.stdout + ran.stderr, encoding="utf-8")
            tally.found.append((b"", f"the fuzzer ended by itself with {ran.returncode}"))
            break
    return tally


def _said(ran: subprocess.CompletedProcess[str], path: Path) -> str:
    raised = re.findall(
        r"^((?:[\w.]+)(?:Error|Exception|Slow|Iteration)\b.*)$", ran.stdout + ran.stderr, re.MULTILINE
    )
    return f"{path.name.partition('-')[0]}: {raised[-1] if raised else ''}"[:300]


def _keep(folder: Path, name: str, content: bytes, said: str) -> None:
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    stem = hashlib.sha256(content).hexdigest()[:12]
    (place / f"{stem}.bin").write_bytes(content)
    (place / f"{stem}.txt").write_text(said + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
