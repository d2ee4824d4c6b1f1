"""From a bare checkout to a running program: `python3 packaging/dev.py demo`, or `test`, or `setup`.

Needs nothing but Python 3.11 or newer with pip. Safe to run again at any time: what is there is used, what is
missing or broken is made. See README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(f"QSIN Desktop needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

sys.path.insert(0, str(ROOT / "packaging"))  # also where PYTHONSAFEPATH is set

import display  # noqa: E402 (an old Python gets a sentence, not a traceback)
import system_parts  # noqa: E402
from environment import CannotSetUp, Environment, say  # noqa: E402


def main(words: list[str] | None = None) -> int:
    asked = parser().parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if asked.command == "demo":
            return demo(Environment(ROOT), asked.folder.absolute())
        if asked.command == "test":
            return test(Environment(ROOT))
        set_up(Environment(ROOT), window=False)
    except CannotSetUp as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again; it goes on from here.", file=sys.stderr)
        return 130
    return 0


def parser() -> argparse.ArgumentParser:
    commands = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    choice = commands.add_subparsers(dest="command", required=True)
    choice.add_parser("setup", help="make the environment and nothing more")
    choice.add_parser("test", help="set up and run the whole check")
    shown = choice.add_parser("demo", help="set up, make the example visit and open the window on it")
    shown.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "demo")
    return commands


def set_up(environment: Environment, *, window: bool, test_tools: bool = False) -> None:
    """Raises `CannotSetUp` with the sentence to show."""
    system_ready(window=window, test_tools=test_tools)
    environment.ready()


def system_ready(*, window: bool, test_tools: bool) -> None:
    """Install what the system lacks where that is allowed; stop only for what Qt cannot start without."""
    missing = missing_parts(test_tools=test_tools)
    if missing and system_parts.may_install():
        say(f"Installing with apt-get: {' '.join(system_parts.PACKAGES[part] for part in missing)}")
        system_parts.install(missing)
        missing = missing_parts(test_tools=test_tools)
    if not missing:
        return
    listed = f"{', '.join(missing)}. {system_parts.advice(missing)}"
    if stops(missing, window=window):
        raise CannotSetUp(f"Qt cannot start; the system lacks {listed}")
    say(f"Going on without {listed}")


def missing_parts(*, test_tools: bool) -> list[str]:
    return system_parts.missing_libraries() + (system_parts.missing_tools() if test_tools else [])


def stops(missing: list[str], *, window: bool) -> bool:
    """Are the missing ones such that nothing can be shown or tested?"""
    needed = {*system_parts.NEEDED_LIBRARIES, *(system_parts.WINDOW_LIBRARIES if window else ())}
    return not needed.isdisjoint(missing)


def demo(environment: Environment, folder: Path) -> int:
    why_not = display.why_no_display()
    set_up(environment, window=not why_not)
    if not why_not:
        say(f"Making the example visit in {folder} and opening it.")
        return environment.run("-m", "qsin_desktop", "demo", str(folder)).returncode
    say(f"No window can be opened here: {why_not}. Making the example visit and its documents instead.")
    return demo_without_window(environment, folder)


def demo_without_window(environment: Environment, folder: Path) -> int:
    made = environment.run("-m", "qsin_desktop", "demo", str(folder), "--no-window", "--json", capture=True)
    if made.returncode != 0:
        return made.returncode
    visit = json.loads(made.stdout)
    report, workbook = folder / "report.pdf", folder / "findings.xlsx"
    words = ["--home", visit["home"], "export", visit["visit"], "--key-file", visit["key_file"]]
    exported = environment.run("-m", "qsin_desktop", *words, "--pdf", str(report), "--xlsx", str(workbook))
    if exported.returncode != 0:
        return exported.returncode
    say(f"Visit:    {visit['visit']}\nReport:   {report}\nWorkbook: {workbook}")
    return 0


def test(environment: Environment) -> int:
    set_up(environment, window=False, test_tools=True)
    return environment.run("-m", "poethepoet", "--root", str(ROOT), "check").returncode


if __name__ == "__main__":
    sys.exit(main())
