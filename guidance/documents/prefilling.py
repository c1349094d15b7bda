"""What is known already: facts of the subject, and answers of other documents of the same subject."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse

from guidance.documents import subjects, versions
from guidance.documents.assembly import answers as said
from guidance.documents.assembly.definitions import Column, Confidence, Question, QuestionKind, Template
from guidance.documents.facts import FACTS
from guidance.documents.models import Answer, Document, as_value
from guidance.documents.subjects import Audience, Known, Provider, may_go_into
from toolkit.core.text import plain

OF_THE_ORGANISATION = "organisation"


def known_for(document: Document) -> Mapping[str, Known]:
    """What may be filled into this document, by fact: of the facts it asks. The subject’s own word wins; then the answer
    given last, in a document of the same subject or of one it came of. Nothing comes in that not all who may read
    documents of this confidence here may read there: what belongs to another record has other readers, whatever the
    confidence is called. (Whoever is put on one document is let in by somebody who reads it.)"""
    confidence = Confidence(document.confidence)
    wanted = {question.fact for question in versions.definition_of(document).questions if question.fact}
    found: dict[str, Known] = {
        OF_THE_ORGANISATION: Known(document.organisation.name, "your organisation’s name here")
    }
    provider = subjects.provider_of(document.subject_kind)
    if provider is None:
        return found
    places = [_Place(document.subject_kind, document.subject_key, provider, None)]
    for kind, key in provider.earlier(document.subject_key):
        owner = subjects.provider_of(kind)
        if owner is not None:
            places.append(_Place(kind, key, owner, provider.audience(document.subject_key, confidence)))
    for place in places:
        for name, known in place.provider.facts(place.key).items():
            if name in wanted and may_go_into(known.confidence, confidence) and place.lets(known.confidence):
                found.setdefault(name, known)
    for name, known in _from_documents(document, places, wanted):
        found.setdefault(name, known)
    return found


@dataclass(frozen=True)
class _Place:
    """A record that a document may take from. `readers`: who reads the document, where that has to be held against who
    reads here; None for the record it belongs to, whose own confidences are compared."""

    kind: str
    key: str
    provider: Provider
    readers: Audience | None
    _asked: dict[Confidence, Audience] = field(default_factory=dict, compare=False)

    def lets(self, confidence: Confidence) -> bool:
        """May all who read the document read what has this confidence here?"""
        return self.readers is None or self.readers.is_within(self._audience(confidence))

    def _audience(self, confidence: Confidence) -> Audience:
        """Asked once for each confidence."""
        if confidence not in self._asked:
            self._asked[confidence] = self.provider.audience(self.key, confidence)
        return self._asked[confidence]


def _from_documents(
    document: Document, places: Sequence[_Place], wanted: Collection[str]
) -> Iterable[tuple[str, Known]]:
    confidence = Confidence(document.confidence)
    where = Q()
    for place in places:
        where |= Q(subject_kind=place.kind, subject_key=place.key)
    by_place = {(place.kind, place.key): place for place in places}
    others = {
        each.pk: each
        for each in Document.objects.filter(where, organisation_id=document.organisation_id)
        .exclude(pk=document.pk)
        .select_related("template")
        if may_go_into(Confidence(each.confidence), confidence)
        and by_place[each.subject_kind, each.subject_key].lets(Confidence(each.confidence))
    }
    giving = {
        (key, question.name): question.fact
        for key, other in others.items()
        for question in versions.definition_of(other).questions
        if question.fact in wanted and question.rows is None
    }
    given = Answer.objects.filter(
        document_id__in=others, name__in={name for _, name in giving}, by__isnull=False
    ).order_by("-at", "-pk")
    for answer in given:
        fact = giving.get((answer.document_id, answer.name))
        if fact is not None and said.is_answered(answer.value):
            other = others[answer.document_id]
            yield (
                fact,
                Known(
                    answer.value,
                    f"“{other.template.title}” ({other.reference})",
                    reverse("document", args=[other.reference]),
                    Confidence(other.confidence),
                ),
            )


def fitting(question: Question, value: Any, answers: Mapping[str, Any]) -> Any:
    """A known value as this question keeps it; empty when it does not fit. A table takes the columns that the fact
    shares, and of those the cells that fit; with `rows`, only the rows of the name that was answered there."""
    if question.kind == QuestionKind.TABLE:
        if question.rows is not None:
            wanted = plain(str(answers.get(question.rows.question) or ""))
            value = [row for row in value if wanted and plain(row.get(question.rows.column, "")) == wanted]
        shared = [column for column in question.columns if column.name in FACTS[question.fact].columns]
        rows = [{column.name: _cell(column, row.get(column.name, "")) for column in shared} for row in value]
        return said.with_ids(said.checked(question, rows[: said.MOST_ROWS]))
    try:
        return said.checked(question, value)
    except said.BadAnswer:
        return ""


def _cell(column: Column, value: str) -> str:
    try:
        return said.checked_cell(column, value)
    except said.BadAnswer:
        return ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A question whose source says something else than it did, or says something at last."""

    question: Question
    mine: Any
    theirs: Any
    known: Known


def changed_since(
    template: Template, answers: Mapping[str, Answer], known: Mapping[str, Known]
) -> list[Changed]:
    """What the sources say now and did not when the answer was filled in or typed. What was declined is not asked again;
    nothing is ever taken by itself."""
    found = []
    values = {name: answer.value for name, answer in answers.items()}
    for question in template.questions:
        if not question.fact or question.fact not in known:
            continue
        theirs = fitting(question, known[question.fact].value, values)
        answer = answers.get(question.name)
        mine = as_value(answer.value) if answer is not None else ""
        asked_before = [] if answer is None else [answer.source_value, answer.declined_value]
        if said.is_answered(theirs) and not said.same(theirs, mine) and not any(said.same(theirs, old) for old in asked_before):  # fmt: skip
            found.append(Changed(question, mine, theirs, known[question.fact]))
    return found
