from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.background.jobs import IsCancelled, Jobs, Report
from qsin_desktop.domain.errors import Refusal


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def jobs(bugs: list[BaseException]) -> Iterator[Jobs]:
    def told(fault: BaseException) -> Refusal:
        bugs.append(fault)
        return Refusal("A bug.")

    jobs = Jobs(bug=told)
    yield jobs
    assert jobs.stop_all()


def test_the_result_comes_home_on_the_asking_thread(jobs: Jobs, qtbot: QtBot) -> None:
    where: list[int] = []
    came: list[object] = []

    def work(report: Report, is_cancelled: IsCancelled) -> int:
        where.append(threading.get_ident())
        return 42

    jobs.run("Count", work, done=lambda n: came.append((n, threading.get_ident())), refused=came.append)
    qtbot.waitUntil(lambda: bool(came))
    assert came == [(42, threading.get_ident())]
    assert where[0] != threading.get_ident()
    assert jobs.running == ()


def test_progress_comes_home_and_the_last_report_always_does(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[int, int, str]] = []

    def work(report: Report, is_cancelled: IsCancelled) -> None:
        for n in range(1, 1001):
            report(n, 1000, f"file {n}")

    def on_progress(done: int, total: int, detail: str) -> None:
        assert threading.current_thread() is threading.main_thread()
        seen.append((done, total, detail))

    ended: list[object] = []
    jobs.run("Copy", work, done=ended.append, refused=ended.append, on_progress=on_progress)
    qtbot.waitUntil(lambda: bool(ended))
    assert seen[0] == (1, 1000, "file 1")
    assert seen[-1] == (1000, 1000, "file 1000")
    assert len(seen) < 500


def test_each_stretch_of_the_work_is_told_however_short(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[int, int, str]] = []

    def work(report: Report, is_cancelled: IsCancelled) -> None:
        report(0, None, "looking")
        report(0, 9_000_000, "giving evidence")
        report(0, 12, "comparing")

    ended: list[object] = []

    def on_progress(done: int, total: int, detail: str) -> None:
        seen.append((done, total, detail))

    jobs.run("Exchange", work, done=ended.append, refused=ended.append, on_progress=on_progress)
    qtbot.waitUntil(lambda: bool(ended))
    assert [one[2] for one in seen] == ["looking", "giving evidence", "comparing"]


def test_a_refusal_is_no_bug(jobs: Jobs, bugs: list[BaseException], qtbot: QtBot) -> None:
    def work(report: Report, is_cancelled: IsCancelled) -> str:
        raise Refusal("The disk is full.")

    told: list[object] = []
    jobs.run("Copy", work, done=told.append, refused=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "The disk is full."
    assert bugs == []


def test_a_bug_is_logged_and_told_once(jobs: Jobs, bugs: list[BaseException], qtbot: QtBot) -> None:
    def work(report: Report, is_cancelled: IsCancelled) -> str:
        raise ZeroDivisionError

    told: list[object] = []
    jobs.run("Count", work, done=told.append, refused=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert [str(refusal) for refusal in told] == ["A bug."]
    assert isinstance(bugs[0], ZeroDivisionError)


def test_cancelled_work_is_stopped_and_not_refused(jobs: Jobs, qtbot: QtBot) -> None:
    begun = threading.Event()
    heard: list[str] = []

    def work(report: Report, is_cancelled: IsCancelled) -> str:
        begun.set()
        while not is_cancelled():
            threading.Event().wait(0.001)
        raise Refusal("Cancelled; nothing was kept.")

    job = jobs.run(
        "Copy",
        work,
        done=lambda _: heard.append("done"),
        refused=lambda _: heard.append("refused"),
        stopped=lambda: heard.append("stopped"),
    )
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["stopped"]


def test_jobs_run_one_after_the_other_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    order: list[str] = []
    at_once = threading.Semaphore(1)

    def work_of(name: str) -> str:
        assert at_once.acquire(blocking=False), "two ran at once"
        order.append(name)
        at_once.release()
        return name

    failed: list[object] = []

    def start(name: str) -> None:
        jobs.run(name, lambda report, is_cancelled: work_of(name), done=str, refused=failed.append)

    for name in "abc":
        start(name)
    assert [job.name for job in jobs.running] == ["a", "b", "c"]
    qtbot.waitUntil(lambda: not jobs.running)
    assert (order, failed) == (["a", "b", "c"], [])


def test_stopping_all_waits_for_the_work_to_end(jobs: Jobs) -> None:
    ended: list[object] = []

    def work(report: Report, is_cancelled: IsCancelled) -> str:
        while not is_cancelled():
            threading.Event().wait(0.001)
        raise Refusal("Stopped.")

    jobs.run("a", work, done=ended.append, refused=ended.append, stopped=lambda: ended.append("stopped"))
    assert jobs.stop_all()
    assert ended == ["stopped"]
    assert jobs.running == ()


def test_what_nobody_waits_for_stands_aside(jobs: Jobs, qtbot: QtBot) -> None:
    let_go = threading.Event()
    went: list[str] = []

    def work(name: str) -> None:
        jobs.run(
            name,
            lambda _r, _c: went.append(name),
            done=lambda _: None,
            refused=lambda _: None,
            aside="aside" in name,
        )

    jobs.run("First", lambda _r, _c: let_go.wait(60), done=lambda _: None, refused=lambda _: None)
    for name in ("aside 1", "aside 2", "asked 1", "asked 2"):
        work(name)
    assert [job.name for job in jobs.running] == ["First", "asked 1", "asked 2", "aside 1", "aside 2"]
    let_go.set()
    qtbot.waitUntil(lambda: not jobs.running, timeout=60_000)
    assert went == ["asked 1", "asked 2", "aside 1", "aside 2"]
