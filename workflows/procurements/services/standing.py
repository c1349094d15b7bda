"""Writing down where procurements stand: in the transaction that changes one, and for whatever a day has overtaken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from toolkit.core import clock
from toolkit.core.clock import LONDON
from toolkit.holidays.selectors import added_bank_holidays
from workflows.journeys.progress import Progress
from workflows.journeys.selectors import progress_of, progress_of_many
from workflows.procurements import outcomes
from workflows.procurements.facts import facts_of, rules_day
from workflows.procurements.models import OpenStep, Procurement, StageSpell, Standing, Status
from workflows.procurements.slips import days_without_reason
from workflows.procurements.standing import no_longer_holds, open_steps_of
from workflows.rules.selectors import InForce, next_begins, rules_in_force

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
    """Write where these stand; how many rows of steps that changed. Seven queries and one for each kind of change."""
    _write_spells(progress)
    slips = days_without_reason(progress, clock.today())
    other_rules = next_begins({each.organisation_id for each in progress}, clock.today())
    Standing.objects.bulk_create(
        [
            Standing(
                procurement=procurement,
                stage=found.stage,
                done=found.done,
                required=len(found.required),
                good_until=_good_until(procurement, found, other_rules.get(procurement.organisation_id)),
                slips_from=slips.get(procurement.pk, []),
            )
            for procurement, found in progress.items()
        ],
        update_conflicts=True,
        update_fields=["stage", "done", "required", "good_until", "slips_from"],
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


def _good_until(procurement: Procurement, found: Progress, other_rules: dt.date | None) -> dt.date | None:
    """The last day on which this holds: at most the day before other rules of its organisation begin. One that has ended
    stays under the rules it ended under."""
    days = [found.good_until(clock.today())]
    if other_rules is not None and procurement.status not in (Status.STOPPED, Status.CLOSED):
        days.append(other_rules - dt.timedelta(days=1))
    return min((day for day in days if day is not None), default=None)


def _write_spells(progress: dict[Procurement, Progress]) -> None:
    """Where a stage was left or entered, end the spell and begin the next. What is over has no present spell."""
    present = {
        spell.procurement_id: spell
        for spell in StageSpell.objects.filter(procurement__in=progress, to_on=None)
    }
    today, ended, begun = clock.today(), [], []
    for procurement, found in progress.items():
        is_over = found.is_finished or procurement.status in (Status.STOPPED, Status.CLOSED)
        spell = present.get(procurement.pk)
        if spell is not None and (is_over or spell.stage != found.stage):
            spell.to_on = today
            ended.append(spell)
            spell = None
        if spell is None and not is_over:
            # Of one that ran before spells were written nobody knows when it entered the stage it stands in.
            is_known = procurement.pk in present or _began(procurement) == today
            begun.append(
                StageSpell(procurement=procurement, stage=found.stage, from_on=today if is_known else None)
            )
    StageSpell.objects.bulk_update(ended, ["to_on"])
    StageSpell.objects.bulk_create(begun)


def _began(procurement: Procurement) -> dt.date | None:
    return procurement.started_at.astimezone(LONDON).date() if procurement.started_at is not None else None


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
    asked: dict[tuple[int, dt.date], InForce] = {}
    by_run = {procurement.run: procurement for procurement in found}
    facts = {
        run: facts_of(procurement, holidays, rules=_rules_of(procurement, asked))
        for run, procurement in by_run.items()
        if run is not None
    }
    progress = progress_of_many(facts, today=clock.today())
    return _write({by_run[run]: each for run, each in progress.items()})


def _rules_of(procurement: Procurement, asked: dict[tuple[int, dt.date], InForce]) -> InForce:
    """The rules that apply to it as they are now, never as this process remembers them: asked once for each organisation
    and day."""
    key = procurement.organisation_id, rules_day(procurement)
    if key not in asked:
        asked[key] = rules_in_force(*key)
    return asked[key]


def rebuild(ids: Iterable[int] | None = None) -> int:
    """Write down again where procurements stand, all of them or these; how many rows of steps that changed."""
    procurements = Procurement.objects.filter(run__isnull=False).exclude(status=Status.DRAFT)
    if ids is not None:
        procurements = procurements.filter(pk__in=list(ids))
    keys = list(procurements.order_by("pk").values_list("pk", flat=True))
    return sum(_write_again(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


def rebuild_of(organisation_id: int) -> int:
    """Write them down again for one organisation: its rules, or what moves their days, have changed."""
    return rebuild(Procurement.objects.filter(organisation=organisation_id).values_list("pk", flat=True))


def catch_up(today: dt.date) -> int:
    """Write down again what a day has overtaken: a period that ended, a call-in that is over, a round that began."""
    return rebuild(Procurement.objects.filter(no_longer_holds(today)).values_list("pk", flat=True))
