"""Examples: what is left out is nowhere, and nobody sees one who should not."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import reverse

from guidance.documents.fillings import examples_of, sharing_of
from guidance.documents.models import Document, Example
from guidance.documents.services import examples, making, reviewing
from guidance.documents.services.answering import save_answer
from tests.factories.documents import TEXT, a_document, a_template
from tests.factories.variants import ANSWERS, SHAREABLE, a_finished, a_logo, an_example, registered
from tests.pages import Pages
from tests.personas import People
from tests.recorder import at_most
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.search.models import SearchEntry

pytestmark = pytest.mark.django_db
SECRETS = ("1,234,567", "1234567", "Four people to the new supplier", "Ada Okoro", "Confidential label")
OVER = dt.date(2026, 11, 23)


@contextmanager
def finished(
    people: People, *, text: str = SHAREABLE, over: dt.date | None = OVER, because: str = ""
) -> Iterator[Document]:
    """A finished document of a subject that says when claims are over."""
    with registered(people.fleet, claims_over=over, because=because) as toy:
        document = a_document(
            by=people.officer,
            template=a_template(text=text),
            answers=ANSWERS,
            subject=toy,
            label="Confidential label",
        )
        a_finished(document, by=people.officer)
        yield document


def shared(pages: Pages, people: People, document: Document, **given: Any) -> Example:
    page = pages.sign_in(people.officer).get("example_share", reference=document.reference)
    page = pages.submit(
        page.form(), **{"title": "Exit plan", "about": "", "leave_out": ["staff-how"], **given}
    )
    pages.submit(page.form(), button="Share with all boroughs")
    return Example.objects.get(document=document)


def test_what_is_left_out_is_nowhere(pages: Pages, people: People) -> None:
    a_logo(by=people.administrator, of=people.fleet)
    with finished(people) as document:
        page = pages.sign_in(people.officer).get("example_share", reference=document.reference)
        assert "What is it worth, including VAT? It holds amounts of money" in page.text
        page = pages.submit(
            page.form(), title="Exit plan", about="How to say it briefly", leave_out=["staff-how"]
        )
        assert page.h1 == "This is what boroughs will see"
        assert not Example.objects.exists()
        pages.submit(page.form(), button="Share with all boroughs")

        example = Example.objects.get()
        assert example.left_out == ["value", "staff-how"]
        row = SearchEntry.objects.get(kind="examples")
        seen = pages.sign_in(people.neighbour).get("example", reference=document.reference)
        listed = pages.get("examples")
        found = pages.get("search", query={"q": "exit plan library"})
        panel = examples_of({"template": document.template, "reader": reader_of(people.neighbour)})
        whole = [json.dumps(example.paper), row.title, row.summary, row.body, seen.html, listed.html, found.html, panel, pages.get("guidance_feed").html]  # fmt: skip
        for secret in SECRETS:
            assert not [text for text in whole if secret in text], secret
        assert example.paper["logo"] is None
        assert "[left out by Fleet]" in seen.text
        assert "Library system ends on 31 March 2027." in seen.text
        assert "Exit plan" in listed.text
        assert "Examples from boroughs" in found.text


def test_a_condition_gives_nothing_away(pages: Pages, people: People) -> None:
    with finished(people) as document:
        example = shared(pages, people, document, leave_out=["staff"])
    assert example.left_out == ["value", "staff", "staff-how"], "and what is asked because of it"
    words = json.dumps(example.paper)
    assert "No staff transfer" not in words
    assert "Four people" not in words
    assert words.count("left out by Fleet") >= 2


def test_what_stands_elsewhere_is_warned_of(pages: Pages, people: People) -> None:
    with finished(people) as document:
        page = pages.sign_in(people.officer).get("example_share", reference=document.reference)
        page = pages.submit(
            page.form(), title="The plan: FOUR people to the new supplier", leave_out=["staff-how"]
        )
    assert "“Who, and to whom?”" in page.text or "Who, and to whom? is left out" in page.text


def test_boroughs_see_it_and_nobody_else(pages: Pages, people: People) -> None:
    example = an_example(by=people.officer)
    reference, template = example.document.reference, example.template
    for person in (people.viewer, people.neighbour, people.coordinator):
        pages.sign_in(person).get("example", reference=reference)
        assert example.title in pages.get("search", query={"q": "exit plan library"}).text
        assert examples_of({"template": template, "reader": reader_of(person)})
    for person in (people.pending, people.editor, people.staff):
        pages.sign_in(person).get("example", reference=reference, status=403)
        assert not examples_of({"template": template, "reader": reader_of(person)})
    pages.sign_in(None)
    assert example.title not in pages.get("search", query={"q": "exit plan library"}).text
    assert not examples_of({"template": template, "reader": None})


def test_withdrawn_it_is_gone(pages: Pages, people: People) -> None:
    example = an_example(by=people.officer)
    reference = example.document.reference
    second = people.member("officer", name="Nell Ward")
    page = pages.sign_in(second).get("example", reference=reference)
    pages.submit(page.form("Withdraw this example"))
    pages.get("example", reference=reference, status=404)
    pages.sign_in(people.officer).get("example", reference=reference, status=404)
    assert not SearchEntry.objects.filter(kind="examples").exists()
    assert example.title not in pages.get("examples").text
    example.refresh_from_db()
    assert example.withdrawn_by == second
    assert example.paper, "the row is kept"


def test_others_cannot_withdraw(pages: Pages, people: People) -> None:
    example = an_example(by=people.officer)
    for person in (people.neighbour, people.viewer):
        page = pages.sign_in(person).get("example", reference=example.document.reference)
        assert "Withdraw this example" not in page.text
        with pytest.raises(Refused):
            examples.withdraw(example=example, actor=person)


@pytest.mark.parametrize(
    ("over", "because", "why"),
    [
        (clock.today(), "", "The time for claims runs until"),
        (dt.date(2030, 1, 1), "", "The time for claims runs until 1 January 2030"),
        (None, "The contract is not signed yet", "The contract is not signed yet"),
    ],
)
def test_before_claims_are_over_it_is_refused_by_hand_too(
    pages: Pages, people: People, over: dt.date | None, because: str, why: str
) -> None:
    over = dt.date(2026, 11, 24) if over is not None and over.year < 2030 else over
    with finished(people, over=over, because=because) as document:
        refused_everywhere(pages, people, document, why)


def refused_everywhere(pages: Pages, people: People, document: Document, why: str) -> None:
    pages.sign_in(people.officer)
    assert why in pages.get("example_share", reference=document.reference).text
    address = reverse("example_share", args=[document.reference])
    given = {"title": "Exit plan", "about": "", "share": "yes", "digest": "x"}
    assert why in pages.post(address, given).text
    with pytest.raises(Refused, match=why):
        examples.share(
            document=document, made=1, title="x", about="", leave_out=[], digest="x", actor=people.officer
        )
    assert not Example.objects.exists()


def test_an_evaluation_is_never_shared(pages: Pages, people: People) -> None:
    with finished(people, text=TEXT) as document:
        refused_everywhere(pages, people, document, "never evaluations")
        # neither when the template once allowed it, nor when it allows it now
        document.template.may_be_example = True
        document.template.save()
        refused_everywhere(pages, people, document, "never evaluations")
    assert not sharing_of({"document": a_document(by=people.officer, template=a_template("marks", TEXT)), "reader": reader_of(people.officer)})  # fmt: skip


def test_a_document_of_no_record_and_a_draft_are_refused(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer, template=a_template(text=SHAREABLE), answers=ANSWERS)
    refused_everywhere(
        pages, people, document, "There is no clean copy of it that somebody else has reviewed"
    )
    made = making.make(document=document, is_draft=False, actor=people.officer)
    assert not made.is_draft
    refused_everywhere(pages, people, document, "There is no clean copy")
    a_finished(document, by=people.officer)
    refused_everywhere(pages, people, document, "so nobody can say that the time for claims is over")


def test_who_may_not_share_cannot(pages: Pages, people: People) -> None:
    with finished(people) as document:
        pages.sign_in(people.contributor).get("example_share", reference=document.reference, status=403)
        pages.sign_in(people.neighbour).get("example_share", reference=document.reference, status=404)
        with pytest.raises(Refused, match="may not share"):
            examples.share(document=document, made=1, title="x", about="", leave_out=[], digest="x", actor=people.contributor)  # fmt: skip


def test_closed_answers_cannot_be_put_in_and_twice_is_once(pages: Pages, people: People) -> None:
    with finished(people) as document:
        first = shared(pages, people, document, leave_out=[])
        assert "value" in first.left_out
        reader = reader_of(people.officer)
        seen = Document.objects.select_related("template").prefetch_related("people").get(pk=document.pk)
        with at_most(1):
            assert "Shared with all boroughs" in sharing_of({"document": seen, "reader": reader})
        page = pages.get("example_share", reference=document.reference)
        assert page.path == reverse("example", args=[document.reference])


def test_an_answer_changed_after_the_copy_is_not_shown(pages: Pages, people: People) -> None:
    with finished(people) as document:
        reviewing.open_again(document=document, actor=people.officer)
        save_answer(document=document, name="title", value="Secret new name", seen=1, actor=people.officer)
        making.make(document=document, is_draft=False, actor=people.officer)
        example = shared(pages, people, document)
        assert "Secret new name" not in json.dumps(example.paper)
        assert "Library system" in json.dumps(example.paper)
