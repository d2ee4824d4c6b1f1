"""The checkout's own virtual environment: made when missing, broken, moved or of another Python.

Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Mapping
from pathlib import Path

GROUP = "dev"


class CannotSetUp(Exception):
    """Said to the person as it stands."""


class Environment:
    """`.venv` in a checkout, with a stamp that says what was installed, for which Python and place."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.stamp = self.folder / "qsin-stamp.json"
        self.pins = root / "packaging" / "constraints.txt"
        self.project = root / "pyproject.toml"

    @property
    def python(self) -> Path:
        return self._scripts / ("python.exe" if os.name == "nt" else "python")

    @property
    def _scripts(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def ready(self) -> None:
        """Make it unless what is there is whole and as wanted; raises `CannotSetUp`.

        It is never mended in place: what a half install or an older list of packages left behind would stay.
        The stamp comes last, so that an interruption is seen.
        """
        wanted = wanted_stamp(self.root, self.project, self.pins)
        if read_stamp(self.stamp) == wanted and self._runs():
            return
        if not os.access(self.root, os.W_OK):
            raise CannotSetUp(f"{self.root} cannot be written by this user, so nothing can be set up there.")
        self._make_anew()
        self._install()
        self._write_stamp(wanted)

    def run(
        self, *words: str, cwd: Path | None = None, capture: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run this environment's Python; output goes to the terminal unless captured."""
        return subprocess.run(
            [str(self.python), *words],
            cwd=cwd or self.root,
            env=child_environment(os.environ, self.folder, self._scripts),
            stdout=subprocess.PIPE if capture else None,
            encoding="utf-8",
            check=False,
        )

    def _runs(self) -> bool:
        if not self.python.exists():
            return False
        try:
            done = self.run("-c", "import pip, sys; print(sys.prefix)", capture=True)
        except OSError:
            return False
        return done.returncode == 0 and self.folder.samefile(done.stdout.strip())

    def _make_anew(self) -> None:
        if self.folder.exists():
            say("The environment is older, moved, interrupted or another Python's: it is made anew.")
            self._remove()
        say(f"Making an environment in {self.folder}")
        outer_python = getattr(sys, "_base_executable", sys.executable)  # not the one just removed
        venv = [outer_python, "-m", "venv", str(self.folder)]
        if importlib.util.find_spec("ensurepip"):
            done = subprocess.run(venv, check=False).returncode
        else:  # Debian keeps ensurepip in a package of its own; the outer pip can stand in
            done = subprocess.run([*venv, "--without-pip"], check=False).returncode
            if done == 0:
                pip = [outer_python, "-m", "pip", "--python", str(self.python), "install", "pip"]
                done = subprocess.run(pip, check=False).returncode
        if done != 0:
            raise CannotSetUp(
                "Python could not make a virtual environment. On Debian and Ubuntu this puts it right: "
                "sudo apt-get install -y python3-venv python3-pip"
            )

    def _remove(self) -> None:
        try:
            shutil.rmtree(self.folder)
        except OSError as fault:
            raise CannotSetUp(
                f"{self.folder} could not be removed: {fault.strerror}. Close what runs from it; try again."
            ) from fault

    def _install(self) -> None:
        say("Installing the pinned packages (some 300 MB; a few minutes on a slow line)")
        quiet = [] if sys.stdout.isatty() else ["--quiet"]
        pip = ["-m", "pip", "install", *quiet]
        first = self.run(*pip, "--constraint", str(self.pins), *requirements(self.project))
        if first.returncode == 0:
            own = self.run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(self.root))
            if own.returncode == 0:
                make_links_relative(self.folder, self.root)
                return
        raise CannotSetUp(
            "The packages could not be installed; pip says why above. "
            "Run the same command again when that is mended."
        )

    def _write_stamp(self, content: Mapping[str, object]) -> None:
        aside = self.stamp.with_suffix(".new")
        aside.write_text(json.dumps(content, indent=2), encoding="utf-8")
        aside.replace(self.stamp)


def requirements(project: Path) -> list[str]:
    """Dependencies and the development group, read here because older pips do not know groups."""
    read = tomllib.loads(project.read_text(encoding="utf-8"))
    return [*read["project"]["dependencies"], *read["dependency-groups"][GROUP]]


def make_links_relative(folder: Path, root: Path) -> None:
    """Let the editable install point to `root` by a relative path.

    Python reads such a file in the encoding of the locale, so that an accent in the checkout's own path
    would stop it in the C locale and on Windows.
    """
    for link in folder.glob("**/site-packages/*qsin_desktop*.pth"):
        link.write_text(os.path.relpath(root, link.parent) + "\n", encoding="ascii")


def wanted_stamp(root: Path, project: Path, pins: Path) -> dict[str, object]:
    """What decides whether an environment can be used: place, Python, and the packages asked for."""
    read = tomllib.loads(project.read_text(encoding="utf-8"))
    asked = [read.get(table) for table in ("build-system", "project", "dependency-groups")]
    asked.append(pins.read_text(encoding="utf-8").split())
    return {
        "place": str(root),
        "python": f"{sys.implementation.cache_tag} {sysconfig.get_platform()}",
        "packages": hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest(),
    }


def read_stamp(path: Path) -> dict[str, object]:
    """Empty when there is none or it is not readable."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def child_environment(outer: Mapping[str, str], folder: Path, scripts: Path) -> dict[str, str]:
    """Our programs first on the path; nothing from outside that would mix in other packages."""
    misleading = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    kept = {name: value for name, value in outer.items() if name.upper() not in misleading}
    path = os.pathsep.join([str(scripts), kept.get("PATH", "")]).rstrip(os.pathsep)
    return kept | {
        "PATH": path,
        "VIRTUAL_ENV": str(folder),
        "PYTHONUTF8": "1",  # the checkout's path may hold any letter
        "PIP_USER": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def say(sentence: str) -> None:
    print(sentence, flush=True)
