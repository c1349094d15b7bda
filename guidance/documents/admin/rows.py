"""Questions and example answers as rows of a form, and back: editors write no TOML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from guidance.documents.assembly import answers as said
from guidance.documents.assembly import reading
from guidance.documents.assembly.definitions import Question, QuestionKind
from guidance.documents.pages.library import KINDS
from guidance.editorial.content import ContentError
from guidance.pages.fields import Front

Row = dict[str, Any]

REQUIRED = [("yes", "An answer is needed"), ("no", "May stay empty")]
STEP = 10
"""Between the places of two questions, so that one can be put between them."""
_ONLY_FOR = {
    "options": (QuestionKind.CHOICE, "options"),
    "columns": (QuestionKind.TABLE, "columns"),
    "vat": (QuestionKind.MONEY, "words on VAT"),
}
BAR, TAB, NEW_LINE = " | ", "\t", "\\n"


def questions_as_rows(questions: Sequence[Mapping[str, Any]]) -> list[Row]:
    """What the item keeps, for the form: each with its place, and whether it is required in so many words."""
    return [
        {
            **question,
            "place": number * STEP,
            "required": "yes" if question.get("required", True) else "no",
            "differs": "yes" if question.get("differs") else "",
        }
        for number, question in enumerate(questions, 1)
    ]


def rows_as_questions(rows: Sequence[Row], sections: set[str]) -> tuple[list[Row], list[Question]]:
    """What the form gave, in the order of their places, as the item keeps it and as it is read. Raises ValidationError
    with a sentence for each row that cannot be read."""
    tables: list[Row] = []
    questions: list[Question] = []
    wrong: list[ValidationError] = []
    for _, number, row in sorted(
        (row["place"] if row["place"] is not None else len(rows) * STEP + STEP, number, row)
        for number, row in enumerate(rows, 1)
    ):
        table = _as_table(row)
        try:
            _refuse_what_is_for_others(table)
            question = reading.question_from(Front(table, "x: questions"), sections)
            reading.refuse_bad_conditions("x", question, questions)
            if question.name in (each.name for each in questions):
                raise ContentError(f"another question is called “{question.name}” too")
        except ContentError as error:
            sentence = str(error).removeprefix("x: ").removeprefix("questions: ")
            wrong.append(ValidationError(f"Row {number}: {sentence}"))
        else:
            tables.append(table)
            questions.append(question)
    if wrong:
        raise ValidationError(wrong)
    return tables, questions


def _refuse_what_is_for_others(table: Row) -> None:
    for name, (kind, words) in _ONLY_FOR.items():
        if name in table and table["kind"] != kind:
            raise ContentError(f"{words} are for an answer that is {KINDS[kind]}")


def _as_table(row: Row) -> Row:
    table = {name: value for name, value in row.items() if value not in ("", [], None)}
    del table["required"]
    table.pop("place", None)
    if "differs" in table:
        table["differs"] = True
    return {**table, "required": False} if row["required"] == "no" else table


def example_as_rows(questions: Sequence[Question], example: Mapping[str, Any]) -> list[Row]:
    """A row for each question, answered or not; a table has a line for each of its rows."""
    return [
        {"name": question.name, "answer": _as_text(question, example.get(question.name, ""))}
        for question in questions
    ]


def _as_text(question: Question, value: Any) -> str:
    if question.kind != QuestionKind.TABLE:
        return str(value)
    return "\n".join(
        _as_line([row.get(column.name, "") for column in question.columns]) for row in value or ()
    )


def _as_line(cells: Sequence[str]) -> str:
    between = TAB if any(BAR.strip() in cell for cell in cells) else BAR
    return between.join(cell.replace("\n", NEW_LINE) for cell in cells).rstrip(
        " |" if between == BAR else TAB
    )


def rows_as_example(rows: Sequence[Row], questions: Sequence[Question]) -> dict[str, Any]:
    """What the form gave, as answers are kept. Raises ValidationError with a sentence for each row that is wrong."""
    known = {question.name: question for question in questions}
    found: dict[str, Any] = {}
    wrong: list[ValidationError] = []
    for number, row in enumerate(rows, 1):
        if not row["answer"].strip():
            continue
        name = row["name"]
        if name not in known:
            wrong.append(ValidationError(f"Row {number}: no question is called “{name}”"))
            continue
        try:
            found[name] = said.checked(known[name], _as_value(known[name], row["answer"]))
        except said.BadAnswer as error:
            wrong.append(ValidationError(f"Row {number} (“{name}”): {error}"))
    if wrong:
        raise ValidationError(wrong)
    return found


def _as_value(question: Question, text: str) -> Any:
    if question.kind != QuestionKind.TABLE:
        return text
    return [_as_row(question, line) for line in said.clean_lines(text) if line.strip()]


def _as_row(question: Question, line: str) -> Row:
    cells = line.split(TAB) if TAB in line else line.split(BAR)
    if len(cells) > len(question.columns):
        raise said.BadAnswer(f"“{line}” has {len(cells)} cells, for {len(question.columns)} columns")
    return {
        column.name: said.read_cell(column, cell.replace(NEW_LINE, "\n"))
        for column, cell in zip(question.columns, cells, strict=False)
    }
