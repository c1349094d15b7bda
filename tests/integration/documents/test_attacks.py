"""What somebody tried: each of these worked once."""

from __future__ import annotations

import uuid

import pytest

from guidance.documents import permissions
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.models import Document, DocumentStatus
from guidance.documents.services import answering, beginning, making, moving, reviewing
from guidance.documents.subjects import Subject, provider_of
from guidance.editorial.services import publishing
from tests.factories import a_procurement
from tests.factories.documents import TEXT, a_document, a_template
from tests.personas import People
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core.errors import Refused
from workflows.contracts.models import Contract
from workflows.procurements.models import Procurement, TeamMember, TeamRole

pytestmark = pytest.mark.django_db

ANSWERS = {"title": "Library", "ends-on": "2027-03-31", "staff": "no"}
TEAM = TEXT.replace('confidence = "intent"', 'confidence = "team"')
OPEN = TEXT.replace('confidence = "intent"', 'confidence = "open"')


def _again(document: Document) -> Document:
    return (
        Document.objects.select_related("template", "organisation")
        .prefetch_related("people")
        .get(pk=document.pk)
    )


def _subject(kind: str, key: str, person: Person) -> Subject:
    provider = provider_of(kind)
    assert provider is not None
    found = provider.find(key, reader_of(person))
    assert found is not None
    return found


def test_the_form_of_another_sent_again_writes_into_nothing(people: People) -> None:
    first, key = a_document(by=people.officer, answers=ANSWERS), uuid.uuid4()
    made = beginning.begin_like(document=first, label="", actor=people.officer, form_key=key)
    there = made.answers.get(name="title")
    answering.save_answer(document=made, name="title", value="Mine", seen=there.number, actor=people.officer)
    assert beginning.begin_like(document=first, label="", actor=people.officer, form_key=key) == made
    assert made.answers.get(name="title").value == "Mine"


def test_a_key_that_began_something_else_is_refused(people: People) -> None:
    key = uuid.uuid4()
    a_document(by=people.officer, template=a_template("open", OPEN), form_key=key)
    closed = a_document(by=people.officer, template=a_template("team", TEAM), answers=ANSWERS)
    with pytest.raises(Refused, match="sent already"):
        beginning.begin_like(document=closed, label="", actor=people.officer, form_key=key)
    with pytest.raises(Refused, match="sent already"):
        a_document(by=people.contributor, template=a_template("open", OPEN), form_key=key)


def test_a_copy_of_somebodys_words_is_not_reviewed_by_them(people: People) -> None:
    mine = a_document(by=people.officer, answers=ANSWERS)
    reviewing.put_on(document=mine, person=people.contributor, actor=people.officer)
    copied = beginning.begin_like(document=_again(mine), label="", actor=people.contributor)
    with pytest.raises(Refused, match="wrote some of it"):
        reviewing.ask(document=copied, of=people.officer, note="", actor=people.contributor)


def test_whoever_asks_does_not_review(people: People) -> None:
    document, colleague = a_document(by=people.officer, answers=ANSWERS), people.member("officer")
    for person in (colleague, people.contributor):
        reviewing.put_on(document=document, person=person, actor=people.officer)
    reviewing.ask(document=_again(document), of=None, note="", actor=colleague)
    with pytest.raises(Refused, match="You asked"):
        reviewing.answer(document=document, number=1, passes=True, reasons="", actor=colleague)


