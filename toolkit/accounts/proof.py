"""An account belongs to whoever proves its address, not to whoever claimed the address first."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest

MAILBOX_ALONE = ("account_confirm_login_code", "account_confirm_password_reset_code")
"""Where somebody proves the address and nothing else: neither the password nor the other sign-in that the account has."""


def let_go_of_earlier_claims(request: HttpRequest, email_address: EmailAddress, **_: Any) -> None:
    """Hears allauth say that an address is proved. If that is the account's first proof, and came by the mailbox alone,
    then whatever password or other sign-in the account had was given by somebody who never proved it: both go."""
    match = request.resolver_match
    if match is None or match.url_name not in MAILBOX_ALONE:
        return
    person = email_address.user
    if EmailAddress.objects.filter(user=person, verified=True).exclude(pk=email_address.pk).exists():
        return
    SocialAccount.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
