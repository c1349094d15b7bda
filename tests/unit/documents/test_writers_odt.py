"""The ODT file, opened by odfpy, and its parts."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

from odf import opendocument, teletype
from odf.draw import Frame
from odf.table import TableCell, TableHeaderRows, TableRow
from odf.text import A, BookmarkStart, H, ListItem, P, TableOfContent

from guidance.documents.assembly.blocks import Paper, all_texts
from guidance.documents.writers import odt
from tests.papers import a_paper, a_section, words

DAY = dt.date(2026, 11, 24)


def opened(paper: Paper, *, is_draft: bool = False) -> Any:
    return opendocument.load(BytesIO(odt.written(paper, made_on=DAY, is_draft=is_draft)))


def parts(paper: Paper, *, is_draft: bool = False) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(odt.written(paper, made_on=DAY, is_draft=is_draft))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if not name.endswith("png")}


def style_of(element: Any) -> str:
    return str(element.getAttribute("stylename"))


def test_it_begins_with_its_type() -> None:
    made = odt.written(a_paper(), made_on=DAY)
    assert made[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"


def test_headings_notes_lists_and_captions_have_styles_of_their_own() -> None:
    text = opened(a_paper(*a_section(1))).text
    levels = {
        teletype.extractText(each): each.getAttribute("outlinelevel") for each in text.getElementsByType(H)
    }
    assert levels == {
        "1 What the service must achieve": "1", "1.1 Outcomes & measures": "2", "How it is checked": "3", "1A Data return": "1",
    }  # fmt: skip
    styles = {teletype.extractText(each): style_of(each) for each in text.getElementsByType(P)}
    assert styles["Outcome-based specification"] == "Title"
    assert styles["Say here what residents need, not what a product does."] == "Note"
    assert styles["Indicators of part 1"] == "Caption"
    assert styles["1.2\tOn exit the supplier shall return:"] == "Clause_20_text"
    assert len(text.getElementsByType(ListItem)) == 10


def test_everything_the_paper_says_is_there_in_order() -> None:
    paper = a_paper(*a_section(1))
    said = teletype.extractText(opened(paper).text).replace("\t", " ")
    at = 0
    for text in all_texts(paper):
        at = said.index(text.rstrip(), at) + len(text.rstrip())


def test_the_heading_row_repeats_and_numbers_align_right() -> None:
    text = opened(a_paper(*a_section(1))).text
    [heading] = text.getElementsByType(TableHeaderRows)
    assert len(heading.getElementsByType(TableCell)) == 4
    cells = text.getElementsByType(TableCell)
    assert style_of(cells[7].firstChild) == "Table_20_Number"
    [row] = heading.getElementsByType(TableRow)
    assert not row.getAttribute("stylename"), "kept together, LibreOffice would drop the rows below it"
    assert 'fo:keep-together="always"' in parts(a_paper(*a_section(1)))["content.xml"]


def test_the_contents_list_is_written_out_and_leads_to_bookmarks() -> None:
    text = opened(a_paper(*a_section(1))).text
    links = {each.getAttribute("href"): teletype.extractText(each) for each in text.getElementsByType(A)}
    assert links["#section-4"] == "1A Data return"
    marks = {f"#{each.getAttribute('name')}" for each in text.getElementsByType(BookmarkStart)}
    assert set(links) <= marks
    letter = opened(a_paper(*a_section(1), is_letter=True)).text
    assert not letter.getElementsByType(TableOfContent)


def test_the_head_and_foot_of_pages() -> None:
    styles = parts(a_paper(), is_draft=True)["styles.xml"]
    assert "London Borough of Fleet<text:tab/>" in styles
    assert ">Draft</text:span>" in styles
    assert "PR-7K2D<text:tab/>Page <text:page-number" in styles
    assert "</text:page-number> of <text:page-count>" in styles
    assert ">Draft</text:span>" not in parts(a_paper())["styles.xml"]


def test_the_logo_says_what_it_is() -> None:
    [frame] = opened(a_paper()).text.getElementsByType(Frame)
    assert "London Borough of Fleet" in [str(each) for each in frame.childNodes[-1].childNodes]


def test_the_headings_of_a_letter_are_no_larger_than_its_words() -> None:
    for is_letter, size in ((True, "11pt"), (False, "16pt")):
        styles = parts(a_paper(words("Plain"), is_letter=is_letter))["styles.xml"]
        heading = styles[styles.index('style:name="Heading_20_1"') :]
        assert f'fo:font-size="{size}"' in heading[: heading.index("</style:style>")]


def test_nobody_and_no_program_is_named() -> None:
    meta = parts(a_paper(*a_section(1)))["meta.xml"]
    for word in ("creator>", "generator", "printed-by", "editing"):
        assert word not in meta
    assert "<dc:title>Outcome-based specification</dc:title>" in meta
    assert meta.count("2026-11-24T00:00:00") == 2


def test_rows_of_spaces_line_ends_and_direction_are_kept() -> None:
    content = parts(a_paper(words("a  b\nc\td"), words("שלום")))["content.xml"]
    assert 'a<text:s text:c="2"/>b<text:line-break/>c<text:tab/>d' in content
    assert content.count('style:writing-mode="rl-tb"') == 1
