"""A document from beginning to a reviewed copy."""

from __future__ import annotations

from typing import Any

import pytest

from guidance.documents.assembly import papers
from guidance.documents.assembly.blocks import all_texts
from guidance.documents.models import DocumentStatus
from guidance.documents.services import answering, making, reviewing
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.documents import a_document
from toolkit.accounts.models import Organisation, Person
from toolkit.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def fleet() -> Organisation:
    return OrganisationFactory(slug="fleet")  # type: ignore[return-value]  # factory_boy gives the model


@pytest.fixture
def ada(fleet: Organisation) -> Person:
    return _officer("Ada Okoro", fleet)


@pytest.fixture
def ben(fleet: Organisation) -> Person:
    return _officer("Ben Adeyemi", fleet)


def _officer(name: str, fleet: Organisation) -> Person:
    membership: Any = MembershipFactory(
        person=PersonFactory(name=name), organisation=fleet, roles=["officer"]
    )
    person: Person = membership.person
    return person


def test_from_beginning_to_reviewed(ada: Person, ben: Person) -> None:
    document = a_document(by=ada, answers={"title": "Library system", "ends-on": "2027-03-31"})

    with pytest.raises(Refused, match="1 question is not answered yet: “Will staff transfer"):
        reviewing.ask(document=document, of=None, note="", actor=ada)
    answering.save_answer(document=document, name="staff", value="no", seen=0, actor=ada)
    answering.add_rows(document=document, name="risks", rows=[{"risk": "Data is late"}], actor=ada)
    reviewing.ask(document=document, of=ben, note="", actor=ada)

    with pytest.raises(Refused, match="being reviewed"):
        answering.save_answer(document=document, name="staff", value="yes", seen=1, actor=ada)
    with pytest.raises(Refused, match="somebody else"):
        reviewing.answer(document=document, number=1, passes=True, reasons="", actor=ada)
    reviewing.answer(document=document, number=1, passes=True, reasons="Right", actor=ben)

    document.refresh_from_db()
    assert document.status == DocumentStatus.REVIEWED
    clean = document.made.get(is_draft=False)
    texts = list(all_texts(papers.read(clean.paper)))
    assert "Library system ends on 31 March 2027." in texts
    assert "Data is late" in texts
    assert not any("Talk to the supplier" in text for text in texts), "instructions stay behind"
    assert not any("Ada" in text or "Ben" in text for text in texts), "nobody is named who was not answered"


def test_making_the_same_twice_gives_the_same(ada: Person) -> None:
    document = a_document(by=ada, answers={"title": "Library system"})
    first = making.make(document=document, is_draft=True, actor=ada)
    assert making.make(document=document, is_draft=True, actor=ada) == first
