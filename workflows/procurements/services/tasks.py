"""Doing tasks: start, complete, reopen, assign; recording the award."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from toolkit.accounts.models import Membership, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right, rights_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.law.periods import months_after
from toolkit.law.values import words
from workflows.journeys import services as journeys
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.models import Run
from workflows.journeys.progress import Happening, Progress, recorded_by
from workflows.journeys.refusals import refusals
from workflows.journeys.selectors import progress_of
from workflows.procurements import before, key_decisions, letters, outcomes, permissions
from workflows.procurements.deciding import why_undecided
from workflows.procurements.facts import AskedOnce, facts_of, journey_of
from workflows.procurements.models import (
    LineKind,
    Procurement,
    Status,
    TaskAssignment,
    TeamMember,
    TeamRole,
)
from workflows.procurements.services import following, window
from workflows.procurements.services.baselines import keep_first
from workflows.procurements.services.challenges import signature_is_held
from workflows.procurements.services.history import write
from workflows.procurements.services.standing import changed


def locked(procurement: Procurement) -> Procurement:
    """The record as it stands now, locked until the transaction ends; its rules and bank holidays are asked for once."""
    found = (
        Procurement.objects.select_for_update(of=("self",))
        .select_related("organisation", "run")
        .get(pk=procurement.pk)
    )
    found.asked_once = AskedOnce()
    return found


def task_of(procurement: Procurement, slug: str) -> Task:
    """The step of this slug, of the route or of the organisation's own. Raises Refused when there is none."""
    if procurement.run is None:
        raise Refused("The procurement has not been started")
    try:
        return journey_of(procurement, facts_of(procurement)).task(slug)
    except KeyError:
        raise Refused("This route has no such step") from None


def _run(procurement: Procurement) -> Run:
    assert procurement.run is not None  # `task_of` has refused a procurement without one
    return procurement.run


def may_touch(procurement: Procurement, slug: str, actor: Person) -> None:
    """Raises Refused unless the actor may do this task now."""
    still_owed = procurement.status == Status.STOPPED and slug in permissions.AFTER_STOPPING
    if procurement.status != Status.LIVE and not still_owed:
        raise Refused(f"The procurement is {procurement.get_status_display().lower()}")
    if not permissions.may_do_task(reader_of(actor), procurement, slug):
        raise Refused("You are not asked to do this step")


def append(
    procurement: Procurement, kind: Happening, slug: str, actor: Person, data: Mapping[str, Any] | None = None
) -> bool:
    """Append to the run of a locked procurement, and tell the pipeline. False: it stood there already, nothing is to
    follow from it a second time."""
    appended = journeys.append(
        run=_run(procurement), kind=kind, task=slug, facts=facts_of(procurement), actor=actor, data=data
    )
    if appended.is_new:
        window.follow(procurement, appended.progress, kind, appended.progress.journey.task(slug))
        keep_first(procurement, appended.progress, actor)
        settle(procurement, appended.progress, actor)
        changed(procurement)
        found = appended.progress.journey.task(slug)
        if kind == Happening.COMPLETED and found.kind != TaskKind.AWARD:
            following.completed(procurement, found, actor)
    return appended.is_new


def settle(procurement: Procurement, progress: Progress, actor: Person) -> None:
    """Close a locked live procurement when its last step is done; open it again when one is not."""
    if procurement.status == Status.LIVE and progress.is_finished:
        procurement.status, kind = Status.CLOSED, LineKind.CLOSED
        window.end(procurement)
    elif procurement.status == Status.CLOSED and not progress.is_finished:
        procurement.status, kind = Status.LIVE, LineKind.REOPENED
        window.resume(procurement, progress)
    else:
        return
    procurement.save(update_fields=["status"])
    write(procurement, kind, actor)


@transaction.atomic
def start_task(*, procurement: Procurement, task: str, actor: Person) -> None:
    """Mark a task in progress."""
    procurement = locked(procurement)
    task_of(procurement, task)
    may_touch(procurement, task, actor)
    append(procurement, Happening.STARTED, task, actor)


@transaction.atomic
def complete_task(*, procurement: Procurement, task: str, data: Mapping[str, Any], actor: Person) -> None:
    """Complete a task with its answers. Completing it again with the same answers is a no-op.

    Raises Refused for the tasks that are completed another way: endorsements, decisions, awards.
    """
    procurement = locked(procurement)
    found = task_of(procurement, task)
    if found.kind in (TaskKind.ENDORSEMENT, TaskKind.DECISION, TaskKind.AWARD):
        raise Refused("This step is completed on its own page")
    may_touch(procurement, task, actor)
    if data.get("claim") == "yes":
        raise Refused("A claim has been notified: the contract must not be signed. Talk to your legal team")
    progress = progress_of(_run(procurement), facts_of(procurement), today=clock.today())
    for _, sentence in refusals(found, data, progress.facts, today=clock.today()):
        raise Refused(sentence)
    if refused := key_decisions.refusal(found, data, progress.facts):
        raise Refused(refused)
    told = recorded_by(found, data).events.values()
    if undecided := why_undecided(found, progress, [clock.today(), *told]):
        raise Refused(undecided)
    if progress.state(task).can_do:  # whatever cannot start says so itself
        before.check(procurement, found, progress)
    append(procurement, Happening.COMPLETED, task, actor, data)


