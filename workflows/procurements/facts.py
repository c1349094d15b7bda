"""What a procurement's record tells its journey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.core import clock
from toolkit.holidays.selectors import added_bank_holidays
from toolkit.law.calendars import BankHoliday
from workflows.journeys import loading
from workflows.journeys.definitions import Journey
from workflows.journeys.facts import Facts, Planned
from workflows.journeys.overlay import with_own_steps
from workflows.procurements.models import HistoryLine, Kind, LineKind, Procurement, Status
from workflows.procurements.triage import triage_of
from workflows.rules.selectors import InForce, remembered_rules, rules_in_force


def _is_light_touch(procurement: Procurement) -> bool | None:
    """Only services can be (Procurement Act 2023, section 9), whatever box was ticked."""
    if not procurement.is_light_touch:
        return procurement.is_light_touch
    return procurement.kind == Kind.SERVICES if procurement.kind else None


def planned_of(changes: Mapping[str, Any]) -> Planned:
    """What people changed in a plan, as the record keeps it."""
    return Planned(
        takes=dict(changes.get("takes", {})),
        starts={slug: dt.date.fromisoformat(day) for slug, day in changes.get("starts", {}).items()},
    )


def rules_day(procurement: Procurement) -> dt.date:
    """The day whose rules apply to a record: today, as long as it is open; the day it ended, once it has. What was done
    under earlier rules stays done. One query for a record that has ended."""
    if procurement.status not in (Status.CLOSED, Status.STOPPED):
        return clock.today()
    ends = (LineKind.CLOSED, LineKind.STOPPED, LineKind.HANDED_OVER)
    line = HistoryLine.objects.filter(procurement=procurement, kind__in=ends).order_by("-at").first()
    return line.at.astimezone(clock.LONDON).date() if line is not None else clock.today()


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """What a transaction works by, kept on the record it has locked: the same until its end, whatever is published
    meanwhile. Rules by the day they are of."""

    bank_holidays: tuple[BankHoliday, ...] = field(default_factory=added_bank_holidays)
    rules: dict[dt.date, InForce] = field(default_factory=dict)


def _as_it_is_now(procurement: Procurement) -> tuple[tuple[BankHoliday, ...], InForce]:
    """Not as this process remembers it: one query each, and on a locked record one each in its transaction."""
    asked, day = procurement.asked_once or AskedOnce(), rules_day(procurement)
    if day not in asked.rules:
        asked.rules[day] = rules_in_force(procurement.organisation_id, day)
    return asked.bank_holidays, asked.rules[day]


def facts_of(
    procurement: Procurement,
    bank_holidays: tuple[BankHoliday, ...] | None = None,
    *,
    rules: InForce | None = None,
) -> Facts:
    """The record's own facts and its organisation's own rules; what tasks recorded is added by the fold.

    Whatever refuses or records something gives neither `bank_holidays` nor `rules`: both are asked anew, one query each.
    A page gives the bank holidays it remembers, and has remembered rules too.
    """
    if bank_holidays is None:
        bank_holidays, now = _as_it_is_now(procurement)
        rules = now if rules is None else rules
    elif rules is None:
        rules = remembered_rules(procurement.organisation_id, rules_day(procurement))
    return Facts(
        kind=procurement.kind,
        category=procurement.category,
        value_inc_vat=procurement.value_inc_vat,
        value_ex_vat=procurement.value_ex_vat,
        above_threshold=triage_of(procurement).above,
        light_touch=_is_light_touch(procurement),
        concession=procurement.is_concession,
        commenced_on=procurement.commenced_on,
        decision_model=_decides_by(procurement, rules),
        regime=procurement.regime,
        events={"needed": procurement.needed_on} if procurement.needed_on is not None else {},
        planned=planned_of(procurement.plan_changes),
        bank_holidays=bank_holidays,
        own=rules.own,
        closed_days=rules.closed_days,
    )


def _decides_by(procurement: Procurement, rules: InForce) -> str:
    """How formal decisions are taken: as the rules in force say, else as the organisation is listed."""
    return rules.own.decision_model or procurement.organisation.decision_model


def under(facts: Facts, procurement: Procurement, rules: InForce) -> Facts:
    """The same facts of a record under other rules of its organisation."""
    return replace(
        facts,
        own=rules.own,
        closed_days=rules.closed_days,
        decision_model=_decides_by(procurement, rules),
    )


def journey_of(procurement: Procurement, facts: Facts) -> Journey:
    """The route of a started procurement in the version it began on, with its organisation's own steps. Raises
    AssertionError before it is started."""
    assert procurement.run is not None
    return with_own_steps(loading.of_run(procurement.run.journey, procurement.run.version), facts.own)


def is_purchase(procurement: Procurement) -> bool:
    """Is something bought on it? Not on work about a contract that is there already, nor where a procurement is abandoned
    or challenged: such a record is in no pipeline, and nothing asks which routes its answers open."""
    if procurement.run is None:
        return True
    return loading.of_run(procurement.run.journey, procurement.run.version).about == "procurement"
