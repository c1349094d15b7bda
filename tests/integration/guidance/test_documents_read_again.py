"""Every document, made in each format, says the same when programs read it that know nothing of ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import batched
from pathlib import Path

import pytest
from django.conf import settings

from guidance.documents.assembly import assembling, reading
from guidance.documents.assembly.blocks import Heading, Paper, Paragraph, Run, Table
from guidance.documents.assembly.definitions import ClauseText, Put
from guidance.documents.writers.formats import FORMATS
from guidance.editorial import content
from guidance.pages.fields import Front
from tests.independent import left_out, pdf_by_libreoffice, squeezed, text_of_pdf, text_of_tagged_pdf
from tests.papers import a_paper, a_section, a_specification, runs, words

pytestmark = pytest.mark.slow

DAY = dt.date(2026, 11, 24)
CONTENT = Path(settings.ROOT) / "guidance" / "documents" / "content"
AT_ONCE = 10
"""Templates for each start of LibreOffice."""
TEMPLATES = sorted(path.stem for path in (CONTENT / "templates").glob("*.md"))


def read_again(papers: Mapping[str, Paper], *, is_draft: bool = False) -> dict[tuple[str, str], str]:
    """What independent readers read: by paper and format."""
    made = {
        (name, slug): made_as.written(paper, made_on=DAY, is_draft=is_draft)
        for name, paper in papers.items()
        for slug, made_as in FORMATS.items()
    }
    printed = pdf_by_libreoffice(
        {f"{name}.{slug}": file for (name, slug), file in made.items() if slug != "pdf"}
    )
    return {
        (name, slug): text_of_tagged_pdf(file) if slug == "pdf" else text_of_pdf(printed[f"{name}.{slug}"])
        for (name, slug), file in made.items()
    }


def clauses() -> dict[str, ClauseText]:
    found = {}
    for path in sorted((CONTENT / "clauses").glob("*.md")):
        front, body = content.read(path.read_text(), where=path.stem)
        found[path.stem] = reading.clause_from(Front(front, path.stem), body)
    return found


def example_of(slug: str, known: Mapping[str, ClauseText]) -> Paper:
    path = CONTENT / "templates" / f"{slug}.md"
    front, body = content.read(path.read_text(), where=slug)
    template = reading.template_from(Front(front, slug), body)
    return assembling.assemble(
        Put(template, known, DAY),
        template.example,
        subtitle="An example",
        organisation="London Borough of Fleet",
        footer="Fleet",
    )


@pytest.mark.parametrize("slugs", list(batched(TEMPLATES, AT_ONCE)), ids=lambda slugs: slugs[0])
def test_every_filled_example_reads_the_same_in_every_format(slugs: Sequence[str]) -> None:
    known = clauses()
    papers = {slug: example_of(slug, known) for slug in slugs}
    lacking = {
        f"{name} as {slug}": missing[:3]
        for (name, slug), text in read_again(papers).items()
        if (missing := left_out(papers[name], text))
    }
    assert not lacking


def test_a_long_specification_and_bad_input_read_the_same_in_every_format() -> None:
    code = "=1+1 =cmd|'/c calc'!A1 @SUM(1) {{ answers }} {% x %} <script>alert(1)</script> &amp; ]]> { PAGE } efficient"
    bad = a_paper(
        Heading(1, code),
        Paragraph((Run(code, is_bold=True), Run(code, is_gap=True), Run("a\tb\nc  d"))),
        Table(code, (code, "Other"), ((runs(code), runs("x")),)),
        title=code,
    )
    long = a_paper(
        Table(
            "Rows",
            ("Row", "What", "Price"),
            tuple((runs(f"Row {at}"), runs("Said"), runs(f"£{at}")) for at in range(500)),
        ),
        *(words(f"{part} {'A long answer. ' * 200}".strip()) for part in range(17)),
    )
    papers = {
        "long": long,
        "bad": bad,
        "specification": a_specification(),
        "letter": a_paper(*a_section(1), is_letter=True),
    }
    lacking = {
        f"{name} as {slug}": missing[:3]
        for (name, slug), text in read_again(papers, is_draft=True).items()
        if (missing := left_out(papers[name], text))
    }
    assert not lacking


def test_no_format_leaves_out_or_adds_a_letter() -> None:
    """Nothing but the papers’ own words, the contents list, bullets and numbers: the same in all three."""
    read = {slug: squeezed(text) for (_, slug), text in read_again({"paper": a_paper(*a_section(1))}).items()}
    assert sorted(read["docx"]) == sorted(read["odt"])
    pages = sorted(read["pdf"])
    for letter in read["docx"]:
        pages.remove(letter)
    assert all(each.isdigit() for each in pages)  # the contents list of a PDF has the numbers of its pages


def test_right_to_left_words_are_all_there() -> None:
    """Readers put such words in the order they see; their letters are what counts."""
    text = "שלום עולם مرحبا بالعالم"
    for (_, slug), read in read_again({"paper": a_paper(words(text))}).items():
        assert not (set(squeezed(text)) - set(squeezed(read))), slug
