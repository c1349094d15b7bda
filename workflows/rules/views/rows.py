"""Meetings, closed days, contacts, and how long the organisation's own approvals take: for administrators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from toolkit.accounts.models import Organisation
from toolkit.accounts.permissions import needs
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.text import count
from workflows.rules import pages
from workflows.rules.calendars import NotACalendar, read_calendar
from workflows.rules.dates import NotUnderstood, read_lines
from workflows.rules.forms.rows import (
    CalendarForm,
    ClosedDaysForm,
    ContactForm,
    DecidingForm,
    PastedMeetingsForm,
)
from workflows.rules.models import ClosedDay, Contact, KeptSubject, MeetingSource
from workflows.rules.selectors import kept_changes, meetings_of
from workflows.rules.services import rows
from workflows.rules.views.common import bound, organisation_of, person_of, removed, same_organisation, tried

Report = list[tuple[str, str]]
"""What was not understood: (where, why)."""


def _added(added: rows.Added, one: str) -> str:
    there = f". {count(added.there, one).capitalize()} stood there already" if added.there else ""
    return f"{count(added.new, one).capitalize()} added{there}"


def _as_report(lines: Iterable[NotUnderstood]) -> Report:
    return [(f"Line {each.number}, “{each.text}”", each.why) for each in lines]


def _pair(text: str) -> tuple[str, dt.date] | None:
    """`2026-12-08 Cabinet` → the meeting; None for anything else."""
    on, _, body = text.partition(" ")
    try:
        return body, dt.date.fromisoformat(on)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def meetings(request: HttpRequest) -> HttpResponse:
    """When bodies meet: pasted, from a calendar file, taken away."""
    organisation = organisation_of(request)
    begun = {"organisation": organisation.slug}
    pasted = PastedMeetingsForm(bound(request, "paste"), initial=begun)
    sent_file = bound(request, "file")
    file = CalendarForm(
        sent_file, request.FILES if sent_file is not None else None, initial=begun, auto_id="id_file_%s"
    )
    report: Report = []
    if pasted.is_bound and pasted.is_valid():
        report = _paste_meetings(request, pasted)
    elif file.is_bound and file.is_valid():
        report = _bring_calendar(request, file)
    elif (sent := bound(request, "remove")) is not None:
        chosen = [pair for text in sent.getlist("meeting") if (pair := _pair(text)) is not None]
        return removed(request, lambda given: rows.remove_meetings(organisation=given, meetings=chosen, actor=person_of(request)), "rules_meetings", "committee date")  # fmt: skip
    if request.method == "POST" and not report and not pasted.errors and not file.errors:
        return redirect("rules_meetings")
    context = {
        "organisation": organisation,
        "meetings": [
            (each, pages.makers_words(each.makers)) for each in meetings_of(organisation.pk, clock.today())
        ],
        "pasted": pasted,
        "file": file,
        "forms": [pasted, file],
        "report": report,
        "changes": kept_changes(organisation.pk, [KeptSubject.MEETINGS]),
    }
    return render(request, "rules/meetings.html", context)


def _paste_meetings(request: HttpRequest, form: PastedMeetingsForm) -> Report:
    data = form.cleaned_data
    earliest, latest = rows.within_reach()
    lines, not_understood = read_lines(data["lines"], earliest=earliest, latest=latest)
    if not lines:
        form.add_error("lines", "None of the lines could be read: enter a day, a month and a year on each")
        return _as_report(not_understood)

    def act() -> str:
        added = rows.add_meetings(
            organisation=same_organisation(request, data["organisation"]),
            meetings=[((line.words or data["body"])[:120], line.day) for line in lines],
            makers=data["makers"],
            source=MeetingSource.PASTED if len(lines) > 1 else MeetingSource.TYPED,
            actor=person_of(request),
        )
        return _added(added, "date")

    return _as_report(not_understood) if tried(form, act, request) else []


def _bring_calendar(request: HttpRequest, form: CalendarForm) -> Report:
    data = form.cleaned_data
    _, latest = rows.within_reach()
    try:
        found, not_read = read_calendar(data["file"].read(), earliest=clock.today(), latest=latest)
    except NotACalendar as wrong:
        form.add_error("file", str(wrong))
        return []
    only = data["only"].casefold()
    wanted = [each for each in found if only in each.summary.casefold()]
    if not wanted:
        form.add_error(
            "file",
            "No event of the file lies ahead and has such a title: select another file, or fewer words",
        )
        return not_read

    def act() -> str:
        added = rows.add_meetings(
            organisation=same_organisation(request, data["organisation"]),
            meetings=[(each.summary[:120] or "Meeting", each.day) for each in wanted],
            makers=data["makers"],
            source=MeetingSource.CALENDAR,
            actor=person_of(request),
        )
        return _added(added, "date")

    return not_read if tried(form, act, request) else []


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def closed_days(request: HttpRequest) -> HttpResponse:
    """When the organisation is closed."""
    organisation = organisation_of(request)
    form = ClosedDaysForm(bound(request, "paste"), initial={"organisation": organisation.slug})
    report: Report = []
    if form.is_bound and form.is_valid():
        report = _paste_closed_days(request, form)
    elif (sent := bound(request, "remove")) is not None:
        days = [pair[1] for text in sent.getlist("day") if (pair := _pair(text)) is not None]
        return removed(request, lambda given: rows.remove_closed_days(organisation=given, days=days, actor=person_of(request)), "rules_closed_days", "closed day")  # fmt: skip
    if request.method == "POST" and not report and not form.errors:
        return redirect("rules_closed_days")
    ahead = ClosedDay.objects.filter(organisation=organisation, day__gte=clock.today())
    context = {
        "organisation": organisation,
        "days": list(ahead),
        "form": form,
        "report": report,
        "changes": kept_changes(organisation.pk, [KeptSubject.CLOSED_DAYS]),
    }
    return render(request, "rules/closed_days.html", context)


def _paste_closed_days(request: HttpRequest, form: ClosedDaysForm) -> Report:
    data = form.cleaned_data
    earliest, latest = rows.within_reach()
    lines, not_understood = read_lines(data["lines"], earliest=earliest, latest=latest)
    if not lines:
        form.add_error("lines", "None of the lines could be read: enter a day, a month and a year on each")
        return _as_report(not_understood)

    def act() -> str:
        added = rows.add_closed_days(
            organisation=same_organisation(request, data["organisation"]),
            days=[(line.day, (line.words or data["name"])[:120]) for line in lines],
            actor=person_of(request),
        )
        return _added(added, "closed day")

    return _as_report(not_understood) if tried(form, act, request) else []


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def contacts(request: HttpRequest) -> HttpResponse:
    """Whom to ask, about what."""
    organisation = organisation_of(request)
    form = ContactForm(bound(request, "add"), initial={"organisation": organisation.slug})
    if form.is_bound and form.is_valid():
        data = dict(form.cleaned_data)
        slug = data.pop("organisation")
        data.pop("seen")

        def act() -> str:
            rows.put_contact(organisation=same_organisation(request, slug), actor=person_of(request), **data)
            return f"{data['name']} is shown on the steps that this is about"

        if tried(form, act, request):
            return redirect("rules_contacts")
    elif (sent := bound(request, "remove")) is not None:

        def remove(given: Organisation) -> int:
            rows.remove_contact(
                organisation=given,
                about=sent.get("about", ""),
                name=sent.get("name", ""),
                actor=person_of(request),
            )
            return 1

        return removed(request, remove, "rules_contacts", "contact")
    context = {
        "organisation": organisation,
        "contacts": list(Contact.objects.filter(organisation=organisation)),
        "form": form,
        "changes": kept_changes(organisation.pk, [KeptSubject.CONTACTS]),
    }
    return render(request, "rules/contacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def deciding(request: HttpRequest) -> HttpResponse:
    """How long the organisation's own approvals take before it can act on a contract."""
    organisation = organisation_of(request)
    begun = {"organisation": organisation.slug, "approval_days": organisation.approval_days}
    form = DecidingForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            rows.say_how_long_approvals_take(
                organisation=same_organisation(request, data["organisation"]),
                approval_days=data["approval_days"],
                actor=person_of(request),
            )
            return "Saved: it holds from now on"

        if tried(form, act, request):
            return redirect("rules")
    return render(
        request, "rules/deciding.html", {"form": form, "organisation": organisation, "submit": "Save"}
    )
