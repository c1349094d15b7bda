"""Endorsements asked for, answered and withdrawn; those that lapse because what was endorsed is not what stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction

from guidance.documents.models import Made
from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import listed, sentence
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.progress import Happening
from workflows.journeys.progress import Status as StepStatus
from workflows.procurements import confidence, letters, permissions
from workflows.procurements.approvals import (
    COUNTING,
    Endorsing,
    endorsing_of,
    has_part,
    kind_label,
    papers_named,
    steps_of_gate,
)
from workflows.procurements.endorsers import Endorser, endorsers
from workflows.procurements.facts import facts_of, journey_of
from workflows.procurements.models import (
    Endorsement,
    EndorsementStatus,
    LineKind,
    Procurement,
    Status,
    TeamMember,
    TeamRole,
)
from workflows.procurements.papers import Elsewhere, reviewed_papers
from workflows.procurements.services.history import write
from workflows.procurements.services.lapses import progress_now, tell_step, why_stale
from workflows.procurements.services.tasks import append, locked, may_touch, task_of
from workflows.procurements.stand_ins import stand_ins


@transaction.atomic
def ask_endorsement(
    *,
    procurement: Procurement,
    task: str,
    kind: str,
    of: Person,
    note: str,
    actor: Person,
    paper: Made | Elsewhere | None = None,
    budget_ex_vat: Decimal | None = None,
) -> Endorsement:
    """Ask one listed person for one kind of endorsement, with the paper that they are to read. `budget_ex_vat` becomes the
    record's own where it is given.

    Raises Refused for the requester and anyone not listed, for a kind that cannot be asked for now, for whoever is asked
    for, gave or wants another endorsement at the same approval, for a paper that is not reviewed, and without a paper where
    the step is about a document.
    """
    procurement = locked(procurement)
    may_touch(procurement, task, actor)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can ask for an endorsement")
    facts = facts_of(procurement)
    found = task_of(procurement, task)
    if found.kind != TaskKind.ENDORSEMENT:
        raise Refused("This step asks for no endorsement")
    if of == actor:
        raise Refused("You cannot endorse your own request")
    standing = endorsing_of(procurement, found, facts)
    _refuse_kind(standing, kind)
    endorser = next(
        (each for each in endorsers(procurement, [kind], requester=actor) if each.person == of), None
    )
    if endorser is None:
        raise Refused(f"{of} is not listed to endorse this for {procurement.organisation}")
    _refuse_person(procurement, found, facts, of, actor)
    _refuse_paper(procurement, found, paper, actor)
    if budget_ex_vat is not None:
        set_budget(procurement, budget_ex_vat, actor)
    endorsement = Endorsement.objects.create(
        procurement=procurement,
        task=task,
        kind=kind,
        asked_by=actor,
        asked_of=of,
        note=note,
        **_shown(procurement, facts, endorser, paper),
    )
    TeamMember.objects.get_or_create(
        procurement=procurement, person=of, defaults={"role": TeamRole.ENDORSER, "added_by": actor}
    )
    still = listed([str(row.asked_of) for row in standing.open] + [str(of)])
    append(procurement, Happening.ASKED, task, actor, {"of": f"{still} to endorse", "kind": kind})
    letters.ask_endorser(endorsement)
    for person in stand_ins(endorsement):
        letters.ask_stand_in(endorsement, person)
    return endorsement


def _refuse_kind(standing: Endorsing, kind: str) -> None:
    """Raises Refused where this kind cannot be asked for now."""
    if kind in standing.to_ask:
        return
    words = kind_label(kind)
    if not standing.kinds and standing.open:
        raise Refused("Somebody has been asked already: withdraw that request to ask somebody else")
    if any(row.kind == kind for row in standing.open):
        raise Refused(
            f"Somebody has been asked for {words} already: withdraw that request to ask somebody else"
        )
    if kind in standing.given or (not standing.kinds and standing.is_complete):
        raise Refused(f"{words} is given already")
    if kind not in standing.kinds:
        raise Refused(f"Your organisation’s own rules ask for no endorsement of this kind here: {words}")
    raise Refused(f"One after another: {kind_label(standing.missing[0])} comes before {words}")


def _refuse_paper(
    procurement: Procurement, task: Task, paper: Made | Elsewhere | None, actor: Person
) -> None:
    """Raises Refused for a paper that nobody has reviewed, for one elsewhere without its reference and the reason, and for
    none where the step is about a document."""
    if paper is None:
        if papers_named(progress_now(procurement), task):
            raise Refused(
                "Select the reviewed paper, or enter where it is kept and why it is not kept here: "
                "nobody endorses what they cannot read"
            )
    elif isinstance(paper, Elsewhere):
        if not paper.reference.strip() or not paper.why.strip():
            raise Refused("Enter the reference or address of the paper, and why it is not kept here")
    elif paper not in reviewed_papers(procurement, reader_of(actor)):
        raise Refused("The paper must be a document of this procurement in the version that was reviewed")


def _refuse_person(procurement: Procurement, task: Task, facts: Facts, of: Person, actor: Person) -> None:
    """Raises Refused where one person would endorse twice at one approval, or both ask and endorse there."""
    steps = steps_of_gate(journey_of(procurement, facts), task)
    rows = procurement.endorsements.filter(task__in=steps, status__in=COUNTING).values_list(
        "asked_by_id", "asked_of_id", "stand_in_id"
    )
    if any(of.pk in endorsers for _, *endorsers in rows):
        raise Refused(f"{of} is asked or has endorsed here already: nobody endorses twice at one approval")
    if any(asked_by == of.pk for asked_by, *_ in rows):
        raise Refused(f"{of} has asked for an endorsement here: nobody endorses their own request")
    if any(actor.pk in endorsers for _, *endorsers in rows):
        raise Refused("You are asked to endorse here, or have done so: somebody else on the team has to ask")


def _shown(
    procurement: Procurement, facts: Facts, endorser: Endorser, paper: Made | Elsewhere | None
) -> dict[str, Any]:
    """What a request keeps of what stands on the day."""
    limit = endorser.limit
    elsewhere = paper if isinstance(paper, Elsewhere) else None
    return {
        "value_inc_vat": procurement.value_inc_vat,
        "value_ex_vat": procurement.value_ex_vat,
        "value_basis": procurement.value_basis,
        "budget_ex_vat": procurement.budget_ex_vat,
        "route": procurement.route,
        "regime": procurement.regime,
        "rules_from": facts.own.applies_from,
        "limit": limit.pounds if limit is not None else None,
        "limit_basis": limit.basis if limit is not None else "",
        "paper": paper if elsewhere is None else None,
        "paper_reference": elsewhere.reference.strip() if elsewhere is not None else "",
        "paper_elsewhere": elsewhere.why.strip() if elsewhere is not None else "",
    }


def set_budget(procurement: Procurement, budget_ex_vat: Decimal, actor: Person) -> None:
    """Keep the agreed budget on a locked record. The history says that it changed and never what it is."""
    if budget_ex_vat < 0:
        raise Refused("The budget must be £0 or more")
    if procurement.budget_ex_vat != budget_ex_vat:
        procurement.budget_ex_vat = budget_ex_vat
        procurement.save(update_fields=["budget_ex_vat"])
        write(procurement, LineKind.FACTS, actor, detail="The agreed budget, which its team alone sees.")


@transaction.atomic
def withdraw_endorsement(*, endorsement: Endorsement, actor: Person) -> None:
    """Take a request back, so that somebody else can be asked. Withdrawing twice is a no-op.

    Raises Refused once it has been answered, and for anyone but an officer on the team.
    """
    procurement = locked(endorsement.procurement)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can withdraw a request")
    endorsement.refresh_from_db(fields=["status"])
    if endorsement.status == EndorsementStatus.WITHDRAWN:
        return
    if endorsement.status == EndorsementStatus.LAPSED:
        raise Refused("This has lapsed already: nothing is asked any more")
    if endorsement.status != EndorsementStatus.ASKED:
        raise Refused("This has been answered already")
    withdraw_open(procurement, actor, request=endorsement)


def withdraw_open(
    procurement: Procurement,
    actor: Person,
    *,
    request: Endorsement | None = None,
    asked_of: Person | None = None,
) -> None:
    """Withdraw what is still asked for of a locked procurement: all of it, one request, or what one person is asked."""
    requests = procurement.endorsements.select_for_update().filter(status=EndorsementStatus.ASKED)
    if request is not None:
        requests = requests.filter(pk=request.pk)
    if asked_of is not None:
        requests = requests.filter(asked_of=asked_of)
    for each in requests:
        _close(each, EndorsementStatus.WITHDRAWN)
        tell_step(procurement, each.task, actor, EndorsementStatus.WITHDRAWN, "the request was withdrawn")


def _close(endorsement: Endorsement, status: EndorsementStatus) -> None:
    endorsement.status, endorsement.answered_at = status, clock.now()
    endorsement.save(update_fields=["status", "answered_at"])


ANSWERED = {
    EndorsementStatus.ENDORSED: "endorsed",
    EndorsementStatus.DECLINED: "declined to endorse",
    EndorsementStatus.CHANGES: "asked for changes before endorsing",
}
"""The answers there are, and what the administrators' record says of them."""


