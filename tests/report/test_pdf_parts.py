"""What single parts of the report say about single cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.late_changes import LateChange
from qsin_desktop.domain.rating import Opinion, RatingCell, RatingKey
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Grade, RollUp, Rules, ScalePoint, Sign, Tone
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.report.coverage_part import _grouped
from qsin_desktop.report.heat_map import shown_stage, standard_marks
from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.series_bars import counts_of
from qsin_desktop.report.sign_off_part import late_words
from qsin_desktop.report.standards_part import exhibit_runs
from qsin_desktop.report.summary import blocking_words
from qsin_desktop.report.wording import counted, days, listed, moment, rule_words, size_words, strung, the
from tests.report.make_snapshot import LAY, PEER, make_snapshot
from tests.report.pdf_reading import page_texts, squeezed, text_of


@pytest.fixture
def told(tmp_path: Path) -> Callable[[VisitSnapshot], str]:
    """The words of a visit's report, without white space."""

    def tell(visit: VisitSnapshot) -> str:
        draw_report(visit, tmp_path / "r.pdf")
        return squeezed(text_of(tmp_path / "r.pdf"))

    return tell


def cell(*ratings: str) -> RatingCell:
    return RatingCell(tuple(Opinion(r, f"Because {r}.", PEER, "", f"e{n}") for n, r in enumerate(ratings)))


def test_heat_map_shows_the_lowest_rating_at_each_place() -> None:
    visit = make_snapshot(sites=3)
    standard = visit.pack.standard("IN-301")
    a, b, c = (one.code for one in standard.criteria)
    ratings = {
        RatingKey(c, Stage.SITE, "s-01"): cell("met"),
        RatingKey(a, Stage.SITE, "s-01"): cell("met"),
        RatingKey(b, Stage.SITE, "s-01"): cell("partly"),
        RatingKey(a, Stage.SITE, "s-02"): cell("met", "not-met"),
    }
    marks = standard_marks(replace(visit, ratings=ratings), standard, Stage.SITE)
    assert [mark.words for mark in marks] == ["Disagreement", "Partly met", "Disagreement", "Not rated"]


def test_documents_are_shown_until_something_is_judged_on_site() -> None:
    visit = make_snapshot(sites=1)
    early = {key: one for key, one in visit.ratings.items() if key.stage is Stage.DOCUMENTS}
    assert shown_stage(visit) is Stage.SITE
    assert shown_stage(replace(visit, ratings=early)) is Stage.DOCUMENTS


def test_series_bars_count_every_criterion_once() -> None:
    visit = make_snapshot()
    for series in visit.pack.series:
        counts = counts_of(visit, series, Stage.SITE)
        assert sum(count for _, count in counts) == sum(len(s.criteria) for s in series.standards)


def test_both_sides_of_a_text_stand_beside_each_other(told: Callable[[VisitSnapshot], str]) -> None:
    visit = make_snapshot()
    finding = visit.findings[0]
    sides = (
        Standing("e1", PEER, "2026-11-24T10:00:00+00:00", 1, "No list is kept."),
        Standing("e2", LAY, "2026-11-24T11:00:00+00:00", 2, "A list is kept and is old."),
    )
    conflict = Conflict(FieldKey("finding", finding.id, "gap"), sides)
    words = told(replace(visit, conflicts=(conflict,)))
    assert "Nothingstood" in words
    before = Standing("e0", PEER, sides[0].at, 0, "What both had read.")
    assert "Whatbothhadread." in told(replace(visit, conflicts=(replace(conflict, base=(before,)),)))
    for expected in ("Finding F-001: gap", "P. Ashworth", "No list is kept.", "A list is kept and is old."):
        assert squeezed(expected) in words


