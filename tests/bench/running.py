"""How a row is measured, and what is asked of it."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.test import Client, override_settings

from tests.bench.serving import Server, serving, session_of
from tests.recorder import recorded
from toolkit.accounts.models import Person

SECONDS = 0.6
"""How long each row is asked, in each of the rounds."""
ROUNDS = 5
LARGEST = 30 * 1024
"""Bytes of HTML that a page may have, before compression."""


@dataclass(frozen=True, slots=True)
class Row:
    """One page to time: as whom, and what it must keep to (None: nothing is asked)."""

    name: str
    path: str
    person: Person | None = None
    kept: bool = False
    """From the page cache; every other row is made anew each time."""
    budget: int | None = None
    """Queries at most."""
    floor: float | None = None
    """Requests per second, at least, as a share of the empty view's."""
    largest: int | None = LARGEST
    slowest_ms: float | None = None
    """Milliseconds in the server, at most: what one worker takes for one request."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request takes that does not depend on the machine."""

    queries: int
    size: int


@dataclass(frozen=True, slots=True)
class Result:
    row: Row
    cost: Cost
    per_second: float
    ratio: float
    """Of its requests per second to the empty view's in the same round, by the same server."""

    def faults(self) -> list[str]:
        """What the row misses, and by how much."""
        row, cost = self.row, self.cost
        found = []
        if row.budget is not None and cost.queries > row.budget:
            found.append(f"sends {cost.queries} queries, {cost.queries - row.budget} more than {row.budget}")
        if row.largest is not None and cost.size > row.largest:
            found.append(f"has {cost.size:,} bytes, {cost.size - row.largest:,} more than {row.largest:,}")
        if row.floor is not None and self.ratio < row.floor:
            short = 1 - self.ratio / row.floor
            found.append(f"is {self.ratio:.3f} of the empty view, {short:.0%} short of {row.floor:.3f}")
        if row.slowest_ms is not None and self.milliseconds > row.slowest_ms:
            over = self.milliseconds - row.slowest_ms
            found.append(f"takes {self.milliseconds:.0f} ms, {over:.0f} more than {row.slowest_ms:.0f}")
        return [f"{row.name} {fault}" for fault in found]

    @property
    def milliseconds(self) -> float:
        """Of one request, answered by one worker that does nothing else: the median of the rounds."""
        return 1000 / self.per_second

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.row.name, "path": self.row.path, "kept": self.row.kept,
            "requests_per_second": round(self.per_second, 1), "ratio_to_empty_view": round(self.ratio, 4),
            "floor": self.row.floor, "queries": self.cost.queries, "budget": self.row.budget, "bytes": self.cost.size,
            "largest": self.row.largest, "milliseconds": round(self.milliseconds, 1), "slowest_milliseconds": self.row.slowest_ms,
        }  # fmt: skip


EMPTY = Row("An empty view", "/bench/empty/")


def _client(row: Row) -> Client:
    client = Client()
    if row.person is not None:
        client.force_login(row.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _cost(row: Row) -> Cost:
    client = _client(row)
    with override_settings(PAGE_CACHE=row.kept):
        response = client.get(row.path)
        if response.status_code != 200:
            raise RuntimeError(f"{row.path} answered {response.status_code}")
        with recorded() as recording:
            client.get(row.path)
    return Cost(len(recording.queries), len(response.content))


def costs(rows: Sequence[Row]) -> dict[Row, Cost]:
    """Size of each page, and the queries it sends when it is asked for the second time."""
    return {row: _cost(row) for row in rows}


def measure(rows: Sequence[Row], database_url: str) -> list[Result]:
    """Every row in each round, the empty view of the same server beside it; the median of the rounds counts."""
    counted = costs(rows)
    with (
        serving(database_url, page_cache=True) as keeping,
        serving(database_url, page_cache=False) as forgetting,
    ):
        servers = {True: keeping, False: forgetting}
        rounds = [_round(rows, servers) for _ in range(ROUNDS + 1)][1:]  # the first one warms everything up
    return [_empty(rounds)] + [
        Result(
            row,
            counted[row],
            statistics.median(speeds[row] for speeds, _ in rounds),
            statistics.median(speeds[row] / empty[row.kept] for speeds, empty in rounds),
        )
        for row in rows
    ]


Round = tuple[Mapping[Row, float], Mapping[bool, float]]
"""Requests per second of each row, and of the empty view by each server."""


def _round(rows: Sequence[Row], servers: Mapping[bool, Server]) -> Round:
    empty = {kept: server.per_second(server.request(EMPTY.path), SECONDS) for kept, server in servers.items()}
    speeds = {}
    for row in rows:
        server = servers[row.kept]
        cookie = session_of(row.person) if row.person is not None else ""
        speeds[row] = server.per_second(server.request(row.path, cookie), SECONDS)
    return speeds, empty


def _empty(rounds: Sequence[Round]) -> Result:
    per_second = statistics.median(empty[False] for _, empty in rounds)
    return Result(EMPTY, Cost(queries=0, size=len("ok")), per_second, ratio=1.0)


def show(results: Sequence[Result]) -> None:
    """The table."""
    print(
        f"{'':52} {'requests/s':>10} {'ms':>6} {'ratio':>6} {'floor':>6} {'queries':>7} {'budget':>6} {'bytes':>7}"
    )
    for result in results:
        row, cost = result.row, result.cost
        floor = "" if row.floor is None else f"{row.floor:.2f}"
        budget = "" if row.budget is None else str(row.budget)
        print(
            f"{row.name:52} {result.per_second:10.0f} {result.milliseconds:6.1f} {result.ratio:6.3f} {floor:>6} {cost.queries:7} {budget:>6} {cost.size:7}"
        )
