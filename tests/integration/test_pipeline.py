"""The shared pipeline: who sees what, in every place that shows it; filters; budgets."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.workflows import a_contract, a_procurement, an_entry
from tests.pages import Pages
from tests.personas import PERSONAS, People
from toolkit.accounts.readers import reader_of
from toolkit.accounts.visibility import PUBLIC, Level, seen_by
from toolkit.core import clock
from workflows.pipeline import services
from workflows.pipeline.models import Entry
from workflows.pipeline.selectors import Filters, page_of, sees_intent
from workflows.procurements.services import sharing

SEES = {
    "public": set(PERSONAS),
    "boroughs": {
        "viewer",
        "contributor",
        "officer",
        "approver",
        "auditor",
        "administrator",
        "neighbour",
        "coordinator",
    },
    "borough": {"viewer", "contributor", "officer", "approver", "auditor", "administrator"},
    "team": {"officer", "auditor"},
}


def person_of(people: People, persona: str) -> object:
    return None if persona == "anonymous" else getattr(people, persona)


@pytest.mark.parametrize("level", list(SEES))
def test_no_list_search_count_facet_or_download_shows_more_than_the_level(
    pages: Pages, people: People, level: str
) -> None:
    """Secret at its level: in the list, a search for its word, the count, the facets, the CSV and its own page."""
    procurement = a_procurement(
        by=people.officer, title="Xylophone repairs", visibility="" if level == "team" else level
    )
    if level == "team":
        assert procurement.visibility == "team"
    entry = Entry.objects.get(procurement=procurement)
    for persona in PERSONAS:
        sees = persona in SEES[level]
        pages.sign_in(person_of(people, persona))  # type: ignore[arg-type]  # a person or nobody
        found = pages.get("pipeline", query={"q": "xylophone"})
        assert ("Xylophone repairs" in found.main) == sees, f"{persona} and the list"
        assert ("1 entry" in found.main) == sees, f"{persona} and the count"
        assert ("Fleet (1)" in found.main) == sees, f"{persona} and the facets"
        assert ("Xylophone" in pages.get("pipeline_csv").content.decode()) == sees, (
            f"{persona} and the download"
        )
        pages.get("entry", reference=entry.reference, status=200 if sees else 404)


def test_intent_and_act_by_date_are_seen_more_narrowly_than_the_facts(pages: Pages, people: People) -> None:
    entry = an_entry(by=people.officer, visibility="public")
    services.answer_for(
        entry=entry, intent="re-procure", openness="buy", confidence="firm", visibility="public", intent_visibility="borough",
        actor=people.officer,
    )  # fmt: skip
    for persona in PERSONAS:
        page = pages.sign_in(person_of(people, persona)).get("entry", reference=entry.reference)  # type: ignore[arg-type]
        assert ("Re-procure" in page.main) == (persona in SEES["borough"]), persona
        assert "Open to buying together" in page.main


@pytest.mark.parametrize("intent", ["in-house", "stop"])
def test_bringing_in_house_and_stopping_start_with_the_team(people: People, intent: str) -> None:
    entry = an_entry(by=people.officer, visibility="public")
    services.answer_for(
        entry=entry, intent=intent, openness="not-said", confidence="", visibility="public", intent_visibility="boroughs",
        actor=people.officer,
    )  # fmt: skip
    entry.refresh_from_db()
    assert entry.intent_visibility == Level.TEAM
    assert not sees_intent(reader_of(people.viewer), entry)
    assert not sees_intent(reader_of(people.neighbour), entry)
    assert sees_intent(reader_of(people.auditor), entry)


def test_a_leaver_on_the_team_sees_nothing_more(people: People, pages: Pages) -> None:
    procurement = a_procurement(by=people.officer, title="Xylophone repairs")
    membership = people.officer.memberships.get()
    membership.ends_on = clock.today() - dt.timedelta(1)
    membership.save()
    pages.sign_in(people.officer).get("procurement", reference=procurement.reference, status=404)
    assert not Entry.objects.visible_to(reader_of(people.officer)).exists()


def test_the_filter_and_the_single_question_agree_for_every_reader_and_level(people: People) -> None:
    for level in Level.values:
        for home in (people.fleet, people.tyburn):
            entry = an_entry(
                by=people.officer if home == people.fleet else people.neighbour, visibility="public"
            )
            Entry.objects.filter(pk=entry.pk).update(visibility=level)
    for persona in PERSONAS:
        reader = PUBLIC if persona == "anonymous" else reader_of(getattr(people, persona))
        listed = set(Entry.objects.filter(seen_by(reader)).values_list("pk", flat=True))
        asked = {
            entry.pk for entry in Entry.objects.all() if reader.sees(entry.visibility, entry.organisation_id)
        }
        assert listed == asked, persona


def test_filters_narrow_can_be_taken_away_and_are_counted(pages: Pages, people: People) -> None:
    an_entry(by=people.officer, title="Library system", visibility="public")
    an_entry(by=people.neighbour, title="Tree works", visibility="public")
    page = pages.get("pipeline", query={"organisation": "tyburn"})
    assert "Tree works" in page.main
    assert "Library system" not in page.main
    page = pages.click(page, "Tyburn × remove this filter")
    assert "2 entries" in page.main.lower()
    page = pages.get("pipeline", query={"q": "helicopter"})
    assert "Nothing matches" in page.main


def test_what_is_over_or_past_is_shown_only_when_asked(pages: Pages, people: People) -> None:
    a_contract(by=people.officer, title="Old printing", ends_on=clock.today() - dt.timedelta(days=30))
    pages.sign_in(people.officer)
    assert "Old printing" not in pages.get("pipeline").main
    assert "Contract ended on" in pages.get("pipeline", query={"past": "1"}).main


def test_nothing_shared_yet_is_said_in_words(pages: Pages, db: None) -> None:
    assert "Nothing is shared yet" in pages.get("pipeline").main


@pytest.mark.parametrize(
    "query",
    [
        {"q": "' OR 1=1 --"}, {"q": "\x00"}, {"q": "a" * 5000}, {"q": "!!! & | ("}, {"page": "0"}, {"page": "-3"}, {"page": "９"},
        {"page": "99999999999"}, {"from": "2027-13"}, {"to": "9999-12"}, {"to": "0000-00"}, {"from": "abc"}, {"sort": "act_by_on"},
        {"organisation": "\x00"}, {"stage": ["nonsense"] * 300}, {"band": "<script>"},
    ],
)  # fmt: skip
def test_an_odd_address_is_never_an_error(pages: Pages, people: People, query: dict[str, str]) -> None:
    an_entry(by=people.officer, visibility="public")
    pages.get("pipeline", query=query)
    pages.get("pipeline_csv", query=query)


def test_cells_of_the_download_are_no_formulas(pages: Pages, people: People) -> None:
    an_entry(by=people.officer, title='=HYPERLINK("http://x")', visibility="public")
    rows = list(csv.reader(StringIO(pages.get("pipeline_csv").content.decode("utf-8-sig"))))
    assert rows[1][2] == '\'=HYPERLINK("http://x")'


def test_the_page_takes_at_most_ten_queries_however_many_entries(
    pages: Pages, people: People, queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for number in range(60):
        an_entry(
            by=people.officer if number % 2 else people.neighbour,
            title=f"Entry {number}",
            visibility="boroughs",
        )
    pages.sign_in(people.officer)
    with queries(10):
        pages.get("pipeline", query={"q": "entry", "organisation": "fleet"})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_any_words_can_be_searched_for(people: People, words: str) -> None:
    page_of(reader_of(people.officer), Filters(words=words.replace("\x00", "")))


def test_a_procurement_shared_and_taken_back_follows_in_the_pipeline(people: People) -> None:
    procurement = a_procurement(by=people.officer, title="Xylophone repairs")
    entry = Entry.objects.get(procurement=procurement)
    sharing.share(
        procurement=procurement, visibility="public", intent_visibility="borough", actor=people.officer
    )
    entry.refresh_from_db()
    assert (entry.visibility, entry.intent_visibility) == ("public", "borough")
    sharing.share(procurement=procurement, visibility="team", intent_visibility="team", actor=people.officer)
    entry.refresh_from_db()
    assert entry.visibility == "team"
