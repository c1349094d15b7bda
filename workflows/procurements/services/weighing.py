"""What a change of an organisation's own rules does to its live procurements: each is held against the rules as they are and
as they would be, and what differs is kept (workflows.rules asks, by the outcome `rules.weigh`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from procrastinate.contrib.django import app

from toolkit.accounts.models import Organisation
from toolkit.core import bulk, clock
from toolkit.core.text import listed
from toolkit.holidays.selectors import added_bank_holidays
from workflows.journeys import loading
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import Value
from workflows.journeys.progress import Happened, needs_of, recorded
from workflows.journeys.selectors import events_of
from workflows.procurements import outcomes
from workflows.procurements.approvals import COUNTING
from workflows.procurements.differences import Difference, Figure, difference, who_may_endorse
from workflows.procurements.facts import facts_of, under
from workflows.procurements.lapsing import Shown, why_lapsed
from workflows.procurements.models import Endorsement, EndorsementStatus, Procurement, TouchedProcurement
from workflows.procurements.models import Status as RecordStatus
from workflows.procurements.services import standing
from workflows.rules import kept
from workflows.rules.kept import Listing
from workflows.rules.models import KeptChange, KeptSubject, RuleSetStatus, Weighing, WeighingState
from workflows.rules.selectors import InForce, beginning_on, drafted, rules_in_force

JOB = "workflows.procurements.tasks.weigh_rules"
STANDINGS_JOB = "workflows.procurements.tasks.write_standings"
BATCH = 250
LIVE = (RecordStatus.LIVE, RecordStatus.PAUSED)


@dataclass(frozen=True, slots=True)
class Held:
    """What live procurements are held against: what is in force without a change, and with it."""

    before: InForce
    after: InForce
    change: KeptChange | None = None
    listed: tuple[Sequence[Listing], Sequence[Listing]] = ((), ())
    """Who is listed, without the change and with it."""

    @property
    def moves_tolerance(self) -> bool:
        return self.before.own.tolerance_percent != self.after.own.tolerance_percent


def weigh_later(weighing: Weighing) -> None:
    """Handler of `rules.weigh`: once the transaction is through, a worker takes it on."""
    app.configure_task(JOB, queue="slow").defer(weighing_id=weighing.pk)


def _held(weighing: Weighing) -> Held:
    """The rules as they are without the weighed change on the day it applies from, and with it."""
    today = clock.today()
    if weighing.kept is not None:
        now = rules_in_force(weighing.kept.organisation_id, today)
        return Held(kept.without(weighing.kept, now), now, weighing.kept, kept.listings(weighing.kept))
    rule_set = weighing.rule_set
    assert rule_set is not None
    if rule_set.status == RuleSetStatus.DRAFT:
        now = rules_in_force(rule_set.organisation_id, today)
        return Held(now, replace(now, own=drafted(rule_set, today)))
    on = rule_set.applies_from or today
    return Held(
        rules_in_force(rule_set.organisation_id, on, without=rule_set.number),
        rules_in_force(rule_set.organisation_id, on),
    )


def _is_overtaken(weighing: Weighing) -> bool:
    """Is it of a draft that has been changed since?"""
    return weighing.rule_set is not None and weighing.lock_version != weighing.rule_set.lock_version


@transaction.atomic
def work_out(weighing_id: int) -> None:
    """Fold every live procurement of the organisation both ways and keep what changes. Worked out already, or of a draft
    that has been changed since: nothing happens."""
    weighing = (
        Weighing.objects.select_for_update(of=("self",))
        .select_related("rule_set", "kept__organisation")
        .filter(pk=weighing_id, state=WeighingState.ASKED)
        .first()
    )
    if weighing is None or _is_overtaken(weighing):
        return
    rows: list[TouchedProcurement] = []
    for procurement, found in _differences(weighing.change.organisation_id, _held(weighing)):
        weighing.looked_at += 1
        if found:
            rows.append(
                TouchedProcurement(
                    weighing=weighing,
                    procurement=procurement,
                    added=list(found.added),
                    dropped=[list(each) for each in found.dropped],
                    approvals=[list(each) for each in found.approvals],
                    figures=[list(each) for each in found.figures],
                    moves_stage=found.moves_stage,
                )
            )
    bulk.insert(rows)
    weighing.touched, weighing.state, weighing.done_at = len(rows), WeighingState.DONE, clock.now()
    weighing.save(update_fields=["looked_at", "touched", "state", "done_at"])
    rule_set = weighing.rule_set
    begins = rule_set.applies_from if rule_set is not None else clock.today()
    if begins == clock.today():
        tell_pipeline(weighing)


def _differences(organisation_id: int, held: Held) -> Iterator[tuple[Procurement, Difference]]:
    """Each live procurement with what changes in it. Three queries at most for a batch."""
    holidays, today = added_bank_holidays(), clock.today()
    live = Procurement.objects.filter(
        organisation_id=organisation_id, status__in=LIVE, run__isnull=False
    ).order_by("pk")
    ids = list(live.values_list("pk", flat=True))
    for at in range(0, len(ids), BATCH):
        batch = live.filter(pk__in=ids[at : at + BATCH]).select_related("organisation", "run")
        procurements = [each for each in batch if each.run is not None]
        events = events_of([each.run for each in procurements if each.run is not None])
        requests = _requests(procurements, held)
        for procurement in procurements:
            facts = facts_of(procurement, holidays, rules=held.before)
            yield procurement, _of_one(procurement, facts, events, requests, held, today)


def _requests(procurements: Sequence[Procurement], held: Held) -> dict[int, list[Endorsement]]:
    """The endorsements that a change may touch, of each procurement: those that stand, where the tolerance is another; those
    asked for of somebody, where their stand-ins are."""
    found = Endorsement.objects.filter(procurement__in=procurements).defer("paper").order_by("pk")
    if held.moves_tolerance:
        found = found.filter(status__in=COUNTING)
    elif held.change is not None and held.change.subject == KeptSubject.STAND_INS:
        found = found.filter(status=EndorsementStatus.ASKED)
    else:
        return {}
    rows: dict[int, list[Endorsement]] = {}
    for row in found.select_related("asked_of"):
        rows.setdefault(row.procurement_id, []).append(row)
    return rows


def _of_one(
    procurement: Procurement,
    facts: Facts,
    events: dict[int, list[Happened]],
    requests: dict[int, list[Endorsement]],
    held: Held,
    today: dt.date,
) -> Difference:
    assert procurement.run is not None
    journey = loading.of_run(procurement.run.journey, procurement.run.version)
    happened = events[procurement.run.pk]
    facts = facts.with_recorded(recorded(journey, happened))
    before = needs_of(journey, facts, happened, today=today)
    after = needs_of(journey, under(facts, procurement, held.after), happened, today=today)
    mine = requests.get(procurement.pk, [])
    more = [
        *who_may_endorse(after, *held.listed, today),
        *_tolerance(mine, facts, held),
        *_stand_ins(mine, held),
    ]
    return difference(journey, before, after, more)


def _tolerance(mine: Sequence[Endorsement], facts: Facts, held: Held) -> Iterator[Figure]:
    """When endorsements that stand lapse, and which would that did not. Once the contract is signed, none does."""
    if not mine or not held.moves_tolerance or facts.day_of("contract-entered") is not None:
        return
    was, now = held.before.own.tolerance_percent, held.after.own.tolerance_percent
    yield (
        "An endorsement lapses when the value goes up",
        f"by more than {was}%",
        f"by more than {now}%",
    )
    for row in mine:
        then = Shown(Value(row.value_inc_vat, row.value_ex_vat))
        lapses = [
            why_lapsed(then, Shown(facts.value), limit=None, tolerance_percent=each) for each in (was, now)
        ]
        if bool(lapses[0]) != bool(lapses[1]):
            before, after = (f"it would lapse: {each}" if each else "it holds" for each in lapses)
            yield f"Endorsement by {row.asked_of}, {row.get_kind_display().lower()}", before, after


def _stand_ins(mine: Sequence[Endorsement], held: Held) -> Iterator[Figure]:
    """Who may answer in place of somebody who is asked, where that is what changed."""
    if held.change is None or held.change.subject != KeptSubject.STAND_INS:
        return
    came, went = kept.stands(held.change.came), kept.stands(held.change.went)
    for row in mine:
        was, now = (
            listed([each.words for each in part if (each.asked_id, each.kind) == (row.asked_of_id, row.kind)])
            for part in (went, came)
        )
        if was != now:
            nobody = "not in their place"
            yield (
                f"What {row.asked_of} is asked to endorse, {row.get_kind_display().lower()}",
                was or nobody,
                now or nobody,
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
    rule_set = weighing.rule_set if weighing is not None else None
    if rule_set is not None and rule_set.status == RuleSetStatus.PUBLISHED:
        standing.rebuild_of(rule_set.organisation_id)


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
    for weighing in (
        Weighing.objects.filter(
            state=WeighingState.DONE,
            rule_set__status=RuleSetStatus.PUBLISHED,
            rule_set__applies_from=clock.today(),
        )
        .select_related("rule_set")
        .order_by("pk")
    ):
        if not _is_overtaken(weighing):
            tell_pipeline(weighing)
