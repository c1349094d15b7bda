"""Endorsements and formal decisions as they are recorded, as far as one reader may have them."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.accounts.visibility import Reader
from toolkit.core.money import pounds
from toolkit.core.stages import Stage
from toolkit.core.text import day, sentence
from workflows.procurements import confidence, permissions
from workflows.procurements.approval_pages import budget_words, value_words
from workflows.procurements.approvals import kind_label
from workflows.procurements.models import Endorsement, EndorsementStatus, FormalDecision, Procurement
from workflows.procurements.papers import kept_elsewhere, title_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """An endorsement or a formal decision, as one reader may have it."""

    title: str
    facts: list[tuple[str, str]]
    caution: str = ""
    """What to know before relying on it."""


def endorsement_page(
    reader: Reader,
    procurement: Procurement,
    row: Endorsement,
    stage: Stage,
    *,
    is_asked_here: bool = False,
    stuck: str = "",
) -> Recorded:
    """An endorsement; what was asked and answered in confidence only for those who may know it. `is_asked_here`: does the
    same step wait for this reader's own endorsement? `stuck`: why whoever was asked cannot answer any more."""
    open_to = (
        is_asked_here
        or reader.person_id in (row.asked_of_id, row.stand_in_id)
        or confidence.sees_answers(reader, procurement, stage)
    )
    closed = sentence(confidence.whose(procurement)) if not open_to else ""
    facts = [
        ("Asked by", f"{row.asked_by}, on {day(row.asked_at)}"),
        ("Asked of", str(row.asked_of)),
        ("What", closed or row.note),
        ("Value when asked", value_words(row.value_inc_vat, row.value_ex_vat)),
    ]
    if row.paper is not None:
        facts.insert(3, ("Paper", closed or title_of(row.paper)))
    elif row.paper_reference:
        facts.insert(3, ("Paper", closed or kept_elsewhere(row.paper_reference, row.paper_elsewhere)))
    if row.budget_ex_vat is not None and permissions.sees_budget(reader, procurement):
        facts.append(("Against the budget", budget_words(row.value_ex_vat, row.budget_ex_vat)))
    if row.answered_at is not None:
        facts.append(("Answered on", day(row.answered_at)))
    if row.stand_in is not None:
        facts.append(("Answered by", row.answered_by))
    if row.reasons:
        facts.append(("Reasons", closed or row.reasons))
    if row.comment:
        facts.append((f"{kind_label(row.kind)} comments for the report", closed or row.comment))
    return Recorded(
        f"{kind_label(row.kind)}: {row.get_status_display().lower()}",
        facts,
        stuck or _caution(procurement, row, open_to=open_to),
    )


def _caution(procurement: Procurement, row: Endorsement, *, open_to: bool) -> str:
    if row.status == EndorsementStatus.LAPSED and row.lapsed_at is not None:
        because = f": {row.lapsed_because}" if open_to else ""
        return f"Lapsed on {day(row.lapsed_at)}{because}."
    now, then = procurement.value_inc_vat, row.value_inc_vat
    if row.status == EndorsementStatus.ENDORSED and then is not None and now is not None and now > then:
        return f"Given for {pounds(then)}. The value is now {pounds(now)}, within what your organisation tolerates."
    return ""


def decision_page(reader: Reader, procurement: Procurement, row: FormalDecision, stage: Stage) -> Recorded:
    """A formal decision; of one in confidence, who made it and when."""
    facts = [
        ("Decided on", day(row.decided_on)),
        ("Published on", day(row.published_on) if row.published_on else ""),
        ("Call-in ends at the end of", call_in_words(row)),
    ]
    if confidence.sees_answers(reader, procurement, stage):
        facts = [
            ("Made by", f"{row.get_maker_display()}: {row.maker_name}"),
            ("Power", row.power),
            *facts,
            *([("About call-in", row.call_in_because)] if row.call_in_because else []),
            ("Report", " ".join(filter(None, (row.report_reference, row.report_link)))),
            ("Reasons", row.reasons),
            *([("Not a key decision because", row.not_key_because)] if row.not_key_because else []),
            *([("Alternatives rejected", row.alternatives)] if row.alternatives else []),
            *([("Interests and dispensations", row.interests)] if row.interests else []),
            ("Award delegated to", row.delegated_to or "Nobody"),
            *([("Reason for the change", row.reason)] if row.reason else []),
        ]
    else:
        whose = sentence(confidence.whose(procurement))
        facts = [("Made by", str(row.get_maker_display())), *facts, ("Everything else", whose)]
    facts.append(("Recorded by", f"{row.recorded_by}, on {day(row.recorded_at)}"))
    if row.superseded_at is not None:
        return Recorded(
            "Superseded", facts, f"A further decision took its place on {day(row.superseded_at)}."
        )
    return Recorded("The decision", facts)


def call_in_words(row: FormalDecision) -> str:
    """The last day of call-in, or why there is none."""
    if row.call_in_ends_on is not None:
        why = row.call_in_because or "as your organisation’s own rules count it, or as the decision says"
        return f"{day(row.call_in_ends_on)} ({why})"
    return row.get_no_call_in_display() if row.no_call_in else "Call-in does not apply"
