"""Organisations’ own versions, logos and shared examples in the admin: looked at, never changed here."""

from __future__ import annotations

from django.contrib import admin

from guidance.documents.models import Example, OrganisationLogo, Variant, VariantDraft, VariantVersion
from toolkit.core.admin import LookOnly


class VersionInline(LookOnly, admin.TabularInline):
    model = VariantVersion
    fields = ("number", "base_number", "endorsement", "note", "by", "at")
    extra = 0
    verbose_name_plural = "versions"


class DraftInline(LookOnly, admin.TabularInline):
    model = VariantDraft
    fields = readonly_fields = ("person", "seen_number", "base_number", "updated_at")
    extra = 0
    verbose_name_plural = "changes that are not saved"


@admin.register(Variant)
class VariantAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("template", "organisation", "is_in_use", "declined_number")
    list_filter = ("is_in_use", "organisation", "template")
    list_select_related = ("organisation", "template")
    search_fields = ("template__title", "organisation__name", "organisation__short_name")
    search_help_text = "Template or organisation"
    inlines = (VersionInline, DraftInline)


@admin.register(VariantVersion)
class VariantVersionAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("variant", "number", "base_number", "endorsement", "by", "at")
    list_filter = ("variant__organisation", "variant__template")
    list_select_related = ("variant__organisation", "variant__template", "by")
    search_fields = ("note", "endorsement", "variant__template__title")
    search_help_text = "Note, endorsement or template"
    date_hierarchy = "at"


@admin.register(OrganisationLogo)
class OrganisationLogoAdmin(LookOnly, admin.ModelAdmin):
    list_display = ("organisation", "alternative_text", "content_type", "width", "height", "by", "at")
    list_filter = ("content_type", "at")
    list_select_related = ("organisation", "by")
    search_fields = ("organisation__name", "alternative_text")
    search_help_text = "Organisation, or what the logo says"
    exclude = ("content",)


@admin.register(Example)
class ExampleAdmin(LookOnly, admin.ModelAdmin):
    """Withdrawn ones too."""

    list_display = ("title", "organisation", "template", "shared_by", "shared_at", "withdrawn_at")
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter), "organisation", "template")
    list_select_related = ("organisation", "template", "shared_by")
    search_fields = ("title", "about", "document__reference")
    search_help_text = "Title, what others can learn, or the document’s reference"
    date_hierarchy = "shared_at"
