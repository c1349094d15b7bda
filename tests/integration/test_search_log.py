"""The log of queries: what is counted, what is not, what never stands in it, and how long."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist

from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from tests.recorder import recorded
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.search.links import Opening, link_to, opening_of
from toolkit.search.models import AskedQuery
from toolkit.search.services import push
from toolkit.search.tasks import forget_old_queries


def put(key: str, title: str, **more: Any) -> None:
    push(kind="guidance", key=key, title=title, url="/guidance/", updated_at=clock.now(), **more)


@pytest.fixture(autouse=True)
def _library(db: None) -> None:
    put("lots", "Divide into lots")


def line(query: str) -> AskedQuery:
    return AskedQuery.objects.get(query=query)


def test_one_line_for_each_day_and_query(pages: Pages) -> None:
    for typed in ("Lots", "  lots ", "LOTS"):
        pages.get("search", query={"q": typed})
    kept = line("lots")
    assert (kept.times, kept.found, kept.opened, kept.first_key) == (3, 1, 0, "lots")
    assert kept.day == clock.today()
    with clock.held_at(clock.today() + dt.timedelta(days=1)):
        pages.get("search", query={"q": "lots"})
    assert AskedQuery.objects.filter(query="lots").count() == 2


def test_pages_filters_heads_robots_and_prefetching_are_no_askings(pages: Pages) -> None:
    pages.get("search", query={"q": "lots", "page": 2})
    pages.get("search", query={"q": "lots", "stage": "define"})
    pages.get("search")
    pages.client.head("/search/?q=lots")
    for agent in ("Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.5", "python-requests/2.32"):
        pages.client.get("/search/?q=lots", headers={"user-agent": agent})
    pages.client.get("/search/?q=lots", headers={"sec-purpose": "prefetch;prerender"})
    assert not AskedQuery.objects.exists()
    pages.client.get(
        "/search/?q=lots", headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
    )
    assert line("lots").times == 1


def test_contact_details_are_not_kept_and_nobody_is_named(pages: Pages, people: People) -> None:
    pages.sign_in(people.officer).get("search", query={"q": "Jo.Brook@fleet.example 020 7946 0000 lots"})
    kept = AskedQuery.objects.get()
    assert "brook" not in kept.query
    assert "7946" not in kept.query
    for name in ("person", "session", "organisation"):
        with pytest.raises(FieldDoesNotExist):
            AskedQuery._meta.get_field(name)


def test_the_log_tells_nothing_of_what_boroughs_share(pages: Pages, people: People) -> None:
    put("shared", "Vibranium", visibility=Level.BOROUGHS, organisation=people.fleet)
    page = pages.sign_in(people.officer).get("search", query={"q": "vibranium"})
    assert page.words("main h3") == ["Vibranium"]
    assert (line("vibranium").found, line("vibranium").first_key) == (0, "")


def test_a_query_that_was_put_right_had_found_nothing(pages: Pages) -> None:
    assert pages.get("search", query={"q": "devide"}).words("main h3") == ["Divide into lots"]
    assert (line("devide").found, line("devide").first_key) == (0, "")


def test_opening_a_result_is_counted_and_leads_to_it(pages: Pages) -> None:
    href = pages.get("search", query={"q": "Lots"}).css("main h3 a")[0].get("href")
    landed = pages.get(href)
    assert landed.path == "/guidance/"
    pages.client.head(href)
    pages.client.get(href, headers={"user-agent": "bingbot"})
    with clock.held_at(clock.today() + dt.timedelta(days=1)):
        pages.get(href)
    assert line("lots").opened == 2


def test_the_same_page_of_results_is_the_same_bytes(pages: Pages) -> None:
    assert (
        pages.get("search", query={"q": "lots"}).content == pages.get("search", query={"q": "lots"}).content
    )


def test_a_changed_link_leads_nowhere(pages: Pages) -> None:
    token = link_to(Opening("lots", clock.today(), "/guidance/")).split("/")[-2]
    for place in range(len(token)):
        other = "a" if token[place] != "a" else "b"
        assert opening_of(token[:place] + other + token[place + 1 :]) is None
    for odd in (token + "x", "https:elsewhere.example", "é", ":", "%00", "%ED%A0%80", "x" * 5_000):
        pages.get(f"/search/open/{odd}/", status=404)
    forged = token.split(":")[0]
    pages.get(f"/search/open/{forged}:{'A' * 43}/", status=404)


def test_asking_writes_to_the_log_alone(pages: Pages) -> None:
    with recorded() as recording:
        pages.client.get("/search/?q=lots")
    assert recording.written == {"search_askedquery"}


def test_queries_are_forgotten_after_twelve_months(jobs: Jobs) -> None:
    for day in (dt.date(2025, 11, 23), dt.date(2025, 11, 24), clock.today()):
        AskedQuery.objects.create(day=day, query="lots", found=1)
    forget_old_queries(timestamp=0)
    assert [str(day) for day in AskedQuery.objects.values_list("day", flat=True).order_by("day")] == [
        "2025-11-24",
        "2026-11-24",
    ]
    app = forget_old_queries.blueprint
    assert "20 3 * * *" in {task.cron for task in app.periodic_registry.periodic_tasks.values()}
