"""The demonstration's outbox in the admin."""

from django.contrib import admin

from toolkit.jobs.models import OutboxMessage


@admin.register(OutboxMessage)
class OutboxMessageAdmin(admin.ModelAdmin):
    list_display = ("sent_at", "to", "subject")
    search_fields = ("to", "subject")
    date_hierarchy = "sent_at"
