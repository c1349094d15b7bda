"""The Word file, opened by python-docx, and its parts."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import docx
import docx.enum.text
from lxml import etree

from guidance.documents.assembly.blocks import Heading, List, Paper, Table, all_texts
from guidance.documents.writers import word
from tests.papers import a_paper, a_section, runs, words

DAY = dt.date(2026, 11, 24)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(paper: Paper, *, is_draft: bool = False) -> Any:
    return docx.Document(BytesIO(word.written(paper, made_on=DAY, is_draft=is_draft)))


def parts(paper: Paper) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(word.written(paper, made_on=DAY))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_headings_notes_lists_and_captions_have_styles_of_their_own() -> None:
    document = opened(a_paper(*a_section(1)))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["Outcome-based specification"] == "Title"
    assert styles["Library management system"] == "Subtitle"
    assert styles["1 What the service must achieve"] == "Heading 1"
    assert styles["1.1 Outcomes & measures"] == "Heading 2"
    assert styles["How it is checked"] == "Heading 3"
    assert styles["1A Data return"] == "Heading 1"
    assert styles["Say here what residents need, not what a product does."] == "Note"
    assert styles["on loan"] == "List Bullet"
    assert styles["Step one of 1"] == "List Number"
    assert styles["A second paragraph of the same point."] == "List Continue"
    assert styles["Indicators of part 1"] == "Caption"
    assert styles["1.2\tOn exit the supplier shall return:"] == "Clause Text"


def test_everything_the_paper_says_is_there_in_order() -> None:
    paper = a_paper(*a_section(1))
    body = opened(paper).element.body
    said = "".join("".join(each.itertext()) for each in body.iter(f"{W}t"))
    at = 0
    for text in all_texts(paper):
        wanted = (
            text.removeprefix("1.1 ").removeprefix("1.2 ") if text.startswith(("1.1 The", "1.2 On")) else text
        )
        at = said.index(wanted, at) + len(wanted)


def test_the_heading_row_repeats_and_numbers_align_right() -> None:
    [table] = opened(a_paper(*a_section(1))).tables
    first, second = table.rows[0], table.rows[1]
    assert first._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert second._tr.find(f"{W}trPr/{W}tblHeader") is None
    assert second._tr.find(f"{W}trPr/{W}cantSplit") is not None
    assert [cell.paragraphs[0].style.name for cell in second.cells] == ["Table Text"] * 3 + ["Table Number"]
    widths = [column.width.mm for column in table.columns]
    assert 159 < sum(widths) < 161


def test_a_long_row_may_be_split() -> None:
    [table] = opened(a_paper(Table("", ("A",), ((runs("words " * 300),),)))).tables
    assert table.rows[1]._tr.find(f"{W}trPr") is None


def test_each_numbered_list_begins_at_one_and_bullets_share_theirs() -> None:
    steps = List(((words("a"),), (words("b"),)), is_numbered=True)
    points = List(((words("c"),),))
    document = opened(a_paper(steps, points, steps))
    numbered = [each.get(f"{W}val") for each in document.element.body.iter(f"{W}numId")]
    assert numbered == ["2", "2", "1", "3", "3"]
    numbering = document.part.numbering_part.element
    assert len(numbering.findall(f"{W}num[@{W}numId='3']/{W}lvlOverride/{W}startOverride")) == 9


def test_the_contents_list_is_written_out_and_leads_to_bookmarks() -> None:
    body = opened(a_paper(*a_section(1), *a_section(2))).element.body
    links = {link.get(f"{W}anchor"): link.text for link in body.iter(f"{W}hyperlink")}
    assert links["section-4"] == "1A Data return"
    assert len(links) == 6
    assert set(links) <= {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert "updateFields" not in parts(a_paper(*a_section(1)))["word/settings.xml"].decode()


def test_a_letter_has_no_contents_list() -> None:
    document = opened(a_paper(*a_section(1), is_letter=True))
    assert "Title" not in [paragraph.style.name for paragraph in document.paragraphs], (
        "it begins with its own words"
    )
    assert next(document.element.body.iter(f"{W}sdt"), None) is None


def test_the_head_and_foot_of_pages() -> None:
    [section] = opened(a_paper(*a_section(1)), is_draft=True).sections
    assert section.header.paragraphs[0].text == "London Borough of Fleet\tDraft"
    assert section.first_page_header.paragraphs[0].text == "\tDraft"
    assert section.footer.paragraphs[0].text == "Library management system, PR-7K2D\tPage 1 of 1"
    assert round(section.page_width.mm) == 210
    [section] = opened(a_paper()).sections
    assert "Draft" not in section.header.paragraphs[0].text


def test_the_logo_says_what_it_is() -> None:
    header = etree.fromstring(parts(a_paper())["word/first-header.xml"])
    [described] = header.iter("{*}docPr")
    assert described.get("descr") == "London Borough of Fleet"


def test_nobody_and_no_program_is_named() -> None:
    content = parts(a_paper(*a_section(1)))
    assert not [name for name in content if "app.xml" in name or "custom" in name or "comments" in name]
    core = content["docProps/core.xml"].decode()
    for word_ in ("creator", "lastModifiedBy", "Company", "Template", "revision", "python"):
        assert word_ not in core
    assert core.count("2026-11-24T00:00:00Z") == 2
    assert opened(a_paper()).core_properties.title == "Outcome-based specification"


def test_text_that_runs_right_to_left_is_marked() -> None:
    content = parts(a_paper(words("שלום עולם"), words("plain")))["word/document.xml"].decode()
    assert content.count("<w:bidi/>") == 1
    assert content.count("<w:rtl/>") == 1


def test_numbers_under_a_heading_that_runs_right_to_left_stay_on_the_right() -> None:
    table = Table("", ("שם", "סכום"), ((runs("כהן"), runs("£1")),), (False, True))
    name, amount = opened(a_paper(table)).tables[0].rows[0].cells
    assert [each.tag.rpartition("}")[2] for each in amount.paragraphs[0]._p.pPr] == ["pStyle", "bidi", "jc"]
    assert amount.paragraphs[0]._p.pPr.jc_val == docx.enum.text.WD_ALIGN_PARAGRAPH.LEFT
    assert name.paragraphs[0]._p.pPr.jc_val is None


def test_the_headings_of_a_letter_are_no_larger_than_its_words() -> None:
    for is_letter, size in ((True, 11), (False, 16)):
        styles = opened(a_paper(Heading(1, "Payment"), is_letter=is_letter)).styles
        assert styles["Heading 1"].font.size.pt == size


def test_fields_in_an_answer_stay_text() -> None:
    body = opened(a_paper(words("{ PAGE } =1+1"))).element.body
    assert next(body.iter(f"{W}instrText"), None) is None
    assert "{ PAGE } =1+1" in "".join(body.itertext())


def test_the_language_is_the_papers() -> None:
    assert 'w:lang w:val="en-GB"' in parts(a_paper())["word/styles.xml"].decode()
    welsh = Paper(title="Llythyr", blocks=(), language="cy-GB")
    assert 'w:lang w:val="cy-GB"' in parts(welsh)["word/styles.xml"].decode()
