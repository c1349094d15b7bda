"""Seeding the demonstration: invented boroughs, people, suppliers; dates relative to today. Seeding again changes nothing.

Everything goes through the services that people's clicks go through, with the clock held at the day it is said to have
happened, so that the demonstration can never show what the product cannot do.
"""

from __future__ import annotations

import datetime as dt
import functools
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from toolkit.accounts.models import Membership, MembershipStatus, Organisation, OrganisationDomain, Person
from toolkit.accounts.visibility import Level
from toolkit.core import clock
from toolkit.demo.documents import seed_documents
from toolkit.demo.editing import seed_editing
from toolkit.demo.logs import seed_logs
from toolkit.demo.own_templates import seed_own_templates
from toolkit.demo.people import BOROUGHS, DOMAIN, PASSWORD, PEOPLE
from toolkit.demo.quotations import CHECKS, PAPER, answered, awarded_quotation, complete
from toolkit.demo.rules import seed_rules
from toolkit.desk.loading import load_editors
from workflows.contracts.models import Contract
from workflows.pipeline import services as pipeline
from workflows.pipeline.models import Entry, Intent, Openness
from workflows.procurements.models import (
    EndorsementKind,
    Kind,
    Money,
    Procurement,
    VatBasis,
)
from workflows.procurements.services import drafts, endorsements, tasks
from workflows.rules.models import Power


@transaction.atomic
def seed() -> bool:
    """Seed what is missing; True when anything was added."""
    boroughs = {given.slug: _borough(given.slug) for given in BOROUGHS}
    people = {given.local: _person(given.local, boroughs) for given in PEOPLE}
    _powers(boroughs, people)
    seed_rules(boroughs, people)
    if Entry.objects.filter(organisation__is_demonstration=True).exists():
        return False
    with clock.held_at(clock.today() - dt.timedelta(days=40)):
        _entries(boroughs, people)
    library = _library_system(boroughs["fleet"], people)
    advice = _advice_service(boroughs["fleet"], people)
    _draft(boroughs["fleet"], people)
    seed_editing(boroughs["fleet"], people)
    seed_documents(library, Contract.objects.filter(organisation=boroughs["fleet"]).first(), people)
    seed_own_templates(boroughs, people)
    seed_logs(library, advice, people)
    return True


def _borough(slug: str) -> Organisation:
    given = next(borough for borough in BOROUGHS if borough.slug == slug)
    organisation, _ = Organisation.objects.get_or_create(
        slug=given.slug,
        defaults={
            "name": given.name,
            "short_name": given.short_name,
            "kind": given.kind,
            "decision_model": given.decision_model,
            "is_demonstration": True,
        },
    )
    OrganisationDomain.objects.get_or_create(organisation=organisation, domain=f"{slug}.{DOMAIN}")
    return organisation


@functools.cache
def _hashed() -> str:
    """The password everybody knows, hashed once for them all: a hash takes its time on purpose."""
    return make_password(PASSWORD)


def _person(local: str, boroughs: dict[str, Organisation]) -> Person:
    given = next(person for person in PEOPLE if person.local == local)
    person = Person.objects.filter(email=given.email).first()
    if person is None:
        person = Person.objects.create(
            email=given.email, password=_hashed(), name=given.name, is_staff=given.is_staff,
            is_superuser=given.is_superuser,
        )  # fmt: skip
        EmailAddress.objects.create(user=person, email=given.email, verified=True, primary=True)
    if given.borough:
        Membership.objects.get_or_create(
            person=person,
            organisation=boroughs[given.borough],
            defaults={
                "status": MembershipStatus.ADMITTED,
                "roles": sorted(given.roles),
                "reason": "Demonstration",
                "decided_at": clock.now(),
            },
        )
    if given.local == "editor":
        person.groups.add(load_editors())
    return person


def _powers(boroughs: dict[str, Organisation], people: dict[str, Person]) -> None:
    for borough in ("fleet", "tyburn"):
        for kind in EndorsementKind:
            Power.objects.get_or_create(
                organisation=boroughs[borough],
                person=people[f"approver.{borough}"],
                kind=kind,
                defaults={"starts_on": _in(days=-1500)},  # what is told of earlier years was endorsed too
            )


def _in(**delta: int) -> dt.date:
    return clock.now().date() + dt.timedelta(**delta)


def _first_of_month(days: int) -> dt.date:
    return (clock.today() + dt.timedelta(days=days)).replace(day=1)


