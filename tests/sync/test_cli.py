"""The whole story on the command line: three homes, an invitation, sticks and bundles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qsin_desktop.cli.running import run
from tests.founding import PASSPHRASE


class Laptop:
    def __init__(self, place: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.visit, self.name = place / f"home-{name}", place / f"{name}.qsin", name
        self.key_file = place / f"{name}.key"
        self._capsys = capsys

    def does(self, *words: object) -> dict[str, Any]:
        code, answer, said = self.tries(*words)
        assert code == 0, (words, said)
        return answer

    def tries(self, *words: object) -> tuple[int, dict[str, Any], str]:
        options = ["--home", self.home, "--key-file", self.key_file, "--json"]
        code = run([str(word) for word in (*words, *options)])
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return code, json.loads(out) if out.strip() else {}, err

    def says(self, *words: object) -> str:
        """What a person reads."""
        options = ["--home", self.home, "--key-file", self.key_file]
        assert run([str(word) for word in (*words, *options)]) == 0
        return self._capsys.readouterr().out


@pytest.fixture
def lead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Laptop:
    laptop = Laptop(tmp_path, "Lena", capsys)
    laptop.does(
        *("new", laptop.visit, "--network", "Wessex", "--pack", "qsin-outline", "--assessor", "Lena"),
        *("--rules", "accreditation", "--site", "Harbour"),
    )
    return laptop


@pytest.fixture
def newcomer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Laptop:
    laptop = Laptop(tmp_path, "Ada", capsys)
    laptop.does("whoami", "--name", "Ada")
    return laptop


def invited(lead: Laptop, newcomer: Laptop, tmp_path: Path) -> str:
    me = newcomer.does("whoami")
    bundle = tmp_path / "for Ada.qsinx"
    assert lead.does("invite", lead.visit, me["card"], bundle)["words"] == me["words"]
    made = newcomer.does("receive", bundle, "--into", newcomer.visit)["received"][0]
    assert made["made"]
    return str(me["device"])


def test_a_newcomer_is_invited_compared_confirmed_and_meets_the_lead(
    lead: Laptop, newcomer: Laptop, tmp_path: Path
) -> None:
    device = invited(lead, newcomer, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    newcomer.does("rate", newcomer.visit, "IN-301.a", "not-met", "--reason", "Nothing was shown")
    newcomer.does("exchange", newcomer.visit, stick)
    lead.does("exchange", lead.visit, stick)
    team = lead.does("team", lead.visit)
    waiting = lead.does("confirm", lead.visit)["waiting"]
    assert [(one["device"], one["entries"]) for one in waiting] == [(device, 1)]
    assert team["waiting"] == 1, "that they met somebody is nothing they wrote"
    (theirs,) = [x for person in team["people"] for x in person["laptops"] if x["device"] == device]
    assert theirs["entries"] == 1
    assert ", 1 entry waits: " in lead.says("confirm", lead.visit)
    shown = newcomer.does("whoami", "--visit", newcomer.visit)["words_with"]
    assert shown[0]["words"] == waiting[0]["words"], "both programs show the same six words"
    code, _, said = lead.tries(
        "confirm", lead.visit, device[:12], "--words", "able acid acorn acre actor adapt"
    )
    assert code == 1
    assert "not the six words" in said
    lead.does("confirm", lead.visit, device[:12], "--words", shown[0]["words"].title())
    assert lead.does("team", lead.visit)["waiting"] == 0
    lead.does("exchange", lead.visit, stick)
    newcomer.does("exchange", newcomer.visit, stick)
    ratings = [laptop.does("show", laptop.visit, "IN-301.a") for laptop in (lead, newcomer)]
    assert ratings[0] == ratings[1]
    assert "Nothing was shown" in json.dumps(ratings[0])


def test_who_was_planned_by_name_is_in_the_team_once_after_the_invitation(
    lead: Laptop, newcomer: Laptop, tmp_path: Path
) -> None:
    lead.does("member", lead.visit, "ada", "--role", "technical", "--organisation", "North Trust")
    lead.does("member", lead.visit, "Tom Planned", "--role", "peer")
    lead.does("assign", lead.visit, "IN-301", "ada")
    card = newcomer.does("whoami")["card"]
    code, _, said = lead.tries(
        "invite", lead.visit, card, tmp_path / "a.qsinx", "--instead-of", "Nobody Known"
    )
    assert (code, "no planned colleague without a laptop “Nobody Known”" in said) == (1, True)
    told = lead.does("invite", lead.visit, card, tmp_path / "a.qsinx")
    assert told["instead_of"] == "ada"
    people = [(each["name"], each["role"]) for each in lead.does("team", lead.visit)["people"]]
    assert [each for each in people if each[0].casefold() == "ada"] == [("Ada", "technical")]
    assert ("Tom Planned", "peer") in people
    assert lead.does("invite", lead.visit, card, tmp_path / "b.qsinx")["instead_of"] == ""


def test_bundles_in_any_order_again_and_again(lead: Laptop, newcomer: Laptop, tmp_path: Path) -> None:
    invited(lead, newcomer, tmp_path)
    bundles = []
    for number, rating in enumerate(("met", "partly-met", "not-met")):
        lead.does("rate", lead.visit, "IN-301.b", rating, "--reason", f"look {number}")
        bundles.append(tmp_path / f"{number}.qsinx")
        lead.does("bundle", lead.visit, bundles[-1])
    received = newcomer.does(
        "receive", bundles[2], bundles[0], bundles[1], bundles[2], "--into", newcomer.visit
    )["received"]
    assert [one["entries_taken"] > 0 for one in received] == [True, False, False, False]
    assert "look 2" in json.dumps(newcomer.does("show", newcomer.visit, "IN-301.b"))


def test_one_bad_bundle_does_not_keep_the_others_out(lead: Laptop, newcomer: Laptop, tmp_path: Path) -> None:
    invited(lead, newcomer, tmp_path)
    good, bad = tmp_path / "good.qsinx", tmp_path / "bad.qsinx"
    lead.does("rate", lead.visit, "IN-301.b", "met")
    lead.does("bundle", lead.visit, good)
    bad.write_bytes(good.read_bytes()[:-40])
    code, answer, said = newcomer.tries("receive", bad, good, "--into", newcomer.visit)
    assert code == 1
    assert "cut short" in said
    assert "refused" in answer["received"][0]
    assert answer["received"][1]["entries_taken"] > 0


def test_a_bundle_for_a_colleague_holds_only_what_they_lack(
    lead: Laptop, newcomer: Laptop, tmp_path: Path
) -> None:
    device = invited(lead, newcomer, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    newcomer.does("exchange", newcomer.visit, stick)
    lead.does("exchange", lead.visit, stick)
    words = newcomer.does("whoami", "--visit", newcomer.visit)["words_with"][0]["words"]
    lead.does("confirm", lead.visit, device, "--words", words)
    for _ in range(2):
        newcomer.does("exchange", newcomer.visit, stick)
        lead.does("exchange", lead.visit, stick)
    lead.does("rate", lead.visit, "IN-301.b", "met")
    whole = lead.does("bundle", lead.visit, tmp_path / "whole.qsinx")
    small = lead.does("bundle", lead.visit, tmp_path / "small.qsinx", "--for", "Ada")
    assert 1 <= small["entries_given"] <= 3 < whole["entries_given"]
    received = newcomer.does("receive", tmp_path / "small.qsinx", "--into", newcomer.visit)["received"]
    assert received[0]["entries_taken"] >= 1


def test_a_bundle_is_received_into_the_visit_it_belongs_to(
    lead: Laptop, newcomer: Laptop, tmp_path: Path
) -> None:
    from qsin_desktop.settings import Settings, SettingsFile

    invited(lead, newcomer, tmp_path)
    bundle = tmp_path / "more.qsinx"
    lead.does("bundle", lead.visit, bundle)
    code, _, said = newcomer.tries("receive", bundle)
    assert code == 1
    assert "--into" in said
    SettingsFile(newcomer.home).save(Settings(library=str(tmp_path)))
    assert newcomer.does("receive", bundle)["received"][0]["visit"] == str(newcomer.visit)


def test_what_is_refused_is_told_in_one_sentence(
    lead: Laptop, newcomer: Laptop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Laptop(tmp_path, "Otto", capsys)
    other.does("new", other.visit, "--network", "Other", "--pack", "qsin-outline", "--assessor", "Otto")
    bundle = tmp_path / "lead.qsinx"
    lead.does("bundle", lead.visit, bundle)
    note = tmp_path / "note.txt"
    note.write_text("no bundle", encoding="utf-8")
    cases: list[tuple[Laptop, tuple[object, ...], str]] = [
        (other, ("receive", bundle, "--into", other.visit), "another visit"),
        (newcomer, ("receive", bundle, "--into", newcomer.visit), "other laptops"),
        (lead, ("receive", note, "--into", lead.visit), "is not a bundle"),
        (lead, ("receive", tmp_path / "gone", "--into", lead.visit), "no file"),
        (lead, ("receive", tmp_path, "--into", lead.visit), "is not a bundle"),
        (lead, ("exchange", lead.visit, tmp_path / "no stick"), "no folder"),
        (lead, ("bundle", lead.visit, tmp_path / "no" / "such.qsinx"), "no folder"),
        (lead, ("bundle", lead.visit, tmp_path / "x.qsinx", "--for", "Nobody"), "no team member"),
        (lead, ("invite", lead.visit, "qsin-card-1.xyz", tmp_path / "x.qsinx"), "not the card"),
        (lead, ("cut-off", lead.visit, "ffff", "--reason", "stolen"), "no laptop"),
    ]
    for laptop, words, sentence in cases:
        code, _, said = laptop.tries(*words)
        assert code == 1, words
        assert sentence in said, (words, said)
        assert len(said.strip().splitlines()) == 1, said
    assert not newcomer.visit.exists()
    assert PASSPHRASE not in "".join(path.name for path in tmp_path.iterdir())


def test_the_words_for_a_person(lead: Laptop, newcomer: Laptop, tmp_path: Path, capsys: Any) -> None:
    invited(lead, newcomer, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    for laptop in (newcomer, lead):
        options = ["--home", str(laptop.home), "--key-file", str(laptop.key_file)]
        assert run(["exchange", str(laptop.visit), str(stick), *options]) == 0
        assert run(["team", str(laptop.visit), *options]) == 0
    said = capsys.readouterr().out
    assert "Evidence: 0 pieces came" in said
    assert "Ada: " in said
    assert "not confirmed, its entries wait" in said
