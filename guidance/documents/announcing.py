"""Telling administrators that a central template has changed below their organisation’s own version of it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from guidance.documents.models import DocumentTemplate, VariantVersion
from guidance.editorial.models import Revision
from toolkit.accounts.models import Membership
from toolkit.accounts.roles import Role
from toolkit.core import clock


def template_changed(template: DocumentTemplate, revision: Revision) -> None:
    """Called in the transaction that published a template: the administrators of every organisation with a version of it
    in use are asked to look, once for each central version. A small correction waits on their page without a letter. Two
    queries."""
    if revision.is_minor:
        return
    waiting = {
        version.variant.organisation_id
        for version in VariantVersion.objects.filter(variant__template=template, variant__is_in_use=True)
        .order_by("variant_id", "-number")
        .distinct("variant_id")
        .select_related("variant")
        if version.base_number < revision.number
    }
    if not waiting:
        return
    address = f"{settings.BASE_URL}{reverse('variant_newer', args=[template.slug])}"
    administrators = (
        Membership.objects.filter(organisation_id__in=waiting, organisation__is_active=True)
        .current_on(clock.today())
        .with_role(Role.ADMINISTRATOR)
        .select_related("person", "organisation")
    )
    for membership in administrators:
        send_mail(
            f"A template has changed: {template.title}",
            "\n\n".join(
                [
                    f"The central template “{template.title}” has a new version, and {membership.organisation} has its own version of it.",
                    f"What changed: {revision.note or 'not said'}",
                    f"See what changed, then take it, adapt your additions or decline it:\n{address}",
                    settings.SERVICE_NAME,
                ]
            ),
            None,
            [membership.person.email],
        )
