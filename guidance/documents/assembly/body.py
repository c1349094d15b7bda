"""The body of a template or clause, as editors write it, to passages.

## Heading                    a section; ### and #### below it
Words with [[answer-name]].   an answer within a paragraph, a point or a cell
- point     1. step           lists
| a | b |                     a table that is always the same; a paragraph `Table: its caption` stands before it
> A note.                     an instruction for whoever fills it in; left out of a finished document
::: answer risks              the whole answer: a table, or long text
::: clause exit               a clause of the library
::: if staff-transfer is yes  passages for one case; conditions joined by “ and ”, each with its “ or ”
::: otherwise                 and for the other
::: end
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from guidance.documents.assembly import conditions
from guidance.documents.assembly.blocks import Block, Heading, List, Paragraph, Run, Runs, Table, texts
from guidance.documents.assembly.conditions import Condition, NoCondition
from guidance.documents.assembly.definitions import AnswerHere, ClauseHere, Conditional, Passage, Words

GAP = re.compile(r"\[\[([a-z0-9-]+)\]\]")
_DIRECTIVE = re.compile(r":::\s*(\S+)\s*(.*)")
_CAPTION = "Table: "
DEEPEST = 4
"""Conditions within one another."""


class BadBody(ValueError):
    """The body is wrong. The message is a sentence for the editor."""


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline", "autolink", "code", "fence", "link", "lheading", "reference"])  # fmt: skip


@dataclass(slots=True)
class _Open:
    """A condition whose end has not come yet."""

    when: tuple[Condition, ...]
    then: list[Passage] = field(default_factory=list)
    otherwise: list[Passage] | None = None

    @property
    def taking(self) -> list[Passage]:
        return self.then if self.otherwise is None else self.otherwise


def read(text: str) -> tuple[Passage, ...]:
    """The passages of a body. Raises BadBody."""
    top: list[Passage] = []
    open_ones: list[_Open] = []
    waiting: list[str] = []

    def taking() -> list[Passage]:
        return open_ones[-1].taking if open_ones else top

    def flush() -> None:
        words = "\n".join(waiting).strip()
        waiting.clear()
        if words:
            taking().append(Words(tuple(blocks_of(words))))

    for line in text.split("\n"):
        found = _DIRECTIVE.match(line)
        if found is None:
            waiting.append(line)
            continue
        flush()
        match found[1], found[2].strip():
            case "answer", name if name:
                taking().append(AnswerHere(name))
            case "clause", slug if slug:
                taking().append(ClauseHere(slug))
            case "if", given if given:
                if len(open_ones) == DEEPEST:
                    raise BadBody(f"More than {DEEPEST} conditions within one another")
                open_ones.append(_Open(_conditions(given)))
            case "otherwise", "" if open_ones and open_ones[-1].otherwise is None:
                open_ones[-1].otherwise = []
            case "end", "" if open_ones:
                ended = open_ones.pop()
                taking().append(Conditional(ended.when, tuple(ended.then), tuple(ended.otherwise or ())))
            case _:
                raise BadBody(f"“{line.strip()}” cannot stand here")
    flush()
    if open_ones:
        raise BadBody(f"“::: if {' and '.join(map(str, open_ones[-1].when))}” has no “::: end”")
    return tuple(top)


def _conditions(given: str) -> tuple[Condition, ...]:
    try:
        return tuple(conditions.read(part) for part in given.split(" and "))
    except NoCondition as error:
        raise BadBody(str(error)) from error


def blocks_of(text: str) -> list[Block]:
    """Markdown to blocks. Raises BadBody for what a document cannot hold."""
    return list(_blocks(SyntaxTreeNode(_parser().parse(text)).children))


def _blocks(nodes: Sequence[SyntaxTreeNode], *, is_note: bool = False) -> Iterator[Block]:
    caption = ""
    for node in nodes:
        match node.type:
            case "heading":
                level = int(node.tag[1]) - 1
                if not 1 <= level <= 3:
                    raise BadBody("Headings are ##, ### or ####: the title of the document stands above them")
                yield Heading(level, "".join(run.text for run in _runs(node)))
            case "paragraph":
                runs = _runs(node)
                words = "".join(run.text for run in runs)
                if words.startswith(_CAPTION):
                    caption = words.removeprefix(_CAPTION).strip()
                else:
                    yield Paragraph(runs, is_note=is_note)
            case "bullet_list" | "ordered_list":
                yield List(
                    tuple(tuple(_blocks(point.children)) for point in node.children),
                    is_numbered=node.type == "ordered_list",
                )
            case "blockquote":
                yield from _blocks(node.children, is_note=True)
            case "table":
                yield _table(node, caption)
                caption = ""
            case _:
                raise BadBody(f"A document cannot hold “{node.type.replace('_', ' ')}”")
    if caption:
        raise BadBody(f"“{_CAPTION}{caption}” stands before no table")


def _table(node: SyntaxTreeNode, caption: str) -> Table:
    if not caption:
        raise BadBody(f"A table needs its caption in a paragraph before it: “{_CAPTION}…”")
    head, *bodies = node.children
    columns = tuple("".join(run.text for run in _runs(cell)) for cell in head.children[0].children)
    rows = tuple(tuple(_runs(cell) for cell in row.children) for body in bodies for row in body.children)
    return Table(caption, columns, rows)


def _runs(node: SyntaxTreeNode) -> Runs:
    """The words of a paragraph, heading or cell."""
    inline = node.children[0] if node.children else None
    if inline is None:
        return ()
    return tuple(_joined(_inline(inline.children, is_bold=False, is_italic=False)))


def _inline(nodes: Sequence[SyntaxTreeNode], *, is_bold: bool, is_italic: bool) -> Iterator[Run]:
    for node in nodes:
        match node.type:
            case "text" | "code_inline":
                yield Run(node.content, is_bold, is_italic)
            case "softbreak":
                yield Run(" ", is_bold, is_italic)
            case "hardbreak":
                yield Run("\n", is_bold, is_italic)
            case "strong":
                yield from _inline(node.children, is_bold=True, is_italic=is_italic)
            case "em":
                yield from _inline(node.children, is_bold=is_bold, is_italic=True)
            case _:
                raise BadBody(f"A document cannot hold “{node.type.replace('_', ' ')}”")


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of the same look as one run, so that no `[[name]]` is cut in two."""
    last: Run | None = None
    for run in runs:
        if last is not None and (last.is_bold, last.is_italic) == (run.is_bold, run.is_italic):
            last = Run(last.text + run.text, run.is_bold, run.is_italic)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def names_in(passages: Sequence[Passage]) -> Iterator[str]:
    """Every question named in these passages, in text, as a block or in a condition."""
    for passage in passages:
        match passage:
            case Words():
                for text in texts(passage.blocks):
                    yield from GAP.findall(text)
            case AnswerHere():
                yield passage.name
            case Conditional():
                yield from conditions.names_in(passage.when)
                yield from names_in(passage.then)
                yield from names_in(passage.otherwise)
