"""What a journey knows about one procurement. None always means: nobody has said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from toolkit.law.calendars import BankHoliday
from workflows.journeys.own_rules import NO_RULES, OwnRules, Value
from workflows.journeys.vocabulary import ANSWERS, CHOICES, EVENTS


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the answers of tasks say. `rounds`: every day of an event that happens again and again, in order."""

    answers: Mapping[str, bool | None] = field(default_factory=dict)
    choices: Mapping[str, str | None] = field(default_factory=dict)
    events: Mapping[str, dt.date] = field(default_factory=dict)
    rounds: Mapping[str, tuple[dt.date, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """What people changed in one plan: activity → the calendar days it takes, activity → the day it begins."""

    takes: Mapping[str, int] = field(default_factory=dict)
    starts: Mapping[str, dt.date] = field(default_factory=dict)


NOTHING_PLANNED = Planned()


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts at one moment. Values in pounds, with and without VAT."""

    kind: str = ""
    category: str = ""
    value_inc_vat: Decimal | None = None
    value_ex_vat: Decimal | None = None
    above_threshold: bool | None = None
    light_touch: bool | None = None
    concession: bool | None = None
    commenced_on: dt.date | None = None
    decision_model: str = "other"
    regime: str = "pa23"
    own: OwnRules = NO_RULES
    """The organisation's own rules in force."""
    planned: Planned = NOTHING_PLANNED
    """What was changed in its plan."""
    answers: Mapping[str, bool | None] = field(default_factory=dict)
    choices: Mapping[str, str | None] = field(default_factory=dict)
    events: Mapping[str, dt.date] = field(default_factory=dict)
    rounds: Mapping[str, tuple[dt.date, ...]] = field(default_factory=dict)
    bank_holidays: tuple[BankHoliday, ...] = ()
    """Those that staff added: they move every count of working days."""
    closed_days: tuple[dt.date, ...] = ()
    """The organisation's own: they move no statutory date."""

    @property
    def value(self) -> Value:
        """Both ways, for figures that say whether they include VAT."""
        return Value(self.value_inc_vat, self.value_ex_vat)

    def answer(self, name: str) -> bool | None:
        """A yes-or-no fact. Raises KeyError for a name that is no fact."""
        if name not in ANSWERS:
            raise KeyError(name)
        return self.answers.get(name)

    def choice(self, name: str) -> str | None:
        """A fact that is one of several: None when nobody has said, empty when the route does not ask.

        Raises KeyError for a name that is no fact.
        """
        if name not in CHOICES:
            raise KeyError(name)
        return self.choices.get(name, "")

    def day_of(self, event: str) -> dt.date | None:
        """The day of an event, if it is known. Raises KeyError for a name that is no event."""
        if event not in EVENTS:
            raise KeyError(event)
        return self.events.get(event)

    def with_recorded(self, recorded: Recorded) -> Facts:
        """These facts and what tasks recorded."""
        return replace(
            self,
            answers={**self.answers, **recorded.answers},
            choices={**self.choices, **recorded.choices},
            events={**self.events, **recorded.events},
            rounds={**self.rounds, **recorded.rounds},
        )
