"""Questions about documents: where one stands, what was reviewed, which wait for somebody, and which are mine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from guidance.documents import subjects, versions
from guidance.documents.assembly import answers as said
from guidance.documents.assembly.assembling import asked
from guidance.documents.assembly.definitions import Question, Template
from guidance.documents.models import (
    Answer,
    Document,
    DocumentPerson,
    DocumentStatus,
    DocumentTemplate,
    Review,
    ReviewState,
)
from guidance.documents.querysets import DocumentQuerySet
from guidance.documents.subjects import Subject
from toolkit.accounts.visibility import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document asks with the answers it has."""

    definition: Template
    answers: Mapping[str, Answer]
    asked: Sequence[Question]

    def value(self, name: str) -> Any:
        return self.answers[name].value if name in self.answers else ""

    def is_answered(self, question: Question) -> bool:
        return said.is_answered(self.value(question.name))

    @property
    def missing(self) -> list[Question]:
        """What is required, asked and not answered."""
        return [each for each in self.asked if each.is_required and not self.is_answered(each)]

    def in_section(self, slug: str) -> list[Question]:
        """What is asked in a section."""
        return [each for each in self.asked if each.section == slug]

    def after(self, question: Question) -> Question | None:
        """The next question of its section; None at its end."""
        names = [each.name for each in self.definition.questions]
        here = names.index(question.name)
        later = set(names[here + 1 :])
        return next((each for each in self.in_section(question.section) if each.name in later), None)


def standing_of(document: Document) -> Standing:
    """One query, and one more for a version that this process has not read yet."""
    definition = versions.definition_of(document)
    answers = {each.name: each for each in document.answers.select_related("by")}
    return Standing(
        definition, answers, asked(definition, {name: each.value for name, each in answers.items()})
    )


def reviews_of(document: Document) -> dict[int, Review]:
    """Number of a clean copy → the newest review that passed what it says. What passed comes out clean at once; a copy made
    later that says the same is as good, one that says anything else is not reviewed. Two queries."""
    passed = list(
        Review.objects.filter(document=document, state=ReviewState.PASSED)
        .annotate(of_number=F("made__number"))
        .select_related("by")
        .order_by("at", "pk")
    )
    if not passed:
        return {}
    clean = list(
        document.made.filter(is_draft=False).order_by("number").values_list("number", "paper_digest")
    )
    found: dict[int, Review] = {}
    for review in passed:
        later = [copy for copy in clean if copy[0] > review.of_number]
        found |= {number: review for number, digest in later if digest == later[0][1]}
    return found


def waiting_reviews(reader: Reader) -> list[Review]:
    """What a person has to do about reviews, oldest first: those asked of them, and changes asked for in what they began or
    sent to be reviewed, until it is sent again. Only of documents that they may open. One query where there is nothing, as on
    most days; two where there is."""
    asked_of_me = Q(state=ReviewState.ASKED, asked_of_id=reader.person_id)
    later = Review.objects.filter(document=OuterRef("document"), pk__gt=OuterRef("pk")).exclude(
        state=ReviewState.WITHDRAWN
    )
    given_back = (
        Q(state=ReviewState.CHANGES, document__status=DocumentStatus.DRAFT)
        & (Q(asked_by_id=reader.person_id) | Q(document__created_by_id=reader.person_id))
        & ~Q(Exists(later))
    )
    found = list(
        Review.objects.filter(asked_of_me | given_back)
        .select_related("document__template", "asked_by", "by")
        .order_by("asked_at", "pk")
    )
    if not found:
        return []
    # Asked second: what everybody may open costs more to put into words than all the rest of the home page.
    may_open = set(
        Document.objects.visible_to(reader)
        .filter(pk__in={review.document_id for review in found})
        .values_list("pk", flat=True)
    )
    return [review for review in found if review.document_id in may_open]


def listed(reader: Reader, *, only_mine: bool = True, status: str = "", words: str = "") -> QuerySet[Any]:
    """What this person may open: what waits for their review (`is_waiting`) first, then the newest. `only_mine`: that they
    began, are on, or are asked to review. `words`: every one of them in its reference, its label, its template’s title, or
    the title of its record where this reader may open that."""
    assert reader.person_id is not None, "strangers have no documents"
    is_on = DocumentPerson.objects.filter(document=OuterRef("pk"), person_id=reader.person_id)
    waits = Review.objects.filter(
        document=OuterRef("pk"), state=ReviewState.ASKED, asked_of_id=reader.person_id
    )
    found = Document.objects.visible_to(reader).annotate(is_waiting=Exists(waits))
    if only_mine:
        found = found.filter(Q(created_by_id=reader.person_id) | Q(Exists(is_on)) | Q(is_waiting=True))
    if status:
        found = found.filter(status=status)
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(_says(word, reader))
    return found.select_related("template", "organisation").order_by("-is_waiting", "-updated_at", "-pk")


MOST_WORDS = 8
"""What is typed beyond them does not count."""


def _says(word: str, reader: Reader) -> Q:
    condition = Q(reference__icontains=word) | Q(label__icontains=word) | Q(template__title__icontains=word)
    for provider in subjects.every():
        titled = provider.titled(word, reader)
        if titled is not None:
            condition |= Q(subject_kind=provider.kind, subject_key__in=titled)
    return condition


def alike(
    reader: Reader, template: DocumentTemplate, subject: Subject | None, organisation_id: int
) -> DocumentQuerySet[Document]:
    """Documents of the same template and subject that this reader may open, newest first; without a subject, their own."""
    found = Document.objects.visible_to(reader).filter(template=template).select_related("template")
    if subject is not None:
        return found.of_subject(subject.kind, subject.key)
    return found.filter(subject_kind="", organisation_id=organisation_id, created_by_id=reader.person_id)


def titles_of_subjects(documents: Sequence[Document], reader: Reader) -> dict[str, str]:
    """Subject → title, where this reader may open its record: each kind is asked once."""
    found: dict[str, str] = {}
    for provider in subjects.every():
        keys = {each.subject_key for each in documents if each.subject_kind == provider.kind}
        if keys:
            titles = provider.titles(keys, reader)
            found |= {f"{provider.kind}:{key}": title for key, title in titles.items()}
    return found


def subject_of(document: Document, reader: Reader) -> Subject | None:
    """The record it belongs to, where this reader may open it."""
    provider = subjects.provider_of(document.subject_kind)
    return provider.find(document.subject_key, reader) if provider is not None else None
