"""Pages that are the same for everyone, through the whole of the middleware."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from guidance.editorial.models import State, Status
from guidance.editorial.services import publishing
from guidance.pages.models import Page
from tests.architecture.examples import guidance_page
from tests.factories.content import a_draft_of
from tests.factories.documents import a_clause, a_template
from tests.pages import Pages
from tests.personas import People
from tests.recorder import recorded
from toolkit.core import page_cache
from toolkit.desk.management.commands.routes import every_route

NOT_STORED = {"Date", "Age"}
OPTED_IN = {
    "clause", "clauses", "glossary", "glossary_letter", "guidance", "guidance_feed", "guidance_for", "guidance_page", "guidance_print", "guidance_stage", "guide", "guide_print", "help_accessibility", "help_cookies", "help_privacy", "home", "route", "route_conditions", "route_what_if", "routes", "template", "template_example", "templates", "tool_light_touch", "tool_notices", "tool_period", "tool_threshold", "tool_timeline", "tools",
}  # fmt: skip


@pytest.fixture
def addresses(people: People) -> list[str]:
    template = a_template()
    return [
        reverse("home"),
        reverse("guidance"),
        reverse("guidance_stage", args=["engage"]),
        reverse("guidance_page", kwargs=guidance_page(people)),
        reverse("guidance_print", args=["engage", "talk-to-suppliers"]),
        reverse("guidance_for", args=["procurement"]),
        reverse("glossary"),
        reverse("glossary_letter", args=["s"]),
        reverse("guidance_feed"),
        reverse("tools"),
        f"{reverse('tool_threshold')}?kind=services&value=250000&vat=inc&on=2026-12-01",
        f"{reverse('tool_period')}?period=standstill&on=2026-11-23",
        f"{reverse('tool_notices')}?regime=pa23&size=above&way=competition&engaged=yes&value=6000000",
        f"{reverse('tool_light_touch')}?service=85310000-5",
        reverse("tool_timeline"),
        reverse("routes"),
        reverse("route", args=["open-competition"]),
        f"{reverse('route_what_if', args=['open-competition'])}?value=900000&kind=services",
        reverse("route_conditions"),
        reverse("templates"),
        reverse("template", args=[template.slug]),
        reverse("template_example", args=[template.slug]),
        reverse("clauses"),
        reverse("clause", args=[a_clause("exit", "The Supplier returns it.").slug]),
        reverse("routes"),
        reverse("route", args=["open-competition"]),
        reverse("help_accessibility"),
        reverse("help_cookies"),
        reverse("help_privacy"),
    ]


def signed_in(people: People) -> Client:
    client = Client()
    client.force_login(people.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def headers(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in NOT_STORED}


def test_the_pages_that_are_the_same_for_everyone() -> None:
    marked = {route.name for route in every_route() if getattr(route.view, "same_for_everyone", False)}
    assert marked == OPTED_IN
    assert all(
        not getattr(route.view, "login_required", True) for route in every_route() if route.name in marked
    )


def test_strangers_get_the_same_bytes_with_the_same_headers_and_no_query(addresses: list[str]) -> None:
    for address in addresses:
        made = Client().get(address)
        with recorded() as recording:
            for cookies in ({}, {"csrftoken": "a" * 32}, {"theme": "dark"}):
                client = Client()
                client.cookies.load(cookies)
                kept = client.get(address)
                assert kept.content == made.content, address
                assert headers(kept) == headers(made), address
                assert not kept.cookies
        assert recording.statements == [], address
        assert "default-src" in made["Content-Security-Policy"]
        assert made["X-Frame-Options"] == "DENY"
        assert made["X-Content-Type-Options"] == "nosniff"
        assert made["Referrer-Policy"] == "same-origin"
        assert made["Vary"] == "Cookie"
        assert made["Content-Length"] == str(len(made.content))


@override_settings(SECURE_HSTS_SECONDS=60)
def test_the_promise_of_https_is_on_a_kept_page_too(addresses: list[str]) -> None:
    first, second = (Client().get(addresses[1], secure=True) for _ in range(2))
    assert first["Strict-Transport-Security"] == second["Strict-Transport-Security"] == "max-age=60"
    assert "Strict-Transport-Security" not in Client().get(addresses[1])


def test_nothing_has_changed(addresses: list[str]) -> None:
    made = Client().get(addresses[3])
    with recorded() as recording:
        answer = Client().get(addresses[3], headers={"If-None-Match": f'"x", W/{made["ETag"]}'})
    assert answer.status_code == 304
    assert answer.content == b""
    assert recording.statements == []
    assert answer["Content-Security-Policy"] == made["Content-Security-Policy"]
    assert {name: answer[name] for name in ("ETag", "Cache-Control", "Vary")} == {
        name: made[name] for name in ("ETag", "Cache-Control", "Vary")
    }


def test_somebody_signed_in_gets_their_own_page_and_leaves_it_to_nobody(
    addresses: list[str], people: People
) -> None:
    client = signed_in(people)
    for address in addresses:
        if address.endswith(("/print/", "/feed/")):  # on paper and in a feed there is no “Sign out”
            continue
        own = client.get(address)
        assert "Sign out" in own.text
        assert own["Cache-Control"] == "private, no-store"
        assert "Cookie" in own["Vary"]
        stranger = Client().get(address)
        assert "Sign out" not in stranger.text
        assert "Sign out" in client.get(address).text


def test_pages_behind_sign_in_are_not_shown_by_going_back(people: People) -> None:
    client = signed_in(people)
    for name in ("procurements", "pipeline", "contracts", "pipeline_csv", "account_email"):
        assert "no-store" in client.get(reverse(name))["Cache-Control"], name


def test_whoever_signs_in_or_out_is_sent_on_by_an_answer_that_is_kept_nowhere(people: People) -> None:
    response = signed_in(people).post(reverse("account_logout"))
    assert response.status_code == 302
    assert response["Cache-Control"].endswith("no-store") or "no-store" in response["Cache-Control"]


def test_a_message_is_shown_once_and_to_nobody_else(addresses: list[str]) -> None:
    client = Client()
    client.cookies["messages"] = "tampered"
    own = client.get(addresses[1])
    assert own["Cache-Control"] == "private, no-store"
    assert own.cookies["messages"]["max-age"] == 0, "it is taken away"


def test_a_token_would_be_noticed_although_the_browser_has_one_already(people: People) -> None:
    token = Client().get(reverse("account_login")).cookies["csrftoken"].value
    client = Client()
    client.cookies["csrftoken"] = token
    view: Any = get_resolver().resolve(reverse("account_login")).func
    view.same_for_everyone = True
    try:
        with pytest.raises(AssertionError, match="sets the cookie csrftoken"):
            client.get(reverse("account_login"))
    finally:
        del view.same_for_everyone
    assert len(page_cache.CACHE) == 0


def test_what_is_not_there_is_not_kept(people: People) -> None:
    Client().get("/guidance/nowhere/")
    gone = Page.objects.get(slug=guidance_page(people)["slug"])
    publishing.withdraw(item=gone, reason="Gone", actor=None)
    assert Client().get(gone.get_absolute_url()).status_code == 410
    assert len(page_cache.CACHE) == 0


def test_what_an_editor_publishes_is_there_at_once(
    people: People, django_capture_on_commit_callbacks: Any
) -> None:
    page = Page.objects.get(slug=guidance_page(people)["slug"])
    address = page.get_absolute_url()
    Client().get(address)
    revision = a_draft_of(page, by=people.editor, state=State.APPROVED, title="Ask suppliers")
    with django_capture_on_commit_callbacks(execute=True):
        publishing.publish(revision=revision, actor=None)
    assert "Ask suppliers" in Client().get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(item=page, reason="Gone", actor=None)
    assert Client().get(address).status_code == 410
    assert Page.objects.get(pk=page.pk).status == Status.WITHDRAWN


def test_a_host_that_is_not_ours_is_refused_before_anything_is_looked_up(addresses: list[str]) -> None:
    Client().get(addresses[0])
    assert Client().get(addresses[0], headers={"host": "evil.example"}).status_code == 400
    assert len(page_cache.CACHE) == 1


def test_a_kept_page_passes_inspection(addresses: list[str], pages: Pages) -> None:
    for address in addresses:
        page = pages.get(address)
        assert not re.search(r"csrfmiddlewaretoken", page.html)
