"""Which characters of a paper the fonts of the PDF cannot show. Both fonts are Debian packages, named in the style sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from guidance.documents.assembly.blocks import Paper, all_texts

FONTS = ("LiberationSans-Regular.ttf", "DejaVuSans.ttf")
"""The files of the named fonts, in the order in which the style sheet has them."""
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
LINE = "apt install fonts-liberation fonts-dejavu-core"
AROUND = 20
"""Characters to each side that say where it stands."""


class FontsMissing(RuntimeError):
    """The machine lacks a font. The message says what to type."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that the PDF cannot show, its name, and the words around it where it comes first."""

    character: str
    name: str
    where: str

    def __str__(self) -> str:
        return f"The PDF cannot show {self.character} ({self.name}) in “{self.where}”"


def missing(paper: Paper) -> Sequence[Missing]:
    """Every character that neither font has, once each, in reading order. Raises FontsMissing."""
    known = _known()
    found: dict[str, Missing] = {}
    for text in _shown(paper):
        for at, character in enumerate(text):
            if ord(character) not in known and character not in found and _is_seen(character):
                found[character] = Missing(character, _name(character), _around(text, at))
    return list(found.values())


@cache
def font_files() -> Sequence[Path]:
    """Where the named fonts lie. Raises FontsMissing."""
    return [_file(name) for name in FONTS]


def _file(name: str) -> Path:
    for folder in FOLDERS:
        found = next(Path(folder).expanduser().rglob(name), None)
        if found is not None:
            return found
    raise FontsMissing(f"The font {name} is not installed, and PDFs need it. Type: {LINE}")


@cache
def _known() -> frozenset[int]:
    """The characters that the fonts have."""
    points: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def _shown(paper: Paper) -> Iterator[str]:
    yield paper.organisation
    yield from all_texts(paper)
    yield paper.footer


def _is_seen(character: str) -> bool:
    """White space, joiners and marks of direction are not seen by themselves."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Zs", "Zl", "Zp") and not _is_variation(
        character
    )


def _is_variation(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


def _around(text: str, at: int) -> str:
    """Whole words where there are any."""
    start, end = max(0, at - AROUND), min(len(text), at + AROUND + 1)
    if start:
        start = max(start, text.find(" ", start, at) + 1)
    if end < len(text):
        end = text.rfind(" ", at, end) if " " in text[at:end] else end
    words = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"
