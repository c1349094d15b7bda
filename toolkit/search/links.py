"""The links of results: signed, so that opening one can be counted and none leads where we did not send it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

# Without a time stamp: the same page of results is the same bytes.
_SIGNER = signing.Signer(salt="search.open")


@dataclass(frozen=True, slots=True)
class Opening:
    """A result that somebody opens: what had been asked, on which day, and where the result is."""

    query: str
    day: dt.date
    url: str


def link_to(opening: Opening) -> str:
    """The address that counts the opening and leads to the result."""
    token = _SIGNER.sign_object([opening.query, opening.day.isoformat(), opening.url], compress=True)
    return reverse("search_open", args=[token])


def opening_of(token: str) -> Opening | None:
    """What a token says; None when a character of it is not ours."""
    try:
        query, day, url = _SIGNER.unsign_object(token)
    except signing.BadSignature:
        return None
    return Opening(query, dt.date.fromisoformat(day), url)
