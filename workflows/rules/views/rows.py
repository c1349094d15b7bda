"""Meetings, closed days, contacts, people listed, and how the organisation decides: for administrators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.permissions import needs
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.errors import Refused
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
    PowerForm,
    StandInForm,
)
from workflows.rules.models import ClosedDay, Contact, MeetingSource, Power
from workflows.rules.selectors import meetings_of
from workflows.rules.services import rows
from workflows.rules.views.common import organisation_of, person_of, same_organisation

Report = list[tuple[str, str]]
"""What was not understood: (where, why)."""


def _bound(request: HttpRequest, do: str) -> Any:
    """What was sent, for the one form of the page that it was sent by."""
    return request.POST if request.method == "POST" and request.POST.get("do") == do else None


def _try(form: forms.Form, act: Callable[[], str], request: HttpRequest) -> bool:
    """Do it and say so; or show in the form why not."""
    try:
        said = act()
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    messages.success(request, said)
    return True


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
    pasted = PastedMeetingsForm(_bound(request, "paste"), initial=begun)
    sent_file = _bound(request, "file")
    file = CalendarForm(
        sent_file, request.FILES if sent_file is not None else None, initial=begun, auto_id="id_file_%s"
    )
    report: Report = []
    if pasted.is_bound and pasted.is_valid():
        report = _paste_meetings(request, pasted)
    elif file.is_bound and file.is_valid():
        report = _bring_calendar(request, file)
    elif (sent := _bound(request, "remove")) is not None:
        chosen = [pair for text in sent.getlist("meeting") if (pair := _pair(text)) is not None]
        return _removed(request, lambda given: rows.remove_meetings(organisation=given, meetings=chosen, actor=person_of(request)), "rules_meetings", "committee date")  # fmt: skip
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

    return _as_report(not_understood) if _try(form, act, request) else []


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

    return not_read if _try(form, act, request) else []


def _removed(request: HttpRequest, act: Callable[[Organisation], int], page: str, one: str) -> HttpResponse:
    try:
        gone = act(same_organisation(request, request.POST.get("organisation")))
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"{count(gone, one).capitalize() if gone else 'Nothing'} removed")
    return redirect(page)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def closed_days(request: HttpRequest) -> HttpResponse:
    """When the organisation is closed."""
    organisation = organisation_of(request)
    form = ClosedDaysForm(_bound(request, "paste"), initial={"organisation": organisation.slug})
    report: Report = []
    if form.is_bound and form.is_valid():
        report = _paste_closed_days(request, form)
    elif (sent := _bound(request, "remove")) is not None:
        days = [pair[1] for text in sent.getlist("day") if (pair := _pair(text)) is not None]
        return _removed(request, lambda given: rows.remove_closed_days(organisation=given, days=days, actor=person_of(request)), "rules_closed_days", "closed day")  # fmt: skip
    if request.method == "POST" and not report and not form.errors:
        return redirect("rules_closed_days")
    ahead = ClosedDay.objects.filter(organisation=organisation, day__gte=clock.today())
    context = {"organisation": organisation, "days": list(ahead), "form": form, "report": report}
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

    return _as_report(not_understood) if _try(form, act, request) else []


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def contacts(request: HttpRequest) -> HttpResponse:
    """Whom to ask, about what."""
    organisation = organisation_of(request)
    form = ContactForm(_bound(request, "add"), initial={"organisation": organisation.slug})
    if form.is_bound and form.is_valid():
        data = dict(form.cleaned_data)
        slug = data.pop("organisation")
        data.pop("seen")

        def act() -> str:
            rows.put_contact(organisation=same_organisation(request, slug), actor=person_of(request), **data)
            return f"{data['name']} is shown on the steps that this is about"

        if _try(form, act, request):
            return redirect("rules_contacts")
    elif (sent := _bound(request, "remove")) is not None:

        def remove(given: Organisation) -> int:
            rows.remove_contact(
                organisation=given,
                about=sent.get("about", ""),
                name=sent.get("name", ""),
                actor=person_of(request),
            )
            return 1

        return _removed(request, remove, "rules_contacts", "contact")
    context = {
        "organisation": organisation,
        "contacts": list(Contact.objects.filter(organisation=organisation)),
        "form": form,
    }
    return render(request, "rules/contacts.html", context)


def _powers(organisation: Organisation) -> dict[str, Power]:
    """By `kind email`, as forms name them."""
    powers = Power.objects.filter(organisation=organisation).select_related("person", "organisation")
    return {f"{power.kind} {power.person.email}": power for power in powers}


def _pairs(powers: dict[str, Power]) -> list[tuple[str, str]]:
    """Who could stand in for whom: `kind email email`."""
    return [
        (
            f"{name} {other.person.email}",
            f"{other.person} for {power.person}: {str(power.get_kind_display()).lower()}",
        )
        for name, power in powers.items()
        for other in powers.values()
        if other.kind == power.kind and other != power
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def people(request: HttpRequest) -> HttpResponse:
    """Who is listed for which endorsement up to which value, and who stands in."""
    organisation, actor = organisation_of(request), person_of(request)
    begun = {"organisation": organisation.slug}
    powers = _powers(organisation)
    listing = PowerForm(_bound(request, "list"), people=rows.may_be_listed(organisation), initial=begun)
    standing = StandInForm(
        _bound(request, "stand-in"),
        pairs=_pairs(powers),
        initial={**begun, "starts_on": clock.today()},
        auto_id="id_stand_in_%s",
    )
    if listing.is_bound and listing.is_valid():
        if _try(listing, lambda: _list(request, listing, actor), request):
            return redirect("rules_people")
    elif standing.is_bound and standing.is_valid():
        if _try(standing, lambda: _stand_in(request, standing, powers, actor), request):
            return redirect("rules_people")
    elif (sent := _bound(request, "remove")) is not None:
        return _removed(request, lambda given: _take_off(given, powers, sent, actor), "rules_people", "entry")
    context = {
        "organisation": organisation,
        "rows": pages.people_rows(organisation),
        "listing": listing,
        "standing": standing,
        "forms": [listing, standing],
        "may_stand_in": bool(_pairs(powers)),
    }
    return render(request, "rules/people.html", context)


def _list(request: HttpRequest, form: PowerForm, actor: Person) -> str:
    data = form.cleaned_data
    person = form.people[data["person"]]
    rows.put_power(
        organisation=same_organisation(request, data["organisation"]),
        person=person,
        kind=data["kind"],
        up_to=data["up_to"],
        basis=data["basis"],
        actor=actor,
    )
    return f"{person} is listed"


def _stand_in(request: HttpRequest, form: StandInForm, powers: dict[str, Power], actor: Person) -> str:
    data = form.cleaned_data
    same_organisation(request, data["organisation"])
    kind, whose, who = data["pair"].split(" ")
    person = powers[f"{kind} {who}"].person
    rows.put_stand_in(
        power=powers[f"{kind} {whose}"],
        person=person,
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        actor=actor,
    )
    return f"{person} stands in"


def _take_off(organisation: Organisation, powers: dict[str, Power], sent: Any, actor: Person) -> int:
    """A power, or a stand-in when `stand_in` names one. Neither there: nothing."""
    power = powers.get(sent.get("power", ""))
    if power is None:
        return 0
    other = next((row.person for row in power.stand_ins.select_related("person") if row.person.email == sent.get("stand_in")), None)  # fmt: skip
    if sent.get("stand_in"):
        if other is not None:
            rows.remove_stand_in(power=power, person=other, actor=actor)
        return int(other is not None)
    rows.remove_power(organisation=organisation, person=power.person, kind=power.kind, actor=actor)
    return 1


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_RULES)
def deciding(request: HttpRequest) -> HttpResponse:
    """How the organisation takes formal decisions, and how long its approvals take."""
    organisation = organisation_of(request)
    begun = {
        "organisation": organisation.slug,
        "decision_model": organisation.decision_model,
        "approval_days": organisation.approval_days,
    }
    form = DecidingForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> str:
            rows.say_how_it_decides(
                organisation=same_organisation(request, data["organisation"]),
                decision_model=data["decision_model"],
                approval_days=data["approval_days"],
                actor=person_of(request),
            )
            return "Saved: it holds from now on"

        if _try(form, act, request):
            return redirect("rules")
    return render(
        request, "rules/deciding.html", {"form": form, "organisation": organisation, "submit": "Save"}
    )
