"""A paper as a Word file: a package of parts, made of elements by lxml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from guidance.documents.assembly.blocks import Logo, Paper, Run
from guidance.documents.writers.packing import packed
from guidance.documents.writers.word_body import NAMESPACE, Body, add, add_field, add_run

PARTS = Path(__file__).parent / "parts"
LOGO_WIDTH, LOGO_HEIGHT = 55, 20
"""In millimetres, at most."""
EMU = 36_000
"""Units of a drawing in a millimetre."""

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_R = f"{{{OFFICE}}}"
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
_NAMESPACES = {
    "w": NAMESPACE,
    "r": OFFICE,
    "wp": f"{DRAWING}/wordprocessingDrawing",
    "a": f"{DRAWING}/main",
    "pic": f"{DRAWING}/picture",
}


def written(paper: Paper, *, made_on: dt.date, is_draft: bool = False) -> bytes:
    """The file. The same paper and day give the same bytes."""
    numbering = _part("numbering")
    document = _root("document")
    body = add(document, "body")
    body.extend(Body(paper, numbering).elements())
    body.append(_section(paper.logo is not None))
    parts = {
        "document": document,
        "styles": _styles(paper),
        "numbering": numbering,
        "settings": _part("settings"),
        "header": _header(paper.organisation, is_draft),
        "footer": _footer(paper.footer),
    }
    pictures: list[tuple[str, bytes]] = []
    if paper.logo is not None:
        name = f"logo.{_ENDINGS[paper.logo.content_type]}"
        parts["first-header"] = _header("", is_draft, paper.logo)
        pictures = [
            ("word/_rels/first-header.xml.rels", _relations({"logo": ("image", f"media/{name}")})),
            (f"word/media/{name}", paper.logo.content),
        ]
    related = {name: (_kind(name), f"{name}.xml") for name in parts if name != "document"}
    whole = [
        ("[Content_Types].xml", _types(list(parts))),
        ("_rels/.rels", _relations({"document": ("officeDocument", "word/document.xml"), "core": ("core", "docProps/core.xml")})),
        ("docProps/core.xml", _core(paper, made_on)),
        ("word/_rels/document.xml.rels", _relations(related)),
        *((f"word/{name}.xml", _bytes(root)) for name, root in parts.items()),
        *pictures,
    ]  # fmt: skip
    return packed(whole, made_on=made_on)


def _kind(name: str) -> str:
    """What a part is: the first page has a header of its own."""
    return name.removeprefix("first-")


def _root(name: str) -> Any:
    return etree.Element(f"{{{NAMESPACE}}}{name}", nsmap=_NAMESPACES)


def _bytes(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


@cache
def _text_of(name: str) -> bytes:
    return (PARTS / f"word-{name}.xml").read_bytes()


def _part(name: str) -> Any:
    return etree.fromstring(_text_of(name), etree.XMLParser(remove_blank_text=True, remove_comments=True))


def _styles(paper: Paper) -> Any:
    """The styles as they are, in the language of the paper; the headings of a letter are no larger than its words."""
    root = _part("styles")
    for element in root.iter(f"{{{NAMESPACE}}}lang"):
        element.set(f"{{{NAMESPACE}}}val", paper.language)
    if paper.is_letter:
        heading = next(each for each in root if each.get(f"{{{NAMESPACE}}}styleId") == "Heading1")
        for name, value in (("sz", "22"), ("szCs", "22")):
            next(heading.iter(f"{{{NAMESPACE}}}{name}")).set(f"{{{NAMESPACE}}}val", value)
        for name, value in (("before", "240"), ("after", "80")):
            next(heading.iter(f"{{{NAMESPACE}}}spacing")).set(f"{{{NAMESPACE}}}{name}", value)
    return root


def _types(names: Sequence[str]) -> bytes:
    root = etree.Element("Types", xmlns=f"{PACKAGE}/content-types")
    for ending, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("jpg", "image/jpeg"),
    ):
        etree.SubElement(root, "Default", Extension=ending, ContentType=kind)
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    etree.SubElement(root, "Override", PartName="/docProps/core.xml", ContentType=core)
    for name in names:
        kind = f"{_WORD}.document.main+xml" if name == "document" else f"{_WORD}.{_kind(name)}+xml"
        etree.SubElement(root, "Override", PartName=f"/word/{name}.xml", ContentType=kind)
    return _bytes(root)


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    """Which other parts a part uses: a name for each, what it is, where it is."""
    root = etree.Element("Relationships", xmlns=f"{PACKAGE}/relationships")
    for name, (kind, target) in targets.items():
        address = (
            f"{PACKAGE}/relationships/metadata/core-properties" if kind == "core" else f"{OFFICE}/{kind}"
        )
        etree.SubElement(root, "Relationship", Id=name, Type=address, Target=target)
    return _bytes(root)


def _core(paper: Paper, made_on: dt.date) -> bytes:
    """Title, language and dates; no author, editor, company or program."""
    dublin, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    schema = "http://www.w3.org/2001/XMLSchema-instance"
    core = f"{PACKAGE}/metadata/core-properties"
    root = etree.Element(
        f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dublin, "dcterms": terms, "xsi": schema}
    )
    etree.SubElement(root, f"{{{dublin}}}title").text = paper.title
    etree.SubElement(root, f"{{{dublin}}}language").text = paper.language
    for name in ("created", "modified"):
        day = etree.SubElement(root, f"{{{terms}}}{name}", {f"{{{schema}}}type": "dcterms:W3CDTF"})
        day.text = f"{made_on.isoformat()}T00:00:00Z"
    return _bytes(root)


def _section(has_logo: bool) -> Any:
    """The page: A4, and what stands at its head and foot."""
    made = etree.Element(f"{{{NAMESPACE}}}sectPr", nsmap={"w": NAMESPACE, "r": OFFICE})
    pages = [("header", "default", "header"), ("footer", "default", "footer")]
    if has_logo:
        pages += [("header", "first", "first-header"), ("footer", "first", "footer")]
    for part, page, name in pages:
        add(made, f"{part}Reference", type=page).set(f"{_R}id", name)
    add(made, "pgSz", w=11906, h=16838)
    add(made, "pgMar", top=1531, right=1418, bottom=1418, left=1418, header=680, footer=624, gutter=0)
    if has_logo:
        add(made, "titlePg")
    return made


def _header(organisation: str, is_draft: bool, logo: Logo | None = None) -> Any:
    root = _root("hdr")
    paragraph = add(root, "p")
    properties = add(paragraph, "pPr")
    add(properties, "pStyle", val="Header")
    if logo is not None:
        add(properties, "spacing", after=280)
        _picture(add(paragraph, "r"), logo)
    if organisation:
        add_run(paragraph, Run(organisation))
    if is_draft:
        add_run(paragraph, Run("\t"))
        add_run(paragraph, Run("Draft"), style="Draft")
    return root


def _footer(text: str) -> Any:
    root = _root("ftr")
    paragraph = add(root, "p")
    add(add(paragraph, "pPr"), "pStyle", val="Footer")
    add_run(paragraph, Run(f"{text}\tPage "))
    add_field(paragraph, "PAGE", "1")
    add_run(paragraph, Run(" of "))
    add_field(paragraph, "NUMPAGES", "1")
    return root


def _picture(run: Any, logo: Logo) -> None:
    across = min(LOGO_WIDTH, LOGO_HEIGHT * logo.width / logo.height)
    size = {"cx": str(round(across * EMU)), "cy": str(round(across * logo.height / logo.width * EMU))}
    named = {"id": "1", "name": "Logo", "descr": logo.alternative_text}
    inline = _sub(add(run, "drawing"), "wp:inline", distT="0", distB="0", distL="0", distR="0")
    _sub(inline, "wp:extent", **size)
    _sub(inline, "wp:docPr", **named)
    data = _sub(_sub(inline, "a:graphic"), "a:graphicData", uri=f"{DRAWING}/picture")
    picture = _sub(data, "pic:pic")
    about = _sub(picture, "pic:nvPicPr")
    _sub(about, "pic:cNvPr", **named)
    _sub(about, "pic:cNvPicPr")
    fill = _sub(picture, "pic:blipFill")
    _sub(fill, "a:blip").set(f"{_R}embed", "logo")
    _sub(_sub(fill, "a:stretch"), "a:fillRect")
    shape = _sub(picture, "pic:spPr")
    place = _sub(shape, "a:xfrm")
    _sub(place, "a:off", x="0", y="0")
    _sub(place, "a:ext", **size)
    _sub(_sub(shape, "a:prstGeom", prst="rect"), "a:avLst")


def _sub(parent: Any, tag: str, /, **attributes: str) -> Any:
    prefix, _, name = tag.partition(":")
    return etree.SubElement(parent, f"{{{_NAMESPACES[prefix]}}}{name}", attributes)
