"""How a row is measured."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from tests.databases import throw_away_database
from tests.personas import People
from tests.recorder import recorded
from toolkit.accounts.models import Person

SECONDS = 1.0
"""How long each row is asked, in each of the rounds."""
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One page to time: as whom, with how many queries at most (None: no budget)."""

    name: str
    path: str
    person: Person | None = None
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    row: Row
    per_second: float
    queries: int
    ratio: float
    """Of its requests per second to the empty view's in the same round."""

    @property
    def is_over(self) -> bool:
        return self.row.budget is not None and self.queries > self.row.budget

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.row.name, "path": self.row.path, "requests_per_second": round(self.per_second, 1),
            "queries": self.queries, "budget": self.row.budget, "ratio_to_empty_view": round(self.ratio, 4),
        }  # fmt: skip


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but the middleware."""
    return HttpResponse("ok")


urlpatterns = [path("bench/empty/", empty), path("", include("toolkit.urls"))]
EMPTY = Row("An empty view", "/bench/empty/")


@contextmanager
def prepared() -> Iterator[People]:
    """A throw-away database with the personas in it, plain static files, e-mail kept in memory."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stack.enter_context(
            override_settings(
                ROOT_URLCONF="tests.bench.running",
                ALLOWED_HOSTS=["*"],
                DEMO=False,
                STATIC_ROOT=folder,
                PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
                STORAGES={
                    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
                    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
                },
            )
        )
        stack.enter_context(throw_away_database())
        stack.enter_context(app.replace_connector(InMemoryConnector()))
        yield People()


def _client(row: Row) -> Client:
    client = Client()
    if row.person is not None:
        client.force_login(row.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _queries(row: Row, client: Client) -> int:
    response = client.get(row.path)
    if response.status_code != 200:
        raise RuntimeError(f"{row.path} answered {response.status_code}")
    with recorded() as recording:
        client.get(row.path)
    return len(recording.queries)


def _per_second(row: Row, client: Client) -> float:
    began, done = time.perf_counter(), 0
    while (passed := time.perf_counter() - began) < SECONDS:
        client.get(row.path)
        done += 1
    return done / passed


def measure_queries(rows: Sequence[Row]) -> dict[Row, int]:
    """How many queries each page sends when it is asked for the second time."""
    return {row: _queries(row, _client(row)) for row in rows}


def measure(rows: Sequence[Row]) -> list[Result]:
    """Every row in each round, the empty view beside them; the median of the rounds counts."""
    everything = [EMPTY, *rows]
    clients = {row.name: _client(row) for row in everything}
    queries = measure_queries(everything)
    speeds: dict[str, list[float]] = {row.name: [] for row in everything}
    for _ in range(ROUNDS):
        for row in everything:
            speeds[row.name].append(_per_second(row, clients[row.name]))
    ratios = {
        name: statistics.median(speed / base for speed, base in zip(taken, speeds[EMPTY.name], strict=True))
        for name, taken in speeds.items()
    }
    return [
        Result(row, statistics.median(speeds[row.name]), queries[row], ratios[row.name]) for row in everything
    ]


def show(results: Sequence[Result]) -> None:
    """The table."""
    print(f"{'':44} {'requests/s':>10} {'ratio':>7} {'queries':>7} {'at most':>7}")
    for result in results:
        budget = "" if result.row.budget is None else str(result.row.budget)
        print(
            f"{result.row.name:44} {result.per_second:10.0f} {result.ratio:7.3f} {result.queries:7} {budget:>7}"
        )