def test_a_rating_set_against_its_sites_says_so(told: Callable[[VisitSnapshot], str]) -> None:
    visit = make_snapshot(sites=2)
    ratings = {
        RatingKey("IN-101.a", Stage.SITE, NETWORK): cell("met"),
        RatingKey("IN-101.a", Stage.SITE, "s-01"): cell("not-met"),
    }
    assert squeezed("set for the network; its sites would give “not met”") in told(
        replace(visit, ratings=ratings)
    )


def test_words_of_the_lead_on_a_settled_disagreement_are_kept(told: Callable[[VisitSnapshot], str]) -> None:
    visit = make_snapshot(sites=1)
    settled = RatingCell((Opinion("met", "Seen.", PEER, "", "e", why="The log was shown to both of us."),))
    words = told(replace(visit, ratings={RatingKey("IN-101.a", Stage.SITE, "s-01"): settled}))
    assert squeezed("Settled by the lead: The log was shown to both of us.") in words


def test_one_word_of_the_lead_for_both_is_told_once(told: Callable[[VisitSnapshot], str]) -> None:
    """As the command line gives it: the reason of the rating is the reason for settling so."""
    visit = make_snapshot(sites=1)
    settled = RatingCell((Opinion("met", "The log was shown.", PEER, "", "e", why="The log was shown."),))
    words = told(replace(visit, ratings={RatingKey("IN-101.a", Stage.SITE, "s-01"): settled}))
    assert words.count(squeezed("The log was shown.")) == 1
    assert squeezed("Settled by the lead: The log was shown.") in words


def test_a_caption_that_ends_a_sentence_gets_no_second_stop() -> None:
    visit = make_snapshot(photos=2)
    link = visit.links_of(criterion=visit.pack.criteria[0].code)[0]
    for caption, joined in (("Seen at noon.", "noon. E-"), ("Seen at noon", "noon; E-")):
        links = (replace(link, caption=caption), replace(link, caption=caption))
        words = "".join(run.text for run in exhibit_runs(visit, links))
        assert joined in words
        assert words.endswith("noon.")


def test_another_scheme_with_its_own_words(told: Callable[[VisitSnapshot], str]) -> None:
    rules = Rules(
        id="mark",
        title="Quality mark",
        scale=(
            ScalePoint("exceeded", "Exceeded", "1", Tone.ACCENT, Sign.STAR, 0, needs_reason=True),
            ScalePoint("met", "Met", "2", Tone.MET, Sign.TICK, 1),
            ScalePoint("towards", "Working towards", "3", Tone.PARTLY, Sign.HALF, 2, needs_reason=True),
        ),
        grades=(Grade("key", "Key action", "Key actions", Tone.NOT_MET, 12, blocks=True),),
        roll_up=RollUp.MAJORITY,
        recommendations=(("award", "Award the mark"), ("not", "Do not award")),
    )
    words = told(make_snapshot(rules=rules, disagreements=0))
    for expected in (
        "Working towards",
        "key actions",
        "award the mark",
        "met or better",
        "most of its sites have",
    ):
        assert squeezed(expected) in words


def test_what_is_gone_from_the_visit_does_not_stop_the_report(told: Callable[[VisitSnapshot], str]) -> None:
    visit = make_snapshot()
    lost = replace(visit.findings[0], criteria=("IN-999.z",), site="s-99", grade=None)
    words = told(replace(visit, findings=(lost,), links=()))
    for expected in ("IN-999.z", "a removed site", "Grade not agreed", "one finding without an agreed grade"):
        assert squeezed(expected) in words.replace(squeezed("One finding"), squeezed("one finding"))


def test_a_site_named_of_something_is_grouped_with_the_others() -> None:
    words = ["On site: the rating of Isle of Man", "On site: the rating of Isle of Wight"]
    assert _grouped(words) == "On site: the rating of Isle of Man, Isle of Wight"


