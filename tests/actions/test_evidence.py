from __future__ import annotations

from pathlib import Path

import pytest

from qsin_desktop.actions import evidence, findings
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.outside import files_in
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import NotFound, ReadOnlyVisit, TextMissing, TextTooLong, UnknownCriterion
from qsin_desktop.domain.evidence import SeenDocument
from qsin_desktop.store.pieces import CopyCancelled
from qsin_desktop.store.visit_store import VisitStore, Written
from tests.founding import opened

A, B = "IN-301.a", "IN-301.b"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.txt"
    path.write_text("A policy on the use of AI.", encoding="utf-8")
    return path


def places(visit: OpenVisit, exhibit: str) -> list[tuple[str, str, str]]:
    return [(link.criterion, link.locator, link.caption) for link in visit.record.links(exhibit=exhibit)]


def test_the_same_bytes_under_two_names_are_one_exhibit(visit: OpenVisit, policy: Path) -> None:
    first = evidence.attach(visit, policy, [Target(criterion=A)])
    again = evidence.attach(visit, policy.rename(policy.with_name("copy (2).txt")), [Target(criterion=B)])
    assert first.entity == again.entity
    (exhibit,) = visit.record.exhibits()
    assert (exhibit.number, exhibit.name, exhibit.size, exhibit.kind) == (
        "E-001",
        "policy.txt",
        26,
        "Plain text",
    )
    assert exhibit.sha256 == exhibit.id
    assert [criterion for criterion, _, _ in places(visit, exhibit.id)] == [A, B]
    assert again.name == "Attach E-001 to IN-301 b"
    assert not evidence.attach(visit, policy.with_name("copy (2).txt"), [Target(criterion=B)]).keys


def test_the_same_bytes_on_two_laptops_are_one_exhibit_with_the_first_number(
    visit: OpenVisit, colleague: OpenVisit, policy: Path, tmp_path: Path
) -> None:
    (tmp_path / "other.txt").write_text("other", encoding="utf-8")
    evidence.attach(colleague, tmp_path / "other.txt", [Target(criterion=A)])
    evidence.attach(visit, policy, [Target(criterion=A)])
    evidence.attach(colleague, policy, [Target(criterion=B)])
    take_from(visit, colleague)
    take_from(colleague, visit)
    for laptop in (visit, colleague):
        numbers = {e.name: e.number for e in laptop.record.exhibits()}
        assert len(numbers) == 2
        assert sorted(numbers.values()) in (["E-001", "E-001b"], ["E-001", "E-002"])
    assert [e.number for e in visit.record.exhibits()] == [e.number for e in colleague.record.exhibits()]


def test_each_citation_has_a_place_of_its_own(visit: OpenVisit, policy: Path) -> None:
    exhibit = evidence.attach(visit, policy).entity
    raised = findings.raise_finding(visit, criteria=[A], grade="mandatory").entity
    evidence.cite(visit, exhibit="E-001", target=Target(criterion=A), locator="page 1")
    link = evidence.cite(
        visit, exhibit=exhibit, target=Target(criterion=A), locator=" page\n2 ", caption="x"
    ).entity
    evidence.cite(visit, exhibit="e-001", target=Target(finding="F-001"), locator="page 3")
    assert places(visit, exhibit) == [(A, "page 1", ""), (A, "page 2", "x"), ("", "page 3", "")]
    assert [link.finding for link in visit.record.links(finding=raised)] == [raised]
    evidence.set_link(visit, link=link, field="locator", text="page 9")
    evidence.set_link(visit, link=link, field="caption", text=" ")
    assert places(visit, exhibit)[1] == (A, "page 9", "")
    evidence.uncite(visit, link=link)
    assert [where for _, where, _ in places(visit, exhibit)] == ["page 1", "page 3"]
    History(visit).undo()
    assert len(places(visit, exhibit)) == 3


