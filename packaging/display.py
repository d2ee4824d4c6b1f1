"""Can a window be opened here? Standard library only: this runs before anything is installed."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

Answers = Callable[[str], bool]
"""Does a server answer at this socket path or `host:port`?"""


def why_no_display() -> str:
    """Empty when a window can be opened, else the reason as half a sentence."""
    if not sys.platform.startswith("linux"):
        return ""
    return reason(os.environ, answers)


def reason(environment: Mapping[str, str], answers: Answers) -> str:
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in {"offscreen", "minimal", "vnc"}:
        return f"QT_QPA_PLATFORM is {environment['QT_QPA_PLATFORM']}"
    x11, wayland = environment.get("DISPLAY", ""), environment.get("WAYLAND_DISPLAY", "")
    if not x11 and not wayland:
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    places = x11_places(x11) + wayland_places(wayland, environment.get("XDG_RUNTIME_DIR", ""))
    if any(answers(place) for place in places):
        return ""
    return f"nothing answers at the display {x11 or wayland}"


def x11_places(name: str) -> list[str]:
    """`:1` or `host:1.0` as the sockets an X server listens on (X(7), "display names")."""
    host, colon, numbers = name.rpartition(":")
    number = numbers.partition(".")[0]
    if not colon or not number.isdecimal():
        return []
    if host in {"", "unix"}:
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 (where X servers put it)
        return [path, f"\0{path}"]
    return [f"{host.strip('[]')}:{6000 + int(number)}"]


def wayland_places(name: str, runtime_folder: str) -> list[str]:
    if not name:
        return []
    return [str(PurePosixPath(runtime_folder or "/") / name)]


def answers(place: str) -> bool:
    """Connect and hang up."""
    try:
        if place.startswith(("/", "\0")):
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(3)
                line.connect(place)
        else:
            host, _, port = place.rpartition(":")
            socket.create_connection((host, int(port)), timeout=3).close()
    except OSError:
        return False
    return True
