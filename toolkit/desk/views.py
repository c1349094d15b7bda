"""Pages that gather from everywhere: home, and the small print."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guidance.documents.pages.variants import to_answer
from guidance.pages.notes.selectors import to_confirm
from guidance.pages.selectors import reading_order
from toolkit.accounts.models import Membership, Person
from toolkit.accounts.permissions import members_only, needs
from toolkit.accounts.readers import current_organisation, person_of, reader_for
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import PUBLIC
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.core.icalendar import calendar_file
from toolkit.core.page_cache import same_for_everyone
from toolkit.core.text import day_and_weekday
from toolkit.desk import handing_over, services
from toolkit.desk.calendar import events_of, feed_of
from toolkit.desk.due import due_for
from toolkit.desk.forms import HandOverAllForm
from toolkit.desk.handing_over import Load, has_left, loads_of, officers_of
from toolkit.desk.models import CalendarFeed
from toolkit.notifications.selectors import unread
from workflows.pipeline.models import Entry
from workflows.pipeline.selectors import TOGETHER
from workflows.procurements.letters import BIDS, COMMENTED, MENTIONED, RECORD
from workflows.procurements.workload import workload_of

MOST_NEW = 5
"""Mentions and comments on the home page; a page of its own has them all."""


@login_not_required
@same_for_everyone
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Signed out: where to begin. Signed in: what do I do today?"""
    person = person_of(request)
    if person is None:
        return _public_home(request)
    reader = reader_for(request)
    if not reader.roles:
        if person.is_staff:
            return _public_home(request)
        return redirect("join")
    return render(
        request,
        "desk/home.html",
        {
            "greeting": _greeting(person),
            "day": day_and_weekday(clock.today()),
            "due": due_for(reader),
            "notes_to_confirm": to_confirm(reader),
            "templates_to_answer": to_answer(reader),
            "new_to_you": unread(person, reader, [MENTIONED, COMMENTED], about=[RECORD, BIDS], most=MOST_NEW),
            "waiting_people": Membership.objects.filter(organisation_id=reader.current_id).waiting().count()
            if reader.current_id and "administrator" in reader.roles[reader.current_id]
            else 0,
        },
    )


def _greeting(person: Person) -> str:
    hour = clock.now().hour
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"Good {part}, {person.first_name}" if person.first_name else f"Good {part}"


def _public_home(request: HttpRequest) -> HttpResponse:
    public = Entry.objects.visible_to(PUBLIC).current(clock.today())
    context = {
        "published": public.count(),
        "joinable": public.filter(openness__in=TOGETHER).count(),
        "pages": sorted(reading_order(), key=lambda link: link.updated_at, reverse=True)[:3],
    }
    return render(request, "desk/welcome.html", context)


@require_safe
@members_only
def workload(request: HttpRequest) -> HttpResponse:
    """The work of one's organisation in numbers: time in each stage, what falls due in which month and on whom."""
    organisation = current_organisation(request)
    assert organisation is not None  # members act for one
    shown = workload_of(reader_for(request), organisation.pk, today=clock.today())
    return render(request, "desk/workload.html", {"organisation": organisation, "work": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def hand_over(request: HttpRequest) -> HttpResponse:
    """Give all of one's work in an organisation to an officer of it."""
    organisation, person = current_organisation(request), person_of(request)
    assert organisation is not None  # members act for one
    assert person is not None
    form = HandOverAllForm(request.POST or None, officers=officers_of(organisation, but=person))
    if request.method == "POST" and form.is_valid():
        try:
            moved = handing_over.hand_over_own(
                organisation=organisation, to=form.cleaned_data["to"], actor=person
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _moved(moved, form.cleaned_data["to"]))
            return redirect("home")
    load = loads_of([person], organisation)[person.pk]
    context = {"form": form, "load": load, "whose": None, "submit": "Hand over all my work"}
    return render(request, "desk/hand_over.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_PEOPLE)
def hand_over_leaver(request: HttpRequest, reference: str) -> HttpResponse:
    """An administrator gives a leaver's work to an officer, and sees numbers of it alone."""
    organisation, actor = current_organisation(request), person_of(request)
    assert actor is not None  # who holds a right is somebody
    membership = get_object_or_404(
        Membership.objects.select_related("person"), organisation=organisation, reference=reference
    )
    if organisation is None or not has_left(membership):
        raise Http404
    officers = [each for each in officers_of(organisation, but=membership.person) if each != actor]
    form = HandOverAllForm(request.POST or None, officers=officers)
    if request.method == "POST" and form.is_valid():
        try:
            moved = handing_over.hand_over_leaver(
                membership=membership, to=form.cleaned_data["to"], actor=actor
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _moved(moved, form.cleaned_data["to"]))
            return redirect("people")
    load = loads_of([membership.person], organisation)[membership.person_id]
    context = {"form": form, "load": load, "whose": membership.person, "submit": "Hand over"}
    return render(request, "desk/hand_over.html", context)


def _moved(moved: Load, to: Person) -> str:
    said = f"{to} took over {moved.in_words}." if moved.in_words else "Nothing was handed over."
    return f"{said} {moved.left_in_words}".strip()


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """One's own calendar address: made, made anew, taken away. It is shown once."""
    person = person_of(request)
    assert person is not None  # default deny has asked for one
    address = ""
    if request.method == "POST" and request.POST.get("end"):
        services.end_calendar_address(actor=person)
        messages.success(request, "Your calendar address no longer works")
        return redirect("calendar")
    if request.method == "POST":
        token = services.make_calendar_address(actor=person)
        address = settings.BASE_URL + reverse("calendar_feed", args=[token])
    feed = CalendarFeed.objects.filter(person=person).first()
    response = render(request, "desk/calendar.html", {"feed": feed, "address": address})
    response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar that a token opens, for calendar programs, which cannot sign in."""
    feed = feed_of(token)
    if feed is None:
        raise Http404
    file = calendar_file(
        events_of(feed, today=clock.today()), made_at=clock.now(), product=settings.SERVICE_NAME
    )
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@same_for_everyone
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "help/accessibility.html")


@login_not_required
@same_for_everyone
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "help/cookies.html")


@login_not_required
@same_for_everyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "help/privacy.html")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """For whoever watches the service: the process answers and the database does."""
    connection.ensure_connection()
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")
