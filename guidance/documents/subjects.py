"""Subjects: what a document belongs to, and who knows about it (design §2).

A document names its subject by an opaque kind and key (`procurement:PR-7K2D`). Whoever owns that kind registers a
provider in `AppConfig.ready`; documents import none of them. A kind without a provider is nowhere: 404.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet

from guidance.documents.assembly.definitions import Confidence
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.visibility import Reader


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that documents belong to, as one reader may have it."""

    kind: str
    key: str
    title: str
    url: str
    organisation: Organisation
    what: str
    """`procurement`, `contract`: in a sentence."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a subject says of one fact (guidance.documents.facts): the value as answers are kept, and where it stands."""

    value: Any
    words: str
    """Where it came from: “the procurement PR-7K2D”, “the step “Publish the tender notice””."""
    url: str = ""
    confidence: Confidence = Confidence.OPEN
    """Documents that more people may read are not filled with it."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Can its documents be shared with all boroughs? `ended_on`: the day the time for claims was over, None while it is
    not or nobody knows, and then `because` says why."""

    ended_on: dt.date | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may read what belongs to a record, by that record’s own rule: everybody of the organisation, or some people.
    (Auditors read everything anyway.)"""

    is_everybody: bool
    people: frozenset[int] = frozenset()

    def is_within(self, other: Audience) -> bool:
        """May everyone of these read what the others may?"""
        return other.is_everybody or (not self.is_everybody and self.people <= other.people)


class Provider(ABC):
    """One kind of subject."""

    kind: ClassVar[str]

    @abstractmethod
    def find(self, key: str, reader: Reader) -> Subject | None:
        """The subject, if this reader may open its record; else None."""

    def titles(self, keys: Collection[str], reader: Reader) -> Mapping[str, str]:
        """Key → title, of those among them whose record this reader may open: for lists. Whoever has many answers in one
        query."""
        found = {key: self.find(key, reader) for key in keys}
        return {key: subject.title for key, subject in found.items() if subject is not None}

    def titled(self, word: str, reader: Reader) -> QuerySet[Any] | None:
        """The keys of the subjects whose title or reference has this word and whose record this reader may open: a
        one-column queryset for use within another. None: this kind cannot be searched."""
        return None

    @abstractmethod
    def may_read(self, key: str, reader: Reader, confidence: Confidence) -> bool:
        """May they read a document of this confidence that belongs to it?"""

    @abstractmethod
    def may_write(self, key: str, reader: Reader, confidence: Confidence, step: str) -> bool:
        """May they begin or change one? `step` is the step it was begun from, or empty."""

    @abstractmethod
    def readable(self, reader: Reader, confidence: Confidence) -> QuerySet[Any]:
        """The keys of all subjects for which `may_read` is true: a one-column queryset for use within another."""

    def is_sealed(self, key: str, confidence: Confidence) -> bool:
        """Does its team keep its documents of this confidence to itself for now, from auditors too?"""
        return False

    def sealed(self, confidence: Confidence) -> QuerySet[Any] | None:
        """The keys of all subjects for which `is_sealed` is true: a one-column queryset for use within another. None:
        this kind has no such time."""
        return None

    @abstractmethod
    def facts(self, key: str) -> Mapping[str, Known]:
        """What it knows, by the names of guidance.documents.facts. Nothing that nobody has said."""

    @abstractmethod
    def audience(self, key: str, confidence: Confidence) -> Audience:
        """Who may read a document of this confidence that belongs to it: the same people as `readable`."""

    def asks_for(self, key: str, step: str, template: str, steps: Collection[str]) -> bool:
        """Does this step of the record ask for this template, which names `steps` itself?"""
        return not step

    def earlier(self, key: str) -> Sequence[tuple[str, str]]:
        """The subjects it came of, nearest first: a contract’s procurement."""
        return ()

    def is_published(self, key: str) -> bool:
        """Have its papers gone out to suppliers? Then documents that suppliers read stay on their version."""
        return False

    def published_among(self, keys: Collection[str]) -> set[str]:
        """Those of these for which `is_published` is true: for lists. Whoever has many answers in one query."""
        return {key for key in keys if self.is_published(key)}

    def reviewed(self, key: str, actor: Person) -> None:  # noqa: B027  (most kinds need not know)
        """A document that belongs to it has just passed a review, in this transaction."""

    @abstractmethod
    def claims(self, key: str) -> Claims:
        """Is the time for claims over?"""


WIDTH = {Confidence.OPEN: 0, Confidence.INTENT: 1, Confidence.TEAM: 2, Confidence.PERSONAL: 3}
"""How closed each confidence is."""


def narrower(one: Confidence, other: Confidence) -> Confidence:
    """Whichever of two fewer people read."""
    return max(one, other, key=WIDTH.__getitem__)


def may_go_into(fact: Confidence, document: Confidence) -> bool:
    """May something of one confidence stand in a document of another? Only where no more people read it; and nothing
    goes out of a personal one."""
    return fact != Confidence.PERSONAL and WIDTH[fact] <= WIDTH[document]


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Make a kind known; a reloaded app registers it again and replaces it."""
    _providers[provider.kind] = provider


def provider_of(kind: str) -> Provider | None:
    return _providers.get(kind)


def every() -> Sequence[Provider]:
    return tuple(_providers.values())


def split(text: str) -> tuple[str, str] | None:
    """`procurement:PR-7K2D` → kind and key; None for anything else."""
    kind, colon, key = text.partition(":")
    return (kind, key) if colon and kind in _providers and key and len(key) <= 40 else None
