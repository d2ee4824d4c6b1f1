from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.background.jobs import IsCancelled, Jobs, Report
from qsin_desktop.background.own_thread import GivenUp, OwnThread
from qsin_desktop.domain.errors import Refusal


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs(bug=lambda fault: Refusal(f"bug: {fault}"))
    yield jobs
    assert jobs.stop_all()


def test_a_piece_is_done_on_the_owners_thread_and_its_result_comes_back(jobs: Jobs, qtbot: QtBot) -> None:
    own, came = OwnThread(), list[tuple[int, int]]()

    def work(_report: Report, _is_cancelled: IsCancelled) -> tuple[int, int]:
        return threading.get_ident(), own.ask(threading.get_ident)

    jobs.run("Ask", work, done=came.append, refused=lambda refusal: pytest.fail(refusal.sentence))
    qtbot.waitUntil(lambda: bool(came))
    there, here = came[0]
    assert here == threading.get_ident() != there


def test_on_the_owners_thread_itself_it_is_done_at_once() -> None:
    assert OwnThread().ask(lambda: 42) == 42


def test_what_the_piece_raises_is_raised_where_it_was_asked(jobs: Jobs, qtbot: QtBot) -> None:
    own, came = OwnThread(), list[object]()

    def fails() -> None:
        raise Refusal("The disk is full.")

    jobs.run("Ask", lambda _report, _cancelled: own.ask(fails), done=came.append, refused=came.append)
    qtbot.waitUntil(lambda: bool(came))
    assert isinstance(came[0], Refusal)
    assert came[0].sentence == "The disk is full."


def test_who_waits_for_the_job_does_not_wait_for_itself(jobs: Jobs) -> None:
    """The owner's thread stands in `stop_all` and cannot do the piece; the asker gives up."""
    own, done, came, began = OwnThread(), list[int](), list[object](), threading.Event()

    def work(_report: Report, is_cancelled: IsCancelled) -> None:
        began.set()
        own.ask(lambda: done.append(1), is_cancelled)

    jobs.run("Ask", work, done=came.append, refused=came.append)
    assert began.wait(5)
    assert jobs.stop_all(5_000)
    assert isinstance(came[0], GivenUp)
    assert done == []
