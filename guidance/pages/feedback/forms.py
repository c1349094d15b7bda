"""What a reader says about a page."""

from __future__ import annotations

from django import forms

LONGEST = 1_200


class FeedbackForm(forms.Form):
    is_useful = forms.ChoiceField(
        label="Is this page useful?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Select yes if this page is useful",
            "invalid_choice": "Select yes or no",
        },
    )
    words = forms.CharField(
        label="What did you look for, or what would make it better? (optional)",
        help_text="Do not give your name or anybody else’s: we can’t answer, and what you write may be disclosed.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": f"What you write must be {LONGEST:,} characters or fewer"},
    )
