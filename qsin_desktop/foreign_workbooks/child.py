"""The child process as its parent speaks with it: asked, listened to, and ended when it takes too long."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from qsin_desktop.system.child import Cancelled, end_child, start_child, whole

WORKER_WORD = "--workbook-worker"  # the program called with it is the child
_LOOK_UP = 0.05  # seconds between two looks whether it was cancelled
_LARGEST = 256 * 1024**2  # bytes of one answer; no sheet within the limits comes near

Answer = dict[str, Any]


class ChildFailed(Exception):
    """It died, was too slow, or said what it never says; it is of no use any more."""


class WorkbookChild:
    """One question at a time; end it, or the process stays."""

    def __init__(self) -> None:
        self._process = start_child(WORKER_WORD)
        self._talk: threading.Thread | None = None

    def ask(
        self, question: Answer, content: bytes = b"", *, seconds: float, cancelled: Callable[[], bool]
    ) -> Iterator[Answer]:
        """Its answers as they come. Raises `ChildFailed` or `Cancelled`; end the child after either."""
        heard: queue.Queue[Answer | None] = queue.Queue()
        request = json.dumps(question).encode() + b"\n" + content
        self._talk = threading.Thread(target=self._converse, args=(request, heard), daemon=True)
        self._talk.start()
        until = time.monotonic() + seconds
        while True:
            if cancelled():
                raise Cancelled
            try:
                answer = heard.get(timeout=_LOOK_UP)
            except queue.Empty:
                if time.monotonic() > until:
                    raise ChildFailed from None
                continue
            if answer is None:
                raise ChildFailed
            yield answer
            if answer["last"]:
                return

    def _converse(self, request: bytes, heard: queue.Queue[Answer | None]) -> None:
        """On a thread of its own, because a pipe can be waited for in no other way on every system."""
        try:
            whole(self._process.stdin).write(request)
            whole(self._process.stdin).flush()
            while True:
                answer = self._next()
                heard.put(answer)
                if answer is None or answer["last"]:
                    return
        except (OSError, ValueError):
            heard.put(None)

    def _next(self) -> Answer | None:
        out = whole(self._process.stdout)
        length = int.from_bytes(out.read(4), "big")
        said = out.read(length) if 0 < length <= _LARGEST else b""
        if len(said) != length or not said:
            return None
        answer = json.loads(said)
        return answer if isinstance(answer, dict) and isinstance(answer.get("last"), bool) else None

    def end(self) -> None:
        self._process.kill()
        if self._talk is not None:
            self._talk.join()
        end_child(self._process)
