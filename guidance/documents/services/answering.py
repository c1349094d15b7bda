"""Answering: one question at a time, one row at a time, so that several people can work on one document."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from guidance.documents import prefilling, versions
from guidance.documents.assembly import answers as said
from guidance.documents.assembly.definitions import Question, QuestionKind
from guidance.documents.models import Answer, AnswerChange, Document, as_value
from guidance.documents.services.beginning import fill_rows, write
from guidance.documents.services.common import locked_for_answers, touch
from guidance.documents.subjects import Known
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused

Row = dict[str, str]


class Overtaken(Refused):
    """Somebody else answered in between: `theirs` is what they said, and its number."""

    def __init__(self, theirs: Answer) -> None:
        super().__init__(f"{theirs.by or 'The toolkit'} changed this answer while you were working on it")
        self.theirs = theirs


def _question(document: Document, name: str) -> Question:
    try:
        return versions.definition_of(document).question(name)
    except KeyError:
        raise Refused("This document does not ask that") from None


def _value(document: Document, name: str) -> Any:
    return document.answers.filter(name=name).values_list("value", flat=True).first()


def _checked(question: Question, value: Any) -> Any:
    try:
        return said.checked(question, value)
    except said.BadAnswer as error:
        raise Refused(str(error)) from error


def _save(
    document: Document, question: Question, value: Any, actor: Person, form_key: uuid.UUID | None = None
) -> Answer:
    """Save what somebody typed, and remember what the source says now, so that only later changes of it are shown."""
    known = prefilling.known_for(document).get(question.fact) if question.fact else None
    theirs = _fitting(document, question, known) if known is not None else None
    before = _value(document, question.name)
    answer = write(document, question.name, value, by=actor, source_value=theirs, form_key=form_key)
    fill_rows(document, question.name, before=before)
    touch(document)
    return answer


@transaction.atomic
def save_answer(*, document: Document, name: str, value: Any, seen: int, actor: Person) -> None:
    """Answer a question, anything but a table. `seen` is the number of the answer the form showed, 0 for none.

    Saving what is there changes nothing. Raises Overtaken when somebody else answered meanwhile, Refused for what cannot
    be kept or when this person may not.
    """
    document = locked_for_answers(document, actor)
    question = _question(document, name)
    value = _checked(question, value)
    there = document.answers.filter(name=name).select_related("by").first()
    if said.same(as_value(there.value) if there is not None else "", value):
        return
    if there is not None and there.number != seen:
        raise Overtaken(there)
    _save(document, question, value, actor)


def _change_rows(
    document: Document,
    name: str,
    actor: Person,
    change: Callable[[Question, list[Row]], list[Row]],
    form_key: uuid.UUID | None = None,
) -> None:
    document = locked_for_answers(document, actor)
    sent = AnswerChange.objects.filter(form_key=form_key).first() if form_key is not None else None
    if sent is not None and (sent.document_id, sent.name) == (document.pk, name):
        return
    if sent is not None:
        raise Refused("This form was sent already. Go back to the table, and add the rows again")
    question = _question(document, name)
    if question.kind != QuestionKind.TABLE:
        raise Refused("This question has no rows")
    there = document.answers.filter(name=name).first()
    before: list[Row] = list(there.value) if there is not None and there.value else []
    given = there.rows_given if there is not None else 0
    after = said.with_ids(_checked(question, change(question, [dict(row) for row in before])), given)
    if after != before:
        _save(document, question, after, actor, form_key)


@transaction.atomic
def add_rows(
    *,
    document: Document,
    name: str,
    rows: Sequence[Mapping[str, str]],
    actor: Person,
    form_key: uuid.UUID | None = None,
) -> None:
    """Add rows at the end of a table, whatever others have added meanwhile. The form sent twice adds them once. Raises
    Refused."""
    bare = [{key: cell for key, cell in row.items() if key != "id"} for row in rows]
    _change_rows(document, name, actor, lambda question, before: [*before, *bare], form_key)


@transaction.atomic
def change_row(
    *,
    document: Document,
    name: str,
    row: str,
    values: Mapping[str, str],
    seen: Mapping[str, str],
    actor: Person,
) -> None:
    """Change one row. `seen` is what the form showed: raises Refused when somebody else changed or removed that row
    meanwhile."""

    def changed(question: Question, before: list[Row]) -> list[Row]:
        there = _row(before, row)
        wanted = _checked(question, [values])
        if not wanted:
            raise Refused("Fill in at least one cell, or remove the row")
        if not _differs(question, there, wanted[0]):
            return before
        if _differs(question, there, seen):
            raise Refused(
                "Somebody else changed this row while you were working on it. It now says what is shown here"
            )
        return [{**wanted[0], "id": row} if each is there else each for each in before]

    _change_rows(document, name, actor, changed)


@transaction.atomic
def remove_row(*, document: Document, name: str, row: str, seen: Mapping[str, str], actor: Person) -> None:
    """Remove one row; one that is gone stays gone. `seen` is what the form showed: raises Refused when somebody else
    changed it meanwhile."""

    def without(question: Question, before: list[Row]) -> list[Row]:
        there = next((each for each in before if each.get("id") == row), None)
        if there is not None and _differs(question, there, seen):
            raise Refused(
                "Somebody else changed this row while you were looking at it. It now says what is shown here"
            )
        return [each for each in before if each is not there]

    _change_rows(document, name, actor, without)


def _differs(question: Question, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(one.get(column.name, "") != other.get(column.name, "") for column in question.columns)


def _row(rows: Sequence[Row], name: str) -> Row:
    found = next((each for each in rows if each.get("id") == name), None)
    if found is None:
        raise Refused("Somebody else removed this row while you were working on it")
    return found


def rows_from(question: Question, text: str) -> list[Row]:
    """Rows pasted out of a spreadsheet: lines, with tabs between the cells, in the order of the columns. Choices may be
    their labels, dates `31/03/2027`. Raises Refused, naming the row."""
    lines = [line for line in said.clean_lines(text) if line.strip()]
    rows = []
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        if len(cells) > len(question.columns):
            raise Refused(
                f"Row {number} has {len(cells)} cells; the table has {len(question.columns)} columns"
            )
        rows.append(
            {
                column.name: said.read_cell(column, cell)
                for column, cell in zip(question.columns, cells, strict=False)
            }
        )
    if not rows:
        raise Refused("Paste at least one row")
    return [dict(row) for row in _checked(question, rows)]


@transaction.atomic
def take_source(*, document: Document, name: str, value: Any, actor: Person) -> None:
    """Use what the source says now. `value` is what the page showed. Raises Refused when it says something else again."""
    document = locked_for_answers(document, actor)
    question, known = _from_source(document, name, value)
    theirs = _fitting(document, question, known)
    before = _value(document, name)
    write(document, name, theirs, by=actor, source=known, source_value=theirs)
    fill_rows(document, name, before=before)
    touch(document)


@transaction.atomic
def keep_mine(*, document: Document, name: str, value: Any, actor: Person) -> None:
    """Keep the answer although its source says another now: it is not asked again until the source changes once more."""
    document = locked_for_answers(document, actor)
    question, known = _from_source(document, name, value)
    answer = document.answers.filter(name=name).first()
    if answer is None:
        answer = write(document, name, _checked(question, ""), by=actor)
    answer.declined_value = _fitting(document, question, known)
    answer.declined_by, answer.declined_at = actor, clock.now()
    answer.save(update_fields=["declined_value", "declined_by", "declined_at"])
    touch(document)


def _fitting(document: Document, question: Question, known: Known) -> Any:
    return prefilling.fitting(question, known.value, dict(document.answers.values_list("name", "value")))


def _from_source(document: Document, name: str, value: Any) -> tuple[Question, Known]:
    question = _question(document, name)
    known = prefilling.known_for(document).get(question.fact)
    if known is None or not said.same(_fitting(document, question, known), value):
        raise Refused("What the source says has changed again: look at what it says now")
    return question, known
