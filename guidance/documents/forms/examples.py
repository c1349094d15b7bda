"""What an officer types when sharing a document as an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from guidance.documents.pages.examples import AnswerRow
from toolkit.core.text import DISCLOSURE


class ExampleForm(forms.Form):
    """The words beside the example, and which answers to leave out."""

    title = forms.CharField(
        label="What is the example called?",
        help_text=f"Read by all boroughs: no supplier, no price, nobody’s name. {DISCLOSURE}",
        max_length=160,
        error_messages={
            "required": "Enter what the example is called",
            "max_length": "What the example is called must be 160 characters or fewer",
        },
    )
    about = forms.CharField(
        label="What can others learn from it?",
        help_text=DISCLOSURE,
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "What others can learn must be 1,000 characters or fewer"},
    )
    leave_out = forms.MultipleChoiceField(
        label="Which of these answers do you leave out?",
        help_text="Tick every answer that says who, how much, or what a supplier wrote",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, rows: Sequence[AnswerRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rows:
            del self.fields["leave_out"]
            return
        field = self.fields["leave_out"]
        field.choices = [(row.name, row.ask) for row in rows]  # type: ignore[attr-defined]  # a field with choices
        field.widget.hints = {row.name: row.words for row in rows}

    @property
    def chosen(self) -> list[str]:
        return list(self.cleaned_data.get("leave_out", []))
