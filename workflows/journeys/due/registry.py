"""Named due rules: by when a task must be done, or before which day it can't be, with the rule and its source.

Published routes use these names: a rule whose meaning changes gets a new name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from toolkit.law.values import LegalDate, words
from workflows.journeys.definitions import DueRule
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import EVENTS


@dataclass(frozen=True, slots=True)
class Due:
    """When. `day` None: not known yet, and `rule` says what it hangs on. `not_before`: an earliest day, not a last one.

    `basis`: `law` for a rule of law, `practice` for what councils do, `plan` for the toolkit's own planning aid,
    `notice` for the last day on which a contract lets notice be given, `contract` for the last day to start on what follows it.
    """

    day: dt.date | None
    rule: str
    source: str
    confirmed: bool = True
    caution: str = ""
    not_before: bool = False
    basis: str = "law"
    about: str = ""
    """What the day is, where “by” or “not before” would not say it."""
    opens_on: dt.date | None = None
    """The first day of the round that `day` ends, for a task that is done again and again."""

    @property
    def lead(self) -> str:
        """The words that stand before the day."""
        if self.about:
            return f"{self.about}:"
        if self.not_before:
            return "Not before"
        return {
            "law": "By law by",
            "practice": "By local practice by",
            "plan": "In your plan by",
            "notice": "Last day to give notice:",
            "contract": "Last day to start:",
        }[self.basis]

    @classmethod
    def of(
        cls, date: LegalDate, *, not_before: bool = False, about: str = "", opens_on: dt.date | None = None
    ) -> Due:
        return cls(
            date.day,
            date.rule,
            date.source,
            date.confirmed,
            date.caution,
            not_before,
            about=about,
            opens_on=opens_on,
        )


Params = Mapping[str, str | int]
Rule = Callable[[Facts, Params], Due]
RULES: dict[str, Rule] = {}


def rule_named(name: str) -> Callable[[Rule], Rule]:
    """Name a due rule. Raises ValueError for a name that is taken."""

    def register(rule: Rule) -> Rule:
        if name in RULES:
            raise ValueError(f"two due rules are called {name}")
        RULES[name] = rule
        return rule

    return register


def waiting(event: str, source: str, rule: str = "") -> Due:
    """What a rule gives before the day that it counts from is known. Raises KeyError for a name that is no event."""
    return Due(None, f"{rule} Worked out once {EVENTS[event]} is recorded.".strip(), source)


def due_of(rule: DueRule, facts: Facts) -> Due:
    """What the rule gives for these facts. Raises KeyError for an unknown rule or event."""
    return RULES[rule.rule](facts, dict(rule.params))


def aim_for(days_before_need: int, needed_on: dt.date | None) -> Due | None:
    """The planning aid: so many calendar days before the day of need."""
    if needed_on is None:
        return None
    try:
        day = needed_on - dt.timedelta(days_before_need)
    except OverflowError:
        return None
    return Due(
        day,
        f"A plan, not law: done about {days_before_need} days before it is needed on {words(needed_on)}.",
        "The toolkit’s planning allowance for this stage",
        basis="plan",
    )
