"""A kept connection is looked at before it is used again, and asked only when there is a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept() -> Iterator[Any]:
    """A second connection, as a process keeps one between requests."""
    other = connections.create_connection("default")
    other.ensure_connection()
    yield other
    other.close()


def _begin_request(kept: Any) -> None:
    kept.close_if_unusable_or_obsolete()
    kept.health_check_done = False


def _asked(kept: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    cursor = kept.connection.cursor

    def remembering(*args: Any, **kwargs: Any) -> Any:
        asked.append("a cursor")
        return cursor(*args, **kwargs)

    monkeypatch.setattr(kept.connection, "cursor", remembering)
    return asked


def test_a_connection_at_rest_is_not_asked(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _asked(kept, monkeypatch)
    _begin_request(kept)
    kept.close_if_health_check_failed()
    assert not asked
    assert kept.connection is not None


def test_a_connection_that_the_server_ended_is_made_anew(kept: Any) -> None:
    ended = kept.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    _begin_request(kept)
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert kept.connection.info.backend_pid != ended


def test_after_an_error_it_is_asked(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.errors_occurred = True
    asked = _asked(kept, monkeypatch)
    _begin_request(kept)
    assert asked
    assert not kept.errors_occurred


def test_one_that_we_closed_is_not_usable(kept: Any) -> None:
    kept.connection.close()
    assert not kept.is_usable()
