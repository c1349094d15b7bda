"""Endorsements asked for and answered; formal decisions recorded."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys import loading
from workflows.journeys.definitions import TaskKind
from workflows.journeys.progress import Happening
from workflows.procurements import letters, outcomes, permissions
from workflows.procurements.models import (
    Endorsement,
    EndorsementKind,
    EndorsementPower,
    EndorsementStatus,
    FormalDecision,
    Procurement,
    TeamMember,
    TeamRole,
)
from workflows.procurements.services.tasks import append, locked, may_touch


def possible_endorsers(procurement: Procurement, kind: str, *, requester: Person) -> list[Person]:
    """Whom the organisation has listed for this kind and value, without the requester and without leavers."""
    powers = EndorsementPower.objects.filter(organisation=procurement.organisation, kind=kind).exclude(
        person=requester
    )
    if procurement.value_inc_vat is not None:
        powers = powers.filter(Q(up_to_inc_vat=None) | Q(up_to_inc_vat__gte=procurement.value_inc_vat))
    else:  # a value nobody can estimate is for those without a limit
        powers = powers.filter(up_to_inc_vat=None)
    return [
        power.person
        for power in powers.select_related("person")
        if reader_of(power.person).may(Right.ENDORSE, procurement.organisation_id)
    ]


@transaction.atomic
def ask_endorsement(
    *, procurement: Procurement, task: str, kind: str, of: Person, note: str, actor: Person
) -> Endorsement:
    """Ask one listed person to endorse. Raises Refused for anyone not listed, and for the requester."""
    procurement = locked(procurement)
    may_touch(procurement, task, actor)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can ask for an endorsement")
    assert procurement.run is not None
    if loading.get(procurement.run.journey, procurement.run.version).task(task).kind != TaskKind.ENDORSEMENT:
        raise Refused("This step asks for no endorsement")
    if of == actor:
        raise Refused("You cannot endorse your own request")
    if of not in possible_endorsers(procurement, kind, requester=actor):
        raise Refused(f"{of} is not listed to endorse this for {procurement.organisation}")
    if Endorsement.objects.filter(
        procurement=procurement, task=task, status=EndorsementStatus.ASKED
    ).exists():
        raise Refused("Somebody has been asked already")
    endorsement = Endorsement.objects.create(
        procurement=procurement,
        task=task,
        kind=kind,
        asked_by=actor,
        asked_of=of,
        note=note,
        value_inc_vat=procurement.value_inc_vat,
    )
    TeamMember.objects.get_or_create(
        procurement=procurement, person=of, defaults={"role": TeamRole.ENDORSER, "added_by": actor}
    )
    append(procurement, Happening.ASKED, task, actor, {"of": f"{of} to endorse", "kind": kind})
    letters.ask_endorser(endorsement)
    return endorsement


ANSWERED = {
    EndorsementStatus.ENDORSED: "endorsed",
    EndorsementStatus.DECLINED: "declined to endorse",
    EndorsementStatus.CHANGES: "asked for changes before endorsing",
}
"""The answers there are, and what the administrators' record says of them."""


@transaction.atomic
def answer_endorsement(*, endorsement: Endorsement, status: str, reasons: str, actor: Person) -> None:
    """Endorse, decline or ask for changes, with reasons. Only the person asked can, once.

    Raises Refused for anyone else, and when the value has risen since it was asked.
    """
    procurement = locked(endorsement.procurement)
    endorsement = (
        Endorsement.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=endorsement.pk)
    )
    if actor.pk != endorsement.asked_of_id or actor.pk == endorsement.asked_by_id:
        raise Refused("Only the person who was asked can answer")
    if not reader_of(actor).may(Right.ENDORSE, procurement.organisation_id):
        raise Refused(f"You are not an approver of {procurement.organisation} any more")
    if endorsement.status != EndorsementStatus.ASKED:
        raise Refused("This has been answered already")
    if status not in ANSWERED:
        raise Refused("Select an answer")
    if status != EndorsementStatus.ENDORSED and not reasons.strip():
        raise Refused("Enter your reasons")
    if status == EndorsementStatus.ENDORSED and endorsement.value_inc_vat != procurement.value_inc_vat:
        raise Refused(
            "The value has changed since you were asked: ask for changes, or wait to be asked again"
        )
    endorsement.status, endorsement.reasons, endorsement.answered_at = status, reasons.strip(), clock.now()
    endorsement.save()
    if status == EndorsementStatus.ENDORSED:
        data = {"endorsed_by": str(actor), "kind": endorsement.kind, "reasons": endorsement.reasons}
        append(procurement, Happening.COMPLETED, endorsement.task, actor, data)
    else:
        word = "declined" if status == EndorsementStatus.DECLINED else "asked for changes"
        append(procurement, Happening.DECLINED, endorsement.task, actor, {"because": f"{actor} {word}"})
    note_on(procurement, ANSWERED[EndorsementStatus(status)], actor=actor)
    letters.tell_answer(endorsement)


def endorsement_kinds() -> list[tuple[str, str]]:
    return list(EndorsementKind.choices)


@transaction.atomic
def record_decision(
    *,
    procurement: Procurement,
    task: str,
    maker: str,
    maker_name: str,
    power: str,
    report_reference: str,
    report_link: str,
    decided_on: dt.date,
    published_on: dt.date | None,
    call_in_ends_on: dt.date | None,
    delegated_to: str,
    actor: Person,
) -> FormalDecision:
    """Record a formal decision that was made elsewhere. What rests on it opens the day after call-in ends.

    A decided strategy widens the procurement from its team to all boroughs (facts only, and only if it was `team`).
    """
    procurement = locked(procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can record a decision")
    may_touch(procurement, task, actor)
    assert procurement.run is not None
    if loading.get(procurement.run.journey, procurement.run.version).task(task).kind != TaskKind.DECISION:
        raise Refused("This step records no decision")
    if decided_on > clock.today():
        raise Refused("Record the decision once it has been made")
    for day, what in ((published_on, "published"), (call_in_ends_on, "open to call-in until")):
        if day is not None and day < decided_on:
            raise Refused(f"It cannot be {what} a day before it was made")
    event = "strategy-decided" if task.startswith("strategy") else "award-decided"
    data = {
        "maker": maker_name,
        "decided_on": decided_on.isoformat(),
        "_events": {event: decided_on.isoformat()},
        **({"_holds_until": call_in_ends_on.isoformat()} if call_in_ends_on is not None else {}),
    }
    append(procurement, Happening.COMPLETED, task, actor, data)
    decision = FormalDecision.objects.create(
        procurement=procurement,
        task=task,
        maker=maker,
        maker_name=maker_name,
        power=power,
        report_reference=report_reference,
        report_link=report_link,
        decided_on=decided_on,
        published_on=published_on,
        call_in_ends_on=call_in_ends_on,
        delegated_to=delegated_to,
        recorded_by=actor,
    )
    note_on(procurement, "recorded a formal decision on", actor=actor)
    if event == "strategy-decided" and procurement.visibility == Level.TEAM and not procurement.is_kept_back:
        procurement.visibility = Level.BOROUGHS
        procurement.save()
        outcomes.CHANGED.happened(procurement)
    return decision
