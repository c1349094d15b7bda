"""Questions about the pipeline: one page of it, with counts and facets, as one reader may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, Q

from toolkit.accounts.models import Organisation
from toolkit.accounts.visibility import Reader
from toolkit.core import categories, clock
from toolkit.core.money import BAND_WORDS
from toolkit.core.stages import Stage
from workflows.contracts import permissions as contracts
from workflows.pipeline.models import Entry, Openness
from workflows.pipeline.querysets import EntryQuerySet
from workflows.procurements import permissions as procurements

PAGE_SIZE = 25
EXACT_UP_TO = 5_000
"""Counts are exact up to here, then “more than 5,000”."""
FACETS = ("organisation", "category", "stage", "value_band", "route")
TOGETHER = (Openness.SHARE, Openness.ENGAGE, Openness.BUY)
SORTS: Mapping[str, tuple[str, ...]] = {
    "soonest": ("happens_on", "title"),
    "latest": ("-happens_on", "title"),
    "title": ("title", "happens_on"),
    "newest": ("-created_at", "title"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked for. Slugs of each facet; empty means all."""

    words: str = ""
    organisation: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    value_band: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    together: bool = False
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    past: bool = False
    """Also what is over, or whose date is behind us."""
    sort: str = "soonest"

    @property
    def any(self) -> bool:
        return bool(self.words or self.organisation or self.category or self.stage or self.value_band or self.route
                    or self.together or self.from_on or self.to_on or self.past)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results."""

    entries: Sequence[Entry]
    count: int
    more_than: bool
    number: int
    pages: int
    facets: Mapping[str, Sequence[tuple[str, str, int]]] = field(default_factory=dict)
    """Facet → (slug, words, count), each within all filters."""


def filtered(reader: Reader, filters: Filters) -> EntryQuerySet:
    """The entries that match, as this reader may see them. Never filters on what the reader may not see."""
    entries = Entry.objects.visible_to(reader).each_need_once(reader)
    if not filters.past:
        entries = entries.current(clock.today())
    if filters.words:
        entries = entries.matching(filters.words)
    for name in FACETS:
        chosen = getattr(filters, name)
        if chosen:
            column = "organisation__slug" if name == "organisation" else name
            entries = entries.filter(**{f"{column}__in": chosen})
    if filters.together:
        entries = entries.filter(openness__in=TOGETHER)
    if filters.from_on:
        entries = entries.filter(happens_on__gte=filters.from_on)
    if filters.to_on:
        entries = entries.filter(happens_on__lte=filters.to_on)
    return entries


def page_of(reader: Reader, filters: Filters, *, number: int = 1) -> Found:
    """One page. A number of queries that does not grow with the number of entries."""
    entries = filtered(reader, filters)
    count = entries.order_by()[: EXACT_UP_TO + 1].count()
    pages = max(1, -(-min(count, EXACT_UP_TO) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    start = (number - 1) * PAGE_SIZE
    shown = list(
        in_order(entries, filters).select_related("organisation", "procurement", "contract")[
            start : start + PAGE_SIZE
        ]
    )
    return Found(shown, min(count, EXACT_UP_TO), count > EXACT_UP_TO, number, pages, facets_of(entries))


def in_order(entries: EntryQuerySet, filters: Filters) -> EntryQuerySet:
    """Sorted as asked; by relevance first when there are words and no other order was chosen."""
    first, *rest = SORTS.get(filters.sort, SORTS["soonest"])
    if filters.words and filters.sort == "soonest":
        rank = SearchRank(F("search"), SearchQuery(filters.words, search_type="websearch", config="english"))
        return entries.annotate(rank=rank).order_by("-rank", "happens_on", "pk")
    expression = F(first.lstrip("-"))
    ordered = expression.desc(nulls_last=True) if first.startswith("-") else expression.asc(nulls_last=True)
    return entries.order_by(ordered, *rest, "pk")


def facets_of(entries: EntryQuerySet) -> dict[str, list[tuple[str, str, int]]]:
    """Counts of every facet in one pass, by grouping sets."""
    columns = ("organisation_id", "category", "stage", "value_band", "route")
    inner, params = entries.order_by().values(*columns).query.sql_with_params()
    sets = ", ".join(f"({column})" for column in columns)
    listed = ", ".join(columns)
    marks = ", ".join(f"GROUPING({column})" for column in columns)
    # The inner statement is Django's own; nothing a person typed is pasted into it.
    statement = (
        f"SELECT {listed}, {marks}, count(*) FROM ({inner}) AS matching GROUP BY GROUPING SETS ({sets})"  # noqa: S608
    )
    counts: dict[str, dict[object, int]] = {column: {} for column in columns}
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for row in cursor.fetchall():
            values, groupings, number = row[: len(columns)], row[len(columns) : -1], row[-1]
            column = columns[groupings.index(0)]
            counts[column][values[columns.index(column)]] = number
    organisations = {
        row.pk: row for row in Organisation.objects.filter(pk__in=list(counts["organisation_id"]))
    }
    return {
        "organisation": sorted(
            ((organisations[key].slug, organisations[key].short_name, number) for key, number in counts["organisation_id"].items() if key in organisations),
            key=lambda item: item[1],
        ),
        "category": [(slug, label, counts["category"][slug]) for slug, label in categories.choices() if slug in counts["category"]],
        "stage": [(stage.value, stage.label, counts["stage"][stage.value]) for stage in Stage if stage.value in counts["stage"]],
        "value_band": [(slug, words, counts["value_band"][slug]) for slug, words in BAND_WORDS.items() if slug in counts["value_band"]],
        "route": sorted((str(slug), str(slug), number) for slug, number in counts["route"].items() if slug),
    }  # fmt: skip


def sees_intent(reader: Reader, entry: Entry) -> bool:
    """May this reader see the intent and the act-by date of an entry?"""
    team: set[int] = set()
    if entry.organisation_id in reader.roles:
        if entry.kept_by_id is not None:
            team.add(entry.kept_by_id)
        if entry.procurement is not None:
            team |= procurements.team_ids(entry.procurement)
        if entry.contract is not None:
            team |= contracts.team_ids(entry.contract)
    return reader.sees(entry.intent_visibility, entry.organisation_id, team=team)


def may_answer_intent(reader: Reader, entry: Entry) -> bool:
    """May this reader, who may answer for the entry, say what its owner means to do? Whoever sees the intent; and anyone
    where nobody keeps the entry yet."""
    kept = entry.kept_by_id is not None or entry.procurement_id is not None or entry.contract_id is not None
    return not kept or sees_intent(reader, entry)


def find(reader: Reader, reference: str) -> Entry | None:
    """An entry this reader may see, or None."""
    return (
        Entry.objects.visible_to(reader)
        .select_related(
            "organisation",
            "procurement__run",
            "contract__procurement",
            "row",
            "process",
            "confirmed_by",
            "followed_by",
        )
        .prefetch_related("procurement__team", "contract__procurement__team")
        .filter(reference=reference)
        .first()
    )


def others_buying(
    reader: Reader, *, category: str, organisation_id: int, around: dt.date | None
) -> list[Entry]:
    """Entries of other organisations in the same category within 18 months of a day, as this reader may see them."""
    if not category or category == "other":
        return []
    entries = (
        Entry.objects.visible_to(reader)
        .each_need_once(reader)
        .current(clock.today())
        .filter(category=category)
        .exclude(organisation_id=organisation_id)
    )
    if around is not None:
        months = dt.timedelta(days=548)
        entries = entries.filter(Q(happens_on=None) | Q(happens_on__range=(around - months, around + months)))
    return list(entries.select_related("organisation").order_by("happens_on")[:5])
