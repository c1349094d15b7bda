"""A Chromium for the browser tests and screenshots."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from toolkit.local import packages
from toolkit.local.say import CannotGoOn, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def runs(path: str | None) -> bool:
    """Does it say its version? A placeholder that only tells how to install one does not."""
    if not path or not Path(path).is_file():
        return False
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return said.returncode == 0 and "Chrom" in said.stdout


def _installed() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path and runs(path)), None)


def _playwrights_own() -> str | None:
    script = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    path = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    ).stdout.strip()
    return path if runs(path) else None


def find() -> str:
    """The path of a Chromium that runs; installs one where it can, saying so. Raises CannotGoOn."""
    named = os.environ.get("TOOLKIT_CHROMIUM", "")
    if named:
        if not runs(named):
            raise CannotGoOn(
                f"TOOLKIT_CHROMIUM names {named}, which does not run.", "unset TOOLKIT_CHROMIUM; ./run test"
            )
        return named
    found = _installed() or _playwrights_own()
    if not found and packages.may_install():
        packages.install("Chromium", "chromium")
        found = _installed()
    if not found:
        with step("Fetching Chromium"):
            subprocess.run(
                [sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, check=False
            )
        found = _playwrights_own()
    if not found:
        raise CannotGoOn(
            "The browser tests need Chromium, and none could be had.",
            "sudo apt install chromium && ./run test",
        )
    return found
