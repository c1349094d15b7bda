"""Reviews: what waits on home, what a copy says of itself, what changed between versions."""

from __future__ import annotations

from typing import Any

import pytest

from guidance.documents import selectors
from guidance.documents.models import Document
from guidance.documents.provenance import paper_of
from guidance.documents.services import answering, making, reviewing
from guidance.documents.services.examples import clean_copy
from guidance.documents.subjects import Known
from tests.factories.documents import TEXT, a_document, a_template
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from tests.recorder import recorded
from tests.toys import a_toy, subject_for
from toolkit.accounts.models import Membership

ANSWERS = {"title": "Library system", "ends-on": "2027-03-31", "staff": "no"}


def again(document: Document, people: People, **answers: str) -> None:
    for name, value in answers.items():
        seen = document.answers.get(name=name).number
        answering.save_answer(document=document, name=name, value=value, seen=seen, actor=people.officer)


def sent_back(people: People) -> Document:
    document = a_document(by=people.officer, answers=ANSWERS)
    review = reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    reviewing.answer(
        document=document,
        number=review.made.number,
        passes=False,
        reasons="Which library?",
        actor=people.contributor,
    )
    return document


def test_what_waits_for_me_stands_on_home(pages: Pages, people: People) -> None:
    document = sent_back(people)
    page = pages.sign_in(people.officer).get("home")
    assert "Given back with changes (1)" in page.words(".app-chip")
    assert "Yours to review" not in page.main
    assert pages.click(page, "Exit plan").h1 == "Review"
    assert "Exit plan" not in pages.sign_in(people.contributor).get("home").main
    reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    page = pages.get("home")
    assert "Yours to review (1)" in page.words(".app-chip")
    assert pages.click(page, "Exit plan").form("Record your review")
    assert "Given back" not in pages.sign_in(people.officer).get("home").main
    reviewing.withdraw(document=document, actor=people.officer)
    assert "Given back" in pages.get("home").main, "it still has to be changed"


def test_home_says_nothing_of_what_one_may_not_open(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS, label="Secret bidder")
    reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    document.people.all().delete()
    page = pages.sign_in(people.contributor).get("home")
    assert "Secret bidder" not in page.text
    assert document.reference not in page.text
    assert "Yours to review" not in page.text
    Membership.objects.filter(person=people.officer).update(status="pending")
    assert "Secret bidder" not in pages.sign_in(people.officer).get("home").text


def test_home_asks_as_much_for_many_reviews_as_for_one(pages: Pages, people: People) -> None:
    template = a_template()
    pages.sign_in(people.contributor)

    def asked() -> int:
        with recorded() as recording:
            pages.client.get("/")
        return len(recording.queries)

    def one_more() -> None:
        document = a_document(by=people.officer, template=template, answers=ANSWERS)
        reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)

    one_more()
    asked()
    few = asked()
    for _ in range(11):
        one_more()
    assert asked() == few
    assert "And 2 more" in pages.get("home").main


def test_a_clean_copy_says_whether_it_was_reviewed(pages: Pages, people: People, jobs: Jobs) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    first = making.make(document=document, is_draft=False, actor=people.officer)
    assert "Clean, not reviewed" in repr(paper_of(first))
    assert clean_copy(document) is None
    pages.sign_in(people.officer)
    page = pages.get("document_made", reference=document.reference, number="1")
    assert "Clean, not reviewed" in page.main

    review = reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    assert clean_copy(document) is None
    reviewing.answer(
        document=document, number=review.made.number, passes=True, reasons="", actor=people.contributor
    )
    during = document.made.get(number=3)
    assert len(jobs.named("write_files")) == 3
    reviewed = f"Clean, reviewed by {people.contributor} on 24 November 2026"
    assert reviewed in repr(paper_of(during))
    assert clean_copy(document) == during

    reviewing.open_again(document=document, actor=people.officer)
    again(document, people, title="Museum system")
    making.make(document=document, is_draft=False, actor=people.officer)
    page = pages.get("document_made_list", reference=document.reference)
    kinds = [row["Kind"] for row in page.table()]
    assert kinds == ["Clean, not reviewed", reviewed, "Draft", "Clean, not reviewed"]
    assert clean_copy(document) == during
    again(document, people, title="Library system")
    same = making.make(document=document, is_draft=False, actor=people.officer)
    assert selectors.reviews_of(document).keys() == {during.number, same.number}, "it says the same"
    assert reviewed.lower() in pages.get("document", reference=document.reference).main.lower()


