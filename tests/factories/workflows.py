"""Procurements, contracts and pipeline entries, made the way the service makes them: by its own verbs.

a_draft(by=people.officer)
a_procurement(by=people.officer, title="School meals", route="direct-award")
a_contract(by=people.officer, ends_on=dt.date(2027, 3, 31), notice_months=6)
an_entry(by=people.officer, visibility="public")
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.factories.accounts import MembershipFactory, PersonFactory
from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock, references
from workflows.contracts import outcomes as contract_outcomes
from workflows.contracts.models import Contract, ExtensionOption, Supplier
from workflows.contracts.work import start_work
from workflows.pipeline import services as pipeline
from workflows.pipeline.models import Entry
from workflows.procurements.models import (
    EndorsementKind,
    FormalDecision,
    Procurement,
)
from workflows.procurements.outcomes import AwardedContract
from workflows.procurements.papers import Elsewhere
from workflows.procurements.services import decisions, drafts, endorsements, sharing, tasks
from workflows.rules.models import Power

OPEN_COMPETITION = "open-competition"


def home_of(person: Person) -> Organisation:
    """The organisation the person acts for unless they choose."""
    current = reader_of(person).current_id
    assert current is not None, f"{person} is in no organisation"
    return Organisation.objects.get(pk=current)


def a_draft(
    *,
    by: Person,
    title: str = "Leisure centre management",
    value_inc_vat: Decimal = Decimal("900000"),
    **more: Any,
) -> Procurement:
    """A complete draft of the person's organisation, ready to start; `more` overrides single answers."""
    draft = drafts.begin(
        organisation=home_of(by), actor=by, title=title, need="Two centres, for residents", category="", kind="services",
        value_inc_vat=value_inc_vat, needed_on=clock.today() + dt.timedelta(days=400),
    )  # fmt: skip
    answers = {
        "consequence": "The centres close", "money": "yes", "category": "other", "is_light_touch": False, "is_health": False,
        "is_utility": False, "is_concession": False,
    }  # fmt: skip
    return drafts.save_answers(procurement=draft, answers=answers | more, actor=by)


def a_procurement(
    *, by: Person, route: str = OPEN_COMPETITION, visibility: str = "", **answers: Any
) -> Procurement:
    """A live procurement on a route; seen by its team alone unless `visibility` says otherwise."""
    live = drafts.start(procurement=a_draft(by=by, **answers), route=route, actor=by)
    if visibility:
        sharing.share(procurement=live, visibility=visibility, intent_visibility="team", actor=by)
    live.refresh_from_db()
    return live


BIDDER = "Quillmark Systems Ltd"
ELSEWHERE = Elsewhere("Report CAB 12", "It is in the council’s system for reports")
"""A paper that is not kept here: where a test is not about the paper."""
"""A bidder’s name: whoever may not see an evaluation sees it nowhere."""


def an_endorser(organisation: Organisation) -> Person:
    """Somebody whom the organisation has listed for every kind of endorsement, of any value."""
    power = Power.objects.filter(organisation=organisation, up_to=None).first()
    if power is not None:
        return power.person
    person = PersonFactory.create(name="Endorser in the tests")
    MembershipFactory.create(person=person, organisation=organisation, roles=["approver"])
    for kind in EndorsementKind:
        Power.objects.create(organisation=organisation, person=person, kind=kind)
    return person


def a_decided_procurement(*, by: Person, **answers: Any) -> Procurement:
    """A quotation whose strategy is endorsed and decided: boroughs see it."""
    live = a_procurement(
        by=by, **{"value_inc_vat": Decimal(90_000), "route": "below-threshold-quotation", **answers}
    )
    tasks.complete_task(procurement=live, task="business-case", data={}, actor=by)
    an_officer_decides(live, "strategy-meeting", by)
    endorser = an_endorser(live.organisation)
    asked = endorsements.ask_endorsement(
        procurement=live,
        task="endorse-strategy",
        kind="service",
        of=endorser,
        note="The plan",
        paper=ELSEWHERE,
        actor=by,
    )
    endorsements.answer_endorsement(endorsement=asked, status="endorsed", reasons="Sound", actor=endorser)
    a_decision(procurement=live, task="strategy-decision", by=by)
    live.refresh_from_db()
    return live


def an_officer_decides(procurement: Procurement, task: str, by: Person) -> None:
    """No meeting and no key decision: nothing has to be published before it is decided, today."""
    answers = {"decider": "officer", "meeting_on": clock.today().isoformat(), "key_decision": "no"}
    tasks.complete_task(procurement=procurement, task=task, data=answers, actor=by)


def a_decision(*, procurement: Procurement, task: str, by: Person, **more: Any) -> FormalDecision:
    """A decision of a director, made today; `more` overrides single facts."""
    facts: dict[str, Any] = {
        "maker": "officer", "maker_name": "Director of Resources", "power": "Standing order 7", "report_reference": "",
        "report_link": "", "decided_on": clock.today(), "published_on": None, "call_in_ends_on": None, "no_call_in": "exempt",
        "delegated_to": "",
    }  # fmt: skip
    return decisions.record_decision(procurement=procurement, task=task, actor=by, **(facts | more))


