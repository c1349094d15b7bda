"""Questions about comments, always as one reader may ask them."""

from __future__ import annotations

from django.db.models import QuerySet

from toolkit.accounts.models import Person
from toolkit.accounts.visibility import Reader
from workflows.procurements import confidence
from workflows.procurements.models import Comment, Procurement, TeamRole


def shown(reader: Reader, procurement: Procurement) -> QuerySet[Comment]:
    """The comments that this reader, who may open the procurement, may read: those in confidence only where they may know
    of its bidders."""
    found = Comment.objects.filter(procurement=procurement)
    if not confidence.sees_bidders(reader, procurement):
        found = found.filter(is_confidential=False)
    return found


def count_on(reader: Reader, procurement: Procurement, task: str) -> int:
    """How many comments on a step this reader may read. One query."""
    return shown(reader, procurement).filter(task=task).count()


def team_to_mention(procurement: Procurement, actor: Person) -> list[Person]:
    """Whom a form offers to tick: the others of its team who work on it."""
    return [
        member.person
        for member in procurement.team.all()
        if member.role != TeamRole.ENDORSER and member.person_id != actor.pk
    ]
