from __future__ import annotations

import pytest

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.messages import BUG_SENTENCE, Messages, Notice
from qsin_desktop.ui.widgets.message_bar import Kind


def test_what_is_told_before_a_window_is_there_is_shown_then_and_once(messages: Messages) -> None:
    messages.info("Early.")
    shown: list[Notice] = []
    messages.show_through(None)
    messages.show_through(shown.append)
    messages.show_through(shown.append)
    messages.refused(Refusal("Late."))
    assert [(n.kind, n.text) for n in shown] == [(Kind.INFO, "Early."), (Kind.REFUSAL, "Late.")]


def test_undo_is_offered_by_the_notice(messages: Messages) -> None:
    asked: list[bool] = []
    messages.undo_asked.connect(lambda: asked.append(True))
    messages.done("Withdrawn.", undo=True)
    notice = messages.notices[-1]
    assert notice.action == "Undo"
    assert notice.acted is not None
    notice.acted()
    assert asked == [True]


@pytest.mark.logs_warnings
def test_a_bug_is_one_calm_sentence_and_a_line_in_the_log(
    messages: Messages, caplog: pytest.LogCaptureFixture
) -> None:
    messages.bug(ZeroDivisionError("secret words"))
    assert messages.texts == [BUG_SENTENCE]
    assert caplog.messages == ["unexpected ZeroDivisionError"]
