"""Own rules of two demonstration boroughs that decide in different ways: Fleet has a cabinet, Tyburn committees."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from toolkit.accounts.models import Organisation, Person
from toolkit.core import clock
from toolkit.core.stages import Stage
from workflows.journeys.own_rules import Amount, Approval, Band, ExtraTask, OwnRules
from workflows.procurements.services.weighing import work_out
from workflows.rules import content
from workflows.rules.models import MeetingSource, RuleSet
from workflows.rules.services import drafts, publishing, rows

AGO = dt.timedelta(days=200)
"""Longer ago than anything else in the demonstration: everything there was done under these rules."""


def _ex(pounds: int) -> Amount:
    return Amount(Decimal(pounds).quantize(Decimal("0.01")))


def _approval(
    gate: str,
    start: int,
    below: int | None,
    endorsements: str,
    makers: str,
    source: str,
    *,
    in_order: bool = True,
) -> Approval:
    return Approval(
        gate=gate,
        start=_ex(start) if start else None,
        below=_ex(below) if below is not None else None,
        endorsements=tuple(endorsements.split()),
        in_order=in_order,
        makers=tuple(makers.split()),
        source=source,
    )


_FLEET = "Contract procedure rules, section 7"
FLEET = OwnRules(
    key_decision_from=_ex(500_000),
    call_in_days=5,
    approvals=(
        _approval("strategy", 0, 150_000, "service", "officer", _FLEET),
        _approval("strategy", 150_000, 500_000, "procurement finance", "officer member", _FLEET),
        _approval("strategy", 500_000, None, "procurement finance legal", "cabinet mayor", _FLEET),
        _approval("award", 0, 500_000, "", "officer", _FLEET),
        _approval("award", 500_000, None, "finance legal", "cabinet mayor", _FLEET, in_order=False),
    ),
    bands=(
        Band(None, _ex(10_000), 1, False, "One quotation in writing."),
        Band(_ex(10_000), _ex(50_000), 3, False, "Three quotations in writing."),
        Band(_ex(50_000), _ex(150_000), 5, False, "Five quotations in writing, by the e-tendering system."),
        Band(_ex(150_000), None, 5, True, "Advertised openly."),
    ),
    extra_tasks=(
        ExtraTask(
            slug="gateway-board",
            stage=Stage.PLAN,
            title="Take it to the gateway board",
            hint="Meets on the first Wednesday of the month",
            what="Send the business case to the board a week before it meets. It advises; it does not decide.",
            who=("procurement",),
            source=_FLEET,
            optional=True,
        ),
    ),
    notes={"business-case": "Use the finance template of this year: older ones lack the carbon table."},
    notice_for_provided_options=True,
    voluntary_standstill=True,
)
_TYBURN = "Standing orders for contracts, 14"
TYBURN = OwnRules(
    call_in_days=10,
    approvals=(
        _approval("strategy", 0, 250_000, "service", "officer", _TYBURN),
        _approval("strategy", 250_000, None, "procurement legal", "committee", _TYBURN, in_order=False),
        _approval("award", 0, 250_000, "", "officer", _TYBURN),
        _approval("award", 250_000, None, "legal", "committee council", _TYBURN),
    ),
    bands=(
        Band(None, _ex(25_000), 1, False, "One quotation in writing."),
        Band(_ex(25_000), None, 4, False, "Four quotations in writing."),
    ),
    tolerance_percent=5,
)
_NOTES = {
    "fleet": "The contract procedure rules of this year",
    "tyburn": "Standing orders as the council revised them",
}


def seed_rules(boroughs: dict[str, Organisation], people: dict[str, Person]) -> None:
    """Rules, people listed, dates that lie ahead, contacts. What is there already stays."""
    for slug, rules in (("fleet", FLEET), ("tyburn", TYBURN)):
        organisation, administrator = boroughs[slug], people[f"admin.{slug}"]
        if RuleSet.objects.filter(organisation=organisation).exists():
            continue
        with clock.held_at(clock.now() - AGO):
            _publish(organisation, rules, administrator)
        _beside(organisation, administrator)


def _publish(organisation: Organisation, rules: OwnRules, administrator: Person) -> None:
    draft = drafts.begin(organisation=organisation, actor=administrator)
    draft.content = content.write(rules)
    draft.lock_version += 1
    draft.save()
    work_out(publishing.weigh(organisation=organisation, actor=administrator).pk)
    made = publishing.publish(
        organisation=organisation, applies_from=clock.today(), note=_NOTES[organisation.slug], version=draft.lock_version,
        actor=administrator, accepts=True,
    )  # fmt: skip
    work_out(made.weighings.get(lock_version=made.lock_version).pk)


def _beside(organisation: Organisation, administrator: Person) -> None:
    body, makers = (
        ("Cabinet", ["cabinet"]) if organisation.slug == "fleet" else ("Resources Committee", ["committee"])
    )
    first = clock.today() + dt.timedelta(days=(1 - clock.today().weekday()) % 7 + 7)  # a Tuesday
    days = [first + dt.timedelta(weeks=4 * number) for number in range(13)]
    rows.add_meetings(
        organisation=organisation, meetings=[(body, on) for on in days], makers=makers, source=MeetingSource.PASTED,
        actor=administrator,
    )  # fmt: skip
    year = clock.today().year + (clock.today() > dt.date(clock.today().year, 12, 24))
    rows.add_closed_days(
        organisation=organisation, days=[(dt.date(year, 12, 24), "Christmas closure")], actor=administrator
    )
    for about, name in (
        ("procurement", "Commercial team"),
        ("legal", "Contracts lawyers"),
        ("democratic", "Committee services"),
    ):
        rows.put_contact(
            organisation=organisation, about=about, name=name, email=f"{about}@{organisation.slug}.demo.example",
            actor=administrator,
        )  # fmt: skip
