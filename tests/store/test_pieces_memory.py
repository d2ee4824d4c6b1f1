from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qsin_desktop.store.folder import VisitFolder

SIZE = 300 << 20
ALLOWED = 24 << 20

STORE_AND_READ = """
import hashlib, resource, sys
from pathlib import Path
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.pieces import Pieces, PieceState

folder, source = VisitFolder(Path(sys.argv[1])), Path(sys.argv[2])
pieces = Pieces(folder, DataKey(b"k" * 32))
small = source.with_name("small.bin")
small.write_bytes(b"x" * 100)
pieces.check(pieces.store(small).pieces)
unit = 1 if sys.platform == "darwin" else 1024
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
idle = peak()
file = pieces.store(source)
stored = peak()
read = hashlib.sha256()
with pieces.open(file.pieces, file.size) as reader:
    while block := reader.read(1 << 20):
        read.update(block)
assert read.hexdigest() == file.sha256
assert pieces.check(file.pieces) is PieceState.HERE
print(stored - idle, peak() - idle)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is asked of POSIX")
def test_memory_stays_flat_with_a_file_of_300_mb(tmp_path: Path) -> None:
    folder = VisitFolder.create(tmp_path / "V.qsin")
    with (tmp_path / "large.bin").open("wb") as file:
        for number in range(SIZE >> 20):
            file.write(number.to_bytes(4, "big") * (1 << 18))
    done = subprocess.run(
        [sys.executable, "-c", STORE_AND_READ, str(folder.path), str(tmp_path / "large.bin")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path.cwd(),
    )
    stored, read = map(int, done.stdout.split())
    assert stored <= ALLOWED, f"storing took {stored >> 20} MiB over the idle"
    assert read <= ALLOWED, f"reading took {read >> 20} MiB over the idle"
