"""What the page of an endorsement needs: where it stands, and for whoever is asked everything they need to answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from guidance.documents.assembly import papers as paper_texts
from guidance.documents.writers import html
from guidance.editorial.diffs import Line
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.clock import LONDON
from toolkit.core.money import pounds
from toolkit.core.text import count, day
from workflows.journeys.progress import Progress
from workflows.procurements.approvals import Endorsing, kind_label
from workflows.procurements.deciding import working_days_since
from workflows.procurements.lapsing import most
from workflows.procurements.models import Endorsement, EndorsementStatus, Procurement
from workflows.procurements.papers import changes_between, kept_elsewhere, title_of
from workflows.procurements.selectors import answers_of
from workflows.procurements.unanswerable import Stuck


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that nobody has answered yet."""

    kind: str
    title: str
    sentence: str
    stuck: str = ""
    """Why whoever was asked cannot answer any more, and what to do."""


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """Everything that somebody who is asked to endorse needs."""

    kind: str
    facts: Sequence[tuple[str, str]]
    holds: str
    """How long their endorsement will hold."""
    paper_title: str
    paper: Markup
    changed: Sequence[Line]
    since: str
    """What they saw last, in words; empty when they see it for the first time."""


def waiting_of(
    standing: Endorsing,
    progress: Progress,
    stuck: Mapping[int, Stuck],
    *,
    without: Endorsement | None = None,
) -> list[Waiting]:
    """The open requests, each with how long it has waited; without the one that the reader is about to answer."""
    return [
        Waiting(
            row.kind,
            kind_label(row.kind),
            _since(row, progress),
            stuck[row.pk].sentence if row.pk in stuck else "",
        )
        for row in standing.open
        if row != without
    ]


def _since(row: Endorsement, progress: Progress) -> str:
    asked = _day(row.asked_at)
    days = working_days_since(asked, clock.today(), progress.facts)
    reminded = f" Reminded on {day(row.reminded_at)}." if row.reminded_at is not None else ""
    long = f", {count(days, 'working day')} ago" if days else ""
    return f"{row.asked_of} was asked on {day(asked)}{long}.{reminded}"


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(LONDON).date()


def to_answer(
    row: Endorsement, procurement: Procurement, progress: Progress, earlier: Endorsement | None
) -> ToAnswer:
    """The page of the person who is asked. `earlier`: the newest request of this approval that they
    answered before, or else anybody."""
    paper = Markup("")
    if row.paper is not None:
        paper = html.fragment(paper_texts.read(row.paper.paper), level=3)
    return ToAnswer(
        row.kind,
        list(_facts(row, procurement, progress, earlier)),
        _holds(row, progress),
        title_of(row.paper) if row.paper is not None else "",
        paper,
        _changed(row, earlier),
        _last_seen(row, earlier),
    )


def _facts(
    row: Endorsement, procurement: Procurement, progress: Progress, earlier: Endorsement | None
) -> list[tuple[str, str]]:
    shown = [
        ("What you are asked to endorse", row.note),
        ("Asked by", f"{row.asked_by}, on {day(row.asked_at)}"),
        ("Value", value_words(row.value_inc_vat, row.value_ex_vat)),
        ("Against the budget", budget_words(row.value_ex_vat, row.budget_ex_vat)),
    ]
    if row.paper_reference:
        shown.insert(1, ("The paper", kept_elsewhere(row.paper_reference, row.paper_elsewhere)))
    if earlier is not None and earlier.value_inc_vat != row.value_inc_vat:
        shown.append(
            (
                f"Value when {_who(row, earlier)} last answered",
                value_words(earlier.value_inc_vat, earlier.value_ex_vat),
            )
        )
    shown += [
        ("Route", progress.journey.title),
        ("Law", procurement.get_regime_display()),
    ]
    # The title stands at the top of the page, and the value above.
    shown += [
        (answer.label, answer.words)
        for answer in answers_of(procurement)
        if answer.label not in ("Title", "Estimated value")
    ]
    return shown


def still_open_words(number: int) -> str:
    """That steps are open which come before a decision."""
    are = f"{count(number, 'step')} {'are' if number > 1 else 'is'} still open that {'come' if number > 1 else 'comes'}"
    return f"{are} before this decision. Whoever decides should have what came of it."


def value_words(inc_vat: Decimal | None, ex_vat: Decimal | None) -> str:
    """A value both ways."""
    if inc_vat is None:
        return "Cannot be estimated"
    without = f" ({pounds(ex_vat)} excluding VAT)" if ex_vat is not None else ""
    return f"{pounds(inc_vat)} including VAT{without}"


def budget_words(value_ex_vat: Decimal | None, budget_ex_vat: Decimal | None) -> str:
    """The value beside the budget, both without VAT: the council gets it back."""
    if budget_ex_vat is None:
        return "No budget was given"
    if value_ex_vat is None:
        return f"The budget is {pounds(budget_ex_vat)} excluding VAT. The value cannot be estimated"
    left = budget_ex_vat - value_ex_vat
    how = "equal to it" if not left else f"{pounds(abs(left))} {'below' if left > 0 else 'above'} it"
    return f"The budget is {pounds(budget_ex_vat)} excluding VAT, and the value is {how}"


def _holds(row: Endorsement, progress: Progress) -> str:
    if row.value_inc_vat is None:
        up_to = ""
    else:
        percent = progress.facts.own.tolerance_percent
        up_to = f" the value rises above {pounds(most(row.value_inc_vat, percent))} including VAT ({percent}% more),"
    paper = " a newer version of the paper is reviewed," if row.paper is not None else ""
    return f"Your endorsement lapses by itself, and you are asked again, when{up_to}{paper} or the route or the law changes."


def _changed(row: Endorsement, earlier: Endorsement | None) -> Sequence[Line]:
    if row.paper is None or earlier is None or earlier.paper is None:
        return ()
    if earlier.paper.document_id != row.paper.document_id:
        return ()
    return changes_between(earlier.paper, row.paper)


def _last_seen(row: Endorsement, earlier: Endorsement | None) -> str:
    if row.paper is None or earlier is None or earlier.paper is None:
        return ""
    if earlier.paper.document_id != row.paper.document_id:
        return f"Last time {_who(row, earlier)} read another paper: {title_of(earlier.paper)}."
    answered = f"{_who(row, earlier)} answered on {day(earlier.answered_at or earlier.asked_at)}"
    if earlier.paper.paper_digest == row.paper.paper_digest:
        return f"It says the same as when {answered}."
    return f"Since version {earlier.paper.number}, about which {answered}:"


def _answerer(row: Endorsement) -> int | None:
    return row.stand_in_id or row.asked_of_id


def _who(row: Endorsement, earlier: Endorsement) -> str:
    """Whose answer an earlier one was, for the person of this request."""
    return "you" if _answerer(earlier) == _answerer(row) else str(earlier.answered_by)


def answered_before(rows: Sequence[Endorsement], row: Endorsement, person: Person) -> Endorsement | None:
    """The newest of these requests that was answered before this one: by this person, or, if they never did, by anybody,
    so that whoever is asked for the first time sees what has changed since somebody else answered."""
    answered = [
        each
        for each in rows
        if each.pk != row.pk and each.answered_at is not None and each.status != EndorsementStatus.WITHDRAWN
    ]
    theirs = [each for each in answered if _answerer(each) == person.pk]
    return max(theirs or answered, key=lambda each: (each.asked_at, each.pk), default=None)
