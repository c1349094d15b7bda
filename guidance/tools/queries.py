"""What an address says, read with care: an address can be mistyped, cut off, or made up."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from toolkit.govuk.widgets import PARTS, DateWidget

MOST_VALUES = 20
"""No question here has more answers; the rest of a made-up address is not read."""


def readable(query: QueryDict) -> QueryDict:
    """The same answers, with characters that no page can show as blanks. Of an answer given twice the last counts."""
    clean = QueryDict(mutable=True)
    for name, values in query.lists():
        clean.setlist(name, [_printable(value) for value in values[-MOST_VALUES:]])
    return clean


ASK = "ask"
"""In an address: show the questions with these answers filled in, for a link that knows some of them."""


def form_of[F: forms.Form](form: type[F], query: QueryDict, besides: Iterable[str] = ()) -> F:
    """The form as the address has it: sent, filled in beforehand, or, when none of its questions is answered, empty."""
    names = _names(form) - set(besides)
    if ASK in query:
        several = {
            name for name, field in form.base_fields.items() if isinstance(field, forms.MultipleChoiceField)
        }
        return form(initial={name: query.getlist(name) if name in several else query[name] for name in names if name in query})  # fmt: skip
    return form(query if any(name in query for name in names) else None)


def _names(form: type[forms.Form]) -> set[str]:
    names = set()
    for name, field in form.base_fields.items():
        names.add(name)
        if isinstance(field.widget, DateWidget):
            names |= {f"{name}-{part}" for part in PARTS}
    return names


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)
