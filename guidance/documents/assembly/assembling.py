"""Template, clauses and answers to a paper. Deterministic: the same versions, answers and day give the same paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from guidance.documents.assembly import answers as said
from guidance.documents.assembly.blocks import (
    Block,
    Clause,
    Heading,
    List,
    Logo,
    Paper,
    Paragraph,
    Run,
    Table,
)
from guidance.documents.assembly.body import GAP
from guidance.documents.assembly.conditions import ANSWERED, RULED_OUT, Condition, Test, all_hold
from guidance.documents.assembly.definitions import (
    AnswerHere,
    ClauseHere,
    ClauseText,
    Conditional,
    Form,
    Passage,
    Put,
    Question,
    QuestionKind,
    Readers,
    Template,
    Words,
)
from guidance.pages.figures import filled

EMPTY_ROWS = 3
"""Rows of a table that nobody has filled in yet."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_POINT = re.compile(r"[-•*]\s+")


@dataclass(slots=True)
class _Numbers:
    """Counts headings: 1, 1.1, 1.1.1."""

    at: list[int] = field(default_factory=lambda: [0, 0, 0])

    def next(self, level: int) -> str:
        self.at[level - 1] += 1
        self.at[level:] = [0] * (3 - level)
        return ".".join(str(number) for number in self.at[:level])


@dataclass(slots=True)
class _Assembler:
    put: Put
    answers: Mapping[str, Any]
    keeps_notes: bool
    is_blank: bool
    numbers: _Numbers = field(default_factory=_Numbers)

    @property
    def template(self) -> Template:
        return self.put.template

    def passages(self, passages: Sequence[Passage]) -> Iterator[Block]:
        for passage in passages:
            match passage:
                case Words():
                    yield from self.blocks(passage.blocks, {})
                case AnswerHere():
                    yield from self.whole_answer(self.template.question(passage.name))
                case ClauseHere():
                    yield self.clause(self.put.clauses[passage.slug])
                case Conditional():
                    yield from self.conditional(passage)

    def conditional(self, passage: Conditional) -> Iterator[Block]:
        match all_hold(passage.when, self.answers, is_blank=self.is_blank):
            case True:
                yield from self.passages(passage.then)
            case False:
                yield from self.passages(passage.otherwise)
            case None:
                words = _in_words(self.template, passage.when)
                if passage.then:
                    yield _note(f"Use the following if: {words}.")
                    yield from self.passages(passage.then)
                if passage.otherwise:
                    yield _note(f"Use the following if not: {words}.")
                    yield from self.passages(passage.otherwise)
                yield _note("End of the choice.")

    def blocks(self, blocks: Sequence[Block], gaps: Mapping[str, str]) -> Iterator[Block]:
        for block in blocks:
            match block:
                case Heading():
                    text = "".join(run.text for run in self.runs((Run(block.text),), gaps))
                    number = f"{self.numbers.next(block.level)} " if self.template.is_numbered else ""
                    yield Heading(block.level, f"{number}{text}")
                case Paragraph(runs, True):
                    if self.keeps_notes:
                        yield Paragraph(tuple(self.runs(runs, gaps)), is_note=True)
                case Paragraph(runs, False):
                    yield Paragraph(tuple(self.runs(runs, gaps)))
                case List():
                    yield replace(
                        block, points=tuple(tuple(self.blocks(point, gaps)) for point in block.points)
                    )
                case Table():
                    yield replace(
                        block,
                        rows=tuple(tuple(tuple(self.runs(cell, gaps)) for cell in row) for row in block.rows),
                    )
                case Clause():
                    yield block

    def runs(self, runs: Sequence[Run], gaps: Mapping[str, str]) -> Iterator[Run]:
        """Words with their answers in place. What was answered is never read for tags or gaps again."""
        for run in runs:
            at = 0
            for found in GAP.finditer(run.text):
                if found.start() > at:
                    yield self._words(run, run.text[at : found.start()])
                yield self._answer(run, found[1], gaps)
                at = found.end()
            if at < len(run.text):
                yield self._words(run, run.text[at:])

    def _words(self, like: Run, text: str) -> Run:
        return replace(like, text=filled(text, on=self.put.as_of))

    def _answer(self, like: Run, name: str, gaps: Mapping[str, str]) -> Run:
        if not self.template.has(name):
            return replace(like, text=f"[{gaps[name]}]", is_gap=True)
        question = self.template.question(name)
        words = said.words(question, self._of(question))
        return replace(like, text=words) if words else self.gap(question, like)

    def _of(self, question: Question) -> Any:
        """The answer, if it counts."""
        value = self.answers.get(question.name)
        return None if value is RULED_OUT else value

    def gap(self, question: Question, like: Run | None = None) -> Run:
        return replace(like or Run(""), text=f"[{question.gap}]", is_gap=True)

    def whole_answer(self, question: Question) -> Iterator[Block]:
        value = self._of(question)
        if question.kind == QuestionKind.TABLE:
            yield self._table(question, value or [])
        elif said.is_answered(value):
            yield from paragraphs(said.words(question, value))
        else:
            yield Paragraph((self.gap(question),))

    def _table(self, question: Question, rows: Sequence[Mapping[str, Any]]) -> Table:
        filled_in = [
            tuple((Run(said.cell_words(column, row.get(column.name, ""))),) for column in question.columns)
            for row in rows
        ] or [tuple((Run("", is_gap=True),) for _ in question.columns)] * EMPTY_ROWS
        return Table(
            caption=question.gap[:1].upper() + question.gap[1:],
            columns=tuple(said.heading_of(column) for column in question.columns),
            rows=tuple(filled_in),
            is_number=tuple(column.kind == QuestionKind.MONEY for column in question.columns),
        )

    def clause(self, clause: ClauseText) -> Clause:
        """A clause stands as a numbered heading of the first level; its paragraphs are numbered below it."""
        number = self.numbers.next(1)
        counted = 0
        blocks: list[Block] = []
        for block in self.blocks(clause.blocks, clause.gaps):
            if isinstance(block, Paragraph) and not block.is_note:
                counted += 1
                blocks.append(Paragraph((Run(f"{number}.{counted} "), *block.runs)))
            else:
                blocks.append(block)
        return Clause(number, clause.title, tuple(blocks))


