"""Where the shipped files are: fonts, packs, help, logo, all plain files in `resources/`."""

from __future__ import annotations

from pathlib import Path


def resource(*parts: str) -> Path:
    """`resource("fonts", "Inter-Regular.ttf")`; raises `FileNotFoundError` when it is not shipped."""
    path = _resources().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def _resources() -> Path:
    """Inside the package when installed from a wheel or frozen, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
