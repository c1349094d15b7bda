"""A toy kind of subject, so that documents can belong to something: organisations, each its own record.

toy = a_toy(team=[people.officer])
toy.known["title"] = Known("Library system", "the toy fleet", "/")
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from guidance.documents import subjects
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.subjects import Audience, Claims, Known, Provider, Subject
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader

KIND = "toy"


class Toy(Provider):
    """Everybody of the organisation may open it, drafters see what it intends, the rest is for its team."""

    kind = KIND

    def __init__(self, team: Iterable[Person] = (), leads: Iterable[Person] = ()) -> None:
        self.team = {person.pk for person in team}
        self.leads = {person.pk for person in leads}
        self.known: dict[str, Known] = {}
        self.is_out = False
        self.hidden: set[int] = set()
        """Who may not open the record itself."""

    def _organisations(self, reader: Reader, confidence: Confidence) -> Collection[int]:
        if reader.person_id in self.hidden:
            return []
        match confidence:
            case Confidence.OPEN:
                return reader.organisations_with(Right.READ_BOROUGH)
            case Confidence.INTENT:
                return reader.organisations_with(Right.DRAFT)
            case Confidence.TEAM if reader.person_id in self.team:
                return reader.organisations_with(Right.DRAFT)
            case Confidence.PERSONAL if reader.person_id in self.leads:
                return reader.organisations_with(Right.DRAFT)
        return []

    def find(self, key: str, reader: Reader) -> Subject | None:
        found = Organisation.objects.filter(
            slug=key, pk__in=self._organisations(reader, Confidence.OPEN)
        ).first()
        return (
            Subject(KIND, key, f"Secret garden of {found.short_name}", "/", found, "toy") if found else None
        )

    def titles(self, keys: Collection[str], reader: Reader) -> Mapping[str, str]:
        found = self.readable(reader, Confidence.OPEN).filter(slug__in=keys)
        return {slug: f"Secret garden of {slug}" for (slug,) in found}

    def titled(self, word: str, reader: Reader) -> QuerySet[Any] | None:
        return self.readable(reader, Confidence.OPEN) if word.lower() in "secret garden" else None

    def may_read(self, key: str, reader: Reader, confidence: Confidence) -> bool:
        return self.readable(reader, confidence).filter(slug=key).exists()

    def may_write(self, key: str, reader: Reader, confidence: Confidence, step: str) -> bool:
        """Whoever reads it; a personal one is begun by any drafter and read by nobody else."""
        if confidence == Confidence.PERSONAL:
            return self.readable(reader, Confidence.INTENT).filter(slug=key).exists()
        return self.may_read(key, reader, confidence) and bool(reader.organisations_with(Right.DRAFT))

    def readable(self, reader: Reader, confidence: Confidence) -> QuerySet[Any]:
        return Organisation.objects.filter(pk__in=self._organisations(reader, confidence)).values_list("slug")

    def audience(self, key: str, confidence: Confidence) -> Audience:
        return Audience(confidence == Confidence.OPEN, frozenset(self.team))

    def facts(self, key: str) -> Mapping[str, Known]:
        return self.known

    def is_published(self, key: str) -> bool:
        return self.is_out

    def claims(self, key: str) -> Claims:
        return Claims(None, "A toy is never over")


def a_toy(*, team: Iterable[Person] = (), leads: Iterable[Person] = ()) -> Toy:
    """Registered in the place of any toy before."""
    toy = Toy(team, leads)
    subjects.register(toy)
    return toy


def subject_for(person: Person) -> Subject:
    """The toy of the person’s first organisation."""
    membership = person.memberships.select_related("organisation").order_by("pk").first()
    assert membership is not None
    organisation = membership.organisation
    return Subject(
        KIND, organisation.slug, f"Secret garden of {organisation.short_name}", "/", organisation, "toy"
    )
