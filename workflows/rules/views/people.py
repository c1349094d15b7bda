"""People listed, from one day until another, and who stands in for them: for administrators."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.permissions import needs
from toolkit.accounts.roles import Right
from toolkit.core import clock
from toolkit.core.text import day
from workflows.rules import pages
from workflows.rules.forms.rows import LeaverForm, PowerForm, StandInForm
from workflows.rules.models import KeptSubject, Power, StandIn
from workflows.rules.selectors import kept_changes
from workflows.rules.services import people as services
from workflows.rules.views.common import bound, organisation_of, person_of, removed, same_organisation, tried


def _powers(organisation: Organisation) -> dict[str, Power]:
    """What people are listed for today, else from a later day, by `kind email`, as forms name them."""
    powers = (
        Power.objects.not_over(clock.today())
        .filter(organisation=organisation)
        .select_related("person", "organisation")
        .order_by("kind", "person__name", "person__email", "-starts_on")
    )
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
    listing = PowerForm(
        bound(request, "list"),
        people=services.may_be_listed(organisation),
        initial={**begun, "starts_on": clock.today()},
    )
    leaving = LeaverForm(
        bound(request, "leave"),
        powers=[
            (name, f"{power.person}: {str(power.get_kind_display()).lower()}")
            for name, power in powers.items()
        ],
        initial=begun,
        auto_id="id_leaving_%s",
    )
    standing = StandInForm(
        bound(request, "stand-in"),
        pairs=_pairs(powers),
        initial={**begun, "starts_on": clock.today()},
        auto_id="id_stand_in_%s",
    )
    if listing.is_bound and listing.is_valid():
        if tried(listing, lambda: _list(request, listing, actor), request):
            return redirect("rules_people")
    elif leaving.is_bound and leaving.is_valid():
        if tried(leaving, lambda: _leave(request, leaving, powers, actor), request):
            return redirect("rules_people")
    elif standing.is_bound and standing.is_valid():
        if tried(standing, lambda: _stand_in(request, standing, powers, actor), request):
            return redirect("rules_people")
    elif (sent := bound(request, "remove")) is not None:
        return removed(request, lambda given: _take_off(given, powers, sent, actor), "rules_people", "entry")
    context = {
        "organisation": organisation,
        "rows": pages.people_rows(organisation),
        "listing": listing,
        "standing": standing,
        "leaving": leaving,
        "forms": [listing, leaving, standing],
        "changes": kept_changes(organisation.pk, [KeptSubject.PEOPLE, KeptSubject.STAND_INS]),
        "may_stand_in": bool(_pairs(powers)),
    }
    return render(request, "rules/people.html", context)


def _list(request: HttpRequest, form: PowerForm, actor: Person) -> str:
    data = form.cleaned_data
    person = form.people[data["person"]]
    services.put_power(
        organisation=same_organisation(request, data["organisation"]),
        person=person,
        kind=data["kind"],
        up_to=data["up_to"],
        basis=data["basis"],
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        actor=actor,
    )
    return f"{person} is listed {pages.days_words(data['starts_on'], data['ends_on'])}"


def _leave(request: HttpRequest, form: LeaverForm, powers: dict[str, Power], actor: Person) -> str:
    data = form.cleaned_data
    power, last_day = powers[data["listed"]], data["last_day"]
    services.remove_power(
        organisation=same_organisation(request, data["organisation"]),
        person=power.person,
        kind=power.kind,
        last_day=last_day,
        actor=actor,
    )
    return f"{power.person} is on the list no longer than {day(last_day)}"


def _stand_in(request: HttpRequest, form: StandInForm, powers: dict[str, Power], actor: Person) -> str:
    data = form.cleaned_data
    same_organisation(request, data["organisation"])
    kind, whose, who = data["pair"].split(" ")
    person = powers[f"{kind} {who}"].person
    services.put_stand_in(
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
    if email := sent.get("stand_in"):
        rows = StandIn.objects.filter(
            power__organisation=organisation, power__person=power.person, power__kind=power.kind
        )
        row = rows.filter(person__email=email).select_related("person").first()
        if row is not None:
            services.remove_stand_in(power=power, person=row.person, actor=actor)
        return int(row is not None)
    services.remove_power(organisation=organisation, person=power.person, kind=power.kind, actor=actor)
    return 1
