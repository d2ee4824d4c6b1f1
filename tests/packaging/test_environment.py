from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import environment
from environment import CannotSetUp, Environment

ROOT = Path(__file__).resolve().parents[2]

PROJECT = """
[build-system]
requires = []
build-backend = "build_nothing"
backend-path = ["."]
[project]
name = "tiny"
version = "1"
dependencies = []
[dependency-groups]
dev = []
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Environment:
    """A tiny project with nothing to install, in a folder with spaces and accents."""
    root = tmp_path.resolve() / "a path with späces"
    (root / "packaging").mkdir(parents=True)
    (root / "packaging" / "constraints.txt").write_text("six==1.17.0\n", encoding="utf-8")
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    return Environment(root)


def test_the_stamp_follows_what_is_installed_and_where(checkout: Environment) -> None:
    def stamp(root: Path = checkout.root) -> dict[str, object]:
        return environment.wanted_stamp(root, checkout.project, checkout.pins)

    first = stamp()
    assert stamp(checkout.root.parent)["place"] != first["place"]
    checkout.pins.write_bytes(b"six==1.17.0\r\n")
    assert stamp() == first, "line ends are git's business"
    checkout.project.write_text(PROJECT + "[tool.ruff]\nline-length = 90\n", encoding="utf-8")
    assert stamp() == first, "settings of tools install nothing"
    checkout.project.write_text(PROJECT.replace("dev = []", 'dev = ["six"]'), encoding="utf-8")
    assert stamp()["packages"] != first["packages"]


@pytest.mark.parametrize("text", ["", "{", "[1]", "null"])
def test_a_damaged_stamp_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "stamp").write_text(text, encoding="utf-8")
    assert environment.read_stamp(tmp_path / "stamp") == {}
    assert environment.read_stamp(tmp_path / "missing") == {}


def test_what_is_asked_of_pip_is_what_pyproject_says() -> None:
    wanted = environment.requirements(ROOT / "pyproject.toml")
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(read["project"]["dependencies"]) < set(wanted)
    assert "pytest" in wanted


def test_every_requirement_is_pinned() -> None:
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()[1:]
    pinned = {line.partition("==")[0] for line in lines}
    asked = environment.requirements(ROOT / "pyproject.toml")
    names = {Requirement(text).name.lower().replace("_", "-") for text in asked}
    assert names <= pinned
    assert all(line.count("==") == 1 and "/" not in line for line in lines)


def test_nothing_from_outside_mixes_in(tmp_path: Path) -> None:
    outer = {"PATH": "/usr/bin", "PYTHONPATH": "/x", "PYTHONHOME": "/y", "PIP_TARGET": "/z", "LANG": "cy_GB"}
    inner = environment.child_environment(outer, tmp_path, tmp_path / "bin")
    assert inner["PATH"] == f"{tmp_path / 'bin'}{os.pathsep}/usr/bin"
    assert inner["LANG"] == "cy_GB"
    assert not {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET"} & set(inner)


def test_made_anew_after_an_interruption_then_kept(
    checkout: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """For real, with `python -m venv`; only pip's part is left out."""
    installs = iter([KeyboardInterrupt, None])

    def install(_made: Environment) -> None:
        if fault := next(installs):
            raise fault

    monkeypatch.setattr(Environment, "_install", install)
    with pytest.raises(KeyboardInterrupt):
        checkout.ready()
    (checkout.folder / "half.txt").write_text("half", encoding="utf-8")
    capsys.readouterr()

    checkout.ready()
    assert not (checkout.folder / "half.txt").exists()
    assert "anew" in capsys.readouterr().out
    done = checkout.run("-c", "import sys; print(sys.prefix)", capture=True)
    assert Path(done.stdout.strip()) == checkout.folder

    checkout.ready()
    assert capsys.readouterr().out == ""
    assert next(installs, "all were asked for") == "all were asked for"


@pytest.mark.parametrize("spoilt", ["pins", "python", "stamp"])
def test_what_is_older_or_broken_is_made_anew(
    checkout: Environment, monkeypatch: pytest.MonkeyPatch, spoilt: str
) -> None:
    made: list[Path] = []

    def make(checkout: Environment) -> None:
        checkout.python.parent.mkdir(parents=True, exist_ok=True)
        checkout.python.touch()
        made.append(checkout.folder)

    monkeypatch.setattr(Environment, "_make_anew", make)
    monkeypatch.setattr(Environment, "_install", lambda _made: None)
    monkeypatch.setattr(Environment, "_runs", lambda made: made.python.exists())
    checkout.ready()
    checkout.ready()
    assert len(made) == 1
    if spoilt == "pins":
        checkout.pins.write_text("six==1.18.0\n", encoding="utf-8")
    else:
        (checkout.python if spoilt == "python" else checkout.stamp).unlink()
    checkout.ready()
    checkout.ready()
    assert len(made) == 2


def test_a_folder_that_cannot_be_written_is_said(
    checkout: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda place, _mode: place != checkout.root)
    with pytest.raises(CannotSetUp, match="cannot be written"):
        checkout.ready()


def test_a_failing_pip_leaves_no_stamp(checkout: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Environment, "_make_anew", lambda made: made.folder.mkdir())
    monkeypatch.setattr(
        Environment, "run", lambda *_words, **_options: subprocess.CompletedProcess([], 1, "")
    )
    with pytest.raises(CannotSetUp, match="pip says why"):
        checkout.ready()
    assert environment.read_stamp(checkout.stamp) == {}


def test_dev_py_answers_with_nothing_installed() -> None:
    command = [sys.executable, "-I", "-S", str(ROOT / "packaging" / "dev.py"), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "demo" in done.stdout, done.stderr


def test_the_editable_link_says_the_way_without_the_checkouts_own_letters(checkout: Environment) -> None:
    packages = checkout.folder / "lib" / "site-packages"
    packages.mkdir(parents=True)
    link = packages / "_editable_qsin_desktop.pth"
    link.write_text(str(checkout.root), encoding="utf-8")
    environment.make_links_relative(checkout.folder, checkout.root)
    said = link.read_bytes().decode("ascii").strip()
    assert (packages / said).resolve() == checkout.root
