"""What every change of something kept beside the rule sets ends with: it is noted, and weighed against live procurements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from toolkit.accounts import activity
from toolkit.accounts.models import Organisation, Person
from workflows.rules import outcomes
from workflows.rules.models import KeptChange, Weighing
from workflows.rules.selectors import forget


def changed(
    *,
    organisation: Organisation,
    actor: Person,
    did: str,
    subject: str = "",
    came: Sequence[Any] = (),
    went: Sequence[Any] = (),
    moves_days: bool = False,
) -> None:
    """Note what somebody did, and have it worked out in the background which live procurements it touches. With
    `moves_days`, what is written down of them is written again. Nothing came and nothing went: nothing to weigh."""
    activity.note(organisation=organisation, actor=actor, sentence=f"{actor} {did}")
    transaction.on_commit(forget)
    if moves_days:
        outcomes.KEPT_CHANGED.happened(organisation)
    if came or went:
        change = KeptChange.objects.create(
            organisation=organisation,
            subject=subject,
            did=did[:300],
            came=list(came),
            went=list(went),
            by=actor,
        )
        outcomes.WEIGH.happened(Weighing.objects.create(kept=change, asked_by=actor))
