"""What differs in one live procurement under other rules of its organisation, in words: steps, approvals, days, numbers,
people, notes. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.core.text import count, listed, lower_first
from toolkit.core.who import WHO
from toolkit.law.values import words as day_words
from workflows.journeys.definitions import Journey, Task, TaskKind
from workflows.journeys.due import Due, due_of
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import approval_of
from workflows.journeys.planning.steps import step_dates
from workflows.journeys.progress import Needs
from workflows.procurements.approvals import kind_label
from workflows.rules.kept import Listing
from workflows.rules.words import call_in_words, endorsement_words, maker_words, model_words

MOST_LETTERS = 120
"""Of a note that is shown."""
NO_DAY, NO_NOTE, NOBODY = "no day", "no note", "nobody"
Figure = tuple[str, str, str]
"""What, before, after: in words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes in one procurement, in words."""

    added: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    approvals: tuple[Figure, ...] = ()
    figures: tuple[Figure, ...] = ()
    moves_stage: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.approvals or self.figures)


def difference(journey: Journey, before: Needs, after: Needs, more: Sequence[Figure] = ()) -> Difference:
    """Of the same run under two sets of rules. What is completed stays as it is. `more`: what else is known of it."""
    old = {need.task.slug: need for need in before.needs}
    new = {need.task.slug: need for need in after.needs}
    added = tuple(
        need.task.title
        for slug, need in new.items()
        if need.is_open and (slug not in old or old[slug].because)
    )
    dropped = tuple(
        (
            need.task.title,
            new[slug].because if slug in new else "your organisation’s own rules ask for it no more",
        )
        for slug, need in old.items()
        if need.is_open and (slug not in new or new[slug].because)
    )
    approvals = tuple(
        (need.task.title, said, says)
        for slug, need in new.items()
        if need.task.kind in _APPROVALS and need.is_open and slug in old and old[slug].is_open
        for said, says in (_approval(need.task, before.facts, after.facts),)
        if said != says
    )
    figures = tuple(_figures(journey, before, after))
    return Difference(added, dropped, approvals, (*figures, *more), before.stage != after.stage)


_APPROVALS = {TaskKind.ENDORSEMENT: endorsement_words, TaskKind.DECISION: maker_words}


def _approval(task: Task, before: Facts, after: Facts) -> tuple[str, str]:
    """Who endorses or decides this step, before and after."""
    words = _APPROVALS[task.kind]
    return words(approval_of(task, before)), words(approval_of(task, after))


def open_in_both(before: Needs, after: Needs) -> list[Task]:
    """The steps that are open under both sets of rules, in the order of the route."""
    was = {need.task.slug for need in before.needs if need.is_open}
    return [need.task for need in after.needs if need.is_open and need.task.slug in was]


def _figures(journey: Journey, before: Needs, after: Needs) -> Iterator[Figure]:
    old, new = before.facts, after.facts
    if old == new:
        return
    tasks = open_in_both(before, after)
    was, now = old.own, new.own
    if any(task.kind == TaskKind.DECISION for task in tasks):
        if old.decision_model != new.decision_model:
            yield (
                "How formal decisions are taken",
                model_words(old.decision_model),
                model_words(new.decision_model),
            )
        if was.call_in_days != now.call_in_days:
            yield (
                "Call-in",
                lower_first(call_in_words(was.call_in_days)),
                lower_first(call_in_words(now.call_in_days)),
            )
    yield from _certain(before, after)
    yield from _due(tasks, old, new)
    yield from _planned(journey, tasks, old, new)
    yield from _notes(tasks, old, new)
    yield from _contacts(tasks, old, new)


def _certain(before: Needs, after: Needs) -> Iterator[Figure]:
    """Steps that applied for certain and now may, or the other way round."""
    was = {need.task.slug: need.unsaid for need in before.needs if need.is_open}
    for need in after.needs:
        if need.is_open and was.get(need.task.slug, need.unsaid) != need.unsaid:
            yield need.task.title, _may(was[need.task.slug]), _may(need.unsaid)


def _may(unsaid: str) -> str:
    return f"may apply, as nobody has said {unsaid}" if unsaid else "needed"


def _due(tasks: Sequence[Task], old: Facts, new: Facts) -> Iterator[Figure]:
    """Days and numbers that a step's own rule gives: by when, how many quotations."""
    for task in tasks:
        if task.due is None:
            continue
        was, now = due_of(task.due, old), due_of(task.due, new)
        if (was.day, was.opens_on) != (now.day, now.opens_on):
            yield task.title, _day(was), _day(now)
        elif was.day is None and was.opens_on is None and was.rule != now.rule:
            yield task.title, was.rule, now.rule


