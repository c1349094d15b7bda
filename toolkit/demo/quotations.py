"""A quotation from its first answer to a signed contract, for the demonstration."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from toolkit.accounts.models import Organisation, Person
from toolkit.core import clock
from workflows.procurements.models import EndorsementKind, Kind, Money, NoCallIn, Procurement, VatBasis
from workflows.procurements.outcomes import AwardedContract
from workflows.procurements.papers import Elsewhere
from workflows.procurements.services import decisions, drafts, endorsements, tasks

CHECKS = {
    "personal_data": "yes", "staff_transfer": "no", "leaseholders": "no", "technology": "yes",
    "uses_ai": "not-sure", "off_payroll": "no", "engages_market": "yes",
}  # fmt: skip

PAPER = Elsewhere(
    "Report PRO 114", "Reports of this council are written and cleared in its own system for reports"
)
"""What is endorsed in the demonstration."""


def answered(organisation: Organisation, actor: Person, **answers: object) -> Procurement:
    procurement = drafts.begin(organisation=organisation, actor=actor)
    return drafts.save_answers(procurement=procurement, answers=answers, actor=actor)


def complete(procurement: Procurement, actor: Person, *slugs: str, **data: str) -> None:
    for slug in slugs:
        tasks.complete_task(procurement=procurement, task=slug, data=data or {"note": "Done"}, actor=actor)


def awarded_quotation(
    *,
    organisation: Organisation,
    officer: Person,
    approver: Person,
    days: int,
    title: str,
    category: str,
    need: str,
    consequence: str,
    supplier: str,
    technology: bool,
) -> Procurement:
    """Begun 150 days and signed 60 days before the day that is `days` ago."""
    end = clock.today() - dt.timedelta(days=days)
    with clock.held_at(end - dt.timedelta(days=150)):
        procurement = answered(
            organisation, officer,
            title=title, money=Money.YES, kind=Kind.SERVICES, category=category, need=need, consequence=consequence,
            is_light_touch=False, is_health=False, is_utility=False, is_concession=False,
            value_typed=Decimal(120_000), value_basis=VatBasis.INC, value_inc_vat=Decimal(120_000), value_ex_vat=Decimal(100_000),
            needed_on=end - dt.timedelta(days=30),
        )  # fmt: skip
        drafts.start(procurement=procurement, route="below-threshold-quotation", actor=officer)
        is_technology = "yes" if technology else "no"
        checks = {**CHECKS, "personal_data": is_technology, "technology": is_technology, "uses_ai": "no", "engages_market": "no"}  # fmt: skip
        tasks.complete_task(
            procurement=procurement, task="say-which-checks-apply", data=checks, actor=officer
        )
        complete(
            procurement, officer, "see-who-else-buys", "business-case", "classify", "aggregation", "spending-control",
            "declare-interests", "equality",
        )  # fmt: skip
        if technology:
            complete(procurement, officer, "data-protection", "technology-checks")
        asked = endorsements.ask_endorsement(
            procurement=procurement,
            task="endorse-strategy",
            kind=EndorsementKind.SERVICE,
            of=approver,
            note="Two quotations.",
            paper=PAPER,
            actor=officer,
        )
        endorsements.answer_endorsement(
            endorsement=asked, status="endorsed", reasons="Within the budget.", actor=approver
        )
        _officer_decides(procurement, "strategy-meeting", officer)
        _decide(procurement, "strategy-decision", officer)
    with clock.held_at(end - dt.timedelta(days=120)):
        complete(
            procurement,
            officer,
            "small-supplier-barriers",
            "specification",
            "award-criteria",
            "contract-terms",
        )
        complete(procurement, officer, "how-to-ask", open_advert="no")
        complete(procurement, officer, "choose-suppliers")
        deadline = (end - dt.timedelta(days=100)).isoformat()
        complete(
            procurement,
            officer,
            "invite-quotations",
            asked_on=clock.today().isoformat(),
            deadline_on=deadline,
        )
        _officer_decides(procurement, "award-meeting", officer)
    with clock.held_at(end - dt.timedelta(days=90)):
        complete(procurement, officer, "quotation-period", received="2")
        complete(procurement, officer, "evaluate", "award-report")
        _decide(procurement, "award-decision", officer)
        complete(procurement, officer, "tell-bidders", "supplier-identifier", "raise-order")
    signed_on = end - dt.timedelta(days=60)
    with clock.held_at(signed_on):
        contract = AwardedContract(
            title=title,
            suppliers=(supplier,),
            value_inc_vat=Decimal(120_000),
            signed_on=signed_on,
            starts_on=end - dt.timedelta(days=30),
            ends_on=end + dt.timedelta(days=300),
            extension_months=(12,),
            notice_months=6,
        )
        tasks.record_award(
            procurement=procurement, task="record-contracts", contracts=[contract], actor=officer
        )
    return procurement


def _officer_decides(procurement: Procurement, task: str, officer: Person) -> None:
    complete(
        procurement,
        officer,
        task,
        decider="officer",
        meeting_on=(clock.today() + dt.timedelta(days=1)).isoformat(),
        key_decision="no",
    )


def _decide(procurement: Procurement, task: str, officer: Person) -> None:
    decisions.record_decision(
        procurement=procurement, task=task, maker="officer", maker_name="Director of Resources", power="Contract standing order 7",
        report_reference="", report_link="", decided_on=clock.today(), published_on=None, call_in_ends_on=None, delegated_to="", actor=officer,
        no_call_in=NoCallIn.EXEMPT, call_in_because="Below the key-decision value",
    )  # fmt: skip
