"""Named conditions: when a task applies. Each is True, False or None (nobody has said).

An unknown fact never removes a task: None leaves it in place and says what has not been said. Only a known fact removes
one, together with the provision that does. Published routes use these names: a condition whose meaning changes gets a
new name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.law.thresholds import Trigger
from workflows.journeys.facts import Facts
from workflows.journeys.vocabulary import ANSWERS, CHOICES

Predicate = Callable[[Facts], bool | None]


@dataclass(frozen=True, slots=True)
class Condition:
    """A predicate and its words. `holds`: the sentence for “when”; `fails`: why the task is not needed, with its source;
    `about`: what it asks, for whoever reads it on the page of conditions."""

    name: str
    predicate: Predicate
    holds: str
    fails: str
    unknown: str
    about: str


CONDITIONS: dict[str, Condition] = {}


def _add(condition: Condition) -> None:
    if condition.name in CONDITIONS:
        raise ValueError(f"two conditions are called {condition.name}")
    CONDITIONS[condition.name] = condition


def condition(name: str, holds: str, fails: str, unknown: str) -> Callable[[Predicate], Predicate]:
    """Name a predicate. Its docstring is shown to readers: what does it ask, in their words? Raises ValueError without
    one, or for a name that is taken."""

    def register(predicate: Predicate) -> Predicate:
        if not predicate.__doc__:
            raise ValueError(f"{name}: a condition says what it asks")
        about = " ".join(predicate.__doc__.split()).replace("'", "’")
        _add(Condition(name, predicate, holds, fails, unknown, about))
        return predicate

    return register


def over(trigger: Trigger) -> Predicate:
    """Is the value, in pounds including VAT, beyond a figure of the law?"""

    def predicate(facts: Facts) -> bool | None:
        return None if facts.value_inc_vat is None else trigger.applies_to(Decimal(facts.value_inc_vat))

    return predicate


def negated(value: bool | None) -> bool | None:
    """The opposite; what is unknown stays unknown."""
    return None if value is None else not value


def every(*values: bool | None) -> bool | None:
    """One that fails decides; else one that is unknown."""
    return False if False in values else None if None in values else True


def some(*values: bool | None) -> bool | None:
    """One that holds decides; else one that is unknown."""
    return True if True in values else None if None in values else False


def answered(name: str, holds: str, fails: str) -> None:
    """The condition that a yes-or-no fact holds, under the fact's own name. Raises KeyError for a name that is no fact."""
    _add(
        Condition(
            name.replace("_", "-"),
            lambda facts: facts.answer(name),
            holds,
            fails,
            ANSWERS[name],
            f"The answer to a question of the route: {ANSWERS[name]}.",
        )
    )


def denied(name: str, fact: str, holds: str, fails: str) -> None:
    """The condition that a yes-or-no fact does not hold. Raises KeyError for a name that is no fact."""
    _add(
        Condition(
            name,
            lambda facts: negated(facts.answer(fact)),
            holds,
            fails,
            ANSWERS[fact],
            f"The opposite of the answer to a question of the route: {ANSWERS[fact]}.",
        )
    )


def chosen(name: str, fact: str, *options: str, holds: str, fails: str) -> None:
    """The condition that a fact which is one of several is one of `options`. A route that does not ask for the fact
    leaves it False. Raises KeyError for a name that is no fact, ValueError for an option it does not have."""
    unknown = CHOICES[fact].unknown
    if not set(options) <= CHOICES[fact].options:
        raise ValueError(f"{name}: {fact} has no such option")

    def predicate(facts: Facts) -> bool | None:
        choice = facts.choice(fact)
        return None if choice is None else choice in options

    _add(
        Condition(
            name, predicate, holds, fails, unknown, f"The answer to a question of the route: {unknown}."
        )
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Does a task apply? With the sentence that says why not, or what has not been said."""

    applies: bool | None
    because: str = ""


def judge(names: Sequence[str], facts: Facts) -> Verdict:
    """All of `names` must hold. One that fails decides, even when another is unknown. Raises KeyError for an unknown name."""
    unknown: Condition | None = None
    for name in names:
        condition = CONDITIONS[name]
        holds = condition.predicate(facts)
        if holds is False:
            return Verdict(False, condition.fails)
        if holds is None and unknown is None:
            unknown = condition
    return Verdict(None, unknown.unknown) if unknown is not None else Verdict(True)