def an_evaluation(*, by: Person, **answers: Any) -> Procurement:
    """A quotation that boroughs see, past its deadline, whose evaluation names BIDDER."""
    live = a_decided_procurement(by=by, **answers)
    done = {
        "say-which-checks-apply": dict.fromkeys(
            ("personal_data", "staff_transfer", "leaseholders", "technology", "uses_ai", "off_payroll", "engages_market"),
            "no",
        ),
        "classify": {}, "aggregation": {}, "small-supplier-barriers": {}, "specification": {}, "award-criteria": {}, "contract-terms": {},
        "how-to-ask": {"open_advert": "no"}, "choose-suppliers": {},
        "invite-quotations": {
            "asked_on": (clock.today() - dt.timedelta(15)).isoformat(), "deadline_on": (clock.today() - dt.timedelta(1)).isoformat(),
        },
        "quotation-period": {"received": "2"},
        "evaluate": {"note": f"{BIDDER} scored 71"},
    }  # fmt: skip
    for task, data in done.items():
        tasks.complete_task(procurement=live, task=task, data=data, actor=by)
    live.refresh_from_db()
    return live


def an_award(*, by: Person, **answers: Any) -> tuple[Procurement, list[AwardedContract]]:
    """A procurement that is ready for its contracts to be recorded, and the contract to record."""
    live = an_evaluation(by=by, **answers)
    tasks.complete_task(procurement=live, task="award-report", data={"note": BIDDER}, actor=by)
    an_officer_decides(live, "award-meeting", by)
    a_decision(procurement=live, task="award-decision", by=by)
    for task in ("tell-bidders", "raise-order"):
        tasks.complete_task(procurement=live, task=task, data={}, actor=by)
    today = clock.today()
    contract = AwardedContract(
        title="Leisure centre management", suppliers=(BIDDER,), value_inc_vat=Decimal(90_000), signed_on=today, starts_on=today,
        ends_on=today + dt.timedelta(days=730), extension_months=(12, 12), notice_months=6,
    )  # fmt: skip
    live.refresh_from_db()
    return live, [contract]


def a_contract(
    *,
    by: Person,
    title: str = "Grounds maintenance",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    notice_months: int | None = 6,
    extension_months: tuple[int, ...] = (12, 12),
    supplier: str = "Greenbank Grounds Ltd",
    visibility: str = "boroughs",
    **more: Any,
) -> Contract:
    """A running contract of the person's organisation, from 1 April 2024 to 31 March 2028 unless said, and its entry."""
    contract = Contract.objects.create(
        reference=references.new("CT", taken=lambda reference: Contract.objects.filter(reference=reference).exists()),
        organisation=home_of(by), title=title, created_by=by, manager=by, notice_months=notice_months, visibility=visibility,
        starts_on=starts_on or dt.date(2024, 4, 1), ends_on=ends_on or dt.date(2028, 3, 31),
        **{"value_inc_vat": Decimal("480000"), "regime": "pa23", **more},
    )  # fmt: skip
    contract.suppliers.add(Supplier.named(supplier))
    ExtensionOption.objects.bulk_create(
        ExtensionOption(contract=contract, number=number, months=months)
        for number, months in enumerate(extension_months, 1)
    )
    contract_outcomes.CHANGED.happened(contract)
    return contract


def a_work(
    *, by: Person, route: str = "contract-change", contract: Contract | None = None, **more: Any
) -> Procurement:
    """Work about a contract, begun; `more` is of the contract."""
    return start_work(contract=contract or a_contract(by=by, **more), route=route, actor=by)


def an_ended_contract_work(*, by: Person) -> Procurement:
    """A supplier went into liquidation, and its contract has ended: that is not written on the contract yet."""
    record = a_work(by=by, route="supplier-insolvency")
    done: dict[str, dict[str, str]] = {
        "insolvency-what": {"stage": "liquidation"},
        "insolvency-terms": {},
        "insolvency-way": {"way": "buy-again", "reason": "Nobody else is left"},
        "insolvency-end": {"ends": "yes", "ended_on": (clock.today() - dt.timedelta(days=4)).isoformat()},
    }
    for task, data in done.items():
        tasks.complete_task(procurement=record, task=task, data=data, actor=by)
    return record


def a_settled_change(procurement: Procurement, *, by: Person) -> None:
    """An officer decides a change whose report can be written: endorsed and decided today."""
    tasks.complete_task(procurement=procurement, task="change-report", data={}, actor=by)
    an_officer_decides(procurement, "change-meeting", by)
    endorser = an_endorser(procurement.organisation)
    asked = endorsements.ask_endorsement(
        procurement=procurement,
        task="change-endorsed",
        kind="service",
        of=endorser,
        note="The change",
        paper=ELSEWHERE,
        actor=by,
    )
    endorsements.answer_endorsement(endorsement=asked, status="endorsed", reasons="Sound", actor=endorser)
    a_decision(procurement=procurement, task="change-decision", by=by)


def an_entry(
    *,
    by: Person,
    title: str = "Catering for schools",
    visibility: str = "boroughs",
    is_contract: bool = False,
    **facts: Any,
) -> Entry:
    """An entry typed in by an officer; `facts` as in a register row (dates as ISO text)."""
    given = {
        "title": title,
        "starts_on": (clock.today() + dt.timedelta(days=300)).isoformat(),
        "value": "250000",
        "vat": "inc",
        **facts,
    }
    return pipeline.type_in(
        organisation=home_of(by), facts=given, is_contract=is_contract, visibility=visibility, actor=by
    )
