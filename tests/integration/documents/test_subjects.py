"""What procurements and contracts tell their documents, and who may read what belongs to them."""

from __future__ import annotations

import pytest

from guidance.documents import permissions, subjects
from guidance.documents.assembly.definitions import Confidence
from guidance.documents.models import Document
from guidance.documents.services import beginning
from guidance.documents.subjects import Provider, Subject
from tests.factories import a_contract, a_procurement, an_evaluation
from tests.factories.documents import TEXT, a_template
from tests.personas import PERSONAS, People
from toolkit.accounts.readers import reader_of
from toolkit.accounts.visibility import Level
from workflows.contracts.models import Contract
from workflows.procurements.models import Procurement, TeamMember, TeamRole

pytestmark = pytest.mark.django_db


def _provider(kind: str) -> Provider:
    found = subjects.provider_of(kind)
    assert found is not None
    return found


@pytest.fixture
def procurement(people: People) -> Procurement:
    made = a_procurement(by=people.officer)
    made.visibility = Level.BOROUGH
    made.save()
    return made


def _subject(people: People, procurement: Procurement) -> Subject:
    found = _provider("procurement").find(procurement.reference, reader_of(people.officer))
    assert found is not None
    return found


def test_a_document_is_filled_with_what_the_procurement_knows(
    people: People, procurement: Procurement
) -> None:
    document = beginning.begin(
        template=a_template(),
        organisation=people.fleet,
        actor=people.officer,
        subject=_subject(people, procurement),
    )
    title = document.answers.get(name="title")
    assert title.value == procurement.title
    assert title.source_words == f"procurement {procurement.reference}"
    assert title.by is None


@pytest.mark.parametrize(
    ("confidence", "readers"),
    [
        (Confidence.OPEN, {"viewer", "contributor", "officer", "approver", "auditor", "administrator"}),
        (Confidence.INTENT, {"officer", "approver", "auditor"}),
        (Confidence.TEAM, {"officer", "auditor"}),
        (Confidence.PERSONAL, {"officer", "auditor"}),
    ],
)
def test_who_reads_a_document_of_each_confidence(
    people: People, procurement: Procurement, confidence: Confidence, readers: set[str]
) -> None:
    TeamMember.objects.create(
        procurement=procurement, person=people.approver, role=TeamRole.ENDORSER, added_by=people.officer
    )
    text = TEXT.replace('confidence = "intent"', f'confidence = "{confidence}"')
    document = beginning.begin(
        template=a_template(text=text),
        organisation=people.fleet,
        actor=people.officer,
        subject=_subject(people, procurement),
    )
    for persona in PERSONAS:
        reader = reader_of(people.named(persona))
        listed = Document.objects.visible_to(reader).filter(pk=document.pk).exists()
        assert listed is (persona in readers), persona
        assert permissions.may_read(reader, document) is listed, f"{persona}: list and record disagree"


def test_a_contract_knows_what_its_procurement_knew(people: People) -> None:
    contract: Contract = a_contract(by=people.officer)
    provider = _provider("contract")
    known = provider.facts(contract.reference)
    assert known["title"].value == contract.title
    assert known["ends-on"].value == contract.ends_on.isoformat()
    if contract.procurement is not None:
        assert provider.earlier(contract.reference) == (("procurement", contract.procurement.reference),)


def test_the_notice_period_stays_out_of_documents_that_more_may_read(people: People) -> None:
    contract = a_contract(by=people.officer)
    Contract.objects.filter(pk=contract.pk).update(notice_months=6)
    known = _provider("contract").facts(contract.reference)["notice-period"]
    assert known.confidence == Confidence.INTENT
    assert not subjects.may_go_into(known.confidence, Confidence.OPEN)


@pytest.mark.parametrize(
    ("regime", "signed_on", "is_over"),
    [
        ("pa23", "2026-05-23", True),
        ("pa23", "2026-05-24", False),
        ("pcr2015", "2024-05-01", True),
        ("psr", "2020-01-01", False),
        ("unknown", "2020-01-01", False),
    ],
)
def test_when_the_time_for_claims_is_over(people: People, regime: str, signed_on: str, is_over: bool) -> None:
    contract = a_contract(by=people.officer)
    Contract.objects.filter(pk=contract.pk).update(regime=regime, signed_on=signed_on)
    claims = _provider("contract").claims(contract.reference)
    assert (claims.ended_on is not None) is is_over
    assert is_over or claims.because


def test_a_procurement_without_a_contract_can_still_be_challenged(
    people: People, procurement: Procurement
) -> None:
    assert "not signed yet" in _provider("procurement").claims(procurement.reference).because


def test_an_invitation_to_quote_publishes_a_procurement(people: People) -> None:
    provider = _provider("procurement")
    assert not provider.is_published(a_procurement(by=people.officer).reference)
    evaluated = an_evaluation(by=people.officer)
    assert provider.is_published(evaluated.reference), "suppliers have its papers"
