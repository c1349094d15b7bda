"""Whatever is typed is answered, and soon."""

from __future__ import annotations

import time
from urllib.parse import quote_plus

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.pages import Pages
from toolkit.core import clock
from toolkit.search.models import AskedQuery
from toolkit.search.querying import LONGEST
from toolkit.search.selectors import search
from toolkit.search.services import push

ODD = {
    "10,000 characters": "standstill " * 1_000,
    "one long word": "a" * 10_000,
    "operators": "a & b | !c <-> d :* (( ))",
    "quotes": '"standstill" "unclosed ‘ ’ \' "',
    "only minus": '-standstill -"two words" -',
    "or": "OR OR OR",
    "emoji": "🏗️ 👩🏽‍💻 standstill",
    "NUL": "stand\0still",
    "stop words": "the of and is",
    "right to left": "مناقصة \u202estandstill\u202c מכרז",
    "injection": "'; DROP TABLE search_searchentry; --",
    "percent": "100% %s %(x)s {every} {{ 7*7 }} \\",
    "controls": "\x01\x1b[31m\x7f\u2028\ufeff",
    "zalgo": "s̴̡̛t̶a̷n̸d̶" * 50,
    "blank": " \t\n ",
    "markup": "<script>alert(1)</script>",
    "private use": "\ue000standstill\ue001",
    "many words": " ".join(f"word{number}" for number in range(2_000)),
}


@pytest.fixture
def page_about_standstill(db: None) -> None:
    push(
        kind="guidance",
        key="a",
        title="Standstill",
        url="/guidance/",
        updated_at=clock.now(),
        body="stand still",
    )


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD)
def test_odd_input_is_answered(page_about_standstill: None, pages: Pages, typed: str) -> None:
    began = time.monotonic()
    page = pages.get("search", query={"q": typed})
    assert time.monotonic() - began < 5
    assert page.h1.startswith("Search")
    assert all(len(query) <= LONGEST for query in AskedQuery.objects.values_list("query", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        "q=%ED%A0%80",
        "q=%00",
        "q=%FF%FE",
        "q=%",
        "q=a&page=99999999999",
        "q=a&page=%C2%B2",
        "q=a&role=%ED%A0%80",
    ],
)
def test_odd_addresses_are_answered(page_about_standstill: None, pages: Pages, query: str) -> None:
    pages.get(f"/search/?{query}")


def test_a_word_between_oddities_is_still_found(page_about_standstill: None) -> None:
    for name in ("10,000 characters", "emoji", "right to left", "private use"):
        assert search(ODD[name]).total, name


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=300) | st.text(alphabet="ab \"'-|&!:*()<>\\%ORor\0", max_size=120))
@example(typed="\ud800")
@example(typed='-"')
def test_anything_is_answered(page_about_standstill: None, typed: str) -> None:
    address = f"/search/?q={quote_plus(typed.encode('utf-8', 'surrogatepass'))}"
    assert Client().get(address).status_code == 200
    search(typed)
