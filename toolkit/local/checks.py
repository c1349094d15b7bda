"""What continuous integration runs, in order."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence

from toolkit.local.environment import MANAGE
from toolkit.local.processes import call
from toolkit.local.say import say

Step = tuple[str, Sequence[str]]


def steps(workers: str) -> list[Step]:
    """Each with its name and what Python is called with."""
    return [
        ("Format", ["-m", "ruff", "format", "--check", "--quiet", "."]),
        ("Lint", ["-m", "ruff", "check", "--quiet", "."]),
        ("Types", ["-m", "mypy"]),
        ("Import contracts", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
        ("Missing migrations", [MANAGE, "makemigrations", "--check", "--dry-run"]),
        ("System checks", [MANAGE, "check", "--fail-level", "WARNING"]),
        ("Templates", [MANAGE, "check_templates"]),
        ("Tests", ["-m", "pytest", "-n", workers, "-q", "-m", "not slow"]),
    ]


def run(env: Mapping[str, str], chosen: Sequence[Step]) -> int:
    """Run every step, going on after a failure so that all of them are seen. 1 when any failed."""
    results: list[tuple[str, bool, float]] = []
    for name, command in chosen:
        say(f"\n== {name}")
        began = time.monotonic()
        passed = call(env, sys.executable, *command) == 0
        results.append((name, passed, time.monotonic() - began))
    say("")
    for name, passed, seconds in results:
        say(f"{'passed' if passed else 'FAILED'}  {seconds:6.1f} s  {name}")
    return 0 if all(passed for _, passed, _ in results) else 1
