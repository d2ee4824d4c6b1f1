"""The opening meeting's notes, as a plain text file."""

from __future__ import annotations

from qsin_desktop.example.evidence.places import NETWORK_NAME

_LINES = (
    f"Opening meeting, {NETWORK_NAME}",
    "Tuesday 24 November 2026, 09:00 to 09:25, network office",
    "Example text, invented.",
    "",
    "Present: the three assessors; for the network its director, clinical lead, clinical lead for AI,",
    "lead radiographer, operations lead, and a member of the patient and carer panel.",
    "",
    "1. The lead assessor explained the visit: nine sites, judged on documents beforehand and on site now.",
    "   Judged only against the standard and the agreed scope. No advice is given.",
    "2. Scope and timetable confirmed. Change: the ultrasound rooms at Quay are closed on both days.",
    "3. Photographs: agreed, provided that no patient or identifiable screen is in the picture.",
    "4. Documents that name staff are shown, and not copied.",
    "5. The network pointed out that the new scanner at Harbour CDC has been in use since 2 October.",
    "6. Safety: MR screening of the assessors done by the lead radiographer at 09:20.",
    "7. Closing meeting: Wednesday 25 November, 15:30.",
)


def make_opening_notes() -> bytes:
    return ("\r\n".join(_LINES) + "\r\n").encode("utf-8")
