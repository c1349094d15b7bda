from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models


def _head():
    return (
        SearchVector("title", weight="A", config="english")
        + SearchVector("called", weight="B", config="english")
        + SearchVector("summary", weight="C", config="english")
    )


class Migration(migrations.Migration):
    """PostgreSQL cannot change how a generated column is generated: both are made anew, with their indexes."""

    dependencies = [("search", "0002_roles_topics_best_bets_and_queries")]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="called",
            field=models.TextField(
                blank=True,
                help_text="Topics and other names, as text: a generated column cannot read an array.",
            ),
        ),
        migrations.RemoveIndex(model_name="searchentry", name="search_entry_words"),
        migrations.RemoveIndex(model_name="searchentry", name="search_entry_head"),
        migrations.RemoveField(model_name="searchentry", name="words"),
        migrations.RemoveField(model_name="searchentry", name="head"),
        migrations.AddField(
            model_name="searchentry",
            name="words",
            field=models.GeneratedField(
                expression=_head() + SearchVector("body", weight="D", config="english"),
                output_field=SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="head",
            field=models.GeneratedField(
                expression=_head(), output_field=SearchVectorField(), db_persist=True
            ),
        ),
        # Names come with the next `load_guidance`.
        migrations.RunSQL(
            "UPDATE search_searchentry SET called = array_to_string(topics, ', ')", migrations.RunSQL.noop
        ),
        migrations.AddIndex(
            model_name="searchentry", index=GinIndex(fields=["words"], name="search_entry_words")
        ),
        migrations.AddIndex(
            model_name="searchentry", index=GinIndex(fields=["head"], name="search_entry_head")
        ),
    ]
