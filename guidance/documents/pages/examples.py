"""What the pages of examples need, made ready: the templates only loop."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from markupsafe import Markup

from guidance.documents.assembly import answers as said
from guidance.documents.assembly import papers, sharing
from guidance.documents.assembly.blocks import Paper
from guidance.documents.assembly.definitions import Question, QuestionKind
from guidance.documents.models import Document, DocumentTemplate, Example
from guidance.documents.services.examples import Material
from guidance.documents.writers import html
from toolkit.accounts.visibility import Reader
from toolkit.core.stages import Stage

SHOWN = 120
"""Characters of an answer beside its question."""


def shared_examples(reader: Reader) -> QuerySet[Example]:
    """Those that are shared now, for members of any borough and nobody else; without their papers."""
    if not reader.is_member:
        return Example.objects.none()
    return (
        Example.objects.filter(withdrawn_at=None)
        .select_related("template", "organisation", "document")
        .defer("paper")
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The examples of one template."""

    template: DocumentTemplate
    stage: str
    examples: Sequence[Example]


def groups(reader: Reader, stage: str = "") -> Sequence[Group]:
    """Every example by template, in the order of the stages. One query."""
    order = {each.value: number for number, each in enumerate(Stage)}
    found: dict[int, list[Example]] = {}
    templates: dict[int, DocumentTemplate] = {}
    for example in shared_examples(reader):
        if not stage or example.template.stage == stage:
            templates[example.template_id] = example.template
            found.setdefault(example.template_id, []).append(example)
    ordered = sorted(
        templates.values(), key=lambda template: (order[template.stage], template.position, template.title)
    )
    return [Group(each, Stage(each.stage).label, found[each.pk]) for each in ordered]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer of the finished copy: may it be shown, and what does it say."""

    name: str
    ask: str
    words: str
    why_closed: str


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which answers could be shown, and which never."""

    open: Sequence[AnswerRow]
    closed: Sequence[AnswerRow]


def choosing(material: Material) -> Choosing:
    """No query."""
    rows = [_row(question, material) for question in material.questions]
    return Choosing([row for row in rows if not row.why_closed], [row for row in rows if row.why_closed])


def _row(question: Question, material: Material) -> AnswerRow:
    words = " ".join(said.words(question, material.answers[question.name]).split())
    if question.kind == QuestionKind.TABLE:
        words = f"A table of {words}"
    return AnswerRow(
        question.name,
        question.ask,
        words if len(words) <= SHOWN else f"{words[:SHOWN].rstrip()}…",
        sharing.why_closed(question),
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what boroughs would see."""

    paper: Markup
    digest: str
    left_out: Sequence[str]
    """The questions whose answers are left out."""
    still_there: Sequence[str]
    """Those whose answer stands elsewhere in the text."""


def preview(document: Document, material: Material, chosen: Collection[str], words: Sequence[str]) -> Preview:
    """`words`: the title and what others can learn, which boroughs would read too. No query."""
    out = material.left_out(chosen)
    paper = material.paper(out, by=document.organisation.short_name)
    template = material.put.template
    found = sharing.still_there(template, material.answers, out, [*sharing.texts_of(paper), *words])
    return Preview(
        html.fragment(paper),
        papers.digest_of(paper),
        [template.question(name).ask for name in out],
        [question.ask for question in found],
    )


def paper_of(example: Example) -> Markup:
    paper: Paper = papers.read(example.paper)
    return html.fragment(paper)
