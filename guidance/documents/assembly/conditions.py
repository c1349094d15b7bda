"""Conditions on answers: `staff-transfer is yes`, `route is not open`, `budget-code is answered`,
`large-scale is yes or children is yes`.

Three-valued: a condition on a question that nobody has answered is neither true nor false, and then a document keeps
both passages, marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_TEST = re.compile(r"([a-z0-9-]+) is (not )?([a-z0-9-]+)")
ANSWERED = "answered"


class RuledOut:
    """In the place of an answer: the question is not asked, because of what was answered before it. No test of it holds,
    whichever way round."""


RULED_OUT = RuledOut()


class NoCondition(ValueError):
    """The text is no condition. The message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Test:
    """One test of one answer: the question’s name, the value, and whether it is turned round."""

    name: str
    value: str
    is_not: bool = False

    def __str__(self) -> str:
        return f"{self.name} is {'not ' if self.is_not else ''}{self.value}"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when any of its tests does."""

    any_of: tuple[Test, ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.any_of))


def read(text: str) -> Condition:
    """Raises NoCondition."""
    return Condition(tuple(_read_test(part) for part in text.strip().split(" or ")))


def _read_test(text: str) -> Test:
    found = _TEST.fullmatch(text.strip())
    if found is None:
        raise NoCondition(f"“{text}” is no condition: write one like “staff-transfer is yes”")
    return Test(found[1], found[3], bool(found[2]))


def _passes(test: Test, answers: Mapping[str, Any], *, is_blank: bool) -> bool | None:
    answer = answers.get(test.name)
    if isinstance(answer, RuledOut):
        return False
    is_answered = answer not in (None, "", [])
    if test.value == ANSWERED and not is_blank:
        return is_answered != test.is_not
    if not is_answered:
        return None
    return (answer == test.value) != test.is_not


def holds(condition: Condition, answers: Mapping[str, Any], *, is_blank: bool = False) -> bool | None:
    """Does it hold? None when that hangs on a question that is not answered yet. In a blank nothing is answered, and so
    nothing is known: not even that it stays so."""
    found = [_passes(test, answers, is_blank=is_blank) for test in condition.any_of]
    if True in found:
        return True
    return None if None in found else False


def all_hold(
    conditions: Sequence[Condition], answers: Mapping[str, Any], *, is_blank: bool = False
) -> bool | None:
    """Do all of them hold? False as soon as one does not; None when that is open. True for none at all."""
    found = [holds(condition, answers, is_blank=is_blank) for condition in conditions]
    if False in found:
        return False
    return None if None in found else True


def names_in(conditions: Sequence[Condition]) -> list[str]:
    """The questions that these conditions ask about."""
    return [test.name for condition in conditions for test in condition.any_of]
