"""Reminders of endorsements that nobody has answered."""

from __future__ import annotations

from django.db import transaction

from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.clock import LONDON
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.procurements import letters
from workflows.procurements.deciding import working_days_since
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Endorsement, EndorsementStatus, Status
from workflows.procurements.stand_ins import stand_ins

AFTER = 3
"""Working days of the council after which somebody who has not answered is reminded, and reminded again."""


def remind() -> int:
    """Remind everyone who was asked, or last reminded, three working days ago or longer; how many letters were queued.

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
    since = (endorsement.reminded_at or endorsement.asked_at).astimezone(LONDON).date()
    facts = facts_of(procurement, remembered_bank_holidays())
    if working_days_since(since, clock.today(), facts) < AFTER:
        return False
    is_let_in = reader_of(endorsement.asked_of).may(Right.ENDORSE, procurement.organisation_id)
    in_place = stand_ins(endorsement)
    if not is_let_in and not in_place:
        return False  # has left since: the requester sees that it waits, and can ask somebody else
    endorsement.reminded_at = clock.now()
    endorsement.save(update_fields=["reminded_at"])
    if is_let_in:
        letters.remind_endorser(endorsement)
    for person in in_place:
        letters.ask_stand_in(endorsement, person)
    return True
