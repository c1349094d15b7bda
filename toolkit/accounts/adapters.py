"""What allauth asks of us: who may sign up, with which address, whose an account is, and what to say when an
organisation's own sign-in is away."""

from __future__ import annotations

import logging
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.app_settings import REQUESTS_TIMEOUT
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render

from toolkit.accounts.models import Person
from toolkit.accounts.selectors import may_sign_up

logger = logging.getLogger(__name__)

NOT_KNOWN = (
    "Enter the e-mail address your organisation gave you. If your organisation is not one we know, ask one of its "
    "administrators, or somebody you work with in a borough, to invite you"
)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up needs an address of an organisation we know, or an invitation."""

    def clean_email(self, email: str) -> str:
        email = super().clean_email(email).lower()
        if not (self._is_only_looked_up() or may_sign_up(email)):
            raise ValidationError(NOT_KNOWN, code="domain-not-known")
        return email

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Our letters name the service and give its own address, never the host of the request."""
        ours = {"service": settings.SERVICE_NAME, "base": settings.BASE_URL}
        super().send_mail(template_prefix, email, context | ours)

    def _is_only_looked_up(self) -> bool:
        """Whoever resets a password has an account, of whatever domain: they may have been invited."""
        match = self.request.resolver_match if self.request else None
        return match is not None and match.url_name == "account_reset_password"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The same rule for people who come through their organisation's own sign-in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return may_sign_up(sociallogin.user.email or "")

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        """Address and name as the organisation has them. We keep one name, where allauth has a first and a last."""
        person: Person = sociallogin.user
        person.email = data.get("email") or ""
        person.name = (data.get("name") or "")[: Person._meta.get_field("name").max_length]
        return person

    def get_requests_session(self) -> requests.Session:
        return _Session(self.request)


CONFIGURATION = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
"""What allauth takes from the provider's configuration, and takes for granted."""


def _needed(request: requests.PreparedRequest) -> tuple[str, ...]:
    """What an answer to this must hold. A request with a bearer token asks who its owner is."""
    if "/.well-known/" in (request.url or ""):
        return CONFIGURATION
    return ("sub",) if str(request.headers.get("Authorization", "")).startswith("Bearer ") else ()


def _must_say(answer: object, names: tuple[str, ...]) -> None:
    if not isinstance(answer, dict):
        raise requests.exceptions.InvalidJSONError("the answer is no object")
    lacking = [name for name in names if not answer.get(name)]
    if lacking:
        raise requests.exceptions.InvalidJSONError(f"the answer lacks {', '.join(lacking)}")


class _Session(requests.Session):
    """Asks an organisation's own sign-in. When it is away or talks nonsense, the reader gets a page that says so."""

    def __init__(self, reader_request: HttpRequest) -> None:
        super().__init__()
        self.reader_request = reader_request

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        options["timeout"] = options.get("timeout") or REQUESTS_TIMEOUT
        try:
            response = super().send(request, **options)
            if request.method == "GET" or response.status_code >= 500:
                response.raise_for_status()
            if response.status_code == 200:
                _must_say(response.json(), _needed(request))
        except requests.RequestException as error:
            logger.warning("The sign-in of an organisation did not answer as it should: %s", error)
            page = render(self.reader_request, "socialaccount/authentication_error.html", status=503)
            raise ImmediateHttpResponse(page) from error
        return response


MAILBOX_ALONE = ("account_confirm_login_code", "account_confirm_password_reset_code")
"""Where somebody proves the address and nothing else: neither the password nor the other sign-in that the account has."""


def let_go_of_earlier_claims(request: HttpRequest, email_address: EmailAddress, **_: Any) -> None:
    """An account belongs to whoever proves its address, not to whoever claimed the address first.

    Hears allauth say that an address is proved. If that is the account's first proof, and came by the mailbox alone,
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
