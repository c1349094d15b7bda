"""The pages that `./run bench` times are there and keep their budgets; speed itself is not asserted here."""

from __future__ import annotations

import pytest

from tests.bench import rules
from tests.bench.documents import Written
from tests.bench.organisation import a_big_organisation
from tests.bench.rows import rows
from tests.bench.rules import Weighed
from tests.bench.running import Cost, Result, Row, costs
from tests.personas import People


def test_each_page_that_is_timed_answers_within_its_budgets(people: People) -> None:
    missed = [
        fault
        for row, cost in costs(rows(people, a_big_organisation(size=60))).items()
        for fault in Result(row, cost, per_second=1_000, ratio=1).faults()
    ]
    assert not missed


@pytest.mark.parametrize(
    ("cost", "ratio", "said"),
    [
        (Cost(6, 30_000), 0.25, []),
        (Cost(8, 30_000), 0.25, ["A page sends 8 queries, 2 more than 6"]),
        (Cost(6, 31_000), 0.25, ["A page has 31,000 bytes, 280 more than 30,720"]),
        (Cost(6, 30_000), 0.2, ["A page is 0.200 of the empty view, 20% short of 0.250"]),
    ],
)
def test_what_is_missed_is_said_and_by_how_much(cost: Cost, ratio: float, said: list[str]) -> None:
    row = Row("A page", "/", budget=6, floor=0.25)
    assert Result(row, cost, per_second=100, ratio=ratio).faults() == said


def test_a_page_that_takes_too_long_in_the_server_is_said() -> None:
    row = Row("Home", "/", slowest_ms=60)
    assert Result(row, Cost(6, 30_000), per_second=20, ratio=1).faults() == []
    assert Result(row, Cost(6, 30_000), per_second=12.5, ratio=1).faults() == [
        "Home takes 80 ms, 20 more than 60"
    ]


def test_documents_that_are_slow_or_keep_memory_are_said() -> None:
    sound = Written(20, 10, {"docx": 25.0, "odt": 17.0, "pdf": 1_300.0}, after_few=150.0, after_many=151.0)
    assert not sound.faults()
    assert Written(
        20, 10, {"docx": 160.0, "odt": 17.0, "pdf": 1_300.0}, after_few=100.0, after_many=120.0
    ).faults() == [
        "A specification of twenty pages takes 160 ms as docx, 10 more than 150",
        "Memory grows by 20% from 10 to 100 documents, at most 10%",
    ]


def test_new_rules_are_weighed_over_a_big_organisation(people: People) -> None:
    found = rules.measure(a_big_organisation(size=25))
    assert found.looked_at == 25
    assert found.touched
    assert Weighed(2_000, 5, 20.0).faults() == []
    assert Weighed(2_000, 5, 21.5).faults() == [
        "New rules over 2,000 live procurements take 21.5 s, 1.5 more than 20"
    ]
