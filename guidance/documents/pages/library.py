"""What the pages of the library need, made ready: the templates only loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from guidance.documents import shelf, versions
from guidance.documents.assembly import body, reading
from guidance.documents.assembly.assembling import assemble, clause_alone
from guidance.documents.assembly.blocks import Paper
from guidance.documents.assembly.definitions import (
    ClauseText,
    Confidence,
    Form,
    Put,
    Question,
    QuestionKind,
    Readers,
    Template,
)
from guidance.documents.models import BlankFile, Clause, DocumentTemplate
from guidance.documents.shelf import ClauseLink, TemplateLink
from guidance.documents.writers import html
from guidance.documents.writers.formats import FORMATS
from guidance.editorial import content
from guidance.pages.fields import Front
from guidance.pages.figures import filled
from guidance.pages.pages import SourceLine, Upkeep, sources_of, upkeep_of
from guidance.pages.selectors import PageLink, pages_by_slug
from toolkit.accounts.visibility import Reader
from toolkit.core import clock, slots
from toolkit.core.stages import Stage

STEPS_SLOT = "template.steps"
"""Filled by whoever knows the steps of the routes: given `slugs`, the slug of a template and those it had before, each
filling answers with links, objects that have a `title` and a `url`. No query: strangers see it too."""
VARIANT_SLOT = "template.variant"
"""For members, beside a template: what their organisation made of it. Given `template` (a DocumentTemplate) and `reader`,
each filling answers with its HTML, or nothing."""
EXAMPLES_SLOT = "template.examples"
"""For members, below a template: what boroughs filled in and shared. Given `template` and `reader`, each filling answers
with its HTML, or nothing."""

KINDS = {
    QuestionKind.TEXT: "a line",
    QuestionKind.LONG_TEXT: "a paragraph or more",
    QuestionKind.CHOICE: "a choice",
    QuestionKind.DATE: "a date",
    QuestionKind.MONEY: "an amount",
    QuestionKind.TABLE: "a table",
    QuestionKind.YES_NO: "yes or no",
}
"""What an answer is, in words."""


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """The library, or the part of it that somebody asked for."""

    stages: Sequence[tuple[Stage, Sequence[TemplateLink]]]
    total: int
    stage: str
    readers: str
    by_stage: Sequence[tuple[str, str, int]]
    """(slug, words, how many) of every stage that has any, whoever reads them."""
    by_readers: Sequence[tuple[str, str, int]]
    clauses: int


def templates_page(*, stage: str, readers: str) -> TemplatesPage:
    """What there is for a stage and for readers; what names none of them asks for all. No query, beside what is kept for
    a few seconds."""
    every = shelf.templates()
    stage = stage if stage in list(Stage) else ""
    readers = readers if readers in list(Readers) else ""
    of_stage = [link for link in every if not stage or link.stage == stage]
    found = [link for link in of_stage if not readers or link.readers == readers]
    for_readers = [link for link in every if not readers or link.readers == readers]
    by_stage = [(each.value, each.label, sum(link.stage == each for link in for_readers)) for each in Stage]
    by_readers = [
        (each.value, each.label, sum(link.readers == each for link in of_stage)) for each in Readers
    ]
    stages = [(each, [link for link in found if link.stage == each]) for each in Stage]
    return TemplatesPage(
        stages=[(each, links) for each, links in stages if links],
        total=len(found),
        stage=stage,
        readers=readers,
        by_stage=[each for each in by_stage if each[2] or each[0] == stage],
        by_readers=[each for each in by_readers if each[2] or each[0] == readers],
        clauses=len(shelf.clauses()),
    )


@dataclass(frozen=True, slots=True)
class SectionOfQuestions:
    """A section and what it asks: (question, what an answer is)."""

    title: str
    questions: Sequence[tuple[Question, str]]


@dataclass(frozen=True, slots=True)
class Blank:
    """A file with nothing filled in."""

    label: str
    url: str
    size: int


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """A template as readers see it."""

    template: DocumentTemplate
    stage: Stage
    is_letter: bool
    who_reads: str
    who_may_open: str
    sections: Sequence[SectionOfQuestions]
    asks: int
    blanks: Sequence[Blank]
    has_every_blank: bool
    start_url: str
    guidance: Sequence[PageLink]
    steps: Sequence[Any]
    clauses: Sequence[ClauseLink]
    sources: Sequence[SourceLine]
    upkeep: Upkeep
    version: int | None
    variant: Sequence[Markup]
    examples: Sequence[Markup]


def definition_from(item: DocumentTemplate, text: str) -> Template:
    """The definition in a text, whether it is live or a draft. Raises ContentError."""
    given, words = content.read(text, where=item.slug or "template")
    return reading.template_from(Front(given, item.slug or "template"), words)


def template_page(item: DocumentTemplate, definition: Template, reader: Reader | None = None) -> TemplatePage:
    """A template; `reader` is who asks, None for a stranger or a preview. One query, beside what is kept for a few seconds
    and what members’ panels ask."""
    link = next((each for each in shelf.templates() if each.slug == item.slug), None)
    blanks = _blanks(item)
    known = {clause.slug: clause for clause in shelf.clauses()}
    sources = sources_of(item)
    asked_by = {"template": item, "reader": reader}
    return TemplatePage(
        template=item,
        stage=Stage(item.stage),
        is_letter=item.form == Form.LETTER,
        who_reads=Readers(item.readers).label,
        who_may_open=Confidence(item.confidence).label,
        sections=[
            SectionOfQuestions(
                section.title,
                [(question, KINDS[question.kind]) for question in definition.in_section(section.slug)],
            )
            for section in definition.sections
        ],
        asks=len(definition.questions),
        blanks=blanks,
        has_every_blank=len(blanks) == len(FORMATS),
        start_url=f"{reverse('document_new')}?template={item.slug}",
        guidance=list(pages_by_slug(item.guidance).values()),
        steps=_filled(
            STEPS_SLOT,
            {"slugs": link.slugs if link is not None else frozenset((item.slug,)), "steps": item.steps},
        ),
        clauses=[known[slug] for slug in definition.clauses if slug in known],
        sources=sources,
        upkeep=upkeep_of(item, sources),
        version=item.live_number,
        variant=slots.fill(VARIANT_SLOT, asked_by) if reader is not None else (),
        examples=slots.fill(EXAMPLES_SLOT, asked_by) if reader is not None else (),
    )


def _filled(slot: str, context: Mapping[str, Any]) -> list[Any]:
    return [link for filling in slots.fill(slot, context) for link in filling]


def _blanks(item: DocumentTemplate) -> list[Blank]:
    """In the order of the formats; nothing that was made of another revision. One query."""
    sizes = dict(
        BlankFile.objects.filter(template_id=item.pk, number=item.live_number or 0).values_list(
            "format", "size"
        )
    )
    return [
        Blank(form.label, reverse("template_blank", args=[item.slug, form.slug]), sizes[form.slug])
        for form in FORMATS.values()
        if form.slug in sizes
    ]


def live_template_page(item: DocumentTemplate, reader: Reader | None) -> TemplatePage:
    """A published template."""
    assert item.live_number is not None
    return template_page(item, versions.template_of(item.pk, item.live_number), reader)


@dataclass(frozen=True, slots=True)
class ExamplePage:
    """A template’s example, as whoever filled it in would have it."""

    template: DocumentTemplate
    document: Markup


def example_of(definition: Template, clauses: Mapping[str, ClauseText]) -> Markup:
    """The example assembled, as HTML, its title a heading of the second level."""
    put = Put(definition, clauses, clock.today())
    return _shown(assemble(put, definition.example), level=2)


def live_example_page(item: DocumentTemplate) -> ExamplePage:
    """The example of a published template. One query, where it uses clauses."""
    put = versions.live(item, on=clock.today())
    return ExamplePage(item, example_of(put.template, put.clauses))


def _shown(paper: Paper, *, level: int) -> Markup:
    return html.fragment(paper, level=level)


@dataclass(frozen=True, slots=True)
class NegotiatingVariant:
    """Another wording, and when to give way to it."""

    note: str
    wording: Markup


@dataclass(frozen=True, slots=True)
class ClausePage:
    """A clause with its notes."""

    clause: Clause
    when_to_use: str
    watch: str
    wording: Markup
    variants: Sequence[NegotiatingVariant]
    used_by: Sequence[TemplateLink]
    guidance: Sequence[PageLink]
    sources: Sequence[SourceLine]
    upkeep: Upkeep
    version: int | None


def clause_page(item: Clause) -> ClausePage:
    """A clause as its columns say, live or a draft. No query, beside what is kept for a few seconds."""
    today = clock.today()
    sources = sources_of(item)
    text = ClauseText(item.title, tuple(body.blocks_of(item.body)), item.gaps)
    return ClausePage(
        clause=item,
        when_to_use=filled(item.when_to_use, on=today),
        watch=filled(item.watch, on=today),
        wording=_shown(Paper("The wording", (clause_alone(text, as_of=today),)), level=2),
        variants=[
            NegotiatingVariant(variant["note"], _shown(_wording(item, variant), level=3))
            for variant in item.variants
        ],
        used_by=shelf.using(item.slug),
        guidance=list(pages_by_slug(item.guidance).values()),
        sources=sources,
        upkeep=upkeep_of(item, sources),
        version=item.live_number,
    )


def _wording(item: Clause, variant: Mapping[str, str]) -> Paper:
    """The paragraphs of another wording, under its title; they get their numbers where they stand."""
    text = ClauseText(variant["title"], tuple(body.blocks_of(variant["text"])), item.gaps)
    return Paper(variant["title"], clause_alone(text, as_of=clock.today()).blocks)