def _entries(boroughs: dict[str, Organisation], people: dict[str, Person]) -> None:
    """Typed-in entries of several boroughs. (borough, officer, title, category, suppliers, value, starts in, ends in days, openness)"""
    rows = (
        ("tyburn", "officer.tyburn", "Library management system", "software-and-systems", "Riverbend Software Ltd", 420_000, -900, 560, Openness.BUY, Level.BOROUGHS),
        ("effra", "officer.effra", "Library and archive system", "software-and-systems", "Quillmark Systems Ltd", 310_000, -700, 640, Openness.ENGAGE, Level.BOROUGHS),
        ("tyburn", "officer.tyburn", "Housing repairs, responsive", "housing-repairs", "Harlow & Pike Maintenance Ltd", 9_600_000, -1_200, 430, Openness.SHARE, Level.PUBLIC),
        ("effra", "officer.effra", "Grounds maintenance", "parks-and-trees", "Greenreach Ltd", 2_450_000, -400, 900, Openness.NOT_SAID, Level.PUBLIC),
        ("lost-rivers-transport", "officer.transport", "Station cleaning", "facilities", "Brightway Cleaning Ltd", 5_800_000, -800, 300, Openness.NOT_SAID, Level.BOROUGHS),
        ("tyburn", "officer.tyburn", "Temporary staff", "temporary-staff", "Anchor Workforce Ltd", 14_000_000, -300, 1_100, Openness.BUY, Level.PUBLIC),
    )  # fmt: skip
    for slug, officer, title, category, supplier, value, starts, ends, openness, visibility in rows:
        entry = pipeline.type_in(
            organisation=boroughs[slug],
            facts={
                "title": title,
                "category": category,
                "suppliers": [supplier],
                "value": str(value),
                "vat": "inc",
                "starts_on": _in(days=starts).isoformat(),
                "ends_on": _in(days=ends).isoformat(),
            },
            is_contract=True,
            visibility=visibility,
            actor=people[officer],
        )
        pipeline.answer_for(
            entry=entry,
            intent=Intent.REPROCURE if openness != Openness.NOT_SAID else Intent.UNDECIDED,
            openness=openness,
            confidence="",
            visibility=visibility,
            intent_visibility=Level.BOROUGH,
            actor=people[officer],
        )
    planned = (
        (
            "effra",
            "officer.effra",
            "Electric vehicle charging points",
            "highways",
            1_800_000,
            420,
            Openness.BUY,
        ),
        (
            "tyburn",
            "officer.tyburn",
            "Adult learning provision",
            "education",
            900_000,
            300,
            Openness.NOT_SAID,
        ),
    )
    for slug, officer, title, category, value, starts, openness in planned:
        entry = pipeline.type_in(
            organisation=boroughs[slug],
            facts={
                "title": title,
                "category": category,
                "value": str(value),
                "vat": "inc",
                "starts_on": _in(days=starts).isoformat(),
            },
            is_contract=False,
            visibility=Level.PUBLIC,
            actor=people[officer],
        )
        pipeline.answer_for(
            entry=entry, intent=Intent.UNDECIDED, openness=openness, confidence="likely", visibility=Level.PUBLIC,
            intent_visibility=Level.BOROUGH, actor=people[officer],
        )  # fmt: skip


def _library_system(fleet: Organisation, people: dict[str, Person]) -> Procurement:
    """A procurement above the threshold, part of the way."""
    officer = people["officer.fleet"]
    with clock.held_at(clock.today() - dt.timedelta(days=20)):
        procurement = answered(
            fleet, officer,
            title="Library management system", money=Money.YES, kind=Kind.SERVICES, category="software-and-systems",
            need="A system for the eleven libraries: catalogue, loans, and access at home for people who cannot come in.",
            consequence="The present contract ends and cannot be extended again. Loans would stop at eleven libraries.",
            is_light_touch=False, is_health=False, is_utility=False, is_concession=False,
            value_typed=Decimal(350_000), value_basis=VatBasis.EX, value_inc_vat=Decimal(420_000), value_ex_vat=Decimal(350_000),
            needed_on=_first_of_month(500),
        )  # fmt: skip
        drafts.start(procurement=procurement, route="open-competition", actor=officer)
        tasks.complete_task(
            procurement=procurement, task="say-which-checks-apply", data=CHECKS, actor=officer
        )
        tasks.complete_task(
            procurement=procurement,
            task="see-who-else-buys",
            data={
                "found": "Tyburn and Effra have library systems that end within a few months of ours. We will talk to both."
            },
            actor=officer,
        )
        tasks.assign_task(
            procurement=procurement, task="data-protection", person=people["contributor.fleet"], actor=officer
        )
    with clock.held_at(clock.today() - dt.timedelta(days=6)):
        complete(procurement, officer, "business-case", "conflicts-log")
        tasks.complete_task(
            procurement=procurement,
            task="classify",
            data={
                "cpv": "48000000",
                "valuation": "Five years of licences and support, with the two-year option, from three quotations.",
            },
            actor=officer,
        )
        endorsements.ask_endorsement(
            procurement=procurement, task="endorse-strategy", kind=EndorsementKind.PROCUREMENT, of=people["approver.fleet"],
            note="The strategy as in the draft report of this month.", paper=PAPER, budget_ex_vat=Decimal(450_000), actor=officer,
        )  # fmt: skip
    return procurement


def _advice_service(fleet: Organisation, people: dict[str, Person]) -> Procurement:
    """A quotation that was awarded: its contract is in the register."""
    return awarded_quotation(
        organisation=fleet,
        officer=people["officer.fleet"],
        approver=people["approver.fleet"],
        days=0,
        title="Welfare benefits advice line",
        category="legal",
        need="Advice by telephone for residents who lose income.",
        consequence="Residents would wait three weeks for an appointment.",
        supplier="Lanternway Advice CIC",
        technology=False,
    )


def _draft(fleet: Organisation, people: dict[str, Person]) -> None:
    """A draft that was left half-way."""
    procurement = drafts.begin(
        organisation=fleet, actor=people["officer.fleet"], title="Playground equipment, three parks"
    )
    answers = {"money": Money.ASKED, "consequence": "Two playgrounds stay closed."}
    drafts.save_answers(procurement=procurement, answers=answers, actor=people["officer.fleet"])
