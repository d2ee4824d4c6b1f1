"""Who sits at this laptop: kept in the home folder, made on first use."""

from __future__ import annotations

from pathlib import Path

from qsin_desktop.store.identity import IDENTITY_NAME, Identity, NameNeeded

__all__ = ["Identity", "NameNeeded", "example_identity", "keep_identity", "known_identity", "own_identity"]


def own_identity(home: Path, name: str | None = None) -> Identity:
    """The identity kept in `home`; a new one under `name` on first use. Raises `NameNeeded`."""
    return Identity.load_or_create(home, name)


def known_identity(home: Path) -> Identity | None:
    """The identity kept in `home`, or None before first use."""
    try:
        return Identity.load_or_create(home, None)
    except NameNeeded:
        return None


def example_identity(seed: bytes, person: str, name: str) -> Identity:
    """The same laptop every time; for examples only, its key is no secret."""
    return Identity.from_seed(seed, person, name)


def keep_identity(identity: Identity, home: Path) -> None:
    """Keep it in `home` unless somebody is known there already."""
    if not (home / IDENTITY_NAME).exists():
        home.mkdir(parents=True, exist_ok=True)
        identity.keep(home / IDENTITY_NAME)
