"""Start: no words open the window, anything else is a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

# The program as its own child, see system/child.py
PICTURE_WORKER = "--picture-worker"
SIGNATURE_WORKER = "--signature-worker"
CARD_WORKER = "--token-worker"
WORKBOOK_WORKER = "--workbook-worker"
DRAWING_WORKER = "--drawing-worker"


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit code: 0 done, 1 refused, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words == [PICTURE_WORKER]:
        from qsin_desktop.store.picture_worker import serve

        return serve(sys.stdin.buffer, sys.stdout.buffer)
    if words == [SIGNATURE_WORKER]:
        from qsin_desktop.signing.worker import serve as check

        return check(sys.stdin.buffer, sys.stdout.buffer)
    if words == [CARD_WORKER]:
        from qsin_desktop.signing.token_worker import serve as ask_token

        return ask_token(sys.stdin.buffer, sys.stdout.buffer)
    if words == [WORKBOOK_WORKER]:
        from qsin_desktop.foreign_workbooks.worker import serve as parse

        return parse(sys.stdin.buffer, sys.stdout.buffer)
    if words == [DRAWING_WORKER]:
        from qsin_desktop.foreign_drawings.worker import serve as draw

        return draw(sys.stdin.buffer, sys.stdout.buffer)
    if words:
        from qsin_desktop.cli import run

        return run(words)
    from qsin_desktop.app import open_window

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
