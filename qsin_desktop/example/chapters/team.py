"""Who is on the visit, what it covers, and who looks at what."""

from __future__ import annotations

from qsin_desktop.domain.people import Role
from qsin_desktop.example.evidence.places import NETWORK_NAME
from qsin_desktop.example.steps import AssignStep, FactStep, Member, Step, Who, on

# Every person and body is invented.
PEOPLE = (
    Member(
        "lead",
        "Rowan Alder",
        Role.LEAD,
        "Example Accreditation Body",
        "None. Has not worked for, advised or assessed any member trust of this network.",
    ),
    Member(
        "peer",
        "Tamsin Quill",
        Role.PEER,
        "Northern Moors Imaging Network",
        (
            "Radiographer and PACS lead in another network. Spoke at a study day of this network "
            "in May 2024, unpaid. The lead assessor saw no conflict."
        ),
    ),
    Member(
        "lay",
        "Idris Penhale",
        Role.LAY,
        "Lay assessor",
        "A relative was a patient at Quay in 2023. Did not assess Quay's patient feedback; the lead did.",
    ),
    Member("network", "Maren Holloway", Role.NETWORK, NETWORK_NAME, "Director of the assessed network."),
)

FACTS: tuple[tuple[str, str], ...] = (
    ("network", NETWORK_NAME),
    ("client", f"{NETWORK_NAME}, for its four member trusts"),
    ("issuing_body", "Example Accreditation Body"),
    ("starts", "2026-11-24"),
    ("ends", "2026-11-25"),
    ("report_number", "QN-2026-0147"),
    (
        "scope",
        (
            "Imaging services that the network organises for its four member trusts at nine "
            "sites: CT, MR, X-ray, mammography and ultrasound, with image exchange, shared "
            "reporting and the network office. Nuclear medicine and interventional radiology are "
            "outside the scope by agreement of 12 October 2026."
        ),
    ),
    (
        "objectives",
        (
            "To judge whether the network meets the criteria of the standards pack within the "
            "agreed scope; to record evidence of what is met as well as of what is not; and to "
            "give the body's decision maker a recommendation."
        ),
    ),
    (
        "sampling",
        (
            "The visit saw a sample: nine sites for between 40 and 90 minutes each, 31 people "
            "heard, and records chosen by the assessors. What was not sampled was not judged, and "
            "a sample can miss a fault."
        ),
    ),
)

_ASSIGNED: tuple[tuple[str, Who], ...] = (
    ("IN-101", "lay"),
    ("IN-201", "lead"),
    ("IN-202", "peer"),
    ("IN-203", "lead"),
    ("IN-301", "peer"),
    ("IN-602", "peer"),
    ("IN-603", "lead"),
    ("IN-702", "lead"),
    ("IN-703", "lay"),
)


def steps() -> tuple[Step, ...]:
    return (
        FactStep(by="lead", minutes=on(2, "09:10"), facts=FACTS),
        *(
            AssignStep(by="lead", minutes=on(2, "09:30") + order, standard=standard, to=to)
            for order, (standard, to) in enumerate(_ASSIGNED)
        ),
    )
