"""Blank templates for download: made by a job after publishing, kept, never made on demand."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from guidance.documents import versions
from guidance.documents.assembly.assembling import blank
from guidance.documents.models import BlankFile, DocumentTemplate
from toolkit.core import clock

JOB = "guidance.documents.tasks.make_blanks"


def ask_for(template_id: int) -> None:
    """Have the blanks made, in the transaction that published the template or a clause of it; old ones go at once."""
    forget(template_id)
    app.configure_task(JOB, queue="slow", lock=f"blanks-{template_id}").defer(template_id=template_id)


def forget(template_id: int) -> None:
    """Drop what was made before: an old blank must not be taken for today’s."""
    BlankFile.objects.filter(template_id=template_id).delete()


def make(template_id: int) -> None:
    """Make the blanks of what is live now, in every format; nothing when it is not live any more."""
    from guidance.documents.writers.formats import FORMATS

    template = DocumentTemplate.objects.published().filter(pk=template_id).first()
    if template is None or template.live_number is None:
        return
    paper = blank(versions.live(template, on=clock.today()))
    for form in FORMATS.values():
        content = form.written(paper, made_on=clock.today())
        with transaction.atomic():
            BlankFile.objects.update_or_create(
                template=template,
                format=form.slug,
                defaults={"number": template.live_number, "content": content, "size": len(content), "made_at": clock.now()},
            )  # fmt: skip
