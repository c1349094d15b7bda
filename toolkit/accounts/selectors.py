"""Questions about organisations and people."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from toolkit.accounts.models import Invitation, Membership, Organisation, Person
from toolkit.accounts.roles import Role
from toolkit.core import clock


def domain_of(email: str) -> str:
    """The part after the @, lower case; empty when there is none."""
    return email.rpartition("@")[2].strip().lower()


def organisations_for(email: str) -> QuerySet[Organisation]:
    """The organisations whose people use this address's domain; several may share one."""
    return Organisation.objects.filter(is_active=True, domains__domain=domain_of(email)).distinct()


def administrators() -> QuerySet[Membership]:
    """Memberships of those who are administrators of some organisation today. Somebody switched off is none."""
    return (
        Membership.objects.filter(person__is_active=True, organisation__is_active=True)
        .current_on(clock.today())
        .with_role(Role.ADMINISTRATOR)
    )


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that let somebody in: neither taken up, withdrawn nor out of date, and sent by somebody who may still
    let people in (the same answer as `permissions.may_manage`)."""
    sender = administrators().filter(person=OuterRef("invited_by"), organisation=OuterRef("organisation"))
    return Invitation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=clock.today()),
        Q(invited_by__is_staff=True) | Exists(sender),
        invited_by__is_active=True,
        accepted_at=None,
        withdrawn_at=None,
        invited_at__gt=clock.now() - Invitation.LASTS,
    ).select_related("organisation", "invited_by")


def open_invitations_for(email: str) -> QuerySet[Invitation]:
    """The open invitations of an address.

    Addresses are compared as they are stored, in lower case: the database's capitals make one of two different letters
    (i and ı), and so would let another domain's owner in.
    """
    return open_invitations().filter(email=email.strip().lower())


def invitations_for(person: Person) -> QuerySet[Invitation]:
    """The open invitations that somebody may take up: of their address, and not sent by themselves."""
    return open_invitations_for(person.email).exclude(invited_by=person)


def has_proved_address(person: Person) -> bool:
    """Have they typed the code that went to their address, or has their organisation’s own sign-in vouched for it?"""
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()


def may_sign_up(email: str) -> bool:
    """An address of a known domain, or one that was invited."""
    return "@" in email and (organisations_for(email).exists() or open_invitations_for(email).exists())