def paragraphs(text: str) -> Iterator[Block]:
    """What somebody typed into a large box: blank lines part paragraphs, lines that begin with a hyphen are points."""
    for part in _BLANK_LINE.split(text):
        lines = part.strip("\n").split("\n")
        while lines:
            points = []
            while lines and _POINT.match(lines[0].lstrip()):
                points.append(_POINT.sub("", lines.pop(0).strip(), count=1))
            if points:
                yield List(tuple((Paragraph((Run(point),)),) for point in points))
            words = []
            while lines and not _POINT.match(lines[0].lstrip()):
                words.append(lines.pop(0).strip())
            if any(words):
                yield Paragraph((Run("\n".join(words)),))


def _note(text: str) -> Paragraph:
    return Paragraph((Run(text),), is_note=True)


def _in_words(template: Template, conditions: Sequence[Condition]) -> str:
    return " and ".join(
        " or ".join(_test_words(template.question(test.name), test) for test in condition.any_of)
        for condition in conditions
    )


def _test_words(question: Question, test: Test) -> str:
    values = {**said.YES_NO, **{option.slug: option.label for option in question.options}, ANSWERED: ANSWERED}
    return f"“{question.ask}” is {'not ' if test.is_not else ''}{values[test.value].lower()}"


def _counting(template: Template, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Every question that is asked or ruled out → its answer, or RULED_OUT. Where that is open, it is not in it yet. The
    answer to a question that is ruled out counts for nothing that hangs on it."""
    counting: dict[str, Any] = {}
    for question in template.questions:  # conditions look back only
        match all_hold(question.when, counting):
            case True:
                counting[question.name] = answers.get(question.name)
            case False:
                counting[question.name] = RULED_OUT
    return counting


def asked(template: Template, answers: Mapping[str, Any]) -> list[Question]:
    """The questions that these answers leave in. One whose condition does not hold is not asked; where that is open, it
    is not asked yet."""
    counting = _counting(template, answers)
    return [each for each in template.questions if counting.get(each.name, RULED_OUT) is not RULED_OUT]


def missing(template: Template, answers: Mapping[str, Any]) -> list[Question]:
    """The required questions that are asked and not answered."""
    return [
        question
        for question in asked(template, answers)
        if question.is_required and not said.is_answered(answers.get(question.name))
    ]


def kept(template: Template, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that count: those of questions that are asked. An answer to a question that a later answer ruled out
    is kept in the record and stays out of the document."""
    return {
        question.name: answers[question.name]
        for question in asked(template, answers)
        if said.is_answered(answers.get(question.name))
    }


def assemble(
    put: Put,
    answers: Mapping[str, Any],
    *,
    subtitle: str = "",
    organisation: str = "",
    footer: str = "",
    logo: Logo | None = None,
    keeps_notes: bool = False,
    is_blank: bool = False,
) -> Paper:
    """The paper of these answers. `keeps_notes`: a blank or a draft carries the instructions; a finished one does not.
    `is_blank`: nothing is known, so every choice shows both ways."""
    template = put.template
    assembler = _Assembler(put, {} if is_blank else _counting(template, answers), keeps_notes, is_blank)
    blocks = tuple(assembler.passages(template.body))
    return Paper(
        title=template.title,
        subtitle=subtitle,
        blocks=blocks,
        organisation=organisation,
        footer=footer,
        is_letter=template.form == Form.LETTER,
        logo=logo,
    )


def clause_alone(clause: ClauseText, *, as_of: dt.date) -> Clause:
    """A clause by itself, as the library shows it: its number is 1, and every gap says what goes there."""
    nothing = Template(clause.title, "", "", Form.DOCUMENT, Readers.SUPPLIERS, (), (), ())
    return _Assembler(Put(nothing, {}, as_of), {}, keeps_notes=True, is_blank=True).clause(clause)


def without_notes(paper: Paper) -> Paper:
    """The same paper without its instructions to whoever fills it in."""
    return replace(paper, blocks=tuple(_without_notes(paper.blocks)))


def _without_notes(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph(is_note=True):
                pass
            case List():
                yield replace(block, points=tuple(tuple(_without_notes(point)) for point in block.points))
            case Clause():
                yield replace(block, blocks=tuple(_without_notes(block.blocks)))
            case _:
                yield block


def blank(put: Put) -> Paper:
    """The template with nothing answered: every gap says what goes there, every choice shows both ways."""
    return assemble(put, {}, keeps_notes=True, is_blank=True)
