"""Reminders of endorsements that nobody has answered, and word to the requester where nobody can any more."""

from __future__ import annotations

from django.db import transaction

from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.clock import LONDON
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.procurements import letters, permissions
from workflows.procurements.deciding import working_days_since
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Endorsement, EndorsementStatus, Status
from workflows.procurements.stand_ins import stand_ins
from workflows.procurements.unanswerable import unanswerable

AFTER = 3
"""Working days of the council after which somebody who has not answered is reminded, and reminded again."""


def remind() -> int:
    """Remind everyone who was asked, or last reminded, three working days ago or longer, and tell who asked, once, where
    whoever was asked cannot answer any more and nobody stands in; about how many requests somebody was told.

    Each is locked and marked in the transaction that queues its letter: two jobs at once remind nobody twice.
    """
    waiting = Endorsement.objects.filter(
        status=EndorsementStatus.ASKED, procurement__status=Status.LIVE
    ).values_list("pk", flat=True)
    return sum(_remind(pk) for pk in list(waiting))


@transaction.atomic
def _remind(pk: int) -> bool:
    endorsement = (
        Endorsement.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("procurement__organisation", "procurement__run", "asked_of", "asked_by")
        .filter(pk=pk, status=EndorsementStatus.ASKED)
        .first()
    )
    if endorsement is None:
        return False
    procurement = endorsement.procurement
    stuck = unanswerable(procurement, [endorsement]).get(pk)
    if stuck is not None and not stuck.in_place:
        return _tell_who_asked(endorsement, stuck.because)
    since = (endorsement.reminded_at or endorsement.asked_at).astimezone(LONDON).date()
    facts = facts_of(procurement, remembered_bank_holidays())
    if working_days_since(since, clock.today(), facts) < AFTER:
        return False
    endorsement.reminded_at, endorsement.stuck_told_at = clock.now(), None
    endorsement.save(update_fields=["reminded_at", "stuck_told_at"])
    if stuck is None:
        letters.remind_endorser(endorsement)
    for person in stand_ins(endorsement):
        letters.ask_stand_in(endorsement, person)
    return True


def _tell_who_asked(endorsement: Endorsement, because: str) -> bool:
    """Tell the requester, or the officers of the team where that person works on it no more; once."""
    if endorsement.stuck_told_at is not None:
        return False
    procurement = endorsement.procurement
    people = [endorsement.asked_by]
    if not permissions.may_run(reader_of(endorsement.asked_by), procurement):
        team = [member.person for member in procurement.team.select_related("person")]
        people = [person for person in team if permissions.may_run(reader_of(person), procurement)]
    if not people:
        return False  # asked again tomorrow: somebody may have joined
    endorsement.stuck_told_at = clock.now()
    endorsement.save(update_fields=["stuck_told_at"])
    letters.tell_stuck(endorsement, people, because)
    return True
