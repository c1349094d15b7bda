"""A form field of several rows, each with the same columns: who does it, where it stands, the steps of a guide.

Always shows a few empty rows, so that no script is needed to add one; rows left empty are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MOST_ROWS = 120
EMPTY_ROWS = 3
EMPTY_STACKED_ROWS = 10
"""Folded, they take a line each."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in a row, the words above it, and the field that reads it."""

    name: str
    label: str
    field: forms.Field
    required: bool = False


class RowsWidget(forms.Widget):
    """A table of inputs called `<name>-<row>-<column>`."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [*(value or []), *([{}] * EMPTY_ROWS)]
        head = format_html_join("", '<th scope="col">{}</th>', ((column.label,) for column in self.columns))
        body = format_html_join(
            "", "<tr>{}</tr>", ((self._cells(name, number, row),) for number, row in enumerate(rows))
        )
        return format_html(
            '<table class="editorial-rows"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', head, body
        )

    def _cells(self, name: str, number: int, row: Mapping[str, Any]) -> SafeString:
        return format_html_join(
            "", "<td>{}</td>", ((self._cell(name, number, column, row),) for column in self.columns)
        )

    def _cell(self, name: str, number: int, column: Column, row: Mapping[str, Any]) -> SafeString:
        field_name = f"{name}-{number}-{column.name}"
        value = column.field.prepare_value(row.get(column.name, ""))
        words = f"{column.label}, row {number + 1}"
        return column.field.widget.render(field_name, value, {"id": f"id_{field_name}", "aria-label": words})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        rows: list[Row] = []
        for number in range(MOST_ROWS):
            names = {column.name: f"{name}-{number}-{column.name}" for column in self.columns}
            if not any(field in data for field in names.values()):
                break
            rows.append(
                {
                    column.name: column.field.widget.value_from_datadict(data, files, names[column.name])
                    for column in self.columns
                }
            )
        return [row for row in rows if any(str(row[name] or "").strip() for name in self._telling)]

    @property
    def _telling(self) -> list[str]:
        """The columns that make a row one: not those whose select always says something."""
        return [
            column.name
            for column in self.columns
            if column.required or not isinstance(column.field, forms.ChoiceField)
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-0-{self.columns[0].name}" not in data


class StackedRowsWidget(RowsWidget):
    """For rows of more columns than a table can show: each row opens by itself, headed by its `title` column."""

    def __init__(self, columns: Sequence[Column], title: str) -> None:
        super().__init__(columns)
        self.title = title

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [*(value or []), *([{}] * EMPTY_STACKED_ROWS)]
        return format_html_join(
            "",
            '<details class="editorial-stack"><summary>{}. {}</summary><div>{}</div></details>',
            (
                (number, row.get(self.title) or "(a new one)", self._stack(name, number - 1, row))
                for number, row in enumerate(rows, 1)
            ),
        )

    def _stack(self, name: str, number: int, row: Mapping[str, Any]) -> SafeString:
        return format_html_join(
            "",
            '<p><span aria-hidden="true">{}</span>{}</p>',
            ((column.label, self._cell(name, number, column, row)) for column in self.columns),
        )


class RowsField(forms.Field):
    """Rows as a list of dictionaries. `columns` say what each holds; `stacked_by` names the column that heads a row, where
    a row is too wide for a table."""

    def __init__(self, columns: Sequence[Column], *, stacked_by: str = "", **kwargs: Any) -> None:
        self.columns = columns
        for column in columns:
            column.field.required = False
        widget = StackedRowsWidget(columns, stacked_by) if stacked_by else RowsWidget(columns)
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> list[Row]:
        cleaned: list[Row] = []
        wrong: list[ValidationError] = []
        for number, row in enumerate(value or [], 1):
            made: Row = {}
            for column in self.columns:
                try:
                    made[column.name] = column.field.clean(row.get(column.name))
                    if column.required and not made[column.name]:
                        raise ValidationError(f"enter something under “{column.label}”")
                except ValidationError as error:
                    wrong.append(ValidationError(f"Row {number}: {' '.join(error.messages)}"))
            cleaned.append(made)
        if wrong:
            raise ValidationError(wrong)
        return cleaned

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])
