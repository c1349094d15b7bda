"""A paper as a Word file. python-docx keeps the package in order; the body is written element by element, for speed."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.shared import Mm
from lxml import etree

from guidance.documents.assembly.blocks import Logo, Paper, Run
from guidance.documents.writers.packing import packed, unpacked
from guidance.documents.writers.word_body import Body, add_field, add_run

PARTS = Path(__file__).parent / "parts"
LOGO_WIDTH, LOGO_HEIGHT = 55, 20
"""In millimetres, at most."""
_USED = ("styles", "numbering", "settings", "officeDocument", "core-properties")
"""The parts of python-docx's own template that stay; the rest (a picture, a theme, facts about a program) goes."""


def written(paper: Paper, *, made_on: dt.date, is_draft: bool = False) -> bytes:
    """The file. The same paper and day give the same bytes."""
    document = docx.Document(io.BytesIO(_shell()))
    _describe(document, paper, made_on)
    _margins(document, paper, is_draft)
    body = document.element.body
    for element in Body(paper, document.part.numbering_part.element).elements():
        body.insert_element_before(element, "w:sectPr")
    made = io.BytesIO()
    document.save(made)
    return packed(unpacked(made.getvalue()), made_on=made_on)


@cache
def _shell() -> bytes:
    """An empty document with our styles and nothing else."""
    document = docx.Document()
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, each in relations.items() if not each.reltype.endswith(_USED)]:
            del relations[key]
    for name, root in (
        ("styles", document.styles.element),
        ("numbering", document.part.numbering_part.element),
        ("settings", document.settings.element),
    ):
        root[:] = list(etree.parse(PARTS / f"word-{name}.xml").getroot())
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _describe(document: Document, paper: Paper, made_on: dt.date) -> None:
    """Title and dates; no author, company or program."""
    properties = document.core_properties
    element: Any = properties._element
    element[:] = []
    properties.title = paper.title[:255]
    properties.language = paper.language
    properties.created = properties.modified = dt.datetime.combine(made_on, dt.time())
    for language in document.styles.element.iter("{*}lang"):
        language.set(f"{{{language.nsmap['w']}}}val", paper.language)


def _margins(document: Document, paper: Paper, is_draft: bool) -> None:
    """The page, what stands at its head, and at its foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(27), Mm(25)
    section.header_distance, section.footer_distance = Mm(12), Mm(11)
    _header(section.header, paper.organisation, is_draft)
    _footer(section.footer, paper.footer)
    if paper.logo is not None:
        section.different_first_page_header_footer = True
        _header(section.first_page_header, "", is_draft, paper.logo)
        _footer(section.first_page_footer, paper.footer)


def _header(header: Any, organisation: str, is_draft: bool, logo: Logo | None = None) -> None:
    paragraph = header.paragraphs[0]
    paragraph.style = "Header"
    if logo is not None:
        across = min(LOGO_WIDTH, LOGO_HEIGHT * logo.width / logo.height)
        shape = paragraph.add_run().add_picture(io.BytesIO(logo.content), width=Mm(across))
        shape._inline.docPr.set("name", "Logo")
        shape._inline.docPr.set("descr", logo.alternative_text)
    words = paragraph._p
    if organisation:
        add_run(words, Run(organisation))
    if is_draft:
        add_run(words, Run("\t"))
        add_run(words, Run("Draft"), style="Draft")


def _footer(footer: Any, text: str) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.style = "Footer"
    words = paragraph._p
    add_run(words, Run(f"{text}\tPage "))
    add_field(words, "PAGE", "1")
    add_run(words, Run(" of "))
    add_field(words, "NUMPAGES", "1")
