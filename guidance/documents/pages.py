"""What the templates of the library need, made ready: the templates only loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guidance.documents import versions
from guidance.documents.assembly import reading
from guidance.documents.assembly.definitions import Question, Readers, Template
from guidance.documents.models import Clause, DocumentTemplate
from guidance.editorial import content
from guidance.pages.fields import Front


@dataclass(frozen=True, slots=True)
class SectionOfQuestions:
    """A section and what it asks."""

    title: str
    questions: Sequence[Question]


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """A template as readers see it."""

    template: DocumentTemplate
    who_reads: str
    sections: Sequence[SectionOfQuestions]


def definition_from(item: DocumentTemplate, text: str) -> Template:
    """The definition in a text, whether it is live or a draft. Raises ContentError."""
    given, body = content.read(text, where=item.slug or "template")
    return reading.template_from(Front(given, item.slug or "template"), body)


def template_page(item: DocumentTemplate, definition: Template) -> TemplatePage:
    return TemplatePage(
        item,
        Readers(item.readers).label,
        [
            SectionOfQuestions(section.title, definition.in_section(section.slug))
            for section in definition.sections
        ],
    )


def live_template_page(item: DocumentTemplate) -> TemplatePage:
    """A published template. No query once it was read in this process."""
    assert item.live_number is not None
    return template_page(item, versions.template_of(item.pk, item.live_number))


@dataclass(frozen=True, slots=True)
class ClausePage:
    """A clause with its notes."""

    clause: Clause
    used_by: Sequence[DocumentTemplate]


def clause_page(item: Clause) -> ClausePage:
    """One query."""
    return ClausePage(item, list(DocumentTemplate.objects.published().filter(clauses__contains=[item.slug])))
