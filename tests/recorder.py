"""What SQL was sent: for "a GET never writes", for query budgets, and for "nothing is fetched one by one"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from django.db import connection
from django.db.models import Model, query
from django.db.models.fetch_modes import FetchMode

MAY_BE_WRITTEN_BY_A_GET = frozenset({"django_session", "toolkit_cache", "search_askedquery"})
"""Sessions, the cache and the log of searches: nothing else (design §3)."""

EVERYTHING = None
WRITES_ON_PURPOSE: dict[str, tuple[frozenset[str] | None, str]] = {
    r"/accounts/2fa/recovery-codes/": (
        frozenset({"mfa_authenticator"}),
        "allauth notes that the codes have been seen, to warn whoever never looked",
    ),
    r"/accounts/oidc/[a-z]+/login/callback/": (
        EVERYTHING,
        "another service’s sign-in sends people back by GET (OpenID Connect), and coming back is signing in",
    ),
}
"""Pages of others that write on a GET, by the pattern of their path: which tables, and why there is no other way. Nobody
is signed in or shown codes by following a link elsewhere: the one needs a state kept in the session, the other a session
that has just been confirmed."""

_WRITE = re.compile(
    r"""^\s*(?:WITH\b.*?\)\s*)?(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|COPY|MERGE\s+INTO)\s+(?:ONLY\s+)?"?(\w+)"?"""
    r"""|^\s*SELECT\s+.*?\b(procrastinate_(?:defer|cancel|retry|finish)\w*)""",
    re.IGNORECASE | re.DOTALL,
)
_NOT_COUNTED = re.compile(
    r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET\b|SELECT set_config)", re.IGNORECASE
)


@dataclass
class Recording:
    """The statements sent inside one block."""

    statements: list[str] = field(default_factory=list)

    @property
    def queries(self) -> list[str]:
        """All but the framing of transactions and settings of the session."""
        return [statement for statement in self.statements if not _NOT_COUNTED.match(statement)]

    @property
    def written(self) -> set[str]:
        """The tables written to."""
        found = (_WRITE.match(statement) for statement in self.statements)
        return {(match[1] or match[2]).lower() for match in found if match}

    def listing(self) -> str:
        """The statements, numbered, repeated ones counted once with how often."""
        counted = Counter(self.queries)
        return "\n".join(
            f"{number:3}. ×{times} {statement[:600]}"
            for number, (statement, times) in enumerate(counted.items(), 1)
        )


@contextmanager
def recorded() -> Iterator[Recording]:
    """Record what is sent to the database in the block."""
    recording = Recording()

    def note(
        execute: Callable[..., Any], statement: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        recording.statements.append(str(statement))
        return execute(statement, params, many, context)

    with connection.execute_wrapper(note):
        yield recording


@contextmanager
def at_most(number: int) -> Iterator[Recording]:
    """Fail, showing the SQL, when the block sends more than `number` queries."""
    with recorded() as recording:
        yield recording
    sent = len(recording.queries)
    assert sent <= number, f"{sent} queries, and the budget is {number}:\n{recording.listing()}"


def may_write(address: str) -> frozenset[str] | None:
    """The tables that a GET of this address may write to; EVERYTHING where it does as it likes."""
    path = urlsplit(address).path
    for pattern, (tables, _) in WRITES_ON_PURPOSE.items():
        if re.fullmatch(pattern, path):
            return EVERYTHING if tables is EVERYTHING else MAY_BE_WRITTEN_BY_A_GET | tables
    return MAY_BE_WRITTEN_BY_A_GET


def assert_nothing_written(recording: Recording, address: str) -> None:
    """A GET writes to the named tables alone."""
    allowed = may_write(address)
    tables = set() if allowed is EVERYTHING else recording.written - allowed
    assert not tables, f"GET {address} wrote to {', '.join(sorted(tables))}:\n{recording.listing()}"


class FetchedOneByOne(AssertionError):
    """The same relation was fetched for one row after another of one list."""


class _NotOneByOne(FetchMode):
    """Fetches like Django does, but refuses the second fetch of the same field within one list of our own rows."""

    __slots__ = ("seen",)
    track_peers = True

    def __init__(self) -> None:
        self.seen: set[tuple[int, str]] = set()

    def fetch(self, fetcher: Any, instance: Model) -> None:
        peers = instance._state.peers
        ours = type(instance).__module__.startswith(("toolkit.", "guidance.", "workflows."))
        if ours and len(peers) > 1:
            name = f"{type(instance).__qualname__}.{fetcher.field.name}"
            if (id(peers), name) in self.seen:
                raise FetchedOneByOne(
                    f"{name} is fetched one by one for a list of {len(peers)}: add select_related or prefetch_related"
                )
            self.seen.add((id(peers), name))
        fetcher.fetch_one(instance)


@contextmanager
def nothing_one_by_one() -> Iterator[None]:
    """Inside the block the second lazy fetch of one field over one list raises FetchedOneByOne, where it happens."""
    with mock.patch.object(query, "DEFAULT_FETCH_MODE", _NotOneByOne()):
        yield
