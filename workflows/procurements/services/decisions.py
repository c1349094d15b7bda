"""Endorsements asked for, withdrawn and answered; formal decisions recorded, superseded, their dates corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import day
from workflows.journeys import services as journeys
from workflows.journeys.definitions import TaskKind
from workflows.journeys.progress import Happening
from workflows.procurements import confidence, letters, outcomes, permissions
from workflows.procurements.facts import facts_of
from workflows.procurements.models import (
    Endorsement,
    EndorsementKind,
    EndorsementPower,
    EndorsementStatus,
    FormalDecision,
    Procurement,
    Status,
    TeamMember,
    TeamRole,
)
from workflows.procurements.services.levels import set_levels
from workflows.procurements.services.tasks import append, locked, may_touch, settle, task_of


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
    if task_of(procurement, task).kind != TaskKind.ENDORSEMENT:
        raise Refused("This step asks for no endorsement")
    if of == actor:
        raise Refused("You cannot endorse your own request")
    if of not in possible_endorsers(procurement, kind, requester=actor):
        raise Refused(f"{of} is not listed to endorse this for {procurement.organisation}")
    if Endorsement.objects.filter(
        procurement=procurement, task=task, status=EndorsementStatus.ASKED
    ).exists():
        raise Refused("Somebody has been asked already: withdraw that request to ask somebody else")
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


@transaction.atomic
def withdraw_endorsement(*, endorsement: Endorsement, actor: Person) -> None:
    """Take a request back, so that somebody else can be asked. Withdrawing twice is a no-op.

    Raises Refused once it has been answered, and for anyone but an officer on the team.
    """
    procurement = locked(endorsement.procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can withdraw a request")
    endorsement.refresh_from_db(fields=["status"])
    if endorsement.status == EndorsementStatus.WITHDRAWN:
        return
    if endorsement.status != EndorsementStatus.ASKED:
        raise Refused("This has been answered already")
    withdraw_open(procurement, actor, task=endorsement.task)


def withdraw_open(
    procurement: Procurement, actor: Person, *, task: str = "", asked_of: Person | None = None
) -> None:
    """Withdraw what is still asked for of a locked procurement: all of it, of one task, or of one person."""
    requests = procurement.endorsements.select_for_update().filter(status=EndorsementStatus.ASKED)
    if task:
        requests = requests.filter(task=task)
    if asked_of is not None:
        requests = requests.filter(asked_of=asked_of)
    for request in requests:
        request.status, request.answered_at = EndorsementStatus.WITHDRAWN, clock.now()
        request.save(update_fields=["status", "answered_at"])
        data = {"answer": EndorsementStatus.WITHDRAWN.value, "because": "the request was withdrawn"}
        append(procurement, Happening.DECLINED, request.task, actor, data)


ANSWERED = {
    EndorsementStatus.ENDORSED: "endorsed",
    EndorsementStatus.DECLINED: "declined to endorse",
    EndorsementStatus.CHANGES: "asked for changes before endorsing",
}
"""The answers there are, and what the administrators' record says of them."""


@transaction.atomic
def answer_endorsement(*, endorsement: Endorsement, status: str, reasons: str, actor: Person) -> None:
    """Endorse, decline or ask for changes, with reasons. Only the person asked can, once.

    Raises Refused for anyone else, unless the procurement is live, and when the value has changed since it was asked.
    """
    procurement = locked(endorsement.procurement)
    endorsement = (
        Endorsement.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=endorsement.pk)
    )
    if actor.pk != endorsement.asked_of_id or actor.pk == endorsement.asked_by_id:
        raise Refused("Only the person who was asked can answer")
    if not reader_of(actor).may(Right.ENDORSE, procurement.organisation_id):
        raise Refused(f"You are not an approver of {procurement.organisation} any more")
    if endorsement.status == EndorsementStatus.WITHDRAWN:
        raise Refused("The request has been withdrawn: nothing is asked of you any more")
    if endorsement.status != EndorsementStatus.ASKED:
        raise Refused("This has been answered already")
    if procurement.status != Status.LIVE:
        raise Refused(f"The procurement is {procurement.get_status_display().lower()}")
    if status not in ANSWERED:
        raise Refused("Select an answer")
    if status != EndorsementStatus.ENDORSED and not reasons.strip():
        raise Refused("Enter your reasons")
    if status == EndorsementStatus.ENDORSED and endorsement.value_inc_vat != procurement.value_inc_vat:
        raise Refused(
            "The value has changed since you were asked: ask for changes, or wait to be asked again"
        )
    endorsement.status, endorsement.reasons, endorsement.answered_at = status, reasons.strip(), clock.now()
    endorsement.save(update_fields=["status", "reasons", "answered_at"])
    if status == EndorsementStatus.ENDORSED:
        data = {"endorsed_by": str(actor), "kind": endorsement.kind, "reasons": endorsement.reasons}
        append(procurement, Happening.COMPLETED, endorsement.task, actor, data)
    else:
        word = "declined" if status == EndorsementStatus.DECLINED else "asked for changes"
        data = {"because": f"{actor} {word}", "answer": str(status)}
        append(procurement, Happening.DECLINED, endorsement.task, actor, data)
    note_on(
        procurement, _told(procurement, endorsement.task, ANSWERED[EndorsementStatus(status)]), actor=actor
    )
    letters.tell_answer(endorsement)


