"""Handing over: the documents that somebody leads, and the reviews that are asked of them, to somebody else.

What belongs to a team alone goes with the team; what is personal stays with whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from guidance.documents import letters, permissions
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.models import (
    Document,
    DocumentPerson,
    DocumentStatus,
    Review,
    ReviewState,
)
from guidance.documents.querysets import sealed
from guidance.documents.services.common import locked
from guidance.documents.services.reviewing import wrote_some_of_it
from toolkit.accounts import activity
from toolkit.accounts.models import Membership, Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock


@dataclass(frozen=True, slots=True)
class Papers:
    """Of one person in one organisation, in numbers."""

    documents: int = 0
    reviews: int = 0
    given_back: int = 0
    """Reviews that nobody could take over: whoever asked is told."""


def _led_by(people: Iterable[Person], organisation: Organisation) -> QuerySet[Document]:
    """The unfinished documents that somebody began, in which nobody else of the organisation writes and another person can be
    put on, in the order in which they are locked."""
    still_in = Membership.objects.filter(organisation=organisation).current_on(clock.today())
    others = DocumentPerson.objects.filter(
        document=OuterRef("pk"), may_write=True, person__in=still_in.values("person")
    ).exclude(person=OuterRef("created_by"))
    is_teams_alone = Q(subject_kind__gt="", confidence=Confidence.TEAM)
    return (
        Document.objects.filter(~Exists(others), organisation=organisation, created_by__in=people)
        .exclude(status=DocumentStatus.REVIEWED)
        .exclude(confidence=Confidence.PERSONAL)
        .exclude(is_teams_alone)
        .order_by("pk")
    )


def _asked_of(people: Iterable[Person], organisation: Organisation) -> QuerySet[Review]:
    """The reviews that wait for somebody, in the order in which their documents are locked."""
    return Review.objects.filter(
        document__organisation=organisation, asked_of__in=people, state=ReviewState.ASKED
    ).order_by("document", "pk")


def papers_of(people: Iterable[Person], organisation: Organisation) -> dict[int, Papers]:
    """What each of these people has to hand over, by their key. Two queries."""
    led = _led_by(people, organisation).order_by().values_list("created_by").annotate(Count("pk"))
    asked = _asked_of(people, organisation).order_by().values_list("asked_of").annotate(Count("pk"))
    documents, reviews = dict(led), dict(asked)
    return {each.pk: Papers(documents.get(each.pk, 0), reviews.get(each.pk, 0)) for each in people}


@transaction.atomic
def hand_over_all(
    *, person: Person, to: Person, organisation: Organisation, actor: Person, is_leaver: bool
) -> Papers:
    """Put somebody on every document that another person leads alone, and ask them for the reviews that wait for that person,
    where they may do them; what was done, in numbers. `is_leaver`: what a record keeps to its team for now stays. Who may
    do it, and who may take over, is asked by the caller."""
    closed = sealed() if is_leaver else Q(pk__in=[])
    documents = sum(
        _put_on(document, to, actor) for document in _led_by([person], organisation).exclude(closed)
    )
    reviews = given_back = 0
    kept = Document.objects.filter(closed).values("pk")
    for review in _asked_of([person], organisation).exclude(document__in=kept).select_related("document"):
        if _ask_instead(review, person, to):
            reviews += 1
        else:
            given_back += 1
    return Papers(documents, reviews, given_back)


def _put_on(document: Document, to: Person, actor: Person) -> bool:
    """Did it change anything?"""
    document = locked(document)
    there, is_new = DocumentPerson.objects.get_or_create(
        document=document, person=to, defaults={"added_by": actor, "may_write": True}
    )
    if not is_new and there.may_write:
        return False
    there.may_write = True
    there.save(update_fields=["may_write"])
    activity.note_on(document, f"put {to} on", actor=actor)
    return True


def _ask_instead(review: Review, person: Person, to: Person) -> bool:
    """Ask somebody else for a review that waits; False where they may not do it, and whoever asked is told."""
    document = locked(review.document)
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("asked_by", "document")
        .get(pk=review.pk)
    )
    if review.state != ReviewState.ASKED or review.asked_of_id != person.pk:
        return False  # answered or asked of somebody else in this moment
    may = permissions.may_review(reader_of(to), document) and not wrote_some_of_it(to, document)
    if not may or review.asked_by_id == to.pk:
        letters.reviewer_has_left(review)
        return False
    review.asked_of = to
    review.save(update_fields=["asked_of"])
    letters.review_asked(review)
    return True
