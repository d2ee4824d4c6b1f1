"""Compile forms/NAME.ui into qsin_desktop/ui/forms/ui_NAME.py; with --check only say which are stale.

The compiled forms are committed, so that a checkout runs and is type-checked without this step.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "forms"
COMPILED = ROOT / "qsin_desktop" / "ui" / "forms"


def main(words: list[str]) -> int:
    texts = {COMPILED / f"ui_{form.stem}.py": compiled(form) for form in sorted(FORMS.glob("*.ui"))}
    stale = [path for path, text in texts.items() if not is_fresh(path, text)]
    orphans = [path for path in sorted(COMPILED.glob("ui_*.py")) if path not in texts]
    if "--check" in words:
        for path in stale + orphans:
            print(f"{path.relative_to(ROOT)} does not match forms/; run: poe forms", file=sys.stderr)
        return 1 if stale or orphans else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8", newline="\n")
    for path in orphans:
        path.unlink()
    print(f"{len(texts)} forms, {len(stale)} written, {len(orphans)} removed")
    return 0


def compiled(form: Path) -> str:
    uic = Path(sys.executable).with_name("pyside6-uic")
    command = [str(uic), "--generator", "python", "--absolute-imports", form.name]
    done = subprocess.run(command, cwd=form.parent, capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{form}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def is_fresh(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
