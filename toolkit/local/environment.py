"""The environment Django's commands get, and how they are called."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.local import postgres
from toolkit.local.say import LOCAL, ROOT, CannotGoOn


def _secret_key() -> str:
    """Made once for this checkout."""
    LOCAL.mkdir(exist_ok=True)
    path = LOCAL / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def environment(database_url: str, **more: str) -> dict[str, str]:
    """What Django's commands need to know; what the caller has set in the shell wins for everything but the database."""
    return {
        "TOOLKIT_SECRET_KEY": os.environ.get("TOOLKIT_SECRET_KEY") or _secret_key(),
        "DJANGO_SETTINGS_MODULE": "toolkit.settings",
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database_url,
        **more,
    }


def _checked(url: str) -> str:
    """The address of somebody else's server, after asking it for its version. Raises CannotGoOn."""
    script = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL'], connect_timeout=10).info.server_version)"
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        reason = re.sub(r"//[^@\s]*@", "//…@", reason)
        raise CannotGoOn(f"The database that DATABASE_URL names does not answer ({reason}).", "unset DATABASE_URL; ./run")
    if int(done.stdout.strip()) < 150_000:
        raise CannotGoOn("The database that DATABASE_URL names is older than PostgreSQL 15.", "unset DATABASE_URL; ./run")
    return url


@contextmanager
def database(kind: str) -> Iterator[str]:
    """A database address: DATABASE_URL where it is set, else an embedded server of this kind (`main` or `test`)."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        yield _checked(given)
    else:
        with postgres.running(kind) as url:
            yield url


def manage(env: dict[str, str], *command: str) -> str:
    """Run one Django command and return what it printed. Raises CannotGoOn with its last line."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        raise CannotGoOn(f"“{command[0]}” failed; the lines above say why.", f"./run manage {' '.join(command)}")
    return done.stdout
