"""What a reader narrows results by."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from django.db.models import Q
from django.http import QueryDict

from toolkit.core.stages import Stage
from toolkit.search import kinds

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST = 20
"""Values of one filter that are read."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Slugs of each facet; within one any may hold, and all facets must. None means all."""

    kind: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.kind or self.stage or self.role or self.topic)

    def condition(self) -> Q:
        """The condition on entries."""
        condition = Q()
        if self.kind:
            condition &= Q(kind__in=self.kind)
        if self.stage:
            condition &= Q(stage__in=self.stage)
        if self.role:
            condition &= Q(role_slugs__overlap=list(self.role))
        if self.topic:
            condition &= Q(topic_slugs__overlap=list(self.topic))
        return condition

    def pairs(self) -> list[tuple[str, str]]:
        """As they stand in an address."""
        return [(field.name, slug) for field in fields(self) for slug in getattr(self, field.name)]


def filters_in(given: QueryDict) -> Filters:
    """The filters of an address; whatever is none is left out."""

    def slugs(name: str) -> tuple[str, ...]:
        found = [slug for slug in given.getlist(name)[:_MOST] if len(slug) <= 80 and _SLUG.fullmatch(slug)]
        return tuple(dict.fromkeys(found))

    return Filters(
        kind=tuple(slug for slug in slugs("kind") if slug in kinds.labels()),
        stage=tuple(slug for slug in slugs("stage") if slug in list(Stage)),
        role=slugs("role"),
        topic=slugs("topic"),
    )
