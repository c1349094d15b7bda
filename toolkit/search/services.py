"""Writing the index. The app that owns a thing calls `push` when it is saved and `remove` when it is gone."""

from __future__ import annotations

import datetime as dt
import unicodedata

from toolkit.accounts.models import Organisation
from toolkit.accounts.visibility import Level
from toolkit.search import kinds
from toolkit.search.models import SearchEntry

LONGEST_BODY = 100_000
"""Characters of a body that can be found; PostgreSQL takes no more than a megabyte of lexemes."""


def push(
    *,
    kind: str,
    key: str,
    title: str,
    url: str,
    updated_at: dt.datetime,
    summary: str = "",
    body: str = "",
    stage: str = "",
    visibility: str = Level.PUBLIC,
    organisation: Organisation | None = None,
) -> None:
    """Put one thing in the index, or bring it up to date. `url` is an address of this service, from the root.

    Raises ValueError for a kind nobody registered or an address elsewhere. What only a team may see is never pushed.
    """
    if kind not in kinds.labels():
        raise ValueError(f"No app has registered the kind “{kind}”")
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"“{url}” is not an address of this service")
    SearchEntry.objects.update_or_create(
        kind=kind,
        key=key,
        defaults={
            "title": _text(title, 300),
            "summary": _text(summary, 2_000),
            "body": _text(body, LONGEST_BODY),
            "url": url,
            "stage": stage,
            "visibility": visibility,
            "organisation": organisation,
            "updated_at": updated_at,
        },
    )


def remove(*, kind: str, key: str) -> None:
    """Take one thing out of the index; nothing happens when it is not there."""
    SearchEntry.objects.filter(kind=kind, key=key).delete()


def _text(text: str, longest: int) -> str:
    """One line without control or private-use characters: NUL cannot be stored, and private ones mark highlights."""
    return " ".join("".join(" " if unicodedata.category(char)[0] == "C" else char for char in text).split())[
        :longest
    ]
