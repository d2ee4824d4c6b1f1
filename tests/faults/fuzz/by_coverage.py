"""Feeds a target what libFuzzer makes of its files, led by the lines it reaches (atheris, Linux).

python -m tests.faults.fuzz.by_coverage TARGET SECONDS FINDINGS_FOLDER
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

# Before anything of ours is imported: what is imported here is watched.
with atheris.instrument_imports(include=["qsin_desktop", "yaml", "openpyxl"]):
    from tests.faults.fuzz.targets import TARGETS, feed

    for module in (
        "qsin_desktop.packs.sheets",
        "qsin_desktop.packs.reading",
        "qsin_desktop.foreign_workbooks.parsing",
        "qsin_desktop.report.returned.reader",
        "qsin_desktop.report.returned.comparing",
        "qsin_desktop.sync.first",
        "qsin_desktop.actions.enrolling",
        "qsin_desktop.store.keys",
        "openpyxl.reader.excel",
    ):
        __import__(module)

from tests.faults.fuzz.by_chance import empty, fast_place, within
from tests.faults.fuzz.mutating import changed

MEMORY_MIB = 2048
HANGS = 6
"""Times its own seconds, by the clock on the wall: then one input is called a hang, even inside a library."""


def main(name: str, seconds: str, findings: str) -> None:
    target = TARGETS[name]
    work = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-", dir=fast_place()))
    corpus, place = work / "corpus", work / "try"
    for folder in (corpus, place, work / "seeds", Path(findings)):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds(work / "seeds")):
        (corpus / f"seed-{number}").write_bytes(seed)

    def one_input(content: bytes) -> None:
        empty(place)
        with within(target.seconds):
            feed(target, content, place)

    def mutator(content: bytes, most: int, seed: int) -> bytes:
        """Half of the time libFuzzer's own changes to one part, half of the time ours."""
        draw = random.Random(seed)
        if draw.random() < 0.5:
            return changed(content, target.wrapping, draw)[:most]
        parts = target.wrapping.apart(content)
        if not parts:
            return bytes(atheris.Mutate(content, most))
        at = draw.randrange(len(parts))
        parts[at] = bytes(atheris.Mutate(parts[at], max(len(parts[at]) * 2, 64)))
        try:
            return target.wrapping.together(content, parts)[:most]
        except ValueError:
            return content

    words = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        f"-max_len={target.most}",
        f"-rss_limit_mb={MEMORY_MIB}",
        f"-timeout={HANGS * target.seconds}",
        f"-report_slow_units={HANGS * target.seconds}",
        f"-artifact_prefix={findings}/",
        "-print_final_stats=1",
        "-verbosity=0",
        str(corpus),
    ]
    atheris.Setup(words, one_input, custom_mutator=mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
