"""What the lead writes before the closing meeting: what stood out and what is recommended."""

from __future__ import annotations

from qsin_desktop.example.steps import FactStep, Step, on

SUMMARY = (
    "Patients and carers have a vote on the board and can show what changed because of it. All "
    "nine sites read from one worklist, and images and reports were opened across sites wherever "
    "it was tried. Leadership, the workforce plan and research are recognised at most sites.\n"
    "Three matters are mandatory. A triage tool is in use at Harbour CDC outside the network's "
    "own policy. At Vale four items in clinical use are past their date of calibration. At Castle "
    "three ultrasound machines have no records of infection control.\nCastle and Ridge stand "
    "apart from the rest in several standards, from attendance lists to feedback."
)

NOT_COVERED = (
    "IN-301 e at St Aldhelm's and Quay: the rooms chosen were in use or closed on both days. "
    "IN-301 f at Quay: ultrasound was closed. IN-301 b at Ridge: time on the second day did not "
    "allow the workstations to be looked at. Night and weekend work was not observed. Mammography "
    "at Moor was seen from the control room only."
)

CONCLUSION = (
    "Within the scope and the sample the network meets seven of twenty criteria and partly meets "
    "twelve; on one, IN-202 a, the assessors had not agreed when this was written. Three "
    "mandatory findings are open."
)

WORDS = (
    "Defer the decision. Three mandatory findings are open and due by 17 February 2027. No "
    "criterion is judged not met for the network. The assessors see nothing else against a "
    "positive recommendation."
)


def steps() -> tuple[Step, ...]:
    return (
        FactStep(by="lead", minutes=on(25, "14:20"), facts=(("summary", SUMMARY),)),
        FactStep(by="lead", minutes=on(25, "14:35"), facts=(("not_covered", NOT_COVERED),)),
        FactStep(
            by="lead",
            minutes=on(25, "14:50"),
            facts=(
                ("conclusion", CONCLUSION),
                ("recommendation", "defer"),
                ("recommendation_words", WORDS),
            ),
        ),
    )
