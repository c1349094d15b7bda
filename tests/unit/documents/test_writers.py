"""What is true of every format."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO

import pytest

from guidance.documents.assembly.blocks import Block, Heading, Paper, Paragraph, Run, Table
from guidance.documents.writers.columns import is_short, is_to_fill, shares
from guidance.documents.writers.direction import is_right_to_left
from guidance.documents.writers.formats import FORMATS
from guidance.documents.writers.outline import MOST, contents, outline
from tests.papers import a_paper, a_section, runs, words

DAY = dt.date(2026, 11, 24)


def test_the_formats_are_these_in_this_order() -> None:
    assert [(each.slug, each.extension) for each in FORMATS.values()] == [
        ("docx", "docx"), ("odt", "odt"), ("pdf", "pdf"),
    ]  # fmt: skip


@pytest.mark.parametrize("slug", ["docx", "odt"])
def test_the_same_paper_and_day_give_the_same_bytes(slug: str) -> None:
    paper = a_paper(*a_section(1))
    first = FORMATS[slug].written(paper, made_on=DAY)
    assert FORMATS[slug].written(paper, made_on=DAY) == first
    assert FORMATS[slug].written(paper, made_on=DAY + dt.timedelta(days=1)) != first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 24, 0, 0, 0)}


@pytest.mark.parametrize("slug", FORMATS)
def test_a_bare_paper_can_be_written(slug: str) -> None:
    assert FORMATS[slug].written(Paper(title="Letter", blocks=(), is_letter=True), made_on=DAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False), ("12.5 %", False), ("Library", False), ("«שלום»", True), ("12 مرحبا, hello", True),
        ("Hello, مرحبا", False),
    ],
)  # fmt: skip
def test_the_first_letter_with_a_direction_decides(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected


def test_the_contents_list_shows_two_levels_and_clauses() -> None:
    paper = a_paper(*a_section(1), *a_section(2))
    assert [(entry.key, entry.level) for entry in contents(paper)] == [
        ("section-1", 1), ("section-2", 2), ("section-4", 1), ("section-5", 1), ("section-6", 2), ("section-8", 1),
    ]  # fmt: skip
    assert outline(paper)[2].text == "How it is checked"


def test_a_letter_and_a_short_paper_have_no_contents_list() -> None:
    assert not contents(a_paper(*a_section(1), is_letter=True))
    assert not contents(a_paper(Heading(1, "One"), Heading(1, "Two")))


def test_a_long_contents_list_shows_one_level() -> None:
    headings = [each for number in range(MOST) for each in (Heading(1, f"{number}"), Heading(2, "Below"))]
    assert {entry.level for entry in contents(a_paper(*headings))} == {1}


def test_columns_share_the_width_by_what_is_in_them() -> None:
    table = Table("", ("Name", "What was said"), ((runs("Ada"), runs("A long sentence " * 20)),))
    name, said = shares(table)
    assert name + said == pytest.approx(1)
    assert said > 3 * name > 0.2
    assert shares(Table("", ("A", "B"), ())) == [0.5, 0.5]


def test_no_word_is_broken_while_the_page_is_wide_enough() -> None:
    risk = (runs("Staff information is late"), runs("Medium"), runs("Asked for in March, with a reminder. " * 5), runs("Head of Parks"))  # fmt: skip
    found = shares(Table("", ("Risk", "Impact", "What is done about it", "Likelihood"), (risk,)))
    assert sum(found) == pytest.approx(1)
    assert found[1] >= 9 / 84
    assert found[3] >= 13 / 84
    assert found[2] == max(found)
    many = shares(Table("", ("Responsibilities",) * 12, ()))
    assert many == pytest.approx([1 / 12] * 12)


def test_only_a_long_row_may_be_split() -> None:
    assert is_short((runs("short"), runs("short")))
    assert not is_short((runs("long " * 200),))


def test_a_row_without_its_first_cell_is_there_to_be_filled_in() -> None:
    assert is_to_fill((runs(""), runs("Director of Culture")))
    assert not is_to_fill((runs("Council"), runs("")))


BAD = "=1+1 @SUM(1) +44 -1 =cmd|'/c calc'!A1 {{ answers }} {% raw %} <script>alert(1)</script> &amp; ]]> { PAGE } <w:p/> 🦄"


@pytest.mark.parametrize("slug", FORMATS)
def test_what_looks_like_code_is_text(slug: str) -> None:
    blocks: list[Block] = [
        Paragraph((Run(BAD, is_bold=True),)),
        Heading(1, BAD),
        Table(BAD, (BAD,), ((runs(BAD),),)),
        words(BAD),
    ]
    made = FORMATS[slug].written(a_paper(*blocks, title=BAD), made_on=DAY)
    assert made
    assert b"<script>" not in made


@pytest.mark.parametrize("slug", FORMATS)
def test_line_ends_tabs_and_right_to_left_are_written(slug: str) -> None:
    blocks: list[Block] = [
        words("one\ntwo\tthree   four\r\n"),
        words("שלום עולם"),
        Heading(1, "مرحبا"),
        Table("", ("שם",), ((runs("מספר"),),)),
    ]
    assert FORMATS[slug].written(a_paper(*blocks), made_on=DAY)


@pytest.mark.slow
@pytest.mark.parametrize("slug", FORMATS)
def test_five_hundred_rows_and_fifty_thousand_characters_are_written(slug: str) -> None:
    rows = tuple(
        (runs(f"Row {number}"), runs("Something said about it"), runs("£1.00")) for number in range(500)
    )
    long = "Some words of a long answer. " * 1_750
    table = Table(
        "Rows", ("Name", "About", "Price"), (*rows, (runs("Long"), runs(long), ())), (False, False, True)
    )
    assert FORMATS[slug].written(a_paper(table, words(long)), made_on=DAY)
