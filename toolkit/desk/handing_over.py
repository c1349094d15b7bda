"""Handing over all of one's work, or a leaver's: each app moves what is its own, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from guidance.documents.letters import TEAM
from guidance.documents.services import handing_over as documents
from guidance.documents.services.handing_over import Papers
from toolkit.accounts.activity import note
from toolkit.accounts.models import Membership, MembershipStatus, Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right, rights_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import count, listed
from toolkit.notifications.services import notify
from workflows.contracts import services as contracts
from workflows.procurements.services import handing_over as procurements
from workflows.procurements.services.handing_over import Work


@dataclass(frozen=True, slots=True)
class Load:
    """What one person does in an organisation, or what of it was handed over: numbers, and nothing of what it is."""

    work: Work
    contracts: int
    papers: Papers

    @property
    def is_empty(self) -> bool:
        return not self.in_words

    @property
    def left_in_words(self) -> str:
        """What stays where it is, in sentences; empty for nothing."""
        told = []
        if number := self.work.with_team:
            told.append(
                f"{count(number, 'procurement is', 'procurements are')} in confidence: the team was asked to hand over."
            )
        if number := self.work.with_staff:
            told.append(
                f"{count(number, 'procurement is', 'procurements are')} in confidence with no officer left: the staff of the service were asked."
            )
        if number := self.papers.given_back:
            told.append(f"{count(number, 'review')} could not be handed over: whoever asked was told.")
        return " ".join(told)

    @property
    def in_words(self) -> str:
        """`3 procurements, 5 steps and 1 contract`; empty for nothing."""
        numbers = [
            (self.work.procurements, "procurement"),
            (self.work.steps, "step"),
            (self.work.endorsements, "request to endorse"),
            (self.contracts, "contract"),
            (self.papers.documents, "document"),
            (self.papers.reviews, "review"),
        ]
        many = {"request to endorse": "requests to endorse"}
        return listed([count(number, one, many.get(one)) for number, one in numbers if number])


def loads_of(people: Iterable[Person], organisation: Organisation) -> dict[int, Load]:
    """What each of these people does in an organisation, by their key. Six queries, however many people."""
    people = list(people)
    work = procurements.work_of(people, organisation)
    managed = contracts.managed_by(people, organisation)
    papers = documents.papers_of(people, organisation)
    return {each.pk: Load(work[each.pk], managed.get(each.pk, 0), papers[each.pk]) for each in people}


def officers_of(organisation: Organisation, *, but: Person) -> list[Person]:
    """Who can take work over."""
    members = (
        Membership.objects.filter(organisation=organisation, person__is_active=True)
        .exclude(person=but)
        .current_on(clock.today())
        .select_related("person")
    )
    return [member.person for member in members if Right.RUN in rights_of(member.roles)]


@transaction.atomic
def hand_over_own(*, organisation: Organisation, to: Person, actor: Person) -> Load:
    """Give all that the actor does in an organisation to an officer of it. Both are told. Raises Refused."""
    return _hand_over(actor, to, organisation, actor, is_leaver=False)


@transaction.atomic
def hand_over_leaver(*, membership: Membership, to: Person, actor: Person) -> Load:
    """Give all that somebody who has left did to an officer of the organisation, without seeing what it is. What is in
    confidence stays: its team is asked to hand it over, or staff where no officer is left on it.

    Raises Refused for anyone but an administrator, while the person is still let in, and for taking it over oneself.
    """
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("person", "organisation")
        .get(pk=membership.pk)
    )
    organisation = membership.organisation
    if not reader_of(actor).may(Right.MANAGE_PEOPLE, organisation.pk):
        raise Refused(f"Only an administrator of {organisation} can do this")
    if not has_left(membership):
        raise Refused(f"{membership.person} is still in {organisation}: they hand over their work themselves")
    if to == actor:
        raise Refused("Name somebody else: whoever hands over a leaver’s work does not take it over")
    return _hand_over(membership.person, to, organisation, actor, is_leaver=True)


def has_left(membership: Membership) -> bool:
    """Removed, or past their last day; not somebody who waits or was never let in."""
    is_over = membership.status == MembershipStatus.ADMITTED and not membership.is_current_on(clock.today())
    return is_over or membership.status == MembershipStatus.ENDED


def _hand_over(
    person: Person, to: Person, organisation: Organisation, actor: Person, *, is_leaver: bool
) -> Load:
    procurements.refuse_receiver(to, person, organisation)
    whole: dict[str, Any] = {"person": person, "to": to, "organisation": organisation, "actor": actor}
    moved = Load(
        procurements.hand_over_all(**whole, is_leaver=is_leaver),
        contracts.hand_over_all(**whole),
        documents.hand_over_all(**whole, is_leaver=is_leaver),
    )
    if moved.is_empty:
        return moved
    note(organisation=organisation, actor=actor, sentence=f"{actor} handed the work of {person} over to {to}")
    tell: dict[str, Any] = {"kind": TEAM, "subject": "", "path": "/", "actor": actor}
    notify(
        people=[to],
        heading="Work was handed over to you",
        sentence=f"What {person} did is yours now: {moved.in_words}.",
        **tell,
    )
    # To oneself too: a letter that says what was handed over.
    notify(
        people=[person],
        heading="Your work was handed over",
        sentence=f"{to} does now what you did: {moved.in_words}.",
        **(tell | {"actor": None}),
    )
    return moved


def leavers(context: Mapping[str, Any]) -> SafeString | str:
    """Who has left and still has work to hand over. Seven queries."""
    organisation = context["organisation"]
    gone = list(
        Membership.objects.filter(organisation=organisation)
        .exclude(status__in=[MembershipStatus.PENDING, MembershipStatus.DECLINED])
        .exclude(pk__in=Membership.objects.current_on(clock.today()).values("pk"))
        .select_related("person")
    )
    loads = loads_of([each.person for each in gone], organisation) if gone else {}
    rows = [(each, loads[each.person_id].in_words) for each in gone if not loads[each.person_id].is_empty]
    return mark_safe(render_to_string("desk/_leavers.html", {"rows": rows})) if rows else ""
