"""What must be true before a step can be completed, beyond its own answers: each check says in a sentence what is missing.

Checks are registered in `AppConfig.ready`, so that a step’s page and service know of none by name.
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit.core.errors import Refused
from workflows.journeys.definitions import Task
from workflows.journeys.progress import Progress
from workflows.procurements.models import Procurement

Check = Callable[[Procurement, Task, Progress], str]
"""Gives the sentence that refuses, or nothing."""

_checks: list[Check] = []


def register(check: Check) -> None:
    """Ask this before every completion; registered twice, it is asked once."""
    if check not in _checks:
        _checks.append(check)


def check(procurement: Procurement, task: Task, progress: Progress) -> None:
    """Raises Refused with the first sentence. Asked with the record locked."""
    for each in _checks:
        if sentence := each(procurement, task, progress):
            raise Refused(sentence)