@transaction.atomic
def answer_endorsement(
    *, endorsement: Endorsement, status: str, reasons: str, actor: Person, comment: str = ""
) -> None:
    """Endorse, decline or ask for changes, with reasons, and with what the report is to say for this kind. Only the person
    asked can, or whoever is named to stand in for them; once. The last endorsement that the step needs completes it.

    Raises Refused for anyone else, unless the procurement is live, and when what they were asked about has changed.
    """
    procurement = locked(endorsement.procurement)
    endorsement = (
        Endorsement.objects.select_for_update(of=("self",))
        .select_related("asked_by", "asked_of", "paper__document")
        .get(pk=endorsement.pk)
    )
    in_place = actor.pk != endorsement.asked_of_id
    if actor.pk == endorsement.asked_by_id or (in_place and not _is_named(procurement, endorsement, actor)):
        raise Refused("Only the person who was asked can answer, or somebody who may stand in for them")
    if not reader_of(actor).may(Right.ENDORSE, procurement.organisation_id):
        raise Refused(f"You are not an approver of {procurement.organisation} any more")
    if endorsement.status == EndorsementStatus.WITHDRAWN:
        raise Refused("The request has been withdrawn: nothing is asked of you any more")
    if endorsement.status == EndorsementStatus.LAPSED:
        raise Refused(f"The request has lapsed: {endorsement.lapsed_because}. You will be asked again")
    if endorsement.status != EndorsementStatus.ASKED:
        raise Refused("This has been answered already")
    if procurement.status != Status.LIVE:
        raise Refused(f"The procurement is {procurement.get_status_display().lower()}")
    if status not in ANSWERED:
        raise Refused("Select an answer")
    if status != EndorsementStatus.ENDORSED and not reasons.strip():
        raise Refused("Enter your reasons")
    facts = facts_of(procurement)
    if in_place:
        _stand_in(procurement, endorsement, facts, actor)
    if status == EndorsementStatus.ENDORSED:
        _refuse_endorsing(procurement, endorsement, facts, actor)
    endorsement.status, endorsement.answered_at = status, clock.now()
    endorsement.reasons, endorsement.comment = reasons.strip(), comment.strip()
    endorsement.save(update_fields=["status", "reasons", "comment", "answered_at", "stand_in"])
    if status == EndorsementStatus.ENDORSED:
        _endorsed(procurement, endorsement, facts, actor)
    else:
        word = "declined" if status == EndorsementStatus.DECLINED else "asked for changes"
        tell_step(procurement, endorsement.task, actor, status, f"{endorsement.answered_by} {word}")
    did = ANSWERED[EndorsementStatus(status)]
    if in_place:
        did = f"in place of {endorsement.asked_of} {did}"
    note_on(procurement, confidence.told(task_of(procurement, endorsement.task), did), actor=actor)
    letters.tell_answer(endorsement)
    if in_place:
        letters.tell_answered_in_place(endorsement)


