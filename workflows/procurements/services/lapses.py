"""Endorsements that lapse, because what was endorsed is not what stands; in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import listed
from workflows.journeys.definitions import TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import Amount, Value
from workflows.journeys.progress import Happening, Progress
from workflows.journeys.progress import Status as StepStatus
from workflows.journeys.selectors import progress_of
from workflows.procurements import letters, permissions
from workflows.procurements.approvals import COUNTING, endorsing, endorsing_of, kind_label
from workflows.procurements.facts import facts_of
from workflows.procurements.lapsing import Shown, why_lapsed
from workflows.procurements.models import Endorsement, EndorsementStatus, Procurement, Regime, Status
from workflows.procurements.papers import standing_paper
from workflows.procurements.services.tasks import append, locked, task_of


def progress_now(procurement: Procurement) -> Progress:
    """Where a procurement stands, asked anew."""
    assert procurement.run is not None  # endorsements are asked for in steps
    return progress_of(procurement.run, facts_of(procurement), today=clock.today())


def tell_step(procurement: Procurement, task: str, actor: Person, answer: str, because: str) -> None:
    """Let the step of a locked procurement say that something it asked for is not given, and whom else it waits for. A step
    that is completed without it says nothing."""
    state = progress_now(procurement).state(task)
    if state.status == StepStatus.COMPLETED:
        return
    still = endorsing_of(procurement, state.task, facts_of(procurement)).still
    data = {"because": because, "answer": str(answer), **({"still": still} if still else {})}
    append(procurement, Happening.DECLINED, task, actor, data)


@transaction.atomic
def ask_anew(*, procurement: Procurement, task: str, reason: str, actor: Person) -> None:
    """Let everything that was given and asked for in a step lapse, because an officer says why it does not hold any more."""
    procurement = locked(procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can have it endorsed anew")
    if procurement.status != Status.LIVE:
        raise Refused(f"The procurement is {procurement.get_status_display().lower()}")
    if task_of(procurement, task).kind != TaskKind.ENDORSEMENT:
        raise Refused("This step asks for no endorsement")
    if not reason.strip():
        raise Refused("Enter why it has to be endorsed anew")
    if _is_signed(progress_now(procurement)):
        raise Refused("The contract is signed: what was endorsed before it stays as it is")
    rows = list(_counting(procurement).filter(task=task))
    if rows:
        _lapse(procurement, [(row, reason.strip()) for row in rows], actor)


def reconsider(procurement: Procurement, actor: Person, *, before: Facts | None = None) -> None:
    """Let every endorsement of a locked procurement lapse that was of something else, and open its step again with the
    reason. With the facts as they were `before`, open a step too for which these ask more endorsements than those did.

    Call it in the transaction that changes what was endorsed. Once the contract is signed, or the procurement is over,
    everything stays as it was given.
    """
    if procurement.run is None or procurement.status not in (Status.LIVE, Status.PAUSED):
        return
    progress = progress_now(procurement)
    if _is_signed(progress):
        return
    facts = facts_of(procurement)
    lapsed = [
        (row, because) for row in _counting(procurement) if (because := why_stale(procurement, row, facts))
    ]
    if lapsed:
        _lapse(procurement, lapsed, actor)
        progress = progress_now(procurement)
    if before is not None:
        _ask_for_more(procurement, progress, before, actor)


def _counting(procurement: Procurement) -> Any:
    return (
        procurement.endorsements.select_for_update(of=("self",))
        .filter(status__in=COUNTING)
        .select_related("asked_by", "asked_of", "paper__document__template")
        .defer("paper__answers")
    )


def _is_signed(progress: Progress) -> bool:
    return progress.facts.day_of("contract-entered") is not None


def _lapse(procurement: Procurement, lapsed: Iterable[tuple[Endorsement, str]], actor: Person) -> None:
    """Let endorsements and requests lapse, each with its reason, and open their steps again with the first of them."""
    reasons: dict[str, str] = {}
    for row, because in lapsed:
        was_given = row.status == EndorsementStatus.ENDORSED
        row.status, row.lapsed_at, row.lapsed_because = EndorsementStatus.LAPSED, clock.now(), because[:500]
        row.save(update_fields=["status", "lapsed_at", "lapsed_because"])
        what = "endorsement" if was_given else "request"
        reasons.setdefault(row.task, f"the {kind_label(row.kind)} {what} has lapsed: {because}")
        letters.tell_lapsed(row, was_given=was_given, actor=actor)
    for task, because in reasons.items():
        _open_step(procurement, task, actor, because)


def _open_step(procurement: Procurement, task: str, actor: Person, because: str) -> None:
    state = progress_now(procurement).state(task)
    if state.status == StepStatus.COMPLETED:
        data = {"because": because, "answer": EndorsementStatus.LAPSED.value}
        append(procurement, Happening.REOPENED, task, actor, data)
    else:
        tell_step(procurement, task, actor, EndorsementStatus.LAPSED, because)


def _ask_for_more(procurement: Procurement, progress: Progress, before: Facts, actor: Person) -> None:
    """Open completed steps for which the facts ask a kind of endorsement that they did not ask before."""
    done = [
        state.task
        for state in progress.states
        if state.task.kind == TaskKind.ENDORSEMENT and state.status == StepStatus.COMPLETED
    ]
    if not done:
        return
    rows = list(procurement.endorsements.select_related("asked_of").order_by("asked_at", "pk"))
    for task in done:
        own = [row for row in rows if row.task == task.slug]
        was_missing = endorsing(task, before, own).missing
        more = [kind for kind in endorsing(task, progress.facts, own).missing if kind not in was_missing]
        if own and more:
            words = listed([kind_label(kind) for kind in more])
            _open_step(
                procurement,
                task.slug,
                actor,
                f"with these facts an endorsement of another kind is needed too: {words}",
            )


def why_stale(procurement: Procurement, row: Endorsement, facts: Facts) -> str:
    """Why an endorsement does not hold for what stands now; empty while it does."""
    paper = standing_paper(row.paper.document) if row.paper is not None else None
    return why_lapsed(
        Shown(
            Value(row.value_inc_vat, row.value_ex_vat),
            row.route,
            _law_words(row.regime),
            row.paper.paper_digest if row.paper is not None else "",
        ),
        Shown(
            facts.value,
            procurement.route,
            _law_words(procurement.regime),
            paper.paper_digest if paper is not None else "",
        ),
        limit=Amount(row.limit, row.limit_basis) if row.limit is not None else None,
        tolerance_percent=facts.own.tolerance_percent,
    )


def _law_words(regime: str) -> str:
    return str(Regime(regime).label) if regime else ""


@transaction.atomic
def paper_reviewed(*, reference: str, actor: Person) -> None:
    """A document of this procurement was reviewed anew: what was endorsed of an older version lapses."""
    found = Procurement.objects.filter(reference=reference).first()
    if found is not None and found.endorsements.filter(status__in=COUNTING, paper__isnull=False).exists():
        reconsider(locked(found), actor)
