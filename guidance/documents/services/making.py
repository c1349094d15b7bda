"""Making: a snapshot of a document, and its files in the background."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from guidance.documents import permissions, versions
from guidance.documents.assembly import answers as said
from guidance.documents.assembly import papers
from guidance.documents.assembly.assembling import asked, assemble, kept, missing, without_notes
from guidance.documents.assembly.blocks import Logo, Paper
from guidance.documents.assembly.definitions import Form
from guidance.documents.models import Document, DocumentStatus, FileState, Made, MadeFile, OrganisationLogo
from guidance.documents.services.common import locked
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.text import printable

log = logging.getLogger(__name__)
JOB = "guidance.documents.tasks.write_files"
SHEET = "sheet"
"""The internal sheet: where every answer came from. A file of its own, never part of the document."""


def paper_of(document: Document, *, is_draft: bool) -> Paper:
    """The document as it stands. Three queries at most."""
    answers = {answer.name: answer.value for answer in document.answers.all()}
    put = versions.put_of(document)
    return assemble(
        put,
        answers,
        subtitle=_subtitle(document, answers),
        organisation=printable(document.organisation.name),
        footer="" if put.template.form == Form.LETTER else put.template.title,
        logo=logo_of(document),
        keeps_notes=is_draft,
    )


def _subtitle(document: Document, answers: Mapping[str, Any]) -> str:
    """What it is about: the answer that names it, if it counts. Never the label, which is told to nobody else."""
    definition = versions.definition_of(document)
    counting = kept(definition, answers)
    return next(
        (
            str(counting[each.name])
            for each in definition.questions
            if each.fact == "title" and each.name in counting
        ),
        "",
    )


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
    if not is_draft and document.status == DocumentStatus.REVIEW:
        raise Refused("It is being reviewed: the clean document is made when the review passes")
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
    return _kept(document, paper_of(document, is_draft=is_draft), is_draft=is_draft, actor=actor)


def keep_clean(reviewed: Made, *, actor: Person) -> Made:
    """What was reviewed, without its instructions and the word “Draft”: the very paper, not one assembled anew. Nobody
    changes an answer while a document is under review."""
    return _kept(reviewed.document, without_notes(papers.read(reviewed.paper)), is_draft=False, actor=actor)


def _kept(document: Document, paper: Paper, *, is_draft: bool, actor: Person) -> Made:
    """The newest one again, if it is the same paper made of the same versions and answers."""
    made_of: dict[str, Any] = {
        "paper_digest": papers.digest_of(paper),
        "is_draft": is_draft,
        "template_number": document.template_number,
        "clause_pins": document.clause_pins,
        "variant_version": document.variant_version,
        "figures_on": document.figures_on,
        "answers": _provenance(document),
    }
    last = document.made.order_by("-number").first()
    if last is not None and all(getattr(last, name) == value for name, value in made_of.items()):
        ask_for_files(last)
        return last
    made = Made.objects.create(
        document=document,
        number=last.number + 1 if last is not None else 1,
        paper=papers.write(paper),
        made_by=actor,
        **made_of,
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
    """Have the files written that were never asked for, failed or got lost; one that is on its way is not asked for twice."""
    from guidance.documents.writers.formats import FORMATS

    asked_for = []
    for slug in (*FORMATS, SHEET):
        file, is_new = MadeFile.objects.defer("content").get_or_create(made=made, format=slug)
        if is_new or is_stuck(file):
            asked_for.append(file.pk)
    if MadeFile.objects.filter(pk__in=asked_for).update(
        state=FileState.WAITING, problem="", asked_at=clock.now()
    ):
        # No lock on the job: one that died would hold up the next. Each file is locked while it is written.
        app.configure_task(JOB, queue="documents").defer(made_id=made.pk)


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
    from guidance.documents.writers import glyphs

    made = Made.objects.select_related("document__organisation").get(pk=made_id)
    paper = papers.read(made.paper)
    made.missing_characters = [str(each) for each in glyphs.missing(paper)]
    made.save(update_fields=["missing_characters"])
    failed: Exception | None = None
    for key in made.files.exclude(state=FileState.DONE).values_list("pk", flat=True):
        with transaction.atomic():
            file = (
                made.files.select_for_update(skip_locked=True)
                .filter(pk=key)
                .exclude(state=FileState.DONE)
                .first()
            )
            if file is not None:  # else another worker has it
                failed = _write(file, made, paper) or failed
    if failed is not None:
        raise failed


def _write(file: MadeFile, made: Made, paper: Paper) -> Exception | None:
    """Write one file, or say that it failed: the others must not wait for it. The caller raises what is given back."""
    from guidance.documents import provenance
    from guidance.documents.writers.formats import FORMATS

    is_sheet = file.format == SHEET
    try:
        file.content = FORMATS["docx" if is_sheet else file.format].written(
            provenance.paper_of(made) if is_sheet else paper,
            made_on=made.made_at.astimezone(clock.LONDON).date(),
            is_draft=made.is_draft and not is_sheet,
        )
    except Exception as error:
        log.exception("Document %s could not be written as %s", made, file.format)
        file.state, file.content = FileState.FAILED, None
        file.problem = "It could not be written. Make it again, or tell us if that does not help"
        failed: Exception | None = error
    else:
        file.state, file.size, file.problem, failed = FileState.DONE, len(file.content), "", None
    file.finished_at = clock.now()
    file.save()
    return failed
