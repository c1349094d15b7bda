"""What a published version says of the same facts never changes: see `golden.py`."""

from __future__ import annotations

import tomllib

import pytest

from tests.unit.journeys.golden import FOLDER, folds, path_of
from workflows.journeys import loading
from workflows.journeys.definitions import Journey

PUBLISHED = [journey for _, journey in sorted(loading.all_journeys().items())]


@pytest.mark.parametrize("journey", PUBLISHED, ids=lambda journey: f"{journey.slug}.v{journey.version}")
def test_a_published_version_says_what_it_said(journey: Journey) -> None:
    kept = tomllib.loads(path_of(journey).read_text(encoding="utf-8"))
    assert folds(journey) == kept, (
        "a condition, a due rule or the law behind them changed under a published version: if it is meant, write the folds "
        "anew (python -m tests.unit.journeys.golden) and say in the changelog what changed"
    )


def test_no_fold_is_kept_of_what_is_not_there() -> None:
    assert {path.name for path in FOLDER.glob("*.toml")} == {path_of(journey).name for journey in PUBLISHED}
