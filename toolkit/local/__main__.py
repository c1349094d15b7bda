"""`python -m toolkit.local COMMAND`, which is what `./run` hands over to."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from toolkit.local import assets, browser
from toolkit.local.environment import database, environment
from toolkit.local.say import ROOT, CannotGoOn, say, step, stop
from toolkit.local.serve import serve

HELP = """./run                      set everything up and serve on http://localhost:8000 (PORT to change)
./run test [arguments]     run the tests, with pytest's own arguments
./run check                what continuous integration runs: format, lint, types, contracts, migrations, templates, tests
./run manage COMMAND       one of Django's commands, with the database up
./run bench [FILE]         speed, as ratios taken in one run; also as JSON into FILE
./run screenshots FOLDER   every main page at 1280 and 375 pixels, as the right person
./run lock                 lock the requirements anew, with hashes
./run help                 this"""


def _call(env: dict[str, str], *command: str) -> int:
    try:
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    except KeyboardInterrupt:
        return 130


def _python(env: dict[str, str], *arguments: str) -> int:
    return _call(env, sys.executable, *arguments)


def _test_environment(url: str) -> dict[str, str]:
    return environment(url, TOOLKIT_DEMO="0", TOOLKIT_CHROMIUM=browser.find(), TOOLKIT_STATIC_ROOT=str(ROOT / ".local" / "test-static"))


def _cores() -> str:
    return str(min(4, os.cpu_count() or 1))


def test(arguments: Sequence[str]) -> int:
    """Set up what tests need, and run them."""
    assets.build()
    with database("test") as url:
        given = arguments or ["-n", _cores()]
        return _python(_test_environment(url), "-m", "pytest", *given)


def check(arguments: Sequence[str]) -> int:
    """Every check, in order; goes on after a failure so that all of them are seen."""
    assets.build()
    failed: list[str] = []
    with database("test") as url:
        env = _test_environment(url)
        steps: list[tuple[str, list[str]]] = [
            ("Format", ["-m", "ruff", "format", "--check", "--quiet", "."]),
            ("Lint", ["-m", "ruff", "check", "--quiet", "."]),
            ("Types", ["-m", "mypy"]),
            ("Import contracts", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
            ("Missing migrations", ["manage.py", "makemigrations", "--check", "--dry-run"]),
            ("System checks", ["manage.py", "check", "--fail-level", "WARNING"]),
            ("Templates", ["manage.py", "check_templates"]),
            ("Tests", ["-m", "pytest", "-n", _cores(), "-q"]),
        ]
        for name, command in steps:
            began = time.monotonic()
            say(f"\n== {name}")
            code = _python(env, *command)
            say(f"== {name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s")
            if code:
                failed.append(name)
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything passed")
    return 1 if failed else 0


def manage(arguments: Sequence[str]) -> int:
    """One Django command, with the main database up."""
    with database("main") as url:
        env = environment(url, TOOLKIT_DEMO=os.environ.get("TOOLKIT_DEMO", "1"))
        return _python(env, "manage.py", *arguments)


def bench(arguments: Sequence[str]) -> int:
    assets.build()
    with database("test") as url:
        return _python(_test_environment(url), "-m", "tests.bench", *arguments)


def screenshots(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        raise CannotGoOn("Say where the pictures go.", "./run screenshots FOLDER")
    assets.build()
    with database("test") as url:
        return _python({**_test_environment(url), "TOOLKIT_DEMO": "1"}, "-m", "tests.screenshots", *arguments)


def lock(arguments: Sequence[str]) -> int:
    """Compile both requirement locks, with hashes and without addresses."""
    for name in ("requirements", "requirements-test"):
        with step(f"Locking {name}.txt"):
            done = subprocess.run(
                ["uv", "pip", "compile", "--universal", "--python-version", "3.12", "--generate-hashes", "--no-emit-index-url",
                 "--no-emit-find-links", "--no-header", "--quiet", f"{name}.in", "-o", f"{name}.txt", *arguments],
                cwd=ROOT, check=False,
            )  # fmt: skip
        if done.returncode:
            raise CannotGoOn("Locking needs uv, and it failed or is missing.", "pip install uv && ./run lock")
    return 0


COMMANDS = {"test": test, "check": check, "manage": manage, "bench": bench, "screenshots": screenshots, "lock": lock}


def main(arguments: Sequence[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("serve", [])
    try:
        if command == "serve":
            return serve()
        if command in COMMANDS:
            return COMMANDS[command](rest)
    except CannotGoOn as problem:
        return stop(problem)
    except KeyboardInterrupt:
        return 130
    say(HELP)
    return 0 if command in ("help", "--help", "-h") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
