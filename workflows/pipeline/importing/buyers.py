"""Our organisations as the buyer index knows them."""

from __future__ import annotations

from toolkit.accounts.models import Organisation
from workflows.notices.ocds.buyers import BuyerIndex, Known


def buyer_index() -> BuyerIndex[int]:
    """Every active organisation by identifier and name. Three queries."""
    known = []
    for organisation in Organisation.objects.filter(is_active=True).prefetch_related("identifiers", "names"):
        names = (
            organisation.name,
            organisation.short_name,
            *(name.name for name in organisation.names.all()),
        )
        identifiers = frozenset(str(identifier) for identifier in organisation.identifiers.all())
        known.append(Known(organisation.pk, identifiers, names))
    return BuyerIndex(known)
