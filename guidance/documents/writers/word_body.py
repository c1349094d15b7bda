"""The body of a Word file: blocks as elements of WordprocessingML. What an answer says is text of an element, never markup
or a field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import Any

from lxml import etree

from guidance.documents.assembly.blocks import (
    Block,
    Clause,
    Heading,
    List,
    Paper,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from guidance.documents.writers.columns import is_number, is_short, is_to_fill, shares
from guidance.documents.writers.direction import is_right_to_left
from guidance.documents.writers.outline import contents, is_long, key_of, numbered, title_of

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{NAMESPACE}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

WIDTH = 9070
"""Of the text, in twentieths of a point: A4 less 25 mm on each side."""
INDENT = 397
"""Of each level of a list."""
CLAUSE = 709
"""Of what stands in a clause, beside its numbers."""
NOTE = 284
"""Of a note, for the line at its side."""
ROOM = {"table": 200, "list": 100}
"""Above what follows a table, or a list."""
TO_FILL = 680
"""The least height of a row to be written into by hand."""
BULLETS = 1
"""The numbering that every list of points uses; numbered lists get their own, from 2."""
NUMBERED = 1
"""The definition that numbered lists are made of."""

_PIECE = re.compile(r"([\n\t])")


def add(parent: Any, name: str, /, **attributes: object) -> Any:
    """A child of this name, with attributes of the same namespace."""
    return etree.SubElement(parent, _W + name, {_W + key: str(value) for key, value in attributes.items()})


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field that Word fills in by itself, such as the number of the page."""
    add(add(paragraph, "r"), "fldChar", fldCharType="begin")
    add(add(paragraph, "r"), "instrText").text = f" {instruction} "
    add(add(paragraph, "r"), "fldChar", fldCharType="separate")
    add(add(paragraph, "r"), "t").text = shown
    add(add(paragraph, "r"), "fldChar", fldCharType="end")


def add_run(paragraph: Any, run: Run, style: str = "") -> None:
    """Some words: line ends break the line, tabs stay tabs, everything else is text."""
    made = add(paragraph, "r")
    is_foreign = is_right_to_left(run.text)
    if run.is_gap or style or run.is_bold or run.is_italic or is_foreign:
        properties = add(made, "rPr")
        if run.is_gap or style:
            add(properties, "rStyle", val="Gap" if run.is_gap else style)
        if run.is_bold:
            add(properties, "b")
            add(properties, "bCs")
        if run.is_italic:
            add(properties, "i")
            add(properties, "iCs")
        if is_foreign:
            add(properties, "rtl")
    for piece in _PIECE.split(run.text):
        if piece == "\n":
            add(made, "br")
        elif piece == "\t":
            add(made, "tab")
        elif piece:
            text = add(made, "t")
            text.text = piece
            text.set(_SPACE, "preserve")


