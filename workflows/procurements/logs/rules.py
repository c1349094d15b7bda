"""What an entry may not say, each fault a sentence for the field it belongs to. Pure, and asked twice: by the form, and by
the service, so that nothing comes in another way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from toolkit.core.text import plain
from workflows.procurements.logs.kinds import Log
from workflows.procurements.logs.models import Declared, Effect, Nature, Told

Fault = tuple[str, str]
Given = Mapping[str, Any]

_LEGAL_FORMS = frozenset({"ltd", "limited", "plc", "llp", "cic", "inc", "the", "and", "of", "co", "company"})


def faults(log: Log, given: Given, *, now: dt.datetime) -> list[Fault]:
    """(field, sentence) for each thing that cannot be. `given` by field, empty text where nothing was said."""
    return list(_RULES[log](given, now))


def _not_ahead(given: Given, now: dt.datetime, *names: str) -> Iterator[Fault]:
    for name in names:
        if given.get(name) is not None and given[name] > now.date():
            yield name, "The date must be today or in the past"


def _conflict(given: Given, now: dt.datetime) -> Iterator[Fault]:
    yield from _not_ahead(given, now, "declared_on")
    declared = given.get("declared")
    if declared != Declared.NOT_YET and given.get("declared_on") is None:
        yield "declared_on", "Enter the day it was declared"
    if declared == Declared.NOT_YET and given.get("declared_on") is not None:
        yield "declared", "Select what was declared on that day"
    if declared == Declared.INTEREST and not given.get("interest"):
        yield "interest", "Enter what the interest is"
    nature = given.get("nature")
    if nature and not given.get("assessment"):
        yield "assessment", "Enter what the assessment rests on"
    if nature in (Nature.ACTUAL, Nature.POTENTIAL, Nature.PERCEIVED) and not given.get("mitigation"):
        yield "mitigation", "Enter what is done about it"


def _engagement(given: Given, now: dt.datetime) -> Iterator[Fault]:
    yield from _not_ahead(given, now, "held_on", "shared_on")
    told = given.get("told")
    if told in (Told.EVERYBODY, Told.NOT_YET) and not given.get("what_told"):
        yield "what_told", "Enter what they were told or given"
    if told == Told.EVERYBODY and given.get("shared_on") is None:
        yield "shared_on", "Enter the day every supplier had it"
    if told in (Told.NOTHING, Told.NOT_YET) and given.get("shared_on") is not None:
        yield "told", "Select that it was shared with every supplier, or leave the day empty"


def names_asker(asker: str, text: str) -> bool:
    """Does a text name who asked? By the whole name without its legal form, or by a word of it that stands for it."""
    words = [word for word in plain(asker).split() if word not in _LEGAL_FORMS]
    said = f" {plain(text)} "
    if not words:
        return False
    return f" {' '.join(words)} " in said or (len(words[0]) >= 5 and f" {words[0]} " in said)


def _clarification(given: Given, now: dt.datetime) -> Iterator[Fault]:
    yield from _not_ahead(given, now, "asked_on", "answered_on", "published_on")
    asked, answered, published = (given.get(name) for name in ("asked_on", "answered_on", "published_on"))
    if asked is not None and answered is not None and answered < asked:
        yield "answered_on", "The day of the answer must be on or after the day of the question"
    if published is not None:
        for name, what in (("published_question", "the question"), ("published_answer", "the answer")):
            if not given.get(name):
                yield name, f"Enter {what} as published"
        if answered is None:
            yield "answered_on", "Enter the day it was answered"
        elif published < answered:
            yield "published_on", "The day it was published must be on or after the day of the answer"
    for name in ("published_question", "published_answer"):
        if names_asker(given.get("asker") or "", given.get(name) or ""):
            yield name, "This names who asked: take the name out before it goes to every supplier"
    if given.get("effect") == Effect.LONGER and given.get("new_deadline_on") is None:
        yield "new_deadline_on", "Enter the new deadline"
    if given.get("effect") != Effect.LONGER and given.get("new_deadline_on") is not None:
        yield "effect", "Select that the deadline was moved, or leave the new deadline empty"


def _risk(given: Given, now: dt.datetime) -> Iterator[Fault]:
    yield from ()


def _decision(given: Given, now: dt.datetime) -> Iterator[Fault]:
    yield from _not_ahead(given, now, "decided_on")


def _opening(given: Given, now: dt.datetime) -> Iterator[Fault]:
    if given.get("released_at") is not None and given["released_at"] > now:
        yield "released_on", "The tenders must have been released before you record it"
    if given.get("late") and not given.get("late_why"):
        yield "late_why", "Enter why they were late, and what was decided about them"


_RULES: Mapping[Log, Callable[[Given, dt.datetime], Iterator[Fault]]] = {
    Log.CONFLICTS: _conflict,
    Log.ENGAGEMENT: _engagement,
    Log.CLARIFICATION: _clarification,
    Log.RISKS: _risk,
    Log.DECISIONS: _decision,
    Log.OPENING: _opening,
}
