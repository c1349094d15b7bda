"""The log of queries: what was asked, what it found, whether anything was opened. Never who asked."""

from __future__ import annotations

import datetime as dt
import re

from dateutil.relativedelta import relativedelta
from django.db import connection
from django.db.models import F
from django.http import HttpRequest

from toolkit.core import clock
from toolkit.core.scrub import without_contact_details
from toolkit.search.models import AskedQuery
from toolkit.search.querying import LONGEST, clean

KEPT_MONTHS = 12

_ROBOT = re.compile(
    r"bot\b|crawl|spider|slurp|preview|monitor|headless|scan|fetch|curl|wget|python|java/|go-http|okhttp|libwww",
    re.I,
)


def is_a_person(request: HttpRequest) -> bool:
    """Does somebody read the answer? Not for HEAD, robots that say so, or a page fetched before anybody wants it."""
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return (
        request.method == "GET"
        and not _ROBOT.search(request.headers.get("User-Agent", ""))
        and "prefetch" not in ahead
    )


def kept_text(query: str) -> str:
    """The query as it is kept: small letters, one line, contact details gone."""
    return clean(without_contact_details(clean(query)).lower())[:LONGEST]


def note_asked(*, query: str, found: int, first: tuple[str, str] | None) -> None:
    """Count one asking of `query`. `found` and `first` (kind, key) are of what everybody may see. One statement."""
    kind, key = first or ("", "")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_askedquery AS kept (day, query, times, found, opened, first_kind, first_key)
            VALUES (%s, %s, 1, %s, 0, %s, %s)
            ON CONFLICT (day, query) DO UPDATE SET times = kept.times + 1, found = excluded.found,
                first_kind = excluded.first_kind, first_key = excluded.first_key
            """,
            [clock.today(), kept_text(query), found, kind, key],
        )


def note_opened(*, query: str, day: dt.date) -> None:
    """Count one opening of a result of what was asked on `day`."""
    AskedQuery.objects.filter(day=day, query=query).update(opened=F("opened") + 1)


def forget_old() -> int:
    """Delete what is older than twelve months; how many lines went."""
    oldest = clock.today() - relativedelta(months=KEPT_MONTHS)
    return AskedQuery.objects.filter(day__lt=oldest).delete()[0]
