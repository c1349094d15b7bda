"""Telling administrators that a central template or clause has changed below their organisation’s own version of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from guidance.documents.models import Clause, DocumentTemplate, VariantVersion
from guidance.documents.versions import held_by
from guidance.editorial.models import Revision
from toolkit.accounts.models import Membership
from toolkit.accounts.roles import Role
from toolkit.core import clock
from toolkit.jobs.letters import address, send


def template_changed(template: DocumentTemplate, revision: Revision) -> None:
    """Called in the transaction that published a template: the administrators of every organisation with a version of it
    in use are asked to look, once for each central version. A small correction waits on their page without a letter. Two
    queries."""
    if revision.is_minor:
        return
    waiting = {
        version.variant.organisation_id
        for version in _newest_in_use().filter(variant__template=template)
        if version.base_number < revision.number
    }
    for membership in _administrators(waiting):
        _write(
            membership,
            f"A template has changed: {template.title}",
            f"The central template “{template.title}” has a new version, and {membership.organisation} has its own version of it.",
            revision,
            [template],
        )


def clause_changed(clause: Clause, revision: Revision) -> None:
    """Called in the transaction that published a clause: the administrators of every organisation whose own version of a
    template holds an older wording of it, one letter for all their templates. Two queries."""
    if revision.is_minor:
        return
    holding: dict[int, list[DocumentTemplate]] = {}
    for version in _newest_in_use():
        if version.variant.template.is_published and clause.slug in (held_by(version) or {}):
            holding.setdefault(version.variant.organisation_id, []).append(version.variant.template)
    for membership in _administrators(holding):
        _write(
            membership,
            f"A clause has changed: {clause.title}",
            f"The clause “{clause.title}” has a new wording, and {membership.organisation} has its own version of what uses it. "
            "New documents on it keep the older wording until you answer.",
            revision,
            holding[membership.organisation_id],
        )


def _newest_in_use() -> QuerySet[VariantVersion]:
    """The newest version of each variant in use."""
    return (
        VariantVersion.objects.filter(variant__is_in_use=True)
        .order_by("variant_id", "-number")
        .distinct("variant_id")
        .select_related("variant__template")
    )


def _administrators(organisations: Collection[int]) -> Iterable[Membership]:
    """Those of these organisations. One query, and none for none."""
    if not organisations:
        return ()
    return (
        Membership.objects.filter(organisation_id__in=list(organisations), organisation__is_active=True)
        .current_on(clock.today())
        .with_role(Role.ADMINISTRATOR)
        .select_related("person", "organisation")
    )


def _write(
    membership: Membership,
    subject: str,
    sentence: str,
    revision: Revision,
    templates: Sequence[DocumentTemplate],
) -> None:
    addresses = "\n".join(address(reverse("variant_newer", args=[template.slug])) for template in templates)
    send(
        membership.person.email,
        subject,
        sentence,
        f"What changed: {revision.note or 'not said'}",
        f"See what changed, then take it, adapt your additions or decline it:\n{addresses}",
    )
