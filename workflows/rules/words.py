"""Rules in words, as people read them: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.accounts.models import DecisionModel
from toolkit.core import categories
from toolkit.core.money import pounds, with_vat, without_vat
from toolkit.core.text import count, listed
from toolkit.core.who import WHO
from workflows.journeys.conditions import CONDITIONS
from workflows.journeys.own_rules import GATES, INC_VAT, Amount, Approval, Band, ExtraTask, OwnRules
from workflows.rules.content import ALLOWANCES, KINDS
from workflows.rules.kinds import DecisionMaker, EndorsementKind

SWITCHES: Mapping[bool | None, str] = {True: "Yes", False: "No", None: "Not said: decided each time"}


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject of the rules: its heading and what they say, line by line (what, in words)."""

    slug: str
    heading: str
    lines: tuple[tuple[str, str], ...]


def basis_words(basis: str) -> str:
    return "including VAT" if basis == INC_VAT else "excluding VAT"


def other_basis(amount: Amount) -> Decimal:
    """The same amount on the other basis, at the standard rate."""
    return without_vat(amount.pounds) if amount.basis == INC_VAT else with_vat(amount.pounds)


def amount_words(amount: Amount) -> str:
    """`£500,000 excluding VAT (£600,000 including VAT at 20%)`."""
    other = "excluding VAT" if amount.basis == INC_VAT else "including VAT"
    return (
        f"{pounds(amount.pounds)} {basis_words(amount.basis)} ({pounds(other_basis(amount))} {other} at 20%)"
    )


def range_words(start: Amount | None, below: Amount | None) -> str:
    """`From £100,000 to below £500,000 excluding VAT (£120,000 to £600,000 including VAT at 20%)`."""
    first = None if start is None or start.pounds == 0 else start
    if first is None and below is None:
        return "Whatever the value"
    if first is None:
        return f"Below {amount_words(below)}" if below is not None else ""
    if below is None:
        return f"From {amount_words(first)}"
    other = "excluding VAT" if first.basis == INC_VAT else "including VAT"
    return (
        f"From {pounds(first.pounds)} to below {pounds(below.pounds)} {basis_words(first.basis)} "
        f"({pounds(other_basis(first))} to {pounds(other_basis(below))} {other} at 20%)"
    )


def endorsement_words(approval: Approval | None) -> str:
    """`Procurement, then finance`; of no rule: what the route asks for."""
    if approval is None:
        return "As the route asks"
    kinds = [str(EndorsementKind(kind).label).lower() for kind in approval.endorsements]
    if not kinds:
        return "No endorsement"
    words = (
        ", then ".join(kinds)
        if approval.in_order
        else listed(kinds) + (", side by side" if len(kinds) > 1 else "")
    )
    return f"Endorsed by {words}"


def maker_words(approval: Approval | None) -> str:
    """`Decided by cabinet or mayor or leader`; of no rule: what the route asks for."""
    if approval is None:
        return "As the route asks"
    makers = [str(DecisionMaker(maker).label).lower() for maker in approval.makers]
    return f"Decided by {listed(makers, 'or')}" if makers else "No formal decision"


def scope_words(approval: Approval) -> str:
    """For which purchases: value, categories, goods or services or works."""
    parts = [range_words(approval.start, approval.below)]
    if approval.categories:
        parts.append(listed([categories.label(slug) for slug in approval.categories], "or"))
    if approval.kinds:
        parts.append(listed([KINDS[kind].lower() for kind in approval.kinds], "or"))
    return "; ".join(parts)


def approval_words(approval: Approval) -> str:
    said = f"{endorsement_words(approval)}. {maker_words(approval)}."
    return f"{said} {approval.source}".strip()


def gate_words(gate: str) -> str:
    """`The strategy`."""
    return GATES[gate][0].upper() + GATES[gate][1:]


def band_words(band: Band) -> str:
    asked = f"{count(band.quotations, 'quotation')}" if band.quotations else "No quotation"
    return f"{asked}{', advertised openly' if band.advertise else ''}. {band.how}".strip()


def step_words(step: ExtraTask, routes: Mapping[str, str]) -> str:
    parts = [
        f"{step.stage.label}: {step.what}",
        f"Done by {listed([WHO[who].lower() for who in step.who], 'or')}.",
    ]
    if step.when:
        parts.append("Only " + listed([CONDITIONS[name].holds for name in step.when]) + ".")
    if step.routes:
        parts.append("On " + listed([f"“{routes.get(slug, slug)}”" for slug in step.routes]) + " alone.")
    if step.optional:
        parts.append("It may be left out.")
    return " ".join([*parts, f"({step.source})"])


def topics(own: OwnRules, routes: Mapping[str, str], steps: Mapping[str, str]) -> list[Topic]:
    """All that the rules say, subject by subject. `routes`, `steps`: slug → title."""
    return [
        Topic("decisions", "How decisions are taken", tuple(_decisions(own))),
        Topic("approvals", "Approvals", tuple(_approvals(own.approvals))),
        Topic(
            "bands",
            "Quotations below the threshold",
            tuple((range_words(band.start, band.below), band_words(band)) for band in own.bands),
        ),
        Topic(
            "steps", "Extra steps", tuple((step.title, step_words(step, routes)) for step in own.extra_tasks)
        ),
        Topic(
            "notes",
            "Notes on steps",
            tuple((steps.get(slug, slug), text) for slug, text in own.notes.items()),
        ),
        Topic("switches", "Policy", tuple(_switches(own))),
    ]


def model_words(decision_model: str) -> str:
    """How formal decisions are taken."""
    return str(DecisionModel(decision_model).label) if decision_model else "Not said"


def call_in_words(days: int | None) -> str:
    """`5 working days after a decision is published`."""
    if days is None:
        return "Not said: read your constitution"
    return f"{count(days, 'working day')} after a decision is published" if days else "There is no call-in"


def _decisions(own: OwnRules) -> Iterable[tuple[str, str]]:
    key = own.key_decision_from
    yield "Formal decisions", model_words(own.decision_model)
    yield "Key decision by value", f"From {amount_words(key)}" if key is not None else "Not said"
    yield "Call-in", call_in_words(own.call_in_days)


def _approvals(rules: Iterable[Approval]) -> Iterable[tuple[str, str]]:
    for rule in rules:
        yield f"{gate_words(rule.gate)}. {scope_words(rule)}", approval_words(rule)


def _switches(own: OwnRules) -> Iterable[tuple[str, str]]:
    yield (
        "Publish a contract change notice (UK10) also when a provided option is used",
        SWITCHES[own.notice_for_provided_options],
    )
    yield "Promise a standstill where none is mandatory", SWITCHES[own.voluntary_standstill]
    yield "An endorsement lapses when the value goes up by more than", f"{own.tolerance_percent}%"
    for activity, days in own.allowances.items():
        yield ALLOWANCES[activity], f"{count(days, 'day')} in a plan"