def test_a_review_is_of_the_copy_that_was_read(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    reviewing.withdraw(document=document, actor=people.officer)
    answering.save_answer(document=document, name="title", value="Other", seen=1, actor=people.officer)
    reviewing.ask(document=_again(document), of=people.contributor, note="", actor=people.officer)
    with pytest.raises(Refused, match="changed since you opened it"):
        reviewing.answer(document=document, number=1, passes=True, reasons="", actor=people.contributor)


def test_a_reviewer_reads_and_does_not_write(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    reader = reader_of(people.contributor)
    assert permissions.may_read(reader, _again(document))
    assert not permissions.may_write(reader, _again(document))


def test_nobody_is_asked_who_could_not_open_it(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    with pytest.raises(Refused, match="Name who"):
        reviewing.ask(document=document, of=None, note="", actor=people.officer)


def test_the_clean_copy_is_what_was_read(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    review = reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    people.fleet.name = "Another name"
    people.fleet.save()
    reviewing.answer(document=document, number=1, passes=True, reasons="", actor=people.contributor)
    clean = document.made.get(is_draft=False)
    assert clean.paper["organisation"] == review.made.paper["organisation"]
    assert "Talk to the supplier" not in repr(clean.paper)


def test_what_says_the_same_by_somebody_else_is_made_anew(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    first = making.make(document=document, is_draft=True, actor=people.officer)
    reviewing.put_on(document=document, person=people.contributor, actor=people.officer)
    for seen, value in ((1, "B"), (2, "Library")):
        answering.save_answer(
            document=document, name="title", value=value, seen=seen, actor=people.contributor
        )
    again = making.make(document=document, is_draft=True, actor=people.officer)
    assert again.number == first.number + 1
    assert str(people.contributor) in [each["by"] for each in again.answers]


def test_moving_never_widens_who_reads_it(people: People) -> None:
    subject = _subject(
        "procurement", a_procurement(by=people.officer, visibility="borough").reference, people.officer
    )
    document = a_document(by=people.officer, template=a_template(text=TEAM), subject=subject)
    a_template(text=OPEN.replace("No staff transfer.", "None transfers."))
    moving.move(document=_again(document), to_number=2, actor=people.officer)
    assert _again(document).confidence == Confidence.TEAM
    assert not permissions.may_read(reader_of(people.viewer), _again(document))


def test_the_label_is_not_printed(people: People) -> None:
    document = a_document(by=people.officer, label="Evaluator three")
    assert "Evaluator three" not in repr(making.paper_of(document, is_draft=False))


def test_a_removed_row_is_never_another_row(people: People) -> None:
    document = a_document(by=people.officer, answers={"risks": [{"risk": "A"}, {"risk": "B"}]})
    seen = {"risk": "B"}
    answering.remove_row(document=document, name="risks", row="r2", seen=seen, actor=people.officer)
    answering.add_rows(document=document, name="risks", rows=[{"risk": "C"}], actor=people.officer)
    answering.remove_row(document=document, name="risks", row="r2", seen=seen, actor=people.officer)
    assert [row["risk"] for row in document.answers.get(name="risks").value] == ["A", "C"]
    with pytest.raises(Refused, match="changed this row"):
        answering.remove_row(
            document=document, name="risks", row="r1", seen={"risk": "Z"}, actor=people.officer
        )


def test_a_number_that_was_never_given_saves(people: People) -> None:
    document = a_document(by=people.officer)
    answering.save_answer(document=document, name="title", value="Library", seen=5, actor=people.officer)
    assert document.answers.get(name="title").value == "Library"


def test_a_table_has_a_most(people: People) -> None:
    document = a_document(by=people.officer)
    rows = [{"risk": "x" * 5_000} for _ in range(101)]
    with pytest.raises(Refused, match="500,000 characters"):
        answering.add_rows(document=document, name="risks", rows=rows, actor=people.officer)


def test_a_step_opens_its_own_documents_alone(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    subject = _subject("procurement", procurement.reference, people.officer)
    with pytest.raises(Refused, match="does not ask for this"):
        a_document(by=people.officer, subject=subject, step="standstill")
    begun = a_document(
        by=people.officer, template=a_template("business-case"), subject=subject, step="business-case"
    )
    assert begun.status == DocumentStatus.DRAFT


def _contract_of(people: People, procurement: Procurement, **levels: str) -> Contract:
    from tests.factories import a_contract

    contract = a_contract(by=people.officer)
    Contract.objects.filter(pk=contract.pk).update(procurement=procurement, **levels)
    contract.refresh_from_db()
    return contract


def test_a_contract_takes_nothing_that_its_readers_may_not_read_in_the_procurement(people: People) -> None:
    procurement = a_procurement(by=people.officer, title="Secret need")
    own = _subject("procurement", procurement.reference, people.officer)
    a_document(by=people.officer, template=a_template("team", TEAM.replace('gap = "value"', 'gap = "worth"')), subject=own, answers={"value": "123456"})  # fmt: skip
    contract = _contract_of(people, procurement, visibility="borough", intent_visibility="borough")
    subject = _subject("contract", contract.reference, people.officer)
    document = a_document(by=people.officer, template=a_template("open", OPEN), subject=subject)
    assert document.answers.filter(name="value").first() is None
    assert document.answers.get(name="title").value == contract.title


def test_an_endorser_reads_no_team_document_of_the_contract(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    TeamMember.objects.create(
        procurement=procurement, person=people.approver, role=TeamRole.ENDORSER, added_by=people.officer
    )
    contract = _contract_of(people, procurement)
    provider = provider_of("contract")
    assert provider is not None
    endorser = reader_of(people.approver)
    assert not provider.may_read(contract.reference, endorser, Confidence.TEAM)
    assert not provider.may_write(contract.reference, endorser, Confidence.TEAM, "")


def test_who_a_step_is_given_to_opens_what_they_began(people: People) -> None:
    from workflows.procurements.services import tasks

    procurement = a_procurement(by=people.officer, visibility="borough")
    tasks.assign_task(
        procurement=procurement, task="business-case", person=people.contributor, actor=people.officer
    )
    document = a_document(
        by=people.contributor,
        template=a_template("business-case"),
        subject=_subject("procurement", procurement.reference, people.contributor),
        step="business-case",
    )
    reader = reader_of(people.contributor)
    assert permissions.may_write(reader, _again(document))
    assert Document.objects.visible_to(reader).filter(pk=document.pk).exists()


@pytest.mark.parametrize("kind", ["procurement", "contract"])
@pytest.mark.parametrize("confidence", list(Confidence))
def test_audience_and_readers_are_the_same_people(people: People, kind: str, confidence: Confidence) -> None:
    procurement = a_procurement(by=people.officer, visibility="borough")
    TeamMember.objects.create(
        procurement=procurement, person=people.approver, role=TeamRole.ENDORSER, added_by=people.officer
    )
    key = procurement.reference if kind == "procurement" else _contract_of(people, procurement).reference
    provider = provider_of(kind)
    assert provider is not None
    audience = provider.audience(key, confidence)
    for persona in ("viewer", "contributor", "officer", "approver", "administrator"):
        person = people.named(persona)
        assert person is not None
        reads = provider.may_read(key, reader_of(person), confidence)
        assert reads is (audience.is_everybody or person.pk in audience.people), persona


def test_a_copy_keeps_what_was_known_to_differ(people: People) -> None:
    """What was only filled in comes from its source again; what somebody typed against it is still told."""
    procurement = a_procurement(by=people.officer, title="Old name")
    subject = _subject("procurement", procurement.reference, people.officer)
    first = a_document(by=people.officer, subject=subject)
    Procurement.objects.filter(pk=procurement.pk).update(title="New name")
    copied = beginning.begin_like(document=_again(first), label="", actor=people.officer)
    assert copied.answers.get(name="title").value == "New name"
    assert copied.answers.get(name="title").source_words


def test_a_withdrawn_template_offers_no_move(people: People) -> None:
    document = a_document(by=people.officer)
    a_template(text=TEXT.replace("No staff transfer.", "None transfers."))
    publishing.withdraw(item=_again(document).template, reason="Not used any more", actor=None)
    assert moving.planned(_again(document)) is None


def test_no_clean_copy_is_made_beside_a_review(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    with pytest.raises(Refused, match="being reviewed"):
        making.make(document=document, is_draft=False, actor=people.officer)


def test_a_reviewer_can_be_let_in_to_write(people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    reviewing.ask(document=document, of=people.contributor, note="", actor=people.officer)
    reviewing.put_on(document=document, person=people.contributor, actor=people.officer)
    assert permissions.may_write(reader_of(people.contributor), _again(document))


def test_a_key_of_rows_is_for_one_table(people: People) -> None:
    key, document = uuid.uuid4(), a_document(by=people.officer)
    answering.add_rows(
        document=document, name="risks", rows=[{"risk": "A"}], actor=people.officer, form_key=key
    )
    other = a_document(by=people.officer, template=document.template)
    with pytest.raises(Refused, match="sent already"):
        answering.add_rows(
            document=other, name="risks", rows=[{"risk": "B"}], actor=people.officer, form_key=key
        )