def _day(due: Due) -> str:
    if due.day is None:
        return f"from {day_words(due.opens_on)}" if due.opens_on is not None else NO_DAY
    return f"{'not before' if due.not_before else 'by'} {day_words(due.day)}"


def _moves_days(facts: Facts) -> tuple[Any, ...]:
    """All of an organisation's own that a plan counts with."""
    own = facts.own
    approvals = own.approvals, own.key_decision_from, own.call_in_days
    return (
        *approvals,
        own.meetings,
        own.allowances,
        own.voluntary_standstill,
        facts.closed_days,
        facts.decision_model,
    )


def _planned(journey: Journey, tasks: Sequence[Task], old: Facts, new: Facts) -> Iterator[Figure]:
    """The days that the plan gives to steps: how many move, and the first of them."""
    if _moves_days(old) == _moves_days(new):
        return
    was, now = step_dates(journey, old), step_dates(journey, new)
    moved = [
        (task, first, then)
        for task in tasks
        for first, then in ((was.get(task.slug), now.get(task.slug)),)
        if _planned_for(first) != _planned_for(then)
    ]
    if moved:
        task, first, then = moved[0]
        what = "Planned day of" if len(moved) == 1 else f"Planned days of {count(len(moved), 'step')}; first,"
        yield f"{what} “{task.title}”", _planned_words(first), _planned_words(then)


def _planned_for(due: Due | None) -> dt.date | None:
    return due.day if due is not None else None


def _planned_words(due: Due | None) -> str:
    day = _planned_for(due)
    return day_words(day) if day is not None else NO_DAY


def _notes(tasks: Sequence[Task], old: Facts, new: Facts) -> Iterator[Figure]:
    if old.own.notes == new.own.notes:
        return
    for task in tasks:
        was, now = old.own.notes.get(task.slug, ""), new.own.notes.get(task.slug, "")
        if was != now:
            yield f"Your note on “{task.title}”", _short(was), _short(now)


def _short(text: str) -> str:
    if not text:
        return NO_NOTE
    return f"“{text}”" if len(text) <= MOST_LETTERS else f"“{text[: MOST_LETTERS - 1].rstrip()}…”"


def _contacts(tasks: Sequence[Task], old: Facts, new: Facts) -> Iterator[Figure]:
    if old.own.contacts == new.own.contacts:
        return
    for about in dict.fromkeys(who for task in tasks for who in task.who):
        was, now = _asked(old, about), _asked(new, about)
        if was != now:
            yield f"Whom to ask: {WHO[about].lower() if about in WHO else about}", was, now


def _asked(facts: Facts, about: str) -> str:
    people = [
        f"{each.name} ({each.email})" if each.email else each.name
        for each in facts.own.contacts
        if each.about == about
    ]
    return listed(people) or NOBODY


def who_may_endorse(
    needs: Needs, before: Sequence[Listing], after: Sequence[Listing], today: dt.date
) -> Iterator[Figure]:
    """Who is listed for the endorsements that open steps ask for, at the value of this procurement."""
    for need in needs.needs:
        if need.task.kind != TaskKind.ENDORSEMENT or not need.is_open:
            continue
        approval = approval_of(need.task, needs.facts)
        listed_for = {each.kind for each in (*before, *after)}
        kinds = approval.endorsements if approval is not None else sorted(listed_for)
        for kind in dict.fromkeys(kinds):
            was, now = (_may_endorse(each, kind, needs.facts, today) for each in (before, after))
            if was != now:
                yield f"{need.task.title}: who may, for {kind_label(kind).lower()}", was, now


def _may_endorse(people: Sequence[Listing], kind: str, facts: Facts, today: dt.date) -> str:
    names = [each.words(today) for each in people if each.kind == kind and each.covers(facts.value)]
    return listed(names) or NOBODY
