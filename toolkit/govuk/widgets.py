"""Widgets that HTML lacks: a date in three boxes, an amount of pounds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms

PARTS = ("day", "month", "year")
_LIKE_ISO = re.compile(r"^(?P<year>\d{1,4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})$", re.ASCII)


class DateWidget(forms.Widget):
    """Day, month and year, as GOV.UK asks for memorable and planned dates."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        # An ISO date under the plain name is taken too: links and tests use it.
        if name in data and f"{name}-day" not in data:
            return data[name]
        return tuple(str(data.get(f"{name}-{part}", "")).strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}-{part}" in data for part in PARTS)

    def parts(self, value: Any) -> dict[str, str]:
        """What to show in the three boxes, for a date, an ISO text or what was typed."""
        if isinstance(value, dt.date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        if isinstance(value, str) and value:
            try:
                return self.parts(dt.date.fromisoformat(value))
            except ValueError:
                typed = _LIKE_ISO.match(value)
                return {part: typed[part] if typed else "" for part in PARTS}
        if isinstance(value, tuple | list):
            return dict(zip(PARTS, value, strict=True))
        return dict.fromkeys(PARTS, "")

    def wrong_parts(self, value: Any) -> tuple[str, ...]:
        """The boxes that are empty or cannot be right; all three when each looks right by itself."""
        parts = self.parts(value)
        limits = {"day": (1, 31), "month": (1, 12), "year": (1000, 9999)}
        wrong = []
        for part in PARTS:
            typed, (low, high) = parts[part], limits[part]
            number = month_number(typed) if part == "month" else _number(typed)
            if number is None or not low <= number <= high:
                wrong.append(part)
        return tuple(wrong) or PARTS

    def first_wrong_part(self, value: Any) -> str:
        """The box that an error link lands on."""
        return self.wrong_parts(value)[0]

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return f"{id_}-day" if id_ else ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        raise TypeError(
            "A date in three boxes is rendered by the GOV.UK field template: use {{ form }} or form.name.as_field_group()"
        )


_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}


def _number(typed: str) -> int | None:
    """Digits as a number; None for anything else, and for more digits than any part of a date has."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else None


def month_number(typed: str) -> int | None:
    """`3`, `03`, `March`, `mar` → 3; None for anything else."""
    if typed.isdigit():
        return _number(typed)
    return _MONTHS.get(typed.strip().lower()[:3]) if typed.isalpha() else None


class PoundsWidget(forms.TextInput):
    """An amount, with £ before it."""
