"""After a day of work nothing of it stands in the clear: no word, no name, no picture, in any file anywhere.

Looked at: the visit's folder and its backups, the stick, the program's home, the user's own folders, caches
and temporary files, also while the program runs and files that have no name; after closing and after a kill.
Left out is what a person exported or attached. Of names only the visit's folder, the folders last used and
the person's own name stand in the clear, as the help says.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

from PIL import Image

from tests.faults.campaign import Outcome
from tests.faults.markers import Search, written_files
from tests.faults.window import ROOT

NAME = "marker"
SUITE_ROUNDS = 2
_WORDS = (
    *("network", "site", "person", "scope", "reason", "note", "heard", "flag", "caption", "place"),
    *("requirement", "evidence", "gap", "seen", "title", "typed", "file"),
)


def run_once(seed: int, folder: Path) -> Outcome:
    """Even seeds end the window by closing it, odd ones by SIGKILL."""
    dice = random.Random(seed)
    words = {what: f"Q{what}x{dice.randrange(10**9):09d}z" for what in _WORDS}
    files, pieces = _files(folder / "attached", words["file"], dice)
    search = Search({f"the marker of {what}": word for what, word in words.items()}, pieces)
    plan = _plan(folder, words, files, close=seed % 2 == 0)
    environment = _environment(folder)
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    said = _run("commands", folder, environment, search, close=True)
    said += _run("window", folder, environment, search, close=plan["close"])
    search.look_through(folder, leave_out=(folder / "attached", folder / "exported"))
    search.found -= {find for find in search.found if "plan.json" in find}
    _tell(search, seed)
    losses = tuple(sorted(search.found)) + (() if "Traceback" not in said else (said,))
    return Outcome(losses, about="closed" if plan["close"] else "killed", tried=1)


def _plan(folder: Path, words: dict[str, str], files: list[Path], *, close: bool) -> dict[str, Any]:
    places = {name: folder / name for name in ("visits", "home", "stick", "second", "exported")}
    for place in places.values():
        place.mkdir()
    return {
        "words": words,
        "files": [str(path) for path in files],
        "visit": str(places["visits"] / "Visit 7.qsin"),
        "key_file": str(places["visits"] / "Visit 7.qsin.key"),
        "home": str(places["home"]),
        "stick": str(places["stick"]),
        "second": str(places["second"]),
        "pdf": str(places["exported"] / "report.pdf"),
        "xlsx": str(places["exported"] / "findings.xlsx"),
        "close": close,
    }


def _files(place: Path, name: str, dice: random.Random) -> tuple[list[Path], dict[str, bytes]]:
    """A photo, a picture, a PDF and an office file, each with bytes in it that nothing else has."""
    place.mkdir()
    pixels = Image.frombytes("RGB", (320, 240), dice.randbytes(320 * 240 * 3))
    made: dict[str, bytes] = {}
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("PDF", "pdf")):
        out = io.BytesIO()
        pixels.save(out, kind)
        made[ending] = out.getvalue()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w>{name}</w>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    made["docx"] = out.getvalue()
    paths = [place / f"{name} {ending}.{ending}" for ending in made]
    for path, content in zip(paths, made.values(), strict=True):
        path.write_bytes(content)
    middles = {f"bytes of the {e}": c[len(c) // 2 : len(c) // 2 + 24] for e, c in made.items()}
    return paths, middles


def _environment(folder: Path) -> dict[str, str]:
    """Whatever the program or its libraries keep for this user comes into folders that are looked at."""
    user = folder / "user"
    named = {name: user / name for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    named |= {"XDG_RUNTIME_DIR": user / "run", "XDG_STATE_HOME": user / "state", "HOME": user}
    named["TMPDIR"] = folder / "temporary"
    for place in named.values():
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o700)
    return {
        **os.environ,
        **{name: str(place) for name, place in named.items()},
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _run(what: str, folder: Path, environment: dict[str, str], search: Search, *, close: bool) -> str:
    """To its end, or until all was seen and then SIGKILL; looked at all the while. Answers what it said."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.marked_day", what, str(folder / "plan.json")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
        text=True,
    )
    watch = _Watch(folder, child.pid, search)
    watch.start()
    assert child.stdout is not None
    assert child.stderr is not None
    try:
        if not close:
            while (line := child.stdout.readline()) and line.strip() != "seen":
                pass
            child.kill()
        _, errors = child.communicate(timeout=300)
    finally:
        child.kill()
        child.wait()
        watch.end()
    if close and child.returncode:
        errors += f"\nTraceback: it ended with {child.returncode}"
    return errors


class _Watch(threading.Thread):
    """Looks at temporary files, caches, the home and unnamed files for as long as the program runs."""

    def __init__(self, folder: Path, pid: int, search: Search) -> None:
        super().__init__(daemon=True)
        self._places = [folder / name for name in ("temporary", "home", "user")]
        self._pid, self._search = pid, search
        self._seen: set[tuple[str, int, int]] = set()
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.03):
            for place in self._places:
                for path in place.rglob("*"):
                    self._look(path)
            for name, content in written_files(self._pid):
                if not name.startswith("/dev/") and "/exported/" not in name:
                    self._search.look_into(content, f"the open file {name}")

    def _look(self, path: Path) -> None:
        try:
            found = path.stat()
        except OSError:
            return
        mark = (str(path), found.st_size, found.st_mtime_ns)
        if path.is_file() and mark not in self._seen:
            self._seen.add(mark)
            self._search.look_at(path)

    def end(self) -> None:
        self._over.set()
        self.join()


def _tell(search: Search, seed: int) -> None:
    """How much was looked at, for who wants to know."""
    place = os.environ.get("QSIN_MARKER_COUNTS")
    if place:
        with Path(place).open("a", encoding="utf-8") as out:
            now = time.strftime("%H:%M:%S")
            print(f"{now} seed {seed}: {search.files} files, {search.size} bytes", file=out)
