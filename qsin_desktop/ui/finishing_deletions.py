"""A deletion that was cut off goes on at the next start, beside the person's work."""

from __future__ import annotations

from qsin_desktop.actions.deleting import Deleted, finish_deletions, unfinished
from qsin_desktop.ui.workplace import Workplace


def go_on_deleting(workplace: Workplace) -> None:
    settings, messages = workplace.settings, workplace.messages
    if not unfinished(settings.library_folder, settings.recent_visits):
        return

    def told(done: tuple[Deleted, ...]) -> None:
        for one in done:
            messages.done(f"“{one.title}” is deleted, which was cut off before.")

    workplace.jobs.run(
        "Finishing a deletion",
        lambda _report, _is_cancelled: finish_deletions(settings.library_folder, settings.recent_visits),
        done=told,
        refused=messages.refused,
    )
