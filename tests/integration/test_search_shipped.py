"""Finding in all that ships: what people ask for, judged."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from guidance.editorial.services import publishing
from guidance.pages.models import Term
from tests.pages import Pages
from tests.recorder import at_most
from toolkit.search.judged import judge, mean_reciprocal_rank
from toolkit.search.models import BestBet, SearchEntry, Synonym
from toolkit.search.selectors import search

JUDGED = settings.ROOT / "tests" / "judged_queries.toml"


def titles(query: str, **more: Any) -> list[str]:
    return [hit.title for hit in search(query, **more).hits]


@pytest.fixture(scope="module")
def _loaded(kept: None) -> None:
    call_command("load_guidance", verbosity=0)
    call_command("load_synonyms", verbosity=0)


@pytest.fixture
def starter_content(_loaded: None, db: None) -> None:
    """All that ships."""


def test_the_judged_queries_find_their_pages(starter_content: None) -> None:
    judged = judge(JUDGED)
    assert len(judged) >= 90
    poor = [each for each in judged if each.rank != 1]
    assert mean_reciprocal_rank(judged) >= 0.85, poor
    phrases = BestBet.objects.values_list("phrase", flat=True)
    assert len(phrases) <= 15, "the ranking must do it"
    unknown = [
        bet for bet in BestBet.objects.all() if not SearchEntry.objects.filter(kind=bet.kind, key=bet.key)
    ]
    assert not unknown


@pytest.mark.parametrize("query", ["standstill", "DPS", "PQQ", "G-Cloud", "how long must I advertise"])
def test_what_people_ask_most_is_answered(starter_content: None, pages: Pages, query: str) -> None:
    page = pages.get("search", query={"q": query})
    wanted = {each.query: each.wanted for each in judge(JUDGED)}[query]
    landed = pages.get(page.css("main h3 a")[0].get("href"))
    assert landed.path.endswith(f"/{wanted.removeprefix('guidance/')}/")


def test_judging_says_where_each_page_stands(
    starter_content: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("judge_search")
    said = capsys.readouterr().out
    assert "standstill → guidance/wait-before-you-sign" in said
    assert "Mean reciprocal rank of" in said


def test_a_page_is_found_by_the_terms_it_explains(starter_content: None) -> None:
    assert search("purdah").hits[0].source == ("guidance", "elections-and-august")
    publishing.withdraw(item=Term.objects.get(slug="pre-election-period"), reason="Old", actor=None)
    assert search("purdah").hits == ()


def test_few_queries_however_it_is_asked(starter_content: None, pages: Pages) -> None:
    for query in ("standstill", "tender zebra", "standsill", "qqqqq zzzzz", "notices"):
        with at_most(7):
            pages.get("search", query={"q": query})


def test_loading_again_undoes_no_editor(starter_content: None) -> None:
    Synonym.objects.filter(plain="quotes").update(words="mine", is_active=False)
    BestBet.objects.filter(plain="pqq").update(is_active=False)
    before = BestBet.objects.count()
    call_command("load_synonyms", verbosity=0)
    assert Synonym.objects.get(plain="quotes").words == "mine"
    assert BestBet.objects.count() == before
