"""Drafts: begun at the first question, saved at every step, started when complete."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core import clock, references
from toolkit.core.errors import Refused
from toolkit.core.money import without_vat
from workflows.journeys import services as journeys
from workflows.procurements import outcomes, permissions
from workflows.procurements.models import Procurement, Status, TeamMember, TeamRole, VatBasis
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
) -> Procurement:
    """Begin a draft, empty or with what a pipeline entry already says. Only its team sees it."""
    if not reader_of(actor).may(Right.DRAFT, organisation.pk):
        raise Refused(f"You cannot draft procurements for {organisation}")
    procurement = Procurement.objects.create(
        reference=references.new(
            "PR", taken=lambda reference: Procurement.objects.filter(reference=reference).exists()
        ),
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
    )
    TeamMember.objects.create(procurement=procurement, person=actor, role=TeamRole.LEAD, added_by=actor)
    return procurement


@transaction.atomic
def save_answers(*, procurement: Procurement, actor: Person) -> None:
    """Save the answers a form put on a draft. Raises Refused once it has started."""
    current = Procurement.objects.select_for_update(of=("self",)).get(pk=procurement.pk)
    if not permissions.may_edit_draft(reader_of(actor), current):
        raise Refused("This draft has been started: change its facts on the procurement’s own page")
    procurement.regime = triage_of(procurement).regime
    procurement.save()


@transaction.atomic
def start(*, procurement: Procurement, route: str, actor: Person) -> Procurement:
    """Turn a complete draft into a live procurement with a run of its route. Starting twice is a no-op.

    Raises Refused when an answer is missing, the route is not open for these answers, or the actor is no officer of
    its team (a contributor drafts; an officer starts).
    """
    procurement = Procurement.objects.select_for_update(of=("self",)).get(pk=procurement.pk)
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
    procurement.route = route
    procurement.regime = triage.regime
    procurement.commenced_on = clock.today()
    procurement.run = journeys.start(journey=route, actor=actor)
    procurement.status = Status.LIVE
    procurement.started_at = clock.now()
    procurement.save()
    note_on(procurement, "started", actor=actor)
    outcomes.CHANGED.happened(procurement)
    return procurement


@transaction.atomic
def discard(*, procurement: Procurement, actor: Person) -> None:
    """Throw a draft away. Raises Refused when it has started: a live procurement is stopped, with a reason."""
    procurement = Procurement.objects.select_for_update(of=("self",)).get(pk=procurement.pk)
    if not permissions.may_edit_draft(reader_of(actor), procurement):
        raise Refused("Only the draft’s own team can throw it away")
    procurement.delete()
