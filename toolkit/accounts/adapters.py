"""What allauth asks of us: who may sign up, and with which address."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from toolkit.accounts.selectors import may_sign_up

NOT_KNOWN = (
    "Enter the e-mail address your organisation gave you. If your organisation is not one we know, ask one of its "
    "administrators, or somebody you work with in a borough, to invite you"
)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up needs an address of an organisation we know, or an invitation."""

    def clean_email(self, email: str) -> str:
        email = super().clean_email(email).lower()
        if not may_sign_up(email):
            raise ValidationError(NOT_KNOWN, code="domain-not-known")
        return email


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The same rule for people who come through their organisation's own sign-in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return may_sign_up(sociallogin.user.email or "")