def _is_named(procurement: Procurement, endorsement: Endorsement, actor: Person) -> bool:
    """May they stand in for the person asked, or did they answer in their place already?"""
    endorsement.procurement = procurement
    return actor.pk == endorsement.stand_in_id or actor in stand_ins(endorsement)


def _stand_in(procurement: Procurement, endorsement: Endorsement, facts: Facts, actor: Person) -> None:
    """Let an open request be answered by somebody else than the person asked. They can read what they answered from then
    on, as whoever was asked can. Raises Refused for somebody who has a part in the same approval."""
    steps = steps_of_gate(journey_of(procurement, facts), task_of(procurement, endorsement.task))
    if has_part(procurement, steps, actor.pk):
        raise Refused(
            "You have asked for an endorsement here, are asked for one, or have given one: "
            "nobody endorses twice at one approval"
        )
    endorsement.stand_in = actor
    TeamMember.objects.get_or_create(
        procurement=procurement,
        person=actor,
        defaults={"role": TeamRole.ENDORSER, "added_by": endorsement.asked_by},
    )


def _refuse_endorsing(
    procurement: Procurement, endorsement: Endorsement, facts: Facts, actor: Person
) -> None:
    """Raises Refused unless what they were asked about is what stands, and they are listed for it as it stands."""
    changed = why_stale(procurement, endorsement, facts)
    if changed:
        raise Refused(f"{sentence(changed).rstrip('.')}: ask for changes, or wait to be asked again")
    listed_now = endorsers(procurement, [endorsement.kind], requester=endorsement.asked_by)
    if actor not in [each.person for each in listed_now]:
        raise Refused(f"You are not listed to endorse this for {procurement.organisation} any more")


