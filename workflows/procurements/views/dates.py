"""The dates of a procurement: its plan, what would help, moving one activity."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from toolkit.accounts.readers import reader_for
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.icalendar import calendar_file
from toolkit.core.stages import Stage
from toolkit.core.text import day
from workflows.journeys.planning.activities import ACTIVITIES
from workflows.journeys.planning.plan import Plan, length_in_words
from workflows.journeys.planning.words import events_of, headline, plan_page
from workflows.procurements import confidence, permissions, slips
from workflows.procurements.forms.dates import MoveForm
from workflows.procurements.models import Cause, MoveKind, PlanMove, Procurement, Status
from workflows.procurements.planning import Planner, planner_of
from workflows.procurements.services import planning
from workflows.procurements.views.common import person_of, record_context, started

MOST_MOVES = 100


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One move as a reader may have it."""

    sentence: str
    cause: str
    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    before: str
    after: str


def planned(request: HttpRequest, reference: str) -> tuple[Procurement, Planner | None]:
    """A started procurement and its plan, as far as this reader may know. Raises Http404."""
    procurement, progress = started(request, reference)
    return procurement, planner_of(progress, today=clock.today())


def may_plan(request: HttpRequest, procurement: Procurement) -> bool:
    """Move, explain and keep its plan now: an officer on the team."""
    return permissions.may_run(reader_for(request), procurement) and procurement.status in (
        Status.LIVE,
        Status.PAUSED,
    )


def _sentence(move: PlanMove) -> str:
    activity = ACTIVITIES.get(move.activity)
    label = activity.label if activity is not None else move.activity
    if move.kind == MoveKind.DAYS:
        before, after = (
            str(days) if days is not None else "the usual" for days in (move.from_days, move.to_days)
        )
        return f"{label}: {before} → {after} days"
    begins = "begins" if move.kind == MoveKind.START else "ends"
    assert move.from_on is not None
    assert move.to_on is not None
    days = (move.to_on - move.from_on).days
    return f"{label} {begins} on {day(move.to_on)} instead of {day(move.from_on)}, {length_in_words(days)} {'later' if days > 0 else 'earlier'}"


def _move_lines(request: HttpRequest, procurement: Procurement) -> list[MoveLine]:
    reader = reader_for(request)
    hidden, is_closed = confidence.unseen(reader, procurement), confidence.is_closed_to(reader, procurement)
    whose = f"The reason is {confidence.whose(procurement)}"
    lines = []
    for move in procurement.plan_moves.select_related("by")[:MOST_MOVES]:
        activity = ACTIVITIES.get(move.activity)
        in_window = is_closed and confidence.since(procurement, move.at)
        if hidden and (in_window or activity is None or activity.stage in hidden):
            continue  # that it was moved would tell
        # What was written while bids were in confidence may name bidders, whatever it is about.
        was_secret = activity is None or confidence.was_since(procurement, move.at)
        open_to = not in_window and confidence.sees_answers(
            reader, procurement, Stage.PROCURE if activity is None or was_secret else activity.stage
        )
        # Of what was moved meanwhile everybody who opens the record may have the reason once the window has ended.
        closed = f"It is in confidence {confidence.until(procurement)}" if in_window else whose
        lines.append(
            MoveLine(
                _sentence(move),
                Cause(move.cause).label,
                move.reason if open_to else closed,
                str(move.by),
                move.at,
            )
        )
    return lines


@require_safe
def dates(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan from today to the day of need, what binds, what would help, and what has slipped."""
    procurement, planner = planned(request, reference)
    context: dict[str, Any] = {
        **record_context(request, procurement),
        "shown": None,
        "may_plan": may_plan(request, procurement),
    }
    if planner is not None:
        plan = planner.plan()
        context |= {
            "shown": plan_page(plan, planner.levers(plan)),
            **_since_kept(request, procurement, plan),
            "moves": _move_lines(request, procurement),
        }
    return render(request, "procurements/dates.html", context)


def _since_kept(request: HttpRequest, procurement: Procurement, plan: Plan) -> dict[str, Any]:
    """What is later than the kept plan: by its own doing and not explained yet, and all the rest. To whoever may not know
    the steps in confidence, nothing of them, and nothing that was kept or said since they are."""
    hidden = confidence.unseen(reader_for(request), procurement)
    before = procurement.confidential_from if hidden else None
    kept = slips.newest_plan(procurement, before=before)
    late = slips.late(kept, plan, slips.promised(kept, before=before))
    own = {slip.slug for slip in late}
    return {
        "kept": kept,
        "late": [in_words(slip) for slip in late if slip.stage not in hidden],
        "shifts": [
            in_words(shift)
            for shift in slips.shifts(kept, plan)
            if shift.slug not in own and shift.stage not in hidden
        ],
    }


def in_words(shift: slips.Shift) -> Difference:
    """An activity, its kept day, and its day now."""
    return Difference(
        shift.label,
        day(shift.kept),
        f"{day(shift.now)}, {length_in_words(shift.days)} {'later' if shift.days > 0 else 'earlier'}",
    )


def _differences(before: Plan, after: Plan) -> list[Difference]:
    found = []
    for row in after.rows:
        old = before.row(row.slug)
        if old is not None and (old.start, old.end) != (row.start, row.end):
            found.append(
                Difference(
                    row.activity.label,
                    f"{day(old.start)} to {day(old.end)}",
                    f"{day(row.start)} to {day(row.end)}",
                )
            )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: str, activity: str) -> HttpResponse:
    """Move one activity: first what it would do, then with its reason."""
    procurement, planner = planned(request, reference)
    if not may_plan(request, procurement):
        raise PermissionDenied
    row = planner.plan().row(activity) if planner is not None else None
    if planner is None or row is None or activity == "needed":
        raise Http404
    trying = request.method == "POST" and request.POST.get("do") == "try"
    before = planner.progress.facts.planned
    form = MoveForm(
        request.POST or None,
        has_allowance=row.activity.has_allowance,
        is_trial=trying,
        initial={"starts_on": before.starts.get(activity), "takes": before.takes.get(activity)},
    )
    context: dict[str, Any] = {"procurement": procurement, "row": row, "form": form, "differences": None}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        starts_on, takes = data["starts_on"], data.get("takes")
        try:
            if trying:
                wanted = planning.moved(before, activity, starts_on=starts_on, takes=takes)
                trial = planner.plan(planned=wanted)
                planning.check_move(trial, activity, starts_on)
                context |= {
                    "differences": _differences(planner.plan(), trial),
                    "now": headline(planner.plan()),
                    "then": headline(trial),
                }
            else:
                changed = planning.move(
                    procurement=procurement,
                    activity=activity,
                    starts_on=starts_on,
                    takes=takes,
                    cause=Cause(data["cause"]),
                    reason=data["reason"],
                    actor=person_of(request),
                )
                messages.success(request, "The plan is changed" if changed else "Nothing has changed")
                return redirect("procurement_dates", reference)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return render(request, "procurements/dates_move.html", context)


@require_safe
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The latest days as a calendar file: the reference in each title, and no other word about the procurement."""
    procurement, planner = planned(request, reference)
    if planner is None:
        raise Http404
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    events = events_of(
        planner.plan(),
        uid=f"{procurement.reference}@{host}",
        url=f"{settings.BASE_URL}{reverse('procurement_dates', args=[reference])}",
        name=procurement.reference,
    )
    file = calendar_file(events, made_at=clock.now(), product=settings.SERVICE_NAME)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{procurement.reference}.ics"'
    return response
