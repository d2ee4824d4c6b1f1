"""What a driven window tells the campaign, line by line through its standard output, as it happens.

A line is one JSON object: `say` names it, `at` is the time by the machine's monotonic clock. The words:

    shown                       the visit is on the screen
    typed   box, text           one more key was pressed in a box; the whole text that now stands in it
    saved   device, seq, chain  the window says that all is saved: the journal's end at that moment
    begins  what                something long: attaching, exporting, exchanging, backing up
    ends    what                it came to its end, where that was waited for
    made    path, sha256        a document was made, and the window said so
    message text                what the window told its user
    beat                        the process runs; told by a thread of its own
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

BEAT = 0.02  # seconds


def tell(say: str, **words: object) -> None:
    """Whole or not at all: a pipe takes up to 4 KiB at once, and one writer at a time does the rest."""
    line = json.dumps({"say": say, "at": time.monotonic(), **words}).encode() + b"\n"
    with _ONE_AT_A_TIME:
        while line:
            line = line[os.write(sys.stdout.fileno(), line) :]


_ONE_AT_A_TIME = threading.Lock()


def start_beating() -> None:
    def beat() -> None:
        while True:
            tell("beat")
            time.sleep(BEAT)

    threading.Thread(target=beat, daemon=True).start()


def heard(lines: bytes) -> list[dict[str, Any]]:
    """The whole lines among what was read; a kill may have cut the last."""
    whole, _, _ = lines.rpartition(b"\n")
    return [json.loads(line) for line in whole.splitlines() if line]
