"""Days to give notice are called so, and the slips of plans that were kept before there were slips are written down."""

from django.db import migrations, models

_NOTICE = "UPDATE procurements_openstep SET basis = 'notice' WHERE basis = 'contract'"
# What a day has overtaken is folded and written again by the hour's job.
_OVERTAKEN = """
UPDATE procurements_standing SET good_until = '2000-01-01'
WHERE procurement_id IN (SELECT procurement_id FROM procurements_keptplan)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("procurements", "0010_approvals"),
    ]

    operations = [
        migrations.AlterField(
            model_name="openstep",
            name="basis",
            field=models.CharField(
                blank=True, help_text="Of the day: law, practice, plan or notice.", max_length=10
            ),
        ),
        migrations.RunSQL(
            _NOTICE, "UPDATE procurements_openstep SET basis = 'contract' WHERE basis = 'notice'"
        ),
        migrations.RunSQL(_OVERTAKEN, migrations.RunSQL.noop),
    ]
