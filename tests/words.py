"""The words inside an element of a parsed page, as a reader sees them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

_APART = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "table",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "form",
        "label",
        "legend",
        "fieldset",
        "section",
        "br",
        "option",
        "summary",
    ]
)
_UNSEEN = ("script", "style", "template")


def words_in(element: Any, *, skipping: Collection[Any] = ()) -> str:
    """One line of words; blocks stand apart from each other, elements in `skipping` are left out."""
    return " ".join(_text(element, skipping).split())


def _text(element: Any, skipping: Collection[Any]) -> str:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or element in skipping:
        return ""
    inside = (element.text or "") + "".join(_text(child, skipping) + (child.tail or "") for child in element)
    return f" {inside} " if element.tag in _APART else inside
