"""Asking to be let in, letting in, changing and ending memberships. One transaction each; the words of what was done go
to the administrators' record; e-mail leaves after commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from toolkit.accounts import letters
from toolkit.accounts.activity import note
from toolkit.accounts.models import Membership, MembershipStatus, Organisation, Person
from toolkit.accounts.roles import Role, rights_of
from toolkit.accounts.selectors import administrators, organisations_for
from toolkit.accounts.services.common import (
    in_words,
    lock,
    must_have_proved_address,
    must_manage,
    roles_given,
)
from toolkit.accounts.services.invitations import withdraw_those_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import day


class AnsweredAlready(Refused):
    """Another administrator was quicker. The sentence says who, and what they answered."""


def _locked(membership: Membership) -> Membership:
    """The membership as it stands now, once nobody else changes who manages its organisation."""
    lock(membership.organisation_id)
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organisation", "person", "decided_by")
        .get(pk=membership.pk)
    )


def _must_wait(membership: Membership) -> None:
    if membership.status == MembershipStatus.PENDING:
        return
    by = membership.decided_by or "The service’s staff"
    answers = {
        MembershipStatus.ADMITTED.value: f"{by} has let {membership.person} in already",
        MembershipStatus.DECLINED.value: f"{by} has answered already, and did not let {membership.person} in",
        MembershipStatus.ENDED.value: f"{by} has removed {membership.person}",
    }
    raise AnsweredAlready(answers[membership.status])


@transaction.atomic
def ask_to_join(
    *,
    person: Person,
    organisation: Organisation,
    employer: str,
    reason: str,
    ends_on: dt.date | None,
    supplier_interest: str,
) -> Membership:
    """A person with a matching, verified address asks to be let in; the administrators hear of it by e-mail.

    Raises Refused when the address is not proved or does not belong to the organisation, or when they are in already.
    """
    must_have_proved_address(person)
    if not organisations_for(person.email).filter(pk=organisation.pk).exists():
        raise Refused(
            f"Your address does not belong to {organisation}: ask one of its administrators to invite you"
        )
    membership, _ = Membership.objects.select_for_update().get_or_create(
        person=person, organisation=organisation, defaults={"asked_at": clock.now()}
    )
    if membership.is_current_on(clock.today()):
        raise Refused(f"You are in {organisation} already")
    membership.status = MembershipStatus.PENDING
    membership.roles, membership.decided_at, membership.decided_by = [], None, None
    membership.employer, membership.reason = employer, reason
    membership.ends_on, membership.supplier_interest = ends_on, supplier_interest
    membership.asked_at = clock.now()
    membership.save()
    note(organisation=organisation, actor=person, sentence=f"{person} asked to be let in")
    letters.ask_administrators(membership)
    return membership


@transaction.atomic
def admit(
    *,
    membership: Membership,
    roles: Sequence[str],
    employer: str,
    reason: str,
    ends_on: dt.date | None,
    actor: Person,
) -> Membership:
    """Let a person in with these roles, recording employer, reason and end date. Raises Refused when the actor may
    not, when somebody else has answered, or when it is their own request."""
    membership = _locked(membership)
    organisation = membership.organisation
    must_manage(actor, organisation)
    if actor.pk == membership.person_id and not actor.is_staff:
        raise Refused("Somebody else has to let you in")
    _must_wait(membership)
    membership.status, membership.roles = MembershipStatus.ADMITTED, roles_given(roles, actor)
    if ends_on is not None and ends_on < clock.today():
        raise Refused("The last day of access must be today or later")
    membership.employer, membership.reason, membership.ends_on = employer, reason, ends_on
    membership.decided_at, membership.decided_by = clock.now(), actor
    membership.save()
    until = f" until {day(membership.ends_on)}" if membership.ends_on else ""
    sentence = f"{actor} let {membership.person} in as {in_words(membership.roles)}{until}"
    note(organisation=organisation, actor=actor, sentence=sentence)
    letters.tell_admitted(membership)
    return membership


@transaction.atomic
def decline(*, membership: Membership, actor: Person) -> Membership:
    """Do not let a person in. Raises Refused like `admit`."""
    membership = _locked(membership)
    must_manage(actor, membership.organisation)
    _must_wait(membership)
    membership.status = MembershipStatus.DECLINED
    membership.decided_at, membership.decided_by = clock.now(), actor
    membership.save()
    sentence = f"{actor} did not let {membership.person} in"
    note(organisation=membership.organisation, actor=actor, sentence=sentence)
    letters.tell_declined(membership)
    return membership


@transaction.atomic
def change(
    *,
    membership: Membership,
    roles: Sequence[str],
    employer: str,
    reason: str,
    ends_on: dt.date | None,
    actor: Person,
) -> Membership:
    """Change a member's roles, employer, reason or last day. An organisation never loses its last administrator, and
    nobody gives themselves more: that is for another administrator, or staff."""
    membership = _locked(membership)
    organisation = membership.organisation
    must_manage(actor, organisation)
    if membership.status != MembershipStatus.ADMITTED:
        raise Refused(f"{membership.person} is not in {organisation}")
    new = _kept_coordinator(membership, roles, actor)
    if actor.pk == membership.person_id:
        _must_not_widen(membership, new, ends_on)
    if Role.ADMINISTRATOR not in new or ends_on is not None:
        _keep_an_administrator(membership)
    before = list(membership.roles)
    membership.roles, membership.employer, membership.reason, membership.ends_on = (
        new,
        employer,
        reason,
        ends_on,
    )
    membership.save()
    if before != new:
        sentence = f"{actor} changed {membership.person} from {in_words(before)} to {in_words(new)}"
    else:
        sentence = f"{actor} changed the details of {membership.person}"
    note(organisation=organisation, actor=actor, sentence=sentence)
    withdraw_those_of(person=membership.person, organisation=organisation, actor=actor)
    return membership


def _must_not_widen(own: Membership, roles: Sequence[str], ends_on: dt.date | None) -> None:
    if not rights_of(roles) <= rights_of(own.roles):
        raise Refused("Another administrator has to give you more roles")
    if own.ends_on is not None and (ends_on is None or ends_on > own.ends_on):
        raise Refused("Another administrator has to let you stay longer")


def _kept_coordinator(membership: Membership, roles: Sequence[str], actor: Person) -> list[str]:
    """The roles asked for; an administrator can neither give nor take the coordinator's role."""
    if actor.is_staff:
        return roles_given(roles, actor)
    kept = [Role.COORDINATOR.value] if Role.COORDINATOR in membership.roles else []
    asked = [role for role in roles if role != Role.COORDINATOR]
    return sorted({*roles_given(asked, actor), *kept})


