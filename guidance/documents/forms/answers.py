"""The answer to one question, one row of a table, rows pasted out of a spreadsheet."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from guidance.documents.assembly import answers as said
from guidance.documents.assembly.definitions import Column, Question, QuestionKind
from toolkit.core.text import DISCLOSURE
from toolkit.govuk.fields import DateField, PoundsField

SKIP = "or skip this question for now"
MOST_PASTED = 1_000_000
FEW = 6
"""Options up to which they stand as radios in a row of a table."""


class TextField(forms.CharField):
    """Text without control characters and with one kind of line end, counted as it is kept."""

    def to_python(self, value: Any) -> str:
        return said.clean_text(str(super().to_python(value) or ""))

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What a form that comes back shows: no page can hold control characters."""
        return "\n".join(said.clean_lines(data)) if isinstance(data, str) else data


def as_kept(value: Any) -> str:
    """What a form field gives, as an answer is kept."""
    match value:
        case None:
            return ""
        case dt.date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return str(value)


def as_typed(kind: QuestionKind, value: str) -> Any:
    """A kept answer as its field shows it."""
    if not value:
        return None
    match kind:
        case QuestionKind.DATE:
            return dt.date.fromisoformat(value)
        case QuestionKind.MONEY:
            return Decimal(value)
    return value


def _options(asked: Question | Column) -> list[tuple[str, str]]:
    if asked.kind == QuestionKind.YES_NO:
        return list(said.YES_NO.items())
    return [(option.slug, option.label) for option in asked.options]


class AnswerForm(forms.Form):
    """The answer to any question but a table. `answer` is what is kept. One that is required may still be skipped, or
    emptied once it was given: what is missing is told at the end."""

    def __init__(self, *args: Any, question: Question, is_answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        field = self._field(question)
        field.required = question.is_required and not is_answered
        self.fields = {"value": field}

    def _field(self, question: Question) -> forms.Field:
        label = question.heading
        hint = f"{question.help} " if question.help else ""
        enter = {"required": f"Enter an answer, {SKIP}"}
        match question.kind:
            case QuestionKind.LONG_TEXT:
                return TextField(
                    label=label,
                    help_text=hint + DISCLOSURE,
                    max_length=said.LONGEST_LONG_TEXT,
                    widget=forms.Textarea(attrs={"rows": 12}),
                    error_messages=enter | {"max_length": f"The answer must be {said.LONGEST_LONG_TEXT:,} characters or fewer"},
                )  # fmt: skip
            case QuestionKind.TEXT:
                return TextField(
                    label=label,
                    help_text=hint + DISCLOSURE,
                    max_length=said.LONGEST_TEXT,
                    error_messages=enter | {"max_length": f"The answer must be {said.LONGEST_TEXT:,} characters or fewer"},
                )  # fmt: skip
            case QuestionKind.DATE:
                return DateField(
                    label=label,
                    help_text=hint + "For example, 27 3 2028",
                    error_messages={"required": f"Enter a date, {SKIP}"},
                )
            case QuestionKind.MONEY:
                return PoundsField(
                    label=label,
                    help_text=hint + f"In pounds, {said.VAT_WORDS[question.vat]}",
                    error_messages={"required": f"Enter an amount, {SKIP}"},
                )
        return forms.ChoiceField(
            label=label,
            help_text=hint.strip(),
            choices=_options(question),
            widget=forms.RadioSelect,
            error_messages={
                "required": f"Select an answer, {SKIP}",
                "invalid_choice": "Select one of the options",
            },
        )

    @property
    def answer(self) -> str:
        return as_kept(self.cleaned_data["value"])


class RowForm(forms.Form):
    """One row of a table. `values` gives its cells as they are kept."""

    prefix = "cell"

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields = {column.name: _cell(column) for column in question.columns}
        first = next(iter(self.fields.values()))
        if isinstance(first, TextField) and not first.help_text:
            first.help_text = DISCLOSURE

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(as_kept(value) for value in data.values()):
            raise forms.ValidationError("Fill in at least one cell of the row")
        return data

    @property
    def values(self) -> dict[str, str]:
        return {name: as_kept(value) for name, value in self.cleaned_data.items()}

    @staticmethod
    def initial_from(question: Question, row: Mapping[str, str]) -> dict[str, Any]:
        return {column.name: as_typed(column.kind, row.get(column.name, "")) for column in question.columns}


def _cell(column: Column) -> forms.Field:
    label = said.heading_of(column)
    match column.kind:
        case QuestionKind.DATE:
            return DateField(label=label, required=False, thing=f"the date of “{column.label}”")
        case QuestionKind.MONEY:
            return PoundsField(label=label, required=False)
        case QuestionKind.CHOICE | QuestionKind.YES_NO:
            options = _options(column)
            few = len(options) <= FEW
            return forms.ChoiceField(
                label=label,
                required=False,
                choices=options if few else [("", "Select an option"), *options],
                widget=forms.RadioSelect if few else forms.Select,
                error_messages={"invalid_choice": f"Select one of the options of “{column.label}”"},
            )
    field = TextField(
        label=label,
        required=False,
        max_length=said.LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"“{column.label}” must be {said.LONGEST_CELL:,} characters or fewer"},
    )
    field.widget.attrs.pop("maxlength")  # a row has several boxes and none is ever full: they do not count
    return field


class PastedField(TextField):
    """Lines as they were pasted, tabs kept."""

    def to_python(self, value: Any) -> str:
        return "\n".join(said.clean_lines(str(value or "")))


class PasteForm(forms.Form):
    """Rows out of a spreadsheet. Tabs at the start of a line count: an empty first cell."""

    rows = PastedField(
        label="Rows, as copied from the spreadsheet",
        help_text=DISCLOSURE,
        strip=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        error_messages={"required": "Paste at least one row", "max_length": "Paste fewer rows at a time"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].widget.attrs.pop("maxlength")


def seen_row(text: str) -> dict[str, str]:
    """The row that a form was made from, as it came back; nothing for anything else."""
    try:
        given = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(given, dict):
        return {}
    return {str(name): value for name, value in given.items() if isinstance(value, str)}


def seen_value(text: str) -> Any:
    """A value that a page showed, as it came back; None for anything that is no JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return None
