"""Errors as sentences people can act on, whoever wrote the form.

Django says “This field is required.” and allauth repeats it. What reaches a page goes through `error_sentences`, which
knows the *thing* a field asks for (“the estimated value”) and says “Enter the estimated value”. A message that a form
has written itself is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from toolkit.govuk.foreign import words_for

CHOICES = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.CheckboxInput)


def label_of(bound: BoundField) -> str:
    """The label, without the colon that some forms put after it."""
    words = words_for(bound)
    return words.label if words else str(bound.label).strip().removesuffix(":")


def thing_of(bound: BoundField) -> str:
    """What the field asks for, in mid-sentence: `field.thing`, else the label in lower case, else “an answer”."""
    words = words_for(bound)
    given = getattr(bound.field, "thing", "") or (words.thing if words else "")
    if given:
        return str(given)
    label = label_of(bound)
    if not label or label.endswith("?"):
        return "an option" if isinstance(bound.field.widget, CHOICES) else "an answer"
    first, _, rest = label.partition(" ")
    # CPV, PIN and the like keep their capitals.
    return label if first.isupper() and len(first) > 1 else f"{first.lower()} {rest}".strip()


def error_sentences(bound: BoundField) -> list[str]:
    """The field's errors as they are shown, in the form's order."""
    errors = bound.form.errors.as_data().get(bound.name, [])
    return [_sentence(bound, error) for error in errors]


def form_sentences(form: forms.BaseForm) -> list[str]:
    """The errors of the form as a whole."""
    return [_tidy(str(message)) for message in form.non_field_errors()]


def _sentence(bound: BoundField, error: ValidationError) -> str:
    say = _SAYINGS.get(error.code or "")
    if say is not None and _is_djangos_own(bound, error):
        return say(bound, error.params or {})
    return _tidy(" ".join(error.messages))


def _is_djangos_own(bound: BoundField, error: ValidationError) -> bool:
    """Was this message written by Django, rather than by the form?"""
    own: set[str] = {str(validator.message) for validator in _VALIDATORS if hasattr(validator, "message")}
    for kind in type(bound.field).__mro__:
        if kind.__module__.startswith("django.") and hasattr(kind, "default_error_messages"):
            own |= {str(message) for message in kind.default_error_messages.values()}
    return str(error.message) in own


def _tidy(message: str) -> str:
    """Without the full stop at the end of a single sentence: error messages carry none."""
    message = str(message).strip()
    return message[:-1] if message.endswith(".") and ". " not in message else message


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _required(bound: BoundField, params: dict[str, Any]) -> str:
    widget, thing = bound.field.widget, thing_of(bound)
    if isinstance(widget, forms.FileInput):
        return f"Select {thing if getattr(bound.field, 'thing', '') else 'a file'}"
    return f"{'Select' if isinstance(widget, CHOICES) else 'Enter'} {thing}"


def _not_a_choice(bound: BoundField, params: dict[str, Any]) -> str:
    return f"Select {thing_of(bound)} from the list"  # noqa: S608  # a sentence, not SQL


def _too_long(bound: BoundField, params: dict[str, Any]) -> str:
    return f"{_capital(thing_of(bound))} must be {params['limit_value']:,} characters or fewer"


def _too_short(bound: BoundField, params: dict[str, Any]) -> str:
    return f"{_capital(thing_of(bound))} must be {params['limit_value']:,} characters or more"


def _invalid(bound: BoundField, params: dict[str, Any]) -> str:
    field = bound.field
    if isinstance(field, forms.EmailField):
        return "Enter an e-mail address in the correct format, like name@example.gov.uk"
    if isinstance(field, forms.DecimalField | forms.IntegerField | forms.FloatField):
        return f"{_capital(thing_of(bound))} must be a {'whole ' if type(field) is forms.IntegerField else ''}number, like 12"
    if isinstance(field, forms.URLField):
        return "Enter a web address in the correct format, like https://www.example.gov.uk"
    return f"{_capital(thing_of(bound))} is not in the correct format"


_SAYINGS: dict[str, Callable[[BoundField, dict[str, Any]], str]] = {
    "required": _required,
    "invalid": _invalid,
    "invalid_choice": _not_a_choice,
    "invalid_list": _not_a_choice,
    "invalid_pk_value": _not_a_choice,
    "max_length": _too_long,
    "min_length": _too_short,
    "max_value": lambda bound, params: (
        f"{_capital(thing_of(bound))} must be {params['limit_value']:,} or less"
    ),
    "min_value": lambda bound, params: (
        f"{_capital(thing_of(bound))} must be {params['limit_value']:,} or more"
    ),
    "empty": lambda bound, params: "The file is empty",
    "null_characters_not_allowed": lambda bound, params: (
        f"{_capital(thing_of(bound))} has characters that cannot be used"
    ),
}

_VALIDATORS: tuple[Any, ...] = (
    validators.MaxLengthValidator,
    validators.MinLengthValidator,
    validators.MaxValueValidator,
    validators.MinValueValidator,
    validators.ProhibitNullCharactersValidator,
    validators.EmailValidator,
    validators.URLValidator,
    validators.RegexValidator,
)