def test_missing_parts_are_grouped() -> None:
    parts = ("On site: the rating of Moor", "On site: the rating of Vale", "Documents: the rating")
    assert _grouped(parts) == "On site: the rating of Moor, Vale; Documents: the rating"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, ""),
        (date(2026, 11, 24), None, "24 November 2026"),
        (date(2026, 11, 24), date(2026, 11, 24), "24 November 2026"),
        (date(2026, 11, 24), date(2026, 11, 25), "24 and 25 November 2026"),
        (date(2026, 11, 24), date(2026, 11, 27), "24 to 27 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 1), "30 November and 1 December 2026"),
        (date(2026, 12, 31), date(2027, 1, 2), "31 December 2026 to 2 January 2027"),
    ],
)
def test_days(first: date | None, last: date | None, words: str) -> None:
    assert days(first, last) == words


def test_titles_in_a_sentence() -> None:
    assert the("Quality Standard") == "the Quality Standard"
    assert the("The Standard") == "The Standard"
    assert the("A standard") == "A standard"
    assert strung(["Door.", "Window", "Wall"]) == "Door. Window; Wall"
    assert strung([]) == ""


def test_small_words() -> None:
    assert counted(0, "site", "sites") == "no sites"
    assert counted(1, "site", "sites") == "one site"
    assert counted(1300, "site", "sites") == "1,300 sites"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert [size_words(n) for n in (974, 50_100, 1_340_000, 2_000_000_000)] == [
        "974 bytes",
        "50.1 kB",
        "1.34 MB",
        "2 GB",
    ]


def test_moments_are_told_by_the_clock_of_the_report() -> None:
    visit = make_snapshot()
    assert moment(visit, "2026-11-24T11:30:00+01:00") == "24 November 2026, 10:30"
    assert moment(visit, "on the second day") == "on the second day"


def test_each_roll_up_is_put_into_words() -> None:
    rules = make_snapshot().rules
    assert len({rule_words(replace(rules, roll_up=rule)) for rule in RollUp}) == len(RollUp)


@pytest.mark.parametrize("about", ["", "Of this report.\n\nAnd more."])
def test_the_summary_has_a_page_of_its_own(tmp_path: Path, about: str) -> None:
    visit = make_snapshot(sites=5)
    texts = (("about_this_report", about),) if about else ()
    draw_report(replace(visit, template=replace(visit.template, texts=texts)), tmp_path / "r.pdf")
    pages = page_texts(tmp_path / "r.pdf")
    place = next(n for n, page in enumerate(pages) if "Recommendation:" in page)
    assert pages[place].index("Summary") < 200
    assert "What stood out" in pages[place]
    if about:
        assert "And more." in pages[1]


@pytest.mark.parametrize("notes", range(0, 12, 3))
def test_the_last_page_is_never_a_lone_paragraph(tmp_path: Path, notes: int) -> None:
    visit = make_snapshot(sites=2, findings=2)
    words = "\n".join(["Words of the conclusion."] * notes * 3)
    draw_report(replace(visit, facts=replace(visit.facts, conclusion=words)), tmp_path / "r.pdf")
    last = page_texts(tmp_path / "r.pdf")[-1]
    assert "Signatures" in last
    assert "How this report is checked" in last


def test_nothing_stands_in_the_way_is_not_said_before_anything_is_judged() -> None:
    visit = make_snapshot(sites=1, findings=0)
    facts = replace(visit.facts, recommendation="")
    progress = replace(visit.progress, rated=0)
    assert blocking_words(replace(visit, facts=facts, progress=progress)) == "Nothing is judged yet."
    assert blocking_words(replace(visit, facts=facts)).startswith("No open finding")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, ""),
        (1, "One change came after the sign-off and no part of this report rests on it."),
        (2, "Two changes came after the sign-off and no part of this report rests on them."),
    ],
)
def test_late_changes_are_counted_in_a_sentence(count: int, said: str) -> None:
    change = LateChange((), PEER, "Ada", "2026-11-25T10:00:00+00:00", "Rate IN-101 a: Met", counts=True)
    assert late_words(replace(make_snapshot(findings=0, photos=0), late=(change,) * count)) == said
