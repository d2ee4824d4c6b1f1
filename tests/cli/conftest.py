from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qsin_desktop.actions import planning
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.cli import run
from qsin_desktop.store.identity import IDENTITY_NAME
from tests.founding import ME, PEER, copy_of, found_small_visit, opened


@dataclass(frozen=True)
class Answer:
    """What a command left behind; `words` are those it was called with."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        assert self.code == 0, self.err
        return dict(json.loads(self.out))

    def refused(self) -> str:
        """The one sentence of a refusal, on one line, with nothing else said."""
        assert (self.code, self.out) == (1, ""), (self.words, self.code, self.out, self.err)
        return self.sentence()

    def sentence(self) -> str:
        assert self.err.endswith("\n"), self.words
        assert self.err.count("\n") == 1, (self.words, self.err)
        assert "inside QSIN Desktop" not in self.err, (self.words, self.err)
        assert "Traceback" not in self.err
        assert all(sign.isprintable() for sign in self.err[:-1]), (self.words, self.err)
        assert len(self.err) < 1000, (self.words, len(self.err))
        return self.err[:-1]


Cli = Callable[..., Answer]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command in this process, as the lead unless `--home` says otherwise."""

    def ask(*words: object) -> Answer:
        texts = tuple(map(str, words))
        try:
            code = run(texts)
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Answer(texts, code, said.out, said.err)

    return ask


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = found_small_visit(tmp_path_factory.mktemp("founded") / "Thames Estuary 2026.qsin")
    with opened(path) as visit:
        planning.confirm_device(visit, device=PEER.device, person=PEER.person)
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The lead's."""
    place = tmp_path / "home"
    place.mkdir()
    ME.keep(place / IDENTITY_NAME)
    monkeypatch.setenv("QSIN_HOME", str(place))
    return place


@pytest.fixture
def peer_home(tmp_path: Path) -> Path:
    place = tmp_path / "peer's home"
    place.mkdir()
    PEER.keep(place / IDENTITY_NAME)
    return place


@pytest.fixture
def visit(founded: Path, home: Path, tmp_path: Path) -> Path:
    """The lead's copy of the small visit, its key file beside it."""
    return copy_of(founded, tmp_path / "lead")


@pytest.fixture
def intact(visit: Path) -> Callable[[], int]:
    """Checks journal and tables through and through; answers how many entries there are."""

    def check() -> int:
        with opened(visit, reading=True) as looked_at:
            verdict = verify_trail(looked_at)
            assert verdict.intact, verdict
            assert looked_at.store.projection_matches()
        assert not [*visit.rglob(".part-*")]
        return verdict.entries

    return check
