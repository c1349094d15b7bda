"""A Chromium for the browser tests and screenshots."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from toolkit.local.say import CannotGoOn, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _playwrights_own() -> str:
    script = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return path if path and Path(path).exists() else ""


def find() -> str:
    """The path of a Chromium; installs one where it can, saying so. Raises CannotGoOn."""
    named = os.environ.get("TOOLKIT_CHROMIUM", "")
    found = named or next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_own()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with step("Installing Chromium"):
            subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False)
            subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], capture_output=True, check=False)
        found = shutil.which("chromium")
        if found:
            return found
    with step("Fetching Chromium"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, check=False)
    found = _playwrights_own()
    if not found:
        raise CannotGoOn("The browser tests need Chromium, and none could be had.", "sudo apt install chromium")
    return found
