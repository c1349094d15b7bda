"""The environment Django's commands get, and how they are called."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg

from toolkit.local import postgres
from toolkit.local.say import LOCAL, ROOT, CannotGoOn

MANAGE = str(ROOT / "manage.py")


def _secret_key() -> str:
    """Made once for this checkout."""
    LOCAL.mkdir(exist_ok=True)
    path = LOCAL / "secret-key"
    if not path.exists():
        part = LOCAL / f"secret-key-{os.getpid()}"
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(50))
        part.rename(path)
    return path.read_text()


def environment(database_url: str, **more: str) -> dict[str, str]:
    """What Django's commands need to know, on top of what the caller has set in the shell."""
    return {
        **os.environ,
        "TOOLKIT_SECRET_KEY": os.environ.get("TOOLKIT_SECRET_KEY") or _secret_key(),
        "DJANGO_SETTINGS_MODULE": "toolkit.settings",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database_url,
        **more,
    }


def environment_for_tests(database_url: str, **more: str) -> dict[str, str]:
    """The same for the tests, which run alike everywhere: what the shell says of the toolkit is left out."""
    env = environment(database_url, TOOLKIT_SECRET_KEY="for-tests-alone", TOOLKIT_DEMO="0")  # noqa: S106  (signs nothing of worth)
    ours = {"TOOLKIT_SECRET_KEY", "TOOLKIT_DEMO"}
    kept = {name: value for name, value in env.items() if name in ours or not name.startswith("TOOLKIT_")}
    kept.pop("PORT", None)
    return {**kept, "TOOLKIT_STATIC_ROOT": str(LOCAL / "test-static"), **more}


def checked(url: str) -> str:
    """The address of somebody else's server, after asking it for its version. Raises CannotGoOn."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = connection.info.server_version // 10_000
    except psycopg.Error as problem:
        reason = re.sub(r"//[^@\s]*@", "//…@", (str(problem).splitlines() or ["no answer"])[0])
        raise CannotGoOn(
            f"The database that DATABASE_URL names does not answer: {reason}.", "unset DATABASE_URL; ./run"
        ) from problem
    if found < postgres.OLDEST:
        raise CannotGoOn(
            f"The database that DATABASE_URL names is PostgreSQL {found}; the toolkit needs {postgres.OLDEST} or newer.",
            "unset DATABASE_URL; ./run",
        )
    return url


@contextmanager
def database(kind: str) -> Iterator[str]:
    """A database address: DATABASE_URL where it is set, else an embedded server of this kind (`main` or `test`)."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        yield checked(given)
    else:
        with postgres.running(kind) as url:
            yield url


def manage(env: Mapping[str, str], *command: str) -> str:
    """Run one Django command and return what it printed. Raises CannotGoOn when it fails."""
    done = subprocess.run(
        [sys.executable, MANAGE, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"\n{done.stdout}{done.stderr}", file=sys.stderr)
        raise CannotGoOn(
            f"“{command[0]}” failed; the lines above say why.", f"./run manage {' '.join(command)}"
        )
    return done.stdout
