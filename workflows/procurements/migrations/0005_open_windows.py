"""The windows of what was running before windows were kept."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import migrations

LONDON = ZoneInfo("Europe/London")
DIRECT_AWARD = {
    "direct-award-justification",
    "transparency-notice",
    "negotiate",
    "supplier-information",
    "exclusion-checks",
    "award-report",
    "endorse-award",
    "award-decision",
}


def _midnight(day):
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), tzinfo=LONDON)


def open_windows(apps, schema_editor):
    """The windows of what is running: from the deadlines that were recorded, or, in a direct award, from the first step
    that concerns the supplier; ended by a signature."""
    Procurement = apps.get_model("procurements", "Procurement")
    Event = apps.get_model("journeys", "Event")
    for procurement in Procurement.objects.filter(run__isnull=False, status__in=["live", "paused"]):
        begins, ends = [], []
        for event in Event.objects.filter(run_id=procurement.run_id):
            data = event.data or {}
            if data.get("deadline_on"):
                begins.append(_midnight(data["deadline_on"]))
            if procurement.route == "direct-award" and event.task in DIRECT_AWARD:
                begins.append(event.at)
            if "contract-entered" in data.get("_events", {}):
                ends.append(event.at)
        if begins:
            procurement.confidential_from = min(begins)
            procurement.confidential_until = min(ends) if ends else None
            procurement.save(update_fields=["confidential_from", "confidential_until"])


class Migration(migrations.Migration):
    dependencies = [
        ("procurements", "0004_routes_dates_decisions"),
    ]

    operations = [
        migrations.RunPython(open_windows, migrations.RunPython.noop),
    ]
