"""What administrators type into their organisation’s own version of a template, and its logo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from guidance.documents.assembly import additions as own
from guidance.documents.assembly.definitions import QuestionKind, Template
from guidance.documents.assembly.variants import headings_of
from guidance.documents.forms.answers import TextField
from guidance.documents.writers.logos import MOST_BYTES
from toolkit.core import clock
from toolkit.core.text import DISCLOSURE
from toolkit.govuk.fields import DateField

MOST_CHOICES, MOST_COLUMNS = 20, 8


def _lines(text: str) -> list[str]:
    """One label a line; `|` and `;` part columns and options where they are kept."""
    given = [" ".join(line.replace("|", "/").replace(";", ",").split()) for line in text.splitlines()]
    return list(dict.fromkeys(line for line in given if line))


class OwnQuestionForm(forms.Form):
    """One question of the organisation’s own. Its name is made by itself."""

    ask = TextField(
        label="What do you ask?",
        help_text=f"As a question, such as “Who checks the plan?” {DISCLOSURE}",
        max_length=160,
        error_messages={
            "required": "Enter the question",
            "max_length": "The question must be 160 characters or fewer",
        },
    )
    help = TextField(
        label="Help for whoever answers it",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "The help must be 500 characters or fewer"},
    )
    kind = forms.ChoiceField(
        label="What is the answer?",
        choices=[(kind.value, words) for kind, words in own.KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the answer is"},
    )
    options = TextField(
        label="For a choice: what can they choose?",
        help_text="One on each line, two or more. Leave it empty for any other answer",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    columns = TextField(
        label="For a table: its columns",
        help_text=f"One on each line, {MOST_COLUMNS} at most. Leave it empty for any other answer",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    vat = forms.ChoiceField(
        label="For an amount: is VAT in it?",
        choices=[("inc", "It includes VAT"), ("ex", "It excludes VAT")],
        required=False,
        widget=forms.RadioSelect,
    )
    required = forms.ChoiceField(
        label="Does it have to be answered?",
        choices=[("yes", "Yes"), ("no", "No, it may be left empty")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it has to be answered"},
    )

    @staticmethod
    def initial_from(question: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "ask": question["ask"],
            "help": question["help"],
            "kind": question["kind"],
            "options": "\n".join(own.labels_of(question.get("options", []))),
            "columns": "\n".join(own.labels_of(question.get("columns", []))),
            "vat": question.get("vat", ""),
            "required": "yes" if question["required"] else "no",
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        options, columns = _lines(given.get("options", "")), _lines(given.get("columns", ""))
        match given.get("kind"):
            case QuestionKind.CHOICE if not 2 <= len(options) <= MOST_CHOICES:
                self.add_error("options", f"Enter 2 to {MOST_CHOICES} choices, one on each line")
            case QuestionKind.CHOICE if any(len(each) > 150 for each in options):
                self.add_error("options", "Each choice must be 150 characters or fewer")
            case QuestionKind.TABLE if not 1 <= len(columns) <= MOST_COLUMNS:
                self.add_error("columns", f"Enter 1 to {MOST_COLUMNS} columns, one on each line")
            case QuestionKind.TABLE if any(len(each) > 80 for each in columns):
                self.add_error("columns", "Each column must be 80 characters or fewer")
            case QuestionKind.MONEY if not given.get("vat"):
                self.add_error("vat", "Select whether VAT is in it")
        return {**given, "options": options, "columns": columns}

    def answers(self) -> dict[str, Any]:
        """As `additions.with_question` takes it."""
        return {**self.cleaned_data, "required": self.cleaned_data["required"] == "yes"}


class OwnPassageForm(forms.Form):
    """One passage of the organisation’s own, and where it stands."""

    place = forms.ChoiceField(
        label="Where does it stand?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select where the passage stands"},
    )
    text = TextField(
        label="The passage",
        help_text=DISCLOSURE,
        max_length=own.LONGEST_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={
            "required": "Enter the passage",
            "max_length": f"The passage must be {own.LONGEST_PASSAGE:,} characters or fewer",
        },
    )
    answers = forms.MultipleChoiceField(
        label="Put these answers at its end",
        help_text="Each is added to the text, where you can move it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, base: Template, questions: Sequence[Mapping[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings = list(dict.fromkeys(headings_of(base)))
        choices = [
            ("start", "At the start"),
            *(
                (f"after-{number}", f"At the end of “{heading}”")
                for number, heading in enumerate(self.headings)
            ),
            ("end", "At the end"),
        ]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]  # a field with choices
        if questions:
            self.fields["answers"].choices = [(each["name"], each["ask"]) for each in questions]  # type: ignore[attr-defined]  # as above
        else:
            del self.fields["answers"]

    @staticmethod
    def initial_from(passage: Mapping[str, Any], base: Template) -> dict[str, Any]:
        headings = list(dict.fromkeys(headings_of(base)))
        place = passage["place"]
        if place == "after":
            at = headings.index(passage["heading"]) if passage["heading"] in headings else None
            place = f"after-{at}" if at is not None else ""
        return {"place": place, "text": passage["text"]}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        place = given.get("place", "")
        kept = {"place": place, "heading": ""}
        if place.startswith("after-"):
            kept = {"place": "after", "heading": self.headings[int(place.removeprefix("after-"))]}
        return {**given, **kept, "answers": given.get("answers", [])}


class EndorsementForm(forms.Form):
    """Who stands behind the organisation’s version."""

    by = TextField(
        label="Who endorsed it?",
        help_text="A board, a committee or an office, such as “the Procurement Board”: not somebody’s name",
        max_length=120,
        error_messages={
            "required": "Enter who endorsed it",
            "max_length": "Who endorsed it must be 120 characters or fewer",
        },
    )
    on = DateField(label="When did they endorse it?", thing="the day they endorsed it")
    words = TextField(
        label="What they said",
        help_text=DISCLOSURE,
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "What they said must be 1,000 characters or fewer"},
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on is not None and on > clock.today():
            raise forms.ValidationError("The day they endorsed it must be today or in the past")
        return on

    def answers(self) -> dict[str, str]:
        given = self.cleaned_data
        return {"by": given["by"].strip(), "on": given["on"].isoformat(), "words": given["words"].strip()}


class SaveVersionForm(forms.Form):
    note = TextField(
        label="What have you changed, and why?",
        help_text=f"Colleagues read it in the list of versions. {DISCLOSURE}",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Enter what you have changed, and why",
            "max_length": "What you have changed must be 300 characters or fewer",
        },
    )


class DeclineForm(forms.Form):
    """Carries the central version and the clauses that the administrator has read about."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    clauses = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000)
    reason = TextField(
        label="Why do you decline it?",
        help_text=f"Your colleagues see it. {DISCLOSURE}",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Enter why you decline it",
            "max_length": "Why you decline it must be 300 characters or fewer",
        },
    )


class LogoForm(forms.Form):
    file = forms.FileField(
        label="The picture",
        help_text="PNG or JPEG, 1 MB at most. What the file carries along (place, camera, author) is left out",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"required": "Select a file", "empty": "The file is empty: select another one"},
    )
    alternative_text = TextField(
        label="What does it say?",
        help_text="Read out to people who can’t see it, such as “London Borough of Fleet”",
        max_length=120,
        error_messages={
            "required": "Enter what the logo says",
            "max_length": "What the logo says must be 120 characters or fewer",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The logo must be 1 MB or less")
        return file
