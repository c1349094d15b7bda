"""What a step's answers may not say, each refusal a sentence for the field it belongs to. Pure, and asked twice: by the
form, to show it beside the field, and by the service, so that nothing comes in another way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from toolkit.law.periods import moved
from toolkit.law.values import counted, words
from workflows.journeys.conditions import judge
from workflows.journeys.definitions import Field, FieldType, Task
from workflows.journeys.due import due_of
from workflows.journeys.facts import Facts
from workflows.journeys.progress import recorded_by
from workflows.journeys.vocabulary import EVENTS, USER_CHOICE


def fields_asked(task: Task, facts: Facts) -> list[Field]:
    """The fields that these facts leave in: an unknown fact never removes one."""
    return [given for given in task.fields if judge(given.when, facts).applies is not False]


def refusals(
    task: Task, answers: Mapping[str, Any], facts: Facts, *, today: dt.date
) -> list[tuple[str, str]]:
    """(field, sentence) for each answer that cannot be. `answers` as an event keeps them: days as ISO text."""
    found: list[tuple[str, str]] = []
    days = {
        given.name: dt.date.fromisoformat(str(answers[given.name]))
        for given in task.fields
        if given.type == FieldType.DATE and answers.get(given.name) and given.is_asked(answers)
    }
    for given in task.fields:
        if given.name in days:
            sentence = _refused_day(given, days, facts, today)
            if sentence:
                found.append((given.name, sentence))
        if given.fact == "ground" and answers.get(given.name) == USER_CHOICE and facts.light_touch is False:
            found.append(
                (
                    given.name,
                    "User choice is a ground for light-touch services only (Procurement Act 2023, Schedule 5, paragraphs 15 to 17)",
                )
            )
        if given.must is not None and given.is_asked(answers) and answers.get(given.name):
            only, sentence = given.must
            if answers[given.name] != only:
                found.append((given.name, sentence))
    refused = {name for name, _ in found}
    found += [pair for pair in _outside(task, answers, days, facts) if pair[0] not in refused]
    return found


def _refused_day(given: Field, days: Mapping[str, dt.date], facts: Facts, today: dt.date) -> str:
    day = days[given.name]
    if not given.ahead and day > today:
        return "The date must be today or in the past: record it once it has happened"
    if given.after in days and day <= days[given.after]:
        return f"The date must be after {words(days[given.after])}, the day you gave above"
    if given.not_before is not None:
        event, wait = given.not_before
        earlier = facts.day_of(event)
        if earlier is not None and day < moved(earlier, wait):
            waiting = f", {counted(wait, 'day')} after" if wait else ", the day of"
            return f"The date must be on or after {words(moved(earlier, wait))}{waiting} {EVENTS[event]}"
    return ""


def _outside(
    task: Task, answers: Mapping[str, Any], days: Mapping[str, dt.date], facts: Facts
) -> list[tuple[str, str]]:
    """A day that the task's own rule does not allow yet, such as a deadline inside the minimum period, or no longer.
    `limits` of the rule names the fields that may hold that day."""
    limited = str(dict(task.due.params).get("limits", "")).split() if task.due is not None else []
    given = [name for name in limited if name in days]
    if task.due is None or not given:
        return []
    due = due_of(task.due, facts.with_recorded(recorded_by(task, answers)))
    if due.day is None:
        return []
    if due.not_before:
        wrong, sentence = (
            [name for name in given if days[name] < due.day],
            "The earliest day the law allows is",
        )
    else:
        wrong, sentence = [name for name in given if days[name] > due.day], "The last day the law allows was"
    return [(name, f"{sentence} {words(due.day)}: {due.rule} ({due.source})") for name in wrong]
