"""The processes we start, and their end: they never outlive us."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from toolkit.local.say import ROOT

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 15.0
"""Seconds that a process gets to end by itself, a background job included."""


class AskedToStop(BaseException):
    """Ctrl-C, SIGTERM, or the terminal was closed."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number


def _raise(number: int, frame: FrameType | None) -> None:
    for each in SIGNALS:  # once is enough: clearing up is not interrupted
        signal.signal(each, signal.SIG_IGN)
    raise AskedToStop(number)


def heed_signals() -> None:
    """From now on a signal to stop raises AskedToStop, so that whatever was opened is closed."""
    for each in SIGNALS:
        signal.signal(each, _raise)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Signals to stop are ignored meanwhile: for the second that clearing up takes."""
    before = [signal.signal(each, signal.SIG_IGN) for each in SIGNALS]
    try:
        yield
    finally:
        for each, handler in zip(SIGNALS, before, strict=True):
            signal.signal(each, handler)


def start(env: Mapping[str, str], *command: str) -> subprocess.Popen[bytes]:
    """Start a part of the service in a group of its own: Ctrl-C reaches us alone, and we end the parts in order."""
    return subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)


def end(parts: Sequence[subprocess.Popen[bytes]], patience: float = PATIENCE) -> None:
    """End each part with everything it started."""
    for part in parts:
        _signal_group(part, signal.SIGTERM)
    for part in parts:
        with contextlib.suppress(subprocess.TimeoutExpired):
            part.wait(timeout=patience)
        _signal_group(part, signal.SIGKILL)
        part.wait()


def _signal_group(part: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says so of a group of zombies
        os.killpg(part.pid, number)


def call(env: Mapping[str, str], *command: str, cwd: Path | None = ROOT) -> int:
    """Run a command in the foreground, with the terminal, and return its exit status.

    Ctrl-C is the command's own business (a shell carries on, pytest sums up); SIGTERM to us ends it.
    """
    with subprocess.Popen(command, cwd=cwd, env=env) as child:

        def leave_it_to_the_child(number: int, frame: FrameType | None) -> None:
            if not sys.stdin.isatty():  # a terminal has told the child already
                child.send_signal(number)

        before = signal.signal(signal.SIGINT, leave_it_to_the_child)
        try:
            status = child.wait()
        except AskedToStop:
            child.terminate()
            try:
                child.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
            raise
        finally:
            signal.signal(signal.SIGINT, before)
    return status if status >= 0 else 128 - status
