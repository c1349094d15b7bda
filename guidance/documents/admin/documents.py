"""Documents in the admin: to look at, never the answers themselves. What people do with them, the service does."""

from __future__ import annotations

from django.contrib import admin

from guidance.documents.models import (
    Answer,
    AnswerChange,
    Comment,
    Document,
    DocumentPerson,
    Made,
    MadeFile,
    Review,
)
from toolkit.core.admin import LookOnly


class PersonInline(LookOnly, admin.TabularInline):
    model = DocumentPerson
    extra = 0
    can_delete = False


class FileInline(LookOnly, admin.TabularInline):
    model = MadeFile
    extra = 0
    can_delete = False
    fields = ("format", "state", "size", "problem", "asked_at", "finished_at")


@admin.register(Document)
class DocumentAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("reference", "template", "organisation", "status", "confidence", "subject_kind", "template_number", "updated_at")  # fmt: skip
    list_filter = ("status", "confidence", "subject_kind", "organisation")
    search_fields = ("reference", "template__title")
    list_select_related = ("template", "organisation")
    exclude = ("label",)
    date_hierarchy = "created_at"
    inlines = (PersonInline,)


@admin.register(DocumentPerson)
class DocumentPersonAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("document", "person", "added_by", "added_at")
    search_fields = ("document__reference", "person__email")
    list_select_related = ("document", "person", "added_by")


class _OfAQuestion(LookOnly, admin.ModelAdmin):
    """Who answered what when; what they said is for those who may open the document."""

    list_display = ("document", "name", "number", "by", "at", "source_words")
    search_fields = ("document__reference", "name")
    list_select_related = ("document", "by")


@admin.register(Answer)
class AnswerAdmin(_OfAQuestion):
    exclude = ("value", "source_value", "declined_value")


@admin.register(AnswerChange)
class AnswerChangeAdmin(_OfAQuestion):
    exclude = ("value",)
    date_hierarchy = "at"


@admin.register(Comment)
class CommentAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("document", "question", "by", "at", "done_by", "done_at")
    list_filter = ("done_at",)
    search_fields = ("document__reference",)
    list_select_related = ("document", "by", "done_by")
    exclude = ("text",)


@admin.register(Made)
class MadeAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("document", "number", "is_draft", "template_number", "made_by", "made_at")
    list_filter = ("is_draft",)
    search_fields = ("document__reference",)
    list_select_related = ("document", "made_by")
    exclude = ("paper", "answers", "missing_characters")
    date_hierarchy = "made_at"
    inlines = (FileInline,)


@admin.register(MadeFile)
class MadeFileAdmin(LookOnly, admin.ModelAdmin):
    """Where to look when files do not come."""

    list_display = ("made", "format", "state", "size", "problem", "asked_at", "finished_at")
    list_filter = ("state", "format")
    search_fields = ("made__document__reference",)
    list_select_related = ("made__document",)
    exclude = ("content",)


@admin.register(Review)
class ReviewAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("document", "state", "asked_by", "asked_of", "asked_at", "by", "at")
    list_filter = ("state",)
    search_fields = ("document__reference",)
    list_select_related = ("document", "asked_by", "asked_of", "by")
    exclude = ("note", "reasons")
    date_hierarchy = "asked_at"
