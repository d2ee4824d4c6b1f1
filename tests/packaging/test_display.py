from __future__ import annotations

import socket
from pathlib import Path

import pytest

import display


def nobody(_place: str) -> bool:
    return False


def test_neither_variable_means_no_display() -> None:
    assert display.reason({}, nobody) == "neither DISPLAY nor WAYLAND_DISPLAY is set"
    assert display.reason({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, nobody) != ""


def test_a_display_that_does_not_answer_is_none() -> None:
    assert display.reason({"DISPLAY": ":7"}, nobody) == "nothing answers at the display :7"


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=1x1"])
def test_a_platform_without_a_screen_is_taken_at_its_word(platform: str) -> None:
    assert platform in display.reason({"DISPLAY": ":0", "QT_QPA_PLATFORM": platform}, lambda _place: True)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (":0", "/tmp/.X11-unix/X0"),  # noqa: S108 (where X servers put it)
        (":12.1", "/tmp/.X11-unix/X12"),  # noqa: S108
        ("unix:3", "\0/tmp/.X11-unix/X3"),
        ("desk:10.0", "desk:6010"),
        ("[::1]:2", "::1:6002"),
    ],
)
def test_a_server_is_looked_for_where_x_puts_it(name: str, place: str) -> None:
    assert display.reason({"DISPLAY": name}, place.__eq__) == ""


@pytest.mark.parametrize("name", ["0", "desk", ":", ":x", "/private/tmp/launch/org:zero"])
def test_a_name_that_is_none_is_not_followed(name: str) -> None:
    assert display.x11_places(name) == []


def test_either_of_two_displays_will_do() -> None:
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": "/run/user/5"}
    assert display.reason(both, "/run/user/5/wayland-1".__eq__) == ""
    assert display.wayland_places("/abs/wayland-9", "/run/user/5") == ["/abs/wayland-9"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets on this system")
def test_a_real_socket_answers_while_it_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert not display.answers(str(place))
        server.listen()
        assert display.answers(str(place))


def test_a_real_port_answers_while_it_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert display.answers(f"127.0.0.1:{port}")
    assert not display.answers(f"127.0.0.1:{port}")
