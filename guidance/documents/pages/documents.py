"""What the pages about a whole document need, made ready: the templates only loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from guidance.documents.assembly import answers as said
from guidance.documents.assembly.answers import clean_text
from guidance.documents.assembly.definitions import Confidence, Question
from guidance.documents.models import Document, DocumentStatus, FileState, Made, MadeFile, Review, ReviewState
from guidance.documents.selectors import Standing
from guidance.documents.services.making import SHEET, is_stuck
from guidance.documents.writers.formats import FORMATS
from toolkit.core.text import count, kilobytes, lower_first

TAGS = {
    DocumentStatus.DRAFT: "draft",
    DocumentStatus.REVIEW: "waiting",
    DocumentStatus.REVIEWED: "completed",
}
"""Status of a document → status of a tag."""


@dataclass(frozen=True, slots=True)
class Line:
    """A document in a list."""

    document: Document
    tag: str
    subject: str
    """The title of the record it belongs to, as far as the reader may have it."""
    is_waiting: bool


def line_of(document: Document, titles: Mapping[str, str]) -> Line:
    return Line(
        document,
        TAGS[DocumentStatus(document.status)],
        titles.get(document.subject, ""),
        bool(getattr(document, "is_waiting", False)),
    )


LONGEST_WORDS = 200
"""Characters of what somebody looks for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which documents a list is asked for."""

    only_mine: bool = True
    status: str = ""
    words: str = ""

    def address(self, **other: str | bool) -> str:
        """What follows the question mark for this list, or for one that differs in this."""
        asked = replace(self, **other)  # type: ignore[arg-type]  # by the names of the fields
        given = {"whose": "" if asked.only_mine else "all", "status": asked.status, "q": asked.words}
        return urlencode({name: value for name, value in given.items() if value})


def asked_for(query: Mapping[str, str]) -> Asked:
    """What an address asks for; nonsense asks for nothing."""
    status = query.get("status", "")
    return Asked(
        query.get("whose") != "all",
        status if status in DocumentStatus.values else "",
        clean_text(query.get("q", ""))[:LONGEST_WORDS].strip(),
    )


def who_sees(has_subject: bool, confidence: str) -> str:
    """Who may open it, in words."""
    if not has_subject:
        return "Whoever began it, the people put on it, and auditors"
    return Confidence(confidence).label


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section in the task list."""

    slug: str
    title: str
    url: str
    """Empty where nothing is asked."""
    status: str
    words: str
    hint: str


def section_lines(document: Document, standing: Standing) -> list[SectionLine]:
    found = []
    for section in standing.definition.sections:
        questions = standing.in_section(section.slug)
        left = [each for each in questions if not standing.is_answered(each)]
        required = [each for each in left if each.is_required]
        if not questions:
            found.append(
                SectionLine(
                    section.slug, section.title, "", "not-needed", "Nothing to answer", "As the answers stand"
                )
            )
            continue
        first = (required or left or questions)[0]
        url = reverse("document_question", args=[document.reference, first.name])
        if left and len(left) == len(questions):
            status, words, hint = "not-started", "Not started", count(len(questions), "question")
        elif required:
            done = len(questions) - len(left)
            status, words, hint = "in-progress", "In progress", f"{done} of {len(questions)} answered"
        else:
            status, words = "completed", "Completed"
            hint = f"{count(len(left), 'optional question')} left" if left else ""
            url = f"{reverse('document_check', args=[document.reference])}#{section.slug}"
        found.append(SectionLine(section.slug, section.title, url, status, words, hint))
    return found


@dataclass(frozen=True, slots=True)
class FilledLine:
    """An answer that was filled in for whoever began it."""

    ask: str
    url: str
    source: str
    source_url: str


def filled_lines(document: Document, standing: Standing) -> list[FilledLine]:
    """The asked questions whose answer stands as its source gave it."""
    return [
        FilledLine(
            each.ask,
            reverse("document_question", args=[document.reference, each.name]),
            standing.answers[each.name].source_words,
            standing.answers[each.name].source_url,
        )
        for each in standing.asked
        if standing.is_answered(each) and standing.answers[each.name].source_words
    ]