def _told(procurement: Procurement, task: str, did: str) -> str:
    """What the administrators’ record says was done: of steps in confidence, that somebody worked on it."""
    return "worked on" if task_of(procurement, task).stage in confidence.IN_CONFIDENCE else did


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
    instead_of: FormalDecision | None = None,
    reason: str = "",
) -> FormalDecision:
    """Record a formal decision that was made elsewhere. What rests on it opens the day after call-in ends.

    `instead_of` is the decision that this further one supersedes, with the reason; the earlier one is kept. A decided
    strategy widens the procurement from its team to all boroughs (facts only, and only if it was `team`). Recording the
    same twice is a no-op.
    """
    procurement = locked(procurement)
    _may_decide(procurement, task, actor, again=instead_of is not None)
    _check_days(decided_on, published_on, call_in_ends_on)
    decision = FormalDecision(
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
        reason=reason.strip(),
    )
    standing = procurement.decisions.filter(task=task, superseded_at=None).first()
    if standing is not None and _same(standing, decision):
        return standing
    if instead_of is None:
        if standing is not None:
            raise Refused("A decision is recorded already: record a further one, with the reason")
        append(procurement, Happening.COMPLETED, task, actor, _data(decision))
    else:
        if standing is None or standing.pk != instead_of.pk:
            raise Refused("That decision has been superseded already")
        if not reason.strip():
            raise Refused("Enter why there is a further decision")
        standing.superseded_at = clock.now()
        standing.save(update_fields=["superseded_at"])
        _replace(procurement, task, _data(decision) | {"_for": "further", "because": reason.strip()}, actor)
    decision.save()
    note_on(procurement, _told(procurement, task, "recorded a formal decision on"), actor=actor)
    if task.startswith("strategy") and procurement.visibility == Level.TEAM and not procurement.is_kept_back:
        intent = Level(procurement.intent_visibility)
        set_levels(procurement, Level.BOROUGHS, intent, actor, because="the strategy is decided")
        outcomes.CHANGED.happened(procurement)
    return decision


@transaction.atomic
def correct_decision_dates(
    *,
    decision: FormalDecision,
    published_on: dt.date | None,
    call_in_ends_on: dt.date | None,
    reason: str,
    actor: Person,
) -> FormalDecision:
    """Put right when a standing decision was published and until when it may be called in. Nothing to change: a no-op."""
    procurement = locked(decision.procurement)
    _may_decide(procurement, decision.task, actor, again=True)
    decision = FormalDecision.objects.select_for_update().get(pk=decision.pk)
    if decision.superseded_at is not None:
        raise Refused("That decision has been superseded already")
    _check_days(decision.decided_on, published_on, call_in_ends_on)
    if (decision.published_on, decision.call_in_ends_on) == (published_on, call_in_ends_on):
        return decision
    if not reason.strip():
        raise Refused("Enter why the dates are corrected")
    changes = [
        (what, day(before) if before else "none", day(after) if after else "none")
        for what, before, after in (
            ("Published on", decision.published_on, published_on),
            ("Last day of call-in", decision.call_in_ends_on, call_in_ends_on),
        )
        if before != after
    ]
    decision.published_on, decision.call_in_ends_on, decision.reason = (
        published_on,
        call_in_ends_on,
        reason.strip(),
    )
    decision.save(update_fields=["published_on", "call_in_ends_on", "reason"])
    data = {"_for": "dates", "because": reason.strip(), "_changes": changes}
    _replace(procurement, decision.task, _data(decision) | data, actor)
    return decision


def _may_decide(procurement: Procurement, task: str, actor: Person, *, again: bool) -> None:
    """Raises Refused unless the actor may record a decision, or (`again`) put a recorded one right, in this task."""
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can record a decision")
    if not (again and procurement.status == Status.CLOSED):
        may_touch(procurement, task, actor)
    if procurement.run is None:
        raise Refused("The procurement has not been started")
    if task_of(procurement, task).kind != TaskKind.DECISION:
        raise Refused("This step records no decision")


def _check_days(decided_on: dt.date, published_on: dt.date | None, call_in_ends_on: dt.date | None) -> None:
    if decided_on > clock.today():
        raise Refused("Record the decision once it has been made")
    for given, what in ((published_on, "published"), (call_in_ends_on, "open to call-in until")):
        if given is not None and given < decided_on:
            raise Refused(f"It cannot be {what} a day before it was made")


def _data(decision: FormalDecision) -> dict[str, Any]:
    """What the event of the task keeps of a decision."""
    event = "strategy-decided" if decision.task.startswith("strategy") else "award-decided"
    until = decision.call_in_ends_on
    return {
        "maker": decision.maker_name,
        "decided_on": decision.decided_on.isoformat(),
        "_events": {event: decision.decided_on.isoformat()},
        **({"_holds_until": until.isoformat()} if until is not None else {}),
    }


SAID = ("maker", "maker_name", "power", "report_reference", "report_link", "decided_on", "published_on", "call_in_ends_on", "delegated_to")  # fmt: skip
"""What was said of a decision."""


def _same(one: FormalDecision, other: FormalDecision) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAID)


def _replace(procurement: Procurement, task: str, data: dict[str, Any], actor: Person) -> None:
    """Let the task of a locked procurement be completed by other data, without what stands in between being seen."""
    assert procurement.run is not None  # asked before
    facts = facts_of(procurement)
    journeys.append(
        run=procurement.run,
        kind=Happening.REOPENED,
        task=task,
        facts=facts,
        actor=actor,
        data={"_for": data["_for"]},
    )
    appended = journeys.append(
        run=procurement.run, kind=Happening.COMPLETED, task=task, facts=facts, actor=actor, data=data
    )
    settle(procurement, appended.progress, actor)
    outcomes.CHANGED.happened(procurement)
