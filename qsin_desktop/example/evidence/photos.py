"""The photos of the example visit: which scene, when, and how the camera was held.

Every place lies on open water in the Thames estuary, so that no real building is pointed at.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from PIL import Image, PngImagePlugin

from qsin_desktop.example.evidence.camera import NOTICE, Shot, photo
from qsin_desktop.example.evidence.scenes import papers, rooms, screens


def _day(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{clock}")


_SHOTS: dict[str, tuple[Callable[[], Image.Image], Shot]] = {
    "scanner_room": (rooms.scanner_room, Shot(_day(24, "11:18:42"), 51.5012, 0.9034, 1, 0.4, 160, 50)),
    "noticeboard": (papers.noticeboard, Shot(_day(24, "13:22:05"), 51.5104, 0.9218, 1, -0.9, 125, 60)),
    "triage_screen": (screens.triage_screen, Shot(_day(24, "14:12:31"), 51.4957, 0.9511, 1, 0.7, 400, 40)),
    "rota_whiteboard": (
        papers.rota_whiteboard,
        Shot(_day(24, "15:40:19"), 51.5231, 0.9672, 1, -0.6, 200, 50),
    ),
    "scanner_door": (rooms.scanner_door, Shot(_day(24, "16:25:50"), 51.5188, 0.9925, 6, 0.3, 250, 50)),
    "hand_hygiene": (rooms.hand_hygiene, Shot(_day(25, "09:14:27"), 51.5079, 1.0113, 6, -0.5, 125, 80)),
    "calibration_sticker": (
        papers.calibration_sticker,
        Shot(_day(25, "10:06:13"), 51.4986, 1.0342, 8, 0.8, 100, 100),
    ),
    "storeroom": (rooms.storeroom, Shot(_day(25, "10:52:48"), 51.5146, 1.0467, 6, -0.4, 320, 40)),
    "checks_log": (papers.checks_log, Shot(_day(25, "11:37:02"), 51.5063, 1.0688, 1, 1.1, 160, 60)),
}

PHOTOS = tuple(_SHOTS)


def make_photo(key: str) -> bytes:
    scene, shot = _SHOTS[key]
    return photo(scene(), shot)


def make_screenshot() -> bytes:
    """The dashboard as a PNG, with the text chunks a screen grabber leaves."""
    about = PngImagePlugin.PngInfo()
    about.add_text("Software", "Northlight Screen")
    about.add_text("Description", NOTICE)
    about.add_text("Creation Time", "2026-11-25T09:05:12+00:00")
    out = BytesIO()
    screens.network_dashboard().save(out, "PNG", pnginfo=about, optimize=False, compress_level=6)
    return out.getvalue()
