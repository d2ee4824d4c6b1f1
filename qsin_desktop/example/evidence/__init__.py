"""Makes the example's evidence: real in kind, invented in content, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qsin_desktop.domain.errors import Refusal

Maker = Callable[[], bytes]

FILES: dict[str, str] = {
    "scanner_room": "IMG_2041.jpg",
    "noticeboard": "IMG_2046.jpg",
    "triage_screen": "IMG_2052.jpg",
    "rota_whiteboard": "IMG_2058.jpg",
    "scanner_door": "IMG_2063.jpg",
    "hand_hygiene": "IMG_2071.jpg",
    "calibration_sticker": "IMG_2077.jpg",
    "storeroom": "IMG_2080.jpg",
    "checks_log": "IMG_2084.jpg",
    "dashboard": "Shared worklist 25 Nov 2026.png",
    "ai_policy": "NET-POL-014 AI policy v2.0.pdf",
    "engagement_plan": "Patient and carer engagement plan 2026-2028.pdf",
    "capacity_model": "Capacity and demand model v1.4.xlsx",
    "ai_register": "AI register 4 Nov 2026.xlsx",
    "board_minutes": "Board minutes 3 Nov 2026.docx",
    "training_programme": "Education programme 2026 v3.docx",
    "interview_audio": "Interview PACS manager.wav",
    "asset_register": "Asset register 16 Nov 2026.csv",
    "training_attendance": "Training attendance 2026.csv",
    "opening_notes": "Opening meeting.txt",
}
"""The key by which the story names each file, and the name a person would give it."""


class EvidenceNotWritten(Refusal):
    """The folder or the disk would not take the example's files."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"The example's evidence could not be written to “{folder}” ({why}). Nothing else was touched; "
            "choose another folder or free some space."
        )


def makers() -> dict[str, Maker]:
    """By key, in the order of `FILES`; the heavy libraries are imported here and not before."""
    from qsin_desktop.example.evidence import (
        ai_register_workbook,
        attendance_csv,
        audio_note,
        capacity_workbook,
        engagement_pdf,
        minutes_docx,
        opening_text,
        photos,
        policy_pdf,
        programme_docx,
        register_csv,
    )

    pictures = {key: partial(photos.make_photo, key) for key in photos.PHOTOS}
    return {
        **pictures,
        "dashboard": photos.make_screenshot,
        "ai_policy": policy_pdf.make_policy,
        "engagement_plan": engagement_pdf.make_engagement_plan,
        "capacity_model": capacity_workbook.make_capacity_model,
        "ai_register": ai_register_workbook.make_ai_register,
        "board_minutes": minutes_docx.make_minutes,
        "training_programme": programme_docx.make_programme,
        "interview_audio": audio_note.make_audio_note,
        "asset_register": register_csv.make_register,
        "training_attendance": attendance_csv.make_attendance,
        "opening_notes": opening_text.make_opening_notes,
    }


def make_evidence(folder: Path, told: Callable[[int, int], None] | None = None) -> dict[str, Path]:
    """Write every file into the folder, made if it is missing; answers the paths by key.

    `told(done, of_all)` hears of each finished file. Raises `EvidenceNotWritten`.
    """
    made = makers()
    paths: dict[str, Path] = {}
    for key, name in FILES.items():
        paths[key] = _written(folder, name, made[key]())
        if told:
            told(len(paths), len(FILES))
    return paths


def _written(folder: Path, name: str, content: bytes) -> Path:
    """Aside first, so that a file that is there is whole."""
    path, aside = folder / name, folder / f"{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as fault:
        raise EvidenceNotWritten(folder, fault.strerror or type(fault).__name__) from fault
    return path
