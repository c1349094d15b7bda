"""A throw-away database, gunicorn in front of it, and a client that costs next to nothing.

The server is the one that `./run` starts (same worker class, connections to the database kept), with one worker, in
production’s settings and without the demonstration. The client is this process: raw sockets, the request’s bytes made
beforehand, a connection for each request as the worker class has it, and a few requests under way at once, so that the
worker never waits for us and what is measured is the server alone.
"""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.test import Client, override_settings
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from tests.databases import throw_away_database
from tests.personas import People
from toolkit.accounts.models import Person
from toolkit.local import serve
from toolkit.local.processes import end

UNDER_WAY = 3
"""Requests at once: one being answered, the others waiting in line."""
PATIENCE = 30.0
_OK = re.compile(rb"HTTP/1\.[01] 200 ")


@contextmanager
def prepared() -> Iterator[tuple[People, str]]:
    """A throw-away database with the personas in it, and its address; e-mail is kept in memory."""
    with ExitStack() as stack:
        stack.enter_context(
            override_settings(
                ALLOWED_HOSTS=["*"],
                PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
            )
        )
        name = stack.enter_context(throw_away_database())
        stack.enter_context(app.replace_connector(InMemoryConnector()))
        yield People(), _address_of(name)


def _address_of(database: str) -> str:
    """DATABASE_URL, leading to another database of the same server."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    address = urlunsplit(parts._replace(path=f"/{database}"))
    # Without a host `urlunsplit` would leave the two slashes out.
    return address if "://" in address else address.replace(":/", ":///", 1)


def session_of(person: Person) -> str:
    """The cookie of somebody who has just signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((serve.HOST, 0))
        return int(probe.getsockname()[1])


class Server:
    """One gunicorn worker on a port of its own."""

    def __init__(self, port: int) -> None:
        self.port = port

    def request(self, path: str, cookie: str = "") -> bytes:
        """The bytes of a GET."""
        lines = [f"GET {path} HTTP/1.1", f"Host: {serve.HOST}:{self.port}", "Connection: close"]
        if cookie:
            lines.append(f"Cookie: {cookie}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def ask(self, request: bytes) -> int:
        """Send a request, read the answer to its end, return how many bytes came. Raises when it is not a 200."""
        with socket.create_connection((serve.HOST, self.port), timeout=PATIENCE) as link:
            link.sendall(request)
            answer = bytearray()
            while part := link.recv(262_144):
                answer += part
        if not _OK.match(answer):
            raise RuntimeError(f"{request!r} was answered {bytes(answer[:200])!r}")
        return len(answer)

    def per_second(self, request: bytes, seconds: float) -> float:
        """How many of these requests are answered in a second, asking for so long."""
        began = time.perf_counter()

        def keep_asking() -> int:
            done = 0
            while time.perf_counter() - began < seconds:
                self.ask(request)
                done += 1
            return done

        with ThreadPoolExecutor(UNDER_WAY) as pool:
            done = sum(each.result() for each in [pool.submit(keep_asking) for _ in range(UNDER_WAY)])
        return done / (time.perf_counter() - began)


@contextmanager
def serving(database_url: str, *, page_cache: bool) -> Iterator[Server]:
    """One worker with this database."""
    port = _free_port()
    env = {
        **os.environ,
        "DATABASE_URL": database_url,
        "TOOLKIT_PAGE_CACHE": "1" if page_cache else "0",
    }
    part = serve.gunicorn(env, port, application="tests.bench.wsgi:application", workers=1, most_requests=0)
    try:
        serve.wait_until_it_answers(port, [part])
        yield Server(port)
    finally:
        end([part])
