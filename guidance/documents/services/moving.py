"""Moving a live document to the newest version of its template. Answers go along by name, or by the name they had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from guidance.documents import permissions, subjects, versions
from guidance.documents.assembly import answers as said
from guidance.documents.assembly.definitions import Confidence, Question, Readers, Template
from guidance.documents.models import Document, DocumentStatus, VariantVersion
from guidance.documents.services import beginning
from guidance.documents.services.common import locked, touch
from toolkit.accounts import activity
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused

IS_PUBLISHED = "The procurement is published: its documents stay as they are."


@dataclass(frozen=True, slots=True)
class Move:
    """What moving would do, before anybody does it."""

    to_number: int
    new_questions: list[Question]
    carried_over: list[tuple[Question, Any]]
    """Answers that take another question’s place: it had another name before."""
    left_behind: list[tuple[Question, Any]]
    """Answers to questions that are not asked any more, or that do not fit: kept in the record, not in the document."""
    confidence: Confidence
    """Who may read it then: never more people than now."""
    pins: versions.Pins
    """The clauses it would read."""
    variant: VariantVersion | None

    @property
    def stamp(self) -> str:
        """What it would read beside the template, in a form field."""
        pins = sorted(f"{key}.{number}" for key, number in self.pins.values())
        return "-".join([str(self.variant.pk if self.variant is not None else 0), *pins])


def newest_number(document: Document) -> int:
    """The version a document begun today would read."""
    variant = beginning.variant_in_use(document.template, document.organisation)
    number = variant.base_number if variant is not None else document.template.live_number
    assert number is not None, "a document is of a template that was published"
    return number


def stays(document: Document) -> str:
    """Why a document stays on its version, in a sentence; empty when it may move."""
    if document.status == DocumentStatus.REVIEWED:
        return "It is reviewed and stays as it is."
    provider = subjects.provider_of(document.subject_kind)
    readers = versions.definition_of(document).readers
    if (
        provider is not None
        and readers in (Readers.SUPPLIERS, Readers.PUBLIC)
        and provider.is_published(document.subject_key)
    ):
        return IS_PUBLISHED
    return ""


def planned(document: Document) -> Move | None:
    """What moving to the newest versions of template, variant and clauses would do; None when it is on them, or when the
    newest cannot be begun on, because the template or a clause of it is withdrawn."""
    if not document.template.is_published:
        return None
    number = newest_number(document)
    variant = beginning.variant_in_use(document.template, document.organisation)
    moved = Document(template=document.template, template_number=number, variant_version=variant)
    after = versions.definition_of(moved)
    try:
        pins = versions.pins_for(after, versions.held_by(variant))
    except KeyError:
        return None
    is_newest = number == document.template_number and variant == document.variant_version
    if is_newest and all(document.clause_pins.get(slug) == pin for slug, pin in pins.items()):
        return None
    new, carried, left = _answers(versions.definition_of(document), after, document)
    confidence = subjects.narrower(Confidence(document.confidence), after.confidence)
    return Move(number, new, carried, left, confidence, pins, variant)


def _answers(
    before: Template, after: Template, document: Document
) -> tuple[list[Question], list[tuple[Question, Any]], list[tuple[Question, Any]]]:
    """New questions, answers carried over, answers left behind."""
    answers = {
        answer.name: answer.value for answer in document.answers.all() if said.is_answered(answer.value)
    }
    new: list[Question] = []
    carried: list[tuple[Question, Any]] = []
    taken: set[str] = set()
    for question in after.questions:
        name = question.name if question.name in answers else question.was
        if name in answers and _fits(question, answers[name]):
            taken.add(name)
            if name != question.name:
                carried.append((question, answers[name]))
        elif not before.has(question.name):
            new.append(question)
    left = [
        (before.question(name), value)
        for name, value in answers.items()
        if name not in taken and before.has(name)
    ]
    return new, carried, left


def _fits(question: Question, value: Any) -> bool:
    try:
        return said.is_answered(said.checked(question, value))
    except said.BadAnswer:
        return False


@transaction.atomic
def move(*, document: Document, to_number: int, actor: Person, seen: str | None = None) -> None:
    """Move a document to the newest version. `to_number` is the one the page told about, `seen` the stamp of what it showed
    of the rest. Raises Refused."""
    document = locked(document)
    if not permissions.may_write(reader_of(actor), document):
        raise Refused("You may not change this document")
    why_not = stays(document) or ("It is being reviewed" if document.status != DocumentStatus.DRAFT else "")
    if why_not:
        raise Refused(why_not)
    plan = planned(document)
    if plan is None:
        return
    if plan.to_number != to_number or seen not in (None, plan.stamp):
        raise Refused("There is a newer version still: look at what it would change")
    document.template_number = plan.to_number
    document.variant_version = plan.variant
    definition = versions.definition_of(document)
    document.clause_pins = dict(plan.pins)
    document.confidence = plan.confidence
    document.figures_on = clock.today()
    touch(document, "template_number", "variant_version", "clause_pins", "confidence", "figures_on")
    for question, value in plan.carried_over:
        beginning.write(document, question.name, value, by=actor)
    for question, _ in plan.left_behind:
        if definition.has(question.name):  # it is asked in another way now: the old answer would not fit
            beginning.write(
                document, question.name, said.checked(definition.question(question.name), ""), by=actor
            )
    beginning.fill(document)
    activity.note_on(document, "moved", actor=actor, more=" to a newer version of its template")