def test_what_changed_between_versions_is_shown(pages: Pages, people: People) -> None:
    document = sent_back(people)
    where: dict[str, Any] = {"reference": document.reference}
    pages.sign_in(people.contributor)
    assert "Only one version" in pages.get("document_compare", **where).main
    again(document, people, title="Museum system")
    answering.add_rows(document=document, name="risks", rows=[{"risk": "Data is late", "impact": "high"}], actor=people.officer)  # fmt: skip
    reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)

    page = pages.get("document_review", **where)
    assert "asked for changes to version 1 on 24 November 2026" in page.main
    assert "Which library?" in page.main
    assert "Museum" in page.words(".app-change ins strong")
    assert any("Data is late" in line for line in page.words(".app-change ins"))
    page = pages.get("document_made_list", **where)
    page = pages.click(page, "Since version 1")
    assert page.h1 == "What changed between versions 1 and 2"
    assert page.words(".app-change del strong")[:2] == ["Library", "Library"], "title page and text"
    page = pages.submit(page.form("Compare"), old="2", new="2")
    assert "They say the same" in page.main
    assert pages.get("document_compare", **where).h1 == "What changed between versions 1 and 2"
    pages.get("document_compare", query={"old": "7", "new": "2"}, status=404, **where)
    assert pages.get("document_compare", query={"old": "x", "new": "-1"}, **where).css(".app-change")
    pages.sign_in(people.neighbour).get("document_compare", status=404, **where)


def test_instructions_are_not_compared(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    for is_draft in (True, False):
        making.make(document=document, is_draft=is_draft, actor=people.officer)
    page = pages.sign_in(people.officer).get("document_compare", reference=document.reference)
    assert "They say the same" in page.main


def test_what_the_pdf_cannot_show_is_said_where_it_is_decided(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS | {"title": "Library \U0001f4da"})
    reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    page = pages.sign_in(people.contributor).get("document_review", reference=document.reference)
    assert "The PDF cannot show \U0001f4da (books)" in page.main
    document.made.update(missing_characters=[f"The PDF cannot show {each}" for each in "abcde"])
    page = pages.get("document_made_list", reference=document.reference)
    assert "The PDF cannot show c" in page.main
    assert "and 2 more characters" in page.main


def test_a_table_is_looked_through_by_its_first_rows(pages: Pages, people: People) -> None:
    rows = [{"risk": f"Risk {number}"} for number in range(1, 14)]
    document = a_document(by=people.officer, answers=ANSWERS | {"risks": rows})
    page = pages.sign_in(people.officer).get("document_check", reference=document.reference)
    assert [row["Risk"] for row in page.table("What could go wrong?")] == [f"Risk {number}" for number in range(1, 11)]  # fmt: skip
    assert "And 3 more rows" in page.main
    assert pages.click(page, "see all").h1.startswith("What could go wrong?")
    assert list(page.facts) == ["What is the contract called?", "When does it end?", "What is it worth, including VAT?", "Will staff transfer?"]  # fmt: skip


@pytest.mark.parametrize("name", ["document_check", "document_review_ask"])
def test_what_changed_since_is_said_before_it_is_sent(pages: Pages, people: People, name: str) -> None:
    toy = a_toy(team=[people.officer])
    toy.known["title"] = Known("Library system", "the toy fleet", "/routes/")
    document = a_document(by=people.officer, template=a_template(text=TEXT), subject=subject_for(people.officer), answers={"ends-on": "2027-03-31", "staff": "no"})  # fmt: skip
    pages.sign_in(people.officer)
    words = "1 answer says something else"
    assert words not in pages.get(name, reference=document.reference).main
    toy.known["title"] = Known("Museum system", "the toy fleet", "/routes/")
    page = pages.get(name, reference=document.reference)
    assert words in page.main
    if name == "document_check":
        before, _, after = page.main.partition("Make it")
        assert words in before
        assert words in after
        pages.submit(page.form("Make the clean document"))
        assert document.made.count() == 1, "it keeps nobody from making it"