class Body:
    """Writes one paper. `numbering` is the root of the numbering part, to which its numbered lists are added."""

    def __init__(self, paper: Paper, numbering: Any) -> None:
        self.paper, self.numbering = paper, numbering
        self.made = etree.Element(_W + "body")
        self.headings = count(1)
        self.lists = count(BULLETS + 1)
        self.follows = ""
        self.breaks_page = False
        self.left = 0

    def elements(self) -> Sequence[Any]:
        paper = self.paper
        if not paper.is_letter:
            self.paragraph("Title", (Run(paper.title),))
            if paper.subtitle:
                self.paragraph("Subtitle", (Run(paper.subtitle),))
        if contents(paper):
            self.contents()
            self.breaks_page = is_long(paper)
        self.blocks(paper.blocks)
        if self.follows == "table":
            self.paragraph("AfterTable", ())
        return list(self.made)

    def contents(self) -> None:
        """The list as Word's own field with its entries written out: right when it is opened, without asking; page
        numbers only Word could know, so there are none."""
        whole = add(self.made, "sdt")
        kind = add(add(whole, "sdtPr"), "docPartObj")
        add(kind, "docPartGallery", val="Table of Contents")
        add(kind, "docPartUnique")
        inside = add(whole, "sdtContent")
        self.paragraph("TOCHeading", (Run("Contents"),), into=inside)
        entries = contents(self.paper)
        deepest = max(entry.level for entry in entries)
        for entry in entries:
            line = self.paragraph(f"TOC{entry.level}", (), into=inside)
            if is_right_to_left(entry.text):
                add(line[0], "bidi")
            if entry is entries[0]:
                add(add(line, "r"), "fldChar", fldCharType="begin")
                add(add(line, "r"), "instrText").text = f' TOC \\o "1-{deepest}" \\n \\h \\z \\u '
                add(add(line, "r"), "fldChar", fldCharType="separate")
            add_run(add(line, "hyperlink", anchor=entry.key, history=1), Run(entry.text))
            if entry is entries[-1]:
                add(add(line, "r"), "fldChar", fldCharType="end")

    def blocks(self, blocks: Sequence[Block], *, level: int = -1) -> None:
        """`level`: of the list they stand in; -1 in none."""
        for block in blocks:
            match block:
                case Heading():
                    self.heading(block.level, block.text)
                case Paragraph():
                    self.words(block, level)
                case List():
                    self.list(block, level + 1)
                case Table():
                    self.table(block, self.left + INDENT * (level + 1))
                case Clause():
                    self.heading(1, title_of(block))
                    self.left = CLAUSE
                    self.blocks(block.blocks)
                    self.left = 0

    def heading(self, level: int, text: str) -> None:
        position = next(self.headings)
        made = self.paragraph(f"Heading{level}", ())
        if is_right_to_left(text):
            add(made[0], "bidi")
        add(made, "bookmarkStart", id=position, name=key_of(position))
        add_run(made, Run(text))
        add(made, "bookmarkEnd", id=position)

    def words(self, block: Paragraph, level: int) -> None:
        left = self.left + INDENT * (level + 1)
        number, runs = numbered(block) if self.left and level < 0 else ("", block.runs)
        if block.is_note:
            self.paragraph("Note", block.runs, indent=left + NOTE if left else 0)
        elif number:
            self.paragraph("ClauseText", (Run(f"{number}\t"), *runs))
        else:
            self.paragraph("BodyText" if level < 0 else "ListContinue", runs, indent=left)

    def list(self, block: List, level: int) -> None:
        style, numbering = ("ListNumber", self._new_count()) if block.is_numbered else ("ListBullet", BULLETS)
        for first, *rest in filter(None, block.points):
            if isinstance(first, Paragraph):
                indent = self.left + INDENT * (level + 1) if self.left else 0
                self.paragraph(style, first.runs, numbered_by=(numbering, level), indent=indent)
            else:
                self.blocks((first,), level=level)
            self.blocks(rest, level=level)
        self.follows = "list" if level == 0 else self.follows

    def _new_count(self) -> int:
        """A numbering that begins at 1 again, on whatever level it is used."""
        number = next(self.lists)
        made = add(self.numbering, "num", numId=number)
        add(made, "abstractNumId", val=NUMBERED)
        for level in range(9):
            add(add(made, "lvlOverride", ilvl=level), "startOverride", val=1)
        return number

    def paragraph(
        self,
        style: str,
        runs: Runs,
        *,
        into: Any = None,
        numbered_by: tuple[int, int] | None = None,
        indent: int = 0,
    ) -> Any:
        made = add(self.made if into is None else into, "p")
        properties = add(made, "pPr")  # its children come in the order that the schema has
        add(properties, "pStyle", val=style)
        if into is None and self.breaks_page:
            add(properties, "pageBreakBefore")
            self.breaks_page = False
        if numbered_by is not None:
            numbering = add(properties, "numPr")
            add(numbering, "ilvl", val=numbered_by[1])
            add(numbering, "numId", val=numbered_by[0])
        if is_right_to_left(plain(runs)):
            add(properties, "bidi")
        if into is None and self.follows:
            if style not in ("Heading1", "Heading2", "Heading3", "Caption", "AfterTable"):
                add(properties, "spacing", before=ROOM[self.follows])
            self.follows = ""
        if indent:
            add(properties, "ind", left=indent)
        if style.startswith("TableNumber") and is_right_to_left(plain(runs)):
            add(properties, "jc", val="left")  # such paragraphs are mirrored: their left is the right
        for run in runs:
            add_run(made, run)
        return made

    def table(self, table: Table, indent: int) -> None:
        if table.caption:
            self.paragraph("Caption", (Run(table.caption),), indent=indent)
        elif self.follows == "table":
            self.paragraph("AfterTable", ())
        made = add(self.made, "tbl")
        widths = [round(share * (WIDTH - indent)) for share in shares(table)]
        properties = add(made, "tblPr")
        add(properties, "tblStyle", val="PaperTable")
        add(properties, "tblW", w=sum(widths), type="dxa")
        if indent:
            add(properties, "tblInd", w=indent, type="dxa")
        add(properties, "tblLayout", type="fixed")
        add(
            properties,
            "tblLook",
            val="0020",
            firstRow=1,
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        )
        if table.caption:
            add(properties, "tblCaption", val=table.caption)
        grid = add(made, "tblGrid")
        for width in widths:
            add(grid, "gridCol", w=width)
        self._row(made, table, [(Run(column),) for column in table.columns], widths, is_heading=True)
        for row in table.rows:
            self._row(made, table, row, widths)
        self.follows = "table"

    def _row(
        self,
        made: Any,
        table: Table,
        cells: Sequence[Runs],
        widths: Sequence[int],
        *,
        is_heading: bool = False,
    ) -> None:
        row = add(made, "tr")
        if is_heading or is_short(cells):
            properties = add(row, "trPr")
            add(properties, "cantSplit")
            if is_heading:
                add(properties, "tblHeader")
            elif is_to_fill(cells):
                add(properties, "trHeight", val=TO_FILL, hRule="atLeast")
        for at, width in enumerate(widths):
            cell = add(row, "tc")
            add(add(cell, "tcPr"), "tcW", w=width, type="dxa")
            style = f"Table{'Number' if is_number(table, at) else ''}{'Heading' if is_heading else ''}"
            self.paragraph(
                style if style != "Table" else "TableText", cells[at] if at < len(cells) else (), into=cell
            )
