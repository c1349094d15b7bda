"""A paper as an ODT file, made of elements by lxml: of the libraries at hand one is no longer kept, and both are slow."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from lxml import etree

from guidance.documents.assembly.blocks import Paper
from guidance.documents.writers.odt_body import Body
from guidance.documents.writers.odt_elements import NAMESPACES, add, add_text, named
from guidance.documents.writers.packing import packed

PARTS = Path(__file__).parent / "parts"
TYPE = "application/vnd.oasis.opendocument.text"
VERSION = "1.3"
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
LETTER_HEADING = (
    {"fo:margin-top": "4mm", "fo:margin-bottom": "1.4mm"},
    {"fo:font-size": "11pt", "style:font-size-complex": "11pt"},
)
"""The measures of a paragraph and of its letters."""


def written(paper: Paper, *, made_on: dt.date, is_draft: bool = False) -> bytes:
    """The file. The same paper and day give the same bytes."""
    logo = f"Pictures/logo.{_ENDINGS[paper.logo.content_type]}" if paper.logo is not None else ""
    parts = [
        ("mimetype", TYPE.encode()),
        ("content.xml", _content(paper, logo)),
        ("styles.xml", _styles(paper, is_draft)),
        ("meta.xml", _meta(paper, made_on)),
    ]
    types = {"/": TYPE, "content.xml": "text/xml", "styles.xml": "text/xml", "meta.xml": "text/xml"}
    if paper.logo is not None:
        parts.append((logo, paper.logo.content))
        types[logo] = paper.logo.content_type
    parts.append(("META-INF/manifest.xml", _manifest(types)))
    return packed(parts, made_on=made_on, stored=frozenset({"mimetype", logo}))


def _root(name: str) -> Any:
    root = etree.Element(named(name), nsmap=NAMESPACES)
    root.set(named("office:version"), VERSION)
    return root


def _bytes(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def _content(paper: Paper, logo: str) -> bytes:
    root = _root("office:document-content")
    fonts = add(root, "office:font-face-decls")
    add(fonts, "style:font-face", style__name="Arial", svg__font_family="Arial, 'Liberation Sans'")
    styles = add(root, "office:automatic-styles")
    text = add(add(root, "office:body"), "office:text")
    Body(paper, text, styles).write(logo)
    return _bytes(root)


def _styles(paper: Paper, is_draft: bool) -> bytes:
    """The styles as they are, the language of the paper, and the words at the head and foot of every page. The headings of a
    letter are no larger than its words."""
    root = etree.parse(PARTS / "odt-styles.xml").getroot()
    language, _, country = paper.language.partition("-")
    for properties in root.iter(named("style:text-properties")):
        if named("fo:language") in properties.attrib:
            properties.set(named("fo:language"), language)
            properties.set(named("fo:country"), country or "none")
    if paper.is_letter:
        name = named("style:name")
        heading = next(each for each in root.iter(named("style:style")) if each.get(name) == "Heading_20_1")
        for properties, values in zip(heading, LETTER_HEADING, strict=True):
            properties.attrib.update({named(key): value for key, value in values.items()})
    header, footer = (next(root.iter(named(f"style:{name}")))[0] for name in ("header", "footer"))
    add_text(header, paper.organisation)
    if is_draft:
        add(header, "text:tab")
        add_text(add(header, "text:span", text__style_name="Draft"), "Draft")
    add_text(footer, f"{paper.footer}\tPage ")
    add(footer, "text:page-number", text__select_page="current").text = "1"
    footer[-1].tail = " of "
    add(footer, "text:page-count").text = "1"
    return _bytes(root)


def _meta(paper: Paper, made_on: dt.date) -> bytes:
    """Title and dates; no author, editor or program."""
    root = _root("office:document-meta")
    meta = add(root, "office:meta")
    add(meta, "dc:title").text = paper.title
    add(meta, "dc:language").text = paper.language
    for name in ("meta:creation-date", "dc:date"):
        add(meta, name).text = f"{made_on.isoformat()}T00:00:00"
    return _bytes(root)


def _manifest(types: dict[str, str]) -> bytes:
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    root = etree.Element(f"{{{namespace}}}manifest", nsmap={"manifest": namespace})
    root.set(f"{{{namespace}}}version", VERSION)
    for path, kind in types.items():
        entry = etree.SubElement(root, f"{{{namespace}}}file-entry")
        entry.set(f"{{{namespace}}}full-path", path)
        entry.set(f"{{{namespace}}}media-type", kind)
    return _bytes(root)
