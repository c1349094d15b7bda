"""Search over a big library: how long a page takes, beside the bare statements that it sends.

Bare SQL is the page's own statements on the index (counts with facets, and the rows with their headlines) sent by
psycopg, rows fetched, nothing rendered; page and statements take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.db import connection, transaction
from django.test import Client

from toolkit.core import clock
from toolkit.core.stages import Stage
from toolkit.search.models import SearchEntry, Spelling
from toolkit.search.spelling import words_of

PAGES = 30_000
TURNS = 7
MOST_TIMES_BARE = 4.0
MOST_MILLISECONDS = 60.0
_VOCABULARY = 6_000
_ROLES = ("Procurement", "Service lead", "Legal", "Finance", "Head of procurement", "Digital and IT")


@dataclass(frozen=True, slots=True)
class Searched:
    """The medians over all queries and turns."""

    page: float
    bare: float
    """Both in milliseconds."""
    slowest: float
    """The median page of the slowest query."""
    slowest_query: str

    @property
    def times_bare(self) -> float:
        return self.page / self.bare

    @property
    def is_over(self) -> bool:
        return self.times_bare > MOST_TIMES_BARE or self.page > MOST_MILLISECONDS

    def as_json(self) -> dict[str, Any]:
        return {
            "name": NAME, "page_milliseconds": round(self.page, 2), "bare_sql_milliseconds": round(self.bare, 2),
            "times_bare_sql": round(self.times_bare, 2), "at_most_milliseconds": MOST_MILLISECONDS,
            "at_most_times_bare_sql": MOST_TIMES_BARE, "slowest_query": self.slowest_query,
            "slowest_milliseconds": round(self.slowest, 2),
        }  # fmt: skip


NAME = f"Search over {PAGES:,} generated pages"


def measure() -> Searched:
    """Generate the library, ask it, and throw it away again."""
    with transaction.atomic():
        words = generate()
        found = _timed(_queries(words))
        transaction.set_rollback(True)
    return found


def show(found: Searched) -> None:
    """The lines under the table."""
    print(
        f"{NAME}: median {found.page:.1f} ms a page (at most {MOST_MILLISECONDS:.0f}), {found.bare:.1f} ms bare SQL, "
        f"{found.times_bare:.2f} times (at most {MOST_TIMES_BARE:.0f}); slowest “{found.slowest_query}” {found.slowest:.1f} ms"
    )
    if found.is_over:
        print(f"Over: {NAME}")


def generate(pages: int = PAGES) -> list[str]:
    """Entries of everybody’s in one bulk insert, and their spellings in another. The words, commonest first."""
    dice = random.Random(2023)
    words = _invented(dice)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    stages, now = list(Stage), clock.now()

    def said(number: int) -> str:
        return " ".join(dice.choices(words, cum_weights=weights, k=number))

    entries = SearchEntry.objects.bulk_create(
        (
            SearchEntry(
                kind="guidance",
                key=f"generated-{number}",
                title=said(6).capitalize(),
                summary=said(25),
                body=said(150),
                url=f"/guidance/plan/generated-{number}/",
                stage=stages[number % 7],
                roles=list(chosen := dice.sample(_ROLES, 3)),
                role_slugs=[role.lower().replace(" ", "-") for role in chosen],
                topics=(topics := [words[200 + dice.randrange(60)] for _ in range(1)]),
                topic_slugs=topics,
                called=", ".join(topics),
                updated_at=now,
            )
            for number in range(pages)
        ),
        batch_size=5_000,
    )
    Spelling.objects.bulk_create(
        (
            Spelling(entry=entry, word=word)
            for entry in entries
            for word in sorted(words_of(entry.title, *entry.topics))
        ),
        batch_size=20_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchentry, search_spelling")
    return words


def _invented(dice: random.Random) -> list[str]:
    """Words that look like words: two to four syllables."""
    starts, ends = (
        [
            "b",
            "c",
            "d",
            "f",
            "g",
            "h",
            "l",
            "m",
            "n",
            "p",
            "r",
            "s",
            "t",
            "v",
            "w",
            "br",
            "cl",
            "st",
            "tr",
            "pl",
        ],
        ["an", "el", "or", "um", "it", "es", "ock", "ar", "ine", "ond"],
    )
    found: dict[str, None] = {}
    while len(found) < _VOCABULARY:
        found["".join(dice.choice(starts) + dice.choice(ends) for _ in range(dice.randint(2, 4)))] = None
    return list(found)


def _queries(words: Sequence[str]) -> list[str]:
    """From the rare to what almost every page says; several words, a phrase, a question, and words that are not there."""
    return [
        words[3_000], words[1_000], words[400], words[100], words[20], words[2], words[0],
        f"{words[40]} {words[90]}", f"{words[5]} {words[9]} {words[700]}", f'"{words[1]} {words[3]}"',
        f"{words[10]} OR {words[12]}", f"how long must I {words[60]}", f"{words[300]}x zzyzzy", f"{words[0]} -{words[1]}",
    ]  # fmt: skip


def _timed(queries: Sequence[str]) -> Searched:
    client = Client()
    pages: dict[str, list[float]] = {query: [] for query in queries}
    bare: dict[str, list[float]] = {query: [] for query in queries}
    for query in queries:
        address = f"/search/?q={quote_plus(query)}"
        statements = _statements(client, address)
        for _ in range(TURNS):
            began = time.perf_counter()
            client.get(address)
            between = time.perf_counter()
            for statement, params in statements:
                with connection.connection.cursor() as cursor:
                    cursor.execute(statement, params)
                    cursor.fetchall()
            pages[query].append((between - began) * 1_000)
            bare[query].append((time.perf_counter() - between) * 1_000)
    slowest = max(queries, key=lambda query: statistics.median(pages[query]))
    return Searched(
        page=statistics.median(itertools.chain.from_iterable(pages.values())),
        bare=statistics.median(itertools.chain.from_iterable(bare.values())),
        slowest=statistics.median(pages[slowest]),
        slowest_query=slowest,
    )


def _statements(client: Client, address: str) -> list[tuple[str, Any]]:
    """What the page asks the index, as it is sent."""
    sent: list[tuple[str, Any]] = []

    def note(execute: Any, statement: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if "search_searchentry" in str(statement):
            sent.append((str(statement), params))
        return execute(statement, params, many, context)

    with connection.execute_wrapper(note):
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return sent
