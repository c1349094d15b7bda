"""A form with one field of every kind the bridge knows."""

from __future__ import annotations

from django import forms

from toolkit.govuk.fields import DateField, PoundsField


class EveryWidgetForm(forms.Form):
    """Stock fields, without error messages of their own, and our two."""

    title = forms.CharField(label="Title", max_length=20, help_text="A few words")
    email = forms.EmailField(label="E-mail address")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    months = forms.IntegerField(label="Months of notice", min_value=1, max_value=36)
    rate = forms.DecimalField(label="Rate", required=False)
    reason = forms.CharField(label="Reason", widget=forms.Textarea, max_length=300)
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), ("goods", "Goods"), ("works", "Works")])
    employer = forms.ChoiceField(
        label="Who employs you?",
        choices=[("here", "The council"), ("other", "Somebody else")],
        widget=forms.RadioSelect,
    )
    agency = forms.CharField(label="Name of the agency", required=False)
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=[("viewer", "Viewer"), ("officer", "Officer")],
        widget=forms.CheckboxSelectMultiple,
    )
    areas = forms.MultipleChoiceField(
        label="Areas", choices=[("North", [("barnet", "Barnet")]), ("camden", "Camden")], required=False
    )
    agreed = forms.BooleanField(label="I have read it")
    starts_on = DateField(label="Start date", thing="the start date")
    value = PoundsField(label="Estimated value")
    plan = forms.FileField(label="Plan")
    token = forms.CharField(widget=forms.HiddenInput, initial="t")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["employer"].widget.hints = {"other": "An agency, for example"}
        self.fields["employer"].widget.reveals = {"other": "agency"}
        self.fields["agreed"].thing = "that you have read it"  # type: ignore[attr-defined]
        self.fields["title"].govuk = {"classes": "govuk-input--width-20"}  # type: ignore[attr-defined]