@transaction.atomic
def reopen_task(*, procurement: Procurement, task: str, actor: Person) -> None:
    """Reopen a completed task, to change its answers or do it again. An award and a decision stay as recorded."""
    procurement = locked(procurement)
    found = task_of(procurement, task)
    if found.kind in (TaskKind.AWARD, TaskKind.DECISION):
        raise Refused(
            "What was recorded here stays: change the contract on its own page, or record a further decision"
        )
    if found.kind == TaskKind.ENDORSEMENT:
        raise Refused("What was endorsed stands: say on its own page why it has to be endorsed anew")
    if procurement.status != Status.CLOSED:
        may_touch(procurement, task, actor)
    elif not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can open a closed procurement again")
    append(procurement, Happening.REOPENED, task, actor)


@transaction.atomic
def assign_task(*, procurement: Procurement, task: str, person: Person | None, actor: Person) -> None:
    """Give a task to somebody of the organisation, or to nobody; they join the team and hear of it by e-mail."""
    procurement = locked(procurement)
    found = task_of(procurement, task)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can assign steps")
    if person is None:
        TaskAssignment.objects.filter(procurement=procurement, task=task).delete()
        return
    if Right.DO_ASSIGNED_TASKS not in reader_of(person).rights_in(procurement.organisation_id):
        raise Refused(f"{person} cannot do steps for {procurement.organisation}")
    TaskAssignment.objects.update_or_create(
        procurement=procurement,
        task=task,
        defaults={"person": person, "assigned_by": actor, "assigned_at": clock.now()},
    )
    member, is_new = TeamMember.objects.get_or_create(
        procurement=procurement, person=person, defaults={"added_by": actor}
    )
    if member.role == TeamRole.ENDORSER:  # from now on they work on it too
        member.role = TeamRole.MEMBER
        member.save(update_fields=["role"])
    if is_new:
        write(procurement, LineKind.JOINED, actor, detail=str(person))
    if person != actor:
        letters.tell_assigned(procurement, found, person)


def assignable_people(procurement: Procurement) -> list[Person]:
    """The people of the organisation who may do tasks."""
    memberships = (
        Membership.objects.filter(organisation=procurement.organisation)
        .current_on(clock.today())
        .select_related("person")
    )
    return [member.person for member in memberships if Right.DO_ASSIGNED_TASKS in rights_of(member.roles)]


@transaction.atomic
def record_award(
    *, procurement: Procurement, task: str, contracts: Sequence[outcomes.AwardedContract], actor: Person
) -> None:
    """Record the signed contracts of an award; they come into being in the same transaction. Recording the same again
    is a no-op.

    Raises Refused when the task cannot be done yet, a contract was signed before the law allows, or dates contradict.
    """
    procurement = locked(procurement)
    found = task_of(procurement, task)
    if found.kind != TaskKind.AWARD:
        raise Refused("This step records no award")
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can record the award")
    may_touch(procurement, task, actor)
    if not contracts:
        raise Refused("Enter at least one contract")
    if signature_is_held(procurement):
        raise Refused(
            "A challenge to this procurement is open, and it may hold the signature. Talk to your legal team"
        )
    _check_contracts(procurement, task, contracts)
    data = {
        "contracts": [given.title for given in contracts],
        # So that the same contracts again are a no-op, and other ones under the same titles are refused.
        "_digest": hashlib.sha256(repr(tuple(contracts)).encode()).hexdigest(),
        "_events": {
            "contract-entered": min(given.signed_on for given in contracts).isoformat(),
            "contract-starts": min(given.starts_on for given in contracts).isoformat(),
            "contract-ends": min(given.ends_on for given in contracts).isoformat(),
            **_last_day_for_notice(contracts),
        },
    }
    if append(procurement, Happening.COMPLETED, task, actor, data):
        window.end(procurement)
        changed(procurement)  # from now on the pipeline may say that it stands at the award
        following.completed(procurement, found, actor)
        outcomes.AWARDED.happened(outcomes.Awarded(procurement, tuple(contracts), actor))


def _last_day_for_notice(contracts: Sequence[outcomes.AwardedContract]) -> dict[str, str]:
    """The first of the last days to give notice; nothing where no contract asks for any."""
    days = [months_after(given.ends_on, -given.notice_months) for given in contracts if given.notice_months]
    return {"option-notice-by": min(days).isoformat()} if days else {}


def _check_contracts(
    procurement: Procurement, task: str, contracts: Sequence[outcomes.AwardedContract]
) -> None:
    progress = progress_of(_run(procurement), facts_of(procurement), today=clock.today())
    state = progress.state(task)
    if undecided := why_undecided(state.task, progress, [given.signed_on for given in contracts]):
        raise Refused(undecided)
    due = state.due
    earliest = due.day if due is not None and due.not_before else None
    for given in contracts:
        if given.ends_on < given.starts_on:
            raise Refused(f"{given.title}: the contract must end on or after the day it starts")
        if given.signed_on > clock.today():
            raise Refused(f"{given.title}: record the contract once it is signed")
        if due is not None and earliest is not None and given.signed_on < earliest:
            raise Refused(
                f"{given.title}: the earliest day to sign was {words(earliest)}. {due.rule} ({due.source})"
            )
