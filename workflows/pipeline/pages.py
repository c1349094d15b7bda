"""What the pipeline's templates need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from toolkit.accounts.visibility import Reader
from toolkit.core.clock import today
from toolkit.core.money import BAND_WORDS
from toolkit.core.stages import Stage
from toolkit.core.text import ago, day, month
from workflows.pipeline.models import Entry, Openness


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in a list."""

    entry: Entry
    happens: str
    """What happens and when, in words."""
    value: str
    openness: str
    freshness: str


def happens(entry: Entry) -> str:
    """`Contract ends on 31 March 2028`, `Tenders close on …`, `Contract to start in April 2027`."""
    if entry.is_contract:
        if entry.ends_on is None:
            return "End of the contract not known"
        words = f"Contract {'ended' if entry.ends_on < today() else 'ends'} on {day(entry.ends_on)}"
        later = entry.latest_end_on
        return (
            f"{words}, or {month(later)} if extended"
            if later is not None and later > entry.ends_on
            else words
        )
    if entry.stage == Stage.AWARD and entry.ends_on is not None:
        return (
            f"Awarded: the contract {'ended' if entry.ends_on < today() else 'ends'} on {day(entry.ends_on)}"
        )
    if entry.closes_on is not None and entry.closes_on >= today():
        return f"Tenders close on {day(entry.closes_on)}"
    if entry.starts_on is not None:
        return (
            f"Contract to start in {month(entry.starts_on)}"
            if entry.starts_on >= today()
            else f"Contract was to start in {month(entry.starts_on)}"
        )
    return "Date not known"


def freshness(entry: Entry) -> str:
    """How long since somebody, or a notice, said so: in words, for a line or the middle of one."""
    if entry.confirmed_at is not None:
        return f"confirmed {ago(entry.confirmed_at)}"
    if entry.published_on is not None:
        return f"published on {day(entry.published_on)}"
    return f"not confirmed since it came in {ago(entry.created_at)}"


def row_of(reader: Reader, entry: Entry) -> Row:
    openness = "" if entry.openness in (Openness.NOT_SAID, Openness.CLOSED) else entry.get_openness_display()
    return Row(entry, happens(entry), BAND_WORDS.get(entry.value_band, ""), openness, freshness(entry))


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is on, and the address without it."""

    words: str
    without: str


NAMES = {
    "organisation": "organisation",
    "category": "category",
    "stage": "stage",
    "value_band": "band",
    "route": "route",
}


def active_filters(
    query: QueryDict, facets: Mapping[str, Sequence[tuple[str, str, int]]]
) -> list[ActiveFilter]:
    """Each filter that is on, removable by itself."""
    words = {NAMES[facet]: {slug: label for slug, label, _ in rows} for facet, rows in facets.items()}
    active = []
    for name in (*NAMES.values(), "q", "from", "to", "together", "past"):
        for value in query.getlist(name):
            if not value.replace("\x00", ""):
                continue  # nothing a reader could see
            without = query.copy()
            without.pop("page", None)
            without.setlist(name, [other for other in query.getlist(name) if other != value])
            shown = {
                "q": f"“{value}”",
                "from": f"From {_month_words(value)}",
                "to": f"To {_month_words(value)}",
                "together": "Open to working together",
                "past": "Past ones too",
            }.get(name) or words.get(name, {}).get(value, value.replace("-", " "))
            active.append(
                ActiveFilter(shown.replace("\x00", "")[:80], f"?{without.urlencode()}" if without else "")
            )
    return active


def _month_words(value: str) -> str:
    try:
        return month(dt.date.fromisoformat(value if len(value) > 7 else f"{value}-01"))
    except ValueError:
        return value
