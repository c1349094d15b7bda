"""What a template and a clause are, once read: questions, sections, and a body of passages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from guidance.documents.assembly.blocks import Block
from guidance.documents.assembly.conditions import Condition


class QuestionKind(StrEnum):
    """What an answer is. How each is kept and said is in `answers`."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    CHOICE = "choice"
    DATE = "date"
    MONEY = "money"
    TABLE = "table"
    YES_NO = "yes-no"


CELL_KINDS = frozenset({QuestionKind.TEXT, QuestionKind.CHOICE, QuestionKind.DATE, QuestionKind.MONEY, QuestionKind.YES_NO})  # fmt: skip
"""What a cell of a table may be."""


class Form(StrEnum):
    DOCUMENT = "document"
    LETTER = "letter"


class Readers(StrEnum):
    """Who reads the finished document."""

    INTERNAL = "internal"
    SUPPLIERS = "suppliers"
    BOROUGHS = "boroughs"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        return _READERS[self]


_READERS = {
    Readers.INTERNAL: "People inside the council",
    Readers.SUPPLIERS: "Suppliers",
    Readers.BOROUGHS: "Other councils",
    Readers.PUBLIC: "Everybody: it is published",
}


class Confidence(StrEnum):
    """Who may read a document of this template, at most, where it belongs to a procurement or contract."""

    OPEN = "open"
    INTENT = "intent"
    TEAM = "team"
    PERSONAL = "personal"

    @property
    def label(self) -> str:
        return _CONFIDENCE[self]


_CONFIDENCE = {
    Confidence.OPEN: "Whoever may open the record it belongs to",
    Confidence.INTENT: "Whoever may see what the council means to do",
    Confidence.TEAM: "The named team and auditors",
    Confidence.PERSONAL: "Whoever wrote it, the people put on it, the leads and auditors",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers of a choice."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `vat` is `inc` or `ex` for money, else empty."""

    name: str
    label: str
    kind: QuestionKind = QuestionKind.TEXT
    options: tuple[Option, ...] = ()
    vat: str = ""


@dataclass(frozen=True, slots=True)
class RowsOf:
    """`tenderer is recipient`: rows whose column `tenderer` says what the question `recipient` was answered with."""

    column: str
    question: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a document has to know. `ask` is the question on screen, `gap` the short words that stand in a blank."""

    name: str
    section: str
    ask: str
    kind: QuestionKind
    gap: str
    help: str = ""
    is_required: bool = True
    when: tuple[Condition, ...] = ()
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    vat: str = ""
    fact: str = ""
    """The fact (guidance.documents.facts) this answer is filled from, and gives to other documents."""
    was: str = ""
    """The name it had in earlier versions of the template, whose answers it takes over."""
    differs: bool = False
    """Another in each document of this kind (a bidder’s name): not taken over when one is begun like another."""
    rows: RowsOf | None = None
    """Of the rows that its fact knows, only those of one name. Such a question takes a fact and never gives it."""

    @property
    def heading(self) -> str:
        """The question as it heads its page."""
        return self.ask if self.is_required else f"{self.ask} (optional)"


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions: one line of the task list."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Words:
    """Blocks as written, with `[[name]]` in their text where an answer goes."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class AnswerHere:
    """The whole answer of a question as blocks: a table, or long text as paragraphs."""

    name: str


@dataclass(frozen=True, slots=True)
class ClauseHere:
    """A clause of the library."""

    slug: str


@dataclass(frozen=True, slots=True)
class Conditional:
    """Passages for when a condition holds, and for when it does not."""

    when: tuple[Condition, ...]
    then: tuple[Passage, ...]
    otherwise: tuple[Passage, ...] = ()


Passage = Words | AnswerHere | ClauseHere | Conditional


@dataclass(frozen=True, slots=True)
class Template:
    """A document template of one version."""

    title: str
    summary: str
    stage: str
    form: Form
    readers: Readers
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    body: tuple[Passage, ...]
    confidence: Confidence = Confidence.TEAM
    may_be_example: bool = False
    """May an organisation share a document of this template as an example?"""
    is_numbered: bool = True
    example: Mapping[str, Any] = field(default_factory=dict)

    def question(self, name: str) -> Question:
        """Raises KeyError."""
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)

    def has(self, name: str) -> bool:
        return any(question.name == name for question in self.questions)

    def in_section(self, slug: str) -> Sequence[Question]:
        return [question for question in self.questions if question.section == slug]

    @property
    def clauses(self) -> Sequence[str]:
        """The slugs of the clauses it uses, in order, each once."""
        return list(dict.fromkeys(clauses_in(self.body)))


def clauses_in(passages: Sequence[Passage]) -> Iterator[str]:
    """The slugs of the clauses in these passages."""
    for passage in passages:
        match passage:
            case ClauseHere():
                yield passage.slug
            case Conditional():
                yield from clauses_in(passage.then)
                yield from clauses_in(passage.otherwise)


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause of one version. Its paragraphs are numbered when it is put into a document."""

    title: str
    blocks: tuple[Block, ...]
    gaps: Mapping[str, str] = field(default_factory=dict)
    """`[[name]]` in its text → what to write there, for templates that ask no question of that name."""


@dataclass(frozen=True, slots=True)
class Put:
    """A template’s text as it stood on a day: figures of the law are those in force then."""

    template: Template
    clauses: Mapping[str, ClauseText]
    as_of: dt.date
