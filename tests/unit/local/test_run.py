"""`./run`, the shell script: with interpreters, venv and pip played by small scripts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from toolkit.local.say import ROOT

GOOD = """#!/bin/sh
# Plays Python {version}: says its version, makes a "venv" that is itself, notes what it is asked.
case "$1" in
--version) echo "Python {version}" ;;
-c) case "$2" in *version_info\\ \\<*) exit {too_old} ;; *) echo python3.13-venv ;; esac ;;
-m) case "$2" in
    venv) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    pip) for last; do :; done; echo "pip $last" >>"$NOTES" ;;
    esac ;;
-P) shift 3; echo "hands over: $*" >>"$NOTES" ;;
esac
"""
BROKEN = "#!/bin/sh\necho 'version not installed' >&2\nexit 127\n"


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def python(folder: Path, name: str, version: str = "3.13.1", *, too_old: bool = False) -> Path:
    return program(folder, name, GOOD.format(version=version, too_old=int(too_old)))


class Machine:
    """A checkout holding only what `run` reads, and a PATH holding only what a bare system has."""

    def __init__(self, folder: Path) -> None:
        self.tree = folder / "a tree’s copy"
        self.bin, self.home, self.notes = folder / "bin", folder / "home", folder / "notes"
        self.tree.mkdir()
        self.home.mkdir()
        shutil.copy(ROOT / "run", self.tree)
        for lock in ("requirements.txt", "requirements-test.txt"):
            (self.tree / lock).write_text(f"{lock} as locked\n")
        self.bin.mkdir()
        for name in ("sh", "dirname", "id", "cat", "cmp", "cp", "mkdir", "rm"):
            (self.bin / name).symlink_to(str(shutil.which(name)))

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.bin), "HOME": str(self.home), "NOTES": str(self.notes), **env}
        self.notes.write_text("")
        return subprocess.run(
            [self.tree / "run", *arguments],
            env=environment,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    def noted(self) -> list[str]:
        return self.notes.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_shim_that_fails_and_an_old_python_are_passed_over(machine: Machine) -> None:
    program(machine.bin, "python3.14", BROKEN)
    python(machine.bin, "python3", "3.11.2", too_old=True)
    python(machine.home / ".pyenv" / "versions" / "3.12.4" / "bin", "python", "3.12.4")
    python(machine.home / ".pyenv" / "versions" / "3.13.9" / "bin", "python", "3.13.9")
    done = machine.run("help")
    assert done.returncode == 0, done.stderr
    assert "Making .venv with Python 3.13.9" in done.stdout


def test_the_python_that_is_named_comes_first(machine: Machine, tmp_path: Path) -> None:
    python(machine.bin, "python3.14", "3.14.0")
    named = python(tmp_path / "elsewhere", "mine", "3.12.7")
    assert "Making .venv with Python 3.12.7" in machine.run("help", PYTHON=str(named)).stdout


def test_without_a_python_it_stops_with_one_sentence_and_the_line_to_type(machine: Machine) -> None:
    done = machine.run()
    assert done.returncode == 1
    sentence, line = done.stderr.splitlines()
    assert sentence == "The toolkit needs Python 3.12 or newer, and there is none here."
    assert line.startswith("Type: ")


def test_no_home_folder_is_no_reason_to_fail(machine: Machine) -> None:
    python(machine.bin, "python3")
    done = subprocess.run(
        [machine.tree / "run", "help"],
        env={"PATH": str(machine.bin), "NOTES": str(machine.notes)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_second_time_nothing_is_installed_until_a_lock_changes(machine: Machine) -> None:
    python(machine.bin, "python3")
    machine.run()
    assert machine.noted() == [f"pip {machine.tree}/requirements.txt", "hands over: "]
    machine.run()
    assert not [line for line in machine.noted() if line.startswith("pip")]
    (machine.tree / "requirements.txt").write_text("locked anew\n")
    machine.run()
    assert machine.noted()[0] == f"pip {machine.tree}/requirements.txt"


def test_only_commands_that_test_install_the_test_requirements(machine: Machine) -> None:
    python(machine.bin, "python3")
    machine.run("manage", "check")
    assert f"pip {machine.tree}/requirements-test.txt" not in machine.noted()
    machine.run("test")
    assert f"pip {machine.tree}/requirements-test.txt" in machine.noted()


def test_arguments_arrive_as_they_were_given(machine: Machine) -> None:
    python(machine.bin, "python3")
    machine.run("test", "-k", "two words")
    assert machine.noted()[-1] == "hands over: test -k two words"


def test_a_copied_tree_makes_its_own_environment(machine: Machine, tmp_path: Path) -> None:
    python(machine.bin, "python3")
    machine.run("help")
    moved = tmp_path / "moved"
    os.rename(machine.tree, moved)
    machine.tree = moved
    assert "Making .venv" in machine.run("help").stdout
    assert (moved / ".venv" / "where").read_text().strip() == str(moved)
    assert "Making .venv" not in machine.run("help").stdout


def test_a_broken_environment_is_made_again(machine: Machine) -> None:
    python(machine.bin, "python3")
    machine.run("help")
    program(machine.tree / ".venv" / "bin", "python", BROKEN)
    assert "Making .venv" in machine.run("help").stdout
