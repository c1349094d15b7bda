"""May they? Editors are staff with permissions of Django's own, given by group."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from toolkit.accounts.models import Person

REVIEW = "editorial.review_revision"


def may_review(person: Person) -> bool:
    """Review, publish, schedule and withdraw content."""
    return person.is_active and person.is_staff and person.has_perm(REVIEW)


def reviewers() -> QuerySet[Person]:
    """Everybody who may review."""
    return Person.objects.filter(pk__in=ModelBackend().with_perm(REVIEW).values("pk"), is_staff=True)
