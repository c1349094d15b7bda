"""The history of a document: answers, reviews and what was made, put into one order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from guidance.documents import versions
from guidance.documents.models import AnswerChange, Document, Made, Review
from guidance.documents.pages.documents import Happened, answered_sentence, made_sentence, review_sentences
from toolkit.accounts.models import Activity
from toolkit.core.text import sentence


@dataclass(frozen=True, slots=True)
class Place:
    """When something happened, and where it is kept."""

    at: dt.datetime
    kind: str
    key: int
    part: int = 0
    """Of a review: asking is 0, the answer 1."""


def places(document: Document) -> list[Place]:
    """Everything, newest first, without the answers themselves: a document with tables has thousands. Four queries."""
    answers = AnswerChange.objects.filter(document=document).order_by().values_list("at", "pk")
    made = Made.objects.filter(document=document).order_by().values_list("made_at", "pk")
    found = [Place(at, "answer", key) for at, key in answers] + [Place(at, "made", key) for at, key in made]
    for asked_at, at, key in Review.objects.filter(document=document).values_list("asked_at", "at", "pk"):
        found.append(Place(asked_at, "review", key))
        if at is not None:
            found.append(Place(at, "review", key, 1))
    told_elsewhere = Q(sentence__contains=" asked for ") | Q(sentence__contains=" reviewed document ")
    others = Activity.objects.filter(organisation_id=document.organisation_id, reference=document.reference)
    found += [
        Place(at, "activity", key) for at, key in others.exclude(told_elsewhere).values_list("at", "pk")
    ]
    return sorted(found, key=lambda place: (place.at, place.kind, place.key, place.part), reverse=True)


def told(document: Document, some: Sequence[Place]) -> list[Happened]:
    """These places in words. Four queries."""
    keys = {
        kind: [place.key for place in some if place.kind == kind]
        for kind in ("answer", "made", "review", "activity")
    }
    answers = AnswerChange.objects.filter(pk__in=keys["answer"]).select_related("by").in_bulk()
    made = (
        Made.objects.filter(pk__in=keys["made"]).defer("paper", "answers").select_related("made_by").in_bulk()
    )
    reviews = (
        Review.objects.filter(pk__in=keys["review"]).select_related("asked_by", "asked_of", "by").in_bulk()
    )
    activities = Activity.objects.in_bulk(keys["activity"])
    definition = versions.definition_of(document)
    found = []
    for place in some:
        match place.kind:
            case "answer":
                change = answers[place.key]
                question = definition.question(change.name) if definition.has(change.name) else None
                what, words = answered_sentence(
                    question, change.name, change.value, str(change.by or ""), change.source_words
                )
                found.append(Happened(sentence(what), words, change.at))
            case "made":
                found.append(made_sentence(made[place.key]))
            case "activity":
                line = activities[place.key]
                found.append(Happened(sentence(line.sentence), "", line.at))
            case _:
                found.append(review_sentences(reviews[place.key])[place.part])
    return found
