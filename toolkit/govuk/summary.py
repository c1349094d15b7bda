"""The error summary: every error of every form on the page, each linked to the first thing to put right."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.forms.utils import ErrorList

from toolkit.govuk.widgets import DateWidget


def error_anchor(form: BaseForm, name: str) -> str:
    """The id an error link of this field lands on: the first wrong part of a date, the first item of a group."""
    bound = form[name]
    identifier = bound.id_for_label or bound.auto_id
    widget = bound.field.widget
    if isinstance(widget, DateWidget):
        return f"{bound.auto_id}-{widget.first_wrong_part(bound.value())}"
    return str(bound.auto_id or identifier)


def error_summary(*forms: Any) -> list[dict[str, str]]:
    """`[{"text": …, "href": …}]` for govukErrorSummary; errors of a whole form carry no link."""
    rows: list[dict[str, str]] = []
    for form in forms:
        if form is None or not getattr(form, "is_bound", False):
            continue
        for name, errors in form.errors.items():
            rows += _rows(form, name, errors)
    return rows


def _rows(form: BaseForm, name: str, errors: ErrorList) -> list[dict[str, str]]:
    if name == "__all__" or form[name].is_hidden:
        return [{"text": str(error)} for error in errors]
    return [{"text": str(error), "href": f"#{error_anchor(form, name)}"} for error in errors]
