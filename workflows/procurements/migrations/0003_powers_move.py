"""Powers to endorse belong to workflows.rules from here on, which takes the table with its rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("procurements", "0002_historyline_alter_formaldecision_options_and_more"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="EndorsementPower")],
        ),
    ]
