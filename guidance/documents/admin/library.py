"""Templates, clauses and the blanks made of them, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from guidance.documents.admin.forms import ClauseForm, TemplateForm
from guidance.documents.models import BlankFile, Clause, DocumentTemplate
from guidance.editorial.admin import ItemAdmin
from toolkit.core.admin import LookOnly

WHAT_CHANGED: tuple[str, Any] = ("What changed", {"fields": ["note", "is_minor"]})
UPKEEP: tuple[str, Any] = ("Who keeps it right", {"fields": ["owner", "review_by"]})
BELONGS: tuple[str, Any] = ("Where it belongs", {"fields": ["topics", "guidance"]})

MARKS = (
    ("## Heading", "begins a section; ### and #### below it. They are numbered by themselves"),
    ("Words with [[answer-name]].", "an answer within a sentence, a point or a cell"),
    ("- A point or 1. A step", "a list"),
    ("**bold**, *italic*", "words that stand out"),
    ("| a | b |", "a table that is always the same; “Table: its caption” in a paragraph before it"),
    ("> Say why.", "an instruction for whoever fills it in; it is left out of a finished document"),
    ("::: answer risks", "the whole answer: a table, or long text"),
    ("::: clause exit", "a clause of the library, by its slug"),
    (
        "::: if staff is yes",
        "what follows is for one case; also “is not”, “is answered”; join with “ or ” and “ and ”",
    ),
    ("::: otherwise", "and this is for the other"),
    ("::: end", "ends both"),
    ("{threshold:works}", "a figure of the law: also {money:kpis}, {period:standstill}"),
)


@admin.register(DocumentTemplate)
class DocumentTemplateAdmin(ItemAdmin):
    kind = "template"
    form = TemplateForm
    marks = MARKS
    list_display = ["title", "stage", "form", "readers", "stands", "owner", "review_by", "updated_at"]
    list_filter = [*ItemAdmin.list_filter, "stage", "form", "readers", "confidence", "may_be_example"]
    search_fields = ["title", "summary", "body", "slug"]
    search_help_text = "Title, summary, text or slug"
    ordering = ["stage", "position", "title"]
    date_hierarchy = "review_by"
    fieldsets = [
        (None, {"fields": ["title", "slug", ("stage", "position"), "summary"]}),
        (
            "What it is",
            {"fields": [("form", "is_numbered"), "readers", "confidence", "may_be_example"]},
        ),
        ("What it asks", {"fields": ["sections", "questions"]}),
        ("What it says", {"fields": ["body"]}),
        ("The example, filled in", {"fields": ["example"], "description": "The preview shows what becomes of it."}),
        ("Where it stands", {"fields": ["sources"]}),
        ("Where it belongs", {"fields": ["topics", "also", "steps", "guidance"]}),
        UPKEEP,
        WHAT_CHANGED,
    ]  # fmt: skip


@admin.register(Clause)
class ClauseAdmin(ItemAdmin):
    kind = "clause"
    form = ClauseForm
    marks = (*MARKS[1:4], *MARKS[5:6], MARKS[-1])
    list_display = ["title", "stands", "owner", "review_by", "updated_at"]
    search_fields = ["title", "summary", "body", "slug"]
    search_help_text = "Title, summary, text or slug"
    ordering = ["position", "title"]
    date_hierarchy = "review_by"
    fieldsets = [
        (None, {"fields": ["title", "slug", "position", "summary"]}),
        ("In plain English", {"fields": ["when_to_use", "watch"]}),
        ("The wording", {"fields": ["body", "gaps", "variants"]}),
        ("Where it stands", {"fields": ["sources"]}),
        BELONGS,
        UPKEEP,
        WHAT_CHANGED,
    ]


@admin.register(BlankFile)
class BlankFileAdmin(LookOnly, admin.ModelAdmin):
    list_display = ["template", "format", "number", "size", "made_at"]
    list_filter = ["format"]
    search_fields = ["template__title"]
    list_select_related = ["template"]
    fields = ["template", "format", "number", "size", "made_at"]
