"""The body of an ODT file: blocks as elements of OpenDocument."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

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
from guidance.documents.writers.odt_elements import add, add_run, add_text, named
from guidance.documents.writers.outline import contents, is_long, key_of, numbered, title_of

WIDTH = 160.0
"""Of the text, in millimetres."""
INDENT = 7.0
"""Of each level of a list."""
CLAUSE = 12.5
"""Of what stands in a clause, beside its numbers."""
ROOM = {"table": "4mm", "list": "1.2mm"}
"""Above what follows a table, or a list."""
TO_FILL = "12mm"
"""The least height of a row to be written into by hand."""
LOGO_WIDTH, LOGO_HEIGHT = 55, 20
LEVELS = 9


class Body:
    """Writes one paper into the `office:text` of a content part, and the styles it needs into `styles`."""

    def __init__(self, paper: Paper, made: Any, styles: Any) -> None:
        self.paper, self.made, self.styles = paper, made, styles
        self.headings, self.tables = count(1), count(1)
        self.named: dict[tuple[str, ...], str] = {}
        self.follows = ""
        self.breaks_page = False
        self.in_clause = False

    def write(self, logo_address: str) -> None:
        paper = self.paper
        for is_numbered in (False, True):
            for left in (0.0, CLAUSE):
                self._list_style(is_numbered, left)
        if logo_address:
            self._logo(logo_address)
        if not paper.is_letter:
            self.paragraph(self.made, "Title", (Run(paper.title),))
            if paper.subtitle:
                self.paragraph(self.made, "Subtitle", (Run(paper.subtitle),))
        if contents(paper):
            self.contents()
            self.breaks_page = is_long(paper)
        self.blocks(self.made, paper.blocks)

    def _logo(self, address: str) -> None:
        logo = self.paper.logo
        assert logo is not None
        across = min(LOGO_WIDTH, LOGO_HEIGHT * logo.width / logo.height)
        frame = add(
            add(self.made, "text:p", text__style_name="Standard"), "draw:frame", draw__name="Logo",
            text__anchor_type="as-char", svg__width=f"{across:.2f}mm", svg__height=f"{across * logo.height / logo.width:.2f}mm",
        )  # fmt: skip
        add(
            frame,
            "draw:image",
            xlink__href=address,
            xlink__type="simple",
            xlink__show="embed",
            xlink__actuate="onLoad",
        )
        add(frame, "svg:desc").text = logo.alternative_text

    def contents(self) -> None:
        """The list with its entries written out, each a link; page numbers only the reader’s program could know."""
        entries = contents(self.paper)
        deepest = max(entry.level for entry in entries)
        whole = add(self.made, "text:table-of-content", text__name="Contents", text__protected="true")
        source = add(whole, "text:table-of-content-source", text__outline_level=deepest)
        add(source, "text:index-title-template", text__style_name="Contents_20_Heading").text = "Contents"
        for level in range(1, deepest + 1):
            template = add(
                source, "text:table-of-content-entry-template", text__outline_level=level,
                text__style_name=f"Contents_20_{level}",
            )  # fmt: skip
            for part in ("link-start", "chapter", "text", "link-end"):
                add(template, f"text:index-entry-{part}")
        inside = add(whole, "text:index-body")
        title = add(inside, "text:index-title", text__name="Contents title")
        self.paragraph(title, "Contents_20_Heading", (Run("Contents"),))
        for entry in entries:
            line = self.paragraph(inside, f"Contents_20_{entry.level}", (), like=entry.text)
            link = add(
                line, "text:a", xlink__type="simple", xlink__href=f"#{entry.key}",
                text__style_name="Index_20_Link", text__visited_style_name="Index_20_Link",
            )  # fmt: skip
            add_text(link, entry.text)

    def blocks(self, into: Any, blocks: Sequence[Block], *, level: int = -1) -> None:
        """`level`: of the list they stand in; -1 in none."""
        for block in blocks:
            match block:
                case Heading():
                    self.heading(into, block.level, block.text)
                case Paragraph():
                    self.words(into, block, level)
                case List():
                    self.list(into, block, level + 1)
                case Table():
                    self.table(into, block, (CLAUSE if self.in_clause else 0) + INDENT * (level + 1))
                case Clause():
                    self.heading(into, 1, title_of(block))
                    self.in_clause = True
                    self.blocks(into, block.blocks)
                    self.in_clause = False

    def heading(self, into: Any, level: int, text: str) -> None:
        key = key_of(next(self.headings))
        made = self.paragraph(
            into, f"Heading_20_{level}", (), like=text, tag="text:h", text__outline_level=level
        )
        add(made, "text:bookmark-start", text__name=key)
        add_text(made, text)
        add(made, "text:bookmark-end", text__name=key)

    def words(self, into: Any, block: Paragraph, level: int) -> None:
        number, runs = numbered(block) if self.in_clause and level < 0 else ("", block.runs)
        if block.is_note:
            self.paragraph(into, "Note", block.runs)
        elif number:
            self.paragraph(into, "Clause_20_text", (Run(f"{number}\t"), *runs))
        elif level >= 0:
            self.paragraph(into, "List_20_Point", runs)
        else:
            self.paragraph(into, "Clause_20_more" if self.in_clause else "Text_20_body", runs)

    def list(self, into: Any, block: List, level: int) -> None:
        style = _list_name(block.is_numbered, self.in_clause)
        made = add(into, "text:list", text__style_name=style)
        for point in block.points:
            self.blocks(add(made, "text:list-item"), point, level=level)
        self.follows = "list" if into is self.made else self.follows

    def paragraph(
        self, into: Any, style: str, runs: Runs, *, like: str = "", tag: str = "text:p", **more: object
    ) -> Any:
        """`like`: the text that will stand in it, where that is not these runs; its direction counts."""
        changes = []
        if is_right_to_left(like or plain(runs)):
            changes.append("rtl")
        if into.tag == named("office:text"):
            if self.breaks_page:
                changes.append("break")
            elif self.follows and not style.startswith(("Heading", "Caption")):
                changes.append(self.follows)
            self.breaks_page, self.follows = False, ""
        made = add(into, tag, text__style_name=self._changed(style, changes) if changes else style, **more)
        for run in runs:
            add_run(made, run)
        return made

    def _changed(self, style: str, changes: Sequence[str]) -> str:
        """The name of a style that is this one but for what is changed in this place."""
        key = (style, *changes)
        if key not in self.named:
            self.named[key] = f"P{len(self.named) + 1}"
            made = add(
                self.styles, "style:style", style__name=self.named[key], style__family="paragraph",
                style__parent_style_name=style,
            )  # fmt: skip
            add(
                made, "style:paragraph-properties",
                style__writing_mode="rl-tb" if "rtl" in changes else "",
                fo__text_align="right" if "rtl" in changes else "",
                fo__break_before="page" if "break" in changes else "",
                fo__margin_top=next((ROOM[each] for each in changes if each in ROOM), ""),
            )  # fmt: skip
        return self.named[key]

    def _list_style(self, is_numbered: bool, left: float) -> None:
        style = add(self.styles, "text:list-style", style__name=_list_name(is_numbered, left > 0))
        for level in range(1, LEVELS + 1):
            if is_numbered:
                made = add(
                    style, "text:list-level-style-number", text__level=level, style__num_suffix=".",
                    style__num_format=("1", "a", "i")[(level - 1) % 3],
                )  # fmt: skip
            else:
                made = add(
                    style,
                    "text:list-level-style-bullet",
                    text__level=level,
                    text__bullet_char="•–"[(level - 1) % 2],
                )
            properties = add(
                made,
                "style:list-level-properties",
                text__list_level_position_and_space_mode="label-alignment",
            )
            add(
                properties, "style:list-level-label-alignment", text__label_followed_by="listtab",
                text__list_tab_stop_position=f"{left + INDENT * level}mm", fo__margin_left=f"{left + INDENT * level}mm",
                fo__text_indent=f"-{INDENT}mm",
            )  # fmt: skip

    def table(self, into: Any, table: Table, left: float) -> None:
        if table.caption:
            self.paragraph(into, "Caption", (Run(table.caption),))
        number = next(self.tables)
        self._table_styles(number, table, left)
        made = add(into, "table:table", table__name=f"Table{number}", table__style_name=f"T{number}")
        if table.caption:
            add(made, "table:title").text = table.caption
        for at in range(len(table.columns)):
            add(made, "table:table-column", table__style_name=f"T{number}.{at + 1}")
        heading = add(made, "table:table-header-rows")
        self._row(heading, table, [(Run(column),) for column in table.columns], is_heading=True)
        for row in table.rows:
            self._row(made, table, row)
        self.follows = "table" if into is self.made else self.follows

    def _table_styles(self, number: int, table: Table, left: float) -> None:
        if number == 1:
            for name, fill in (("Cell", ""), ("HeadingCell", "#eef3f6")):
                style = add(self.styles, "style:style", style__name=name, style__family="table-cell")
                add(
                    style, "style:table-cell-properties", fo__padding="0.5mm 1.7mm", fo__background_color=fill,
                    fo__border_top="0.5pt solid #c3c6c8", fo__border_bottom="0.5pt solid #c3c6c8",
                    fo__border_left="none", fo__border_right="none", fo__padding_left="1.7mm", fo__padding_right="1.7mm",
                )  # fmt: skip
            for name, height in (("Whole", ""), ("ToFill", TO_FILL)):
                style = add(self.styles, "style:style", style__name=name, style__family="table-row")
                add(
                    style,
                    "style:table-row-properties",
                    fo__keep_together="always",
                    style__min_row_height=height,
                )
        width = WIDTH - left
        style = add(self.styles, "style:style", style__name=f"T{number}", style__family="table")
        add(
            style, "style:table-properties", style__width=f"{width}mm", fo__margin_left=f"{left}mm",
            table__align="left", style__may_break_between_rows="true",
        )  # fmt: skip
        for at, share in enumerate(shares(table), start=1):
            style = add(
                self.styles, "style:style", style__name=f"T{number}.{at}", style__family="table-column"
            )
            add(style, "style:table-column-properties", style__column_width=f"{share * width:.2f}mm")

    def _row(self, into: Any, table: Table, cells: Sequence[Runs], *, is_heading: bool = False) -> None:
        style = ""
        # A heading row that is kept together makes LibreOffice drop the rows below it where only it fits on a page.
        if not is_heading and is_short(cells):
            style = "ToFill" if is_to_fill(cells) else "Whole"
        row = add(into, "table:table-row", table__style_name=style)
        for at in range(len(table.columns)):
            cell = add(
                row, "table:table-cell", table__style_name="HeadingCell" if is_heading else "Cell",
                office__value_type="string",
            )  # fmt: skip
            style = (
                "Table"
                + ("_20_Number" if is_number(table, at) else "")
                + ("_20_Heading" if is_heading else "")
            )
            self.paragraph(
                cell, style if style != "Table" else "Table_20_Contents", cells[at] if at < len(cells) else ()
            )


def _list_name(is_numbered: bool, in_clause: bool) -> str:
    return f"{'Clause' if in_clause else ''}{'Numbers' if is_numbered else 'Points'}"
