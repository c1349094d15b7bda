"""`./run`: everything set up, served as production would, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit.local import assets, packages
from toolkit.local.environment import MANAGE, database, environment, manage
from toolkit.local.processes import end, start
from toolkit.local.say import ROOT, CannotGoOn, say, step

HOST = "127.0.0.1"
HIGHEST = 65535


def is_free(port: int) -> bool:
    """May we listen on this port?"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def chosen_port() -> int:
    """The port to serve on. Raises CannotGoOn when PORT is no port number, or taken."""
    given = os.environ.get("PORT") or "8000"
    if not (given.isascii() and given.isdigit()) or not 1 <= int(given) <= HIGHEST:
        raise CannotGoOn(f"PORT is “{given}”, which is no port number.", "PORT=8001 ./run")
    port = int(given)
    if not is_free(port):
        another = next((each for each in range(max(port + 1, 1024), HIGHEST) if is_free(each)), 8001)
        raise CannotGoOn(f"Port {port} is taken: something is served there already.", f"PORT={another} ./run")
    return port


def prepare(env: dict[str, str]) -> None:
    """Database, static files, starter content and demonstration; each of them only adds what is missing."""
    with step("Bringing the database up to date"):
        manage(env, "migrate", "--verbosity=0")
        manage(env, "createcachetable")
    assets.collect(env, Path(env.get("TOOLKIT_STATIC_ROOT") or ROOT / "staticfiles"))
    with step("Loading starter content"):
        manage(env, "load_starter_content")
    if env["TOOLKIT_DEMO"] == "1":
        with step("Preparing the demonstration"):
            manage(env, "seed_demo")


def serve() -> int:
    """Serve until a part ends by itself, which is a failure; AskedToStop passes through. Leaves nothing running."""
    port = chosen_port()
    assets.build()
    if not packages.is_met(packages.FONTS):
        say(f"{packages.FONTS.reason}; until then they are not made.\nType: {packages.FONTS.line}")
    with database("main") as url:
        env = environment(url, TOOLKIT_DEMO=os.environ.get("TOOLKIT_DEMO") or "1", PORT=str(port))
        prepare(env)
        parts: list[subprocess.Popen[bytes]] = []
        try:
            say("Starting the web server and a background worker")
            parts.append(gunicorn(env, port))
            parts.append(start(env, sys.executable, MANAGE, "procrastinate", "worker"))
            wait_until_it_answers(port, parts)
            _welcome(env, port)
            while all(part.poll() is None for part in parts):
                time.sleep(0.5)
            raise CannotGoOn("A part of the service has ended by itself; the lines above say why.", "./run")
        finally:
            end(parts)


def gunicorn(
    env: Mapping[str, str],
    port: int,
    *,
    application: str = "toolkit.wsgi:application",
    workers: int = 2,
    most_requests: int = 20_000,
) -> subprocess.Popen[bytes]:
    """The web server. A worker makes room for a new one after `most_requests`; 0 lets it live."""
    options = {
        "--bind": f"{HOST}:{port}",
        "--workers": str(workers),
        "--log-level": "warning",
        "--max-requests": str(most_requests),
        "--max-requests-jitter": str(most_requests // 10),
    }
    words = [word for pair in options.items() for word in pair]
    return start(env, sys.executable, "-m", "gunicorn", application, *words)


def wait_until_it_answers(port: int, parts: Sequence[subprocess.Popen[bytes]]) -> None:
    """Return when the service and its database are ready. Raises CannotGoOn when that takes a minute, or a part ends."""
    address = f"http://{HOST}:{port}/help/ready/"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if any(part.poll() is not None for part in parts):
            raise CannotGoOn("The service ended while it was starting; the lines above say why.", "./run")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise CannotGoOn("The service did not answer within a minute.", "./run")


def _welcome(env: dict[str, str], port: int) -> None:
    say(f"\nThe London procurement toolkit is at http://localhost:{port}")
    if env["TOOLKIT_DEMO"] == "1":
        say(manage(env, "demo_people").rstrip())
    say("Ctrl-C stops it")
