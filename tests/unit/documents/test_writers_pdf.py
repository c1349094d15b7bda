"""The PDF, opened by pypdf, and the HTML it is printed from."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import html5lib
import pytest
from pypdf import PdfReader

from guidance.documents.assembly.blocks import Paper, Table, all_texts
from guidance.documents.writers import html, pdf
from tests.independent import squeezed
from tests.papers import a_paper, a_section, runs, words

DAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def made() -> PdfReader:
    return PdfReader(BytesIO(pdf.written(a_paper(*a_section(1), *a_section(2)), made_on=DAY, is_draft=True)))


def test_it_is_tagged_and_says_what_it_is(made: PdfReader) -> None:
    root: Any = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert made.metadata is not None
    assert made.metadata.title == "Outcome-based specification"
    assert made.metadata.author is None
    assert {str(made.metadata[name]) for name in ("/CreationDate", "/ModDate")} == {"D:20261124"}


def test_headings_are_bookmarks_and_every_page_has_head_and_foot(made: PdfReader) -> None:
    titles: list[str] = []

    def walk(items: Any) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                titles.append(item.title)

    walk(made.outline)
    assert {"Outcome-based specification", "1.1 Outcomes & measures", "2A Data return"} <= set(titles)
    last = made.pages[-1].extract_text()
    number = len(made.pages)
    for words_ in ("London Borough of Fleet", "Draft", "PR-7K2D", f"Page {number} of {number}"):
        assert words_ in last


def resources(page: Any) -> Any:
    return page["/Resources"]


def test_the_fonts_are_the_named_ones(made: PdfReader) -> None:
    fonts = {str(font["/BaseFont"]) for page in made.pages for font in resources(page)["/Font"].values()}
    assert fonts
    assert all("Liberation" in name or "DejaVu" in name for name in fonts)


def test_tables_and_pictures_are_tagged(made: PdfReader) -> None:
    kinds, described = set(), set()

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            kinds.add(str(node.get("/S")))
            described.add(str(node.get("/Alt")))
            if "/K" in node:
                walk(node["/K"])

    root: Any = made.trailer["/Root"]
    walk(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/L", "/LI", "/Figure", "/Link"} <= kinds
    assert "London Borough of Fleet" in described


def parsed(text: str) -> Any:
    return html5lib.HTMLParser(
        strict=True, namespaceHTMLElements=False, tree=html5lib.getTreeBuilder("lxml")
    ).parse(text)


def test_the_html_it_is_printed_from_is_sound_and_its_words_are_the_papers() -> None:
    paper = a_paper(*a_section(1))
    tree = parsed(html.document(paper, made_on=DAY))
    assert tree.getroot().get("lang") == "en-GB"
    assert [th.get("scope") for th in tree.iter("th")] == ["col"] * 4
    said, at = squeezed("".join(tree.getroot().find("body").itertext())), 0
    for text in all_texts(paper):
        at = said.index(squeezed(text), at) + len(squeezed(text))


def test_the_preview_fits_within_a_page_of_ours() -> None:
    made = html.fragment(a_paper(*a_section(1)))
    tree = parsed(f"<!DOCTYPE html><html lang=en><head><title>x</title></head><body>{made}</body></html>")
    assert not [each for each in tree.iter() if each.get("style") or each.tag in ("script", "style", "img")]
    assert [each.tag for each in tree.iter("h1", "h2", "h3", "h4", "h5")] == ["h2", "h3", "h4", "h5", "h3"]
    assert all(each.get("class", "").startswith("govuk-body") for each in tree.iter("p"))
    assert all("govuk-list" in each.get("class") for each in tree.iter("ul", "ol"))
    [table] = tree.iter("table")
    assert table.getparent().get("aria-label") == "Indicators of part 1"
    assert "Contents" not in made


def test_what_looks_like_markup_is_text() -> None:
    bad = '<script>alert("x")</script> {{ x }}'
    for made in (
        html.fragment(a_paper(words(bad), Table(bad, (bad,), ((runs(bad),),)), title=bad)),
        html.document(Paper(title=bad, blocks=(words(bad),), organisation=bad, footer=bad), made_on=DAY),
    ):
        assert "<script" not in made
        assert "{{ x }}" in made


def test_direction_is_said() -> None:
    made = html.fragment(a_paper(words("שלום"), words("plain")))
    assert made.count('dir="rtl"') == 1
