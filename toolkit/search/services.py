"""Writing the index. The app that owns a thing calls `push` when it is saved and `remove` when it is gone."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping

from django.db import transaction

from toolkit.accounts.models import Organisation
from toolkit.accounts.visibility import Level
from toolkit.core.text import plain
from toolkit.search import kinds, spelling
from toolkit.search.models import BestBet, SearchEntry

LONGEST_BODY = 100_000
"""Characters of a body that can be found; PostgreSQL takes no more than a megabyte of lexemes."""


@transaction.atomic
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
    roles: Iterable[str] = (),
    topics: Iterable[str] = (),
    names: Iterable[str] = (),
    visibility: str = Level.PUBLIC,
    organisation: Organisation | None = None,
) -> None:
    """Put one thing in the index, or bring it up to date. `url` is an address of this service, from the root; `roles`
    and `topics` are words as they are shown (“Service lead”), and addresses carry slugs of them; `names` are what
    people also call the thing.

    Raises ValueError for a kind nobody registered or an address elsewhere. What only a team may see is never pushed.
    """
    if kind not in kinds.labels():
        raise ValueError(f"No app has registered the kind “{kind}”")
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"“{url}” is not an address of this service")
    role_words, topic_words = _by_slug(roles), _by_slug(topics)
    entry, _ = SearchEntry.objects.update_or_create(
        kind=kind,
        key=key,
        defaults={
            "title": _text(title, 300),
            "summary": _text(summary, 2_000),
            "body": _text(body, LONGEST_BODY),
            "url": url,
            "stage": stage,
            "roles": list(role_words.values()),
            "role_slugs": list(role_words),
            "topics": list(topic_words.values()),
            "topic_slugs": list(topic_words),
            "called": _called(topic_words.values(), names),
            "visibility": visibility,
            "organisation": organisation,
            "updated_at": updated_at,
        },
    )
    spelling.write_down(entry)


@transaction.atomic
def name(*, kind: str, names: Mapping[str, Iterable[str]]) -> None:
    """Say anew what people also call the things of a kind: key → names. One that is left out has none. Only what
    changes is written."""
    for entry in SearchEntry.objects.filter(kind=kind).defer("body", "words", "head"):
        called = _called(entry.topics, names.get(entry.key, ()))
        if called != entry.called:
            entry.called = called
            entry.save(update_fields=["called"])
            spelling.write_down(entry)


@transaction.atomic
def rename(*, kind: str, key: str, to: str) -> None:
    """Say that a thing has another key now: its row and its best bets follow. Its new words are pushed by its owner."""
    SearchEntry.objects.filter(kind=kind, key=to).exclude(key=key).delete()
    SearchEntry.objects.filter(kind=kind, key=key).update(key=to)
    taken = BestBet.objects.filter(kind=kind, key=to).values("plain")
    BestBet.objects.filter(kind=kind, key=key).exclude(plain__in=taken).update(key=to)


def remove(*, kind: str, key: str) -> None:
    """Take one thing out of the index; nothing happens when it is not there."""
    SearchEntry.objects.filter(kind=kind, key=key).delete()


def _by_slug(words: Iterable[str]) -> dict[str, str]:
    """Slug → words, the first of those with one slug."""
    found: dict[str, str] = {}
    for each in words:
        slug = plain(each)[:80].strip().replace(" ", "-")
        if slug:
            found.setdefault(slug, _text(each, 80))
    return found


def _called(topics: Iterable[str], names: Iterable[str]) -> str:
    return _text(", ".join([*topics, *names]), 5_000)


def _text(text: str, longest: int) -> str:
    """One line without control or private-use characters: NUL cannot be stored, and private ones mark highlights."""
    return " ".join("".join(" " if unicodedata.category(char)[0] == "C" else char for char in text).split())[
        :longest
    ]
