"""The record of a formal decision, to print: who, by what power, in which report, why, until when it may be called in, and
who endorsed what before it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string
from procrastinate.contrib.django import app

from toolkit.core import clock
from toolkit.core.text import day
from workflows.journeys.definitions import Task
from workflows.journeys.overlay import gate_of
from workflows.journeys.own_rules import GATES
from workflows.procurements.approval_pages import value_words
from workflows.procurements.approvals import kind_label, steps_of_gate
from workflows.procurements.facts import facts_of, journey_of
from workflows.procurements.models import (
    DecisionPaper,
    Endorsement,
    EndorsementStatus,
    FormalDecision,
    Procurement,
)
from workflows.procurements.papers import kept_elsewhere, title_of
from workflows.procurements.recorded import call_in_words

JOB = "workflows.procurements.tasks.make_decision_paper"
LOST_AFTER = dt.timedelta(minutes=10)
"""A PDF that was asked for longer ago than this will not come by itself."""

Rows = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What the record says."""

    title: str
    about: str
    organisation: str
    decision: Rows
    texts: Rows
    """Headings and what stands under them."""
    endorsements: Sequence[tuple[str, Rows]]
    earlier: Sequence[str]
    """Decisions that this one took the place of, or that let its maker decide."""

    @property
    def digest(self) -> str:
        """Of everything that it says."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def record_of(decision: FormalDecision) -> DecisionRecord:
    """Five queries at most. The budget is no part of it: it is intent, and a record of decision may be published."""
    procurement = decision.procurement
    facts = facts_of(procurement)
    journey = journey_of(procurement, facts)
    task = journey.task(decision.task)
    return DecisionRecord(
        f"Record of decision on {GATES[gate]}" if (gate := gate_of(task)) else "Record of decision",
        f"{procurement.reference} · {procurement.name}",
        procurement.organisation.name,
        _decision(decision, procurement),
        [
            (heading, text)
            for heading, text in (
                ("Reasons", decision.reasons),
                ("Alternatives considered and rejected", decision.alternatives),
                ("Interests declared, and dispensations", decision.interests),
            )
            if text
        ],
        [_endorsement(row) for row in _endorsements(procurement, steps_of_gate(journey, task))],
        list(_earlier(decision, task)),
    )


def _decision(decision: FormalDecision, procurement: Procurement) -> Rows:
    report = " ".join(filter(None, (decision.report_reference, decision.report_link)))
    rows = [
        ("Decided by", f"{decision.get_maker_display()}: {decision.maker_name}"),
        ("Power relied on", decision.power),
        ("Decided on", day(decision.decided_on)),
        ("Report", report or "None recorded"),
        ("Published on", day(decision.published_on) if decision.published_on else "Not recorded"),
        ("Call-in", _call_in(decision)),
        ("About call-in", decision.call_in_because),
        (
            "Key decision",
            f"No, although the value reaches the organisation’s own figure: {decision.not_key_because}"
            if decision.not_key_because
            else "",
        ),
        ("Value", value_words(procurement.value_inc_vat, procurement.value_ex_vat)),
        ("Award delegated to", decision.delegated_to),
        ("Why it was changed", decision.reason),
        (
            "Recorded in the toolkit",
            f"By {decision.recorded_by}, on {day(decision.recorded_at)}",
        ),
    ]
    return [(what, words) for what, words in rows if words]


def _call_in(decision: FormalDecision) -> str:
    words = call_in_words(decision)
    return f"Until the end of {words}" if decision.call_in_ends_on is not None else words


def _endorsements(procurement: Procurement, steps: Sequence[str]) -> Iterable[Endorsement]:
    return (
        procurement.endorsements.filter(
            task__in=steps,
            status__in=(EndorsementStatus.ENDORSED, EndorsementStatus.LAPSED),
            answered_at__isnull=False,
        )
        .select_related("asked_of", "stand_in", "paper__document__template")
        .defer("paper__paper", "paper__answers")
        .order_by("answered_at", "pk")
    )


def _paper(row: Endorsement) -> str:
    if row.paper is not None:
        return title_of(row.paper)
    return kept_elsewhere(row.paper_reference, row.paper_elsewhere)


def _endorsement(row: Endorsement) -> tuple[str, Rows]:
    rows = [
        ("By", row.answered_by),
        ("On", day(row.answered_at) if row.answered_at else ""),
        ("What was endorsed", row.note),
        ("Paper", _paper(row)),
        ("Value endorsed", value_words(row.value_inc_vat, row.value_ex_vat)),
        ("Reasons", row.reasons),
        ("Comments for the report", row.comment),
        ("Lapsed", f"On {day(row.lapsed_at)}: {row.lapsed_because}" if row.lapsed_at else ""),
    ]
    return kind_label(row.kind), [(what, words) for what, words in rows if words]


def _earlier(decision: FormalDecision, task: Task) -> Sequence[str]:
    procurement = decision.procurement
    told = [
        f"It took the place of a decision of {day(each.decided_on)}: {each.maker_name}, {each.power}."
        for each in procurement.decisions.filter(task=decision.task, superseded_at__isnull=False)
        if each.recorded_at <= decision.recorded_at and each.pk != decision.pk
    ]
    if gate_of(task) == "award":
        told += [
            f"The award was delegated to {each.delegated_to} by the decision of {day(each.decided_on)}: {each.maker_name}, {each.power}."
            for each in procurement.decisions.filter(superseded_at=None).exclude(delegated_to="")
            if each.task != decision.task
        ]
    return told


def html_of(record: DecisionRecord, *, for_pdf: bool) -> str:
    """The whole document: for the browser's print, and what the PDF is made of."""
    context = {"record": record, "for_pdf": for_pdf, "printed_on": clock.today()}
    return render_to_string("procurements/decision_record.html", context)


def pdf_of(decision: FormalDecision, record: DecisionRecord) -> DecisionPaper | None:
    """The PDF of what the record says now, where it is made or on its way."""
    paper = DecisionPaper.objects.filter(decision=decision, digest=record.digest).first()
    if paper is None or (paper.content is None and paper.asked_at < clock.now() - LOST_AFTER):
        return None
    return paper


@transaction.atomic
def ask_for_pdf(decision: FormalDecision) -> None:
    """Have the PDF made of what the record says now; one that is there or on its way is not asked for twice."""
    decision = FormalDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    record = record_of(decision)
    if pdf_of(decision, record) is not None:
        return
    DecisionPaper.objects.update_or_create(
        decision=decision,
        defaults={"digest": record.digest, "content": None, "size": 0, "asked_at": clock.now()},
    )
    app.configure_task(JOB, queue="documents").defer(decision_id=decision.pk)


def make_pdf(decision_id: int) -> None:
    """Make the PDF that was asked for. Run again, or for what is not asked for any more, it changes nothing."""
    from guidance.pages.pdf import made_of

    paper = DecisionPaper.objects.filter(decision_id=decision_id, content=None).first()
    if paper is None:
        return
    decision = FormalDecision.objects.select_related(
        "procurement__organisation", "procurement__run", "recorded_by"
    ).get(pk=decision_id)
    record = record_of(decision)
    content = made_of(html_of(record, for_pdf=True))
    DecisionPaper.objects.filter(pk=paper.pk).update(digest=record.digest, content=content, size=len(content))
