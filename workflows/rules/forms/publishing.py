"""From when the draft applies."""

from __future__ import annotations

from typing import Any

from django import forms

from toolkit.govuk.fields import DateField
from workflows.rules.forms.common import OwnForm, TextField


class PublishForm(OwnForm):
    """`seen` is how often the draft had been changed when it was looked at."""

    applies_from = DateField(
        label="From which day do they apply?",
        help_text="Today or later. What was done under earlier rules stays done",
        thing="the day from which they apply",
    )
    note = TextField(
        label="What changed?",
        help_text="In a sentence. Everyone in your organisation sees it",
        max_length=300,
        error_messages={"required": "Enter what changed"},
    )
    accepts = forms.BooleanField(
        label="I have looked at what is said above and publish all the same",
        error_messages={"required": "Tick the box to publish although there is something to look at"},
    )

    def __init__(self, *args: Any, something_to_look_at: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not something_to_look_at:
            del self.fields["accepts"]
