"""How an organisation’s own version of a template stands beside what is live: the central version, and its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guidance.documents import versions
from guidance.documents.models import Variant, VariantVersion
from guidance.documents.versions import LiveClause


@dataclass(frozen=True, slots=True)
class Standing:
    """What is newer than what the organisation’s version holds, and whether somebody has answered it."""

    template_is_newer: bool = False
    clauses: Mapping[str, LiveClause] | None = None
    """Those among its clauses that have a newer wording."""
    is_waiting: bool = False

    @property
    def is_behind(self) -> bool:
        return self.template_is_newer or bool(self.clauses)

    @property
    def stamp(self) -> str:
        """The newer wordings, in a form field: what an administrator answers is what they were shown."""
        pins = sorted(clause.pin for clause in (self.clauses or {}).values())
        return "-".join(f"{key}.{number}" for key, number in pins)


def standing(variant: Variant, version: VariantVersion | None, clauses: Mapping[str, LiveClause]) -> Standing:
    """`clauses`: all that are live (`versions.live_clauses`). No query.

    A decline answers for the central version it names, and for every wording that was live when it was made.
    """
    live = variant.template.live_number
    if version is None or live is None or not variant.template.is_published:
        return Standing()
    newer = {
        slug: clauses[slug]
        for slug, pin in (versions.held_by(version) or {}).items()
        if slug in clauses and clauses[slug].pin != list(pin)
    }
    is_newer = version.base_number < live
    declined_at = variant.declined_at
    return Standing(
        is_newer,
        newer,
        (is_newer and variant.declined_number != live)
        or any(declined_at is None or clause.since > declined_at for clause in newer.values()),
    )
