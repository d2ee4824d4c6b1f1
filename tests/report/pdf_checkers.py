"""Two programs that check a PDF's accessibility and know nothing of ours: page-validation and outloud.

Outloud reads with an AGPL library, so it is only ever started as a program of its own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest


def rules_broken(path: Path, profile: str = "ua1") -> list[str]:
    """What page-validation finds against PDF/UA-1, or another profile: `2a` is PDF/A-2a."""
    page = pytest.importorskip("page", reason="page-validation is not installed")
    return [
        f"{found.rule_id}: {found.message}" for found in page.validate_pdf(path, profile=profile).failures
    ]


def rules_passed(path: Path, profile: str = "ua1") -> tuple[int, int]:
    """How many of page-validation's rules the file passes, and how many there are."""
    page = pytest.importorskip("page", reason="page-validation is not installed")
    rules = page.validate_pdf(path, profile=profile).rules
    return int(rules.passed), int(rules.total)


def errors_heard(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """What outloud calls an error in each file, all in one go; skips where it is not installed."""
    program = shutil.which("outloud", path=str(Path(sys.executable).parent)) or shutil.which("outloud")
    if program is None:
        pytest.skip("outloud is not installed")
    words = [program, "--json", "-", "--quiet", "--fail-on", "never", *map(str, paths)]
    said = subprocess.run(words, capture_output=True, check=False, encoding="utf-8").stdout
    results = json.loads(said)["results"]
    return {Path(result["path"]): _errors(result) for result in results}


def _errors(result: dict[str, object]) -> list[str]:
    if result["error"]:
        return [f"cannot be read: {result['error']}"]
    findings = result["findings"]
    assert isinstance(findings, list)
    return [f"{f['rule']}: {f['message']}" for f in findings if f["severity"] == "error"]
