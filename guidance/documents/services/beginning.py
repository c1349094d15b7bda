"""Beginning a document: from the library, from a step, from a contract, or like another one."""

from __future__ import annotations

import uuid

from django.db import transaction

from guidance.documents import permissions, prefilling, subjects, versions
from guidance.documents.assembly import answers as said
from guidance.documents.assembly.definitions import Confidence, Question, Template
from guidance.documents.models import (
    Answer,
    AnswerChange,
    Document,
    DocumentPerson,
    DocumentTemplate,
    VariantVersion,
)
from guidance.documents.subjects import Known, Subject
from toolkit.accounts import activity
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right
from toolkit.core import clock, references
from toolkit.core.errors import Refused

PREFIX = "DC"


def variant_in_use(template: DocumentTemplate, organisation: Organisation) -> VariantVersion | None:
    """The newest version of the organisation’s variant, if it has one in use. One query."""
    return (
        VariantVersion.objects.filter(
            variant__template=template, variant__organisation=organisation, variant__is_in_use=True
        )
        .order_by("-number")
        .first()
    )


@transaction.atomic
def begin(
    *,
    template: DocumentTemplate,
    organisation: Organisation,
    actor: Person,
    subject: Subject | None = None,
    step: str = "",
    label: str = "",
    form_key: uuid.UUID | None = None,
) -> Document:
    """Begin a document on the newest versions, filled with what its subject knows. The form sent twice begins it once.

    Raises Refused when the template is not published or the person may not.
    """
    template = DocumentTemplate.objects.select_for_update(no_key=True).get(pk=template.pk)
    again = _begun_before(template, subject, actor, form_key)
    if again is not None:
        return again
    return _begin(template, organisation, actor, subject, step, label, form_key)


def _begun_before(
    template: DocumentTemplate, subject: Subject | None, actor: Person, form_key: uuid.UUID | None
) -> Document | None:
    """What this very form began, asked under the lock: it may be sent twice at once. Raises Refused for a key that began
    something else."""
    there = Document.objects.filter(form_key=form_key).first() if form_key is not None else None
    if there is None:
        return None
    where = (subject.kind, subject.key) if subject is not None else ("", "")
    if (there.created_by_id, there.template_id, there.subject_kind, there.subject_key) != (
        actor.pk,
        template.pk,
        *where,
    ):
        raise Refused("This form was sent already. Go back to where you began, and start again")
    return there


def _begin(
    template: DocumentTemplate,
    organisation: Organisation,
    actor: Person,
    subject: Subject | None,
    step: str,
    label: str,
    form_key: uuid.UUID | None,
    *,
    at_least: Confidence = Confidence.OPEN,
) -> Document:
    """Begin one, no more widely read than `at_least`."""
    if not template.is_published or template.live_number is None:
        raise Refused("This template is not published")
    if subject is not None:
        organisation = subject.organisation
    variant = variant_in_use(template, organisation)
    number = variant.base_number if variant is not None else template.live_number
    definition = versions.template_of(template.pk, number)
    confidence = subjects.narrower(definition.confidence, at_least)
    reader = reader_of(actor)
    if subject is not None:
        provider = subjects.provider_of(subject.kind)
        if provider is None or not provider.may_write(subject.key, reader, confidence, step):
            raise Refused("You may not begin a document here")
        if not provider.asks_for(subject.key, step, template.slug, template.steps):
            raise Refused("That step does not ask for this document")
    if not reader.may(Right.DRAFT, organisation.pk):
        raise Refused("You may not begin a document here")
    document = Document.objects.create(
        reference=references.new(
            PREFIX, taken=lambda tried: Document.objects.filter(reference=tried).exists()
        ),
        organisation=organisation,
        template=template,
        template_number=number,
        clause_pins=pins_for(definition, variant),
        variant_version=variant,
        label=label.strip(),
        subject_kind=subject.kind if subject is not None else "",
        subject_key=subject.key if subject is not None else "",
        step=step,
        confidence=confidence,
        created_by=actor,
        form_key=form_key,
    )
    if not permissions.may_read(reader, document):
        # Whoever a step is given to works on its documents without being on the team.
        DocumentPerson.objects.create(document=document, person=actor, added_by=actor)
    fill(document)
    activity.note_on(document, "began", actor=actor)
    return document


def pins_for(definition: Template, variant: VariantVersion | None) -> dict[str, list[int]]:
    """The clauses as they stand, or as the organisation’s version holds them. Raises Refused when one is withdrawn: that
    version may hold on to a central one that uses it."""
    try:
        return versions.pins_for(definition, versions.held_by(variant))
    except KeyError as missing:
        raise Refused(
            f"It uses the clause “{missing.args[0]}”, which is not published any more: ask an administrator of your "
            "organisation to take the newest central version"
        ) from missing


