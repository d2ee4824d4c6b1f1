"""The child process that checks a file: little memory, little time, no secrets, and no network.

On stdin: one JSON line {"path", "roots": [certificates as hex], "now"}. On stdout: the findings as JSON.
"""

from __future__ import annotations

import gc
import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography import x509

from qsin_desktop.domain.signatures import FileState
from qsin_desktop.signing.checking import check_file
from qsin_desktop.signing.findings import Findings
from qsin_desktop.system.limits import limit_this_process

WORKER_WORD = "--signature-worker"  # the program called with it is the child
MEMORY_LIMIT = 3 * 1024**3  # bytes of address space, where the system can hold a process to it
SECONDS = 600  # of work; a report of 450 pages with three signatures takes 4


def serve(requests: BinaryIO, answers: BinaryIO) -> int:
    limit_this_process(memory=MEMORY_LIMIT, seconds=SECONDS)
    gc.set_threshold(100_000, 50, 100)  # a document is many small parts, and none is garbage until the end
    asked = json.loads(requests.readline())
    findings = Findings(FileState.INVALID)
    with suppress(Exception):  # whatever a hostile file does, the answer is: not in order
        roots = [x509.load_der_x509_certificate(bytes.fromhex(one)) for one in asked["roots"]]
        with Path(asked["path"]).open("rb") as file:
            findings = check_file(file, roots=roots, now=datetime.fromisoformat(asked["now"]))
    answers.write(json.dumps(findings.to_json()).encode())
    answers.flush()
    return 0
