"""The confidential window: from the first deadline for bids to the award or the end of the record, what holds bidders' names, scores and
declarations is for the named team alone (practice.md §5). Every page, list, count and file asks here.

A challenge is in confidence from its first day until it is closed, and as long as the record that it continues is: who
claims, why, and where its steps stand is for its own team alone. Auditors know that there is one.

The window is a latch on the record (`services.window` sets it): no step that is opened again takes it back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Reader
from toolkit.core import clock
from toolkit.core.stages import Stage
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.facts import Facts, Planned
from workflows.journeys.planning.activities import ACTIVITIES
from workflows.journeys.progress import Progress, Status, TaskState
from workflows.journeys.selectors import progress_of, progress_of_many
from workflows.procurements.models import (
    CHALLENGE_ROUTE,
    HistoryLine,
    LineKind,
    Procurement,
    TeamMember,
    TeamRole,
)
from workflows.procurements.permissions import is_working_on

IN_CONFIDENCE = frozenset({Stage.PROCURE, Stage.AWARD})
"""The stages whose answers hold bidders’ names, scores and declarations."""


def is_open(procurement: Procurement) -> bool:
    """Is the window open now? One query for a challenge that is closed."""
    if _own_is_open(procurement):
        return True
    old = procurement.continues if procurement.is_challenge else None
    return old is not None and is_open(old)


def _own_is_open(procurement: Procurement) -> bool:
    since = procurement.confidential_from
    return since is not None and since <= clock.now() and procurement.confidential_until is None


def in_window(prefix: str = "") -> Q:
    """The records whose window is open now; the same answer as `is_open`. `prefix`: the way to the procurement."""
    of_old = Q(**{f"{prefix}route": CHALLENGE_ROUTE}) & _own_in_window(f"{prefix}continues__")
    return _own_in_window(prefix) | of_old


def _own_in_window(prefix: str) -> Q:
    return Q(**{f"{prefix}confidential_from__lte": clock.now(), f"{prefix}confidential_until__isnull": True})


def challenges_in_window(prefix: str = "") -> Q:
    """The challenges in confidence: of their steps auditors know nothing either. `prefix`: the way to the procurement."""
    return Q(**{f"{prefix}route": CHALLENGE_ROUTE}) & in_window(prefix)


def is_closed_to(reader: Reader, procurement: Procurement) -> bool:
    """Is the window open, and this reader not on the named team? Nobody else is told anything of bids: no administrator,
    no coordinator, nobody who only endorses; an auditor where the steps stand, and no answers."""
    return is_open(procurement) and not is_working_on(reader, procurement)


def _audits(reader: Reader, procurement: Procurement) -> bool:
    return Right.READ_EVERYTHING in reader.rights_in(procurement.organisation_id)


def sees_answers(reader: Reader, procurement: Procurement, stage: Stage) -> bool:
    """See what was typed into the steps of a stage, by whom it was asked for and why. Outside the window the team and
    auditors see those in confidence; within it the team alone."""
    if stage not in IN_CONFIDENCE or is_working_on(reader, procurement):
        return True
    return _audits(reader, procurement) and not is_open(procurement)


def sees_bidders(reader: Reader, procurement: Procurement) -> bool:
    """See what is known of bidders, tenders and scores outside the steps: in logs and documents."""
    return sees_answers(reader, procurement, Stage.PROCURE)


def unseen(reader: Reader, procurement: Procurement) -> frozenset[Stage]:
    """The stages of which this reader may know no step: none outside the window, and none for auditors, but those of a
    challenge."""
    if not is_closed_to(reader, procurement):
        return frozenset()
    if _audits(reader, procurement) and not procurement.is_challenge:
        return frozenset()
    return IN_CONFIDENCE


def is_told(reader: Reader, prefix: str = "") -> Q:
    """The records of which nothing is unseen by this reader. `prefix`: the way to the procurement."""
    working = TeamMember.objects.filter(
        person_id=reader.person_id or 0,
        role__in=[TeamRole.LEAD, TeamRole.MEMBER],
        procurement__organisation_id__in=list(reader.roles),
    )
    audited = Q(**{f"{prefix}organisation_id__in": reader.organisations_with(Right.READ_EVERYTHING)})
    return (
        ~in_window(prefix)
        | Q(**{f"{prefix}pk__in": working.values("procurement")})
        | (audited & ~challenges_in_window(prefix))
    )


def tells_bidders(reader: Reader) -> Q:
    """The records whose bidders this reader may know of; the same answer as `sees_bidders`."""
    working = TeamMember.objects.filter(
        person_id=reader.person_id or 0,
        role__in=[TeamRole.LEAD, TeamRole.MEMBER],
        procurement__organisation_id__in=list(reader.roles),
    )
    audited = Q(organisation_id__in=reader.organisations_with(Right.READ_EVERYTHING)) & ~in_window()
    return Q(pk__in=working.values("procurement")) | audited


def told(task: Task, did: str) -> str:
    """What the administrators’ record says was done: of steps in confidence, that somebody worked on it."""
    return "worked on" if task.stage in IN_CONFIDENCE else did


def sees_step(reader: Reader, procurement: Procurement, task: Task) -> bool:
    """See where a step stands, whoever did it and when."""
    return task.stage not in unseen(reader, procurement)


def since(procurement: Procurement, moment: dt.datetime) -> bool:
    """Did it happen while bids are in confidence?"""
    return is_open(procurement) and moment >= (procurement.confidential_from or moment)


def was_since(procurement: Procurement, moment: dt.datetime) -> bool:
    """Did it happen while bids were in confidence, whether they still are or not? What was written then may name bidders."""
    start, end = procurement.confidential_from, procurement.confidential_until
    return start is not None and start <= moment and (end is None or moment <= end)


def sees_line(reader: Reader, procurement: Procurement, line: HistoryLine) -> bool:
    """See a line of the record’s own history. Of the plan, and of facts that are told to nobody by name, what happened in
    confidence would say how far it has come; why a challenge was stopped says who made it."""
    tells = line.kind in (LineKind.PLAN, LineKind.STOPPED) or (
        line.kind == LineKind.FACTS and not line.changes
    )
    return not (tells and since(procurement, line.at) and unseen(reader, procurement))


def _without_moves(facts: Facts, hidden: frozenset[Stage]) -> Facts:
    """Without what people moved in the plan of the hidden stages."""
    if not hidden:
        return facts

    def is_shown(slug: str) -> bool:
        activity = ACTIVITIES.get(slug)
        return activity is not None and activity.stage not in hidden

    planned = facts.planned
    takes = {slug: days for slug, days in planned.takes.items() if is_shown(slug)}
    starts = {slug: day for slug, day in planned.starts.items() if is_shown(slug)}
    return replace(facts, planned=Planned(takes, starts))


def progress_shown(reader: Reader, procurement: Procurement, facts: Facts, *, today: dt.date) -> Progress:
    """Where a started procurement stands, as far as this reader may know. One query."""
    assert procurement.run is not None
    hidden = unseen(reader, procurement)
    facts = _without_moves(facts, hidden)
    return _covered(procurement, progress_of(procurement.run, facts, today=today, unseen=hidden), hidden)


def progress_shown_of_many(
    reader: Reader, given: Iterable[tuple[Procurement, Facts]], *, today: dt.date
) -> dict[Procurement, Progress]:
    """The same of many; prefetch their teams. One query, however many."""
    of_run = {each.run: (each, facts) for each, facts in given if each.run is not None}
    hidden = {run: unseen(reader, each) for run, (each, _) in of_run.items()}
    told = {run: _without_moves(facts, hidden[run]) for run, (_, facts) in of_run.items()}
    found = progress_of_many(told, today=today, unseen=hidden)
    return {
        each: _covered(each, found[run], hidden[run]) for run, (each, _) in of_run.items() if run in found
    }


def until(procurement: Procurement) -> str:
    """How long it is in confidence, in words that follow “in confidence”: the window ends with an award, and else when the
    record is over."""
    if procurement.is_challenge:
        return "until it is closed or stopped, and for as long as bids in the procurement it is about are"
    return "until it is awarded, closed or stopped"


def whose(procurement: Procurement) -> str:
    """For whom what is recorded in confidence is now, in words that follow “it is”. One query for a challenge that is
    closed."""
    if is_open(procurement):
        return f"for the team alone {until(procurement)}, then for auditors too"
    return "for the team and auditors alone"


def _covered(procurement: Procurement, progress: Progress, hidden: frozenset[Stage]) -> Progress:
    """One line instead of all steps of each hidden stage: that there is such a stage is no secret."""
    if not hidden:
        return progress
    states: list[TaskState] = []
    for stage, here in progress.stages:
        states += [_cover(stage, until(procurement))] if stage in hidden else here
    return replace(progress, states=tuple(states))


def _cover(stage: Stage, how_long: str) -> TaskState:
    task = Task(
        slug=f"in-confidence-{stage.value}",
        stage=stage,
        kind=TaskKind.ACTION,
        title=f"In confidence {how_long}",
        hint="For the named team alone",
        what="",
        why="",
        who=(),
        output="",
        law=(),
    )
    return TaskState(task, Status.CANNOT_START, because=f"in confidence {how_long}, for the named team alone")
