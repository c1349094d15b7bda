"""Whom an organisation has listed to endorse: the one place that reads its powers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.accounts.models import Membership, Person
from toolkit.accounts.roles import Right, rights_of
from toolkit.core import clock
from workflows.journeys.own_rules import Amount, Value
from workflows.procurements.models import Procurement
from workflows.rules.selectors import powers_for


@dataclass(frozen=True, slots=True)
class Endorser:
    """Somebody listed for one kind of endorsement. `limit` None: of any value."""

    person: Person
    kind: str
    limit: Amount | None


def endorsers(procurement: Procurement, kinds: Iterable[str], *, requester: Person | None) -> list[Endorser]:
    """Who is listed for these kinds and this value, without the requester and without leavers. Two queries."""
    value = Value(procurement.value_inc_vat, procurement.value_ex_vat)
    found = [
        power
        for power in powers_for(procurement.organisation_id, kinds, value)
        if requester is None or power.person_id != requester.pk
    ]
    may = let_in(procurement, [power.person_id for power in found])
    return [
        Endorser(
            power.person,
            power.kind,
            Amount(power.up_to, power.up_to_basis) if power.up_to is not None else None,
        )
        for power in found
        if power.person_id in may
    ]


def let_in(procurement: Procurement, people: list[int]) -> set[int]:
    """Those of them who may endorse for the organisation today."""
    memberships = Membership.objects.filter(
        organisation=procurement.organisation,
        organisation__is_active=True,
        person_id__in=people,
        person__is_active=True,
    ).current_on(clock.today())
    return {member.person_id for member in memberships if Right.ENDORSE in rights_of(member.roles)}


def possible_endorsers(procurement: Procurement, kind: str, *, requester: Person) -> list[Person]:
    """Who may be asked for one kind."""
    return [each.person for each in endorsers(procurement, [kind], requester=requester)]
