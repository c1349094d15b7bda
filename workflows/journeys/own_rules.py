"""An organisation's own rules, as the engine needs them: pure. They change no route; they are laid over every version of it.

A council's standing orders say who endorses, who decides and when something is a key decision; they add steps, notes and
committee dates. Amounts say whether they include VAT: standing orders usually leave it out, the Act always includes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.core.stages import Stage

GATES: Mapping[str, str] = {
    "strategy": "the strategy",
    "award": "the award",
    "change": "a change of a contract",
    "waiver": "a waiver of standing orders",
}
"""What an organisation approves: slug → words. (On screen: *approval* or *decision*, never gate.)"""

INC_VAT, EX_VAT = "inc", "ex"


@dataclass(frozen=True, slots=True)
class Amount:
    """Pounds, with (`inc`) or without (`ex`) VAT."""

    pounds: Decimal
    basis: str = EX_VAT


@dataclass(frozen=True, slots=True)
class Value:
    """What a procurement is worth, both ways, so that either basis can be asked. None: not known."""

    inc_vat: Decimal | None = None
    ex_vat: Decimal | None = None

    def at_least(self, amount: Amount) -> bool | None:
        """Is it this much or more, on the basis of `amount`? None when the value is not known."""
        value = self.inc_vat if amount.basis == INC_VAT else self.ex_vat
        return None if value is None else value >= amount.pounds


@dataclass(frozen=True, slots=True)
class Approval:
    """What one gate needs in one band of value. `start` None: from nothing; `below` None: without an upper end."""

    gate: str
    start: Amount | None = None
    below: Amount | None = None
    categories: tuple[str, ...] = ()
    """Category slugs (toolkit.core.categories); empty: all."""
    kinds: tuple[str, ...] = ()
    """`goods`, `services`, `works`; empty: all."""
    endorsements: tuple[str, ...] = ()
    """Kinds of endorsement, in the order they are asked for; empty: none is needed."""
    in_order: bool = True
    """One after another; else side by side."""
    makers: tuple[str, ...] = ()
    """Who may take the formal decision (slugs of DecisionMaker); empty: no formal decision is needed."""
    source: str = ""
    """Where the organisation's own rules say so, such as “Contract standing orders, 12.3”."""

    def covers(self, value: Value, category: str, kind: str) -> bool:
        """A value that nobody knows is in the highest band: it counts as reaching every figure."""
        if self.categories and category not in self.categories:
            return False
        if self.kinds and kind not in self.kinds:
            return False
        if self.start is not None and value.at_least(self.start) is False:
            return False
        return self.below is None or value.at_least(self.below) is False


@dataclass(frozen=True, slots=True)
class Band:
    """How quotations are sought in a band of value below the threshold."""

    start: Amount | None
    below: Amount | None
    quotations: int
    """How many are asked for."""
    advertise: bool
    how: str

    def covers(self, value: Value) -> bool:
        """A value that nobody knows is in the highest band."""
        if self.start is not None and value.at_least(self.start) is False:
            return False
        return self.below is None or value.at_least(self.below) is False


@dataclass(frozen=True, slots=True)
class ExtraTask:
    """A step that the organisation adds at the end of a stage."""

    slug: str
    stage: Stage
    title: str
    hint: str
    what: str
    who: tuple[str, ...]
    source: str
    when: tuple[str, ...] = ()
    """Names of conditions (workflows.journeys.conditions); all must hold."""
    routes: tuple[str, ...] = ()
    """Slugs of routes; empty: all."""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask, about what."""

    about: str
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A day on which a body meets and can decide."""

    body: str
    on: dt.date
    makers: tuple[str, ...] = ()
    """The decisions it can take (slugs of DecisionMaker); empty: any that needs a meeting."""


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The rules in force on one day."""

    organisation: str = ""
    number: int = 0
    """Of the rule set, within its organisation: what is recorded under these rules keeps it. 0: none is published."""
    applies_from: dt.date | None = None
    decision_model: str = ""
    """How formal decisions are taken (slugs of DecisionModel); empty: not said here, and the organisation’s own."""
    key_decision_from: Amount | None = None
    call_in_days: int | None = None
    """Working days of the `council` calendar after a decision is published; None: not said, 0: there is no call-in."""
    approvals: tuple[Approval, ...] = ()
    bands: tuple[Band, ...] = ()
    extra_tasks: tuple[ExtraTask, ...] = ()
    past_tasks: tuple[ExtraTask, ...] = ()
    """Extra steps of earlier rules: shown, as not needed any more, where something has happened to them."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Step → the organisation's own note on it."""
    contacts: tuple[Contact, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    """In order of their days."""
    notice_for_provided_options: bool | None = None
    """Publish a contract change notice (UK10) also when a provided option is used? None: the organisation has not said."""
    voluntary_standstill: bool | None = None
    """Promise a standstill where none is mandatory? None: decided each time."""
    tolerance_percent: int = 10
    """An endorsement lapses when the value has gone up by more than this."""
    allowances: Mapping[str, int] = field(default_factory=dict)
    """Activity of the plan → calendar days it takes here, instead of the toolkit's own allowance."""

    def approval_for(self, gate: str, value: Value, category: str = "", kind: str = "") -> Approval | None:
        """What the gate needs; the first rule that covers it decides. None: the rules say nothing of it."""
        return next(
            (rule for rule in self.approvals if rule.gate == gate and rule.covers(value, category, kind)),
            None,
        )

    def band_for(self, value: Value) -> Band | None:
        """How quotations are sought at this value; the first band that covers it. None: the rules say nothing of it."""
        return next((band for band in self.bands if band.covers(value)), None)

    def key_decision(self, value: Value) -> bool | None:
        """Is it a key decision by its value? True or not known: below the figure it may be one by its effect on wards."""
        if self.key_decision_from is None:
            return None
        return True if value.at_least(self.key_decision_from) else None


NO_RULES = OwnRules()
"""Of an organisation that has set none."""
