"""What is true of every public tool: any address is answered, small, without the database, with the date of checking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.tools.own_period import CALENDARS, HOW
from guidance.tools.periods import PERIODS
from tests.pages import Pages
from toolkit.law.values import CHECKED_ON

ADDRESSES = ("/tools/threshold/", "/tools/period/", "/tools/notices/", "/tools/light-touch/")
STANDSTILL = {"period": "standstill", "on": "2026-11-23"}
THRESHOLD = {"kind": "services", "value": "250000", "vat": "inc", "on": "2026-12-01"}
NOTICES = {"regime": "pa23", "size": "above", "way": "competition", "engaged": "no"}
HOSTILE = {"LONG": "x" * 10_000, "DIGITS": "9" * 10_000, "NUL": "a\x00b", "MARKUP": "<script>alert(1)</script>", "EMOJI": "🙂\ufffe\u202e", "BLANK": " "}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_empty_address_and_one_of_other_things_show_the_empty_form(pages: Pages, address: str) -> None:
    for query in ("", "?", "?utm_source=mail&page=2"):
        page = pages.get(address + query)
        assert page.errors == []
        assert not page.css(".app-verdict")


FIELDS = ("kind", "value", "vat", "on", "on-day", "on-month", "on-year", "period", "days", "how", "calendar", "regime", "size", "way", "also", "engaged", "service", "choose")  # fmt: skip


@pytest.mark.parametrize("nasty", HOSTILE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_typed_breaks_a_page(pages: Pages, address: str, nasty: str) -> None:
    everything = [(name, HOSTILE[nasty]) for name in FIELDS for _ in range(2)]
    for query in (everything, [*everything, ("period", "own")], [*everything, ("ask", "1")]):
        page = pages.get(f"{address}?{urlencode(query)}")
        assert "<script>alert" not in page.html


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from((*ADDRESSES, "/tools/period/calendar/")),
    query=st.lists(
        st.tuples(
            st.sampled_from((*FIELDS, "ask")),
            st.text(max_size=30)
            | st.sampled_from((*PERIODS, *HOW, *CALENDARS, "goods", "pa23", "above", "inc", "yes", "2026-11-23", "12", "1m")),
        ),
        max_size=8,
    ),
)  # fmt: skip
def test_any_address_is_answered_with_a_sound_page(
    pages: Pages, address: str, query: list[tuple[str, str]]
) -> None:
    encoded = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in query])
    pages.get(f"{address}?{encoded}")


def test_no_tool_asks_the_database(
    pages: Pages, queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with queries(0):
        pages.get("tools")
        pages.get("tool_threshold", query=THRESHOLD)
        pages.get("tool_period", query=STANDSTILL)
        pages.get("tool_notices", query=NOTICES)
        pages.get("tool_light_touch", query={"service": "library"})


def test_pages_stay_small(pages: Pages) -> None:
    sizes = {
        "threshold": len(pages.get("tool_threshold", query=THRESHOLD | {"value": "9m"}).content),
        "period": len(
            pages.get(
                "tool_period", query={"period": "contract-copy-light-touch", "on": "2026-12-01"}
            ).content
        ),
        "notices": len(pages.get("tool_notices", query=NOTICES).content),
        "light touch": len(pages.get("tool_light_touch", query={"service": "85310000"}).content),
    }
    assert max(sizes.values()) < 40_000, sizes


def test_the_date_of_checking_is_the_one_kept_in_the_law(pages: Pages) -> None:
    assert dt.date(2026, 11, 23) == CHECKED_ON
    for address, query in (("tool_threshold", THRESHOLD), ("tool_notices", NOTICES), ("tool_light_touch", {"service": "library"})):  # fmt: skip
        page = pages.get(address, query=query)
        assert all("Last checked 23 November 2026" in words for words in page.words("p.app-source"))


def test_the_tools_are_found_from_the_navigation_and_from_home(pages: Pages) -> None:
    home = pages.get("home")
    assert home.link("Tools").endswith("/tools/")
    assert "Work it out" in home.words("h2")
    index = pages.click(home, "Tools")
    assert index.h1 == "Tools"
    assert len(index.css(".app-list__item")) == 5
    assert "Like 27 3 2027" in pages.click(home, "When does standstill end?").main
