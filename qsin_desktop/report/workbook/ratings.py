"""The sheet of ratings: every criterion at each stage and place, with who rated it so and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qsin_desktop.domain.rating import NetworkRating, Opinion
from qsin_desktop.domain.standards import Criterion, RollUp, ScalePoint, Sign
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.report.workbook.book import Book, Put
from qsin_desktop.report.workbook.identity import FIRST_ROW
from qsin_desktop.report.workbook.long import LongTexts
from qsin_desktop.report.workbook.looks import QUIET, SIGNS, STRONG, TIME, Look, toned
from qsin_desktop.report.workbook.table import Column, Layout, Row, lay_table

RATINGS_SHEET = "Ratings"
NOT_RATED = f"{SIGNS[Sign.RING]} Not rated"
_RULES = {RollUp.WORST: "the worst of them", RollUp.MAJORITY: "the majority of them"}
_COLUMNS = [
    Column("Criterion", 12, STRONG),
    Column("Title", 36),
    Column("Stage", 12),
    Column("Place", 22),
    Column("Rating", 18),
    Column("How", 24),
    Column("Reason", 48),
    Column("By", 18),
    Column("When", 17, TIME),
]


class RatingRow(NamedTuple):
    criterion: Criterion
    stage: Stage
    site: str
    rating: str | None
    how: str
    opinion: Opinion | None


def sign_and_word(point: ScalePoint) -> str:
    """“✓ Met”: read without its colour it says the same."""
    return f"{SIGNS[point.sign]} {point.label}"


def rating_rows(book: Book) -> list[RatingRow]:
    """The network's rating of each criterion and stage, then every site that has one or needs one."""
    return [
        row
        for criterion in book.snapshot.pack.criteria
        for stage in Stage
        for row in (*_network_rows(book, criterion, stage), *_site_rows(book, criterion, stage))
    ]


def _network_rows(book: Book, criterion: Criterion, stage: Stage) -> Iterator[RatingRow]:
    rating = book.snapshot.network_rating(criterion.code, stage)
    opinions = book.snapshot.rating(criterion.code, stage, NETWORK).opinions
    if opinions:
        yield from _opinion_rows(criterion, stage, NETWORK, opinions, disputed=rating.disputed)
    else:
        yield RatingRow(criterion, stage, NETWORK, rating.rating, _rolled_up(book, rating), None)


def _rolled_up(book: Book, rating: NetworkRating) -> str:
    rule = _RULES.get(book.snapshot.rules.roll_up)
    if rating.rating is None or rule is None:
        return "Disagreement at a site" if rating.disputed else ""
    sites = len(book.snapshot.sites)
    words = f"From {rating.sites_rated} of {sites} sites: {rule}"
    return f"{words}; with a disagreement" if rating.disputed else words


def _site_rows(book: Book, criterion: Criterion, stage: Stage) -> Iterator[RatingRow]:
    for site in book.snapshot.sites:
        cell = book.snapshot.rating(criterion.code, stage, site.id)
        if cell.opinions:
            yield from _opinion_rows(criterion, stage, site.id, cell.opinions, disputed=cell.disputed)
        elif criterion.each_site and stage is Stage.SITE:
            yield RatingRow(criterion, stage, site.id, None, "Needed for each site", None)


def _opinion_rows(
    criterion: Criterion, stage: Stage, site: str, opinions: tuple[Opinion, ...], *, disputed: bool
) -> Iterator[RatingRow]:
    for opinion in opinions:
        how = "Disagreement" if disputed else "Rated"
        if opinion.why and not disputed:
            how = f"Settled by the lead: {opinion.why}"
        yield RatingRow(criterion, stage, site, opinion.rating, how, opinion)


def anchor_rows(rows: list[RatingRow]) -> dict[str, int]:
    """The sheet row at which each criterion's ratings begin, by its code."""
    first: dict[str, int] = {}
    for number, row in enumerate(rows, FIRST_ROW):
        first.setdefault(row.criterion.code, number)
    return first


def lay_ratings(book: Book, long_texts: LongTexts, rows: list[RatingRow]) -> None:
    layout = Layout(
        sheet=RATINGS_SHEET,
        table="Ratings",
        subtitle=f"{book.running_title} · times in {book.snapshot.made_at:UTC%z}".replace("UTC+0000", "UTC"),
        columns=_COLUMNS,
        empty="The standards pack of this visit holds no criteria.",
        row_name=lambda row: ", ".join(str(row[n]) for n in (0, 2, 3)),
    )
    lay_table(book, long_texts, layout, (_cells(book, row) for row in rows))


def _cells(book: Book, row: RatingRow) -> Row:
    points = {p.id: p for p in book.snapshot.rules.scale}
    point = points.get(row.rating or "")
    opinion = row.opinion
    return [
        row.criterion.shown_code,
        row.criterion.title,
        row.stage.label,
        book.site(row.site),
        _rating_cell(point, row.rating),
        row.how,
        opinion.reason if opinion else "",
        book.person(opinion.by) if opinion else "",
        book.moment(opinion.at) if opinion else None,
    ]


def _rating_cell(point: ScalePoint | None, rating: str | None) -> Put:
    if point is None:
        return Put(rating or NOT_RATED, QUIET)
    look: Look = toned(point.tone, bold=True)
    return Put(sign_and_word(point), look)
