"""Writing down where procurements stand: in the transaction that changes one, and for whatever a day has overtaken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from toolkit.core import clock
from toolkit.holidays.selectors import added_bank_holidays
from workflows.journeys.progress import Progress
from workflows.journeys.selectors import progress_of, progress_of_many
from workflows.procurements import outcomes
from workflows.procurements.facts import facts_of
from workflows.procurements.models import OpenStep, Procurement, Standing, Status
from workflows.procurements.standing import no_longer_holds, open_steps_of

AT_ONCE = 200
"""Procurements that are folded and written together."""
_COLUMNS = tuple(
    field.name for field in OpenStep._meta.concrete_fields if field.name not in ("id", "procurement")
)


def changed(procurement: Procurement) -> None:
    """Something about a locked procurement has changed: write down where it stands, and tell the pipeline."""
    if procurement.run is not None and procurement.status != Status.DRAFT:
        _write({procurement: progress_of(procurement.run, facts_of(procurement), today=clock.today())})
    outcomes.CHANGED.happened(procurement)


def _write(progress: dict[Procurement, Progress]) -> int:
    """Write where these stand; how many rows that changed. Three queries and one for each kind of change."""
    Standing.objects.bulk_create(
        [
            Standing(
                procurement=procurement,
                stage=found.stage,
                done=found.done,
                required=len(found.required),
                good_until=found.good_until(clock.today()),
            )
            for procurement, found in progress.items()
        ],
        update_conflicts=True,
        update_fields=["stage", "done", "required", "good_until"],
        unique_fields=["procurement"],
    )
    there = {(row.procurement_id, row.task): row for row in OpenStep.objects.filter(procurement__in=progress)}
    new, different = [], []
    for procurement, found in progress.items():
        for row in open_steps_of(procurement, found):
            old = there.pop((procurement.pk, row.task), None)
            if old is None:
                new.append(row)
            elif any(getattr(old, name) != getattr(row, name) for name in _COLUMNS):
                row.pk = old.pk
                different.append(row)
    OpenStep.objects.filter(pk__in=[row.pk for row in there.values()]).delete()
    OpenStep.objects.bulk_create(new)
    OpenStep.objects.bulk_update(different, _COLUMNS)
    return len(new) + len(different) + len(there)


@transaction.atomic
def _write_again(ids: list[int]) -> int:
    """Fold these again under their locks, in the order of their keys, and write what that gives."""
    found = (
        Procurement.objects.select_for_update(of=("self",))
        .select_related("organisation", "run")
        .filter(pk__in=ids, run__isnull=False)
        .exclude(status=Status.DRAFT)
        .order_by("pk")
    )
    holidays = added_bank_holidays()
    by_run = {procurement.run: procurement for procurement in found}
    facts = {run: facts_of(procurement, holidays) for run, procurement in by_run.items() if run is not None}
    progress = progress_of_many(facts, today=clock.today())
    return _write({by_run[run]: each for run, each in progress.items()})


def rebuild(ids: Iterable[int] | None = None) -> int:
    """Write down again where procurements stand, all of them or these; how many rows of steps that changed."""
    procurements = Procurement.objects.filter(run__isnull=False).exclude(status=Status.DRAFT)
    if ids is not None:
        procurements = procurements.filter(pk__in=list(ids))
    keys = list(procurements.order_by("pk").values_list("pk", flat=True))
    return sum(_write_again(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


def catch_up(today: dt.date) -> int:
    """Write down again what a day has overtaken: a period that ended, a call-in that is over, a round that began."""
    return rebuild(Procurement.objects.filter(no_longer_holds(today)).values_list("pk", flat=True))
