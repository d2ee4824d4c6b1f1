"""Build the wheel, and from the installed wheel a program that needs no Python: `poe package`, into dist/.

The frozen program is one folder with two starters: `qsin-desktop-window`, and `qsin-desktop` for the command
line. It is frozen from the wheel in an environment of its own, so that it holds what a user would have
installed and nothing of the desk it was built on.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
WORK = ROOT / "build" / "freeze"
PINS = ROOT / "packaging" / "constraints.txt"

ENTRY = (
    "import sys\nfrom qsin_desktop.__main__ import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
)

SPEC = """
from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

hidden = collect_submodules("qsin_desktop") + collect_submodules("keyring.backends")
found = Analysis(
    [{entry!r}],
    datas=collect_data_files("qsin_desktop") + collect_data_files("qtawesome")
    + collect_data_files("qsin_desktop.store", include_py_files=True, subdir="migrations")
    + copy_metadata("keyring") + copy_metadata("qsin-desktop"),
    hiddenimports=hidden,
    module_collection_mode={{"docx": "pyz+py"}},  # finds its templates by way of its own folders
    excludes=["tkinter", "PySide6.QtQml", "PySide6.QtQuick"],
)
code = PYZ(found.pure)
window = EXE(code, found.scripts, exclude_binaries=True, name="qsin-desktop-window", console=False, upx=False)
command = EXE(code, found.scripts, exclude_binaries=True, name="qsin-desktop", console=True, upx=False)
COLLECT(window, command, found.binaries, found.datas, name="qsin-desktop", upx=False)
"""


def main() -> None:
    wheel = build_wheel()
    print(f"wheel:   {wheel}")
    program = freeze(wheel)
    print(f"program: {program}")
    prove(program)


def build_wheel() -> Path:
    for old in DIST.glob("qsin_desktop-*.whl"):
        old.unlink()
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(DIST), cwd=ROOT)
    (wheel,) = DIST.glob("qsin_desktop-*.whl")
    return wheel


def freeze(wheel: Path) -> Path:
    shutil.rmtree(WORK, ignore_errors=True)
    python = clean_environment(WORK / "environment")
    run(python, "-m", "pip", "install", "--quiet", "--constraint", str(PINS), str(wheel), "pyinstaller")
    entry, spec = WORK / "start.py", WORK / "qsin-desktop.spec"
    entry.write_text(ENTRY, encoding="utf-8")
    spec.write_text(SPEC.format(entry=str(entry)), encoding="utf-8")
    places = ["--distpath", str(DIST), "--workpath", str(WORK / "work")]
    run(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, str(spec))
    return DIST / "qsin-desktop"


def clean_environment(folder: Path) -> str:
    venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(folder)
    scripts = Path(sysconfig.get_path("scripts", "venv", {"base": str(folder)}))
    return str(scripts / ("python.exe" if os.name == "nt" else "python"))


def prove(program: Path) -> None:
    """The frozen program makes the example visit and exports it, away from checkout and environment."""
    starter, home, demo = str(program / "qsin-desktop"), WORK / "home", WORK / "a demo with späces"
    made = json.loads(run(starter, "--home", str(home), "demo", str(demo), "--no-window", "--json"))
    opened = ["--home", made["home"], "--key-file", made["key_file"]]
    papers = ["--pdf", str(demo / "report.pdf"), "--xlsx", str(demo / "findings.xlsx")]
    run(starter, *opened, "export", made["visit"], *papers)
    print(f"proved:  it made {demo} with report.pdf and findings.xlsx")


def run(*words: str, cwd: Path = WORK) -> str:
    """What it printed. Not run in the checkout, where Python would find this package and not the installed.

    Stops with the tool's own exit code when it fails.
    """
    done = subprocess.run(words, cwd=cwd, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode != 0:
        print(done.stdout)
        raise SystemExit(done.returncode)
    return done.stdout


if __name__ == "__main__":
    main()
