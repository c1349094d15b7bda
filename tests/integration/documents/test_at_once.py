"""Two people, two tabs, a double click: nothing is made twice, nothing is lost."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from guidance.documents import versions
from guidance.documents.assembly import papers
from guidance.documents.assembly.blocks import all_texts
from guidance.documents.models import AnswerChange, Document, Made, MadeFile, Review
from guidance.documents.services import answering, beginning, making, reviewing
from guidance.documents.services.answering import Overtaken
from tests.factories.documents import a_document, a_template
from tests.factories.workflows import home_of
from tests.personas import People
from tests.threads import at_once
from toolkit.core.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERS = {"title": "Library system", "ends-on": "2027-03-31", "staff": "no"}


@pytest.fixture(autouse=True)
def _nothing_read() -> None:
    versions.forget()


def errors(results: list[Any]) -> list[Any]:
    return [result for result in results if isinstance(result, Exception)]


def test_two_answers_to_one_question(people: People) -> None:
    document = a_document(by=people.officer)
    reviewing.put_on(document=document, person=people.contributor, actor=people.officer)

    def save(value: str, actor: Any) -> None:
        answering.save_answer(document=document, name="title", value=value, seen=0, actor=actor)

    results = at_once(lambda: save("One", people.officer), lambda: save("Two", people.contributor))
    refused = errors(results)
    assert len(refused) == 1
    assert isinstance(refused[0], Overtaken)
    answer = document.answers.get(name="title")
    assert refused[0].theirs.value == answer.value
    assert AnswerChange.objects.filter(document=document, name="title").count() == 1


def test_two_rows_added_and_one_changed(people: People) -> None:
    document = a_document(by=people.officer, answers={"risks": [{"risk": "Late"}]})
    results = at_once(
        lambda: answering.add_rows(document=document, name="risks", rows=[{"risk": "Dear"}], actor=people.officer),
        lambda: answering.add_rows(document=document, name="risks", rows=[{"risk": "Lost"}], actor=people.officer),
        lambda: answering.change_row(document=document, name="risks", row="r1", values={"risk": "Later"}, seen={"risk": "Late"}, actor=people.officer),
    )  # fmt: skip
    assert not errors(results)
    rows = document.answers.get(name="risks").value
    assert {row["risk"] for row in rows} == {"Later", "Dear", "Lost"}
    assert len({row["id"] for row in rows}) == 3


def test_rows_of_a_form_sent_twice_are_added_once(people: People) -> None:
    document, key = a_document(by=people.officer), uuid.uuid4()

    def add() -> None:
        answering.add_rows(document=document, name="risks", rows=[{"risk": "Late"}], form_key=key, actor=people.officer)  # fmt: skip

    assert not errors(at_once(add, add))
    assert [row["risk"] for row in document.answers.get(name="risks").value] == ["Late"]


def test_one_row_changed_by_two_is_told(people: People) -> None:
    document = a_document(by=people.officer, answers={"risks": [{"risk": "Late"}]})

    def change(value: str) -> None:
        answering.change_row(
            document=document, name="risks", row="r1", values={"risk": value}, seen={"risk": "Late"}, actor=people.officer
        )  # fmt: skip

    refused = errors(at_once(lambda: change("Later"), lambda: change("Too late")))
    assert len(refused) == 1
    assert "Somebody else changed this row" in str(refused[0])


def test_the_form_sent_twice_begins_one(people: People) -> None:
    template, key, home = a_template(), uuid.uuid4(), home_of(people.officer)

    def begin() -> Document:
        return beginning.begin(template=template, organisation=home, actor=people.officer, form_key=key)

    results = at_once(begin, begin)
    assert not errors(results)
    assert results[0].pk == results[1].pk
    again = uuid.uuid4()

    def like() -> Document:
        return beginning.begin_like(document=results[0], label="Lot 2", actor=people.officer, form_key=again)

    assert not errors(at_once(like, like))
    assert Document.objects.count() == 2


def test_made_twice_at_once_is_made_once(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)

    def make() -> Made:
        return making.make(document=document, is_draft=False, actor=people.officer)

    results = at_once(make, make, make)
    assert not errors(results)
    assert Made.objects.count() == 1
    assert MadeFile.objects.count() == 4


def test_two_reviewers_and_one_answer(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    for person in (people.contributor, people.approver):
        reviewing.put_on(document=document, person=person, actor=people.officer)
    reviewing.ask(document=document, of=None, note="", actor=people.officer)

    def say(passes: bool, actor: Any) -> Review:
        return reviewing.answer(document=document, number=1, passes=passes, reasons="Because", actor=actor)

    refused = errors(at_once(lambda: say(True, people.contributor), lambda: say(False, people.approver)))
    assert [str(error) for error in refused] == ["Nobody is asked to review it any more"]
    document.refresh_from_db()
    review = Review.objects.get()
    assert (document.status, review.state) in {("reviewed", "passed"), ("draft", "changes")}


def test_an_answer_while_a_review_is_asked_stands_in_it_or_is_refused(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    results = at_once(
        lambda: reviewing.ask(document=document, of=None, note="", actor=people.officer),
        lambda: answering.save_answer(document=document, name="title", value="Museum system", seen=1, actor=people.officer),
    )  # fmt: skip
    assert not isinstance(results[0], Exception)
    texts = list(all_texts(papers.read(Made.objects.get().paper)))
    value = document.answers.get(name="title").value
    assert f"{value} ends on 31 March 2027." in texts, "what is reviewed is what stands"
    if isinstance(results[1], Exception):
        assert isinstance(results[1], Refused)
        assert "being reviewed" in results[1].sentence
        assert value == "Library system"
