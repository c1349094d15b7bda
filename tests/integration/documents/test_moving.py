"""Documents on older versions: what moving them does, and what stays as it is."""

from __future__ import annotations

import pytest

from guidance.documents import versions
from guidance.documents.models import Document
from guidance.documents.services import making, moving, reviewing
from tests.factories.documents import TEXT, a_clause, a_document, a_template
from tests.personas import People
from toolkit.core.errors import Refused

pytestmark = pytest.mark.django_db

NEWER = (
    TEXT.replace('name = "ends-on"', 'name = "last-day"\nwas = "ends-on"')
    .replace("[[ends-on]]", "[[last-day]]")
    .replace("ends-on = 2027-03-31", "last-day = 2027-03-31")
    .replace('name = "staff"\n', 'name = "transfer"\n')
    .replace('"staff is yes"', '"transfer is yes"')
    .replace("::: if staff is yes", "::: if transfer is yes")
    .replace('staff = "no"', 'transfer = "no"')
)
"""The end date has another name, and whether staff transfer is asked anew."""


def _again(document: Document) -> Document:
    return Document.objects.select_related("template", "organisation").get(pk=document.pk)


def test_a_document_stays_on_its_version_until_somebody_moves_it(people: People) -> None:
    document = a_document(
        by=people.officer, answers={"title": "Library", "ends-on": "2027-03-31", "staff": "no"}
    )
    assert moving.planned(document) is None
    a_template(text=NEWER)
    document = _again(document)
    assert versions.definition_of(document).has("ends-on"), "it reads what it was begun with"

    plan = moving.planned(document)
    assert plan is not None
    assert [question.name for question, _ in plan.carried_over] == ["last-day"]
    assert [question.name for question in plan.new_questions] == ["transfer"]
    assert [(question.name, value) for question, value in plan.left_behind] == [("staff", "no")]

    moving.move(document=document, to_number=plan.to_number, actor=people.officer)
    document = _again(document)
    assert document.answers.get(name="last-day").value == "2027-03-31"
    assert document.answers.get(name="staff").value == "no", "kept in the record"
    assert moving.planned(document) is None


def test_a_newer_wording_of_a_clause_is_a_newer_version(people: People) -> None:
    a_clause("exit", "The Supplier returns the data.")
    template = a_template(text=f"{TEXT}\n::: clause exit\n")
    document = a_document(by=people.officer, template=template, answers={"title": "Library"})
    before = making.paper_of(document, is_draft=True)
    a_clause("exit", "The Supplier returns all the data.")
    assert making.paper_of(_again(document), is_draft=True) == before
    plan = moving.planned(_again(document))
    assert plan is not None and plan.pins["exit"][1] == 2


def test_what_is_reviewed_stays_as_it_is(people: People) -> None:
    document = a_document(
        by=people.officer, answers={"title": "Library", "ends-on": "2027-03-31", "staff": "no"}
    )
    reviewer = people.member("officer")
    reviewing.ask(document=document, of=reviewer, note="", actor=people.officer)
    reviewing.answer(document=document, number=1, passes=True, reasons="", actor=reviewer)
    a_template(text=NEWER)
    document = _again(document)
    assert moving.stays(document)
    with pytest.raises(Refused, match="stays as it is"):
        moving.move(document=document, to_number=2, actor=people.officer)
