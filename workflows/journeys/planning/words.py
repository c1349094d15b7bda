"""A plan in words, for a page, a calendar or paper: the same for anybody’s timeline and for a procurement’s dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.core.icalendar import DayEvent
from toolkit.core.text import listed
from toolkit.law.values import words
from workflows.journeys.planning.counts import Meeting, Why
from workflows.journeys.planning.levers import Lever
from workflows.journeys.planning.picture import Picture, picture_of
from workflows.journeys.planning.plan import Plan, Row, length_in_words


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One activity, as a table says it."""

    slug: str
    label: str
    what: str
    start: dt.date
    end: dt.date
    latest_start: dt.date
    spare: str
    state: str
    """`over`, `begun` or `ahead`."""
    binds: bool
    may: str
    why: Why
    why_latest: Why
    is_confirmed: bool
    is_milestone: bool
    may_move: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    headline: str
    sentences: tuple[str, ...]
    is_late: bool
    start_by: dt.date
    ready_on: dt.date
    needed_on: dt.date
    rows: tuple[ShownRow, ...]
    picture: Picture
    left_out: tuple[tuple[str, str], ...]
    levers: tuple[Lever, ...]


def _spare(row: Row) -> str:
    if row.is_over:
        return "Done"
    if row.float_days == 0:
        return "None"
    words_ = length_in_words(row.float_days)
    return words_ if row.float_days > 0 else f"{words_} late"


def shown_row(row: Row) -> ShownRow:
    """A decision at a meeting is shown on the day of the meeting, however long it waits for it."""
    return ShownRow(
        row.slug,
        row.activity.label,
        row.activity.what,
        row.end if isinstance(row.count, Meeting) else row.start,
        row.end,
        row.latest_start,
        _spare(row),
        "over" if row.is_over else "begun" if row.has_begun else "ahead",
        row.binds,
        row.may,
        row.why,
        row.why_latest,
        row.latest_confirmed and row.earliest_confirmed,
        row.slug == "needed",
        not (row.is_over or row.has_begun or row.activity.by_itself or row.slug == "needed"),
    )


def headline(plan: Plan) -> str:
    """`Start by 3 March 2027`, or how late it is."""
    if not plan.open:
        return "Everything in this plan is done"
    if plan.held_open is not None:
        return "No day to sign can be given yet"
    if plan.is_late:
        return f"Late by {length_in_words(plan.late_days)}"
    if plan.start_by < plan.today:
        return "In time, if nothing takes longer than planned"
    begun = any(row.has_begun or row.is_over for row in plan.rows)
    return f"{'Go on' if begun else 'Start'} by {words(plan.start_by)}"


def sentences(plan: Plan) -> tuple[str, ...]:
    """What the plan comes to."""
    said: list[str] = []
    if plan.held_open is not None:
        said.append(plan.held_open.why.sentence)
    if plan.open:
        if plan.needed_on < plan.today:
            said.append(f"The day of need, {words(plan.needed_on)}, is past.")
        if plan.is_late:
            said.append(
                f"Going on from today, it is there on {words(plan.ready_on)}; it is needed on {words(plan.needed_on)}. "
                f"To be in time the next activity would have to begin by {words(plan.start_by)}."
            )
        else:
            spare = -plan.late_days
            left = f", {length_in_words(spare)} before it is needed" if spare else ", the day it is needed"
            said.append(f"Going on from today, it is there on {words(plan.ready_on)}{left}.")
        if plan.binding:
            names = listed(
                [f"{row.activity.label[0].lower()}{row.activity.label[1:]}" for row in plan.binding]
            )
            said.append(f"What binds by law or by your own rules: {names}.")
    if not plan.is_confirmed:
        said.append(
            "Some days are not confirmed: they hang on holidays or meetings that are not known yet, and so do all that wait for them."
        )
    return tuple(said)


def plan_page(plan: Plan, levers: Sequence[Lever] = ()) -> PlanPage:
    return PlanPage(
        headline(plan),
        sentences(plan),
        plan.is_late,
        plan.start_by,
        plan.ready_on,
        plan.needed_on,
        tuple(shown_row(row) for row in plan.rows),
        picture_of(plan),
        tuple((activity.label, because) for activity, because in plan.left_out),
        tuple(levers),
    )


def events_of(plan: Plan, *, uid: str, url: str, name: str = "") -> list[DayEvent]:
    """The latest day for each activity that is open, and the day of need, for a calendar."""
    title = f"{name}: " if name else ""
    found = [
        DayEvent(
            f"{row.slug}-{uid}",
            row.latest_start,
            f"{title}{row.activity.label}: begin by today",
            "\n".join(
                (
                    row.why_latest.sentence,
                    f"Source: {row.why_latest.source}. {row.why_latest.basis_words}.",
                    *(() if row.latest_confirmed else ("Not confirmed.",)),
                    *((row.why_latest.caution,) if row.why_latest.caution else ()),
                )
            ),
            url,
        )
        for row in plan.open
        if not row.has_begun
    ]
    return [*found, DayEvent(f"needed-{uid}", plan.needed_on, f"{title}It is needed", "", url)]
