"""A database for each test process, cloned in a moment from a template that is migrated once.

The template's name carries a fingerprint of every migration, so that a changed migration makes a new one and an
unchanged tree makes none. Slots are held by advisory locks: two runs at once on one server never meet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

MAX_SLOTS = 64


def _fingerprint() -> str:
    """What the migrations of every installed app say, in ten characters."""
    digest = hashlib.sha256(django.get_version().encode())
    for app in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7])


class _Server:
    """The server, reached through the database that DATABASE_URL names; that database itself is never touched."""

    def __init__(self, link: psycopg.Connection[Any], base: str) -> None:
        self.link, self.base = link, base

    def do(self, statement: str, name: str, *more: str) -> None:
        self.link.execute(sql.SQL(statement).format(*map(sql.Identifier, (name, *more))))

    def drop(self, name: str) -> None:
        self.do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def names(self, like: str) -> list[str]:
        rows = self.link.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [like.replace("_", r"\_") + "%"]
        )
        return [name for (name,) in rows]

    def is_in_use(self, name: str) -> bool:
        return bool(self.link.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [name]).fetchone())

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        self.link.execute("SELECT pg_advisory_lock(%s)", [_key(name)])
        try:
            yield
        finally:
            self.link.execute("SELECT pg_advisory_unlock(%s)", [_key(name)])

    def template(self) -> str:
        """The migrated template for the tree as it is; made when it is missing, and older ones thrown away."""
        prefix = f"template_{self.base}_"
        wanted = prefix + _fingerprint()
        with self.locked(prefix):
            there = self.names(prefix)
            if wanted not in there:
                for old in there:
                    if not self.is_in_use(old):
                        self.drop(old)
                self._make(wanted)
        return wanted

    def _make(self, wanted: str) -> None:
        unfinished = f"{wanted}_unfinished"
        self.drop(unfinished)
        self.do("CREATE DATABASE {} TEMPLATE template0", unfinished)
        with _pointing_at(unfinished):
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        self.do("ALTER DATABASE {} RENAME TO {}", unfinished, wanted)

    def free_slot(self) -> str:
        """A name nobody else is using; the lock lasts as long as the link."""
        for number in range(MAX_SLOTS):
            name = f"test_{self.base}_{number}"
            row = self.link.execute("SELECT pg_try_advisory_lock(%s)", [_key(name)]).fetchone()
            if row and row[0]:
                return name
        raise RuntimeError(f"All {MAX_SLOTS} test databases are in use")


@contextmanager
def _pointing_at(name: str) -> Iterator[None]:
    """Django's connections, those of threads started later too, lead to the database `name`."""
    before = settings.DATABASES["default"]["NAME"]
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = before


@contextmanager
def throw_away_database() -> Iterator[str]:
    """A fresh migrated database that Django uses inside the block, and its name. Dropped at the end."""
    params = connection.get_connection_params()
    wanted = {
        key: params[key]
        for key in ("host", "port", "user", "password", "dbname", "options", "sslmode")
        if key in params
    }
    with psycopg.connect(**wanted, autocommit=True) as link:
        server = _Server(link, str(wanted["dbname"]))
        template = server.template()
        name = server.free_slot()
        server.drop(name)
        server.do("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            with _pointing_at(name):
                yield name
        finally:
            server.drop(name)


_EMPTY = """
DO $$ DECLARE held regclass; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR held IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    LOOP EXECUTE format('DELETE FROM %s', held); END LOOP;
END $$
"""


def empty(flush: Callable[[], None]) -> None:
    """Delete every row that a test has committed, without a trigger and in any order: a superuser may, and it is done in a
    moment. Django's own `flush`, which makes every file of 150 tables and every permission anew, is for any other role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        is_superuser = cursor.fetchone()[0]
        if is_superuser:
            cursor.execute(_EMPTY)
    if not is_superuser:
        flush()
