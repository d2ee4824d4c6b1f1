"""The compiled forms say what forms/ says."""

from __future__ import annotations

from pathlib import Path

import pytest

import compile_forms

LABEL = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0"><class>Asked</class><widget class="QWidget" name="Asked">
<property name="windowTitle"><string>TITLE</string></property></widget></ui>
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one form."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "asked.ui").write_text(LABEL, encoding="utf-8")
    monkeypatch.setattr(compile_forms, "ROOT", tmp_path)
    monkeypatch.setattr(compile_forms, "FORMS", tmp_path / "forms")
    monkeypatch.setattr(compile_forms, "COMPILED", tmp_path / "compiled")
    return tmp_path


def test_the_forms_of_this_checkout_are_fresh() -> None:
    assert compile_forms.main(["--check"]) == 0


def test_a_form_never_compiled_is_stale(desk: Path) -> None:
    assert compile_forms.main(["--check"]) == 1


def test_compiling_makes_it_fresh_and_an_edit_makes_it_stale(desk: Path) -> None:
    compile_forms.main([])
    assert compile_forms.main(["--check"]) == 0
    (desk / "forms" / "asked.ui").write_text(LABEL.replace("TITLE", "Größe"), encoding="utf-8")
    assert compile_forms.main(["--check"]) == 1


def test_what_lost_its_form_is_removed(desk: Path) -> None:
    compile_forms.main([])
    (desk / "forms" / "asked.ui").unlink()
    assert compile_forms.main(["--check"]) == 1
    compile_forms.main([])
    assert list((desk / "compiled").glob("ui_*.py")) == []


def test_a_broken_form_is_named(desk: Path) -> None:
    (desk / "forms" / "asked.ui").write_text("<ui", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"asked\.ui"):
        compile_forms.main([])
