"""An introduction’s stage becomes its slug, as every item of content has one; pages get room for roles and sources."""

import django.db.models.deletion
from django.db import migrations, models

OWNED = {"on_delete": django.db.models.deletion.CASCADE, "to": "pages.page"}


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]

    operations = [
        migrations.RenameField("stageintroduction", "stage", "slug"),
        migrations.RenameField("stageintroductionevent", "stage", "slug"),
        migrations.AlterField("pagerole", "page", models.ForeignKey(related_name="roles_before", **OWNED)),
        migrations.AlterField(
            "pagesource", "page", models.ForeignKey(related_name="sources_before", **OWNED)
        ),
        migrations.AddField("page", "roles", models.JSONField(blank=True, default=list)),
        migrations.AddField("page", "sources", models.JSONField(blank=True, default=list)),
    ]
