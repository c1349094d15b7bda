"""Loading organisations from the shipped file, by slug, without undoing what staff changed in the admin."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from toolkit.accounts.models import (
    Organisation,
    OrganisationDomain,
    OrganisationIdentifier,
    OrganisationName,
)
from toolkit.core.text import plain

AUTHORITIES = Path(__file__).parent / "data" / "authorities.toml"
FIELDS = ("name", "short_name", "kind", "decision_model", "gss_code", "website", "itl3_region")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many organisations a load added, and how many were there already."""

    added: int
    known: int


@transaction.atomic
def load_organisations(path: Path = AUTHORITIES) -> Loaded:
    """Add what is missing. An organisation that exists keeps its own columns: staff may have changed them. New
    identifiers, names and domains of the file are added to it. Loading twice changes nothing."""
    added = known = 0
    for given in tomllib.loads(path.read_text(encoding="utf-8"))["organisation"]:
        organisation, is_new = Organisation.objects.get_or_create(
            slug=given["slug"], defaults={field: given[field] for field in FIELDS if field in given}
        )
        added, known = added + is_new, known + (not is_new)
        _add_means_of_recognition(organisation, given)
    return Loaded(added, known)


def _add_means_of_recognition(organisation: Organisation, given: dict[str, Any]) -> None:
    for scheme, value in given.get("identifiers", []):
        OrganisationIdentifier.objects.get_or_create(
            scheme=scheme, value=value, defaults={"organisation": organisation}
        )
    for name in given.get("names", []):
        OrganisationName.objects.get_or_create(
            plain=plain(name), defaults={"organisation": organisation, "name": name}
        )
    for domain in given.get("domains", []):
        OrganisationDomain.objects.get_or_create(organisation=organisation, domain=domain)
