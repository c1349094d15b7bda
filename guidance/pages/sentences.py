"""A text sentence by sentence, for those who check it: the legal ledger, and the tests of the library."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from guidance.pages.markdown import parsed, words_of

_END = re.compile(r"(?<=[.!?])[”’)]*\s+(?=[“‘(]*[A-Z0-9£])|(?<=[.!?][”’])\s+(?=[“‘(]*[A-Z0-9£])")
"""Where one sentence ends and the next begins. “Mr K. chose” and “9 a.m. each” stay whole: no capital follows."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one row of a table with its cells apart."""

    words: str
    heading: str
    """The heading it stands under."""
    box: str
    """The box it stands in (guidance.pages.markdown.BOXES); empty outside."""
    is_row: bool = False

    @property
    def length(self) -> int:
        return len(self.words.split())


def sentences_of(text: str, *, on: dt.date) -> Iterator[Sentence]:
    """The sentences of a text in their order, with the figures of the day `on`. Headings, of tables too, are none."""
    heading, box = "", ""
    row: list[str] | None = None
    before: Token | None = None
    for token in parsed(text, on=on):
        if token.type.startswith("container_"):
            box = token.type.split("_")[1] if token.nesting == 1 else ""
        elif token.type == "tr_open":
            row = []
        elif token.type == "thead_close":
            row = None
        elif (
            token.type == "tr_close" and row is not None and before is not None and before.type == "td_close"
        ):
            yield Sentence(" · ".join(cell for cell in row if cell), heading, box, is_row=True)
            row = None
        elif token.type == "inline":
            words = words_of(token)
            if before is not None and before.type == "heading_open":
                heading = words
            elif row is not None:
                row.append(words)
            else:
                for sentence in split(words):
                    yield Sentence(sentence, heading, box)
        before = token


def split(words: str) -> list[str]:
    """The sentences of one paragraph."""
    return [sentence for sentence in _END.split(words) if sentence]
