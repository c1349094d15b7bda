"""Questions about runs."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Mapping

from toolkit.core.clock import LONDON
from toolkit.core.stages import Stage
from workflows.journeys import loading
from workflows.journeys.definitions import RouteMissing
from workflows.journeys.facts import Facts
from workflows.journeys.models import Event, Run
from workflows.journeys.overlay import with_own_steps
from workflows.journeys.progress import Happened, Happening, Progress, fold

logger = logging.getLogger(__name__)


def _as_happened(event: Event) -> Happened:
    by = str(event.by) if event.by is not None else ""
    return Happened(Happening(event.kind), event.task, event.at.astimezone(LONDON).date(), event.data, by)


def progress_of(run: Run, facts: Facts, *, today: dt.date, unseen: Collection[Stage] = ()) -> Progress:
    """Where the run stands. One query, however many tasks.

    `unseen`: stages whose events the reader may not know of. It is folded without them, so that no status, reason or
    day of any other step tells what happened there.
    """
    events = Event.objects.filter(run=run).select_related("by").order_by("number")
    return _folded(run, facts, map(_as_happened, events), today, unseen)


def progress_of_many(
    facts: Mapping[Run, Facts], *, today: dt.date, unseen: Mapping[Run, Collection[Stage]] | None = None
) -> dict[Run, Progress]:
    """Where each run stands. One query, however many runs. A run whose route is missing is left out, and that is logged:
    it does not take the others down."""
    events: dict[int, list[Happened]] = {run.pk: [] for run in facts}
    for event in Event.objects.filter(run__in=list(events)).select_related("by").order_by("run_id", "number"):
        events[event.run_id].append(_as_happened(event))
    hidden = unseen or {}
    found: dict[Run, Progress] = {}
    for run, given in facts.items():
        try:
            found[run] = _folded(run, given, events[run.pk], today, hidden.get(run, ()))
        except RouteMissing:
            logger.exception("run %s was left out", run.pk)
    return found


def events_of(runs: Collection[Run]) -> dict[int, list[Happened]]:
    """What happened in each run, by its id, in order, without who did it: as much as the fold needs. One query."""
    events: dict[int, list[Happened]] = {run.pk: [] for run in runs}
    rows = Event.objects.filter(run__in=list(events)).order_by("run_id", "number")
    for run, kind, task, data, at in rows.values_list("run_id", "kind", "task", "data", "at"):
        events[run].append(Happened(Happening(kind), task, at.astimezone(LONDON).date(), data))
    return events


def _folded(
    run: Run, facts: Facts, events: Iterable[Happened], today: dt.date, unseen: Collection[Stage]
) -> Progress:
    journey = loading.of_run(run.journey, run.version)
    if unseen:
        hidden = {task.slug for task in with_own_steps(journey, facts.own).tasks if task.stage in unseen}
        events = [event for event in events if event.task not in hidden]
    return fold(journey, facts, events, today=today)


def history_of(run: Run) -> Iterable[Event]:
    """What happened, newest first."""
    return Event.objects.filter(run=run).select_related("by").order_by("-number")
