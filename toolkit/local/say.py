"""What the person at the terminal reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCAL = ROOT / ".local"


class CannotGoOn(Exception):
    """Something can't be had. The message is one plain sentence; `line` is what to type."""

    def __init__(self, sentence: str, line: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.line = sentence, line


def say(text: str) -> None:
    print(text, flush=True)


def stop(problem: CannotGoOn) -> int:
    print(problem.sentence, file=sys.stderr)
    if problem.line:
        print(f"Type: {problem.line}", file=sys.stderr)
    return 1


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    began = time.monotonic()
    print(f"{name} … ", end="", flush=True)
    try:
        yield
    except BaseException:
        print("failed" if isinstance(sys.exception(), Exception) else "stopped", flush=True)
        raise
    print(f"{time.monotonic() - began:.1f} s", flush=True)
