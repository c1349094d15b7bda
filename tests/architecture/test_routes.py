"""Every route: listed once with its access, compared both ways with the URL conf, and requested as each persona."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.architecture.examples import EXAMPLES
from tests.pages import Pages
from tests.personas import PERSONAS, People
from tests.recorder import MAY_BE_WRITTEN_BY_A_GET, Recording, recorded
from toolkit.desk.management.commands.routes import Route, listed, routes

LIST = listed()
ACCESS: dict[str, dict[str, Any]] = LIST["access"]
LISTED: dict[str, dict[str, Any]] = LIST["routes"]
ROUTES = {route.name: route for route in routes(tuple(LIST["groups"]))}
WRITE_DOWN = "type ./run manage routes --accept, then write its access into tests/architecture/routes.toml"

EVERYONE = set(PERSONAS) - {"anonymous"}
MEMBERS = EVERYONE - {"pending", "editor", "staff"}
KNOWN_KEYS = {"path", "access", "writes", "method", "example", "with", "but", "query", "shared"}
SHARED = " (shared)"
CASES = LISTED | {
    f"{name}{SHARED}": {**line, "access": line["shared"], "example": f"{line['example']}-shared"}
    for name, line in LISTED.items()
    if "shared" in line
}
"""What is requested as each persona: every route, and again those of a record that all boroughs see."""


def test_every_route_is_in_the_list() -> None:
    assert not ROUTES.keys() - LISTED.keys(), f"not listed: {WRITE_DOWN}"


def test_every_listed_route_is_there() -> None:
    gone = LISTED.keys() - ROUTES.keys()
    assert not gone, (
        f"{gone} are gone. Does an old address need a redirect? Then ./run manage routes --accept"
    )


def test_every_route_has_a_name_of_its_own() -> None:
    names = [route.name for route in routes(tuple(LIST["groups"]))]
    assert all(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", sorted(LISTED))
def test_listed_route_is_as_the_url_conf_has_it(name: str) -> None:
    line = LISTED[name]
    assert not line.keys() - KNOWN_KEYS
    assert line["access"] in ACCESS, f"write the access of {name} into tests/architecture/routes.toml"
    assert line["path"] == ROUTES[name].path
    assert line.get("method") != "post" or line.get("writes"), "what answers POST alone writes"


def test_open_routes_are_exactly_those_marked_login_not_required() -> None:
    said = {name for name, line in LISTED.items() if ACCESS.get(line["access"], {}).get("open")}
    assert said == {name for name, route in ROUTES.items() if route.is_open}


@pytest.mark.parametrize("route", ROUTES.values(), ids=lambda route: route.name)
def test_addresses_are_kebab_case_with_typed_parts_and_no_primary_keys(route: Route) -> None:
    assert route.path.endswith("/")
    for part in route.parameters:
        assert re.fullmatch(r"[a-z]+:[a-z_]+", part), f"<{part}> names no converter"
        converter, name = part.split(":")
        assert converter != "int"
        assert name not in ("pk", "id")
    assert re.fullmatch(r"/([a-z0-9-]+/)*", re.sub(r"<[^>]+>", "x", route.path))


def groups(open_to_all: bool) -> dict[str, set[str]]:
    return {
        "everyone": EVERYONE | {"anonymous"} if open_to_all else EVERYONE,
        "members": MEMBERS,
        "fleet": MEMBERS - {"neighbour", "coordinator"},
    }


def expected(name: str, persona: str) -> int | str:
    """What a persona gets: a status, or `sign-in`."""
    line = CASES[name]
    rule = ACCESS[line["access"]]
    is_open = bool(rule.get("open"))
    if persona == "anonymous" and not is_open:
        return "sign-in"
    exceptions = {**rule.get("but", {}), **line.get("but", {})}
    if persona in exceptions:
        return int(exceptions[persona])
    named = groups(is_open)
    if any(persona in named.get(each, {each}) for each in rule["in"]):
        return 302 if line.get("method") == "post" else 200
    return int(rule["others"])


def given(response: HttpResponseBase, recording: Recording) -> int | str:
    """What they got, in the same words. A POST that was answered with a sentence and changed nothing was refused."""
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return "sign-in"
    if response.status_code == 302 and not recording.written - MAY_BE_WRITTEN_BY_A_GET:
        return "302 unchanged"
    return response.status_code


def agrees(got: int | str, wanted: int | str) -> bool:
    return got == wanted or (got == "302 unchanged" and wanted in (302, 403))


def address(name: str, people: People) -> str:
    line = CASES[name]
    parts = EXAMPLES[line["example"]](people) if "example" in line else {}
    where = reverse(name.removesuffix(SHARED), kwargs={**parts, **line.get("with", {})})
    return f"{where}?{line['query']}" if "query" in line else where


def signed_in(people: People, persona: str) -> Client:
    """A browser with a session of theirs, written down without the ceremony of signing in."""
    client = Client()
    person = people.named(persona)
    if person is not None:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


def request_as(people: People, persona: str, where: str, method: str) -> tuple[HttpResponseBase, Recording]:
    """Request as a persona and undo what it did."""
    client = signed_in(people, persona)
    with transaction.atomic(), recorded() as recording:
        response = client.post(where) if method == "post" else client.get(where)
        transaction.set_rollback(True)
    return response, recording


def changed(persona: str, where: str, recording: Recording) -> str:
    """What somebody changed by POST who is not let in; empty when nothing."""
    written = recording.written - MAY_BE_WRITTEN_BY_A_GET
    return f"{persona} POST {where}:\n{recording.listing()}" if written else ""


def _refuses_the_other_method(name: str, where: str, people: People) -> None:
    """What does not write refuses POST, and what only acts refuses GET."""
    line = LISTED[name]
    persona = next(
        (each for each in ("officer", "administrator") if expected(name, each) in (200, 302)), None
    )
    if persona is None:
        return
    posted = request_as(people, persona, where, "post")[0].status_code
    if line.get("method") == "post":
        assert request_as(people, persona, where, "get")[0].status_code == 405
    elif line.get("writes"):
        assert posted != 405
    else:
        assert posted == 405


@pytest.fixture(scope="module")
def _everybody(kept: None) -> People:
    everybody = People()
    for persona in PERSONAS:
        everybody.named(persona)
    return everybody


@pytest.fixture
def people(_everybody: People, db: None) -> People:
    """Made once for this file; each test has a copy of its own."""
    return deepcopy(_everybody)


@pytest.mark.parametrize("name", sorted(CASES))
def test_each_persona_gets_what_the_list_says_and_changes_nothing_who_is_not_let_in(name: str, people: People) -> None:  # fmt: skip
    """A record is arranged once for all who ask for it, by either method."""
    line, where = CASES[name], address(name, people)
    method = line.get("method", "get")
    wrong = {}
    for persona in PERSONAS:
        wanted = expected(name, persona)
        response, recording = request_as(people, persona, where, method)
        got = given(response, recording)
        if not agrees(got, wanted):
            wrong[persona] = f"got {got}, not {wanted}"
        if line.get("writes") and wanted not in (200, 302):
            if method != "post":
                _, recording = request_as(people, persona, where, "post")
            assert not changed(persona, where, recording), changed(persona, where, recording)
    assert not wrong, f"{method.upper()} {where}: {wrong}"
    if name in LISTED:  # a shared record has the same views
        _refuses_the_other_method(name, where, people)


@pytest.mark.parametrize("name", sorted(name for name in CASES if CASES[name].get("method") != "post"))
def test_a_page_passes_inspection_and_writes_nothing(name: str, people: People, pages: Pages) -> None:
    where = address(name, people)
    for persona in ("anonymous", "officer", "administrator", "auditor"):
        wanted = expected(name, persona)
        if wanted in (200, 403, 404):
            pages.sign_in(people.named(persona)).get(where, status=int(wanted))
