"""Write packaging/constraints.txt: the exact versions of all that is needed, read from this environment.

To move to newer versions: make an environment without the old pins, install into it, run the check, then run
this with that environment's Python and read the difference.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PINS = Path(__file__).with_name("constraints.txt")
HEAD = "# Exact versions for a reproducible set-up; remade by packaging/pins.py.\n"

ELSEWHERE = {
    "altgraph": "0.17.5",
    "colorama": "0.4.6",
    "macholib": "1.16.4",
    "pefile": "2024.8.26",
    "pywin32-ctypes": "0.2.3",
    "tzdata": "2026.6",
}
"""Needed on another system only, so not to be read from here."""


def main() -> None:
    found = dict(closure(wanted_by_project()))
    for own in ("pip", "setuptools"):  # the environment's own, different for each Python
        found.pop(own, None)
    lines = [f"{name}=={version}" for name, version in sorted((ELSEWHERE | found).items())]
    PINS.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{PINS}: {len(lines)} packages")


def wanted_by_project() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [text for group in project["dependency-groups"].values() for text in group]
    return [Requirement(text) for text in project["project"]["dependencies"] + groups]


def closure(wanted: list[Requirement]) -> Iterator[tuple[str, str]]:
    """Name and version of each requirement and of all that it requires here."""
    seen: set[tuple[str, str]] = set()
    waiting = [(requirement, extra) for requirement in wanted for extra in ("", *requirement.extras)]
    while waiting:
        requirement, extra = waiting.pop()
        name = normal(requirement.name)
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        yield name, distribution(name).version
        for text in distribution(name).requires or []:
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                waiting += [(needed, own) for own in ("", *needed.extras)]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    try:
        main()
    except PackageNotFoundError as missing:
        raise SystemExit(f"{missing.name} is not installed here; set up the environment first.") from None
