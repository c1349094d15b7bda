"""What comes from Debian or Ubuntu: the fonts of our PDFs, and the programs by which tests read documents again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toolkit.local.say import CannotGoOn, step

FONT_FILES = ("LiberationSans-Regular.ttf", "DejaVuSans.ttf")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


@dataclass(frozen=True, slots=True)
class Need:
    """Something that packages bring. `reason` is the sentence for whoever lacks it, without its full stop."""

    name: str
    reason: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]

    @property
    def line(self) -> str:
        return f"sudo apt install {' '.join(self.packages)}"


def _fonts_are_there() -> bool:
    return all(
        any(next(Path(folder).expanduser().rglob(name), None) for folder in FONT_FOLDERS)
        for name in FONT_FILES
    )


FONTS = Need(
    "fonts",
    "PDFs of documents need the fonts Liberation and DejaVu",
    ("fonts-liberation", "fonts-dejavu-core"),
    _fonts_are_there,
)
READERS = Need(
    "LibreOffice and Poppler",
    "The tests read documents again with LibreOffice and Poppler",
    ("libreoffice-writer-nogui", "poppler-utils"),
    lambda: all(map(shutil.which, ("soffice", "pdftotext"))),
)


def may_install() -> bool:
    """Root on Debian or Ubuntu installs what is missing; anybody else is told what to type."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(name: str, *packages: str) -> None:
    """Try to; whether it helped, the caller sees."""
    with step(f"Installing {name} with apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
            subprocess.run(["apt-get", *command], env=quiet, capture_output=True, check=False)


def is_met(need: Need) -> bool:
    """Is it there? Installs it where it can."""
    if not need.is_there() and may_install():
        install(need.name, *need.packages)
    return need.is_there()


def require(need: Need) -> None:
    """Raises CannotGoOn when it is not there and can't be had."""
    if not is_met(need):
        raise CannotGoOn(f"{need.reason}.", f"{need.line} && ./run test")
