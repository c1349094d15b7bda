"""A paper as HTML: a fragment for the preview within our layout, and the whole document that the PDF is printed from."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import count

from markupsafe import Markup, escape

from guidance.documents.assembly.blocks import (
    Block,
    Clause,
    Heading,
    List,
    Logo,
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

PREFIX = "paper-"
"""Of the names of places, so that they meet no other of the page."""
SCROLLS_FROM = 4
"""Columns from which a table on screen may be moved sideways."""

_SIZES = ("l", "m", "s", "s")


def fragment(paper: Paper, *, level: int = 2) -> Markup:
    """The paper to look at on a page of ours, its title as a heading of this level. No logo, head or foot."""
    return _joined(_Body(paper, level, is_on_screen=True).whole())


def document(paper: Paper, *, made_on: dt.date, is_draft: bool = False) -> Markup:
    """A whole HTML document for print. The words at head and foot of its pages are attributes, which the style sheet puts there."""
    body = _joined(_Body(paper, 0 if paper.is_letter else 1, is_on_screen=False).whole())
    logo = _logo(paper.logo) if paper.logo is not None else Markup("")
    day = made_on.isoformat()
    kinds = " ".join(["letter"] * paper.is_letter + ["long"] * is_long(paper))
    return Markup(
        '<!DOCTYPE html>\n<html lang="{}"{}><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="dcterms.created" content="{}"><meta name="dcterms.modified" content="{}"></head>\n'
        '<body class="{}" data-organisation="{}" data-draft="{}" data-foot="{}">\n{}{}</body></html>\n'
    ).format(
        paper.language, _direction(paper.title), paper.title, day, day, kinds, paper.organisation,
        "Draft" if is_draft else "", paper.footer, logo, body,
    )  # fmt: skip


def _logo(logo: Logo) -> Markup:
    data = b64encode(logo.content).decode()
    return Markup('<p class="logo"><img src="data:{};base64,{}" alt="{}"></p>\n').format(
        logo.content_type, data, logo.alternative_text
    )


def _joined(parts: Iterator[Markup]) -> Markup:
    return Markup("").join(parts)


def _direction(text: str) -> Markup:
    return Markup(' dir="rtl"') if is_right_to_left(text) else Markup("")


def _words(runs: Runs) -> Markup:
    return _joined(map(_run, runs))


def _run(run: Run) -> Markup:
    made = Markup("<br>").join(escape(line) for line in run.text.split("\n"))
    if run.is_bold:
        made = Markup("<strong>{}</strong>").format(made)
    if run.is_italic:
        made = Markup("<em>{}</em>").format(made)
    return Markup("<mark>{}</mark>").format(made) if run.is_gap and run.text else made


class _Body:
    def __init__(self, paper: Paper, level: int, *, is_on_screen: bool) -> None:
        self.paper, self.level, self.is_on_screen = paper, level, is_on_screen
        self.positions = count(1)
        self.has_title = is_on_screen or not paper.is_letter
        """A letter on paper begins with its own words; on a page of ours it needs a name."""

    def whole(self) -> Iterator[Markup]:
        paper = self.paper
        if self.has_title:
            yield self._heading(0, paper.title)
        if self.has_title and paper.subtitle:
            yield Markup('<p class="govuk-body-l subtitle"{}>{}</p>\n').format(
                _direction(paper.subtitle), paper.subtitle
            )
        if not self.is_on_screen:
            yield self._contents()
        yield from self.blocks(paper.blocks)

    def _contents(self) -> Markup:
        lines = _joined(
            Markup(
                '<li class="level-{}"{}><a href="#{}{}">{}</a> <span class="page" data-of="#{}{}"></span></li>\n'
            ).format(entry.level, _direction(entry.text), PREFIX, entry.key, entry.text, PREFIX, entry.key)
            for entry in contents(self.paper)
        )
        if not lines:
            return lines
        return Markup(
            '<div class="contents"><p class="contents-title">Contents</p>\n<ul>\n{}</ul></div>\n'
        ).format(lines)

    def _heading(self, level: int, text: str, key: str = "") -> Markup:
        place = Markup(' id="{}{}"').format(PREFIX, key) if key else Markup("")
        tag = f"h{min(self.level + level, 6)}"
        return Markup('<{} class="govuk-heading-{}"{}{}>{}</{}>\n').format(
            tag, _SIZES[level], place, _direction(text), text, tag
        )

    def blocks(self, blocks: Sequence[Block], *, in_clause: bool = False) -> Iterator[Markup]:
        for block in blocks:
            match block:
                case Heading():
                    yield self._heading(block.level, block.text, key_of(next(self.positions)))
                case Paragraph():
                    yield self._paragraph(block, in_clause)
                case List():
                    yield self._list(block)
                case Table():
                    yield self._table(block)
                case Clause():
                    yield self._heading(1, title_of(block), key_of(next(self.positions)))
                    inside = _joined(self.blocks(block.blocks, in_clause=True))
                    yield Markup('<div class="clause">\n{}</div>\n').format(inside)

    def _paragraph(self, block: Paragraph, in_clause: bool) -> Markup:
        direction = _direction(plain(block.runs))
        if block.is_note:
            return Markup('<div class="govuk-inset-text"{}><p class="govuk-body">{}</p></div>\n').format(
                direction, _words(block.runs)
            )
        number, runs = numbered(block) if in_clause else ("", block.runs)
        if number:
            return Markup('<p class="govuk-body numbered"{}><span class="number">{} </span>{}</p>\n').format(
                direction, number, _words(runs)
            )
        return Markup('<p class="govuk-body"{}>{}</p>\n').format(direction, _words(runs))

    def _list(self, block: List) -> Markup:
        tag, kind = ("ol", "number") if block.is_numbered else ("ul", "bullet")
        points = _joined(self._point(point) for point in block.points)
        return Markup('<{} class="govuk-list govuk-list--{}">\n{}</{}>\n').format(tag, kind, points, tag)

    def _point(self, point: Sequence[Block]) -> Markup:
        first, rest = (point[0], point[1:]) if point else (None, ())
        if isinstance(first, Paragraph) and not first.is_note:
            return Markup("<li{}>{}{}</li>\n").format(
                _direction(plain(first.runs)), _words(first.runs), _joined(self.blocks(rest))
            )
        return Markup("<li>{}</li>\n").format(_joined(self.blocks(point)))

    def _table(self, table: Table) -> Markup:
        caption = Markup("")
        if table.caption:
            caption = Markup(
                '<caption class="govuk-table__caption govuk-table__caption--s"{}>{}</caption>\n'
            ).format(_direction(table.caption), table.caption)
        heads = _joined(
            Markup('<th scope="col" class="govuk-table__header{}"{}>{}</th>').format(
                " govuk-table__header--numeric" if is_number(table, at) else "", _direction(name), name
            )
            for at, name in enumerate(table.columns)
        )
        rows = _joined(self._row(table, row) for row in table.rows)
        made = Markup(
            '<table class="govuk-table">\n{}{}<thead class="govuk-table__head"><tr class="govuk-table__row">{}</tr></thead>\n'
            '<tbody class="govuk-table__body">\n{}</tbody></table>\n'
        ).format(caption, self._widths(table), heads, rows)
        if self.is_on_screen and len(table.columns) >= SCROLLS_FROM:
            return Markup(
                '<div class="app-table-scroll" tabindex="0" role="region" aria-label="{}">\n{}</div>\n'
            ).format(table.caption or "Table", made)
        return made

    def _widths(self, table: Table) -> Markup:
        """On paper every column has its share, as in the other formats; on screen the browser knows better."""
        if self.is_on_screen:
            return Markup("")
        columns = _joined(Markup('<col width="{:.1f}%">').format(share * 100) for share in shares(table))
        return Markup("<colgroup>{}</colgroup>\n").format(columns)

    def _row(self, table: Table, row: Sequence[Runs]) -> Markup:
        cells = _joined(
            Markup('<td class="govuk-table__cell{}"{}>{}</td>').format(
                " govuk-table__cell--numeric" if is_number(table, at) else "",
                _direction(plain(row[at])) if at < len(row) else "",
                _words(row[at]) if at < len(row) else "",
            )
            for at in range(len(table.columns))
        )
        kind = (" to-fill" if is_to_fill(row) else "") if is_short(row) else " splits"
        return Markup('<tr class="govuk-table__row{}">{}</tr>\n').format(kind, cells)
