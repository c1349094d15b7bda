"""“It is no key decision”, said of something whose value reaches the organisation's own figure.

The figure alone does not settle it: what is significant is judged against the budget of the service (SI 2012/2089,
regulation 8; check with your legal team). So the answer stands, with the reason for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.journeys.definitions import Field, Task
from workflows.journeys.facts import Facts
from workflows.journeys.planning.deciding import said_of
from workflows.journeys.progress import Progress, Status
from workflows.journeys.refusals import fields_asked
from workflows.rules.words import amount_words

WHY = "not_key_because"
"""Under this name an event keeps the reason."""
MOST = 1000
NOT_SAID = "No reason was recorded"
# Not of a change: the value of such a record is the contract's, and not what is decided on.
_FACTS = frozenset({"key_decision_strategy", "key_decision_award"})


def figure(facts: Facts) -> str:
    """The organisation's own figure where the value reaches it, in words; empty where it does not, or one is not known."""
    own = facts.own.key_decision_from
    return amount_words(own) if own is not None and facts.own.key_decision(facts.value) else ""


def field_with_reason(task: Task, facts: Facts) -> Field | None:
    """The question of this step whose answer “no” needs a reason for these facts."""
    if not figure(facts):
        return None
    return next((given for given in fields_asked(task, facts) if given.fact in _FACTS), None)


def refusal(task: Task, answers: Mapping[str, Any], facts: Facts) -> str:
    """Why these answers of a step cannot be; empty where they can."""
    given = field_with_reason(task, facts)
    if given is None or answers.get(given.name) != "no" or str(answers.get(WHY) or "").strip():
        return ""
    return (
        f"Enter why it is not a key decision: the value reaches {figure(facts)}, from which your organisation’s own rules "
        "make it one"
    )


@dataclass(frozen=True, slots=True)
class NotKey:
    """What was said of an approval: no key decision, although the value reaches the figure. `because` empty: nobody said
    why."""

    task: Task
    figure: str
    because: str


def not_key(progress: Progress, gate: str) -> NotKey | None:
    """What was answered for this approval, where it needs a reason as the facts are now."""
    reached, fact = figure(progress.facts), f"key_decision_{said_of(gate)}"
    if not reached or fact not in _FACTS:
        return None
    for state in progress.states:
        for given in state.task.fields:
            said_no = given.fact == fact and state.data.get(given.name) == "no"
            if said_no and state.status == Status.COMPLETED:
                return NotKey(state.task, reached, str(state.data.get(WHY) or "").strip())
    return None
