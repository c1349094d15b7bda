"""Requests to endorse that whoever was asked cannot answer any more: they have left, or their organisation has taken the
power from them. Who stands in for them may answer all the same; else somebody else has to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.accounts.models import Membership, Person
from toolkit.accounts.roles import Right, rights_of
from toolkit.core import clock
from toolkit.core.text import listed
from workflows.journeys.own_rules import Value
from workflows.procurements.approvals import kind_label
from workflows.procurements.models import Endorsement, EndorsementStatus, Procurement
from workflows.procurements.stand_ins import stand_ins
from workflows.rules.selectors import powers_for


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why the person asked cannot answer, and who may in their place."""

    because: str
    in_place: Sequence[Person]

    @property
    def sentence(self) -> str:
        if not self.in_place:
            return f"{self.because}: ask somebody else."
        names = listed([str(person) for person in self.in_place], "or")
        return f"{self.because}. {names} may answer in their place, or you ask somebody else."


def unanswerable(procurement: Procurement, requests: Iterable[Endorsement]) -> Mapping[int, Stuck]:
    """Those of these requests that are open and that the person asked cannot answer any more, by their keys. Two queries,
    and those of `stand_ins` for each that is found; none where nothing is open."""
    rows = [row for row in requests if row.status == EndorsementStatus.ASKED]
    if not rows:
        return {}
    value = Value(procurement.value_inc_vat, procurement.value_ex_vat)
    powers = powers_for(procurement.organisation_id, {row.kind for row in rows}, value)
    held = {(power.person_id, power.kind) for power in powers}
    members = Membership.objects.filter(
        organisation=procurement.organisation_id,
        organisation__is_active=True,
        person__in={row.asked_of_id for row in rows},
        person__is_active=True,
    ).current_on(clock.today())
    rights = {member.person_id: rights_of(member.roles) for member in members}
    found = {}
    for row in rows:
        if row.asked_of_id not in rights:
            because = f"{row.asked_of} has left {procurement.organisation}"
        elif Right.ENDORSE not in rights[row.asked_of_id]:
            because = f"{row.asked_of} is not an approver of {procurement.organisation} any more"
        elif (row.asked_of_id, row.kind) not in held:
            because = f"{row.asked_of} is not listed for this endorsement and value any more ({kind_label(row.kind)})"
        else:
            continue
        row.procurement = procurement
        found[row.pk] = Stuck(because, stand_ins(row))
    return found
