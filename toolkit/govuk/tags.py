"""Status words to tag colours, once. Colour never carries the meaning alone."""

from __future__ import annotations

_COLOURS = {
    "not-started": "govuk-tag--grey",
    "cannot-start-yet": "govuk-tag--grey",
    "in-progress": "govuk-tag--blue",
    "waiting": "govuk-tag--yellow",
    "completed": "govuk-tag--green",
    "not-needed": "govuk-tag--grey",
    "needed": "govuk-tag--blue",
    "needed-if": "govuk-tag--yellow",
    "optional": "govuk-tag--grey",
    "overdue": "govuk-tag--red",
    "draft": "govuk-tag--grey",
    "live": "govuk-tag--blue",
    "paused": "govuk-tag--yellow",
    "stopped": "govuk-tag--grey",
    "closed": "govuk-tag--green",
    "ended": "govuk-tag--grey",
    "new": "govuk-tag--blue",
    "review": "govuk-tag--yellow",
    "reviewed": "govuk-tag--green",
}


def tag_class(status: str) -> str:
    """The classes of a tag for this status slug; grey for one that has no colour of its own."""
    return f"govuk-tag {_COLOURS.get(status, 'govuk-tag--grey')}"
