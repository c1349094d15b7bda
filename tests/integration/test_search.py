"""Finding: what comes first, by what it is narrowed, and that nothing tells of what a reader may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.bench import search as bench
from tests.pages import Page, Pages
from tests.personas import People
from toolkit.accounts.models import Organisation
from toolkit.accounts.readers import reader_of
from toolkit.accounts.visibility import PUBLIC, Level
from toolkit.core import clock
from toolkit.search import counting
from toolkit.search.filters import Filters
from toolkit.search.models import BestBet, SearchEntry, Spelling
from toolkit.search.selectors import EVERY, SOME, search
from toolkit.search.services import name, push, remove
from toolkit.search.spelling import did_you_mean

JUDGED = settings.ROOT / "tests" / "judged_queries.toml"


def put(key: str, title: str, **more: Any) -> None:
    push(kind="guidance", key=key, title=title, url=f"/guidance/plan/{key}/", updated_at=clock.now(), **more)


def titles(query: str, **more: Any) -> list[str]:
    return [hit.title for hit in search(query, **more).hits]


def choices(page: Page, name: str) -> dict[str, str]:
    """The values of a facet: slug → words as shown."""
    return {
        field.get("value"): label
        for field, label in zip(
            page.css(f"input[name={name}]"), page.words(f"input[name={name}] + label"), strict=True
        )
    }


@pytest.fixture
def library(db: None) -> None:
    put(
        "lots",
        "Divide into lots",
        stage="define",
        roles=["Service lead", "Digital & IT"],
        topics=["Small suppliers"],
    )
    put(
        "criteria",
        "Award criteria for lots",
        stage="define",
        roles=["Service lead"],
        topics=["Award criteria"],
    )
    put("pay", "Pay on time", stage="manage", summary="Invoices and lots of them.", roles=["Finance"])


# What comes first


def test_every_word_comes_before_some(library: None) -> None:
    assert search("award lots").how == EVERY
    assert titles("award lots") == ["Award criteria for lots"]
    assert search("award zebra").how == SOME
    assert titles("award zebra") == ["Award criteria for lots"]


def test_many_results_are_ranked_by_title_and_summary(library: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.search.selectors._RANKED_BY_ALL", 0)
    assert titles("lots")[-1] == "Pay on time"
    put("body", "Aardvark", body="lots lots lots")
    monkeypatch.setattr("toolkit.search.selectors.EXACT_UP_TO", 3)
    monkeypatch.setattr(counting, "EXACT_UP_TO", 3)
    found = search("lots")
    assert found.counts.is_more
    assert found.total == 3
    assert "Aardvark" not in [hit.title for hit in found.hits]


def test_a_query_that_only_excludes_is_taken_for_its_words(library: None) -> None:
    assert titles("-pay") == ["Pay on time"]
    assert titles("lots -pay") and "Pay on time" not in titles("lots -pay")


def test_of_equal_matches_the_weightier_kind_comes_first(library: None) -> None:
    push(
        kind="glossary",
        key="lots",
        title="Divide into lots",
        url="/guidance/glossary/#lots",
        updated_at=clock.now(),
    )
    push(kind="glossary", key="pin", title="PIN", url="/guidance/glossary/#pin", updated_at=clock.now())
    assert [hit.source for hit in search("divide into lots").hits] == [
        ("guidance", "lots"),
        ("glossary", "lots"),
    ]
    assert [hit.source for hit in search("PIN").hits] == [("glossary", "pin")]


def test_a_thing_is_found_by_its_other_names(library: None) -> None:
    put("pay", "Pay on time", topics=["Finance"], names=["prompt payment", "remittance"])
    assert titles("remittance") == ["Pay on time"]
    name(kind="guidance", names={"lots": ["tranches"]})
    assert titles("tranches") == ["Divide into lots"]
    assert titles("finance") == ["Pay on time"]
    assert titles("remittance") == []
    assert did_you_mean("tranchez") == "tranches"


# Narrowing


def test_facets_count_within_all_filters_and_addresses_carry_slugs(library: None, pages: Pages) -> None:
    page = pages.get("search", query={"q": "lots"})
    assert choices(page, "role") == {
        "service-lead": "Service lead (2)", "digital-and-it": "Digital & IT (1)", "finance": "Finance (1)",
    }  # fmt: skip
    assert choices(page, "stage") == {"define": "Specification (2)", "manage": "Contract management (1)"}
    assert choices(page, "kind") == {"guidance": "Guidance (3)"}
    page = pages.submit(page.form("Apply filters"), role=["service-lead"], topic=["award-criteria"])
    assert "role=service-lead" in page.url
    assert page.words("main h3") == ["Award criteria for lots"]
    assert choices(page, "stage") == {"define": "Specification (1)"}
    assert page.words(".app-chip") == [
        "Service lead × remove this filter",
        "Award criteria × remove this filter",
    ]
    page = pages.get(page.css(".app-chip")[1].get("href"))
    assert sorted(page.words("main h3")) == ["Award criteria for lots", "Divide into lots"]


def test_any_value_of_one_facet_and_all_facets(library: None) -> None:
    assert len(titles("lots", filters=Filters(stage=("define", "manage")))) == 3
    assert titles("lots", filters=Filters(stage=("define", "manage"), role=("finance",))) == ["Pay on time"]


def test_filters_that_are_none_are_left_out_and_an_empty_one_can_be_taken_away(
    library: None, pages: Pages
) -> None:
    odd = {"q": "lots", "kind": "x", "stage": "y\0", "role": ["nobody-here", "'; DROP TABLE", "a" * 500]}
    page = pages.get("search", query={**odd, "page": "-3"})
    assert page.words(".app-chip") == ["Nobody here × remove this filter"]
    assert choices(page, "role") == {"nobody-here": "Nobody here (0)"}
    assert "Search everything" in page.links


def test_more_than_are_counted_is_said_without_numbers(
    library: None, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "EXACT_UP_TO", 2)
    monkeypatch.setattr("toolkit.search.selectors.EXACT_UP_TO", 2)
    page = pages.get("search", query={"q": "lots"})
    assert page.words("main h2") == ["More than 2 results"]
    assert set(choices(page, "kind").values()) == {"Guidance"}


# Did you mean


def test_what_was_probably_meant_is_found(library: None, pages: Pages) -> None:
    page = pages.get("search", query={"q": "critiria"})
    assert page.words("main h3") == ["Award criteria for lots"]
    assert "These are the results for “criteria”." in page.main
    page = pages.get("search", query={"q": "lots critiria"})
    assert page.links["lots criteria"] == "/search/?q=lots+criteria"


def test_words_that_are_known_and_words_like_nothing_are_left_alone(library: None) -> None:
    assert did_you_mean("invoices about zzyzzyva") == ""
    assert did_you_mean("criteria") == ""


def test_spellings_follow_their_entry(library: None) -> None:
    assert Spelling.objects.filter(word="criteria").count() == 1
    put("criteria", "Something else")
    assert not Spelling.objects.filter(word="criteria").exists()
    remove(kind="guidance", key="criteria")
    assert not Spelling.objects.filter(word="something").exists()


# Nothing leaks


@pytest.fixture
def secret(people: People, library: None) -> Organisation:
    """What only Fleet, and what only boroughs, may find."""
    put(
        "closed", "Lots of zirconium", roles=["Alchemist"], topics=["Transmutation"], stage="award",
        visibility=Level.BOROUGH, organisation=people.fleet, summary="Quicksilver for lots.",
    )  # fmt: skip
    put("shared", "Lots of vibranium", roles=["Wizard"], visibility=Level.BOROUGHS, organisation=people.fleet)
    for key in ("closed", "shared"):
        BestBet.objects.create(phrase="lots", kind="guidance", key=key, reason="Because.")
    return people.fleet


def test_each_reader_counts_and_finds_what_they_may_see(secret: Organisation, people: People) -> None:
    for person, number in ((None, 3), (people.neighbour, 4), (people.viewer, 5), (people.pending, 3)):
        found = search("lots", reader=reader_of(person))
        assert found.total == sum(each.number for each in found.counts.facets["kind"]) == number
        assert found.counts.public == 3


def test_the_public_page_tells_nothing_of_what_it_hides(secret: Organisation, pages: Pages) -> None:
    for query in ("lots", "zirconiun", "zirconium", "vibraniun", "quicksilver", "alchemist"):
        page = pages.get("search", query={"q": query})
        said = page.html.lower().replace(f"“{query}”", "").replace(f'value="{query}"', "")
        for word in (
            "zirconium",
            "vibranium",
            "quicksilver",
            "alchemist",
            "transmutation",
            "wizard",
            "because",
        ):
            if word != query:
                assert word not in said, f"{query}: {word}"
        assert "award" not in choices(page, "stage")
    assert pages.get("search", query={"q": "lots"}).words("main h2") == ["3 results"]
    for query in ("zirconium", "quicksilver"):
        assert pages.get("search", query={"q": query}).words("main h2") == ["No results"]


def test_did_you_mean_offers_only_public_words_to_anybody(
    secret: Organisation, people: People, pages: Pages
) -> None:
    assert not Spelling.objects.filter(word__in=["zirconium", "vibranium", "transmutation"]).exists()
    page = pages.sign_in(people.viewer).get("search", query={"q": "zirconiun"})
    assert page.words("main h2") == ["No results"]
    push(
        kind="guidance", key="pay", title="Pay on time", url="/guidance/plan/pay/", updated_at=clock.now(),
        visibility=Level.BOROUGHS, organisation=people.fleet,
    )  # fmt: skip
    assert not Spelling.objects.filter(word="time").exists()


def test_best_bets_are_shown_to_those_who_may_see_them(
    secret: Organisation, people: People, pages: Pages
) -> None:
    best = "ol[aria-label='Best answers'] h3"
    assert pages.get("search", query={"q": "Lots"}).words(best) == []
    assert pages.sign_in(people.neighbour).get("search", query={"q": "lots"}).words(best) == [
        "Lots of vibranium"
    ]
    page = pages.sign_in(people.viewer).get("search", query={"q": "lots"})
    assert page.words(best) == ["Lots of zirconium", "Lots of vibranium"]
    assert page.words("ol[aria-label='Results'] h3").count("Lots of zirconium") == 0
    assert "Best answer Because." in page.main
    assert pages.get("search", query={"q": "lots", "stage": "define"}).words(best) == []


def test_a_best_bet_that_is_all_there_is_and_one_that_is_gone(library: None, pages: Pages) -> None:
    BestBet.objects.create(phrase="Zebra", kind="guidance", key="pay", reason="Striped.")
    page = pages.get("search", query={"q": "zebra"})
    assert page.words("main h3") == ["Pay on time"]
    remove(kind="guidance", key="pay")
    assert pages.get("search", query={"q": "zebra"}).words("main h2") == ["No results"]
    put("pay", "Pay on time")
    assert pages.get("search", query={"q": "zebra"}).words("main h3") == ["Pay on time"]
    BestBet.objects.update(is_active=False)
    assert pages.get("search", query={"q": "zebra"}).words("main h2") == ["No results"]


def test_what_only_a_team_may_see_is_never_in_the_index(people: People) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        put("team", "Secret", visibility=Level.TEAM, organisation=people.fleet)


# The owner’s side


def test_push_refuses_unknown_kinds_and_foreign_addresses(db: None) -> None:
    with pytest.raises(ValueError, match="registered"):
        push(kind="nothing", key="a", title="A", url="/a/", updated_at=clock.now())
    for url in ("https://elsewhere.example/", "//elsewhere.example/", "a/"):
        with pytest.raises(ValueError, match="address"):
            push(kind="guidance", key="a", title="A", url=url, updated_at=clock.now())


def test_roles_and_topics_of_one_slug_are_kept_once(db: None) -> None:
    put("a", "A", roles=["Service lead", "service-lead", "!", "Legal\0"], topics=["KPIs"])
    entry = SearchEntry.objects.get(key="a")
    assert (entry.roles, entry.role_slugs) == (["Service lead", "Legal"], ["service-lead", "legal"])
    assert (entry.topics, entry.topic_slugs) == (["KPIs"], ["kpis"])


def test_snippets_carry_no_markup_but_marks(db: None, pages: Pages) -> None:
    put("bad", "Bad", summary="<script>alert(1)</script> lots of <b>it</b> & 1 < 2")
    page = pages.get("search", query={"q": "lots"})
    assert not page.css("main script, main ol b")
    assert page.words("main mark") == ["lots"]


def test_a_generated_library_is_searched_as_the_bench_does(db: None, pages: Pages) -> None:
    words = bench.generate(pages=200)
    found = search(words[0], reader=PUBLIC)
    assert found.total > 50
    assert len(found.hits) == 10
    assert pages.get("search", query={"q": words[0], "page": 2}).words("main h3")
