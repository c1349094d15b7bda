"""Questions about organisations and people."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

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
    """Memberships of those who are administrators of some organisation today."""
    return Membership.objects.current_on(clock.today()).with_role(Role.ADMINISTRATOR)


def open_invitations_for(email: str) -> QuerySet[Invitation]:
    """Invitations of this address that are neither taken up, withdrawn nor out of date.

    Addresses are compared as they are stored, in lower case: the database's capitals make one of two different letters
    (i and ı), and so would let another domain's owner in.
    """
    return Invitation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=clock.today()),
        email=email.strip().lower(),
        accepted_at=None,
        withdrawn_at=None,
        invited_at__gt=clock.now() - Invitation.LASTS,
    ).select_related("organisation")


def has_proved_address(person: Person) -> bool:
    """Have they typed the code that went to their address, or has their organisation’s own sign-in vouched for it?"""
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()


def may_sign_up(email: str) -> bool:
    """An address of a known domain, or one that was invited."""
    return "@" in email and (organisations_for(email).exists() or open_invitations_for(email).exists())
