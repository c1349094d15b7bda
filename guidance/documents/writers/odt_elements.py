"""The elements of OpenDocument. What an answer says is text of an element, never markup or a field."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from guidance.documents.assembly.blocks import Run

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}

_PIECE = re.compile(r"(\n|\t| {2,}|^ )")


def named(name: str) -> str:
    """`text:p` as lxml has it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def add(parent: Any, tag: str, /, **attributes: object) -> Any:
    """A child; `text__style_name` is the attribute text:style-name."""
    made = {
        named(key.replace("__", ":").replace("_", "-")): str(value)
        for key, value in attributes.items()
        if value != ""
    }
    return etree.SubElement(parent, named(tag), made)


def add_text(parent: Any, text: str) -> None:
    """Text, with line ends, tabs and rows of spaces as the elements that keep them."""
    for piece in _PIECE.split(text):
        if piece == "\n":
            add(parent, "text:line-break")
        elif piece == "\t":
            add(parent, "text:tab")
        elif piece and not piece.strip(" "):
            add(parent, "text:s", text__c=len(piece))
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + piece
        else:
            parent.text = (parent.text or "") + piece


def add_run(parent: Any, run: Run) -> None:
    """Some words in the spans that they need."""
    for wanted, style in (
        (run.is_gap, "Gap"),
        (run.is_bold, "Strong_20_Emphasis"),
        (run.is_italic, "Emphasis"),
    ):
        if wanted:
            parent = add(parent, "text:span", text__style_name=style)
    add_text(parent, run.text)
