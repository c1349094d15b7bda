"""Fields whose errors are sentences of the GOV.UK kind."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from toolkit.core.money import NotMoney, pounds, read_pounds
from toolkit.core.text import listed
from toolkit.govuk.widgets import PARTS, DateWidget, PoundsWidget, month_number


def _within_reach(day: dt.date) -> dt.date:
    if not 1990 <= day.year <= 2100:
        raise ValidationError("The year must be between 1990 and 2100", code="invalid")
    return day


class DateField(forms.Field):
    """A day in three boxes. Cleans to a date, or None when left empty and not required.

    `thing` stands in its error sentences: “Enter the start date”, “The start date must include a month”.
    """

    widget = DateWidget

    def __init__(self, *, thing: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.thing = thing or "a date"

    @property
    def _subject(self) -> str:
        return "The date" if self.thing == "a date" else f"{self.thing[0].upper()}{self.thing[1:]}"

    def to_python(self, value: Any) -> dt.date | None:
        if value in (None, "", ("", "", "")):
            return None
        if isinstance(value, dt.date):
            return value
        if isinstance(value, str):
            try:
                return _within_reach(dt.date.fromisoformat(value))
            except ValueError:
                raise ValidationError("Enter a real date", code="invalid") from None
        given = dict(zip(PARTS, value, strict=True))
        lacking = [part for part in PARTS if not given[part]]
        if lacking:
            raise ValidationError(f"{self._subject} must include a {listed(lacking)}", code="incomplete")
        month = month_number(given["month"])
        if month is None or not all(
            given[part].isascii() and given[part].isdigit() for part in ("day", "year")
        ):
            raise ValidationError("Enter a real date, like 27 3 2028", code="invalid")
        if len(given["year"]) != 4:
            raise ValidationError("The year must have 4 numbers", code="invalid")
        try:
            day = dt.date(int(given["year"]), month, int(given["day"]))
        except (ValueError, OverflowError):
            raise ValidationError("Enter a real date, like 27 3 2028", code="invalid") from None
        return _within_reach(day)

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            given = self.error_messages["required"]
            message = (
                f"Enter {self.thing}" if given == forms.Field.default_error_messages["required"] else given
            )
            raise ValidationError(message, code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class PoundsField(forms.CharField):
    """Pounds as people type them. Cleans to Decimal, or None when left empty and not required."""

    widget = PoundsWidget

    def prepare_value(self, value: Any) -> Any:
        return pounds(value).removeprefix("£") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        try:
            return read_pounds(typed)
        except NotMoney as error:
            raise ValidationError(str(error), code="invalid") from error
