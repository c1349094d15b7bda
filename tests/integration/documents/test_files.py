"""From an answer to the files, opened again: Word, ODT, PDF and the internal sheet."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document as WordFile
from odf import opendocument, teletype
from odf.text import H, P
from pypdf import PdfReader

from guidance.documents.models import Document, FileState, Made
from guidance.documents.services import making
from guidance.documents.writers import odt
from tests.factories.documents import a_document
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People

ANSWERS: dict[str, Any] = {"title": "Library system", "ends-on": "2027-03-31", "staff": "yes", "staff-how": "Four cataloguers"}  # fmt: skip
EVERY = {"docx", "odt", "pdf", making.SHEET}


def texts(made: Made) -> dict[str, str]:
    """What each file says, read by somebody else’s reader."""
    return {file.format: _text(file.format, bytes(file.content or b"")) for file in made.files.filter(state=FileState.DONE)}  # fmt: skip


def _text(form: str, content: bytes) -> str:
    match form:
        case "pdf":
            found = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
        case "odt":
            text = opendocument.load(BytesIO(content)).text
            found = [teletype.extractText(each) for kind in (H, P) for each in text.getElementsByType(kind)]
        case _:
            word = WordFile(BytesIO(content))
            cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
            found = [each.text for each in word.paragraphs] + [cell.text for cell in cells]
    return "\n".join(found)


def begun(people: People) -> Document:
    return a_document(by=people.officer, answers=ANSWERS)


def test_every_file_is_written_and_the_sheet_alone_says_who_and_when(people: People, jobs: Jobs) -> None:
    made = making.make(document=begun(people), is_draft=False, actor=people.officer)
    assert made.files.filter(state=FileState.WAITING).count() == len(EVERY)
    jobs.run()
    found = texts(made)
    assert found.keys() == EVERY
    sheet = found.pop(making.SHEET)
    assert "Ada Okoro" in sheet
    assert "24 November 2026" in sheet
    assert "Four cataloguers" in sheet
    for form, text in found.items():
        assert "ends on 31 March 2027" in text, form
        assert "Four cataloguers" in text, form
        for word in ("Ada Okoro", "9am", "Fingerprint", "Where this document came from"):
            assert word not in text, form


def test_one_file_that_fails_keeps_no_other_back_and_is_made_again(
    pages: Pages, people: People, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise RuntimeError("no ink")

    document = begun(people)
    jobs.run()  # the blanks of its template
    made = making.make(document=document, is_draft=False, actor=people.officer)
    where: dict[str, Any] = {"reference": document.reference, "number": "1"}
    with monkeypatch.context() as patched:
        patched.setattr(odt, "written", broken)
        with pytest.raises(RuntimeError, match="no ink"):  # the queue tries again by itself
            jobs.run()
        assert texts(made).keys() == EVERY - {"odt"}
        failed = made.files.get(format="odt")
        assert failed.state == FileState.FAILED
        assert failed.problem == "It could not be written. Make it again, or tell us if that does not help"
        with pytest.raises(RuntimeError, match="no ink"):
            making.write_files(made.pk)

    kept = dict(made.files.exclude(format="odt").values_list("format", "finished_at"))
    page = pages.sign_in(people.officer).get("document_made", **where)
    assert page.tasks["OpenDocument (ODT)"] == "Failed"
    assert failed.problem in page.main
    assert pages.submit(page.form("Make it again")).tasks["OpenDocument (ODT)"] == "Being written"
    jobs.run()
    assert texts(made).keys() == EVERY
    assert "Four cataloguers" in texts(made)["odt"]
    assert dict(made.files.exclude(format="odt").values_list("format", "finished_at")) == kept, "nothing is written twice"  # fmt: skip


def test_emoji_are_kept_control_characters_are_not_and_the_pdf_says_what_it_lacks(
    pages: Pages, people: People, jobs: Jobs
) -> None:
    emoji = "🦄 👩🏽‍🚒 🏳️‍🌈 👍 ✓"
    document = begun(people)
    pages.sign_in(people.officer)
    where: dict[str, Any] = {"reference": document.reference}
    for name, value in (("staff-how", f"They \x07like\x1b {emoji}\x00 best\ufffe\x85"), ("title", "Library\x08\x1f system")):  # fmt: skip
        pages.submit(pages.get("document_question", name=name, **where), value=value)
    pages.submit(pages.get("document_check", **where).form("Make the clean document"))
    jobs.run()

    made = Made.objects.get()
    found = texts(made)
    assert found.keys() == EVERY
    for form in ("docx", "odt", making.SHEET):
        assert f"They like {emoji} best" in found[form], form
        assert "Library system" in found[form], form
        assert not set(found[form]) & set("\x00\x07\x08\x1b\x1f\x85\ufffe"), form
    page = pages.get("document_made", number="1", **where)
    assert any("🦄 (unicorn face)" in each for each in made.missing_characters)
    assert all(each.startswith("The PDF cannot show ") for each in made.missing_characters)
    assert not any(" ✓ (" in each for each in made.missing_characters), "the second font has it"
    for sentence in made.missing_characters:
        assert sentence in page.main
