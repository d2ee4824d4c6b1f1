"""What the operating system must bring besides Python: Qt's libraries, a display, tools for the tests.

Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NEEDED_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt 6 loads on Linux even without a screen: soname, and the Debian package that brings it."""

WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What it loads besides to open a window."""

TEST_TOOLS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-calc",
    "softhsm2-util": "softhsm2",
}
"""Programs that check our documents and windows from outside, and their Debian packages."""

_WHICH_FAIL = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""

PACKAGES = NEEDED_LIBRARIES | WINDOW_LIBRARIES | TEST_TOOLS


def missing_libraries() -> list[str]:
    """Sonames of Qt's libraries that this system cannot load; none on Windows and macOS, where Qt has all.

    They are loaded in a process of their own, to stay out of ours.
    """
    if not sys.platform.startswith("linux"):
        return []
    asked = [sys.executable, "-c", _WHICH_FAIL, *NEEDED_LIBRARIES, *WINDOW_LIBRARIES]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()


def missing_tools() -> list[str]:
    return [tool for tool in TEST_TOOLS if shutil.which(tool) is None]


def install_command(parts: list[str]) -> str:
    """The one line that a person can paste; `parts` are sonames and tools."""
    sudo = "" if is_root() else "sudo "
    packages = " ".join(PACKAGES[part] for part in parts)
    return f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {packages}"


def has_apt() -> bool:
    return sys.platform.startswith("linux") and shutil.which("apt-get") is not None


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def may_install() -> bool:
    return has_apt() and is_root()


def install(parts: list[str]) -> None:
    """Try with apt-get; the caller looks again at what is missing.

    A package base left half configured by an interrupted run is mended first.
    """
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    wanted = [*apt, "install", "-y", "--no-install-recommends", *(PACKAGES[part] for part in parts)]
    subprocess.run([*apt, "update"], env=environment, check=False)
    if subprocess.run(wanted, env=environment, check=False).returncode != 0:
        subprocess.run(["dpkg", "--configure", "-a"], env=environment, check=False)
        subprocess.run(wanted, env=environment, check=False)


def advice(parts: list[str]) -> str:
    if has_apt():
        return f"This command installs them: {install_command(parts)}"
    return "The system's package manager has them."
