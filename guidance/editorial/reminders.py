"""What has to be looked at again: the list, and a letter about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from guidance.editorial import kinds, letters
from guidance.editorial.models import Item, Status
from guidance.editorial.permissions import reviewers
from toolkit.core import clock

SOON_DAYS = 30
"""Calendar days ahead that a review is told of."""


def due_by(day: dt.date) -> Sequence[Item]:
    """Everything published whose review falls on or before `day`, the longest overdue first. One query for each kind."""
    found: list[Item] = []
    for kind in kinds.every():
        found += kind.model._default_manager.filter(status=Status.PUBLISHED, review_by__lte=day)
    return sorted(found, key=lambda item: (item.review_by or dt.date.max, str(item)))


def remind_editors() -> int:
    """Write to every reviewer once about what is overdue or soon due; nobody hears when nothing is. How many letters."""
    today = clock.today()
    due = due_by(today + dt.timedelta(SOON_DAYS))
    overdue = [item for item in due if item.is_overdue_on(today)]
    soon = [item for item in due if not item.is_overdue_on(today)]
    if not due:
        return 0
    people = list(reviewers())
    for person in people:
        letters.remind(person, overdue=overdue, soon=soon)
    return len(people)
