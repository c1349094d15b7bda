"""What a change of an organisation's own rules does to its live procurements: each is folded with the rules as they are
and as they would be, and what differs is kept (workflows.rules asks, by the outcome `rules.weigh`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction
from procrastinate.contrib.django import app

from toolkit.accounts.models import Organisation
from toolkit.core import bulk, clock
from toolkit.holidays.selectors import added_bank_holidays
from workflows.journeys import loading
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import approval_of
from workflows.journeys.own_rules import OwnRules
from workflows.journeys.progress import Happened, Needs, needs_of, recorded
from workflows.journeys.selectors import events_of
from workflows.procurements import outcomes
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement, TouchedProcurement
from workflows.procurements.models import Status as RecordStatus
from workflows.procurements.services import standing
from workflows.rules.models import RuleSetStatus, Weighing, WeighingState
from workflows.rules.selectors import InForce, beginning_on, drafted, rules_in_force
from workflows.rules.words import endorsement_words, maker_words

JOB = "workflows.procurements.tasks.weigh_rules"
STANDINGS_JOB = "workflows.procurements.tasks.write_standings"
BATCH = 250
LIVE = (RecordStatus.LIVE, RecordStatus.PAUSED)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes in one procurement, in words."""

    added: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]
    approvals: tuple[tuple[str, str, str], ...]
    moves_stage: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.approvals)


def weigh_later(weighing: Weighing) -> None:
    """Handler of `rules.weigh`: once the transaction is through, a worker takes it on."""
    app.configure_task(JOB, queue="slow").defer(weighing_id=weighing.pk)


def difference(before: Needs, after: Needs) -> Difference:
    """Of the same run under two sets of rules. What is completed stays as it is."""
    old = {need.task.slug: need for need in before.needs}
    new = {need.task.slug: need for need in after.needs}
    added = tuple(
        need.task.title
        for slug, need in new.items()
        if need.is_open and (slug not in old or old[slug].because)
    )
    dropped = tuple(
        (
            need.task.title,
            new[slug].because if slug in new else "your organisation’s own rules ask for it no more",
        )
        for slug, need in old.items()
        if need.is_open and (slug not in new or new[slug].because)
    )
    approvals = tuple(
        (need.task.title, said, says)
        for slug, need in new.items()
        if need.task.kind in _APPROVALS and need.is_open and slug in old and old[slug].is_open
        for said, says in (_approval(need.task, before.facts, after.facts),)
        if said != says
    )
    return Difference(added, dropped, approvals, before.stage != after.stage)


_APPROVALS = {TaskKind.ENDORSEMENT: endorsement_words, TaskKind.DECISION: maker_words}


def _approval(task: Task, before: Facts, after: Facts) -> tuple[str, str]:
    """Who endorses or decides this step, before and after."""
    words = _APPROVALS[task.kind]
    return words(approval_of(task, before)), words(approval_of(task, after))


def _both(weighing: Weighing) -> tuple[InForce, OwnRules]:
    """The rules as they are without the weighed set on the day it applies from, and with it."""
    rule_set, today = weighing.rule_set, clock.today()
    if rule_set.status == RuleSetStatus.DRAFT:
        return rules_in_force(rule_set.organisation_id, today), drafted(rule_set, today)
    on = rule_set.applies_from or today
    return (
        rules_in_force(rule_set.organisation_id, on, without=rule_set.number),
        rules_in_force(rule_set.organisation_id, on).own,
    )


