"""Visit snapshots of any size for the tests of report and workbook: one visit, the same every time."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.snapshot import TrailRow, VisitSnapshot, snapshot_of
from qsin_desktop.domain.standards import Criterion, Pack, Rules
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.domain.visits import NETWORK, Stage
from tests.report.make_pack import make_pack, make_rules

MADE_AT = datetime(2026, 11, 25, 16, 2, 7, tzinfo=UTC)
LEAD, PEER, LAY = "p-lead", "p-peer", "p-lay"

_SITES = (
    "Royal Wessex Hospital",
    "St Aldhelm Hospital",
    "Harbour CDC",
    "Moor Park Infirmary",
    "Quay Street CDC",
    "Castle Hill Hospital",
    "Vale of Frome Hospital",
    "Ridgeway Hospital",
    "Fordbridge Community Hospital",
)
_REASONS = (
    "The policy is agreed but two of its owners have left and nobody has taken it over.",
    "Records were complete for eight of the ten items looked at; two had no date of calibration.",
    "Staff could name the procedure, yet the copy on the wall is two versions old.",
    "The service starts in spring 2027, so nothing could be seen yet.",
)
_NOTES = (
    "The plan names an owner and a date for every action, and the minutes show that each was looked at.",
    "Staff said that requests are answered within a week; the log of October bears this out.",
    "The register on the wall matched the one in the system for all six scanners in the room.",
    "Ten records drawn by date; nine complete, one without a second signature (12 October 2026).",
)
_KINDS = ("document", "interview", "observation", "sample")
_LONG = (
    "What was seen was set beside what the plan says, item by item, and each difference was put to the "
    "people who run the service; their answers are given here as they were heard, with the papers that bear "
    "them out. "
)


class VisitWriter:
    """Writes values into a record, each as the only one that stands for its field."""

    def __init__(self, record: VisitRecord) -> None:
        self.record = record
        self._n = 0

    def put(self, type_: str, entity: str, by: str = LEAD, **values: Any) -> None:
        for field, value in values.items():
            self.record.apply(FieldKey(type_, entity, field), (self.standing(value, by),))

    def put_several(self, type_: str, entity: str, field: str, sides: Iterable[tuple[str, Any]]) -> None:
        """Several values stand at once: a disagreement, or the members of a set."""
        standing = tuple(self.standing(value, by) for by, value in sides)
        self.record.apply(FieldKey(type_, entity, field), standing)

    def standing(self, value: Any, by: str = LEAD) -> Standing:
        self._n += 1
        return Standing(f"entry{self._n:06d}", by, "2026-11-24T10:30:00+00:00", self._n, value)


def make_snapshot(
    *,
    criteria: int = 12,
    sites: int = 9,
    findings: int = 12,
    photos: int = 4,
    long_texts: bool = False,
    sealed: bool = False,
    disagreements: int = 1,
    unrated: bool = True,
    version: int = 3,
    pack: Pack | None = None,
    rules: Rules | None = None,
    **facts: str,
) -> VisitSnapshot:
    """A visit of the asked size. Words given by name replace those facts: `summary="..."`.

    `unrated` leaves a few places without a rating; `disagreements` is how many ratings two people dispute.
    """
    pack = pack or make_pack(criteria)
    record = VisitRecord("3f6c2b1e-8d0a-4c55-9b7e-1f2a3b4c5d6e", pack, rules or make_rules())
    writer = VisitWriter(record)
    chance = random.Random(7)
    _write_visit(writer, sites, facts)
    _write_ratings(writer, chance, unrated=unrated, disagreements=disagreements)
    _write_notes(writer, chance, long_texts=long_texts)
    _write_exhibits(writer, photos)
    _write_findings(writer, findings, long_texts=long_texts)
    if sealed:
        writer.put("seal", record.visit_id, sealed={"digest": "ab" * 32})
    return snapshot_of(record, version=version, made_at=MADE_AT, trail=_trail(), picture=picture_of)


def _write_visit(writer: VisitWriter, sites: int, facts: dict[str, str]) -> None:
    words = {
        "network": "Greater Wessex Imaging Network",
        "client": "NHS Greater Wessex",
        "issuing_body": "Imaging Assessment Body",
        "scope": "Diagnostic imaging at every site of the network, radiotherapy planning left out.",
        "objectives": "To judge whether the network meets the standard and can go forward to accreditation.",
        "starts": "2026-11-24",
        "ends": "2026-11-25",
        "report_number": "QN-2026-0147",
        "summary": "Patient representatives sit on the board with a vote, and show three changes made since. "
        "AI tools are not yet under one policy at every site.",
        "conclusion": "The network works as one in most of what was seen.",
        "recommendation": writer.record.rules.recommendations[-2][0],
        "recommendation_words": "Every other standard is met or partly met with a plan.",
        "not_covered": "The mobile scanner was out of service, so its records alone were seen.",
    } | facts
    writer.put("visit", writer.record.visit_id, **words)
    for order in range(sites):
        name = _SITES[order] if order < len(_SITES) else f"{_SITES[order % len(_SITES)]} {order + 1}"
        writer.put("site", f"s-{order + 1:02d}", made={"order": order}, name=name)
    people = (
        (LEAD, "L. Lead", "lead", "Imaging Assessment Body", "None"),
        (PEER, "P. Ashworth", "peer", "Northern Imaging Network", "Worked at St Aldhelm Hospital until 2019"),
        (LAY, "Rhian Ŵyn-Jones", "lay", "", "None"),
        ("p-net", "N. Carter", "network", "Greater Wessex Imaging Network", ""),
    )
    for person, name, role, organisation, interests in people:
        writer.put(
            "person", person, made={}, name=name, role=role, organisation=organisation, interests=interests
        )


def _write_ratings(writer: VisitWriter, chance: random.Random, *, unrated: bool, disagreements: int) -> None:
    record = writer.record
    places = [NETWORK] if not record.sites else [site.id for site in record.sites]
    scale = record.rules.scale
    weights = [70, 14, 10, 6][: len(scale)] + [1] * max(0, len(scale) - 4)
    for criterion in record.pack.criteria:
        for stage in Stage:
            for place in places:
                if unrated and chance.random() < 0.06:
                    continue
                point = chance.choices(scale, weights)[0]
                reason = chance.choice(_REASONS) if point.needs_reason else ""
                entity = RatingKey(criterion.code, stage, place).entity
                writer.put(
                    "rating",
                    entity,
                    chance.choice((LEAD, PEER, LAY)),
                    rating={"rating": point.id, "reason": reason},
                )
    for criterion in record.pack.criteria[:disagreements]:
        entity = RatingKey(criterion.code, Stage.SITE, places[-1]).entity
        first, last = scale[0], scale[min(1, len(scale) - 1)]
        sides = (
            (PEER, {"rating": first.id, "reason": ""}),
            (LAY, {"rating": last.id, "reason": "The waiting room had no sign that patients could read."}),
        )
        writer.put_several("rating", entity, "rating", sides)


def _write_notes(writer: VisitWriter, chance: random.Random, *, long_texts: bool) -> None:
    sites = writer.record.sites
    for number, criterion in enumerate(writer.record.pack.criteria):
        for turn in range(1 + number % 3):
            kind = _KINDS[(number + turn) % 4]
            heard = (
                {"heard": "J. Okafor", "role": "superintendent radiographer"} if kind == "interview" else {}
            )
            site = chance.choice(sites).id if sites and turn else NETWORK
            writer.put(
                "note",
                f"n-{number:04d}-{turn}",
                chance.choice((LEAD, PEER, LAY)),
                made={"criterion": criterion.code, "kind": kind, "stage": "site", "site": site},
                text=_NOTES[(number + turn) % 4] + (_LONG * 4 if long_texts else ""),
                about=heard | {"when": "24 November, 10:30"},
                shown=(number + turn) % 5 != 4,
            )


def _write_exhibits(writer: VisitWriter, photos: int) -> None:
    criteria = writer.record.pack.criteria
    papers = (
        ("AI register", "ai-register.xlsx", "sheet", "Excel workbook", "sheet Tools"),
        ("AI policy, version 2", "AI policy v2 FINAL.pdf", "pdf", "PDF document", "page 6, section 3"),
        ("Capacity and demand model", "capacity.xlsx", "sheet", "Excel workbook", "sheet Model, row 40"),
        ("Board minutes, October", "minutes-2026-10.docx", "document", "Word document", "item 7"),
    )
    for place, (title, name, group, kind, locator) in enumerate(papers):
        _write_exhibit(writer, place + 1, title, name, group, kind)
        for criterion in criteria[place :: len(papers)]:
            _write_link(writer, place + 1, criterion, locator)
    seen = {
        "number": "GW-POL-112",
        "title": "Approval log",
        "dated": "3 November 2026",
        "where": "Harbour CDC, manager's office",
        "seen_by": "P. Ashworth",
        "seen_on": "24 November 2026",
        "showed": "Eleven approvals, none for the triage tool",
    }
    number = len(papers) + 1
    writer.put("exhibit", f"e-{number:04d}", made={"number": f"E-{number:03d}"}, seen=seen)
    _write_link(writer, number, criteria[-1], "")
    for photo in range(photos):
        number = len(papers) + 2 + photo
        _write_exhibit(
            writer, number, f"Scanner room {photo + 1}", f"IMG_{photo + 1:04d}.jpg", "photo", "JPEG photo"
        )
        _write_link(writer, number, criteria[photo % len(criteria)], "", "Notice on the door, seen at 10:40")


def _write_exhibit(writer: VisitWriter, number: int, title: str, name: str, group: str, kind: str) -> None:
    made = {
        "number": f"E-{number:03d}",
        "name": name,
        "size": 48_128 + number * 1011,
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
        "mime": "image/jpeg" if group == "photo" else "application/octet-stream",
        "group": group,
        "kind": kind,
    }
    writer.put("exhibit", f"e-{number:04d}", made=made, title=title)


def _write_link(
    writer: VisitWriter, number: int, criterion: Criterion, locator: str, caption: str = ""
) -> None:
    made = {"exhibit": f"e-{number:04d}", "criterion": criterion.code}
    writer.put("link", f"l-{number:04d}-{criterion.code}", made=made, locator=locator, caption=caption)


def _write_findings(writer: VisitWriter, count: int, *, long_texts: bool) -> None:
    record = writer.record
    more = _LONG * 3 if long_texts else ""
    for number in range(1, count + 1):
        criterion = record.pack.criteria[number * 3 % len(record.pack.criteria)]
        grade = record.rules.grades[number % len(record.rules.grades)]
        site = record.sites[number % len(record.sites)].id if record.sites and number % 2 else NETWORK
        entity = f"f-{number:04d}"
        writer.put("finding", entity, made={"number": f"F-{number:03d}"}, grade=grade.id, site=site)
        writer.put(
            "finding",
            entity,
            requirement=f"{criterion.title}.{more}",
            evidence=f"A triage tool was in use on two workstations on 24 November (case {number}).{more}",
            gap=""
            if grade.praise
            else f"The tool is in clinical use without the network's own approval.{more}",
        )
        writer.put_several("finding", entity, "criterion", [(LEAD, criterion.code)])
        if number % 6 == 5:
            writer.put("finding", entity, withdrawn="The approval was shown to us on the second day.")
        exhibit = 1 + number % 4
        writer.put(
            "link",
            f"lf-{number:04d}",
            made={"exhibit": f"e-{exhibit:04d}", "finding": entity},
            locator=f"page {number}",
        )


def _trail() -> tuple[TrailRow, ...]:
    return tuple(
        TrailRow(
            entry=f"{n:064x}",
            device="laptop-1",
            seq=n,
            n=n,
            at="2026-11-24T10:30:00+00:00",
            by="L. Lead",
            act="rate",
            type="rating",
            entity="IN-101.a|site|",
            field="rating",
            before="Met" if n > 1 else "",
            after="Partly met",
            why="",
        )
        for n in (1, 2, 3)
    )


def picture_of(exhibit: Exhibit) -> bytes | None:
    """A JPEG of 1600 x 1200 for photos, different for each; None for everything else."""
    if exhibit.group != "photo":
        return None
    number = int(exhibit.number[2:])
    # A comment makes the bytes of each photo its own.
    picture = _drawn_photo(number % 5)
    comment = exhibit.number.encode()
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]


@cache
def _drawn_photo(variant: int) -> bytes:
    size = (1600, 1200) if variant % 2 else (1200, 1600)
    photo = Image.radial_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(photo)
    for step in range(0, size[0], 40):
        colour = (step % 256, 60 + 30 * variant, 200 - step % 200)
        pen.rectangle((step, 200 + step // 4, step + 30, 900 - step // 4 % 300), fill=colour)
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=82)
    return out.getvalue()
