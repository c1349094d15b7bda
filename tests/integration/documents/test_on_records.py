"""The documents of a procurement and of a contract, and on a step."""

from __future__ import annotations

from typing import Any

import pytest

from guidance.documents import subjects
from guidance.documents.models import Document, DocumentTemplate
from guidance.documents.services import reviewing
from guidance.documents.subjects import Subject
from guidance.editorial.services import publishing
from tests.factories import a_contract, a_procurement
from tests.factories.documents import TEXT, a_document, a_template
from tests.pages import Pages
from tests.personas import People
from tests.recorder import recorded
from toolkit.accounts.readers import reader_of
from workflows.procurements.models import Procurement

ANSWERS = {"ends-on": "2027-03-31", "staff": "no"}
OPEN = TEXT.replace('confidence = "intent"', 'confidence = "open"').replace(
    "What happens when the contract ends.", "Plans the end (UK11): what follows. Begin it early."
)


def of_stage(slug: str, title: str, stage: str) -> None:
    a_template(slug, OPEN.replace("Exit plan", title).replace('stage = "manage"', f'stage = "{stage}"'))


def subject(people: People, kind: str, key: str) -> Subject:
    provider = subjects.provider_of(kind)
    assert provider is not None
    found = provider.find(key, reader_of(people.officer))
    assert found is not None
    return found


@pytest.fixture
def procurement(people: People) -> Procurement:
    of_stage("engagement-plan", "Engagement plan", "engage")
    of_stage("strategy", "Strategy", "plan")
    of_stage("business-case", "Business case", "plan")
    return a_procurement(by=people.officer)


def begun(people: People, procurement: Procurement, slug: str, label: str = "") -> Document:
    return a_document(
        by=people.officer,
        template=DocumentTemplate.objects.get(slug=slug),
        label=label,
        answers=ANSWERS,
        subject=subject(people, "procurement", procurement.reference),
    )


def test_what_was_begun_comes_first_and_other_stages_are_folded(
    pages: Pages, people: People, procurement: Procurement
) -> None:
    begun(people, procurement, "engagement-plan", "Suppliers")
    page = pages.sign_in(people.officer).get("procurement_documents", reference=procurement.reference)
    assert page.words("main h2") == ["Begun", "Templates for the present stage: planning"]
    assert page.words("main dt") == ["Engagement plan", "Business case", "Strategy"]
    of_stage("exit", "Exit", "manage")
    page = pages.get("procurement_documents", reference=procurement.reference)
    assert page.words("main details summary") == ["Contract management (1 template)"]
    assert not page.css("main details[open]")

    withdrawn = Document.objects.get().template
    publishing.withdraw(item=withdrawn, reason="Replaced", read_instead="", actor=None)
    page = pages.get("procurement_documents", reference=procurement.reference)
    assert page.words("main dt")[0] == "Engagement plan", "what was written stays in reach"
    assert "Start another" not in page.main


def test_it_asks_as_much_for_many_as_for_one(pages: Pages, people: People, procurement: Procurement) -> None:
    pages.sign_in(people.officer)

    def asked() -> int:
        with recorded() as recording:
            pages.client.get(f"/procurements/{procurement.reference}/documents/")
        return len(recording.queries)

    def one_more() -> None:
        document = begun(people, procurement, "strategy")
        review = reviewing.ask(document=document, of=people.approver, note="", actor=people.officer)
        reviewing.answer(
            document=document, number=review.made.number, passes=True, reasons="", actor=people.approver
        )

    one_more()
    few = asked()
    for _ in range(5):
        one_more()
    assert asked() == few


def test_a_step_says_who_reviewed_its_document(
    pages: Pages, people: People, procurement: Procurement
) -> None:
    document = begun(people, procurement, "engagement-plan")
    where: dict[str, Any] = {"reference": procurement.reference, "slug": "engagement-plan"}
    page = pages.sign_in(people.officer).get("procurement_task", **where)
    assert "Reviewed by" not in page.main
    review = reviewing.ask(document=document, of=people.approver, note="", actor=people.officer)
    reviewing.answer(
        document=document, number=review.made.number, passes=True, reasons="", actor=people.approver
    )
    words = f"Reviewed by {people.approver} on 24 November 2026"
    assert words in pages.get("procurement_task", **where).main
    reviewing.open_again(document=document, actor=people.officer)
    assert words not in pages.get("procurement_task", **where).main


def test_a_contract_has_what_was_begun_above_its_templates(pages: Pages, people: People) -> None:
    of_stage("kpis", "Indicators", "manage")
    of_stage("exit", "Exit", "manage")
    contract = a_contract(by=people.officer)
    document = a_document(by=people.officer, template=a_template("exit", OPEN.replace("Exit plan", "Exit")), subject=subject(people, "contract", contract.reference))  # fmt: skip
    page = pages.sign_in(people.officer).get("contract_documents", reference=contract.reference)
    assert page.words("main h2") == ["Begun", "Templates for managing the contract"]
    assert page.words("main dt") == ["Exit", "Indicators"]
    assert page.words("main dd .govuk-hint")[-1] == "Plans the end (UK11)."
    assert pages.get("documents", query={"q": contract.title.split()[0]}).words(".app-list__item h2 a") == [document.name]  # fmt: skip
