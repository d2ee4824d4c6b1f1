"""pyHanko writes warnings to the log about files it reads; what matters of them is said in our verdicts."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_LOUD = ("pyhanko", "pyhanko_certvalidator")


@contextmanager
def quiet() -> Iterator[None]:
    kept = {name: logging.getLogger(name).level for name in _LOUD}
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in kept.items():
            logging.getLogger(name).setLevel(level)
