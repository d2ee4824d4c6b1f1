"""The command line: every action, for scripts and tests. Exit 0 done, 1 refused, 2 wrong usage."""

from qsin_desktop.cli.running import run

__all__ = ["run"]
