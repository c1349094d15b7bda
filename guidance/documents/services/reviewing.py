"""Review: somebody else reads exactly what was made, and says whether it is right."""

from __future__ import annotations

from django.db import transaction

from guidance.documents import letters, permissions, subjects
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.models import (
    AnswerChange,
    Document,
    DocumentPerson,
    DocumentStatus,
    Review,
    ReviewState,
)
from guidance.documents.services import making
from guidance.documents.services.common import locked, touch
from toolkit.accounts import activity
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused


def wrote_some_of_it(person: Person, document: Document) -> bool:
    """Did they give any answer in it, or begin it?"""
    return (
        document.created_by_id == person.pk
        or AnswerChange.objects.filter(document=document, by=person).exists()
    )


@transaction.atomic
def ask(*, document: Document, of: Person | None, note: str, actor: Person) -> Review:
    """Say that it is ready for review, by one person (who is then put on it to read it) or by whoever may. What they read
    is kept as it stands now, and nobody changes an answer meanwhile.

    Raises Refused when something required is not answered, it is under review already, nobody is named and nobody else
    could open it, or the person named may not review it or wrote some of it.
    """
    document = locked(document)
    if not permissions.may_write(reader_of(actor), document):
        raise Refused("You may not ask for a review of this document")
    if document.status != DocumentStatus.DRAFT:
        raise Refused("It is being reviewed already, or has been")
    making.refuse_incomplete(document)
    if of is None and _is_closed_to_others(document):
        raise Refused("Name who is to review it: nobody else can open this document")
    if of is not None:
        if of == actor:
            raise Refused("Somebody else has to review it")
        if not permissions.may_read(reader_of(of), document):
            _put_on(document, of, actor, may_write=False)
        _refuse_reviewer(document, of)
    made = making.keep(document, is_draft=True, actor=actor)
    review = Review.objects.create(
        document=document, made=made, asked_by=actor, asked_of=of, note=note.strip()
    )
    document.status = DocumentStatus.REVIEW
    touch(document, "status")
    activity.note_on(document, "asked for a review of", actor=actor)
    if of is not None:
        letters.review_asked(review)
    return review


def _is_closed_to_others(document: Document) -> bool:
    """Does it belong to no record whose readers could review it, and is nobody but its author on it?"""
    if document.subject_kind and document.confidence != Confidence.PERSONAL:
        return False
    return not document.people.exclude(person_id=document.created_by_id).exists()


def _refuse_reviewer(document: Document, person: Person) -> None:
    if not permissions.may_review(reader_of(person), document):
        raise Refused(f"{person} may not review this document")
    if wrote_some_of_it(person, document):
        raise Refused(f"{person} wrote some of it: somebody else has to review it")


def _open_review(document: Document) -> Review:
    found = (
        Review.objects.select_for_update(of=("self",))
        .select_related("made", "asked_of")
        .filter(document=document, state=ReviewState.ASKED)
        .first()
    )
    if found is None:
        raise Refused("Nobody is asked to review it any more")
    return found


@transaction.atomic
def answer(*, document: Document, number: int, passes: bool, reasons: str, actor: Person) -> Review:
    """Pass it, or ask for changes with reasons. Passing keeps a clean copy of exactly what was read. `number` is that of
    the copy that the page showed.

    Raises Refused for whoever wrote some of it, asked for the review or may not review it, when somebody else answered
    first, or when another copy is asked about now.
    """
    document = locked(document)
    review = _open_review(document)
    if review.made.number != number:
        raise Refused("It was taken back and changed since you opened it. Read what it says now")
    if review.asked_by_id == actor.pk:
        raise Refused("You asked for the review: somebody else has to do it")
    _refuse_reviewer(document, actor)
    if review.asked_of_id is not None and review.asked_of_id != actor.pk:
        raise Refused(f"{review.asked_of} is asked to review it")
    if not passes and not reasons.strip():
        raise Refused("Say what has to change")
    review.state = ReviewState.PASSED if passes else ReviewState.CHANGES
    review.by, review.at, review.reasons = actor, clock.now(), reasons.strip()
    review.save()
    document.status = DocumentStatus.REVIEWED if passes else DocumentStatus.DRAFT
    touch(document, "status")
    if passes:
        making.keep_clean(review.made, actor=actor)
        provider = subjects.provider_of(document.subject_kind)
        if provider is not None:
            provider.reviewed(document.subject_key, actor)
    activity.note_on(document, "reviewed" if passes else "asked for changes to", actor=actor)
    letters.review_answered(review)
    return review


@transaction.atomic
def withdraw(*, document: Document, actor: Person) -> None:
    """Take it back from review, to go on writing. Raises Refused."""
    document = locked(document)
    if not permissions.may_write(reader_of(actor), document):
        raise Refused("You may not take this document back")
    review = _open_review(document)
    review.state, review.by, review.at = ReviewState.WITHDRAWN, actor, clock.now()
    review.save()
    document.status = DocumentStatus.DRAFT
    touch(document, "status")


@transaction.atomic
def open_again(*, document: Document, actor: Person) -> None:
    """Go on writing in what was reviewed: it then needs another review. Raises Refused."""
    document = locked(document)
    if not permissions.may_write(reader_of(actor), document):
        raise Refused("You may not change this document")
    if document.status != DocumentStatus.REVIEWED:
        raise Refused("It is not reviewed")
    document.status = DocumentStatus.DRAFT
    touch(document, "status")
    activity.note_on(document, "opened again", actor=actor)


@transaction.atomic
def put_on(*, document: Document, person: Person, actor: Person) -> None:
    """Put somebody on a document to help with it. Twice is once; whoever was put on to read may write from now on. Raises
    Refused for a document of a team alone: they have to be on the team."""
    document = locked(document)
    if not permissions.may_write(reader_of(actor), document):
        raise Refused("You may not add people to this document")
    if _put_on(document, person, actor, may_write=True):
        letters.put_on(document, person, actor)


def _put_on(document: Document, person: Person, actor: Person, *, may_write: bool) -> bool:
    """Did it change anything?"""
    if document.organisation_id not in reader_of(person).roles:
        raise Refused(f"{person} does not belong to {document.organisation}")
    if document.subject_kind and document.confidence == Confidence.TEAM:
        raise Refused("This document is for the team alone: add them to the team of the record it belongs to")
    there, is_new = DocumentPerson.objects.get_or_create(
        document=document, person=person, defaults={"added_by": actor, "may_write": may_write}
    )
    if not is_new and (there.may_write or not may_write):
        return False
    if not is_new:
        there.may_write = True
        there.save(update_fields=["may_write"])
    activity.note_on(document, f"put {person} on", actor=actor)
    return True


@transaction.atomic
def take_off(*, document: Document, person: Person, actor: Person) -> None:
    """Take somebody off a document. Raises Refused."""
    document = locked(document)
    if not permissions.may_write(reader_of(actor), document):
        raise Refused("You may not take people off this document")
    taken, _ = DocumentPerson.objects.filter(document=document, person=person).delete()
    if taken:
        activity.note_on(document, f"took {person} off", actor=actor)
