"""The error summary: every error of every form on the page, each linked to the first thing to put right."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm

from toolkit.govuk.sentences import error_sentences, form_sentences
from toolkit.govuk.widgets import DateWidget


def error_anchor(form: BaseForm, name: str) -> str:
    """The id an error link of this field lands on: the first wrong part of a date, the first item of a group."""
    bound = form[name]
    identifier = str(bound.auto_id or bound.html_name)
    widget = bound.field.widget
    if isinstance(widget, DateWidget):
        return f"{identifier}-{widget.first_wrong_part(bound.value())}"
    return identifier


def error_summary(*forms: Any) -> list[dict[str, str]]:
    """`[{"text": …, "href": …}]` for govukErrorSummary; errors of a whole form carry no link.

    Fields come in the order they stand on the page, whatever the order in which they were checked.
    """
    rows: list[dict[str, str]] = []
    seen: set[int] = set()
    for form in forms:
        if form is None or id(form) in seen or not getattr(form, "is_bound", False) or not form.errors:
            continue
        seen.add(id(form))
        rows += [{"text": sentence} for sentence in form_sentences(form)]
        for bound in form:
            rows += _rows(form, bound.name)
    return rows


def _rows(form: BaseForm, name: str) -> list[dict[str, str]]:
    bound = form[name]
    link = {} if bound.is_hidden else {"href": f"#{error_anchor(form, name)}"}
    return [{"text": sentence, **link} for sentence in error_sentences(bound)]
