"""Making: a snapshot of a document, and its files in the background."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django import app

from guidance.documents import permissions, versions
from guidance.documents.assembly import answers as said
from guidance.documents.assembly import papers
from guidance.documents.assembly.assembling import asked, assemble, kept, missing
from guidance.documents.assembly.blocks import Logo, Paper
from guidance.documents.assembly.definitions import Form
from guidance.documents.models import Document, FileState, Made, MadeFile, OrganisationLogo
from guidance.documents.services.common import locked
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused

log = logging.getLogger(__name__)
JOB = "guidance.documents.tasks.write_files"
SHEET = "sheet"
"""The internal sheet: where every answer came from. A file of its own, never part of the document."""


def paper_of(document: Document, *, is_draft: bool) -> Paper:
    """The document as it stands. Three queries at most."""
    answers = {answer.name: answer.value for answer in document.answers.all()}
    return assemble(
        versions.put_of(document),
        answers,
        subtitle=_subtitle(document),
        organisation=document.organisation.name,
        footer="" if document.template.form == Form.LETTER else document.template.title,
        logo=logo_of(document),
        keeps_notes=is_draft,
    )


def _subtitle(document: Document) -> str:
    """What it is about, in somebody’s own words: the answer that names it."""
    definition = versions.definition_of(document)
    names = [question.name for question in definition.questions if question.fact == "title"]
    answer = document.answers.filter(name__in=names).first()
    return str(answer.value) if answer is not None else document.label


def logo_of(document: Document) -> Logo | None:
    found = OrganisationLogo.objects.filter(organisation_id=document.organisation_id).first()
    if found is None:
        return None
    return Logo(bytes(found.content), found.content_type, found.alternative_text, found.width, found.height)


@transaction.atomic
def make(*, document: Document, is_draft: bool, actor: Person) -> Made:
    """Keep the document as it stands now, and have its files written. Making what was made already gives that.

    A clean one, without instructions and the word “Draft”, needs an answer to everything that is required. Raises Refused.
    """
    document = locked(document)
    if not permissions.may_write(reader_of(actor), document):
        raise Refused("You may not make this document")
    if not is_draft:
        refuse_incomplete(document)
    return keep(document, is_draft=is_draft, actor=actor)


def refuse_incomplete(document: Document) -> None:
    """Raises Refused when something required is not answered."""
    answers = {answer.name: answer.value for answer in document.answers.all()}
    left = missing(versions.definition_of(document), answers)
    if left:
        raise Refused(
            f"{len(left)} question{'s are' if len(left) != 1 else ' is'} not answered yet: “{left[0].ask}”"
            + (" is the first" if len(left) != 1 else "")
        )


def keep(document: Document, *, is_draft: bool, actor: Person) -> Made:
    """The snapshot of a locked document."""
    paper = paper_of(document, is_draft=is_draft)
    digest = papers.digest_of(paper)
    last = document.made.order_by("-number").first()
    if last is not None and (last.paper_digest, last.is_draft) == (digest, is_draft):
        ask_for_files(last)
        return last
    made = Made.objects.create(
        document=document,
        number=(document.made.aggregate(most=Max("number"))["most"] or 0) + 1,
        paper=papers.write(paper),
        paper_digest=digest,
        is_draft=is_draft,
        template_number=document.template_number,
        clause_pins=document.clause_pins,
        variant_version=document.variant_version,
        figures_on=document.figures_on,
        answers=_provenance(document),
        made_by=actor,
    )
    ask_for_files(made)
    return made


def _provenance(document: Document) -> list[dict[str, Any]]:
    """Every answer that counts, in words, with who gave it and when: names as they stand today."""
    definition = versions.definition_of(document)
    answers = {answer.name: answer for answer in document.answers.select_related("by")}
    counting = kept(definition, {name: answer.value for name, answer in answers.items()})
    return [
        {
            "name": question.name,
            "ask": question.ask,
            "value": said.words(question, counting[question.name]),
            "number": answers[question.name].number,
            "by": str(answers[question.name].by or ""),
            "at": answers[question.name].at.isoformat(),
            "from": answers[question.name].source_words,
        }
        for question in asked(definition, counting)
        if question.name in counting
    ]


def ask_for_files(made: Made) -> None:
    """Have every file written that is not there: at once for a new one, again for what failed or got lost."""
    from guidance.documents.writers.formats import FORMATS

    for slug in (*FORMATS, SHEET):
        MadeFile.objects.get_or_create(made=made, format=slug)
    lacking = made.files.exclude(state=FileState.DONE)
    if lacking.update(state=FileState.WAITING, problem="", asked_at=clock.now()):
        app.configure_task(JOB, queue="documents", lock=f"made-{made.pk}").defer(made_id=made.pk)


def write_sheet_anew(made: Made) -> None:
    """Have the internal sheet say what it did not know when it was written: that somebody has reviewed it."""
    if made.files.filter(format=SHEET, state=FileState.DONE).update(state=FileState.WAITING):
        ask_for_files(made)


LOST_AFTER = dt.timedelta(minutes=10)
"""A file that was asked for longer ago than this will not come by itself."""


def is_stuck(file: MadeFile) -> bool:
    """Did it fail, or get lost on the way?"""
    return file.state == FileState.FAILED or (
        file.state == FileState.WAITING and file.asked_at < clock.now() - LOST_AFTER
    )


@transaction.atomic
def make_again(*, made: Made, actor: Person) -> None:
    """Have files that failed or got lost written again. Nothing is asked for twice while it is on its way. Raises Refused."""
    document = locked(made.document)
    if not permissions.may_comment(reader_of(actor), document):
        raise Refused("You may not make this document")
    if any(is_stuck(file) for file in made.files.defer("content")):
        ask_for_files(made)


def write_files(made_id: int) -> None:
    """Write what is waiting; each file stands by itself, and running it again writes only what is not there."""
    from guidance.documents import provenance
    from guidance.documents.writers import glyphs
    from guidance.documents.writers.formats import FORMATS

    made = Made.objects.select_related("document__organisation").get(pk=made_id)
    paper = papers.read(made.paper)
    made.missing_characters = [str(each) for each in glyphs.missing(paper)]
    made.save(update_fields=["missing_characters"])
    failed: Exception | None = None
    for file in made.files.exclude(state=FileState.DONE):
        form = FORMATS["docx" if file.format == SHEET else file.format]
        written = provenance.paper_of(made) if file.format == SHEET else paper
        try:
            content = form.written(written, made_on=made.made_at.astimezone(clock.LONDON).date(), is_draft=made.is_draft and file.format != SHEET)  # fmt: skip
        except (
            Exception
        ) as error:  # one format must not keep the others from being written; it is raised below
            log.exception("Document %s could not be written as %s", made, file.format)
            file.state, file.problem = FileState.FAILED, "It could not be written. Make it again, or tell us if that does not help"  # fmt: skip
            failed = error
        else:
            file.state, file.content, file.size, file.problem = FileState.DONE, content, len(content), ""
        file.finished_at = clock.now()
        file.save()
    if failed is not None:
        raise failed
