"""What people type about a decision that is recorded already."""

from __future__ import annotations

from django import forms

from toolkit.govuk.fields import DateField
from workflows.procurements.forms.questions import reason_field
from workflows.procurements.forms.tasks import DecisionForm


class FurtherDecisionForm(DecisionForm):
    """A decision that supersedes an earlier one."""

    reason = reason_field(
        "Why is there a further decision?",
        "Enter why there is a further decision",
        "The earlier one is kept, and shown as superseded",
    )


class DecisionDatesForm(forms.Form):
    """When a decision was published and until when it may be called in."""

    published_on = DateField(label="Date it was published", required=False)
    call_in_ends_on = DateField(
        label="Last day of call-in",
        help_text="Leave empty if call-in does not apply. The next steps open the day after",
        required=False,
    )
    reason = reason_field(
        "Why are the dates corrected?",
        "Enter why the dates are corrected",
        "It stands in the history, with the dates as they were",
    )
