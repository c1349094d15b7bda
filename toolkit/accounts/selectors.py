"""Questions about organisations and people."""

from __future__ import annotations

from django.db.models import QuerySet

from toolkit.accounts.models import Invitation, Organisation
from toolkit.core import clock


def domain_of(email: str) -> str:
    """The part after the @, lower case; empty when there is none."""
    return email.rpartition("@")[2].strip().lower()


def organisations_for(email: str) -> QuerySet[Organisation]:
    """The organisations whose people use this address's domain; several may share one."""
    return Organisation.objects.filter(is_active=True, domains__domain=domain_of(email)).distinct()


def open_invitations_for(email: str) -> QuerySet[Invitation]:
    """Invitations of this address that are neither taken up, withdrawn nor out of date."""
    return Invitation.objects.filter(
        email__iexact=email.strip(),
        accepted_at=None,
        withdrawn_at=None,
        invited_at__gt=clock.now() - Invitation.LASTS,
    ).select_related("organisation")


def may_sign_up(email: str) -> bool:
    """An address of a known domain, or one that was invited."""
    return "@" in email and (organisations_for(email).exists() or open_invitations_for(email).exists())
