"""Who sees a document of each confidence: every page of it, every list, every word beside it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from guidance.documents import permissions
from guidance.documents.models import Document, FileState
from guidance.documents.services import making, remarks, reviewing
from tests.architecture.test_routes import LISTED, signed_in
from tests.factories.documents import TEXT, a_document, a_template
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import PERSONAS, People
from tests.toys import a_toy, subject_for
from toolkit.accounts.models import Activity
from toolkit.accounts.readers import reader_of
from toolkit.search.models import SearchEntry

SECRET = "Quillmark scored seventy-one"
LABEL = "Quillmark alone"
FREE = "free-standing"
READERS = {
    "open": {"viewer", "contributor", "officer", "approver", "auditor", "administrator"},
    "intent": {"contributor", "officer", "auditor"},
    "team": {"officer", "auditor"},
    "personal": {"officer", "auditor"},
    FREE: {"officer", "auditor"},
}
"""Of a document that the officer began, alone on the toy’s team."""


def a_secret(people: People, confidence: str) -> Document:
    """Answered, remarked on, made."""
    a_toy(team=[people.officer])
    named = "team" if confidence == FREE else confidence
    template = a_template(text=TEXT.replace('confidence = "intent"', f'confidence = "{named}"'))
    document = a_document(
        by=people.officer,
        template=template,
        label=LABEL,
        subject=None if confidence == FREE else subject_for(people.officer),
        answers={"title": SECRET, "ends-on": "2027-03-31", "staff": "no", "risks": [{"risk": SECRET}]},
    )
    remarks.comment(document=document, text=f"{SECRET}, I think", actor=people.officer)
    made = making.make(document=document, is_draft=False, actor=people.officer)
    made.files.update(state=FileState.DONE, content=b"PK", size=2)
    return document


def addresses(document: Document) -> list[str]:
    """Every page of one document that is got."""
    parts = {
        "<reference:reference>": document.reference,
        "<slug:name>/rows": "risks/rows",
        "<slug:name>/add": "risks/add",
        "<slug:name>/paste": "risks/paste",
        "<slug:name>": "title",
        "<slug:row>": "r1",
        "<slug:number>": "1",
        "<slug:form>": "docx",
    }
    found = []
    for line in LISTED.values():
        if line["path"].startswith("/documents/<reference") and line.get("method") != "post":
            address = line["path"]
            for part, value in parts.items():
                address = address.replace(part, value)
            found.append(address)
    assert len(found) > 20
    return found


@pytest.mark.parametrize("confidence", READERS)
def test_every_page_is_there_for_its_readers_and_for_nobody_else(people: People, confidence: str) -> None:
    document = a_secret(people, confidence)
    for persona in PERSONAS:
        may = persona in READERS[confidence]
        client = signed_in(people, persona)
        for address in addresses(document):
            response = client.get(address)
            wanted = {200} if persona == "officer" else {200, 403, 404}
            if not may:
                wanted = {302} if persona == "anonymous" else {404}
            assert response.status_code in wanted, f"{persona}: {address}"
            if response.status_code != 200:
                words = response.content.decode()
                assert SECRET not in words
                assert LABEL not in words


@pytest.mark.parametrize("confidence", READERS)
def test_list_and_single_question_agree_and_no_list_leaks(pages: Pages, people: People, confidence: str) -> None:  # fmt: skip
    document = a_secret(people, confidence)
    assert not SearchEntry.objects.filter(body__contains="Quillmark").exists(), "documents are not searched"
    for persona in PERSONAS:
        person = people.named(persona)
        reader = reader_of(person)
        may = persona in READERS[confidence]
        assert permissions.may_read(reader, document) is may, persona
        assert Document.objects.visible_to(reader).filter(pk=document.pk).exists() is may, persona
        assert Document.objects.visible_to(reader).count() == int(may), persona
        if persona == "officer" or person is None:
            continue
        pages.sign_in(person)
        for address in ("/documents/", "/search/?q=Quillmark", "/"):
            response = pages.client.get(address)
            assert "scored seventy-one" not in response.content.decode(), f"{persona}: {address}"
            assert LABEL not in response.content.decode(), f"{persona}: {address}"


@pytest.mark.parametrize("confidence", READERS)
def test_another_document_is_listed_at_the_start_only_to_its_readers(pages: Pages, people: People, confidence: str) -> None:  # fmt: skip
    a_secret(people, confidence)
    where: dict[str, Any] = {"template": "exit-plan"} | (
        {} if confidence == FREE else {"subject": "toy:fleet"}
    )
    for person in (people.contributor, people.officer):
        response = pages.sign_in(person).client.get("/documents/new/", where)
        name = "contributor" if person == people.contributor else "officer"
        assert (LABEL in response.content.decode()) is (name in READERS[confidence]), name


def test_who_was_put_on_one_reads_it_and_one_for_the_team_is_closed_to_them(pages: Pages, people: People) -> None:  # fmt: skip
    for confidence in ("personal", FREE):
        document = a_secret(people, confidence)
        reviewing.put_on(document=document, person=people.viewer, actor=people.officer)
        pages.sign_in(people.viewer).get("document", reference=document.reference)
        pages.get("document_comments", reference=document.reference, status=404)
        pages.get("document_row_add", reference=document.reference, name="risks", status=403)
    team = a_secret(people, "team")
    page = pages.sign_in(people.officer).get("document_people", reference=team.reference)
    assert "for the named team alone" in page.main
    assert people.viewer.email not in page.html
    page = pages.post("document_people", {"person": people.viewer.email}, reference=team.reference)
    assert "for the team alone" in page.errors[0]


def test_comments_are_for_those_who_work_on_it(pages: Pages, people: People) -> None:
    document = a_secret(people, "open")
    for person in (people.viewer, people.administrator):
        page = pages.sign_in(person).get("document", reference=document.reference)
        assert "Comments" not in page.links
        assert (
            "I think" not in pages.get("document_question", reference=document.reference, name="title").main
        )
    assert (
        "I think" in pages.sign_in(people.auditor).get("document_comments", reference=document.reference).main
    )


def test_the_record_of_who_did_what_has_titles_for_readers_alone(pages: Pages, people: People) -> None:
    document = a_secret(people, "team")
    assert all(LABEL not in line.sentence and SECRET not in line.sentence for line in Activity.objects.all())
    page = pages.sign_in(people.administrator).get("activity")
    assert document.reference in page.main
    assert LABEL not in page.main
    shown = a_secret(people, "open")
    assert f"Exit plan: {LABEL}" in pages.get("activity").main
    assert shown.reference in pages.get("activity").main


@pytest.mark.parametrize("persona", ["viewer", "approver", "auditor", "administrator"])
def test_readers_who_do_not_write_change_nothing(pages: Pages, people: People, persona: str) -> None:
    document = a_secret(people, "open")
    pages.sign_in(people.named(persona))
    where: dict[str, Any] = {"reference": document.reference}
    before = list(document.answer_changes.values_list("pk"))
    pages.post("document_question", {"value": "Mine", "seen": "2"}, name="title", status=403, **where)
    for route in ("document_changed", "document_move", "document_people", "document_review_ask", "document_make", "document_another"):  # fmt: skip
        pages.post(route, {"name": "title"}, status=403, **where)
    assert list(document.answer_changes.values_list("pk")) == before


def test_letters_carry_the_reference_alone(people: People, jobs: Jobs) -> None:
    document = a_secret(people, "personal")
    reviewing.put_on(document=document, person=people.contributor, actor=people.officer)
    reviewing.ask(document=document, of=people.contributor, note=SECRET, actor=people.officer)
    for job in [*jobs.named("write_files"), *jobs.named("make_blanks")]:  # the letters alone
        job["status"] = "succeeded"
    jobs.run()
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        assert document.reference in letter.subject
        for word in ("Quillmark", "Exit plan", "Secret garden"):
            assert word not in letter.subject + str(letter.body)