@dataclass(frozen=True, slots=True)
class ReviewNow:
    """Where the review of a document stands, and what happens next."""

    sentence: str
    following: str
    reasons: str


def review_now(document: Document, last: Review | None) -> ReviewNow:
    """`last` is the newest review that was not withdrawn."""
    match document.status:
        case DocumentStatus.REVIEW if last is not None:
            who = str(last.asked_of) if last.asked_of is not None else "somebody who wrote none of it"
            return ReviewNow(
                f"Waiting for {who} to review it.",
                "Nobody changes an answer meanwhile. Whoever writes it can take it back.",
                last.note,
            )
        case DocumentStatus.REVIEWED if last is not None:
            return ReviewNow(
                f"Reviewed by {last.by}.",
                "It stays as it is. To change an answer, open it again: it then needs another review.",
                last.reasons,
            )
        case _ if last is not None and last.state == ReviewState.CHANGES:
            return ReviewNow(
                f"{last.by} asked for changes.", "Make them, then ask for a review again.", last.reasons
            )
    return ReviewNow(
        "Not reviewed yet.",
        "When everything that is required is answered, ask somebody else to review it.",
        "",
    )


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of what was made."""

    label: str
    words: str
    status: str
    url: str
    """Empty while there is nothing to take."""
    hint: str = ""
    """What to do about one that does not come."""


def file_lines(made: Made, files: Sequence[MadeFile], *, with_sheet: bool) -> list[FileLine]:
    """Word first, the internal sheet last and only for those who may read it."""
    order = [*FORMATS, *([SHEET] if with_sheet else [])]
    by_format = {file.format: file for file in files}
    return [_file_line(made, by_format[slug]) for slug in order if slug in by_format]


def _file_line(made: Made, file: MadeFile) -> FileLine:
    label = (
        "Internal sheet: where every answer came from (Word)"
        if file.format == SHEET
        else FORMATS[file.format].label
    )
    if file.state == FileState.DONE:
        url = reverse("document_file", args=[made.document.reference, made.number, file.format])
        return FileLine(label, f"Ready, {kilobytes(file.size)}", "completed", url)
    if file.state == FileState.FAILED:
        return FileLine(label, "Failed", "overdue", "", file.problem)
    if is_stuck(file):
        return FileLine(label, "Late", "overdue", "", "It takes longer than it should. Make it again")
    return FileLine(label, "Being written", "in-progress", "")


@dataclass(frozen=True, slots=True)
class Happened:
    """Something in the history of a document."""

    sentence: str
    detail: str
    at: dt.datetime


SHOWN = 300
"""Characters of an answer that the history shows."""


def answered_sentence(
    question: Question | None, name: str, value: Any, who: str, source: str
) -> tuple[str, str]:
    """What was answered, and the answer in words."""
    ask = f"“{question.ask}”" if question is not None else f"a question that is not asked any more ({name})"
    what = f"{who} answered {ask}" if who else f"{ask} was filled from {source}"
    if question is None or not said.is_answered(value):
        return (what, "") if question is None else (f"{who or 'The toolkit'} emptied the answer to {ask}", "")
    try:
        words = said.words(question, value)
    except (KeyError, ValueError):  # answered under another version, whose options were others
        words = str(value)
    return what, words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def review_sentences(review: Review) -> list[Happened]:
    found = [
        Happened(
            f"{review.asked_by} asked {review.asked_of or 'whoever may'} for a review",
            review.note,
            review.asked_at,
        )
    ]
    if review.at is not None:
        did = {
            ReviewState.PASSED: "reviewed it",
            ReviewState.CHANGES: "asked for changes",
            ReviewState.WITHDRAWN: "took it back from review",
        }[ReviewState(review.state)]
        found.append(Happened(f"{review.by} {did}", review.reasons, review.at))
    return found


def made_sentence(made: Made) -> Happened:
    return Happened(
        f"{made.made_by} made version {made.number}, {lower_first('Draft' if made.is_draft else 'Clean')}",
        "",
        made.made_at,
    )
