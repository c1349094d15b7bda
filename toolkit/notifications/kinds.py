"""Kinds of event that a person is told about, and what an event may be about.

An app registers both in its `AppConfig.ready`:

    kinds.register("mentioned", "I am mentioned in a comment", "…", How.NOW, place=50)
    kinds.register_subject("procurement", seen)

where `seen(person, reader)` gives the records that this person may know of now: rows with a `reference`. It is asked when a
letter is sent and when a page shows what came, so that somebody who has left hears nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Concat

from toolkit.accounts.models import Person
from toolkit.accounts.visibility import Reader

LONGEST_SLUG, LONGEST_SUBJECT = 30, 80
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


class How(TextChoices):
    """When somebody is written to about one kind of event."""

    NOW = "now", "At once"
    DAILY = "daily", "Once a day"
    OFF = "off", "Never"


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event. `default`: how whoever has not chosen is told; `place` orders the page."""

    slug: str
    label: str
    hint: str
    default: How
    place: int


Seen = Callable[[Person, Reader], QuerySet[Any]]

_kinds: dict[str, EventKind] = {}
_subjects: dict[str, Seen] = {}


def register(slug: str, label: str, hint: str, default: How, *, place: int) -> None:
    """Make this a kind of event. Registering the same again (as a reloaded app does) keeps one.

    Raises ValueError for what is no slug, and for a slug that means something else already.
    """
    made = EventKind(slug, label, hint, default, place)
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise ValueError(f"“{slug}” is no slug of {LONGEST_SLUG} characters or fewer")
    if _kinds.setdefault(slug, made) != made:
        raise ValueError(f"“{slug}” is another kind of event already")


def register_subject(kind: str, seen: Seen) -> None:
    """Say who may know of events about `kind:…`. Raises ValueError when another function says it already."""
    if _subjects.setdefault(kind, seen) is not seen:
        raise ValueError(f"Who sees “{kind}” is said already")


def every() -> list[EventKind]:
    """All kinds, in the order of the page."""
    return sorted(_kinds.values(), key=lambda kind: kind.place)


def get(slug: str) -> EventKind:
    """Raises KeyError for a kind that nobody registered."""
    return _kinds[slug]


def check_subject(subject: str) -> None:
    """Raises ValueError for what an event cannot be about. Empty: it is about nothing but the person."""
    kind, colon, key = subject.partition(":")
    if subject and not (kind in _subjects and colon and key and len(subject) <= LONGEST_SUBJECT):
        raise ValueError(f"“{subject}” is nothing that an event can be about")


def seen(person: Person, reader: Reader, *, about: Collection[str] | None = None) -> Q:
    """The rows whose `subject` this person may know of now: nothing that nobody answers for. What is about nothing is for
    whoever is let in somewhere. `about`: only what is about these kinds."""
    if not person.is_active:
        return Q(pk__in=[])
    found = Q(subject="") if reader.roles and about is None else Q(pk__in=[])
    for kind, records in _subjects.items():
        if about is None or kind in about:
            subjects = (
                records(person, reader)
                .order_by()
                .values(subject_named=Concat(Value(f"{kind}:"), F("reference"), output_field=CharField()))
            )
            # The beginning first: it is cheap, and what is about another kind asks nothing more.
            found |= Q(subject__startswith=f"{kind}:") & Q(subject__in=subjects)
    return found
