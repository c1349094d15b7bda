"""What people type to ask for an endorsement and to answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from guidance.documents.models import Made
from toolkit.accounts.models import Person
from toolkit.core.text import DISCLOSURE
from toolkit.govuk.fields import PoundsField
from workflows.procurements.approvals import kind_label
from workflows.procurements.forms.questions import reason_field
from workflows.procurements.models import EndorsementKind, EndorsementStatus
from workflows.procurements.papers import Elsewhere, title_of

ELSEWHERE = "elsewhere"
"""The answer for a paper that is kept somewhere else."""

WITH_COMMENTS = (EndorsementKind.LEGAL, EndorsementKind.FINANCE)
"""The kinds of which a report usually carries comments."""


class EndorsementRequestForm(forms.Form):
    kind = forms.ChoiceField(
        label="Which endorsement?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which endorsement you ask for"},
    )
    person = forms.ChoiceField(label="Whom do you ask?", error_messages={"required": "Select whom you ask"})
    paper = forms.ChoiceField(
        label="Which paper are they to read?",
        help_text="A document of this procurement in the version that was reviewed. Whoever you ask can read it here, whoever else may open it",
        required=False,
    )
    paper_reference = forms.CharField(
        label="If it is not kept here, where is it?",
        help_text="The reference of the report or a link to it, which whoever you ask can open",
        max_length=300,
        required=False,
    )
    paper_elsewhere = forms.CharField(
        label="Why is it not kept here?",
        help_text="Without it here nobody is shown what changed, and nothing lapses when the paper changes",
        max_length=500,
        required=False,
    )
    budget_ex_vat = PoundsField(
        label="Agreed budget, excluding VAT",
        help_text="Shown beside the value. Only the team, whoever you ask and auditors see it. Leave empty if there is none yet",
        required=False,
    )
    note = forms.CharField(
        label="What are they asked to endorse?",
        help_text=DISCLOSURE,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what they are asked to endorse"},
    )

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[str],
        people: Sequence[tuple[Person, Sequence[str]]],
        papers: Sequence[Made],
        needs_paper: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs_paper = needs_paper
        self.people = {person.email: person for person, _ in people}
        self.papers = {f"{made.document.reference}-{made.number}": made for made in papers}
        self._choices("kind", [(kind, kind_label(kind)) for kind in kinds])
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]
        self._choices(
            "person",
            [
                ("", "Select a person"),
                *((person.email, f"{person} ({', '.join(listed)})") for person, listed in people),
            ],
        )
        # The field stays when nothing is reviewed: the page says what to do then.
        nothing = "Select the paper" if needs_paper else "No paper"
        self._choices(
            "paper",
            [
                ("", nothing),
                *((key, title_of(made)) for key, made in self.papers.items()),
                (ELSEWHERE, "It is not kept here"),
            ],
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]

    def clean(self) -> dict[str, Any]:
        """`paper` becomes the version, where it is kept elsewhere, or None."""
        data = super().clean() or self.cleaned_data
        chosen = data.get("paper", "")
        reference, why = data.pop("paper_reference", ""), data.pop("paper_elsewhere", "")
        data["paper"] = self.papers.get(chosen)
        if chosen == ELSEWHERE:
            data["paper"] = Elsewhere(reference, why)
            if not reference and "paper_reference" not in self.errors:
                self.add_error("paper_reference", "Enter the reference of the paper or a link to it")
            if not why and "paper_elsewhere" not in self.errors:
                self.add_error("paper_elsewhere", "Enter why the paper is not kept here")
        elif not chosen and self.needs_paper and "paper" not in self.errors:
            self.add_error("paper", "Select the paper they are to read, or that it is not kept here")
        return data


class EndorsementAnswerForm(forms.Form):
    status = forms.ChoiceField(
        label="Do you endorse it?",
        choices=[
            (EndorsementStatus.ENDORSED, "Yes, I endorse it"),
            (EndorsementStatus.CHANGES, "Not yet: I ask for changes"),
            (EndorsementStatus.DECLINED, "No"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you endorse it"},
    )
    reasons = forms.CharField(
        label="Your reasons",
        help_text=f"Needed unless you endorse it. {DISCLOSURE}",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    comment = forms.CharField(
        label="Comments",
        help_text=f"What the report is to say. They are kept with your answer. {DISCLOSURE}",
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind in WITH_COMMENTS:
            self.fields["comment"].label = f"{kind_label(kind)} comments for the report"
        else:
            del self.fields["comment"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        said = data.get("status")
        if said and said != EndorsementStatus.ENDORSED and not (data.get("reasons") or "").strip():
            self.add_error("reasons", "Enter your reasons")
        return data


class AskAnewForm(forms.Form):
    reason = reason_field(
        "Why does it have to be endorsed anew?",
        "Enter why it has to be endorsed anew",
        "What was endorsed and asked for in this step lapses. It stands in the history",
    )
