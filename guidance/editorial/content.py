"""Content as text: TOML front matter between two lines of `+++`, and a body below.

That text is the one form in which content is kept, compared, shipped and exported. `write` is canonical: reading a text
it wrote and writing it again gives the same bytes.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from typing import Any

import tomli_w

from toolkit.core.text import printable

MARK = "+++"
LONGEST = 200_000
"""Characters of one content file, front matter included."""


class ContentError(ValueError):
    """Content is wrong. The message names the file or field and what is wrong with it; `field` is the field of the item
    that it is about, where that is known, so that a form can say it there."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field

    def sentence(self, where: str) -> str:
        """The message for whoever is looking at the item already, without its name."""
        words = str(self).removeprefix(f"{where}: ").removeprefix(f"{self.field}: ")
        return words[:1].upper() + words[1:]


def tidy(text: str) -> str:
    """Line ends as in files and none at the end: browsers send others, which is no change of the words. Without control
    characters, which no page and no document can hold."""
    return printable(text).strip()


def _tidied(value: Any) -> Any:
    """The same for every text in front matter, which may write a control character as an escape."""
    match value:
        case str():
            return printable(value)
        case list():
            return [_tidied(each) for each in value]
        case dict():
            return {name: _tidied(each) for name, each in value.items()}
    return value


def read(text: str, *, where: str) -> tuple[dict[str, Any], str]:
    """The front matter and the body of one content text. Raises ContentError, naming `where`."""
    if len(text) > LONGEST:
        raise ContentError(f"{where}: longer than {LONGEST:,} characters")
    if "\x00" in text:
        raise ContentError(f"{where}: contains a NUL character")
    text = tidy(text)
    if not text.startswith(f"{MARK}\n"):
        raise ContentError(f"{where}: the file must begin with front matter between two lines of {MARK}")
    front, closing, body = f"{text}\n"[len(MARK) + 1 :].partition(f"\n{MARK}\n")
    if not closing:
        raise ContentError(f"{where}: the front matter has no closing line of {MARK}")
    try:
        return _tidied(tomllib.loads(front)), tidy(body)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ContentError(f"{where}: {error}") from error


def write(front: Mapping[str, Any], body: str) -> str:
    """The canonical text of this front matter, empty values left out, and body; ends with one line end."""
    kept = {name: value for name, value in front.items() if value not in ("", None, [], ())}
    return (
        f"{MARK}\n{tomli_w.dumps(kept)}{MARK}\n{tidy(body)}\n"
        if body
        else f"{MARK}\n{tomli_w.dumps(kept)}{MARK}\n"
    )


def digest_of(text: str) -> str:
    """A fingerprint of a content text: two with the same one say the same."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()
