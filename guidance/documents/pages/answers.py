"""What the pages about one question need, made ready: the templates only loop."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from guidance.documents.assembly import answers as said
from guidance.documents.assembly.definitions import Question, QuestionKind
from guidance.documents.models import Answer, Document
from guidance.documents.prefilling import Changed
from guidance.documents.selectors import Standing


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, where it stands in its section, and where its answer came from."""

    question: Question
    section: str
    place: str
    words: str
    number: int
    """How often the answer has changed; 0 while there is none."""
    is_asked: bool
    source: str
    source_url: str
    departs_from: str
    """What the source said, where somebody typed something else."""
    is_grouped: bool
    """Does its label stand in a fieldset?"""


def question_page(document: Document, standing: Standing, question: Question) -> QuestionPage:
    answer = standing.answers.get(question.name)
    siblings = standing.in_section(question.section)
    place = f"Question {siblings.index(question) + 1} of {len(siblings)}" if question in siblings else ""
    source_value = answer.source_value if answer is not None and not answer.source_words else None
    departs = (
        said.words(question, source_value)
        if answer is not None and said.is_answered(source_value) and not said.same(source_value, answer.value)
        else ""
    )
    return QuestionPage(
        question=question,
        section=next(each.title for each in standing.definition.sections if each.slug == question.section),
        place=place,
        words=said.words(question, standing.value(question.name)),
        number=answer.number if answer is not None else 0,
        is_asked=question in standing.asked,
        source=answer.source_words if answer is not None and standing.is_answered(question) else "",
        source_url=answer.source_url if answer is not None else "",
        departs_from=departs,
        is_grouped=question.kind in (QuestionKind.CHOICE, QuestionKind.YES_NO, QuestionKind.DATE),
    )


@dataclass(frozen=True, slots=True)
class Both:
    """Two answers to one question: what somebody else saved, and what was typed meanwhile."""

    theirs: str
    mine: str
    mine_kept: str
    """As a form sends it."""
    who: str
    answer: Answer
    together: str
    """Both, one below the other, to be put in order; empty where they cannot be put together."""


def both_answers(question: Question, theirs: Answer, mine: str) -> Both:
    is_text = question.kind == QuestionKind.LONG_TEXT
    return Both(
        theirs=said.words(question, theirs.value) or "Nothing",
        mine=said.words(question, mine) or "Nothing",
        mine_kept=mine,
        who=str(theirs.by or "The toolkit"),
        answer=theirs,
        together=f"{theirs.value}\n\n{mine}" if is_text and theirs.value and mine else "",
    )


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row in the list."""

    number: int
    cells: Sequence[str]
    change_url: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """Some of the rows of a table."""

    columns: Sequence[str]
    is_number: Sequence[bool]
    rows: Sequence[RowLine]


def table_page(
    document: Document, question: Question, rows: Sequence[Mapping[str, str]], first: int
) -> TablePage:
    return TablePage(
        [said.heading_of(column) for column in question.columns],
        [column.kind == QuestionKind.MONEY for column in question.columns],
        [
            RowLine(
                number,
                [words for _, words in cells_in_words(question, row)],
                reverse("document_row", args=[document.reference, question.name, row["id"]]),
                reverse("document_row_remove", args=[document.reference, question.name, row["id"]]),
            )
            for number, row in enumerate(rows, first)
        ],
    )


def cells_in_words(question: Question, row: Mapping[str, str]) -> list[tuple[str, str]]:
    """Heading and words of each cell."""
    return [
        (said.heading_of(column), said.cell_words(column, row.get(column.name, "")))
        for column in question.columns
    ]


def columns_to_paste(question: Question) -> list[tuple[str, str]]:
    """The columns in their order, each with what its cells may hold."""
    return [(said.heading_of(column), _may_hold(column.kind, [each.label for each in column.options])) for column in question.columns]  # fmt: skip


def _may_hold(kind: QuestionKind, options: Sequence[str]) -> str:
    match kind:
        case QuestionKind.DATE:
            return "A date, such as 31/03/2027"
        case QuestionKind.MONEY:
            return "Pounds, such as 12,500"
        case QuestionKind.YES_NO:
            return "Yes or no"
        case QuestionKind.CHOICE:
            return f"One of: {', '.join(options)}"
    return "Text"


@dataclass(frozen=True, slots=True)
class Difference:
    """A question whose source says something else now."""

    question: Question
    mine: str
    theirs: str
    my_rows: Sequence[Sequence[str]]
    their_rows: Sequence[Sequence[str]]
    """Of a table; empty for anything else."""
    columns: Sequence[str]
    source: str
    source_url: str
    value: str
    """What the source says, as the form sends it back."""


MOST_ROWS_SHOWN = 20


def difference(changed: Changed) -> Difference:
    question = changed.question
    return Difference(
        question=question,
        mine=said.words(question, changed.mine),
        theirs=said.words(question, changed.theirs),
        my_rows=_some_rows(question, changed.mine),
        their_rows=_some_rows(question, changed.theirs),
        columns=[said.heading_of(column) for column in question.columns],
        source=changed.known.words,
        source_url=changed.known.url,
        value=json.dumps(changed.theirs, sort_keys=True),
    )


def _some_rows(question: Question, value: Any) -> list[list[str]]:
    if question.kind != QuestionKind.TABLE or not value:
        return []
    return [[words for _, words in cells_in_words(question, row)] for row in value[:MOST_ROWS_SHOWN]]
