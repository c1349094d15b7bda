"""What was made: its files, who may take them, and that it says the same for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import override_settings

from guidance.documents import versions
from guidance.documents.assembly import papers
from guidance.documents.assembly.blocks import all_texts
from guidance.documents.models import Document, FileState, Made
from guidance.documents.services import making
from tests.factories.documents import TEXT, a_clause, a_document, a_template
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from tests.toys import a_toy, subject_for
from toolkit.core import clock

ANSWERS = {"title": "Secret library", "ends-on": "2027-03-31", "staff": "no"}


def made_of(document: Document, people: People) -> Made:
    made = making.make(document=document, is_draft=True, actor=people.officer)
    made.files.update(state=FileState.DONE, content=b"PK\x03\x04", size=4, finished_at=clock.now())
    return made


def test_a_file_is_taken_under_a_name_that_tells_nothing(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS, label="Secret bidder")
    made_of(document, people)
    where: dict[str, Any] = {"reference": document.reference, "number": "1"}
    page = pages.sign_in(people.officer).get("document_made", **where)
    assert list(page.tasks) == [
        "Word", "OpenDocument (ODT)", "PDF", "Internal sheet: where every answer came from (Word)",
    ]  # fmt: skip
    file = pages.get("document_file", form="pdf", **where)
    assert file.content == b"PK\x03\x04"
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"] == f'attachment; filename="exit-plan-{document.reference}-1-draft.pdf"'  # fmt: skip
    sheet = pages.get("document_file", form="sheet", **where)
    assert sheet.headers["Content-Disposition"].endswith('-1-internal-sheet.docx"')
    assert "no-store" in file.headers["Cache-Control"] or "private" in file.headers["Cache-Control"]
    for form in ("exe", "nothing"):
        pages.get("document_file", form=form, status=404, **where)


def test_making_shows_what_is_on_its_way_and_what_failed(pages: Pages, people: People, jobs: Jobs) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    page = pages.sign_in(people.officer).get("document_check", reference=document.reference)
    page = pages.submit(page.form("Make a draft"))
    assert set(page.tasks.values()) == {"Being written"}
    assert "See whether it is ready" in page.links
    assert page.css("[data-refresh]")
    made = document.made.get()
    pages.post("document_made_again", reference=document.reference, number="1")
    assert len(jobs.named("write_files")) == 1, "nothing is asked for twice while it is on its way"

    made.files.filter(format="pdf").update(state=FileState.FAILED, problem="It could not be written")
    page = pages.get("document_made", reference=document.reference, number="1")
    assert page.tasks["PDF"] == "Failed"
    assert "It could not be written" in page.main
    page = pages.submit(page.form("Make it again"))
    assert page.tasks["PDF"] == "Being written"
    assert len(jobs.named("write_files")) == 2

    made.files.update(asked_at=clock.now() - dt.timedelta(minutes=11))
    page = pages.get("document_made", reference=document.reference, number="1")
    assert page.tasks["Word"] == "Late"
    assert "It takes longer than it should. Make it again" in page.main
    assert not page.css("[data-refresh]")
    pages.submit(page.form("Make it again"))
    assert len(jobs.named("write_files")) == 3


def test_the_clean_document_waits_for_every_answer(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer)
    page = pages.sign_in(people.officer).get("document_check", reference=document.reference)
    assert "Make the clean document" not in page.main
    page = pages.post("document_make", {"kind": "clean"}, reference=document.reference)
    assert "3 questions are not answered yet" in page.banner


def test_what_was_made_says_the_same_after_everything_changed(pages: Pages, people: People) -> None:
    a_clause("exit-clause", "The supplier returns [[what]].", what="what is returned")
    template = a_template(text=TEXT + "\n::: clause exit-clause\n")
    document = a_document(by=people.officer, template=template, answers=ANSWERS)
    made = made_of(document, people)
    where: dict[str, Any] = {"reference": document.reference, "number": "1"}
    before = pages.sign_in(people.officer).get("document_made_read", **where).main
    assert "The supplier returns" in before
    digest = made.paper_digest

    a_clause("exit-clause", "The supplier destroys [[what]].", what="what is destroyed")
    a_template(text=TEXT.replace("ends on", "stops on") + "\n::: clause exit-clause\n")
    versions.forget()
    assert pages.get("document_made_read", **where).main == before
    made.refresh_from_db()
    assert papers.digest_of(papers.read(made.paper)) == digest
    texts = list(all_texts(making.paper_of(document, is_draft=True)))
    assert "Secret library ends on 31 March 2027." in texts, "and the document stays on its versions"
    assert any("The supplier returns" in text for text in texts)


@pytest.mark.parametrize("confidence", ["open", "team"])
def test_the_internal_sheet_is_for_those_who_work_on_it(pages: Pages, people: People, confidence: str) -> None:  # fmt: skip
    a_toy(team=[people.officer])
    template = a_template(text=TEXT.replace('confidence = "intent"', f'confidence = "{confidence}"'))
    document = a_document(by=people.officer, template=template, answers=ANSWERS, subject=subject_for(people.officer))  # fmt: skip
    made_of(document, people)
    where: dict[str, Any] = {"reference": document.reference, "number": "1"}
    for person in (people.officer, people.auditor):
        page = pages.sign_in(person).get("document_sheet", **where)
        assert "Ada Okoro" in page.main
        pages.get("document_file", form="sheet", **where)
    for person in (people.viewer, people.administrator, people.approver, people.neighbour):
        pages.sign_in(person).get("document_sheet", status=404, **where)
        pages.get("document_file", form="sheet", status=404, **where)


@override_settings(BASE_URL="https://toolkit.example")
def test_the_paper_names_nobody_and_no_remark(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer, answers=ANSWERS)
    pages.sign_in(people.officer)
    pages.submit(pages.get("document_comments", reference=document.reference), text="Not for suppliers")
    made_of(document, people)
    where: dict[str, Any] = {"reference": document.reference, "number": "1"}
    words = " ".join(pages.get("document_made_read", **where).words(".app-paper"))
    assert "Ada Okoro" not in words
    assert "Not for suppliers" not in words