def fill(document: Document) -> None:
    """Answer what is known and not answered yet, saying where it came from."""
    definition = versions.definition_of(document)
    known = prefilling.known_for(document)
    answers = dict(document.answers.values_list("name", "value"))
    for question in definition.questions:
        if question.fact not in known or question.name in answers:
            continue
        value = prefilling.fitting(question, known[question.fact].value, answers)
        if said.is_answered(value):
            write(document, question.name, value, source=known[question.fact], source_value=value)
            answers[question.name] = value


def fill_rows(document: Document, name: str, *, before: object) -> None:
    """The answer `name` says whose rows go into other tables: fill them in. Where it named somebody else `before`, what
    stands there goes out, whoever typed it: one bidder’s scores never stand in another’s letter."""
    definition = versions.definition_of(document)
    following = [
        each for each in definition.questions if each.rows is not None and each.rows.question == name
    ]
    if not following:
        return
    known = prefilling.known_for(document)
    answers = {answer.name: answer for answer in document.answers.all()}
    values = {each: answer.value for each, answer in answers.items()}
    for question in following:
        there = answers.get(question.name)
        is_typed = there is not None and there.by_id is not None
        if is_typed and not said.is_answered(before):
            continue
        source = known.get(question.fact)
        value = prefilling.fitting(question, source.value, values) if source is not None else []
        if not said.same(there.value if there is not None else "", value):
            write(document, question.name, value, source=source, source_value=value)


def write(
    document: Document,
    name: str,
    value: object,
    *,
    by: Person | None = None,
    source: Known | None = None,
    source_value: object = None,
    declined_value: object = None,
    form_key: uuid.UUID | None = None,
) -> Answer:
    """Put an answer into a locked or new document, and into its history. `by` None: it was filled in."""
    answer = document.answers.filter(name=name).first() or Answer(document=document, name=name, number=0)
    answer.value, answer.by, answer.number = value, by, answer.number + 1
    answer.source_words = source.words[:200] if source is not None else ""
    answer.source_url = source.url[:300] if source is not None else ""
    answer.source_value, answer.declined_value = source_value, declined_value
    if isinstance(value, list):
        answer.rows_given = max(answer.rows_given, said.highest_id(value))
    answer.at = clock.now()
    answer.save()
    AnswerChange.objects.create(
        document=document,
        name=name,
        value=value,
        number=answer.number,
        by=by,
        source_words=answer.source_words,
        form_key=form_key,
    )
    return answer


@transaction.atomic
def begin_like(
    *, document: Document, label: str, actor: Person, form_key: uuid.UUID | None = None
) -> Document:
    """Another document of the same template and subject with the same answers, but those that differ in each: the
    next of twelve letters. It takes the newest versions, is read by no more people, and who gave an answer stays who gave
    it: they cannot review it. Raises Refused."""
    reader = reader_of(actor)
    if not permissions.may_read(reader, document):
        raise Refused("You may not begin a document here")
    provider = subjects.provider_of(document.subject_kind)
    subject = provider.find(document.subject_key, reader) if provider is not None else None
    if document.subject_kind and subject is None:
        raise Refused("You may not begin a document here")
    template = DocumentTemplate.objects.select_for_update(no_key=True).get(pk=document.template_id)
    again = _begun_before(template, subject, actor, form_key)
    if again is not None:
        return again
    made = _begin(
        template, document.organisation, actor, subject, _step_of(document, template, subject), label, form_key,
        at_least=Confidence(document.confidence),
    )  # fmt: skip
    definition = versions.definition_of(made)
    for answer in document.answers.filter(by__isnull=False).select_related("by"):
        # What was only filled in is filled in anew, from what its source says now.
        if not definition.has(answer.name):
            continue
        question = definition.question(answer.name)
        if question.differs or question.rows is not None:
            continue
        value = _fits(question, answer.value)
        if said.is_answered(value):
            write(
                made, answer.name, value, by=answer.by, source=_source_of(answer),
                source_value=answer.source_value, declined_value=answer.declined_value,
            )  # fmt: skip
    return made


def _step_of(document: Document, template: DocumentTemplate, subject: Subject | None) -> str:
    """The step it was begun from, if that still asks for this template."""
    provider = subjects.provider_of(subject.kind) if subject is not None else None
    if provider is None or subject is None:
        return ""
    asks = provider.asks_for(subject.key, document.step, template.slug, template.steps)
    return document.step if asks else ""


def _source_of(answer: Answer) -> Known | None:
    """Where somebody took it from, if they typed nothing."""
    return Known(answer.value, answer.source_words, answer.source_url) if answer.source_words else None


def _fits(question: Question, value: object) -> object:
    try:
        return said.checked(question, value)
    except said.BadAnswer:
        return ""
