"""Invented sentences of the kind assessors write: of changing length, hardly one twice, always the same."""

from __future__ import annotations

import random

_WHO = (
    "The lead radiographer",
    "The clinical director of imaging",
    "A superintendent sonographer",
    "The PACS manager",
    "The quality lead",
    "A consultant radiologist",
    "The modality lead for MRI",
    "The radiation protection supervisor",
    "The booking team",
    "An assistant practitioner",
    "The network manager",
    "The medical physics expert",
)
_DID = (
    "showed us the register of",
    "could not find the latest version of",
    "explained how staff are told about changes to",
    "keeps the signed copy of",
    "had audited, with two exceptions,",
    "described from memory",
    "referred to the minutes that agreed",
    "was waiting for approval of",
    "compared with last year's figures",
    "gave three examples from daily work of",
    "has no time set aside to maintain",
    "had corrected after the last review",
)
_WHAT = (
    "the policy on justification of exposures",
    "the local rules for the interventional suite",
    "the reporting turnaround times",
    "the records of calibration and quality assurance",
    "the risk assessment for contrast media",
    "the training matrix of all three sites",
    "the business case for replacing the second CT scanner",
    "the protocol for suspected non-accidental injury",
    "the peer review of double-read mammograms",
    "the list of discrepancies discussed in REALM",
    "the agreement on cross-site reporting",
    "the patient information leaflets in Welsh and Polish",
    "the infection control checklist of the ultrasound rooms",
    "the log of AI-assisted triage decisions",
)
_WHERE = (
    "in the manager's office",
    "on the shared drive of the network",
    "at the control desk",
    "in the waiting area",
    "on the wall of room 3",
    "in the incident system",
    "during the morning huddle",
    "in a sample of ten records",
    "at the community diagnostic centre",
    "with the out-of-hours team",
)
_AND = (
    "The copy seen was two versions old.",
    "Nine of ten were complete; the tenth had no second signature.",
    "Staff on both shifts gave the same answer.",
    "An owner and a date are named for each action.",
    "Nobody present knew who had taken over from the previous owner.",
    "The minutes of the board bear this out.",
    "It applies at two of the sites only.",
    "A plan is in place and is due to be finished in spring.",
    "Patients who were asked said that they had been told.",
    "This was put right while we were there.",
)


def sentence(chance: random.Random) -> str:
    pick = chance.choice
    dated = f"{chance.randrange(1, 29)} {pick(('March', 'June', 'September', 'October'))} 2026"
    return (
        f"{pick(_WHO)} {pick(_DID)} {pick(_WHAT)} {pick(_WHERE)}, "
        f"dated {dated} (record {chance.randrange(1_000, 100_000)})."
    )


def words(chance: random.Random, least: int, most: int) -> str:
    """Between `least` and `most` sentences, some with an aside."""
    said = []
    for _ in range(chance.randint(least, most)):
        said.append(sentence(chance))
        if chance.random() < 0.4:
            said.append(chance.choice(_AND))
    return " ".join(said)


def title(chance: random.Random) -> str:
    """A document's name, made of what it is about."""
    return chance.choice(_WHAT).removeprefix("the ").capitalize()


def who(chance: random.Random) -> str:
    return chance.choice(_WHO).removeprefix("The ").removeprefix("A ").removeprefix("An ")


def where(chance: random.Random) -> str:
    return chance.choice(_WHERE)