def test_one_act_cites_in_many_places_and_names_the_first(visit: OpenVisit, policy: Path) -> None:
    targets = [Target(criterion=c.code) for c in visit.pack.criteria]
    change = evidence.attach(visit, policy, [*targets, targets[0]], locator="page 1")
    assert change.name.endswith(f"and {len(targets) - 3} more")
    assert len(visit.record.links(exhibit=change.entity)) == len(targets)
    History(visit).undo()
    assert not visit.record.exhibits()


def test_a_folder_is_all_its_files(visit: OpenVisit, tmp_path: Path) -> None:
    place = tmp_path / "box"
    (place / "b").mkdir(parents=True)
    for name in ("z.txt", "b/a.txt", ".hidden", "b/desktop.ini"):
        (place / name).write_text(name, encoding="utf-8")
    for path in files_in(place):
        evidence.attach(visit, path, [Target(criterion=A)])
    assert [exhibit.name for exhibit in visit.record.exhibits()] == ["a.txt", "z.txt"]


def test_a_picture_from_the_clipboard(visit: OpenVisit) -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(50)
    prepared = evidence.prepare_bytes(visit.pieces, png, "Pasted picture.png")
    change = evidence.attach_prepared(visit, prepared, [Target(criterion=A)], caption="The rack")
    exhibit = evidence.exhibit_named(visit, change.entity)
    assert (exhibit.name, exhibit.group, exhibit.size) == ("Pasted picture.png", "image", len(png))
    with evidence.open_exhibit(visit, exhibit) as content:
        assert content.read() == png


