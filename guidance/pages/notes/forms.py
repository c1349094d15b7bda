"""What an administrator writes beside a page."""

from __future__ import annotations

from django import forms

from guidance.pages.models.readers import LONGEST_NOTE


class NoteForm(forms.Form):
    """Carries the organisation, the revision and the note that its writer began from."""

    organisation = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)
    before = forms.CharField(widget=forms.HiddenInput, required=False)
    body = forms.CharField(
        label="Your organisation’s note",
        help_text="Your bands, contacts, forms, and whom to ask. Everyone in your organisation sees it beside the page, nobody else. "
        "What you write may be disclosed (FOI, court): facts, not opinions of people. “- ” begins a point, “[words](https://…)” is a link. "
        "Empty: the note goes.",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"max_length": f"Your note must be {LONGEST_NOTE:,} characters or fewer"},
    )
