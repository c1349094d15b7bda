"""The public timeline: any address is answered, nothing is asked of the database, and every day says why."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages import Pages
from tests.unit.planning.plans import TODAY
from workflows.journeys import loading
from workflows.journeys.planning.plan import plan_of
from workflows.journeys.planning.shapes import shapes
from workflows.journeys.timeline.forms import ALL_TICKS, ALLOWANCES, TimelineForm
from workflows.journeys.timeline.meetings import read_line, read_meetings
from workflows.journeys.timeline.routes import families, titles

SHORT = {"route": "open-competition", "needed": "2027-09-01"}
FULL: list[tuple[str, str]] = [
    ("route", "competitive-flexible"), ("needed-day", "1"), ("needed-month", "4"), ("needed-year", "2028"), ("also", "leaseholders"),
    ("model", "executive"), ("strategy_decider", "meeting"), ("award_decider", "officer"), ("key", "award"), ("call_in", "5"),
    ("meetings", "14 January 2027\nTues 9th Feb 2027\n2027-03-09"), ("documents", "no"), ("days_evaluation", "40"),
]  # fmt: skip
NAMES = ("route", "needed", "needed-day", "needed-month", "needed-year", "also", "model", "strategy_decider", "award_decider", "key", "call_in", "meetings", "first_stage", "rounds", "documents", "planned", "days_evaluation", "ask")  # fmt: skip


def test_every_way_to_buy_is_offered_but_the_urgent_one(pages: Pages) -> None:
    buying = {journey.slug for journey in loading.latest() if journey.about == "procurement"}
    assert titles().keys() == buying - {"urgent-award"}
    assert titles().keys() <= shapes().keys()
    page = pages.get("tool_timeline")
    assert "An urgent award is not in the list" in page.text
    assert all(label in page.text for label, _ in families())


def plan_for(route: str, **answers: object) -> tuple[object, ...]:
    """The days of a plan for these answers, or why the address is refused."""
    query = QueryDict(mutable=True)
    for name, value in {"route": route, "needed": "2028-04-01", "model": "executive", **answers}.items():
        query.setlist(name, [str(each) for each in value] if isinstance(value, list) else [str(value)])
    form = TimelineForm(query)
    assert form.is_valid(), form.errors
    plan = plan_of(shapes()[route], form.facts(), needed_on=form.cleaned_data["needed"], today=TODAY)
    return tuple((row.slug, row.latest, row.earliest, row.ready) for row in plan.rows)


TOGGLES: dict[str, tuple[object, object]] = {
    "model": ("executive", "committees"),
    "strategy_decider": ("meeting", "officer"),
    "award_decider": ("meeting", "officer"),
    "call_in": (0, 10),
    "meetings": ("", "14 January 2027\n16 December 2027\n13 January 2028"),
    "first_stage": ("requests", "tenders"),
    "rounds": ("one", "three"),
    "documents": ("yes", "no"),
    "planned": ("", "2026-11-20"),
    **{f"days_{slug}": ("", 100) for slug in ALLOWANCES},
}
"""Question → two answers."""
USUAL: dict[str, object] = {"key": ["strategy", "award"], "strategy_decider": "meeting", "award_decider": "meeting", "call_in": 5}  # fmt: skip


@pytest.mark.parametrize("route", titles())
def test_whatever_is_asked_on_a_route_makes_a_difference(route: str) -> None:
    query = QueryDict(mutable=True)
    query.update({"route": route, "needed": "2028-04-01"})
    form = TimelineForm(query)
    for name in form.fields.keys() - {"route", "needed", "also", "key"}:
        first, second = TOGGLES[name]
        # A long allowance hides the tender period of the first round: there it counts in later ones.
        others = {**USUAL, "rounds": "three"} if name == "documents" else USUAL
        assert plan_for(route, **{**others, name: first}) != plan_for(route, **{**others, name: second}), name
    for name in {"also", "key"} & form.fields.keys():
        for tick, _ in form.fields[name].choices:  # type: ignore[attr-defined]  # a field of choices
            # The notice of a key decision says that part of the meeting is private: that one counts where none is key.
            others = {**USUAL, "key": []} if tick == "private" else USUAL
            none, one = plan_for(route, **{**others, name: []}), plan_for(route, **{**others, name: [tick]})
            assert none != one, (name, tick)
    for name, ticks in ALL_TICKS.items():
        everything = [value for value, _ in ticks]
        assert plan_for(route, **{**USUAL, name: everything}), "what is not asked is not refused either"


def test_what_is_not_asked_on_a_route_is_said(pages: Pages) -> None:
    page = pages.get("tool_timeline", query={"route": "psr-competitive", "needed": "2028-04-01", "model": "executive", "also": "leaseholders"})  # fmt: skip
    assert page.errors == []
    assert "no day hangs on “Leaseholders will be charged”" in page.text
    assert "UK3" not in page.css("form")[0].text
    charged = pages.get("tool_timeline", query={"route": "framework-call-off", "needed": "2028-04-01", "model": "executive", "also": "leaseholders"})  # fmt: skip
    assert "First notice to leaseholders" in charged.text


def test_the_empty_form_has_answers_for_london(pages: Pages) -> None:
    page = pages.get("tool_timeline")
    assert page.errors == []
    assert not page.css(".app-verdict")
    assert "Most London boroughs" in page.text


def test_a_short_address_is_a_plan_with_picture_table_levers_and_calendar(pages: Pages) -> None:
    page = pages.get("tool_timeline", query=SHORT)
    for words in ("Start by", "What binds", "Tender period", "section 54", "Standstill", "SI 2012/2089", "Call it urgent", "Not lawful", "check with your legal team"):  # fmt: skip
        assert words.lower() in page.text.lower(), words
    assert "<svg" in page.html
    assert "style=" not in page.html
    assert page.css("table")
    calendar = pages.get("tool_timeline_calendar", query=SHORT)
    assert "BEGIN:VEVENT" in calendar.html


def test_a_full_address_is_answered(pages: Pages) -> None:
    page = pages.get(f"/tools/timeline/?{urlencode(FULL)}")
    assert page.errors == []
    assert "40 calendar days are allowed" in page.text
    assert "14 January 2027" in page.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"needed": "2027-02-30"}, "real date"),
        ({"needed": "1066-10-14"}, "between 1990 and 2100"),
        ({"needed": ""}, "Enter the day it is needed"),
        ({"route": "nothing"}, "Select"),
        ({"call_in": "31"}, "30"),
        ({"meetings": "whenever"}, "could not be read"),
        ({"days_evaluation": "-1"}, "0"),
        ({"days_evaluation": "9999999999"}, "730"),
    ],
)
def test_a_mistake_is_said_in_words(pages: Pages, change: dict[str, str], sentence: str) -> None:
    page = pages.get("tool_timeline", query=SHORT | change)
    assert any(sentence in error for error in page.errors), page.errors


@pytest.mark.parametrize("needed", ["1990-01-01", "2026-11-23", "2026-11-24", "2100-12-31"])
def test_a_day_of_need_in_the_past_or_far_off_has_a_plan(pages: Pages, needed: str) -> None:
    page = pages.get("tool_timeline", query={**SHORT, "needed": needed})
    assert page.css(".app-verdict")
    if needed < "2027":
        assert "Late by" in page.text
    assert pages.get("tool_timeline_calendar", query={**SHORT, "needed": needed}).html


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.text(max_size=30) | st.sampled_from([*titles(), "one", "three", "tenders", "yes", "no", "2027-04-01", "5", "executive", "meeting"]),
        ),
        max_size=10,
    ),
    address=st.sampled_from(["/tools/timeline/", "/tools/timeline/calendar/"]),
)  # fmt: skip
def test_any_address_is_answered(pages: Pages, query: list[tuple[str, str]], address: str) -> None:
    encoded = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in query])
    pages.get(f"{address}?{encoded}")


def test_what_is_too_long_is_cut_off_or_refused(pages: Pages) -> None:
    for name in NAMES:
        pages.get("tool_timeline", query=SHORT | {name: "9" * 10_000})
    assert pages.get("tool_timeline", query=SHORT | {"meetings": "1 May 2027\n" * 2_000}).errors


def test_it_asks_nothing_of_the_database(
    pages: Pages, queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with queries(0):
        pages.get("tool_timeline", query=SHORT)
        pages.get("tool_timeline_calendar", query=SHORT)


def test_it_stands_in_the_list_of_tools(pages: Pages) -> None:
    assert pages.get("tools").link("When must I start?") == "/tools/timeline/"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("14 January 2027", "2027-01-14"),
        ("Thu 14 Jan 2027 at 7pm", "2027-01-14"),
        ("14th January, 2027", "2027-01-14"),
        ("January 14, 2027", "2027-01-14"),
        ("14/01/2027", "2027-01-14"),
        ("14.1.2027", "2027-01-14"),
        ("2027-01-14", "2027-01-14"),
        ("Cabinet", None),
        ("31 February 2027", None),
        ("14 January 20277", None),
        ("14 Smarch 2027", None),
    ],
)
def test_dates_of_meetings_are_read_as_people_write_them(line: str, day: str | None) -> None:
    found = read_line(line)
    assert (found.isoformat() if found else None) == day


def test_meetings_are_in_order_each_once() -> None:
    days, strange = read_meetings("9 Feb 2027\n14 January 2027; 9 February 2027\n\nto be confirmed")
    assert [day.isoformat() for day in days] == ["2027-01-14", "2027-02-09"]
    assert strange == ["to be confirmed"]
    assert len(ALLOWANCES) == len(set(ALLOWANCES))
