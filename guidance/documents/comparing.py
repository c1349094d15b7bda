"""What changed, in words: between two versions of a central template or clause, questions first, then the text; and
between two papers that were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guidance.documents import versions
from guidance.documents.assembly.additions import KINDS, readable
from guidance.documents.assembly.blocks import (
    Block,
    Clause,
    Heading,
    List,
    Paper,
    Paragraph,
    Table,
    plain,
)
from guidance.documents.assembly.definitions import Question, Template
from guidance.editorial import content, diffs
from guidance.editorial.diffs import Line
from guidance.editorial.models import Revision
from toolkit.core.text import listed


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that is asked in another way now: what about it, in sentences."""

    ask: str
    what: Sequence[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a template beside one another."""

    old_number: int
    new_number: int
    note: str
    added: Sequence[Question]
    removed: Sequence[Question]
    changed: Sequence[Changed]
    lines: Sequence[Line]

    @property
    def is_same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.lines)


def compared(template_id: int, old_number: int, new_number: int) -> Comparison:
    """One query, and one more for each version that this process has not read before."""
    old, new = (versions.template_of(template_id, number) for number in (old_number, new_number))
    revisions = {
        revision.number: revision
        for revision in Revision.objects.filter(
            kind=versions.TEMPLATE, item_id=template_id, number__in=(old_number, new_number)
        )
    }
    before = {question.name: question for question in old.questions}
    after = {question.name: question for question in new.questions}
    return Comparison(
        old_number,
        new_number,
        revisions[new_number].note,
        added=[question for name, question in after.items() if name not in before],
        removed=[question for name, question in before.items() if name not in after],
        changed=[
            Changed(question.ask, what)
            for name, question in after.items()
            if name in before and (what := list(_differences(before[name], question)))
        ],
        lines=diffs.compare(_words(old, revisions[old_number]), _words(new, revisions[new_number])),
    )


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """A clause beside its older wording."""

    title: str
    lines: Sequence[Line]
    is_new: bool
    """Is there no older one to compare it with?"""


def clauses_compared(old: versions.Pins, new: versions.Pins) -> list[ChangedClause]:
    """Those that read another revision in `new`. One query, and none when all read the same."""
    changed = {slug: pin for slug, pin in new.items() if list(old.get(slug, ())) != list(pin)}
    if not changed:
        return []
    wanted = [*changed.values(), *(old[slug] for slug in changed if slug in old)]
    texts = {
        (revision.item_id, revision.number): revision
        for revision in Revision.objects.filter(
            kind=versions.CLAUSE,
            item_id__in={key for key, _ in wanted},
            number__in={number for _, number in wanted},
        )
    }
    return [
        ChangedClause(
            _title(texts[key, number]),
            diffs.compare(
                _clause_words(texts[old[slug][0], old[slug][1]]) if slug in old else "",
                _clause_words(texts[key, number]),
            ),
            slug not in old,
        )
        for slug, (key, number) in changed.items()
    ]


def _title(revision: Revision) -> str:
    given, _ = content.read(revision.text, where=revision.slug)
    return str(given["title"])


def _clause_words(revision: Revision) -> str:
    """The title and the wording, without empty lines; its notes are not put into documents."""
    given, body = content.read(revision.text, where=revision.slug)
    gaps: Mapping[str, str] = given.get("gaps", {})
    lines = [str(given["title"]), *readable(body, gaps).split("\n")]
    return "\n".join(line for line in lines if line.strip())


def _differences(before: Question, after: Question) -> Iterator[str]:
    if before.ask != after.ask:
        yield f"It was asked as “{before.ask}”"
    if before.kind != after.kind:
        yield f"Its answer was “{KINDS[before.kind].lower()}” and is “{KINDS[after.kind].lower()}” now"
    if before.is_required != after.is_required:
        yield "It has to be answered now" if after.is_required else "It may be left empty now"
    if before.help != after.help:
        yield f"Its help says now: {after.help}" if after.help else "It has no help any more"
    if before.when != after.when:
        yield "It is asked in other cases now" if after.when else "It is always asked now"
    for what, old, new in (
        ("choices", [each.label for each in before.options], [each.label for each in after.options]),
        ("columns", [each.label for each in before.columns], [each.label for each in after.columns]),
    ):
        if old != new:
            yield f"Its {what} are now {listed(new)}" if new else f"It has no {what} any more"


def _words(template: Template, revision: Revision) -> str:
    """The title, summary and body for reading, without empty lines."""
    _, body = content.read(revision.text, where=revision.slug)
    asks = {question.name: question.gap for question in template.questions}
    lines = [template.title, template.summary, *readable(body, asks).split("\n")]
    return "\n".join(line for line in lines if line.strip())


def papers_compared(old: Paper, new: Paper) -> tuple[Line, ...]:
    """What a reader of two papers finds changed; instructions, which only drafts carry, do not count. Empty: nothing."""
    return diffs.compare("\n".join(_lines_of(old)), "\n".join(_lines_of(new)))


def _lines_of(paper: Paper) -> Iterator[str]:
    """A line for each paragraph, point and row of a table."""
    shown = [] if paper.is_letter else [paper.title, paper.subtitle]
    for text in (paper.organisation, *shown, *_texts_of(paper.blocks)):
        yield from (line for line in text.splitlines() if line.strip())


def _texts_of(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield block.text
            case Paragraph() if not block.is_note:
                yield plain(block.runs)
            case List():
                for point in block.points:
                    for number, text in enumerate(_texts_of(point)):
                        yield text if number else f"• {text}"
            case Table():
                yield block.caption
                yield " | ".join(block.columns)
                for row in block.rows:
                    yield " | ".join(" ".join(plain(cell).split()) for cell in row).rstrip(" |")
            case Clause():
                yield f"{block.number} {block.title}".strip()
                yield from _texts_of(block.blocks)
