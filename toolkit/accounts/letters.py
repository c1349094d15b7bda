"""The e-mails of this app. Plain text; queued in the transaction that causes them. Subjects carry no secrets."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse

from toolkit.accounts.models import Invitation, Membership, Person
from toolkit.accounts.permissions import may_manage
from toolkit.accounts.selectors import administrators
from toolkit.core import clock
from toolkit.core.text import day
from toolkit.jobs.letters import address, send

ADMIT_SALT = "accounts.admit"
ADMIT_LASTS = dt.timedelta(days=7)


def admit_token(membership: Membership, administrator: Person) -> str:
    """Good for 7 days, for one request and one administrator."""
    given = {
        "membership": membership.pk,
        "asked": membership.asked_at.isoformat(),
        "by": administrator.pk,
    }
    return signing.dumps(given, salt=ADMIT_SALT)


def request_behind(token: str) -> tuple[Membership, Person] | None:
    """The request that a token lets in and the administrator it was sent to; None when it is good no more: forged, too
    old, answered, asked anew since, or sent to somebody who is no administrator now."""
    try:
        given = signing.loads(token, salt=ADMIT_SALT)
    except signing.BadSignature:
        return None
    membership = (
        Membership.objects.waiting()
        .select_related("person", "organisation")
        .filter(
            pk=given["membership"],
            asked_at=dt.datetime.fromisoformat(given["asked"]),
            asked_at__gte=clock.now() - ADMIT_LASTS,
        )
        .first()
    )
    administrator = Person.objects.filter(pk=given["by"], is_active=True).first()
    if membership is None or administrator is None or not may_manage(administrator, membership.organisation):
        return None
    return membership, administrator


def ask_administrators(membership: Membership) -> None:
    """Tell every administrator that somebody waits, with a link that lets them in with one click and one confirmation.
    While there is no administrator, tell the service's staff, who appoint the first one."""
    person, organisation = membership.person, membership.organisation
    told = administrators().filter(organisation=organisation).select_related("person")
    if not told:
        _ask_staff_for_an_administrator(membership)
    for administrator in told:
        link = reverse("admit_by_link", args=[admit_token(membership, administrator.person)])
        send(
            administrator.person.email,
            f"Somebody asks to be let in to {organisation}",
            f"{person.name or person.email} ({person.email}) asks to be let in to {organisation}.",
            f"Employer: {membership.employer or organisation.name}\nReason: {membership.reason}\n"
            f"Until: {day(membership.ends_on) if membership.ends_on else 'no end date given'}\n"
            f"Interest in a supplier: {membership.supplier_interest or 'none declared'}",
            f"Let them in as a viewer (you confirm on the page; the link works for 7 days):\n{address(link)}",
            f"Give other roles, or say no:\n{address(reverse('people'))}",
            "A council address does not prove who employs somebody. Let in only people you know of.",
        )


def _ask_staff_for_an_administrator(membership: Membership) -> None:
    person, organisation = membership.person, membership.organisation
    for staff in Person.objects.filter(is_superuser=True, is_active=True):
        send(
            staff.email,
            f"{organisation} has no administrator yet",
            f"{person.name or person.email} ({person.email}) asks to be let in to {organisation}, which has no administrator.",
            "Appoint one, once you know who speaks for the organisation:\n"
            + address(reverse("admin:accounts_membership_changelist")),
        )


def tell_admitted(membership: Membership) -> None:
    send(
        membership.person.email,
        f"You are in: {membership.organisation}",
        f"You can now use the toolkit for {membership.organisation}.",
        f"Sign in: {address(reverse('account_login'))}",
    )


def tell_declined(membership: Membership) -> None:
    send(
        membership.person.email,
        f"Your request to {membership.organisation}",
        f"An administrator of {membership.organisation} did not let you in. You can go on reading everything that is public.",
        "Ask them if you think this is a mistake.",
    )


def send_invitation(invitation: Invitation) -> None:
    send(
        invitation.email,
        f"You are invited to {invitation.organisation} on the {settings.SERVICE_NAME}",
        f"{invitation.invited_by} invites you to work with {invitation.organisation}.",
        f"Create an account with this e-mail address, {invitation.email}, or sign in if you have one. "
        f"The invitation is good until {day(invitation.invited_at + Invitation.LASTS)}.",
        f"Create an account: {address(reverse('account_signup'))}\nSign in: {address(reverse('account_login'))}",
    )
