"""Statements and addresses, the same in every tool."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from toolkit.law.triage import Reason
from toolkit.law.values import CHECKED_ON


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the law, where it stands, when that was last checked, and what to ask the legal team."""

    sentence: str
    source: str
    caution: str = ""
    checked_on: dt.date = CHECKED_ON


def statement(reason: Reason) -> Statement:
    return Statement(reason.sentence, reason.source, reason.caution)


def address(route: str, **answers: str) -> str:
    """An address with these answers; empty ones are left out."""
    return f"{route}?{urlencode({name: answer for name, answer in answers.items() if answer})}"
