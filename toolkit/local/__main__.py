"""`python -m toolkit.local COMMAND`, which is what `./run` hands over to."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from toolkit.local import assets, browser, checks, packages
from toolkit.local.environment import MANAGE, database, environment, environment_for_tests
from toolkit.local.processes import AskedToStop, call, heed_signals
from toolkit.local.say import ROOT, CannotGoOn, say, step, stop
from toolkit.local.serve import serve

HELP = """./run                      set everything up and serve on http://localhost:8000 (PORT to change)
./run test [ARGUMENTS]     run the tests, with pytest's own arguments
./run check                what continuous integration runs: format, lint, types, contracts, migrations, templates, tests
./run manage COMMAND       one of Django's commands, with the database up
./run bench [FILE]         speed, as ratios taken in one run; also as JSON into FILE
./run screenshots FOLDER   every main page at 1280 and 375 pixels, as the right person
./run lock                 lock the requirements anew, with hashes
./run help                 this

TOOLKIT_DEMO=0 leaves the demonstration out; DATABASE_URL names a PostgreSQL of yours (15 or newer)."""


def _workers() -> str:
    return str(max(2, min(4, os.cpu_count() or 2)))


@contextmanager
def _for_tests() -> Iterator[dict[str, str]]:
    """Everything tests need: assets, fonts, a browser, an office suite, a database; yields their environment."""
    assets.build()
    packages.require(packages.FONTS)
    packages.require(packages.READERS)
    chromium = browser.find()
    with database("test") as url:
        env = environment_for_tests(url, TOOLKIT_CHROMIUM=chromium)
        assets.collect(env, Path(env["TOOLKIT_STATIC_ROOT"]))
        yield env


def test(arguments: Sequence[str]) -> int:
    with _for_tests() as env:
        return call(env, sys.executable, "-m", "pytest", *(arguments or ["-n", _workers()]))


def check(arguments: Sequence[str]) -> int:
    with _for_tests() as env:
        return checks.run(env, checks.steps(_workers()))


def manage(arguments: Sequence[str]) -> int:
    """One Django command, where the caller stands: the files it names are found from there."""
    with database("main") as url:
        env = environment(url, TOOLKIT_DEMO=os.environ.get("TOOLKIT_DEMO") or "1")
        return call(env, sys.executable, MANAGE, *arguments, cwd=None)


def bench(arguments: Sequence[str]) -> int:
    with _for_tests() as env:
        return call(env, sys.executable, "-m", "tests.bench", *map(os.path.abspath, arguments))


def screenshots(arguments: Sequence[str]) -> int:
    if not arguments:
        raise CannotGoOn("Say where the pictures go.", "./run screenshots FOLDER")
    with _for_tests() as env:
        folder = str(Path(arguments[0]).absolute())
        return call(
            {**env, "TOOLKIT_DEMO": "1"}, sys.executable, "-m", "tests.screenshots", folder, *arguments[1:]
        )


def lock(arguments: Sequence[str]) -> int:
    """Compile the requirement locks, with hashes and without addresses, and npm's."""
    uv = shutil.which("uv")
    if uv is None:
        raise CannotGoOn("Locking needs uv, and there is none.", "python3 -m pip install uv && ./run lock")
    for name in ("requirements", "requirements-test"):
        with step(f"Locking {name}.txt"):
            done = subprocess.run(
                [uv, "pip", "compile", "--universal", "--python-version", "3.12", "--generate-hashes",
                 "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--quiet", f"{name}.in", "-o", f"{name}.txt",
                 *arguments],
                cwd=ROOT, check=False,
            )  # fmt: skip
        if done.returncode:
            raise CannotGoOn(f"{name}.txt could not be locked; the lines above say why.", "./run lock")
    assets.lock()
    return 0


COMMANDS = {
    "serve": lambda arguments: serve(),
    "test": test,
    "check": check,
    "manage": manage,
    "bench": bench,
    "screenshots": screenshots,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("serve", [])
    if name not in COMMANDS:
        say(HELP)
        return 0 if name in ("help", "--help", "-h") else 2
    heed_signals()
    try:
        return COMMANDS[name](rest)
    except CannotGoOn as problem:
        return stop(problem)
    except PermissionError as problem:
        return stop(
            CannotGoOn(
                f"This user may not change {problem.filename}.",
                f'sudo chown -R "$(id -un)" {shlex.quote(str(ROOT))}',
            )
        )
    except AskedToStop as asked:
        say("\nStopped")
        return 0 if name == "serve" else asked.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
