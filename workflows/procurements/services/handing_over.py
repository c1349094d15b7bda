"""Handing over: what one person does in one procurement, or in all of an organisation's, to an officer of it.

While bids are in confidence only the team hands over. A leaver's work that is in confidence stays where it is: its team is
asked, or the staff of the service where no officer is left on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet

from toolkit.accounts.activity import note_on
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.procurements import confidence, letters, permissions
from workflows.procurements.models import (
    Endorsement,
    EndorsementStatus,
    LineKind,
    Procurement,
    Status,
    TaskAssignment,
    TeamMember,
    TeamRole,
)
from workflows.procurements.services.comments import comment
from workflows.procurements.services.endorsements import withdraw_open
from workflows.procurements.services.history import write
from workflows.procurements.services.tasks import locked

OPEN = (Status.DRAFT, Status.LIVE, Status.PAUSED)
"""What is closed or stopped keeps the team that it had."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one person does in an organisation's procurements, in numbers."""

    procurements: int = 0
    steps: int = 0
    endorsements: int = 0
    """Requests to endorse that wait for them."""
    with_team: int = 0
    """Procurements in confidence that stay where they are."""
    with_staff: int = 0
    """Those of them that have no officer left."""


def _working(people: Iterable[Person], organisation: Organisation) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(
        person__in=people,
        role__in=[TeamRole.LEAD, TeamRole.MEMBER],
        procurement__organisation=organisation,
        procurement__status__in=OPEN,
    )


def _asked(people: Iterable[Person], organisation: Organisation) -> QuerySet[Endorsement]:
    return Endorsement.objects.filter(
        asked_of__in=people,
        status=EndorsementStatus.ASKED,
        procurement__organisation=organisation,
        procurement__status__in=OPEN,
    )


def work_of(people: Iterable[Person], organisation: Organisation) -> dict[int, Work]:
    """What each of these people has to hand over, by their key. Three queries."""
    working = _working(people, organisation)
    steps = TaskAssignment.objects.filter(
        person__in=people, procurement__organisation=organisation, procurement__status__in=OPEN
    )
    by_person = [
        dict(rows.order_by().values_list(whose).annotate(Count("pk")))
        for rows, whose in (
            (working, "person"),
            (steps, "person"),
            (_asked(people, organisation), "asked_of"),
        )
    ]
    return {person.pk: Work(*(numbers.get(person.pk, 0) for numbers in by_person)) for person in people}


def refuse_receiver(to: Person, person: Person, organisation: Organisation) -> None:
    """Raises Refused unless work of this person can go to that one."""
    if to == person:
        raise Refused("Select somebody else")
    if not reader_of(to).may(Right.RUN, organisation.pk):
        raise Refused(f"{to} is not an officer of {organisation}")


@transaction.atomic
def hand_over(*, procurement: Procurement, person: Person, to: Person, note: str, actor: Person) -> None:
    """Give what a person does in a procurement (their part on the team, the steps given to them) to an officer of the
    organisation; the person leaves the team. The note becomes a comment. Both are told.

    Raises Refused for whoever does not run the procurement, and where the person does not work on it (any more).
    """
    procurement = locked(procurement)
    reader = reader_of(actor)
    if not (permissions.may_run(reader, procurement) or permissions.may_edit_draft(reader, procurement)):
        raise Refused("Only an officer on the team can hand over its work")
    if procurement.status not in OPEN:
        raise Refused(f"The procurement is {procurement.get_status_display().lower()}")
    refuse_receiver(to, person, procurement.organisation)
    if not _works_on(person, procurement):
        raise Refused(f"{person} does not work on it: somebody may have handed this over already")
    if note.strip() and procurement.run is not None:  # before the actor leaves the team
        comment(procurement=procurement, text=note, actor=actor)
    _move(procurement, person, to, actor)
    withdraw_open(procurement, actor, asked_of=person)
    note_on(procurement, "handed over work in", actor=actor)
    letters.tell_handed_over(procurement, person, to, actor)


