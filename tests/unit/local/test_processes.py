"""What is started is ended: with small children, in a process of its own where signals are involved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from toolkit.local import processes
from toolkit.local.say import ROOT

PARENT = """
import sys
from toolkit.local import processes
processes.heed_signals()
try:
    parts = [processes.start({{}}, "/bin/sh", "-c", "sleep 60 & echo $! >{path}; wait")]
    try:
        parts[0].wait()
    finally:
        processes.end(parts)
except processes.AskedToStop as asked:
    sys.exit(asked.status)
"""

CALLER = """
import os, sys
from toolkit.local import processes
processes.heed_signals()
try:
    sys.exit(processes.call(dict(os.environ), "/bin/sh", "-c", "echo $$ >{path}; exec sleep 60"))
except processes.AskedToStop as asked:
    sys.exit(asked.status)
"""


def alive(pid: int) -> bool:
    """Running, and not a zombie waiting to be read."""
    done = subprocess.run(["ps", "-p", str(pid), "-o", "stat="], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.strip().startswith("Z")


def gone(pid: int) -> bool:
    """Within five seconds: a signal is delivered when the machine comes to it."""
    until = time.monotonic() + 5
    while alive(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def pid_in(path: Path) -> int:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if path.exists() and path.read_text().strip():
            return int(path.read_text())
        time.sleep(0.02)
    raise AssertionError("the child never started")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_neither_children_nor_grandchildren(tmp_path: Path, number: signal.Signals) -> None:
    path = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-c", PARENT.format(path=path)], cwd=ROOT) as parent:
        grandchild = pid_in(path)
        parent.send_signal(number)
        assert parent.wait(timeout=10) == 128 + number
    assert gone(grandchild)


def test_sigterm_ends_a_command_in_the_foreground_too(tmp_path: Path) -> None:
    path = tmp_path / "pid"
    with subprocess.Popen(
        [sys.executable, "-c", CALLER.format(path=path)], cwd=ROOT, stdin=subprocess.DEVNULL
    ) as parent:
        child = pid_in(path)
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(timeout=10) == 128 + signal.SIGTERM
    assert gone(child)


def test_a_part_that_will_not_end_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "pid"
    part = processes.start({}, "/bin/sh", "-c", f"trap '' TERM; echo $$ >{path}; while :; do sleep 1; done")
    pid = pid_in(path)
    processes.end([part], patience=0.2)
    assert gone(pid)


def test_the_exit_status_of_a_command_is_passed_on() -> None:
    assert processes.call(dict(os.environ), "/bin/sh", "-c", "exit 3") == 3


def test_a_command_that_a_signal_ended_says_so_as_a_shell_would() -> None:
    assert processes.call(dict(os.environ), "/bin/sh", "-c", "kill -9 $$") == 128 + 9
