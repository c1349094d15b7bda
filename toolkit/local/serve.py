"""`./run`: everything set up, served as production would, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

from toolkit.local import assets
from toolkit.local.environment import database, environment, manage
from toolkit.local.say import ROOT, CannotGoOn, say, step


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return _binds(probe, port)


def _binds(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def port() -> int:
    """The port to serve on. Raises CannotGoOn when PORT is no port, or taken."""
    given = os.environ.get("PORT", "8000")
    if not given.isdigit() or not 1 <= int(given) <= 65535:
        raise CannotGoOn(f"PORT is “{given}”, which is no port number.", "PORT=8001 ./run")
    if not _port_is_free(int(given)):
        raise CannotGoOn(f"Something else is using port {given}.", f"PORT={int(given) + 1 if int(given) < 65535 else 8001} ./run")
    return int(given)


class _Asked(BaseException):
    """Ctrl-C or SIGTERM."""


def _ask_to_stop(signum: int, frame: object) -> None:
    raise _Asked


def prepare(env: dict[str, str]) -> None:
    """Database, static files, starter content and demonstration; each of them only adds what is missing."""
    with step("Bringing the database up to date"):
        manage(env, "migrate", "--verbosity=0")
        manage(env, "createcachetable")
    with step("Collecting static files"):
        manage(env, "collectstatic", "--noinput", "--verbosity=0")
    with step("Loading starter content"):
        manage(env, "load_starter_content")
    if env.get("TOOLKIT_DEMO") == "1":
        with step("Seeding the demonstration"):
            manage(env, "seed_demo")


def serve() -> int:
    """Serve until asked to stop. Leaves nothing running."""
    signal.signal(signal.SIGTERM, _ask_to_stop)
    signal.signal(signal.SIGINT, _ask_to_stop)
    number = port()
    children: list[subprocess.Popen[bytes]] = []
    try:
        assets.build()
        with database("main") as url:
            env = environment(url, TOOLKIT_DEMO=os.environ.get("TOOLKIT_DEMO", "1"), PORT=str(number))
            try:
                prepare(env)
                children = [_gunicorn(env, number), _worker(env)]
                _wait_until_it_answers(number, children)
                _welcome(env, number)
                return _watch(children)
            finally:
                _end(children)
    except _Asked:
        say("\nStopped")
        return 0


def _start(env: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C reaches this process alone, which then ends the children in order.
    return subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)


def _gunicorn(env: dict[str, str], number: int) -> subprocess.Popen[bytes]:
    return _start(
        env, sys.executable, "-m", "gunicorn", "toolkit.wsgi:application", "--bind", f"127.0.0.1:{number}", "--workers", "2",
        "--log-level", "warning", "--max-requests", "20000", "--max-requests-jitter", "2000",
    )  # fmt: skip


def _worker(env: dict[str, str]) -> subprocess.Popen[bytes]:
    return _start(env, sys.executable, "manage.py", "procrastinate", "worker")


def _wait_until_it_answers(number: int, children: Sequence[subprocess.Popen[bytes]]) -> None:
    with step("Starting"):
        for _ in range(240):
            if any(child.poll() is not None for child in children):
                raise CannotGoOn("The service ended while it was starting; the lines above say why.", "./run")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{number}/help/ready/", timeout=2)  # noqa: S310  (our own address)
            except (urllib.error.URLError, OSError):
                time.sleep(0.25)
            else:
                return
    raise CannotGoOn("The service did not answer within a minute.", "./run")


def _welcome(env: dict[str, str], number: int) -> None:
    say(f"\nThe London procurement toolkit is at http://localhost:{number}")
    if env.get("TOOLKIT_DEMO") == "1":
        say(manage(env, "demo_people").rstrip())
    say("Ctrl-C stops it")


def _watch(children: Sequence[subprocess.Popen[bytes]]) -> int:
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    say("A part of the service has ended; stopping the rest")
    return 1


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


