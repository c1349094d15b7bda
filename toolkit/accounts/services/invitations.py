"""Inviting an address, taking an invitation back, taking it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from toolkit.accounts import letters
from toolkit.accounts.activity import note
from toolkit.accounts.models import Invitation, Membership, MembershipStatus, Organisation, Person
from toolkit.accounts.permissions import may_manage
from toolkit.accounts.selectors import invitations_for
from toolkit.accounts.services.common import (
    in_words,
    lock,
    must_have_proved_address,
    must_manage,
    roles_given,
)
from toolkit.core import clock
from toolkit.core.errors import Refused


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
    lock(organisation.pk)
    must_manage(actor, organisation)
    email = email.strip().lower()
    given = roles_given(roles, actor)
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
    note(organisation=organisation, actor=actor, sentence=f"{actor} invited {email} as {in_words(given)}")
    letters.send_invitation(invitation)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: Person) -> None:
    """Take an open invitation back; a no-op when it is not open any more."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=invitation.pk)
    )
    must_manage(actor, invitation.organisation)
    if invitation.accepted_at is None and invitation.withdrawn_at is None:
        _withdraw(invitation, actor)


def withdraw_those_of(*, person: Person, organisation: Organisation, actor: Person) -> None:
    """Take back what somebody has sent who may let nobody in any more; nothing happens while they may."""
    if may_manage(person, organisation):
        return
    sent = Invitation.objects.filter(
        organisation=organisation, invited_by=person, accepted_at=None, withdrawn_at=None
    )
    for invitation in sent.select_for_update(of=("self",)).select_related("organisation"):
        _withdraw(invitation, actor)


def _withdraw(invitation: Invitation, actor: Person) -> None:
    invitation.withdrawn_at = clock.now()
    invitation.save()
    sentence = f"{actor} withdrew the invitation of {invitation.email}"
    note(organisation=invitation.organisation, actor=actor, sentence=sentence)


@transaction.atomic
def accept_invitations(*, person: Person) -> list[Membership]:
    """Take up every open invitation of a person's verified address. The invitation is the admission, so it holds only
    while whoever sent it may let people in, and nobody takes up their own.

    Raises Refused when the address is not proved.
    """
    must_have_proved_address(person)
    for organisation_id in sorted(set(invitations_for(person).values_list("organisation_id", flat=True))):
        lock(organisation_id)
    taken = []
    for invitation in invitations_for(person).select_for_update(of=("self",)):
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
        sentence = (
            f"{person} took up the invitation of {invitation.invited_by}, as {in_words(membership.roles)}"
        )
        note(organisation=invitation.organisation, actor=person, sentence=sentence)
        taken.append(membership)
    return taken
