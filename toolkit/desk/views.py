"""Pages that gather from everywhere: home, and the small print."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guidance.documents.pages.variants import to_answer
from guidance.pages.notes.selectors import to_confirm
from guidance.pages.selectors import reading_order
from toolkit.accounts.models import Membership, Person
from toolkit.accounts.permissions import members_only
from toolkit.accounts.readers import current_organisation, person_of, reader_for
from toolkit.accounts.visibility import PUBLIC
from toolkit.core import clock
from toolkit.core.icalendar import calendar_file
from toolkit.core.page_cache import same_for_everyone
from toolkit.core.text import day_and_weekday
from toolkit.desk import services
from toolkit.desk.calendar import events_of, feed_of
from toolkit.desk.due import due_for
from toolkit.desk.models import CalendarFeed
from workflows.pipeline.models import Entry
from workflows.pipeline.selectors import TOGETHER
from workflows.procurements.workload import workload_of


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
