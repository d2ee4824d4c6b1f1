"""Real sticks for tests: an image file with a file system of its own, mounted where the system lets us."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

# Kind → how to make one, and ways to mount it: the kernel's driver, then one in user space.
_KINDS: dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]] = {
    "FAT32": (
        ("mkfs.vfat", "-F", "32"),
        (("mount", "-o", "{how},shortname=win95", "-t", "vfat"), ("fusefat", "-o", "{fat}")),
    ),
    "exFAT": (
        ("mkfs.exfat",),
        (("mount", "-o", "{how}", "-t", "exfat"), ("mount.exfat-fuse", "-o", "{how}")),
    ),
    "NTFS": (
        ("mkfs.ntfs", "-Q", "-F"),
        (("mount", "-o", "{how}", "-t", "ntfs3"), ("ntfs-3g", "-o", "{how}")),
    ),
}
KINDS = tuple(_KINDS)


@dataclass
class RealStick:
    """Plugged in at `folder` while it is mounted."""

    kind: str
    image: Path
    folder: Path

    def plug_in(self, *, read_only: bool = False) -> None:
        how = "ro" if read_only else "rw"
        words = {"how": how, "fat": "ro" if read_only else "rw+"}
        device = _printed("losetup", "-f", "--show", *(["-r"] if read_only else []), str(self.image))
        for way in _KINDS[self.kind][1] if device else ():
            command = [part.format(**words) for part in way]
            if shutil.which(command[0]) and _runs(*command, device, str(self.folder)):
                return
        _free_loops(self.image)
        pytest.skip(f"no {self.kind} stick can be plugged in here")

    def pull_out(self) -> None:
        """At once, whatever is being written."""
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True, capture_output=True)
        _free_loops(self.image)

    def is_plugged_in(self) -> bool:
        return self.folder.is_mount()


def real_stick(kind: str, place: Path, megabytes: int) -> RealStick:
    """A new one, plugged in; the test is skipped by name where the system has no such thing."""
    make, _ = _KINDS[kind]
    if sys.platform != "linux" or shutil.which(make[0]) is None:
        pytest.skip(f"no {kind} stick can be made here")
    stick = RealStick(kind, place / f"{kind}.img", place / kind)
    stick.folder.mkdir()
    with stick.image.open("wb") as image:
        image.truncate(megabytes << 20)
    if not _runs(*make, str(stick.image)):
        pytest.skip(f"no {kind} stick can be made here")
    stick.plug_in()
    return stick


def _free_loops(image: Path) -> None:
    """Of this stick only; one that is still in use goes by itself when it no longer is."""
    for line in _printed("losetup", "-j", str(image)).splitlines():
        _runs("losetup", "-d", line.partition(":")[0])


def _printed(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return ""
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


def _runs(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
