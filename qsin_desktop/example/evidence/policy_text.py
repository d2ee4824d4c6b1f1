"""The words of the network's invented policy on artificial intelligence, by section."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "2.0"
APPROVED = "17 March 2026"


@dataclass(frozen=True)
class Section:
    """`clauses` are numbered under the section; those that begin with a dash are points of the one before."""

    number: int
    title: str
    clauses: tuple[str, ...]
    new_page: bool = True


SECTIONS = (
    Section(
        1,
        "Purpose and scope",
        (
            (
                "This policy sets out how the network chooses, approves, introduces, watches and "
                "retires software that uses artificial intelligence in imaging. It exists so that "
                "a patient is treated under the same rules at each of the nine sites."
            ),
            (
                "It covers any software that detects, measures, sorts, prioritises, reconstructs "
                "or reports images, or that schedules imaging, where its output was learned from "
                "examples rather than written as rules."
            ),
            (
                "It covers tools that were bought, tools that arrive as part of a scanner, "
                "workstation or other equipment, tools on trial, and tools made within the "
                "network."
            ),
            (
                "It does not cover office software, nor image reconstruction that the maker of "
                "the equipment does not describe as learned."
            ),
            (
                "It applies to all staff of the four member trusts who work in imaging, including "
                "bank and agency staff, students, and reporters who work from home."
            ),
        ),
    ),
    Section(
        2,
        "Words used in this policy",
        (
            "Tool: any software within the scope of section 1.",
            (
                "Clinical use: a member of staff sees a tool's output before a decision about a "
                "patient is made, whether or not the decision rests on it."
            ),
            "Register: the list of tools that the network keeps under section 4.",
            "Drift: a change over time in how well a tool works at a site, for whatever reason.",
            "Site lead: the person at each site who answers for this policy there.",
            "AI group: the group of the network board described in section 9.",
        ),
        new_page=False,
    ),
    Section(
        3,
        "Approval of a new tool",
        (
            (
                "A request for a new tool is made by the site lead on the form in appendix A. It "
                "states what the tool is for, who will see its output, what happens when it is "
                "not available, and what is known of how well it works on patients like ours."
            ),
            (
                "No tool enters clinical use at any site before the AI group has approved it for "
                "that site and the register shows the approval."
            ),
            (
                "A tool that arrives with equipment, or that is switched on by an update, is a "
                "new tool. It stays switched off until it is approved. The person who accepts the "
                "equipment confirms this on the hand-over form."
            ),
            "The AI group looks at each request under five heads:",
            "- the clinical need, and who asked for the tool;",
            "- evidence of performance, with its limits;",
            "- safety case and hazard log;",
            "- information governance and cyber security;",
            "- staff: who needs to be taught what before the first day.",
            (
                "The group decides at its monthly meeting. It approves, approves for a trial of "
                "at most six months, asks for more, or refuses. The decision and its reasons are "
                "written in the approval log on the day."
            ),
            "A tool approved for one site is not thereby approved for another.",
            (
                "An approval ends when the tool's version changes in a way that its maker calls "
                "major, when it is put to another use, or after three years."
            ),
        ),
    ),
    Section(
        4,
        "The register",
        (
            "The network keeps one register for all sites. Appendix B lists what it holds about each tool.",
            (
                "The network's PACS manager keeps the register. Site leads tell the PACS manager "
                "of any change within five working days."
            ),
            "Every tool in clinical use is in the register. A site lead confirms this each quarter.",
            "The register is open to all staff, to the member trusts and to the patient and carer panel.",
        ),
    ),
    Section(
        5,
        "Introduction and training",
        (
            (
                "Before the first clinical use at a site, every person who will see the tool's "
                "output has been taught what it does, what it does not do, and what to do when "
                "they disagree with it."
            ),
            "The date on which a site's users were taught is entered in the register.",
            (
                "For the first four weeks the site compares the tool's output with the final "
                "report for at least one hundred examinations and gives the result to the AI "
                "group."
            ),
            "A notice beside each workstation names the tools that are active on it.",
        ),
        new_page=False,
    ),
    Section(
        6,
        "Watching performance",
        (
            "Each tool has measures and limits, agreed when it is approved and entered in the register.",
            (
                "The site lead looks at the measures monthly; the AI group looks at them "
                "quarterly, site by site."
            ),
            "When a measure passes its limit, the tool is paused at that site until the AI group has looked.",
            (
                "Staff disagreement with a tool is recorded as it happens and is read together "
                "with the measures."
            ),
            (
                "Once a year the AI group looks for differences in performance between groups of "
                "patients, and reports what it found to the board and to the patient and carer "
                "panel."
            ),
        ),
    ),
    Section(
        7,
        "Incidents",
        (
            (
                "Any event in which a tool harmed a patient, or could have, is reported on the "
                "trust's incident system the same day and marked as concerning AI."
            ),
            "The site lead tells the chair of the AI group within one working day.",
            "An incident is reviewed and closed within twenty working days. The AI group agrees the closure.",
            "What was learned is sent to all nine sites, without anything that could identify a patient.",
        ),
        new_page=False,
    ),
    Section(
        8,
        "Information governance",
        (
            "A data protection impact assessment is complete before a request is put to the AI group.",
            (
                "Images leave the network only under a contract that says where they go, why, for "
                "how long, and that they do not train a tool unless the board has agreed."
            ),
            (
                "Patients are told in plain words that tools are used. The leaflet is agreed with "
                "the patient and carer panel and is the same at every site."
            ),
            "A patient who asks for imaging without a tool is offered it wherever the equipment allows.",
        ),
    ),
    Section(
        9,
        "Who does what",
        (
            "The network board approves this policy and hears from the AI group each quarter.",
            (
                "The AI group is chaired by the network's clinical lead for AI. Its members are a "
                "radiologist, two radiographers, a medical physicist, the PACS manager, an "
                "information governance lead and two members of the patient and carer panel."
            ),
            "The group can decide when five members are present, one of them from the panel.",
        ),
        new_page=False,
    ),
    Section(
        10,
        "Review and audit of this policy",
        (
            "This policy is reviewed once a year by the AI group, and sooner after a serious incident.",
            (
                "Compliance is audited each year at three sites, so that every site is seen "
                "within three years. The audit takes at least two tools at each site from "
                "approval to last month's measures."
            ),
            "The history of this document stands in appendix C.",
        ),
    ),
)

ROLES = (
    ("Network clinical lead for AI", "Chairs the AI group; answers to the board for this policy"),
    ("PACS manager", "Keeps the register; switches tools on and off on the group's word"),
    ("Site lead", "Makes requests; confirms the register each quarter; looks at measures each month"),
    ("Medical physics", "Accepts equipment; confirms that tools which came with it are off"),
    ("All users", "Use only tools they were taught; record disagreement as it happens"),
)

FORM = (
    ("1", "Tool, maker, version and class of device"),
    ("2", "Site or sites, and the workstations or equipment concerned"),
    ("3", "Purpose, in one sentence a patient would understand"),
    ("4", "Who sees the output, and when in the pathway"),
    ("5", "Evidence of performance, and on whom it was gathered"),
    ("6", "Hazard log and safety case, with the name of the safety officer's role"),
    ("7", "Data protection impact assessment, reference and date"),
    ("8", "Training planned, and by when"),
    ("9", "Measures and limits for watching performance"),
    ("10", "What happens when the tool is not available"),
)

REGISTER_FIELDS = (
    ("Tool and version", "As its maker names it"),
    ("Site and place of use", "Equipment asset number or workstation"),
    ("Purpose", "As approved"),
    ("Approved on, by", "Date of the meeting and entry number in the approval log"),
    ("Users taught on", "Date, per site"),
    ("Measures and limits", "As approved, with the last values"),
    ("Incidents", "Number open and closed"),
    ("Review due", "At most three years after approval"),
)

HISTORY = (
    ("1.0", "First policy", "Board, 12 February 2024", "14 February 2025"),
    ("1.1", "Annual review; panel members added to the group", "Board, 18 February 2025", "3 March 2025"),
    ("2.0", "Tools that arrive with equipment; monthly measures", f"Board, {APPROVED}", "2026: not dated"),
)
