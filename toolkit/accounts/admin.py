"""Organisations and people in the admin: reference data, and the appointment of an organisation's administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from toolkit.accounts import services
from toolkit.accounts.models import (
    Activity,
    Invitation,
    Membership,
    Organisation,
    OrganisationDomain,
    OrganisationIdentifier,
    OrganisationName,
    Person,
)
from toolkit.accounts.roles import Role


class ReadOnlyAdmin(admin.ModelAdmin):
    """A record that nobody changes here, staff included."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _staff(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the admin lets nobody else in
    return request.user


class IdentifierInline(admin.TabularInline):
    model = OrganisationIdentifier
    extra = 0


class NameInline(admin.TabularInline):
    model = OrganisationName
    extra = 0
    fields = ("name",)


class DomainInline(admin.TabularInline):
    model = OrganisationDomain
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = (
        "short_name",
        "name",
        "kind",
        "decision_model",
        "approval_days",
        "is_active",
        "is_demonstration",
    )
    list_filter = ("kind", "decision_model", "is_active", "is_demonstration")
    search_fields = ("name", "short_name", "slug", "names__name", "identifiers__value", "domains__domain")
    prepopulated_fields = {"slug": ("short_name",)}
    inlines = (IdentifierInline, NameInline, DomainInline)
    fieldsets = (
        (None, {"fields": ("name", "short_name", "slug", "kind", "is_active")}),
        ("How it decides", {"fields": ("decision_model", "approval_days")}),
        ("Public identifiers", {"fields": ("gss_code", "itl3_region", "website")}),
        ("Notes", {"fields": ("notes", "is_demonstration")}),
    )


class MembershipForm(forms.ModelForm):
    """Roles as boxes to tick."""

    roles = forms.MultipleChoiceField(choices=Role, widget=forms.CheckboxSelectMultiple, required=False)

    class Meta:
        model = Membership
        fields = (
            "person",
            "organisation",
            "status",
            "roles",
            "employer",
            "reason",
            "supplier_interest",
            "ends_on",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (
            self.instance.pk
        ):  # whose it is and where stays: another person or organisation is another membership
            for name in ("person", "organisation"):
                if name in self.fields:
                    self.fields[name].disabled = True


class MembershipInline(admin.TabularInline):
    model = Membership
    form = MembershipForm
    fk_name = "person"
    extra = 0
    can_delete = False  # it is ended, so that the record keeps it


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ("email", "name", "is_active", "is_staff", "joined_at", "last_login")
    list_filter = ("is_active", "is_staff", "memberships__organisation")
    search_fields = ("email", "name")
    readonly_fields = ("joined_at", "last_login")
    filter_horizontal = ("groups",)
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("email", "name", "is_active", "joined_at", "last_login")}),
        ("The admin", {"fields": ("is_staff", "is_superuser", "groups")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a person is made inactive, so that the record keeps its author

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        for membership in formset.save(commit=False):
            services.set_by_staff(membership=membership, actor=_staff(request))


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    form = MembershipForm
    list_display = ("person", "organisation", "status", "shown_roles", "employer", "ends_on", "asked_at")
    list_filter = ("status", "organisation")
    search_fields = ("person__email", "person__name", "organisation__name")
    autocomplete_fields = ("person", "organisation")
    list_select_related = ("person", "organisation")
    actions = ("appoint",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # it is ended, so that the record keeps it

    def save_model(self, request: HttpRequest, obj: Membership, form: forms.ModelForm, change: bool) -> None:
        services.set_by_staff(membership=obj, actor=_staff(request))

    @admin.display(description="roles")
    def shown_roles(self, membership: Membership) -> str:
        return ", ".join(membership.role_labels)

    @admin.action(description="Appoint as administrator of the organisation")
    def appoint(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """How staff appoint an organisation's first administrator: recorded and told by e-mail."""
        for membership in queryset.select_related("person", "organisation"):
            services.appoint_administrator(
                organisation=membership.organisation, person=membership.person, actor=_staff(request)
            )
        messages.success(request, f"{queryset.count()} appointed")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("email", "organisation", "invited_by", "invited_at", "accepted_at", "withdrawn_at")
    list_filter = ("organisation",)
    search_fields = ("email",)
    list_select_related = ("organisation", "invited_by")
    actions = ("withdraw",)

    @admin.action(description="Withdraw")
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        for invitation in queryset:
            services.withdraw_invitation(invitation=invitation, actor=_staff(request))
        messages.success(request, f"{queryset.count()} withdrawn")


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ("at", "organisation", "sentence", "reference")
    list_filter = ("organisation",)
    search_fields = ("sentence", "reference")
    date_hierarchy = "at"


admin.site.unregister(Group)


@admin.register(Group)
class EditorsAdmin(GroupAdmin):
    """Groups of staff, such as the editors of guidance."""
