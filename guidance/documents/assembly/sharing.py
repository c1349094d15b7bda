"""What of a document may be shown to other councils, and the paper that shows it.

An allow-list: of questions that name a fact, those whose fact is here; of the others, those whose kind and words say
nothing of money, suppliers or people. What is left out is not there at all: the paper is assembled anew without it, so
that no condition gives it away either.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guidance.documents.assembly import answers as said
from guidance.documents.assembly.assembling import asked, assemble, kept
from guidance.documents.assembly.blocks import Paper, Paragraph, Run, all_texts
from guidance.documents.assembly.conditions import names_in
from guidance.documents.assembly.definitions import (
    AnswerHere,
    Conditional,
    Passage,
    Put,
    Question,
    QuestionKind,
    Template,
    Words,
)

FACTS = frozenset(
    {
        "organisation", "title", "need", "consequence", "category", "cpv-codes", "needed-on", "route", "regime",
        "lots-decision", "engagement-notice-on", "tender-notice-on", "tender-deadline", "personal-data", "staff-transfer",
        "leaseholders", "technology", "uses-ai", "starts-on", "ends-on", "latest-end-on", "extensions", "notice-period",
        "background", "outcomes", "users", "scope", "out-of-scope", "length", "small-suppliers", "milestones",
        "award-criteria", "price-weight", "social-value", "requirements", "data-requirements", "personal-data-described",
        "indicators", "pricing-model", "equality-impacts", "exit-needs", "procedure",
        "light-touch", "law", "standstill", "has-lots", "lots-rule", "scoring-scale", "tender-validity",
    }
)  # fmt: skip
"""Facts that say nothing of prices, suppliers or people."""

_CLOSED = frozenset(
    {
        "price", "prices", "pricing", "cost", "costs", "budget", "value", "amount", "rate", "rates", "fee", "fees", "spend",
        "supplier", "suppliers", "tenderer", "tenderers", "bidder", "bidders", "incumbent", "provider", "score", "scores",
        "person", "people", "name", "owner", "owners", "contact", "contacts", "officer", "officers", "manager",
        "lead", "signatory", "signed", "author", "evaluator", "evaluators", "speaker", "speakers",
        "keeper", "declared", "conflict", "conflicts", "advantage", "advantages", "email", "telephone", "phone",
    }
)  # fmt: skip
"""Words in the name of a question or column that keep it here."""
_HARMLESS = re.compile(r"social-value|price-(?:method|formula|weight)")
"""How price is weighed is published; what it was is not."""
_LONG_ENOUGH = 6
"""Shorter answers, such as “Yes”, stand in a text by chance."""


def _closed_words(name: str) -> bool:
    return not _CLOSED.isdisjoint(_HARMLESS.sub("", name).split("-"))


def why_closed(question: Question) -> str:
    """Why an answer can never be shown to others; empty when it may be."""
    if question.kind == QuestionKind.MONEY or any(
        column.kind == QuestionKind.MONEY for column in question.columns
    ):
        return "It holds amounts of money"
    if question.fact:
        return (
            "" if question.fact in FACTS and not _closed_columns(question) else "It may say who or how much"
        )
    if _closed_words(question.name) or _closed_columns(question):
        return "It may say who or how much"
    return ""


def _closed_columns(question: Question) -> bool:
    return any(_closed_words(column.name) for column in question.columns)


def answered(template: Template, answers: Mapping[str, Any]) -> Sequence[Question]:
    """The questions whose answers stand in the document."""
    counting = kept(template, answers)
    return [question for question in asked(template, answers) if question.name in counting]


def left_out(template: Template, answers: Mapping[str, Any], chosen: Collection[str]) -> list[str]:
    """The names of the answers that are left out: those that are closed, those that somebody chose, and those to questions
    that are asked only because of one that is left out."""
    out: list[str] = []
    for question in answered(template, answers):  # conditions look back only
        if (
            question.name in chosen
            or why_closed(question)
            or not set(out).isdisjoint(names_in(question.when))
        ):
            out.append(question.name)
    return out


def paper_for_others(put: Put, answers: Mapping[str, Any], *, out: Collection[str], by: str) -> Paper:
    """The document assembled from what may be seen. What is left out reads “[left out by Fleet]”; no logo, no name of the
    record it belongs to but the title that was answered."""
    words = f"left out by {by}"
    whole = put.template
    questions = tuple(replace(each, gap=words) if each.name in out else each for each in whole.questions)
    template = replace(whole, questions=questions, body=tuple(_marked(whole.body, out, words)))
    shown = {name: value for name, value in kept(whole, answers).items() if name not in out}
    titles = [each.name for each in questions if each.fact == "title" and each.name in shown]
    return assemble(
        replace(put, template=template),
        shown,
        subtitle=str(shown[titles[0]]) if titles else "",
        organisation=by,
        footer=f"An example shared by {by}",
    )


def _marked(passages: Sequence[Passage], out: Collection[str], words: str) -> Iterator[Passage]:
    """Whole answers that are left out, and passages that stand there or not because of one, as a line of words."""
    mark = Words((Paragraph((Run(f"[{words}]", is_gap=True),)),))
    for passage in passages:
        match passage:
            case AnswerHere(name) if name in out:
                yield mark
            case Conditional(when) if not set(out).isdisjoint(names_in(when)):
                yield mark
            case Conditional():
                yield replace(
                    passage,
                    then=tuple(_marked(passage.then, out, words)),
                    otherwise=tuple(_marked(passage.otherwise, out, words)),
                )
            case _:
                yield passage


def still_there(
    template: Template, answers: Mapping[str, Any], out: Collection[str], texts: Sequence[str]
) -> list[Question]:
    """The questions left out whose answer stands in one of these texts all the same, because somebody typed it elsewhere."""
    whole = _plain(" ".join(texts))
    return [
        template.question(name)
        for name in out
        if any(value in whole for value in _values(template.question(name), answers[name]))
    ]


def texts_of(paper: Paper) -> list[str]:
    return list(all_texts(paper))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def _values(question: Question, value: Any) -> Iterator[str]:
    """What of an answer would give it away. Choices and yes or no stand in any text."""
    found: list[str] = []
    if question.kind == QuestionKind.TABLE:
        free = (QuestionKind.TEXT, QuestionKind.MONEY)
        found = [said.cell_words(each, row.get(each.name, "")) for row in value for each in question.columns if each.kind in free]  # fmt: skip
    elif question.kind == QuestionKind.MONEY:
        found = [said.words(question, value).partition(" ")[0]]
    elif question.kind in (QuestionKind.TEXT, QuestionKind.LONG_TEXT):
        found = [value]
    yield from (plain for each in found if len(plain := _plain(each).strip()) >= _LONG_ENOUGH)