def test_the_bytes_are_on_the_disk_before_the_entry_that_names_them(
    visit: OpenVisit, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = []
    append = VisitStore.append

    def looking(store: VisitStore, drafts: list[object], **more: object) -> Written:
        named = drafts[0].value["pieces"]  # type: ignore[attr-defined]
        there.append([visit.pieces.check(named), [*visit.folder.exhibits.glob(".part-*")]])
        return append(store, drafts, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(VisitStore, "append", looking)
    evidence.attach(visit, policy)
    assert there == [["here", []]]


def test_copying_that_is_cancelled_leaves_nothing(visit: OpenVisit, policy: Path) -> None:
    before = visit.store.entry_count()
    with pytest.raises(CopyCancelled):
        evidence.attach(visit, policy, cancelled=lambda: True)
    assert visit.store.entry_count() == before
    assert not [path for path in visit.folder.exhibits.rglob("*") if path.is_file()]


def test_nothing_is_copied_for_what_cannot_be_recorded(visit: OpenVisit, folder: Path, policy: Path) -> None:
    with pytest.raises(UnknownCriterion):
        evidence.attach(visit, policy, [Target(criterion="IN-9")])
    with pytest.raises(TextTooLong):
        evidence.attach(visit, policy, locator="l" * 501)
    visit.close()
    with opened(folder, reading=True) as looked_at, pytest.raises(ReadOnlyVisit):
        evidence.attach(looked_at, policy)
    assert not [path for path in (folder / "exhibits").rglob("*") if path.is_file()]


def test_a_title_of_its_own_and_back_to_the_name(visit: OpenVisit, policy: Path) -> None:
    evidence.attach(visit, policy)
    evidence.title_exhibit(visit, exhibit="E-001", title="The AI policy")
    assert visit.record.exhibits()[0].title == "The AI policy"
    evidence.title_exhibit(visit, exhibit="E-001", title=" ")
    assert visit.record.exhibits()[0].title == "policy.txt"


def test_a_withdrawn_exhibit_stays_visible_with_the_reason_and_comes_back_with_its_citations(
    visit: OpenVisit, policy: Path
) -> None:
    exhibit = evidence.attach(visit, policy, [Target(criterion=A)]).entity
    evidence.withdraw_exhibit(visit, exhibit="E-001", reason=" The policy of 2019 ")
    assert (visit.record.exhibits(), visit.record.links()) == ((), ())
    (withdrawn,) = visit.record.exhibits(withdrawn=True)
    assert (withdrawn.number, withdrawn.withdrawn) == ("E-001", "The policy of 2019")
    with evidence.open_exhibit(visit, withdrawn) as content:
        assert content.read() == policy.read_bytes()
    evidence.reinstate_exhibit(visit, exhibit="E-001")
    assert places(visit, exhibit) == [(A, "", "")]
    History(visit).undo()
    assert visit.record.exhibits() == ()
    History(visit).undo()
    assert [e.number for e in visit.record.exhibits()] == ["E-001"]


def test_a_withdrawn_exhibit_is_not_cited_and_needs_a_reason(visit: OpenVisit, policy: Path) -> None:
    evidence.attach(visit, policy)
    with pytest.raises(TextMissing):
        evidence.withdraw_exhibit(visit, exhibit="E-001", reason=" ")
    evidence.withdraw_exhibit(visit, exhibit="E-001", reason="Of another network")
    with pytest.raises(evidence.ExhibitWithdrawn, match="E-001 is withdrawn"):
        evidence.cite(visit, exhibit="E-001", target=Target(criterion=A))
    assert visit.record.links() == ()


def test_attached_anew_it_counts_again_under_its_number(visit: OpenVisit, policy: Path) -> None:
    exhibit = evidence.attach(visit, policy, [Target(criterion=A)]).entity
    evidence.withdraw_exhibit(visit, exhibit="E-001", reason="By mistake")
    evidence.attach(visit, policy, [Target(criterion=B)])
    assert [e.number for e in visit.record.exhibits()] == ["E-001"]
    assert places(visit, exhibit) == [(A, "", ""), (B, "", "")]


def test_a_document_seen_and_not_copied_is_an_exhibit(visit: OpenVisit, policy: Path) -> None:
    evidence.attach(visit, policy)
    log = SeenDocument("QA-7", "QA log", "2026-10", "Wareham", "Lena Lead", "2026-11-24", "All checks signed")
    change = evidence.add_seen(visit, log, [Target(criterion=A)], caption="Room 2")
    exhibit = evidence.exhibit_named(visit, "E-002")
    assert (exhibit.id, exhibit.title, exhibit.kind, exhibit.seen) == (
        change.entity,
        "QA log",
        "Seen, not copied",
        log,
    )
    evidence.change_seen(visit, exhibit="E-002", seen=SeenDocument(title="QA log of 2026", where=" Wareham "))
    assert visit.record.exhibits()[1].seen == SeenDocument(title="QA log of 2026", where="Wareham")
    for title in ("", " \n"):
        with pytest.raises(TextMissing):
            evidence.add_seen(visit, SeenDocument(title=title))
    with pytest.raises(TextTooLong):
        evidence.add_seen(visit, SeenDocument(title="t", showed="s" * 5001))


def test_two_who_change_what_was_seen_disagree(visit: OpenVisit, colleague: OpenVisit) -> None:
    exhibit = evidence.add_seen(visit, SeenDocument(title="Log")).entity
    take_from(colleague, visit)
    evidence.change_seen(visit, exhibit=exhibit, seen=SeenDocument(title="Log A"))
    evidence.change_seen(colleague, exhibit=exhibit, seen=SeenDocument(title="Log B"))
    take_from(visit, colleague)
    assert [(c.key.type, c.key.field) for c in visit.record.conflicts] == [("exhibit", "seen")]


@pytest.mark.parametrize(
    ("name", "recorded"),
    [
        ("policy.txt", "policy.txt"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("\x00\x1b", "file"),
        ("w\u0302", "\u0175"),
        ("\u0645\u06cc\u200c\u062e.txt", "\u0645\u06cc\u200c\u062e.txt"),
        ("caf\udce9", "caf?"),
        ("", "file"),
    ],
)
def test_a_name_is_recorded_as_it_can_be_read(name: str, recorded: str) -> None:
    assert evidence.recorded_name(name) == recorded


def test_what_is_not_there_is_told(visit: OpenVisit) -> None:
    with pytest.raises(NotFound, match="exhibit"):
        evidence.cite(visit, exhibit="E-9", target=Target(criterion=A))
    with pytest.raises(NotFound, match="citation"):
        evidence.uncite(visit, link="l")
    with pytest.raises(NotFound, match="citation"):
        evidence.set_link(visit, link="l", field="locator", text="x")
