"""Verbs: asking to be let in, letting in, inviting, changing and ending memberships. One transaction each; the words of
what was done go to the administrators' record; e-mail leaves after commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from toolkit.accounts import letters
from toolkit.accounts.models import Activity, Invitation, Membership, MembershipStatus, Organisation, Person
from toolkit.accounts.permissions import may_manage
from toolkit.accounts.roles import GIVEN_BY_ADMINISTRATORS, Role
from toolkit.accounts.selectors import has_proved_address, open_invitations_for, organisations_for
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import day, listed


def note(organisation: Organisation, actor: Person | None, sentence: str) -> None:
    """Add one sentence to the organisation's record of who did what."""
    Activity.objects.create(organisation=organisation, actor=actor, sentence=sentence)


def _must_manage(actor: Person, organisation: Organisation) -> None:
    if not may_manage(actor, organisation):
        raise Refused(f"Only an administrator of {organisation} can do this")


def _must_have_proved_address(person: Person) -> None:
    if not has_proved_address(person):
        raise Refused(f"Confirm first that {person.email} is your address")


def _roles(roles: Sequence[str], actor: Person) -> list[str]:
    given = sorted(set(roles))
    if not given:
        raise Refused("Select at least one role")
    allowed = set(Role.values) if actor.is_staff else set(GIVEN_BY_ADMINISTRATORS)
    if not set(given) <= allowed:
        raise Refused("Only the service’s staff can appoint a coordinator")
    return given


def _labels(roles: Sequence[str]) -> str:
    return listed([str(Role(role).label).lower() for role in roles])


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
    _must_have_proved_address(person)
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
    note(organisation, person, f"{person} asked to be let in")
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
    membership = (
        Membership.objects.select_for_update().select_related("organisation", "person").get(pk=membership.pk)
    )
    organisation = membership.organisation
    _must_manage(actor, organisation)
    if actor.pk == membership.person_id and not actor.is_staff:
        raise Refused("Somebody else has to let you in")
    if membership.status != MembershipStatus.PENDING:
        raise Refused("Somebody has answered this request already")
    membership.status, membership.roles = MembershipStatus.ADMITTED, _roles(roles, actor)
    if ends_on is not None and ends_on < clock.today():
        raise Refused("The last day of access must be today or later")
    membership.employer, membership.reason, membership.ends_on = employer, reason, ends_on
    membership.decided_at, membership.decided_by = clock.now(), actor
    membership.save()
    until = f" until {day(membership.ends_on)}" if membership.ends_on else ""
    note(organisation, actor, f"{actor} let {membership.person} in as {_labels(membership.roles)}{until}")
    letters.tell_admitted(membership)
    return membership


@transaction.atomic
def decline(*, membership: Membership, actor: Person) -> Membership:
    """Do not let a person in. Raises Refused like `admit`."""
    membership = (
        Membership.objects.select_for_update().select_related("organisation", "person").get(pk=membership.pk)
    )
    _must_manage(actor, membership.organisation)
    if membership.status != MembershipStatus.PENDING:
        raise Refused("Somebody has answered this request already")
    membership.status = MembershipStatus.DECLINED
    membership.decided_at, membership.decided_by = clock.now(), actor
    membership.save()
    note(membership.organisation, actor, f"{actor} did not let {membership.person} in")
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
    """Change a member's roles, employer, reason or last day. An organisation never loses its last administrator."""
    membership = (
        Membership.objects.select_for_update().select_related("organisation", "person").get(pk=membership.pk)
    )
    organisation = membership.organisation
    _must_manage(actor, organisation)
    if membership.status != MembershipStatus.ADMITTED:
        raise Refused(f"{membership.person} is not in {organisation}")
    new = _kept_coordinator(membership, roles, actor)
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
        note(
            organisation,
            actor,
            f"{actor} changed {membership.person} from {_labels(before)} to {_labels(new)}",
        )
    else:
        note(organisation, actor, f"{actor} changed the details of {membership.person}")
    return membership


def _kept_coordinator(membership: Membership, roles: Sequence[str], actor: Person) -> list[str]:
    """The roles asked for; an administrator can neither give nor take the coordinator's role."""
    if actor.is_staff:
        return _roles(roles, actor)
    kept = [Role.COORDINATOR.value] if Role.COORDINATOR in membership.roles else []
    asked = [role for role in roles if role != Role.COORDINATOR]
    return sorted({*_roles(asked, actor), *kept})


