"""Radios with a hint under some of them."""

from __future__ import annotations

from django import forms


class Radios(forms.RadioSelect):
    """Radios with a hint under some of them, and a heading over the first of each group."""

    headings: dict[str, str]

    def __init__(self, hints: dict[str, str] | None = None) -> None:
        super().__init__()
        self.hints = hints or {}
        self.headings = {}
