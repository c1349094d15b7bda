"""Questions about pipeline entries, always as one reader may ask them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Q

from toolkit.accounts.visibility import Reader, seen_by
from workflows.contracts.models import Contract
from workflows.procurements.models import Procurement

if TYPE_CHECKING:
    from workflows.pipeline.models import Entry  # noqa: F401  (named in the base class, for the type checker)


DATELESS_FOR = dt.timedelta(days=548)
"""18 months: how far ahead a pipeline notice has to look (Procurement Act 2023, section 93). A notice that old which
gives no date speaks of nothing that is still to come."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, reader: Reader) -> EntryQuerySet:
        """Exactly the entries whose facts this reader may see: by level, because they may open the record
        behind, or because they keep it."""
        condition = seen_by(reader)
        if reader.roles:
            condition |= Q(procurement__in=Procurement.objects.visible_to(reader))
            condition |= Q(contract__in=Contract.objects.visible_to(reader))
            condition |= Q(kept_by_id=reader.person_id, organisation_id__in=list(reader.roles))
        return self.filter(condition)

    def each_need_once(self, reader: Reader) -> EntryQuerySet:
        """Leaves out an entry whose follow-up procurement this reader sees in the pipeline too: one need, listed once."""
        seen = self.model.objects.visible_to(reader).filter(is_over=False, procurement__isnull=False)
        return self.exclude(followed_by__in=seen.values("procurement"))

    def current(self, today: dt.date) -> EntryQuerySet:
        """Neither over nor with its date behind us. Without a date: what a notice said within 18 months, or somebody
        has confirmed since; what people or their register say, until they say otherwise."""
        limit = today - DATELESS_FOR
        said_lately = (
            ~Q(source="notice")
            | Q(published_on__gte=limit)
            | Q(published_on=None, created_at__date__gte=limit)
            | Q(confirmed_at__date__gte=limit)
        )
        return self.filter(Q(happens_on__gte=today) | (Q(happens_on=None) & said_lately), is_over=False)

    def matching(self, words: str) -> EntryQuerySet:
        """Full text over title, suppliers and description; stemmed English, web-search syntax."""
        return self.filter(search=SearchQuery(words, search_type="websearch", config="english"))
