"""The internal sheet of something that was made: which versions, whose answers, from where. Never part of the document."""

from __future__ import annotations

import datetime as dt

from guidance.documents.assembly.blocks import Block, Heading, Paper, Paragraph, Run, Table
from guidance.documents.models import Clause, Made, Review, ReviewState
from guidance.documents.selectors import reviews_of
from toolkit.core.text import day, moment


def paper_of(made: Made) -> Paper:
    """The sheet as a paper of its own. Five queries at most."""
    document = made.document
    return Paper(
        title="Where this document came from",
        subtitle=f"{document.reference}, made {moment(made.made_at)}",
        organisation=document.organisation.name,
        footer="Internal: do not send this sheet out with the document",
        blocks=(
            Paragraph((Run("This sheet is for the council’s own record. It is not part of the document."),)),
            Heading(1, "Versions"),
            _versions(made),
            Heading(1, "Answers"),
            _answers(made),
            *_reviews(made),
        ),
    )


def _rows(*rows: tuple[str, ...]) -> tuple[tuple[tuple[Run, ...], ...], ...]:
    return tuple(tuple((Run(cell),) for cell in row) for row in rows)


def _versions(made: Made) -> Table:
    document = made.document
    titles = dict(
        Clause.objects.filter(pk__in=[pin[0] for pin in made.clause_pins.values()]).values_list("pk", "title")
    )
    rows = [
        ("Template", document.template.title, str(made.template_number)),
        *(
            ("Clause", titles.get(key, slug), str(number))
            for slug, (key, number) in sorted(made.clause_pins.items())
        ),
    ]
    if made.variant_version is not None:
        rows.append(
            ("Additions of the organisation", str(document.organisation), str(made.variant_version.number))
        )
    rows += [
        ("Figures of the law", f"as in force on {day(made.figures_on)}", ""),
        ("Made by", f"{made.made_by}, {moment(made.made_at)}", str(made.number)),
        ("Kind", standing_of_copy(made, reviews_of(document).get(made.number)), ""),
        ("Fingerprint of the text", made.paper_digest, ""),
    ]
    return Table("Versions", ("What", "Which", "Version"), _rows(*rows))


def standing_of_copy(made: Made, review: Review | None) -> str:
    """Is it a draft, or clean, and did somebody else review what it says? `review`: as `selectors.reviews_of` has it."""
    if made.is_draft:
        return "Draft"
    if review is None or review.at is None:
        return "Clean, not reviewed"
    return f"Clean, reviewed by {review.by} on {day(review.at)}"


def _answers(made: Made) -> Block:
    if not made.answers:
        return Paragraph((Run("No question was answered."),))
    rows = [
        (each["ask"], each["value"], _who(each), moment(dt.datetime.fromisoformat(each["at"])))
        for each in made.answers
    ]
    return Table("Answers", ("Question", "Answer", "By or from", "When"), _rows(*rows))


def _who(answer: dict[str, str]) -> str:
    """Who gave it, and where it came from if nobody typed it."""
    parts = [answer["by"], f"filled from {answer['from']}" if answer["from"] else ""]
    return ", ".join(part for part in parts if part)


def _reviews(made: Made) -> tuple[Block, ...]:
    done = Review.objects.filter(document=made.document, made__number__lte=made.number).exclude(
        state__in=(ReviewState.ASKED, ReviewState.WITHDRAWN)
    )
    rows = [
        (str(each.get_state_display()), str(each.by), moment(each.at) if each.at else "", each.reasons)
        for each in done.select_related("by").order_by("asked_at")
    ]
    return (
        (Heading(1, "Reviews"), Table("Reviews", ("Answer", "By", "When", "Reasons"), _rows(*rows)))
        if rows
        else ()
    )
