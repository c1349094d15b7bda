"""Formal decisions recorded, superseded, their dates corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import day
from toolkit.law.values import counted
from workflows.journeys import services as journeys
from workflows.journeys.definitions import Journey, Task, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import gate_of
from workflows.journeys.progress import Happening
from workflows.journeys.selectors import progress_of
from workflows.procurements import confidence, key_decisions, permissions
from workflows.procurements.deciding import EVENTS, call_in_end, delegation_of, why_not_maker
from workflows.procurements.facts import facts_of
from workflows.procurements.models import DecisionMaker, FormalDecision, NoCallIn, Procurement, Status
from workflows.procurements.services.levels import set_levels
from workflows.procurements.services.standing import changed
from workflows.procurements.services.tasks import append, locked, may_touch, settle, task_of


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
    actor: Person,
    delegated_to: str = "",
    no_call_in: str = "",
    call_in_because: str = "",
    delegated_maker: str = "",
    reasons: str = "",
    alternatives: str = "",
    interests: str = "",
    instead_of: FormalDecision | None = None,
    reason: str = "",
) -> FormalDecision:
    """Record a formal decision that was made elsewhere. What rests on it opens the day after call-in ends.

    The maker must be one whom the organisation's own rules ask for, or stand above one, or be whom the strategy decision
    delegates the award to. Without a last day of call-in it is worked out from those rules, or `no_call_in` says why there
    is none. `instead_of` is the decision that this further one supersedes, with the reason; the earlier one is kept. A
    decided strategy of an ordinary procurement widens it from its team to all boroughs (facts only, and only if it was
    `team`). Recording the same twice is a no-op.
    """
    procurement = locked(procurement)
    found = _may_decide(procurement, task, actor, again=instead_of is not None)
    _check_days(decided_on, published_on, call_in_ends_on)
    assert procurement.run is not None  # asked above
    facts = facts_of(procurement)
    progress = progress_of(procurement.run, facts, today=clock.today())
    if refused := why_not_maker(maker, found, facts, delegation_of(procurement, progress, found)):
        raise Refused(refused)
    ends_on, why_none, because = _call_in(facts, published_on, call_in_ends_on, no_call_in, call_in_because)
    not_key = key_decisions.not_key(progress, gate_of(found))
    decision = FormalDecision(
        procurement=procurement,
        task=task,
        maker=maker,
        maker_name=maker_name,
        power=power,
        report_reference=report_reference,
        report_link=report_link,
        reasons=reasons.strip(),
        alternatives=alternatives.strip(),
        interests=interests.strip(),
        decided_on=decided_on,
        published_on=published_on,
        call_in_ends_on=ends_on,
        no_call_in=why_none,
        call_in_because=because,
        delegated_to=delegated_to,
        delegated_maker=delegated_maker or (DecisionMaker.OFFICER.value if delegated_to else ""),
        rules_from=facts.own.applies_from,
        not_key_because=(not_key.because or key_decisions.NOT_SAID) if not_key is not None else "",
        recorded_by=actor,
        reason=reason.strip(),
    )
    if decision.delegated_maker and not delegated_to:
        raise Refused("Enter whom the decision delegates the award to")
    standing = procurement.decisions.filter(task=task, superseded_at=None).first()
    if standing is not None and _same(standing, decision):
        return standing
    gate = gate_of(found)
    if instead_of is None:
        if standing is not None:
            raise Refused("A decision is recorded already: record a further one, with the reason")
        append(procurement, Happening.COMPLETED, task, actor, _data(decision, gate))
    else:
        if standing is None or standing.pk != instead_of.pk:
            raise Refused("That decision has been superseded already")
        if not reason.strip():
            raise Refused("Enter why there is a further decision")
        standing.superseded_at = clock.now()
        standing.save(update_fields=["superseded_at"])
        data = _data(decision, gate) | {"_for": "further", "because": reason.strip()}
        _replace(procurement, task, data, actor)
    decision.save()
    note_on(procurement, confidence.told(found, "recorded a formal decision on"), actor=actor)
    _widen(procurement, gate, progress.journey, actor)
    return decision


NARROW_FAMILIES = frozenset({"contract", "turn"})
"""Routes whose records a decision does not share by itself: work about a contract, and what a procurement turns into."""


def _widen(procurement: Procurement, gate: str, journey: Journey, actor: Person) -> None:
    """A decided strategy tells the boroughs what is to be bought, unless somebody keeps it to the team."""
    is_ordinary = journey.about == "procurement" and journey.family not in NARROW_FAMILIES
    if (
        gate == "strategy"
        and is_ordinary
        and procurement.visibility == Level.TEAM
        and not procurement.is_kept_back
    ):
        intent = Level(procurement.intent_visibility)
        set_levels(procurement, Level.BOROUGHS, intent, actor, because="the strategy is decided")
        changed(procurement)


def _call_in(
    facts: Facts, published_on: dt.date | None, ends_on: dt.date | None, no_call_in: str, because: str
) -> tuple[dt.date | None, str, str]:
    """The last day of call-in, else why there is none, and what was said of it. Raises Refused where neither is known."""
    because, days = because.strip(), facts.own.call_in_days
    if no_call_in:
        if ends_on is not None:
            raise Refused("Enter the last day of call-in, or say why there is none: not both")
        if no_call_in not in NoCallIn.values:
            raise Refused("Select why call-in does not apply")
        if no_call_in == NoCallIn.NO_RULE and days:
            raise Refused(f"Your organisation’s own rules have a call-in of {counted(days, 'working day')}")
        if no_call_in == NoCallIn.WAIVED and not because:
            raise Refused("Enter who waived call-in")
        return None, no_call_in, because
    if ends_on is None and days == 0:
        return None, NoCallIn.NO_RULE.value, because
    worked_out = call_in_end(published_on, facts)
    if ends_on is None:
        if worked_out is not None:
            return worked_out.day, "", ""
        if days:
            raise Refused(
                "Enter the date it was published: call-in runs from it. Or say why there is no call-in"
            )
        raise Refused("Enter the last day of call-in, or select why there is none")
    if worked_out is not None and ends_on != worked_out.day and not because:
        raise Refused(
            f"By your organisation’s own rules call-in ends on {day(worked_out.day)}: {worked_out.rule} "
            "Enter why it ends on another day"
        )
    return ends_on, "", because


@transaction.atomic
def correct_decision_dates(
    *,
    decision: FormalDecision,
    published_on: dt.date | None,
    call_in_ends_on: dt.date | None,
    reason: str,
    actor: Person,
    no_call_in: str = "",
    call_in_because: str = "",
) -> FormalDecision:
    """Put right when a standing decision was published and until when it may be called in, or why it may not. Nothing to
    change: a no-op."""
    procurement = locked(decision.procurement)
    found = _may_decide(procurement, decision.task, actor, again=True)
    decision = FormalDecision.objects.select_for_update().get(pk=decision.pk)
    if decision.superseded_at is not None:
        raise Refused("That decision has been superseded already")
    _check_days(decision.decided_on, published_on, call_in_ends_on)
    facts = facts_of(procurement)
    said = _call_in(facts, published_on, call_in_ends_on, no_call_in, call_in_because)
    before = (decision.published_on, decision.call_in_ends_on, decision.no_call_in, decision.call_in_because)
    if before == (published_on, *said):
        return decision
    if not reason.strip():
        raise Refused("Enter why the dates are corrected")
    changes = [
        (what, _words(old), _words(new))
        for what, old, new in (
            ("Published on", decision.published_on, published_on),
            ("Last day of call-in", decision.call_in_ends_on, said[0]),
        )
        if old != new
    ]
    decision.published_on = published_on
    decision.call_in_ends_on, decision.no_call_in, decision.call_in_because = said
    decision.reason = reason.strip()
    decision.save(
        update_fields=["published_on", "call_in_ends_on", "no_call_in", "call_in_because", "reason"]
    )
    data = {"_for": "dates", "because": reason.strip(), "_changes": changes}
    _replace(procurement, decision.task, _data(decision, gate_of(found)) | data, actor)
    return decision


def _words(value: dt.date | None) -> str:
    return day(value) if value else "none"


def _may_decide(procurement: Procurement, task: str, actor: Person, *, again: bool) -> Task:
    """The task. Raises Refused unless the actor may record a decision, or (`again`) put a recorded one right, in it."""
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can record a decision")
    if not (again and procurement.status == Status.CLOSED):
        may_touch(procurement, task, actor)
    if procurement.run is None:
        raise Refused("The procurement has not been started")
    found = task_of(procurement, task)
    if found.kind != TaskKind.DECISION:
        raise Refused("This step records no decision")
    return found


def _check_days(decided_on: dt.date, published_on: dt.date | None, call_in_ends_on: dt.date | None) -> None:
    if decided_on > clock.today():
        raise Refused("Record the decision once it has been made")
    if published_on is not None and published_on > clock.today():
        raise Refused("Enter the date it was published once it has been published")
    for given, what in ((published_on, "published"), (call_in_ends_on, "open to call-in until")):
        if given is not None and given < decided_on:
            raise Refused(f"It cannot be {what} a day before it was made")


def _data(decision: FormalDecision, gate: str) -> dict[str, Any]:
    """What the event of the task keeps of a decision."""
    until = decision.call_in_ends_on
    decided = {EVENTS[gate]: decision.decided_on.isoformat()} if gate in EVENTS else {}
    return {
        "maker": decision.maker_name,
        "decided_on": decision.decided_on.isoformat(),
        "_events": decided,
        **({"_holds_until": until.isoformat()} if until is not None else {}),
    }


SAID = ("maker", "maker_name", "power", "report_reference", "report_link", "decided_on", "published_on", "call_in_ends_on", "no_call_in", "call_in_because", "delegated_to", "delegated_maker", "reasons", "alternatives", "interests")  # fmt: skip
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
    changed(procurement)
