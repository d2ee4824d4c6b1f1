"""The child process that opens foreign pictures and PDFs, as its parent speaks with it."""

from __future__ import annotations

import io
import json
import os
import shutil
import threading
from typing import BinaryIO, Final

from qsin_desktop.system.child import end_child, start_child, whole

WORKER_WORD = "--picture-worker"  # the program called with it is the child
SECONDS_EACH = 20.0
_CHUNK: Final = 1 << 20


class PictureChild:
    """Ended when it takes too long."""

    def __init__(self, *, quiet: bool = False) -> None:
        """A `quiet` one leaves the processor to whatever else wants it."""
        self._process = start_child(WORKER_WORD, quiet=quiet)

    def ask(
        self, content: bytes | BinaryIO, group: str, edge: int, page: int = 0, *, seconds: float | None = None
    ) -> bytes | None:
        """The picture, empty for none; None when the file cannot be read, or the child died or was too slow.

        A file is sent piece by piece, so that it never lies whole in memory here.
        """
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        watch = threading.Timer(seconds or SECONDS_EACH, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            size = source.seek(0, os.SEEK_END)
            source.seek(0)
            asked = {"group": group, "edge": edge, "page": page, "size": size}
            whole(self._process.stdin).write(json.dumps(asked).encode() + b"\n")
            shutil.copyfileobj(source, whole(self._process.stdin), _CHUNK)
            whole(self._process.stdin).flush()
            length = whole(self._process.stdout).read(4)
            answer = (
                whole(self._process.stdout).read(int.from_bytes(length, "big")) if len(length) == 4 else None
            )
        except OSError:
            return None
        finally:
            watch.cancel()
        return answer

    def interrupt(self) -> None:
        """From another thread than the one that asks, which then gets None."""
        self._process.kill()

    def end(self) -> None:
        end_child(self._process)
