"""What every test stands on: a held clock, a database on request, jobs in memory, pages that are inspected."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from unittest import mock

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck, settings
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector
from pytest_django import DjangoDbBlocker

from guidance.documents import versions
from tests import recorder
from tests.databases import empty, throw_away_database
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock, page_cache
from toolkit.holidays.selectors import forget
from workflows.rules import selectors

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("toolkit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("toolkit")

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=clock.LONDON)
"""When every test takes place, except those in a browser: a Tuesday, 9 in the morning."""


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests(django_test_environment: None) -> Iterator[None]:
    """Fast passwords, plain static files, mail queued as ever and caught where it would leave the machine."""
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
            DEMO=False,
            STATIC_ROOT=folder,
            MEDIA_ROOT=f"{folder}/media",
            STORAGES={
                "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
                "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
            },
            MAILERS={
                "default": {"BACKEND": "toolkit.jobs.mail.QueueingBackend"},
                "transport": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
            },
        ),
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of this process's own, cloned from a template; made only when a test asks for one."""
    with django_db_blocker.unblock():
        database = throw_away_database()
        database.__enter__()
    yield
    with django_db_blocker.unblock():
        database.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def _emptied_in_a_moment() -> Iterator[None]:
    """After a test that commits."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django’s own hook, unknown to its stubs
    with mock.patch.object(TransactionTestCase, "_fixture_teardown", lambda case: empty(lambda: flush(case))):
        yield


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around those of a file’s tests: what a fixture of the file makes in it is there for each of them, once
    made, and none sees what another one wrote. Not for a file with tests that commit."""
    with django_db_blocker.unblock(), clock.held_at(NOW), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _held_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("browser"):
        yield  # the live server answers in threads of its own, and the browser has its own clock
    else:
        with clock.held_at(NOW):
            yield


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing kept at first; and a view that says of itself wrongly that it is the same for everyone fails the test."""

    def refuse(request: HttpRequest, reason: str) -> None:
        raise AssertionError(f"{request.path} is marked same_for_everyone, but {reason}")

    forget()
    selectors.forget()
    versions.forget()
    page_cache.clear()
    monkeypatch.setattr(page_cache, "refuse", refuse)


@pytest.fixture(autouse=True)
def jobs() -> Iterator[Jobs]:
    """The jobs deferred in this test; `jobs.run()` runs them."""
    connector = InMemoryConnector()
    with app.replace_connector(connector):
        yield Jobs(connector)


@pytest.fixture
def run_jobs(jobs: Jobs) -> Callable[..., int]:
    """Runs every job that is due, and those they defer; says how many ran."""
    return jobs.run


@pytest.fixture
def letters(jobs: Jobs) -> Callable[[], list[mail.EmailMessage]]:
    """Sends what is queued and returns every e-mail that has left so far."""

    def sent() -> list[mail.EmailMessage]:
        jobs.run()
        return list(mail.outbox)

    return sent


@pytest.fixture
def pages(db: None, jobs: Jobs) -> Pages:
    """The inspecting client: see tests/pages.py."""
    cache.clear()
    return Pages(jobs=jobs)


@pytest.fixture
def people(request: pytest.FixtureRequest) -> People:
    """One person for each kind of right, in fictional organisations: see tests/personas.py."""
    request.getfixturevalue("transactional_db" if request.node.get_closest_marker("browser") else "db")
    return People()


@pytest.fixture
def queries() -> Callable[[int], AbstractContextManager[recorder.Recording]]:
    """`with queries(8): …` fails, showing the SQL, when the block sends more than eight."""
    return recorder.at_most
