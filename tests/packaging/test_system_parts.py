from __future__ import annotations

import shutil
import subprocess
import sys
from typing import Any

import pytest

import dev
import system_parts
from environment import CannotSetUp

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt brings all it needs here")


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A system with apt-get; the commands that would have been run."""
    ran: list[list[str]] = []

    def run(words: list[str], **_options: Any) -> subprocess.CompletedProcess[str]:
        ran.append(words)
        return subprocess.CompletedProcess(words, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(system_parts, "has_apt", lambda: True)
    return ran


def lacking(monkeypatch: pytest.MonkeyPatch, libraries: list[str], tools: list[str]) -> None:
    monkeypatch.setattr(system_parts, "missing_libraries", lambda: libraries)
    monkeypatch.setattr(system_parts, "missing_tools", lambda: tools)


@on_linux
def test_a_library_that_cannot_be_loaded_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_parts, "NEEDED_LIBRARIES", {"libqsin-a.so.9": "a", "libc.so.6": "libc6"})
    monkeypatch.setattr(system_parts, "WINDOW_LIBRARIES", {"libqsin-b.so.9": "b", "libm.so.6": "libc6"})
    assert system_parts.missing_libraries() == ["libqsin-a.so.9", "libqsin-b.so.9"]


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_qt_brings_all_it_needs(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert system_parts.missing_libraries() == []
    assert not system_parts.has_apt()


def test_a_tool_not_on_the_path_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda tool: None if tool == "pdftotext" else f"/bin/{tool}")
    assert system_parts.missing_tools() == ["pdftotext"]


@pytest.mark.parametrize(("root", "sudo"), [(True, ""), (False, "sudo ")])
def test_one_command_is_printed_that_does_it(monkeypatch: pytest.MonkeyPatch, root: bool, sudo: str) -> None:
    monkeypatch.setattr(system_parts, "is_root", lambda: root)
    assert system_parts.install_command(["libGL.so.1", "soffice"]) == (
        f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends libgl1 libreoffice-calc"
    )


def test_root_on_debian_has_it_installed(monkeypatch: pytest.MonkeyPatch, apt: list[list[str]]) -> None:
    monkeypatch.setattr(system_parts, "is_root", lambda: True)
    answers = iter([["libGL.so.1"], []])
    monkeypatch.setattr(system_parts, "missing_libraries", lambda: next(answers))
    monkeypatch.setattr(system_parts, "missing_tools", lambda: ["Xvfb"] if not apt else [])
    dev.system_ready(window=True, test_tools=True)
    assert [words[-1] for words in apt] == ["update", "xvfb"]
    assert "libgl1" in apt[1]


def test_nothing_is_run_when_nothing_is_missing(
    monkeypatch: pytest.MonkeyPatch, apt: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    lacking(monkeypatch, [], [])
    dev.system_ready(window=True, test_tools=True)
    assert (apt, capsys.readouterr().out) == ([], "")


def test_others_are_told_the_command_and_stopped(
    monkeypatch: pytest.MonkeyPatch, apt: list[list[str]]
) -> None:
    monkeypatch.setattr(system_parts, "is_root", lambda: False)
    lacking(monkeypatch, ["libEGL.so.1"], [])
    with pytest.raises(CannotSetUp, match=r"libEGL\.so\.1.* sudo apt-get update && .* libegl1$"):
        dev.system_ready(window=False, test_tools=False)
    assert apt == []


@pytest.mark.parametrize("window", [True, False])
def test_libraries_of_windows_stop_only_those_who_want_a_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], window: bool
) -> None:
    monkeypatch.setattr(system_parts, "may_install", lambda: False)
    lacking(monkeypatch, ["libxcb-cursor.so.0"], ["soffice"])
    if window:
        with pytest.raises(CannotSetUp, match="Qt cannot start"):
            dev.system_ready(window=True, test_tools=False)
    else:
        dev.system_ready(window=False, test_tools=True)
        assert "Going on without libxcb-cursor.so.0, soffice." in capsys.readouterr().out


def test_a_half_configured_package_base_is_mended(
    monkeypatch: pytest.MonkeyPatch, apt: list[list[str]]
) -> None:
    codes = iter([0, 100, 0, 0])

    def run(words: list[str], **_options: Any) -> subprocess.CompletedProcess[str]:
        apt.append(words)
        return subprocess.CompletedProcess(words, next(codes), "", "")

    monkeypatch.setattr(subprocess, "run", run)
    system_parts.install(["Xvfb"])
    assert [words[0] for words in apt] == ["apt-get", "apt-get", "dpkg", "apt-get"]
