"""Comments: written, with mentions, and taken back by who wrote them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import listed, printable
from toolkit.notifications.services import mark_read
from workflows.journeys.definitions import Task
from workflows.procurements import confidence, letters, permissions
from workflows.procurements.mentions import MOST, people_of
from workflows.procurements.models import Comment, Follow, Procurement, TeamMember, TeamRole
from workflows.procurements.services.tasks import locked, task_of

LONGEST = 4_000


@transaction.atomic
def comment(
    *,
    procurement: Procurement,
    text: str,
    actor: Person,
    task: str = "",
    mentioned: Iterable[Person] = (),
    form_key: UUID | None = None,
) -> Comment:
    """Say something about a started procurement, or about one of its steps. Whoever is mentioned hears of it, and whoever
    works on it or follows it. The same form sent again gives the comment it wrote before.

    Raises Refused for whoever may not, for a step in confidence that is not theirs to know, and for mentioning somebody who
    could not read it: nobody is put on a team by being mentioned.
    """
    procurement = locked(procurement)
    reader = reader_of(actor)
    if not Procurement.objects.visible_to(reader).filter(pk=procurement.pk).exists():
        raise Refused("You may not open this procurement")
    if not permissions.may_comment(reader, procurement):
        raise Refused("You may read this procurement and not comment on it")
    if form_key is not None:
        written = Comment.objects.filter(form_key=form_key, procurement=procurement, by=actor).first()
        if written is not None:
            return written
    if procurement.run is None:
        raise Refused("The procurement has not been started")
    found = task_of(procurement, task) if task else None
    if found is not None and not confidence.sees_answers(reader, procurement, found.stage):
        raise Refused("This step is in confidence, for the named team alone")
    text = printable(text).strip()
    if not text:
        raise Refused("Enter a comment")
    if len(text) > LONGEST:
        raise Refused(f"The comment must be {LONGEST:,} characters or fewer")
    is_confidential = _is_confidential(procurement, found, actor)
    told = {person.pk: person for person in [*people_of(text, procurement), *mentioned] if person != actor}
    if len(told) > MOST:
        raise Refused(f"Mention at most {MOST} people in one comment")
    _refuse_mentions(procurement, told.values(), is_confidential)
    made = Comment.objects.create(
        procurement=procurement,
        task=task,
        text=text,
        is_confidential=is_confidential,
        by=actor,
        form_key=form_key,
    )
    made.mentioned.set(told.values())
    others = [person for person in _concerned(procurement, is_confidential) if person.pk not in told]
    letters.tell_comment(made, mentioned=told.values(), others=others)
    for about in (letters.RECORD, letters.BIDS):  # who answers has read what came before
        mark_read(actor=actor, subject=f"{about}:{procurement.reference}")
    return made


def _is_confidential(procurement: Procurement, task: Task | None, actor: Person) -> bool:
    """On a step in confidence; and, while bids are, what the team says about the whole."""
    if task is not None:
        return task.stage in confidence.IN_CONFIDENCE
    return confidence.is_open(procurement) and permissions.is_working_on(reader_of(actor), procurement)


def _refuse_mentions(procurement: Procurement, people: Iterable[Person], is_confidential: bool) -> None:
    closed = [person for person in people if not _could_read(procurement, person, is_confidential)]
    if closed:
        names = listed(sorted(map(str, closed)))
        why = (
            "this comment is in confidence, for the named team alone"
            if is_confidential
            else "nobody gets access by a mention"
        )
        raise Refused(f"{names} cannot open this: {why}. Put them on the team first, or leave them out")


def _could_read(procurement: Procurement, person: Person, is_confidential: bool) -> bool:
    reader = reader_of(person)
    if is_confidential and not confidence.sees_bidders(reader, procurement):
        return False
    return Procurement.objects.visible_to(reader).filter(pk=procurement.pk).exists()


def _concerned(procurement: Procurement, is_confidential: bool) -> list[Person]:
    """Who works on it, and, unless it is in confidence, who follows it. Whether they still may read it is asked again before
    anybody is told."""
    team = TeamMember.objects.filter(procurement=procurement).exclude(role=TeamRole.ENDORSER)
    people = [member.person for member in team.select_related("person")]
    if not is_confidential:
        follows = Follow.objects.filter(procurement=procurement).select_related("person")
        people += [follow.person for follow in follows]
    return people


@transaction.atomic
def take_back(*, comment: Comment, actor: Person) -> None:
    """Take a comment back: the page then says that it was. Twice is a no-op. Raises Refused for anybody but its author."""
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if comment.by_id != actor.pk:
        raise Refused("Only who wrote a comment can take it back")
    if comment.taken_back_at is None:
        comment.taken_back_at = clock.now()
        comment.save(update_fields=["taken_back_at"])
