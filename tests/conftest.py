"""What every test may count on: no screen, a home folder of its own, no keyring, and silence."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.warm_child import WarmChildren

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

# Times of single examples say nothing on a busy machine; on CI the same examples come each time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing a test does reaches the settings or the identity of the person who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QSIN_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("QSIN_PASSPHRASE", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _warm_workbook_child() -> Iterator[None]:
    """Hundreds of tests read a workbook: they share the real child process, see tests/warm_child.py."""
    with WarmChildren() as children, pytest.MonkeyPatch.context() as patch:
        patch.setattr("qsin_desktop.foreign_workbooks.book.WorkbookChild", children.child)
        yield


@pytest.fixture(autouse=True)
def _silence(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in our own log fails the test, unless the test is marked `logs_warnings`."""
    yield
    if request.node.get_closest_marker("logs_warnings") is None:
        said = [
            record
            for record in caplog.get_records("call")
            if record.levelno >= logging.WARNING and record.name.startswith("qsin_desktop")
        ]
        assert not said, f"logged unexpectedly: {[record.getMessage() for record in said]}"
