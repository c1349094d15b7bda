"""allauth's pages: in our layout, in our words, and no form says “This field is required.”"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account import forms as account_forms
from allauth.account.models import EmailAddress
from allauth.mfa.base.forms import AuthenticateForm
from django.conf import settings
from django.template.loader import get_template

from tests.pages import Pages
from tests.personas import People
from toolkit.govuk.summary import error_summary

OPEN = ["account_login", "account_signup", "account_reset_password", "account_request_login_code", "account_inactive",
        "account_password_reset_completed", "socialaccount_login_cancelled", "socialaccount_login_error"]  # fmt: skip
SIGNED_IN = [
    "account_logout",
    "account_email",
    "account_change_password",
    "mfa_index",
    "socialaccount_connections",
    "account_reauthenticate",
]
CAREFUL = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"]


@pytest.mark.parametrize("name", OPEN)
def test_a_page_for_strangers_has_our_layout(pages: Pages, name: str) -> None:
    page = pages.get(name)
    assert page.css(".app-header")
    assert page.css("main h1.govuk-heading-l")


@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_page_for_the_signed_in_has_our_layout(pages: Pages, people: People, name: str) -> None:
    page = pages.sign_in(people.officer).get(name)
    assert page.css(".app-header")
    assert page.css("main h1.govuk-heading-l")


@pytest.mark.parametrize(
    ("name", "errors"),
    [
        ("account_login", ["Enter your e-mail address", "Enter your password"]),
        ("account_signup", ["Enter your name", "Enter your work e-mail address", "Enter a password"]),
        ("account_reset_password", ["Enter your e-mail address"]),
        ("account_request_login_code", ["Enter your e-mail address"]),
    ],
)
def test_an_empty_form_is_answered_with_sentences_that_land(
    pages: Pages, name: str, errors: list[str]
) -> None:
    page = pages.submit(pages.get(name).form())
    assert page.title.startswith("Error: ")
    assert sorted(page.errors) == sorted(errors)


@pytest.mark.parametrize(
    "form",
    [
        account_forms.LoginForm,
        account_forms.SignupForm,
        account_forms.ResetPasswordForm,
        account_forms.ResetPasswordKeyForm,
        account_forms.RequestLoginCodeForm,
        account_forms.ConfirmLoginCodeForm,
        account_forms.ConfirmEmailVerificationCodeForm,
        account_forms.AddEmailForm,
        account_forms.ChangePasswordForm,
        account_forms.SetPasswordForm,
        AuthenticateForm,
    ],
)
def test_no_form_of_allauth_says_required(db: None, form: type, people: People) -> None:
    needs_user = form in (
        account_forms.AddEmailForm,
        account_forms.ChangePasswordForm,
        account_forms.SetPasswordForm,
        AuthenticateForm,
    )
    bound = form(data={}, user=people.officer) if needs_user else form(data={})
    texts = [row["text"] for row in error_summary(bound)]
    assert texts
    assert all(re.match(r"(Enter|Select) (the|a|an|your) ", text) for text in texts), texts


def test_every_page_of_allauth_that_can_be_reached_is_a_page_of_ours() -> None:
    """Each of its page templates comes out of our layout, ours or by way of allauth's base."""
    theirs = Path(allauth.__file__).parent / "templates"
    for folder in ("account", "mfa", "socialaccount"):
        for path in sorted((theirs / folder).rglob("*.html")):
            if "snippets" in path.parts or path.name == "login_redirect.html":
                continue
            template: Any = get_template(f"{folder}/{path.relative_to(theirs / folder)}")
            source = template.template.source
            assert "{% extends" in source, path


def test_our_elements_stand_in_for_each_of_theirs() -> None:
    theirs = {
        path.name for path in (Path(allauth.__file__).parent / "templates/allauth/elements").glob("*.html")
    }
    ours = {path.name for path in Path(settings.ROOT, "templates/django/allauth/elements").glob("*.html")}
    assert ours == theirs


def test_a_second_step_is_set_up_on_pages_of_ours(pages: Pages, people: People) -> None:
    person = people.officer
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    person.set_password("three random words")
    person.save()
    pages.submit(pages.get("account_login").form(), login=person.email, password="three random words")
    for name in CAREFUL:
        page = pages.get(name)
        assert page.css(".app-header"), name
        assert page.css("main h1.govuk-heading-l"), name
