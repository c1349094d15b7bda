"""The forms in which editors write templates and clauses."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from guidance.documents import facts, versions
from guidance.documents.admin import rows
from guidance.documents.assembly import reading
from guidance.documents.assembly.answers import VAT_WORDS
from guidance.documents.assembly.definitions import Question, QuestionKind
from guidance.documents.models import Clause, DocumentTemplate
from guidance.documents.pages.library import KINDS
from guidance.editorial.content import ContentError
from guidance.editorial.rows import Column, RowsField
from guidance.pages.fields import Front
from guidance.pages.forms import KeptForm, Lines, sources_field

_FACTS = [("", "None"), *((name, f"{fact.label} ({name})") for name, fact in facts.FACTS.items())]
_WIDE = {"rows": 3, "cols": 100}
_BODY = forms.Textarea(attrs={"rows": 40, "cols": 110, "spellcheck": "true"})
_MISSING = {
    "title": {"required": "Enter a title"},
    "slug": {"required": "Enter the last part of the address", "unique": "Something else has this slug"},
    "stage": {"required": "Select a stage"},
    "summary": {"required": "Enter what it is for, and when it is needed"},
    "body": {"required": "Enter the text"},
    "when_to_use": {"required": "Enter when to use it"},
    "watch": {"required": "Enter what to watch"},
}


def _lines(*, longest: int, size: int = 3) -> Lines:
    return Lines(longest=longest, widget=forms.Textarea(attrs={"rows": size}))


def _short(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _topics() -> Lines:
    return Lines(longest=40, slugs=True, help_text="Such as “contract-management”, one on each line.")


def _guidance() -> Lines:
    return Lines(longest=80, slugs=True, help_text="Slugs of guidance pages, one on each line.")


class TemplateForm(KeptForm):
    """A template: its sections, questions and example as rows, in the words that front matter has for them."""

    kind: ClassVar[str] = versions.TEMPLATE

    topics = _topics()
    steps = Lines(
        longest=60,
        slugs=True,
        label="Steps that need it",
        help_text="Slugs of steps of the routes, such as “not-awarding”, one on each line.",
    )
    also = Lines(longest=80, label="Other names", help_text="Names that people search for, one on each line.")
    guidance = _guidance()
    sections = RowsField(
        [
            Column("slug", "Slug", forms.CharField(max_length=40), required=True),
            Column("title", "Title", forms.CharField(max_length=80), required=True),
        ],
        label="Sections",
        help_text="Each is a line of the task list of whoever fills it in.",
    )
    questions = RowsField(
        [
            Column("ask", "Question", forms.CharField(max_length=160), required=True),
            Column("name", "Name, as the text has it in [[ ]]", forms.CharField(max_length=40), required=True),
            Column("section", "Section (its slug)", forms.CharField(max_length=40), required=True),
            Column("kind", "What an answer is", forms.ChoiceField(choices=[("", ""), *((kind.value, KINDS[kind]) for kind in QuestionKind)]), required=True),
            Column("gap", "Words that stand in a blank", forms.CharField(max_length=100), required=True),
            Column("help", "Help below the question", forms.CharField(max_length=500, widget=_short())),
            Column("required", "Needed?", forms.ChoiceField(choices=rows.REQUIRED)),
            Column("when", "Asked when, such as: staff is yes", _lines(longest=120, size=2)),
            Column("options", "Options of a choice, such as: open: Open procedure", _lines(longest=200)),
            Column("columns", "Columns of a table, such as: due (date): Due", _lines(longest=300)),
            Column("vat", "VAT in an amount", forms.ChoiceField(choices=[("", "No amount"), *VAT_WORDS.items()])),
            Column("fact", "Filled from", forms.ChoiceField(choices=_FACTS)),
            Column("rows", "Only rows of the fact about one name, such as: tenderer is recipient", forms.CharField(max_length=90)),
            Column("differs", "Another in each document of the same subject?", forms.ChoiceField(choices=[("", "No: taken over"), ("yes", "Yes: asked anew")])),
            Column("was", "Name in earlier versions", forms.CharField(max_length=40)),
            Column("place", "Place: smaller comes first", forms.IntegerField(min_value=0, max_value=32_000)),
        ],
        stacked_by="ask",
        label="Questions",
    )  # fmt: skip
    sources = sources_field()
    example = RowsField(
        [
            Column("name", "Question (its name)", forms.CharField(max_length=40)),
            Column("answer", "Answer", forms.CharField(max_length=60_000, widget=_short(3), strip=False)),
        ],
        label="The example",
        help_text=(
            "An answer to each question that needs one. A table: a line for each row, its cells parted by “ | ” or a tab, "
            "and \\n for a new line within a cell. Options by their slug or label, dates like 2027-03-01."
        ),
    )

    class Meta:
        model = DocumentTemplate
        fields = ("title", "slug", "stage", "position", "summary", "form", "readers", "confidence", "may_be_example", "is_numbered", "sections", "questions", "body", "example", "sources", "topics", "also", "steps", "guidance", "owner", "review_by")  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs=_WIDE), "body": _BODY}
        error_messages = _MISSING

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: list[Question] = []
        self.initial["questions"] = rows.questions_as_rows(self.instance.questions)
        self.initial["example"] = rows.example_as_rows(
            _readable(self.instance.questions), self.instance.example
        )

    def clean_questions(self) -> list[dict[str, Any]]:
        sections = {section["slug"] for section in self.cleaned_data.get("sections", ())}
        tables, self.asked = rows.rows_as_questions(self.cleaned_data["questions"], sections)
        return tables

    def clean_example(self) -> dict[str, Any]:
        if "questions" not in self.cleaned_data:
            return {}  # the questions are told to be wrong; what they are asked for says nothing yet
        return rows.rows_as_example(self.cleaned_data["example"], self.asked)


def _readable(tables: list[dict[str, Any]]) -> list[Question]:
    """The questions of what the item keeps; none while it keeps what today’s rules refuse, which the form then says."""
    sections = {str(table.get("section", "")) for table in tables}
    try:
        return [reading.question_from(Front(table, "x: questions"), sections) for table in tables]
    except ContentError:
        return []


class ClauseForm(KeptForm):
    """A clause: its gaps and negotiating wordings as rows."""

    kind: ClassVar[str] = versions.CLAUSE

    topics = _topics()
    guidance = _guidance()
    gaps = RowsField(
        [
            Column("name", "Name, as the text has it in [[ ]]", forms.CharField(max_length=40), required=True),
            Column("words", "Words that stand there", forms.CharField(max_length=100), required=True),
        ],
        label="Gaps",
        help_text="A template that asks a question of this name fills the gap.",
    )  # fmt: skip
    variants = RowsField(
        [
            Column("title", "What it gives", forms.CharField(max_length=120), required=True),
            Column("text", "The wording", forms.CharField(max_length=4_000, widget=_short(6)), required=True),
            Column("note", "When to give way to it", forms.CharField(max_length=600, widget=_short(3)), required=True),
        ],
        label="Wordings to negotiate with",
    )  # fmt: skip
    sources = sources_field()

    class Meta:
        model = Clause
        fields = ("title", "slug", "position", "summary", "when_to_use", "watch", "body", "gaps", "variants", "sources", "topics", "guidance", "owner", "review_by")  # fmt: skip
        widgets = {
            "summary": forms.Textarea(attrs=_WIDE),
            "when_to_use": forms.Textarea(attrs={**_WIDE, "rows": 5}),
            "watch": forms.Textarea(attrs={**_WIDE, "rows": 5}),
            "body": forms.Textarea(attrs={"rows": 25, "cols": 110, "spellcheck": "true"}),
        }
        error_messages = _MISSING

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["gaps"] = [
            {"name": name, "words": words} for name, words in sorted(self.instance.gaps.items())
        ]

    def clean_gaps(self) -> dict[str, str]:
        return {row["name"]: row["words"] for row in self.cleaned_data["gaps"]}
