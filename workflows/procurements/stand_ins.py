"""Standing in: who may answer a request in place of the person asked, because the organisation has named them for it.

It gives nobody a power: whoever stands in is listed for the kind and the value themselves (workflows.rules)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from toolkit.accounts.models import Person
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from workflows.journeys.own_rules import Value
from workflows.procurements.approvals import COUNTING
from workflows.procurements.endorsers import let_in
from workflows.procurements.models import Endorsement, EndorsementStatus
from workflows.rules.models import Power, StandIn, VatBasis
from workflows.rules.selectors import powers_for, stand_ins_for


def stand_ins(request: Endorsement) -> list[Person]:
    """Who may stand in for the person asked today: named for their power and listed themselves, let in, and not the
    requester. Whether they have a part in the same approval already is not asked. Four queries at most."""
    procurement = request.procurement
    value = Value(procurement.value_inc_vat, procurement.value_ex_vat)
    held = [
        power
        for power in powers_for(procurement.organisation_id, [request.kind], value)
        if power.person_id == request.asked_of_id
    ]
    named = [row.person for power in held for row in stand_ins_for(power, value, clock.today())]
    may = let_in(procurement, [person.pk for person in named])
    return [person for person in named if person.pk in may and person.pk != request.asked_by_id]


def _covers(prefix: str = "") -> Q:
    """As `Power.covers`, of the procurement of a request."""
    limit, basis = f"{prefix}up_to", f"{prefix}up_to_basis"
    inc, ex = OuterRef("procurement__value_inc_vat"), OuterRef("procurement__value_ex_vat")
    return (
        Q(**{limit: None})
        | Q(**{basis: VatBasis.INC, f"{limit}__gte": inc})
        | Q(**{basis: VatBasis.EX, f"{limit}__gte": ex})
    )


def requests_in_place(reader: Reader) -> QuerySet[Endorsement]:
    """The open requests for which this reader is among the `stand_ins` and that are of a step in which they have no part,
    of all organisations at once. No query of its own. (No route has two steps of endorsement at one approval: tested.)"""
    today, person = clock.today(), reader.person_id or 0
    of: dict[str, Any] = {"kind": OuterRef("kind"), "organisation": OuterRef("procurement__organisation")}
    listed = Power.objects.current_on(today).filter(_covers(), person_id=person, **of)
    named = StandIn.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        Q(power__ends_on=None) | Q(power__ends_on__gte=today),
        _covers("power__"),
        person_id=person,
        starts_on__lte=today,
        power__starts_on__lte=today,
        power__person=OuterRef("asked_of"),
        **{f"power__{name}": value for name, value in of.items()},
    )
    part = Endorsement.objects.filter(
        Q(asked_by=person) | Q(asked_of=person) | Q(stand_in=person),
        procurement=OuterRef("procurement"),
        task=OuterRef("task"),
        status__in=COUNTING,
    )
    return Endorsement.objects.filter(
        Exists(named),
        Exists(listed),
        ~Exists(part),
        status=EndorsementStatus.ASKED,
        procurement__organisation_id__in=reader.organisations_with(Right.ENDORSE),
    )
