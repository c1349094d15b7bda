"""What “Check your answers” needs, made ready: the template only loops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from guidance.documents.assembly import answers as said
from guidance.documents.assembly.definitions import Question, QuestionKind
from guidance.documents.models import Document
from guidance.documents.pages.answers import TablePage, table_page
from guidance.documents.selectors import Standing

MOST_ROWS = 10
"""Rows of a table that are shown among the answers."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer in words, for looking through."""

    question: Question
    words: str
    is_missing: bool
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some answers of a section one below the other, or one table with its first rows."""

    answers: Sequence[Answered]
    table: TablePage | None = None
    more: int = 0
    """Rows that are not shown."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A section with its answers."""

    slug: str
    title: str
    parts: Sequence[Part]


def checked_sections(document: Document, standing: Standing) -> list[Checked]:
    return [
        Checked(section.slug, section.title, _parts(document, standing, questions))
        for section in standing.definition.sections
        if (questions := standing.in_section(section.slug))
    ]


def _parts(document: Document, standing: Standing, questions: Sequence[Question]) -> list[Part]:
    """In the order of the questions; neighbours that are no tables together."""
    parts: list[Part] = []
    together: list[Answered] = []
    for question in questions:
        answered = Answered(
            question,
            said.words(question, standing.value(question.name)),
            question.is_required and not standing.is_answered(question),
            reverse("document_question", args=[document.reference, question.name]),
        )
        if question.kind != QuestionKind.TABLE or not standing.is_answered(question):
            together.append(answered)
            continue
        if together:
            parts.append(Part(together))
            together = []
        rows = standing.value(question.name)
        shown = table_page(document, question, rows[:MOST_ROWS], 1)
        parts.append(Part([answered], shown, max(0, len(rows) - MOST_ROWS)))
    return [*parts, Part(together)] if together else parts
