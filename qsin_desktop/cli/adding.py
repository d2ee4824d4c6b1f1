"""Adds one command to the command line, with the options that every command takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import cache
from typing import Any

from qsin_desktop.cli.words import a_path

Command = Callable[[argparse.Namespace, Any], int | None]


@cache
def everywhere(*, first: bool = False) -> argparse.ArgumentParser:
    """Options that may stand before or after the command."""
    parser = argparse.ArgumentParser(add_help=False)
    unset: Any = None if first else argparse.SUPPRESS
    parser.add_argument(
        "--home", type=a_path, metavar="DIR", default=unset, help="folder of your identity and settings"
    )
    parser.add_argument(
        "--json", action="store_true", default=False if first else argparse.SUPPRESS, help="answer as JSON"
    )
    parser.add_argument(
        "--key-file", type=a_path, metavar="F", default=unset, help="open the visit with this key file"
    )
    parser.add_argument(
        "--name", metavar="NAME", default=unset, help="your name, on first use of a home folder"
    )
    return parser


class Adder:
    """Adds a command; most take the visit's folder first."""

    def __init__(self, commands: Any) -> None:
        self._commands = commands

    def __call__(
        self, name: str, command: Command, help_: str, *, visit: bool = True
    ) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = self._commands.add_parser(
            name, help=help_, description=help_, parents=[everywhere()]
        )
        parser.set_defaults(command=command)
        if visit:
            parser.add_argument("visit", type=a_path, metavar="VISIT", help="the visit's folder")
        return parser
