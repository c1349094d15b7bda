"""Following a procurement without working on it, and telling those who do."""

from __future__ import annotations

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core.errors import Refused
from workflows.journeys.definitions import Task, TaskKind
from workflows.procurements import confidence, letters
from workflows.procurements.models import Follow, Procurement


@transaction.atomic
def follow(*, procurement: Procurement, actor: Person) -> None:
    """Hear when it changes. Twice is a no-op. Raises Refused for whoever may not open it."""
    if not Procurement.objects.visible_to(reader_of(actor)).filter(pk=procurement.pk).exists():
        raise Refused("You may not open this procurement")
    Follow.objects.get_or_create(procurement=procurement, person=actor)


@transaction.atomic
def unfollow(*, procurement: Procurement, actor: Person) -> None:
    """Hear no more. Twice is a no-op."""
    Follow.objects.filter(procurement=procurement, person=actor).delete()


def tell_followers(
    procurement: Procurement, what: str, actor: Person | None, task: Task | None = None
) -> None:
    """Tell who follows a locked procurement that something happened, in the caller's transaction: of a step that is in
    confidence now, only those who may know where it stands."""
    follows = Follow.objects.filter(procurement=procurement).select_related("person")
    people = [
        each.person
        for each in follows
        if task is None or confidence.sees_step(reader_of(each.person), procurement, task)
    ]
    letters.tell_followers(procurement, people, what, actor)


def completed(procurement: Procurement, task: Task, actor: Person) -> None:
    """Tell who follows it that a step is completed."""
    words = {
        TaskKind.DECISION: "a formal decision was recorded",
        TaskKind.AWARD: "the contracts were recorded",
    }
    tell_followers(procurement, words.get(task.kind, "a step was completed"), actor, task)
