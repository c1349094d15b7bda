"""How many results there are, and of which kinds, stages, roles and topics: all in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from toolkit.accounts.visibility import Level
from toolkit.search.models import SearchEntry
from toolkit.search.querying import Asked

EXACT_UP_TO = 5_000
"""Counts are exact up to here, then “more than 5,000”."""

_SAMPLE = 1_000
"""Where there are more, no numbers are shown, and so many results are looked at for what there is to choose from."""
_COLUMNS = ("kind", "stage", "visibility", "role_slugs", "roles", "topic_slugs", "topics")

# PostgreSQL runs `has_some` only when `has_every` is empty: the condition holds no column, so it is asked first and once.
_COUNTS = """
WITH has_every AS MATERIALIZED ({has_every}),
has_some AS MATERIALIZED ({has_some}),
matching AS MATERIALIZED (
    SELECT * FROM has_every UNION ALL SELECT * FROM has_some WHERE NOT EXISTS (SELECT 1 FROM has_every)
),
counted AS MATERIALIZED (
    SELECT * FROM matching LIMIT CASE WHEN (SELECT count(*) FROM matching) > {exact} THEN {sample} ELSE {exact} END
)
SELECT 'every', '', '', (SELECT count(*) FROM has_every)
UNION ALL SELECT 'total', '', '', count(*) FROM matching
UNION ALL SELECT 'public', '', '', count(*) FROM matching WHERE visibility = %s
UNION ALL SELECT 'kind', kind, '', count(*) FROM counted GROUP BY kind
UNION ALL SELECT 'stage', stage, '', count(*) FROM counted WHERE stage <> '' GROUP BY stage
UNION ALL SELECT 'role', slug, min(words), count(*)
    FROM counted, unnest(role_slugs, roles) AS named (slug, words) GROUP BY slug
UNION ALL SELECT 'topic', slug, min(words), count(*)
    FROM counted, unnest(topic_slugs, topics) AS named (slug, words) GROUP BY slug
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How many results one value of a facet has. `words` is empty where the slug has words of its own."""

    slug: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Counts:
    """All counts of one query, each within all filters. Where there are more than are counted, the numbers of the facets
    are of a sample, and not to be shown."""

    total: int = 0
    has_every: bool = True
    """They are of what has every word; else of what has some of them."""
    public: int = 0
    """How many of them everybody may see."""
    facets: dict[str, list[Count]] = field(default_factory=dict)

    @property
    def is_more(self) -> bool:
        """There are more than were counted."""
        return self.total > EXACT_UP_TO


def count(seen: QuerySet[SearchEntry], reading: Asked) -> Counts:
    """What of `seen` answers the reading: what has every word, else what has some. One query."""
    parts = []
    params: list[Any] = []
    for tsquery in (reading.every, reading.any):
        rows = seen.filter(words=tsquery).order_by().values(*_COLUMNS)[: EXACT_UP_TO + 1]
        text, values = rows.query.sql_with_params()
        parts.append(text)
        params += values
    with connection.cursor() as cursor:
        statement = _COUNTS.format(has_every=parts[0], has_some=parts[1], exact=EXACT_UP_TO, sample=_SAMPLE)
        cursor.execute(statement, [*params, Level.PUBLIC])
        found = cursor.fetchall()
    single = {name: number for name, slug, _, number in found if not slug}
    facets: dict[str, list[Count]] = {"kind": [], "stage": [], "role": [], "topic": []}
    for name, slug, words, number in found:
        if slug:
            facets[name].append(Count(slug, words, number))
    return Counts(single["total"], bool(single["every"]), single["public"], facets)
