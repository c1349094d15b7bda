"""The pages that `./run bench` times are there, and keep their budgets of queries; speed itself is not asserted here."""

from __future__ import annotations

from tests.bench.rows import rows
from tests.bench.running import Result, measure_queries
from tests.personas import People


def test_each_page_that_is_timed_answers_within_its_budget(people: People) -> None:
    over = [
        f"{row.name}: {queries} queries, at most {row.budget}"
        for row, queries in measure_queries(rows(people)).items()
        if Result(row, per_second=1, queries=queries, ratio=1).is_over
    ]
    assert not over