@transaction.atomic
def work_out(weighing_id: int) -> None:
    """Fold every live procurement of the organisation both ways and keep what changes. Worked out already, or of a draft
    that has been changed since: nothing happens."""
    weighing = (
        Weighing.objects.select_for_update(of=("self",))
        .select_related("rule_set")
        .filter(pk=weighing_id, state=WeighingState.ASKED)
        .first()
    )
    if weighing is None or weighing.lock_version != weighing.rule_set.lock_version:
        return
    before, after = _both(weighing)
    rows: list[TouchedProcurement] = []
    for procurement, found in _differences(weighing.rule_set.organisation_id, before, after):
        weighing.looked_at += 1
        if found:
            rows.append(
                TouchedProcurement(
                    weighing=weighing,
                    procurement=procurement,
                    added=list(found.added),
                    dropped=[list(each) for each in found.dropped],
                    approvals=[list(each) for each in found.approvals],
                    moves_stage=found.moves_stage,
                )
            )
    bulk.insert(rows)
    weighing.touched, weighing.state, weighing.done_at = len(rows), WeighingState.DONE, clock.now()
    weighing.save(update_fields=["looked_at", "touched", "state", "done_at"])
    if (
        weighing.rule_set.status == RuleSetStatus.PUBLISHED
        and weighing.rule_set.applies_from == clock.today()
    ):
        tell_pipeline(weighing)


def _differences(
    organisation_id: int, before: InForce, after: OwnRules
) -> Iterator[tuple[Procurement, Difference]]:
    """Each live procurement with what changes in it. Two queries for a batch."""
    holidays, today = added_bank_holidays(), clock.today()
    live = Procurement.objects.filter(
        organisation_id=organisation_id, status__in=LIVE, run__isnull=False
    ).order_by("pk")
    ids = list(live.values_list("pk", flat=True))
    for at in range(0, len(ids), BATCH):
        batch = live.filter(pk__in=ids[at : at + BATCH]).select_related("organisation", "run")
        procurements = [each for each in batch if each.run is not None]
        events = events_of([each.run for each in procurements if each.run is not None])
        for procurement in procurements:
            facts = facts_of(procurement, holidays, rules=before)
            yield procurement, _of_one(procurement, facts, events, after, today)


def _of_one(
    procurement: Procurement,
    facts: Facts,
    events: dict[int, list[Happened]],
    after: OwnRules,
    today: dt.date,
) -> Difference:
    assert procurement.run is not None
    journey = loading.of_run(procurement.run.journey, procurement.run.version)
    happened = events[procurement.run.pk]
    facts = facts.with_recorded(recorded(journey, happened))
    return difference(
        needs_of(journey, facts, happened, today=today),
        needs_of(journey, replace(facts, own=after), happened, today=today),
    )


def tell_pipeline(weighing: Weighing) -> None:
    """What stands in another stage from today on is shown so."""
    rows = weighing.touched_procurements.filter(moves_stage=True)
    for row in rows.select_related("procurement__organisation", "procurement__run"):
        outcomes.CHANGED.happened(row.procurement)


def write_standings(weighing_id: int) -> None:
    """Once rules are published: write down where its organisation’s procurements stand, and how long that holds. Twice is
    once. After the transaction that weighed them, so that each batch is locked for itself."""
    weighing = Weighing.objects.select_related("rule_set").filter(pk=weighing_id).first()
    if weighing is not None and weighing.rule_set.status == RuleSetStatus.PUBLISHED:
        standing.rebuild_of(weighing.rule_set.organisation_id)


def write_again_later(organisation: Organisation) -> None:
    """Handler of `rules.kept-changed`: once the transaction is through, a worker writes down where procurements stand."""
    app.configure_task(STANDINGS_JOB, queue="slow").defer(organisation_id=organisation.pk)


def write_all_again_later(_: None) -> None:
    """Handler of `holidays.changed`: the same of every organisation."""
    app.configure_task(STANDINGS_JOB, queue="slow").defer(organisation_id=None)


def rules_begin() -> None:
    """Every night: what rules touch that begin today is written down as it stands now, and shown with its new stage."""
    for organisation_id in beginning_on(clock.today()):
        standing.rebuild_of(organisation_id)
    _tell_pipeline_of_today()


@transaction.atomic
def _tell_pipeline_of_today() -> None:
    for weighing in Weighing.objects.filter(
        state=WeighingState.DONE,
        rule_set__status=RuleSetStatus.PUBLISHED,
        rule_set__applies_from=clock.today(),
    ).order_by("pk"):
        if weighing.lock_version == weighing.rule_set.lock_version:
            tell_pipeline(weighing)
