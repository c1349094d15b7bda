"""Codes, links and small words: CPV codes (Regulation (EC) 213/2008), web addresses, words run together."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from workflows.pipeline.registers.table import Cell, line_of, text_of

MOST_CODES = 40
LONGEST_LINK = 500

_CPV = re.compile(r"(?<![\dA-Za-z-])(\d{8})(?:-\d)?(?![\d])")
_SEVEN = re.compile(r"\d{7}")
_LINK = re.compile(r"https?://[^\s<>\"'|\]]+|www\.[^\s<>\"'|\]]+", re.I)
_RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def read_cpv_codes(cell: Cell) -> tuple[str, ...]:
    """The CPV codes in a cell, eight digits each, without check digits, each once.

    A spreadsheet that took a code for a number has lost its leading nought: seven digits alone get it back.
    """
    text = text_of(cell)
    if _SEVEN.fullmatch(text):
        return (f"0{text}",)
    found = dict.fromkeys(code[1] for code in _CPV.finditer(text) if code[1][:2] != "00")
    return tuple(found)[:MOST_CODES]


def read_link(cell: Cell) -> str:
    """The first web address in a cell; empty when there is none, or when it holds somebody's e-mail address."""
    for found in _LINK.finditer(text_of(cell)):
        link = found[0].rstrip(".,;)")
        link = link if link.lower().startswith("http") else f"https://{link}"
        try:
            host = urlsplit(link).hostname
        except ValueError:
            continue
        if host and "." in host and "@" not in link and len(link) <= LONGEST_LINK:
            return link
    return ""


def spaced(words: str) -> str:
    """`CallOffFromFrameworkAgreement` → `Call off from framework agreement`; anything with spaces stays as it is."""
    text = line_of(words)
    if not text or " " in text or not _RUN_TOGETHER.search(text):
        return text
    first, *rest = _RUN_TOGETHER.sub(" ", text).split(" ")
    return " ".join([first, *(word if word.isupper() else word.lower() for word in rest)])
