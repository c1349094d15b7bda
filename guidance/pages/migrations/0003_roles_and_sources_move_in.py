"""Roles and sources move from tables of their own into their page. A role in words that the shared vocabulary does not
have keeps them as its detail, under procurement, for an editor to put right."""

from django.db import migrations

WHO = {
    "Contract manager": "contract-manager",
    "Contract managers": "contract-manager",
    "Democratic services": "democratic",
    "Digital and IT": "digital",
    "Evaluation panel": "panel",
    "Finance": "finance",
    "Head of procurement": "head-of-procurement",
    "Legal": "legal",
    "Procurement": "procurement",
    "Service director": "service-director",
    "Service lead": "service",
    "Service leads": "service",
}


def role_of(words, part):
    name, _, detail = words.partition(", ")
    if name in WHO:
        return {"who": WHO[name], "part": part, "detail": detail}
    return {"who": "procurement", "part": part, "detail": words}


def move_in(apps, schema_editor):
    for page in apps.get_model("pages", "Page").objects.all():
        page.roles = [role_of(row.role, row.part) for row in page.roles_before.order_by("pk")]
        page.sources = [
            {
                "label": row.label,
                "section": row.section,
                "url": row.url,
                "checked_on": row.checked_on.isoformat(),
                "confidence": row.confidence,
            }
            for row in page.sources_before.order_by("pk")
        ]
        page.save(update_fields=["roles", "sources"])


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_stage_is_the_slug")]

    operations = [migrations.RunPython(move_in, migrations.RunPython.noop)]
