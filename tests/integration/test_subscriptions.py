"""Following something: by a letter or by one click, ending it, and telling nobody who follows what."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client

from tests.conftest import NOW
from tests.factories import PersonFactory, a_subscription, register_toys
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.notifications import services, topics
from toolkit.notifications.models import News, Subscription
from toolkit.notifications.selectors import confirm_token

Letters = Callable[[], list[EmailMessage]]
READER = "reader@elsewhere.example"


@pytest.fixture(autouse=True)
def _toys() -> None:
    register_toys()


def ask(pages: Pages, email: str = READER, *, to: str = "toy:one", status: int = 200) -> str:
    """The heading of the page that answers."""
    form = pages.get("subscribe", query={"to": to})
    return pages.submit(form, email=email, status=status).h1


def link_in(letter: EmailMessage, part: str) -> str:
    """The path of the link in a letter that leads to /subscriptions/PART."""
    found = re.findall(re.escape(settings.BASE_URL) + r"(/subscriptions/\S+)", str(letter.body))
    return next(path for path in found if path.startswith(f"/subscriptions/{part}"))


def test_a_reader_follows_by_a_letter_and_only_the_button_confirms(pages: Pages, letters: Letters) -> None:
    assert ask(pages, "Reader@Elsewhere.example") == "Check your e-mail"
    (letter,) = letters()
    assert letter.to == [READER]
    assert letter.subject == "Confirm that you want e-mails about “Toy one”"
    subscription = Subscription.objects.get()
    assert subscription.email == READER
    page = pages.get(link_in(letter, "confirm/"))
    assert page.h1 == "Do you want these e-mails?"
    subscription.refresh_from_db()
    assert not subscription.is_active
    assert pages.submit(page).h1 == "You will get these e-mails"
    assert pages.get(page.path).h1 == "You will get these e-mails"
    subscription.refresh_from_db()
    assert subscription.confirmed_at == NOW


@pytest.mark.parametrize(
    "to", ["", "toy", "toy:", "toy:four", "other:one", "toy:one\x00", "toy:" + "a" * 400, ":one"]
)
def test_what_is_no_topic_is_not_found(pages: Pages, to: str) -> None:
    pages.get("subscribe", query={"to": to}, status=404)


def test_errors_say_what_to_enter(pages: Pages) -> None:
    form = pages.get("subscribe", query={"to": "toy:one"})
    assert pages.submit(form, email="").errors == ["Enter your e-mail address"]
    assert pages.submit(form, email="reader").errors == [
        "Enter an e-mail address in the correct format, like name@example.gov.uk"
    ]
    assert not Subscription.objects.exists()


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(pages: Pages, letters: Letters) -> None:
    a_subscription(email="known@elsewhere.example")

    def answer(email: str) -> tuple[str, bytes]:
        form = pages.get("subscribe", query={"to": "toy:one"})
        page = pages.submit(form, email=email)
        return page.path, page.content

    assert answer("known@elsewhere.example") == answer("unknown@elsewhere.example")
    known, unknown = sorted(letters(), key=lambda letter: letter.to)
    assert known.subject == "You already get e-mails about “Toy one”"
    assert unknown.subject.startswith("Confirm that")
    assert Subscription.objects.get(email="known@elsewhere.example").is_active


def test_an_address_and_a_client_can_ask_only_so_often(pages: Pages, letters: Letters) -> None:
    for _ in range(5):
        assert ask(pages) == "Check your e-mail"
    assert ask(pages, status=429) == "Too many tries"
    assert len(letters()) == 5
    for number in range(15):
        ask(pages, f"reader-{number}@elsewhere.example")
    assert ask(pages, "one-more@elsewhere.example", status=429) == "Too many tries"
    assert not Subscription.objects.filter(email="one-more@elsewhere.example").exists()


def test_a_confirmation_is_good_for_three_days(pages: Pages) -> None:
    token = confirm_token(a_subscription(is_confirmed=False))
    with clock.held_at(NOW + dt.timedelta(days=3)):
        pages.get("subscription_confirm", token=token)
    with clock.held_at(NOW + dt.timedelta(days=3, seconds=1)):
        page = pages.get("subscription_confirm", token=token, status=410)
        assert page.h1 == "This link does not work any more"
        pages.post("subscription_confirm", token=token, status=410)
    assert not Subscription.objects.active().exists()


def test_a_confirmation_does_not_take_up_what_has_ended(pages: Pages) -> None:
    subscription = a_subscription(is_confirmed=False)
    token = confirm_token(subscription)
    services.end(subscription=subscription)
    pages.post("subscription_confirm", token=token, status=410)
    services.confirm(subscription=subscription)
    assert not Subscription.objects.active().exists()


@pytest.mark.parametrize(
    "route", ["subscription_confirm", "subscription_end", "subscription_end_all", "subscriptions_of"]
)
def test_a_changed_link_leads_to_a_page_that_says_so(pages: Pages, route: str) -> None:
    subscription = a_subscription(is_confirmed=False)
    right = confirm_token(subscription) if route == "subscription_confirm" else subscription.secret
    wrong = [
        right[:-1] + ("a" if right[-1] != "a" else "b"), right[1:], f"{right}x", "x", "%", "é" * 22, f"{right}\x00", "::", "a" * 2_000
    ]  # fmt: skip
    for token in wrong:
        assert pages.get(route, token=token, status=410).h1 == "This link does not work any more"
        if route != "subscriptions_of":
            pages.post(route, token=token, status=410)
    subscription.refresh_from_db()
    assert subscription.confirmed_at is None
    assert subscription.ended_at is None


def test_ending_takes_a_button_and_twice_is_fine(pages: Pages) -> None:
    subscription, other = a_subscription(), a_subscription(key="two")
    page = pages.get("subscription_end", token=subscription.secret)
    assert page.h1 == "Stop these e-mails?"
    first = pages.submit(page)
    assert first.h1 == "You will not get these e-mails"
    with clock.held_at(NOW + dt.timedelta(days=1)):
        assert pages.submit(page).main == first.main
    subscription.refresh_from_db()
    other.refresh_from_db()
    assert subscription.ended_at == NOW
    assert other.is_active


@pytest.mark.parametrize("route", ["end", "end-all"])
def test_a_mail_program_ends_with_one_post_and_nothing_else(db: None, route: str) -> None:
    subscription, other = a_subscription(), a_subscription(key="two")
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        f"/subscriptions/{route}/{subscription.secret}/",
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    subscription.refresh_from_db()
    other.refresh_from_db()
    assert not subscription.is_active
    assert other.is_active == (route == "end")


def test_the_list_behind_a_link_shows_what_the_address_gets_and_ends_each_or_all(pages: Pages) -> None:
    one = a_subscription()
    a_subscription(key="two")
    a_subscription(key="three")
    a_subscription(email="other@elsewhere.example", key="two")
    page = pages.get("subscriptions_of", token=one.secret)
    assert page.words(".app-list__item a") == ["Toy one", "Toy two", "Toy three"]
    pages.submit(page.form("Stop e-mails about Toy one"))
    page = pages.get("subscriptions_of", token=one.secret)
    assert page.words(".app-list__item a") == ["Toy two", "Toy three"]
    assert pages.submit(page.form("Stop all e-mails")).h1 == "You will not get these e-mails"
    assert "about anything" in pages.get("subscriptions_of", token=one.secret).main
    assert [each.email for each in Subscription.objects.active()] == ["other@elsewhere.example"]


def test_the_list_costs_one_query_however_long(pages: Pages, queries: Callable[[int], object]) -> None:
    one = a_subscription()
    a_subscription(key="two")
    with queries(2):  # type: ignore[attr-defined]  # the subscription of the link, and the list
        Client().get(f"/subscriptions/{one.secret}/")


def test_a_topic_that_is_gone_can_still_be_ended(pages: Pages) -> None:
    gone = a_subscription(key="gone")
    page = pages.get("subscriptions_of", token=gone.secret)
    assert "Something that is no longer here" in page.main
    pages.submit(page.form())
    assert not Subscription.objects.active().exists()


def test_somebody_signed_in_follows_with_one_click(pages: Pages, people: People, letters: Letters) -> None:
    pages.sign_in(people.officer)
    page = pages.get("subscribe", query={"to": "toy:one"})
    assert people.officer.email in page.main
    page = pages.submit(page)
    assert page.h1 == "E-mails you get"
    assert page.banner == "We will write to you when “Toy one” changes"
    assert page.words(".app-list__item a") == ["Toy one"]
    assert letters() == []
    assert "We already write to you" in pages.get("subscribe", query={"to": "toy:one"}).main
    pages.submit(page.form())
    assert "You follow nothing yet" in pages.get("subscriptions").main


def test_following_again_after_an_end_starts_anew(people: People) -> None:
    subscription = a_subscription(email=people.officer.email)
    services.end(subscription=subscription)
    with clock.held_at(NOW + dt.timedelta(days=1)):
        again = services.follow(actor=people.officer, kind="toy", key="one")
        assert again.pk == subscription.pk
        assert again.confirmed_at == clock.now()
        confirmed = again.confirmed_at
    assert services.follow(actor=people.officer, kind="toy", key="one").confirmed_at == confirmed


def test_an_account_without_a_proved_address_gets_a_letter_first(pages: Pages, letters: Letters) -> None:
    person = PersonFactory.create(email="new@fleet.example", verified=False)
    pages.sign_in(person)
    form = pages.get("subscribe", query={"to": "toy:one"})
    assert form.form().fields["email"] == ["new@fleet.example"]
    assert pages.submit(form).h1 == "Check your e-mail"
    assert len(letters()) == 1
    with pytest.raises(Refused, match="Confirm your e-mail address"):
        services.follow(actor=person, kind="toy", key="one")


def test_ones_own_list_has_every_proved_address_and_nobody_elses(pages: Pages, people: People) -> None:
    EmailAddress.objects.create(user=people.officer, email="Home@elsewhere.example", verified=True)
    EmailAddress.objects.create(user=people.officer, email="claimed@elsewhere.example", verified=False)
    a_subscription(email=people.officer.email)
    a_subscription(email="home@elsewhere.example", key="two")
    a_subscription(email="claimed@elsewhere.example", key="three")
    page = pages.sign_in(people.officer).get("subscriptions")
    assert page.words(".app-list__item a") == ["Toy one", "Toy two"]
    assert page.words(".app-sub-navigation__item--here") == ["E-mails you get"]


def test_what_need_not_be_kept_is_deleted(db: None) -> None:
    def days(number: int) -> dt.datetime:
        return NOW - dt.timedelta(days=number)

    for number in (6, 8):
        a_subscription(email=f"asked-{number}@elsewhere.example", is_confirmed=False, at=days(number))
    for number in (29, 31):
        ended = a_subscription(email=f"ended-{number}@elsewhere.example", at=days(100))
        Subscription.objects.filter(pk=ended.pk).update(ended_at=days(number))
    a_subscription(email="old@elsewhere.example", at=days(1_000))
    for number in (89, 91):
        with clock.held_at(days(number)):
            services.announce(topics=[("toy", "one")], title=f"{number} days", text="", url="/")
    services.forget()
    assert {each.email.partition("@")[0] for each in Subscription.objects.all()} == {
        "asked-6",
        "ended-29",
        "old",
    }
    assert [news.title for news in News.objects.all()] == ["89 days"]


def test_staff_end_and_erase_and_change_nothing_else(pages: Pages, people: People) -> None:
    subscription = a_subscription()
    pages.sign_in(people.staff)
    address = "/admin/notifications/subscription/"
    assert subscription.secret not in pages.get(f"{address}{subscription.pk}/change/").html
    pages.get(f"{address}add/", status=403)
    for state, shown in (("active", True), ("asked", False), ("ended", False)):
        assert (READER in pages.get(address, query={"state": state, "q": "reader"}).html) == shown
    pages.post(address, {"action": "end", "_selected_action": [str(subscription.pk)]})
    subscription.refresh_from_db()
    assert subscription.ended_at is not None
    pages.post(f"{address}{subscription.pk}/delete/", {"post": "yes"})
    assert not Subscription.objects.exists()


def test_a_kind_is_a_slug_and_has_one_owner() -> None:
    with pytest.raises(ValueError, match="no slug"):
        topics.register("Toy_kind", lambda key: None)
    with pytest.raises(ValueError, match="already"):
        topics.register("toy", lambda key: None)
    assert topics.described("nobody-registered-this", "one") is None