def _keep_an_administrator(leaving: Membership) -> None:
    """Raises Refused when nobody but this administrator could go on managing: no one whose account is switched off,
    and no one whose access ends anyway."""
    of_theirs = administrators().filter(organisation=leaving.organisation)
    if not of_theirs.filter(pk=leaving.pk).exists():
        return
    if not of_theirs.filter(ends_on=None).exclude(pk=leaving.pk).exists():
        raise Refused(
            f"{leaving.organisation} would have no administrator left: make somebody else one first"
        )


@transaction.atomic
def end(*, membership: Membership, actor: Person) -> Membership:
    """Take a person's access away, from now on. What they wrote stays theirs."""
    membership = _locked(membership)
    must_manage(actor, membership.organisation)
    if membership.status == MembershipStatus.ENDED:
        return membership
    _keep_an_administrator(membership)
    membership.status, membership.roles = MembershipStatus.ENDED, []
    membership.decided_at, membership.decided_by = clock.now(), actor
    membership.save()
    organisation = membership.organisation
    note(organisation=organisation, actor=actor, sentence=f"{actor} removed {membership.person}")
    withdraw_those_of(person=membership.person, organisation=organisation, actor=actor)
    return membership


@transaction.atomic
def appoint_administrator(*, organisation: Organisation, person: Person, actor: Person) -> Membership:
    """Staff appoint an organisation's first administrator, or another one. Raises Refused for anyone but staff."""
    if not actor.is_staff:
        raise Refused("Only the service’s staff can appoint an administrator")
    lock(organisation.pk)
    membership, _ = Membership.objects.select_for_update().get_or_create(
        person=person, organisation=organisation
    )
    membership.roles = sorted({*membership.roles, Role.ADMINISTRATOR.value})
    membership.status, membership.ends_on = MembershipStatus.ADMITTED, None
    membership.decided_at, membership.decided_by = clock.now(), actor
    membership.save()
    note(organisation=organisation, actor=actor, sentence=f"{actor} appointed {person} administrator")
    letters.tell_admitted(membership)
    return membership


@transaction.atomic
def set_by_staff(*, membership: Membership, actor: Person) -> Membership:
    """Save a membership as staff typed it in the admin; the organisation's administrators read of it like of any other
    change. Raises Refused for anyone but staff."""
    if not actor.is_staff:
        raise Refused("Only the service’s staff can do this")
    lock(membership.organisation_id)
    organisation, person = membership.organisation, membership.person
    before = Membership.objects.filter(pk=membership.pk).first()
    was, now = _state(before) if before else "", _state(membership)
    if was != now and membership.status != MembershipStatus.PENDING:
        membership.decided_at, membership.decided_by = clock.now(), actor
    membership.save()
    who = f"{actor}, of the service’s staff,"
    if before is None:
        sentence = f"{who} added {person}: {now}"
    elif was != now:
        sentence = f"{who} changed {person} from {was} to {now}"
    else:
        sentence = f"{who} changed the details of {person}"
    note(organisation=organisation, actor=actor, sentence=sentence)
    withdraw_those_of(person=person, organisation=organisation, actor=actor)
    return membership


def _state(membership: Membership) -> str:
    label = str(MembershipStatus(membership.status).label).lower()
    return f"{label} as {in_words(membership.roles)}" if membership.roles else label
