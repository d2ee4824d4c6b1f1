"""A crash leaves whole pieces, and scraps that the next start sweeps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.piece_format import PIECE_BYTES
from qsin_desktop.store.pieces import (
    Pieces,
    PieceState,
)
from tests.store.makers import tree
from tests.store.pieces_making import KEY, noise, stored


def test_what_a_crash_left_is_swept(pieces: Pieces, folder: VisitFolder) -> None:
    file = stored(pieces, b"kept")
    (folder.exhibits / ".part-0123456789abcdef").write_bytes(b"half")
    assert pieces.sweep() == 1
    assert pieces.check(file.pieces) is PieceState.HERE
    assert len(tree(folder.exhibits)) == 1


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks up open files in /proc")
def test_every_piece_is_on_the_disk_before_it_has_its_name(
    pieces: Pieces, folder: VisitFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[tuple[str, str]] = []
    real_fsync, real_replace = os.fsync, Path.replace

    def fsync(number: int) -> None:
        happened.append(("flushed", str(Path(f"/proc/self/fd/{number}").readlink())))
        real_fsync(number)

    def replace(aside: Path, path: Path) -> Path:
        happened.append(
            ("flushed", str(aside)) if ("flushed", str(aside)) in happened else ("early", str(aside))
        )
        happened.append(("named", str(path)))
        return real_replace(aside, path)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    stored(pieces, noise(2 * PIECE_BYTES + 7))
    named = [place for what, place in happened if what == "named"]
    assert len(named) == 3
    assert not [place for what, place in happened if what == "early"]
    after = {place for what, place in happened[happened.index(("named", named[-1])) :] if what == "flushed"}
    assert after == {str(Path(place).parent) for place in named} | {str(folder.exhibits)}


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_a_kill_in_the_middle_leaves_only_what_is_swept(folder: VisitFolder, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(noise(3 * PIECE_BYTES))
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from qsin_desktop.store.data_key import DataKey\n"
        "from qsin_desktop.store.folder import VisitFolder\n"
        "from qsin_desktop.store.pieces import Pieces\n"
        "def die(done, total):\n"
        "    if done == 20 << 20: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Pieces(VisitFolder(Path(sys.argv[1])), DataKey(b'k' * 32)).store(Path(sys.argv[2]), progress=die)\n"
    )
    command = [sys.executable, "-c", script, str(folder.path), str(tmp_path / "a.bin")]
    assert subprocess.run(command, cwd=Path.cwd(), check=False).returncode == -signal.SIGKILL
    left = tree(folder.exhibits)
    assert left
    assert all(name.startswith(".part-") for name in left)
    assert Pieces(folder, KEY).sweep() == len(left)
    assert tree(folder.exhibits) == set()
