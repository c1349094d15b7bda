"""The e-mails of this app. Plain text; queued in the transaction that causes them. Subjects carry no secrets."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.urls import reverse

from toolkit.accounts.models import Invitation, Membership, Person
from toolkit.accounts.roles import Role
from toolkit.core import clock
from toolkit.core.text import day

ADMIT_SALT = "accounts.admit"
ADMIT_LASTS_SECONDS = 7 * 24 * 60 * 60


def _address(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _send(to: str, subject: str, *paragraphs: str) -> None:
    body = "\n\n".join([*paragraphs, settings.SERVICE_NAME])
    send_mail(subject, body, None, [to])


def admit_token(membership: Membership, administrator: Person) -> str:
    """Good for 7 days, for one request and one administrator."""
    return signing.dumps({"membership": membership.pk, "by": administrator.pk}, salt=ADMIT_SALT)


def ask_administrators(membership: Membership) -> None:
    """Tell every administrator that somebody waits, with a link that lets them in with one click and one confirmation."""
    person, organisation = membership.person, membership.organisation
    administrators = (
        Membership.objects.filter(organisation=organisation)
        .current_on(clock.today())
        .with_role(Role.ADMINISTRATOR)
        .select_related("person")
    )
    for administrator in administrators:
        link = reverse("admit_by_link", args=[admit_token(membership, administrator.person)])
        _send(
            administrator.person.email,
            f"Somebody asks to be let in to {organisation}",
            f"{person.name or person.email} ({person.email}) asks to be let in to {organisation}.",
            f"Employer: {membership.employer or organisation.name}\nReason: {membership.reason}\n"
            f"Until: {day(membership.ends_on) if membership.ends_on else 'no end date given'}\n"
            f"Interest in a supplier: {membership.supplier_interest or 'none declared'}",
            f"Let them in as a viewer (you confirm on the page; the link works for 7 days):\n{_address(link)}",
            f"Give other roles, or say no:\n{_address(reverse('people'))}",
            "A council address does not prove who employs somebody. Let in only people you know of.",
        )


def tell_admitted(membership: Membership) -> None:
    _send(
        membership.person.email,
        f"You are in: {membership.organisation}",
        f"You can now use the toolkit for {membership.organisation}.",
        f"Sign in: {_address(reverse('account_login'))}",
    )


def tell_declined(membership: Membership) -> None:
    _send(
        membership.person.email,
        f"Your request to {membership.organisation}",
        f"An administrator of {membership.organisation} did not let you in. You can go on reading everything that is public.",
        "Ask them if you think this is a mistake.",
    )


def send_invitation(invitation: Invitation) -> None:
    _send(
        invitation.email,
        f"You are invited to {invitation.organisation} on the {settings.SERVICE_NAME}",
        f"{invitation.invited_by} invites you to work with {invitation.organisation}.",
        f"Create an account with this e-mail address, {invitation.email}, or sign in if you have one. "
        f"The invitation is good until {day(invitation.invited_at + Invitation.LASTS)}.",
        f"Create an account: {_address(reverse('account_signup'))}\nSign in: {_address(reverse('account_login'))}",
    )
