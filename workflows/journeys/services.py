"""Verbs of runs: start one, append to one. Progress is folded again inside the lock, so two people lose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys import loading
from workflows.journeys.facts import Facts
from workflows.journeys.models import Event, Run
from workflows.journeys.progress import Happening, Progress, Status
from workflows.journeys.selectors import progress_of


def start(*, journey: str, actor: Person) -> Run:
    """Begin a run of the latest version. Raises JourneyError for a route that is not there, Refused for one that is
    withdrawn."""
    found = loading.get(journey)
    if found.withdrawn:
        raise Refused(f"Nothing begins on the route “{found.title}” any more: {found.withdrawn}")
    return Run.objects.create(journey=found.slug, version=found.version)


@dataclass(frozen=True, slots=True)
class Appended:
    """Where a run stands after `append`, and whether an event was added: False means that it stood there before."""

    progress: Progress
    is_new: bool


@transaction.atomic
def append(
    *,
    run: Run,
    kind: Happening,
    task: str,
    facts: Facts,
    actor: Person,
    data: Mapping[str, Any] | None = None,
) -> Appended:
    """Append one event if it may happen now; say where the run then stands and whether an event was added.

    Completing what is completed with the same data, starting what is started: a no-op, and nothing that the event would
    bring about may be done again. Raises Refused, in words, when
    the task does not apply, cannot start yet, or is not of this run.
    """
    run = Run.objects.select_for_update().get(pk=run.pk)
    today = clock.today()
    progress = progress_of(run, facts, today=today)
    try:
        state = progress.state(task)
    except KeyError:
        raise Refused("This route has no such step") from None
    if kind == Happening.COMPLETED and state.status == Status.COMPLETED:
        if dict(state.data) == dict(data or {}):
            return Appended(progress, is_new=False)
        raise Refused("Somebody has completed this step already: reopen it to change the answers")
    if kind == Happening.REOPENED and state.status != Status.COMPLETED:
        return Appended(progress, is_new=False)
    if kind == Happening.DECLINED and state.status == Status.COMPLETED:
        raise Refused("This step is completed")
    # What was asked for can be taken back or declined also when it is not needed any more.
    if kind not in (Happening.REOPENED, Happening.DECLINED):
        if state.status == Status.NOT_NEEDED:
            raise Refused(f"This step is not needed: {state.because}")
        if state.status == Status.CANNOT_START:
            raise Refused(f"This step cannot start yet: {state.because}")
        if state.status == Status.COMPLETED:
            raise Refused("This step is completed")
    if kind == Happening.STARTED and state.status != Status.NOT_STARTED:
        return Appended(progress, is_new=False)
    last = Event.objects.filter(run=run).order_by("-number").values_list("number", flat=True).first() or 0
    Event.objects.create(run=run, number=last + 1, kind=kind, task=task, data=dict(data or {}), by=actor)
    return Appended(progress_of(run, facts, today=today), is_new=True)
