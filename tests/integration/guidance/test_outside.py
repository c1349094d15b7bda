"""The weekly check asks servers of others: never one of our own network, however its address is written."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from guidance.editorial.links import problem_elsewhere

PUBLIC = "8.8.8.8"
PRIVATE = "127.0.0.1"


class Reached(BaseHTTPRequestHandler):
    """Counts who gets through; `/on` leads on."""

    times = 0
    port = 0

    def do_GET(self) -> None:
        type(self).times += 1
        self.send_response(302 if self.path == "/on" else 200)
        self.send_header("Location", f"http://{PRIVATE}:{self.port}/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def port() -> Iterator[int]:
    Reached.times = 0
    with HTTPServer((PRIVATE, 0), Reached) as server:
        Reached.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:{port}/", "is not on the public internet"),
        ("http://localhost:{port}/", "is not on the public internet"),
        ("http://2130706433:{port}/", "is not on the public internet"),
        ("http://[::ffff:127.0.0.1]:{port}/", "is not on the public internet"),
        ("http://127.0.0.1:{port}\\@8.8.8.8/", "is not written as an address should be"),
        ("http://8.8.8.8@127.0.0.1:{port}/", "is not written as an address should be"),
        ("http://127.0.0.1:{port}/\n", "is not written as an address should be"),
        ("http://127.0.0.1:{port} .8.8.8.8/", "is not written as an address should be"),
        ("file:///etc/hostname", "is not written as an address should be"),
        ("http://[::1", "could not be reached (ValueError)"),
    ],
)
def test_no_server_of_our_own_is_asked(port: int, address: str, said: str) -> None:
    assert problem_elsewhere(address.format(port=port)) == said
    assert Reached.times == 0


def test_a_name_that_leads_elsewhere_the_second_time(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that was looked at is the one that is connected to: the name is asked once."""
    answers = iter([PUBLIC, PRIVATE])
    connected: list[str] = []

    def resolve(host: str, *_args: Any, **_options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 0))]

    def connect(address: tuple[str, int], *_args: Any) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert problem_elsewhere(f"http://rebinds.example:{port}/") == "could not be reached (ConnectionError)"
    assert connected == [PUBLIC]
    assert Reached.times == 0


def test_a_public_server_is_asked_and_not_followed_home(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.create_connection

    def resolve(host: str, *_args: Any, **_options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC if "example" in host else PRIVATE, 0))]

    def connect(_address: tuple[str, int], timeout: float) -> socket.socket:
        monkeypatch.undo()
        try:
            return real((PRIVATE, port), timeout)
        finally:
            monkeypatch.setattr(socket, "getaddrinfo", resolve)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert problem_elsewhere(f"http://public.example:{port}/on") == "is not on the public internet"
    assert Reached.times == 1
