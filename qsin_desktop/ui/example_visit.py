"""Makes the example visit beside the person's work, shows how far it is, and opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qsin_desktop.actions.library import example_folder
from qsin_desktop.background.jobs import IsCancelled, Report
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.example.visit import Example, make_example
from qsin_desktop.ui.screens.start import StartScreen
from qsin_desktop.ui.workplace import Workplace


def make_and_open_example(
    workplace: Workplace, start: StartScreen, open_visit: Callable[[Path], object]
) -> None:
    """In the library, in a folder of its own; one that is there already is only opened.

    Asked again while it is being made, nothing more is done.
    """
    if start.in_progress:
        return
    folder = example_folder(workplace.settings.library_folder)
    panel = start.show_progress("Making the example visit", None)

    def work(report: Report, _is_cancelled: IsCancelled) -> Example:
        return make_example(folder, progress=report)

    def done(example: Example) -> None:
        start.end_progress()
        open_visit(example.visit)

    def refused(refusal: Refusal) -> None:
        start.end_progress()
        workplace.messages.refused(refusal)

    workplace.jobs.run(
        "Making the example visit", work, done=done, refused=refused, on_progress=panel.set_progress
    )
