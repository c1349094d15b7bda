"""What editors do about finding, in the admin: lists of queries, synonyms tried before they are saved, best bets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.forms import Form
from tests.pages import Page, Pages
from tests.personas import People
from tests.recorder import recorded
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.search.models import AskedQuery, BestBet, Synonym
from toolkit.search.replay import LATEST, Move, replay
from toolkit.search.services import push

ADD = "/admin/search/synonym/add/"


@pytest.fixture
def editing(pages: Pages, people: People) -> Pages:
    for key, title in (("wait", "Wait before you sign"), ("market", "Dynamic market")):
        push(kind="guidance", key=key, title=title, url=f"/guidance/award/{key}/", updated_at=clock.now())
    push(
        kind="guidance", key="closed", title="Alcatel affair", url="/guidance/award/closed/", updated_at=clock.now(),
        visibility=Level.BOROUGHS, organisation=people.fleet,
    )  # fmt: skip
    return pages.sign_in(people.staff)


def press(pages: Pages, form: Form, button: str, **data: Any) -> Page:
    """Fill the form of an admin page and press a button, which there is an input."""
    other = {name for name, _ in form.buttons}
    typed = {name: value for name, value in form.filled(data).items() if name not in other}
    return pages.post(form.action, {**typed, button: "1"})


def asked(query: str, *, times: int = 1, found: int = 0, opened: int = 0, days_ago: int = 0) -> None:
    AskedQuery.objects.create(
        query=query, times=times, found=found, opened=opened, day=clock.today() - dt.timedelta(days=days_ago)
    )


def test_queries_that_found_nothing_are_listed_most_asked_first(editing: Pages) -> None:
    asked("alcatel", times=2, days_ago=1)
    asked("alcatel", times=3, days_ago=40)
    asked("zebra", times=4)
    asked("mended", times=9, days_ago=2)
    asked("mended", times=1, found=3)
    page = editing.get("/admin/search/foundnothing/")
    assert page.words("#result_list tbody th") == ["alcatel", "zebra"]
    assert page.words("#result_list .field-asked") == ["5", "4"]
    page = editing.get("/admin/search/foundnothing/", query={"days": "30"})
    assert page.words("#result_list tbody th") == ["zebra", "alcatel"]
    page = editing.get("/admin/search/foundnothing/", query={"often": "5", "q": "alc"})
    assert page.words("#result_list tbody th") == ["alcatel"]
    assert AskedQuery.objects.found_nothing().count() == 2


def test_queries_whose_results_nobody_opened_are_listed(editing: Pages) -> None:
    asked("lots", times=2, found=3)
    asked("opened once", found=3, opened=1, days_ago=1)
    asked("opened once", times=5, found=3)
    asked("nothing")
    page = editing.get("/admin/search/neveropened/")
    assert page.words("#result_list tbody th") == ["lots"]
    assert AskedQuery.objects.never_opened().count() == 1
    assert editing.get("/admin/search/askedquery/", query={"often": "2", "days": "7"}).words(
        "#result_list tbody th"
    )


def test_trying_a_synonym_says_what_would_move_and_saves_nothing(editing: Pages) -> None:
    asked("alcatel", times=3)
    asked("dynamic")
    form = editing.get(ADD).form("#synonym_form")
    with recorded() as recording:
        page = press(editing, form, "_try", phrase="Alcatel", words="sign", is_active=True)
    assert recording.written <= {"django_session"}
    assert page.words("#synonym_form table td") == ["alcatel", "3", "Nothing", "Wait before you sign"]
    assert "Nothing is saved yet" in page.text
    assert not Synonym.objects.exists()
    press(editing, page.form("#synonym_form"), "_save")
    assert Synonym.objects.get().words == "sign"
    assert replay(Synonym.objects.get()).moves == ()


def test_trying_a_changed_synonym_compares_with_the_saved_one(editing: Pages) -> None:
    asked("alcatel", times=2)
    saved = Synonym.objects.create(phrase="Alcatel", words="sign")
    where = f"/admin/search/synonym/{saved.pk}/change/"
    page = press(editing, editing.get(where).form("#synonym_form"), "_try", words="market")
    assert page.words("#synonym_form table td") == ["alcatel", "2", "Wait before you sign", "Dynamic market"]
    page = press(editing, page.form("#synonym_form"), "_try", is_active=False)
    assert page.words("#synonym_form table td") == ["alcatel", "2", "Wait before you sign", "Nothing"]
    saved.refresh_from_db()
    assert (saved.words, saved.is_active) == ("sign", True)


def test_trying_nonsense_is_told_and_trying_without_effect_too(editing: Pages) -> None:
    form = editing.get(ADD).form("#synonym_form")
    page = press(editing, form, "_try", phrase="!!", words="sign")
    assert "Enter a phrase with letters or digits" in page.text
    page = press(editing, form, "_try", phrase="", words="")
    assert "Enter what people type" in page.text
    page = press(editing, form, "_try", phrase="unheard", words="sign")
    assert "None of the latest 0 queries would show another first result" in page.text


def test_the_latest_queries_are_tried_as_everybody_and_best_bets_stay(editing: Pages) -> None:
    for number in range(LATEST + 5):
        asked(f"alcatel {number}", days_ago=number % 300)
    tried = replay(Synonym(phrase="affair", words="sign"))
    assert tried.tried == LATEST
    assert tried.moves == ()
    asked("zebra")
    assert replay(Synonym(phrase="zebra", words="sign")).moves == (
        Move("zebra", 1, "", "Wait before you sign"),
    )
    BestBet.objects.create(phrase="Zebra", kind="guidance", key="market", reason="Striped.")
    assert replay(Synonym(phrase="zebra", words="sign")).moves == ()


def test_a_best_bet_is_given_by_the_address_of_its_page(editing: Pages) -> None:
    form = editing.get("/admin/search/bestbet/add/").form("#bestbet_form")
    for address in ("/nowhere/", "http://[", "https://elsewhere.example/"):
        page = press(editing, form, "_save", phrase="DPS", address=address, reason="Now so called.")
        assert not BestBet.objects.exists()
        assert page.words(".errorlist")
    press(
        editing, form, "_save", phrase="DPS", address="http://localhost:8000/guidance/award/market/", reason="Now so called."
    )  # fmt: skip
    bet = BestBet.objects.get()
    assert (bet.plain, bet.kind, bet.key) == ("dps", "guidance", "market")
    page = press(editing, form, "_save", phrase="dps", address="/guidance/award/market/", reason="Again.")
    assert "already a best bet" in page.text
    page = editing.get(f"/admin/search/bestbet/{bet.pk}/change/")
    assert page.css("#id_address")[0].get("value") == "/guidance/award/market/"
    press(editing, page.form("#bestbet_form"), "_save", reason="Another.")
    assert BestBet.objects.get().reason == "Another."


def test_staff_alone_try_synonyms(editing: Pages, people: People) -> None:
    editing.sign_in(people.officer).get(ADD, status=302, follow=False)
