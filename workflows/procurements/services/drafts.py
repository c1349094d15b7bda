"""Drafts: begun at the first question, saved at every step, started when complete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core import clock, references
from toolkit.core.errors import Refused
from toolkit.core.money import without_vat
from workflows.journeys import services as journeys
from workflows.journeys.selectors import progress_of
from workflows.procurements import permissions
from workflows.procurements.facts import facts_of
from workflows.procurements.models import LineKind, Procurement, Status, TeamMember, TeamRole, VatBasis
from workflows.procurements.services import window
from workflows.procurements.services.baselines import keep_first
from workflows.procurements.services.history import write
from workflows.procurements.services.standing import changed
from workflows.procurements.services.tasks import locked
from workflows.procurements.triage import triage_of

REQUIRED = (
    ("title", "a short title", "need"),
    ("need", "what you need and for whom", "need"),
    ("consequence", "what happens if you do nothing", "money"),
    ("money", "whether there is money", "money"),
    ("category", "the category", "category"),
    ("kind", "goods, services or works", "category"),
    ("needed_on", "the day it is needed", "when"),
)
"""What a draft must say before it can start: (field, in words, question page)."""


FACTS = frozenset(
    {
        "title", "need", "consequence", "money", "category", "kind", "is_light_touch", "is_health", "is_utility",
        "is_concession", "value_typed", "value_basis", "value_inc_vat", "value_ex_vat", "value_is_unknown", "needed_on",
    }
)  # fmt: skip
"""The fields that the opening questions fill, and that may still change after the start."""
ANSWERS = FACTS | {"route", "cpv_codes"}


def put(procurement: Procurement, answers: Mapping[str, Any], allowed: frozenset[str]) -> list[str]:
    """Put answers on a locked record, not yet saved; which fields changed. Raises ValueError for any other field."""
    strange = answers.keys() - allowed
    if strange:
        raise ValueError(f"no answers of a procurement: {sorted(strange)}")
    changed = [name for name, value in answers.items() if getattr(procurement, name) != value]
    for name in changed:
        setattr(procurement, name, answers[name])
    return changed


def missing(procurement: Procurement) -> list[tuple[str, str]]:
    """What is still to be answered: (in words, question page)."""
    gaps = [(words, page) for field, words, page in REQUIRED if not getattr(procurement, field)]
    if procurement.is_light_touch is None:
        gaps.append(("whether special rules apply", "special-rules"))
    if procurement.value_typed is None and not procurement.value_is_unknown:
        gaps.append(("the estimated value", "value"))
    return gaps


@transaction.atomic
def begin(
    *,
    organisation: Organisation,
    actor: Person,
    title: str = "",
    need: str = "",
    category: str = "",
    kind: str = "",
    cpv_codes: list[str] | None = None,
    value_inc_vat: Decimal | None = None,
    needed_on: dt.date | None = None,
    form_key: UUID | None = None,
) -> Procurement:
    """Begin a draft, empty or with what a pipeline entry already says. Only its team sees it.

    `form_key` is the key of the form that asked for it: the same form sent again gives the draft it began before.
    """
    if not reader_of(actor).may(Right.DRAFT, organisation.pk):
        raise Refused(f"You cannot draft procurements for {organisation}")
    procurement = Procurement(
        organisation=organisation,
        title=title[:200],
        need=need,
        category=category,
        kind=kind,
        cpv_codes=cpv_codes or [],
        value_typed=value_inc_vat,
        value_basis=VatBasis.INC if value_inc_vat is not None else "",
        value_inc_vat=value_inc_vat,
        value_ex_vat=without_vat(value_inc_vat) if value_inc_vat is not None else None,
        needed_on=needed_on,
        created_by=actor,
        form_key=form_key,
    )
    return keep_new(procurement, actor)


def keep_new(procurement: Procurement, actor: Person) -> Procurement:
    """Give a new record its reference and its lead, and save it. The form that asked for it, sent again, gives the record
    that it began before."""
    procurement.reference = references.new(
        "PR", taken=lambda reference: Procurement.objects.filter(reference=reference).exists()
    )
    try:
        with transaction.atomic():
            procurement.save()
    except IntegrityError:
        begun = Procurement.objects.filter(form_key=procurement.form_key, created_by=actor)
        if procurement.form_key is None or not begun.exists():
            raise
        return begun.get()
    TeamMember.objects.create(procurement=procurement, person=actor, role=TeamRole.LEAD, added_by=actor)
    return procurement


@transaction.atomic
def save_answers(*, procurement: Procurement, answers: Mapping[str, Any], actor: Person) -> Procurement:
    """Save answers (field → value) on a draft; other answers stay as they are now. Raises Refused once it has started."""
    procurement = locked(procurement)
    if not permissions.may_edit_draft(reader_of(actor), procurement):
        raise Refused("This has been started: change its facts on the procurement’s own page")
    changed = put(procurement, answers, ANSWERS)
    procurement.regime = triage_of(procurement).regime
    procurement.save(update_fields=[*changed, "regime"])
    return procurement


@transaction.atomic
def start(*, procurement: Procurement, route: str, actor: Person) -> Procurement:
    """Turn a complete draft into a live procurement with a run of its route. Starting twice is a no-op.

    Raises Refused when an answer is missing, the route is not open for these answers, or the actor is no officer of
    its team (a contributor drafts; an officer starts).
    """
    procurement = locked(procurement)
    if procurement.status != Status.DRAFT:
        return procurement
    if not permissions.may_run(reader_of(actor), procurement):
        raise Refused("An officer on the team has to start the procurement")
    gaps = missing(procurement)
    if gaps:
        raise Refused(f"Answer first: {', '.join(words for words, _ in gaps)}")
    triage = triage_of(procurement)
    offered = {option.slug: option for option in triage.runnable}
    if route not in offered:
        raise Refused("This route is not open for what you answered")
    procurement.regime = offered[route].regime
    procurement.commenced_on = clock.today()
    go_live(procurement, route=route, name=offered[route].name, actor=actor)
    return procurement


def go_live(procurement: Procurement, *, route: str, name: str, actor: Person) -> None:
    """Let a draft of this transaction run on a route. Whoever calls has asked for the right to, and set its law."""
    procurement.route = route
    procurement.run = journeys.start(journey=route, actor=actor)
    procurement.status = Status.LIVE
    procurement.started_at = clock.now()
    procurement.save()
    if procurement.is_challenge:
        window.open_from(procurement, clock.now())
    write(procurement, LineKind.STARTED, actor, detail=name)
    note_on(procurement, "started", actor=actor)
    keep_first(procurement, progress_of(procurement.run, facts_of(procurement), today=clock.today()), actor)
    changed(procurement)


@transaction.atomic
def hand_over(*, procurement: Procurement, where: str, actor: Person) -> Procurement:
    """Close a draft that no route of the toolkit takes (health care, utilities): it is bought elsewhere, and `where` says
    where its record is. Handing over twice is a no-op."""
    procurement = locked(procurement)
    if procurement.status == Status.CLOSED:
        return procurement
    if procurement.status != Status.DRAFT or not permissions.may_run(reader_of(actor), procurement):
        raise Refused("An officer on the team of the draft has to say where it is handled")
    if not triage_of(procurement).guidance_only:
        raise Refused("The toolkit has a route for this: start the procurement here")
    if not where.strip():
        raise Refused("Enter where it is handled")
    procurement.status, procurement.handled_where = Status.CLOSED, where.strip()
    procurement.save(update_fields=["status", "handled_where"])
    write(procurement, LineKind.HANDED_OVER, actor, detail=procurement.handled_where)
    return procurement


@transaction.atomic
def discard(*, procurement: Procurement, actor: Person) -> None:
    """Throw a draft away. Raises Refused when it has started: a live procurement is stopped, with a reason."""
    procurement = locked(procurement)
    if not permissions.may_edit_draft(reader_of(actor), procurement):
        raise Refused("Only the draft’s own team can throw it away")
    procurement.delete()