def _endorsed(procurement: Procurement, endorsement: Endorsement, facts: Facts, actor: Person) -> None:
    """Complete the step with the last endorsement it needs, or say whom else it waits for."""
    task = task_of(procurement, endorsement.task)
    standing = endorsing_of(procurement, task, facts)
    data = {"endorsed_by": endorsement.answered_by, "kind": endorsement.kind, "reasons": endorsement.reasons}
    if endorsement.stand_in is not None:
        data["in_place_of"] = str(endorsement.asked_of)
    if standing.is_complete:
        _complete(procurement, standing, task, actor, data)
        return
    still = standing.still
    because = f"next: {listed([kind_label(kind) for kind in standing.missing])}"
    more = {"still": still} if still else {"because": because}
    append(procurement, Happening.GIVEN, task.slug, actor, data | more)


def _complete(
    procurement: Procurement, standing: Endorsing, task: Task, actor: Person, data: dict[str, Any]
) -> None:
    """Complete the step of a locked procurement; what was asked for besides is not needed any more."""
    for row in standing.open:
        _close(row, EndorsementStatus.WITHDRAWN)
    given = [f"{row.answered_by} ({kind_label(kind)})" for kind, row in standing.given.items()]
    append(procurement, Happening.COMPLETED, task.slug, actor, {**data, "given": given})


@transaction.atomic
def complete_endorsements(*, procurement: Procurement, task: str, actor: Person) -> None:
    """Complete a step whose endorsements are all given since the organisation's own rules ask for fewer. Raises Refused."""
    procurement = locked(procurement)
    may_touch(procurement, task, actor)
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("Only an officer on the team can complete this step")
    found = task_of(procurement, task)
    standing = endorsing_of(procurement, found, facts_of(procurement))
    if found.kind != TaskKind.ENDORSEMENT or not standing.is_complete:
        raise Refused("Not every endorsement that this step needs is given")
    if progress_now(procurement).state(task).status != StepStatus.COMPLETED:
        _complete(procurement, standing, found, actor, {})