def _works_on(person: Person, procurement: Procurement) -> bool:
    return procurement.team.filter(person=person).exclude(role=TeamRole.ENDORSER).exists()


def _move(procurement: Procurement, person: Person, to: Person, actor: Person) -> int:
    """Move a person's part in a locked procurement; how many steps went with it."""
    mine = procurement.team.get(person=person)
    theirs, is_new = TeamMember.objects.get_or_create(
        procurement=procurement, person=to, defaults={"role": mine.role, "added_by": actor}
    )
    if not is_new and theirs.role not in (TeamRole.LEAD, mine.role):
        theirs.role = TeamRole.LEAD if mine.role == TeamRole.LEAD else TeamRole.MEMBER
        theirs.save(update_fields=["role"])
    mine.delete()
    steps = TaskAssignment.objects.filter(procurement=procurement, person=person)
    moved = steps.update(person=to, assigned_by=actor, assigned_at=clock.now())
    write(procurement, LineKind.WORK, actor, detail=f"{person} to {to}")
    return moved


@transaction.atomic
def hand_over_all(
    *, person: Person, to: Person, organisation: Organisation, actor: Person, is_leaver: bool
) -> Work:
    """Give everything a person does in an organisation's open procurements to an officer of it; what was done, in numbers.
    Requests to endorse are withdrawn, because nobody inherits an endorsement: whoever asked is told.

    `is_leaver`: somebody else does it for a person who has left. What is in confidence then stays, and its team, or the
    staff, are told. Who may do it is asked by the caller.
    """
    refuse_receiver(to, person, organisation)
    steps = procurements = 0
    kept: list[Procurement] = []
    for procurement in _locked_in_order(_working([person], organisation)):
        if not _works_on(person, procurement):  # somebody else was quicker
            continue
        if is_leaver and confidence.is_open(procurement):
            kept.append(procurement)
            continue
        steps += _move(procurement, person, to, actor)
        procurements += 1
        note_on(procurement, "handed over work in", actor=actor)
    endorsements = 0
    for procurement in _locked_in_order(_asked([person], organisation)):
        if is_leaver and confidence.is_open(procurement):
            continue
        endorsements += _withdraw(procurement, person, actor)
    with_staff = sum(not _ask_team(procurement, person, actor) for procurement in kept)
    return Work(procurements, steps, endorsements, len(kept) - with_staff, with_staff)


def _locked_in_order(rows: QuerySet[TeamMember] | QuerySet[Endorsement]) -> list[Procurement]:
    """The procurements of these rows, locked in the order of their keys."""
    keys = list(rows.order_by().values_list("procurement", flat=True).distinct())
    return list(
        Procurement.objects.select_for_update(of=("self",))
        .select_related("organisation", "run")
        .filter(pk__in=keys)
        .order_by("pk")
    )


def _withdraw(procurement: Procurement, person: Person, actor: Person) -> int:
    asked = list(
        procurement.endorsements.filter(status=EndorsementStatus.ASKED, asked_of=person).select_related(
            "asked_by", "procurement"
        )
    )
    withdraw_open(procurement, actor, asked_of=person)
    for each in asked:
        letters.tell_withdrawn(each, actor)
    return len(asked)


def _ask_team(procurement: Procurement, gone: Person, actor: Person) -> bool:
    """Ask the officers who are left on a team in confidence to hand over; False where there is none, and staff are asked."""
    team = TeamMember.objects.filter(procurement=procurement).exclude(person=gone).select_related("person")
    officers = [
        member.person for member in team if permissions.may_run(reader_of(member.person), procurement)
    ]
    if officers:
        letters.ask_team_to_hand_over(procurement, officers, actor)
    else:
        letters.ask_staff_to_help(procurement, Person.objects.filter(is_staff=True, is_active=True))
    return bool(officers)