def _keep_an_administrator(leaving: Membership) -> None:
    if Role.ADMINISTRATOR not in leaving.roles:
        return
    others = (
        Membership.objects.filter(organisation=leaving.organisation, ends_on=None)
        .current_on(clock.today())
        .with_role(Role.ADMINISTRATOR)
        .exclude(pk=leaving.pk)
    )
    if not others.exists():
        raise Refused(
            f"{leaving.organisation} would have no administrator left: make somebody else one first"
        )


@transaction.atomic
def end(*, membership: Membership, actor: Person) -> Membership:
    """Take a person's access away, from now on. What they wrote stays theirs."""
    membership = (
        Membership.objects.select_for_update().select_related("organisation", "person").get(pk=membership.pk)
    )
    _must_manage(actor, membership.organisation)
    if membership.status == MembershipStatus.ENDED:
        return membership
    _keep_an_administrator(membership)
    membership.status, membership.roles = MembershipStatus.ENDED, []
    membership.decided_at, membership.decided_by = clock.now(), actor
    membership.save()
    note(membership.organisation, actor, f"{actor} removed {membership.person}")
    return membership


@transaction.atomic
def appoint_administrator(*, organisation: Organisation, person: Person, actor: Person) -> Membership:
    """Staff appoint an organisation's first administrator, or another one. Raises Refused for anyone but staff."""
    if not actor.is_staff:
        raise Refused("Only the service’s staff can appoint an administrator")
    membership, _ = Membership.objects.select_for_update().get_or_create(
        person=person, organisation=organisation
    )
    membership.roles = sorted({*membership.roles, Role.ADMINISTRATOR.value})
    membership.status, membership.ends_on = MembershipStatus.ADMITTED, None
    membership.decided_at, membership.decided_by = clock.now(), actor
    membership.save()
    note(organisation, actor, f"{actor} appointed {person} administrator")
    letters.tell_admitted(membership)
    return membership


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    email: str,
    roles: Sequence[str],
    employer: str,
    reason: str,
    ends_on: dt.date | None,
    actor: Person,
) -> Invitation:
    """Invite any address; good for 14 days. Inviting again sends a new one and withdraws the old."""
    _must_manage(actor, organisation)
    email = email.strip().lower()
    given = _roles(roles, actor)
    existing = Membership.objects.filter(organisation=organisation, person__email=email).first()
    if existing is not None and existing.is_current_on(clock.today()):
        raise Refused(f"{email} is in {organisation} already")
    Invitation.objects.filter(
        organisation=organisation, email=email, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=clock.now())
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        roles=given,
        employer=employer,
        reason=reason,
        ends_on=ends_on,
        invited_by=actor,
    )
    note(organisation, actor, f"{actor} invited {email} as {_labels(given)}")
    letters.send_invitation(invitation)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: Person) -> None:
    """Take an open invitation back; a no-op when it is not open any more."""
    invitation = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation.pk)
    _must_manage(actor, invitation.organisation)
    if invitation.accepted_at is None and invitation.withdrawn_at is None:
        invitation.withdrawn_at = clock.now()
        invitation.save()
        note(invitation.organisation, actor, f"{actor} withdrew the invitation of {invitation.email}")


@transaction.atomic
def accept_invitations(*, person: Person) -> list[Membership]:
    """Take up every open invitation of a person's verified address. The invitation is the admission.

    Raises Refused when the address is not proved.
    """
    _must_have_proved_address(person)
    taken = []
    for invitation in open_invitations_for(person.email).select_for_update(of=("self",)):
        membership, _ = Membership.objects.select_for_update().get_or_create(
            person=person, organisation=invitation.organisation
        )
        held = membership.roles if membership.is_current_on(clock.today()) else []
        membership.status, membership.roles = MembershipStatus.ADMITTED, sorted({*held, *invitation.roles})
        membership.employer, membership.reason, membership.ends_on = (
            invitation.employer,
            invitation.reason,
            invitation.ends_on,
        )
        membership.decided_at, membership.decided_by = clock.now(), invitation.invited_by
        membership.save()
        invitation.accepted_at = clock.now()
        invitation.save()
        note(invitation.organisation, person, f"{person} took up the invitation of {invitation.invited_by}")
        taken.append(membership)
    return taken
