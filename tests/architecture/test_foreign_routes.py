"""Other people's routes: every page of allauth is in our layout, the admin is for staff alone."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import PASSWORD
from tests.pages import Pages
from tests.personas import People
from toolkit.desk.management.commands.routes import Route, every_route, listed

GROUPS = tuple(listed()["groups"])
SIGN_IN = [
    route
    for route in every_route()
    if route.path.startswith("/accounts/") and route.name and not route.parameters
]
SIGN_IN = [route for route in SIGN_IN if "(?P" not in route.path]
NO_PAGE = {"mfa_download_recovery_codes", "mfa_login_webauthn"}
"""Answer with a file or with data."""
OTHERWISE = {"mfa_deactivate_totp": 404, "mfa_view_recovery_codes": 404, "socialaccount_login_error": 401}
"""What pages answer that have nothing to show an officer without a second factor, or that tell of a failure."""
MUST_SHOW = {
    "account_change_password", "account_email", "account_login", "account_logout", "account_request_login_code",
    "account_reset_password", "account_signup", "mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "mfa_list_webauthn",
    "socialaccount_login_cancelled", "socialaccount_login_error",
}  # fmt: skip
"""Pages that show themselves here, instead of sending somebody on who has not begun."""


def open_session(pages: Pages, people: People) -> Pages:
    """An officer who has just proved who they are, which some pages ask for."""
    pages.sign_in(people.officer)
    pages.submit(pages.get("account_reauthenticate"), password=PASSWORD)
    return pages


@pytest.mark.parametrize(
    "route", [route for route in SIGN_IN if route.name not in NO_PAGE], ids=lambda route: route.name
)
def test_every_sign_in_page_is_in_our_layout(route: Route, pages: Pages, people: People) -> None:
    signed_out = route.name in (
        "account_login",
        "account_signup",
        "account_request_login_code",
        "account_reset_password",
    )
    reader = pages if signed_out else open_session(pages, people)
    page = reader.get(route.path, status=OTHERWISE.get(route.name, 200))
    assert page.is_html
    assert len(page.css("h1")) == 1
    assert page.css(".app-header"), f"{route.name} is not in our layout"
    if route.name in MUST_SHOW:
        assert page.path == route.path, f"{route.name} leads on to {page.path}"


def test_the_pages_that_must_show_are_there() -> None:
    assert {route.name for route in SIGN_IN} >= MUST_SHOW


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
def test_admin_lists_open_for_staff_alone(model: type, pages: Pages, people: People) -> None:
    where = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]
    pages.sign_in(people.staff).get(where)
    for persona in ("anonymous", "pending", "officer", "administrator", "coordinator"):
        pages.sign_in(people.named(persona)).get(where, status=302, follow=False)


def test_the_admin_is_refused_to_everyone_but_staff(pages: Pages, people: People) -> None:
    for persona in ("anonymous", "pending", "officer", "administrator", "auditor", "coordinator"):
        pages.sign_in(people.named(persona)).get("admin:index", status=302, follow=False)
    pages.sign_in(people.editor).get("admin:index")


def test_staff_without_a_second_factor_are_sent_to_set_one_up(pages: Pages, people: People) -> None:
    people.staff.authenticator_set.all().delete()  # type: ignore[attr-defined]  # allauth's related name
    assert pages.sign_in(people.staff).get("admin:index", follow=False, status=302).headers[
        "Location"
    ] == reverse("mfa_index")
