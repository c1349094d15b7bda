"""When the confidential window opens and ends. Called with a locked record, in the transaction of what opens or ends it."""

from __future__ import annotations

import datetime as dt

from toolkit.core import clock
from toolkit.core.stages import Stage
from workflows.journeys.definitions import FieldType, Journey, Task, TaskKind
from workflows.journeys.progress import Happening, Progress
from workflows.journeys.vocabulary import EVENTS
from workflows.procurements.models import Procurement

OPENING_EVENTS = frozenset(name for name in EVENTS if name.endswith("deadline") or "approach" in name)
"""The days from which suppliers’ answers are there: deadlines to take part or to tender, an approach to a supplier."""

WHILE_WRITING = frozenset({"award-meeting", "key-decision-notice-award", "private-notice-award"})
"""Steps of the award that are done while suppliers are still writing: they say nothing of bids."""

_BEGINS = (Happening.STARTED, Happening.ASKED, Happening.COMPLETED)


def follow(procurement: Procurement, progress: Progress, kind: Happening, task: Task) -> None:
    """Open the window if what has just happened opens it; an earlier day moves its beginning forward, nothing moves it
    back or takes it away."""
    if progress.journey.about != "procurement":
        return  # work about a contract has no bidders, and the window of a challenge is open from its start
    begins = [
        dt.datetime.combine(day, dt.time(), tzinfo=clock.LONDON)
        for name in OPENING_EVENTS
        if (day := progress.facts.day_of(name)) is not None
    ]
    if kind in _BEGINS and _tells_of_suppliers(task, progress.journey):
        begins.append(clock.now())
    if begins:
        open_from(procurement, min(begins))


def _tells_of_suppliers(task: Task, journey: Journey) -> bool:
    """Whatever a route without a deadline does when it runs is about the supplier it talks to, and so is whatever leads to
    an award: where nobody recorded a deadline the window opens all the same."""
    if task.stage == Stage.AWARD:
        return task.slug not in WHILE_WRITING
    return task.stage == Stage.PROCURE and task.kind != TaskKind.PERIOD and not _has_deadline(journey)


def _has_deadline(journey: Journey) -> bool:
    return any(
        given.type == FieldType.DATE and given.event in OPENING_EVENTS
        for task in journey.tasks
        for given in task.fields
    )


def open_from(procurement: Procurement, moment: dt.datetime) -> None:
    """Open the window from this moment; one that begins earlier stays as it is."""
    if procurement.confidential_from is None or moment < procurement.confidential_from:
        procurement.confidential_from = moment
        procurement.save(update_fields=["confidential_from"])


def end(procurement: Procurement) -> None:
    """It is awarded, closed or stopped."""
    if procurement.confidential_until is None:
        procurement.confidential_until = clock.now()
        procurement.save(update_fields=["confidential_until"])


def resume(procurement: Procurement, progress: Progress) -> None:
    """A closed record goes on: without an award its window is open again, and that of a challenge always."""
    awarded = not procurement.is_challenge and progress.facts.day_of("contract-entered") is not None
    if procurement.confidential_until is not None and not awarded:
        procurement.confidential_until = None
        procurement.save(update_fields=["confidential_until"])
