"""Meetings, closed days, contacts, people listed and who stands in: what is kept row by row beside the rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.pages import Pages
from tests.personas import People
from tests.threads import at_once
from toolkit.accounts.models import Person
from toolkit.core.errors import Refused
from workflows.journeys.own_rules import Value
from workflows.rules.models import KeptChange, Meeting, Power, StandIn
from workflows.rules.selectors import powers_for, rules_in_force, stand_ins_for
from workflows.rules.services import people as listed
from workflows.rules.services import rows

TODAY = dt.date(2026, 11, 24)


def power(
    people: People, person: Person, up_to: int | None = None, basis: str = "ex", kind: str = "finance"
) -> Power:
    limit = Decimal(up_to) if up_to is not None else None
    return listed.put_power(
        organisation=people.fleet,
        person=person,
        kind=kind,
        up_to=limit,
        basis=basis,
        actor=people.administrator,
    )


def test_a_limit_counts_on_its_own_basis(people: People) -> None:
    power(people, people.approver, 100, "ex")
    for value, covered in (
        (Value(Decimal(120), Decimal(100)), True),
        (Value(Decimal("120.01"), Decimal("100.01")), False),
        (Value(None, None), False),
    ):
        assert bool(powers_for(people.fleet.pk, ["finance"], value)) is covered
    power(people, people.approver, 120, "inc")
    assert powers_for(people.fleet.pk, ["finance"], Value(Decimal(120), Decimal(110)))
    power(people, people.approver)
    assert powers_for(people.fleet.pk, ["finance"], Value())
    assert not powers_for(people.fleet.pk, ["legal"], Value())


def test_only_approvers_of_the_organisation_are_listed(people: People) -> None:
    for person in (people.officer, people.neighbour, people.pending):
        with pytest.raises(Refused, match="is not an approver of Fleet"):
            power(people, person)


def test_a_stand_in_is_listed_for_the_kind_and_as_high_themselves(people: People) -> None:
    other = people.member("approver")
    given: dict[str, Any] = {
        "person": other,
        "starts_on": TODAY,
        "ends_on": None,
        "actor": people.administrator,
    }
    mine = power(people, people.approver, 1_000)
    with pytest.raises(Refused, match="is not listed for endorsement by finance up to the same value"):
        listed.put_stand_in(power=mine, **given)
    power(people, other, 500)
    with pytest.raises(Refused, match="list them first"):
        listed.put_stand_in(power=mine, **given)
    power(people, other, 5_000, "inc")
    with pytest.raises(Refused, match="list them first"):
        listed.put_stand_in(power=mine, **given)
    power(people, other, 1_000)
    listed.put_stand_in(power=mine, **given)
    worth = Value(Decimal(600), Decimal(500))
    assert [row.person for row in stand_ins_for(mine, worth, TODAY)] == [other]
    assert not stand_ins_for(mine, worth, TODAY - dt.timedelta(1))
    assert not stand_ins_for(mine, Value(Decimal(9_000), Decimal(8_000)), TODAY)
    with pytest.raises(Refused, match="Nobody stands in for themselves"):
        listed.put_stand_in(power=mine, **{**given, "person": people.approver})


def test_whose_power_is_lowered_or_taken_away_stands_in_no_more(people: People) -> None:
    other = people.member("approver")
    mine = power(people, people.approver, 1_000)
    for change in (
        lambda: power(people, other, 10),
        lambda: listed.remove_power(
            organisation=people.fleet, person=other, kind="finance", actor=people.administrator
        ),
    ):
        power(people, other)
        listed.put_stand_in(
            power=mine, person=other, starts_on=TODAY, ends_on=None, actor=people.administrator
        )
        change()
        assert not StandIn.objects.exists()


def test_a_stand_in_runs_on_when_another_limit_begins_and_is_ended_for_all_of_them(people: People) -> None:
    other, later = people.member("approver"), TODAY + dt.timedelta(30)
    mine, _ = power(people, people.approver, 1_000), power(people, other)
    listed.put_power(
        organisation=people.fleet, person=people.approver, kind="finance", up_to=Decimal(5_000), basis="ex",
        starts_on=later, actor=people.administrator,
    )  # fmt: skip
    mine.refresh_from_db()
    given: dict[str, Any] = {"power": mine, "person": other, "actor": people.administrator}
    worth = Value(Decimal(600), Decimal(500))

    def may(on: dt.date) -> bool:
        held = powers_for(people.fleet.pk, ["finance"], worth, on=on)
        return any(stand_ins_for(each, worth, on) for each in held if each.person == people.approver)

    listed.put_stand_in(starts_on=TODAY, ends_on=None, **given)
    assert [may(TODAY), may(later)] == [True, True]
    noted = KeptChange.objects.count()
    listed.put_stand_in(starts_on=TODAY, ends_on=None, **given)
    assert KeptChange.objects.count() == noted, "twice is once"
    listed.put_stand_in(starts_on=TODAY, ends_on=TODAY, **given)
    assert [may(TODAY), may(later)] == [True, False]
    listed.put_stand_in(starts_on=TODAY, ends_on=None, **given)
    listed.remove_stand_in(**given)
    assert not StandIn.objects.exists()
    listed.remove_power(
        organisation=people.fleet, person=people.approver, kind="finance", actor=people.administrator
    )
    with pytest.raises(Refused, match="is not listed for that any more"):
        listed.put_stand_in(starts_on=TODAY, ends_on=None, **given)


def test_the_page_takes_somebody_off_the_list_in_one_place_however_many_limits_they_have(
    people: People, pages: Pages
) -> None:
    power(people, people.approver, 1_000)
    listed.put_power(
        organisation=people.fleet, person=people.approver, kind="finance", up_to=None, basis="ex",
        starts_on=TODAY + dt.timedelta(30), actor=people.administrator,
    )  # fmt: skip
    pages.sign_in(people.administrator)
    text = pages.get("rules_people").text
    assert (text.count("Finance: "), text.count("Take off the list now")) == (2, 1)


@pytest.mark.parametrize("ends_on", [dt.date.min, TODAY - dt.timedelta(1), dt.date.max])
def test_days_of_a_stand_in_are_within_reason(people: People, ends_on: dt.date) -> None:
    other = people.member("approver")
    mine, _ = power(people, people.approver), power(people, other)
    with pytest.raises(Refused, match="The last day must be"):
        listed.put_stand_in(
            power=mine, person=other, starts_on=TODAY, ends_on=ends_on, actor=people.administrator
        )


def meet(people: People, *days: dt.date, body: str = "Cabinet") -> rows.Added:
    return rows.add_meetings(
        organisation=people.fleet, meetings=[(body, on) for on in days], makers=["cabinet"], source="typed", actor=people.administrator
    )  # fmt: skip


def test_a_meeting_is_kept_once_and_found_by_the_engine_in_order(people: People) -> None:
    later, sooner = TODAY + dt.timedelta(20), TODAY + dt.timedelta(10)
    assert meet(people, later, sooner, later) == rows.Added(2, 0)
    assert meet(people, sooner) == rows.Added(0, 1)
    assert [each.on for each in rules_in_force(people.fleet.pk, TODAY).own.meetings] == [sooner, later]
    assert not rules_in_force(people.tyburn.pk, TODAY).own.meetings


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1999, 1, 1), dt.date(2126, 1, 1), dt.date.max])
def test_meetings_out_of_range_are_refused_in_words(people: People, day: dt.date) -> None:
    with pytest.raises(Refused, match="is not between"):
        meet(people, day)
    with pytest.raises(Refused, match="is not between"):
        rows.add_closed_days(organisation=people.fleet, days=[(day, "x")], actor=people.administrator)


@pytest.mark.django_db(transaction=True)
def test_two_who_paste_the_same_list_at_once_double_nothing(people: People) -> None:
    days = [TODAY + dt.timedelta(number) for number in range(20)]
    people.fleet, people.administrator  # noqa: B018  (made before the threads begin)
    given: dict[str, Any] = {"organisation": people.fleet, "days": [(day, "Shut") for day in days]}

    def shut() -> rows.Added:
        return rows.add_closed_days(actor=people.administrator, **given)

    for act in (lambda: meet(people, *days), shut):
        results = at_once(act, act, act)
        assert not [each for each in results if isinstance(each, Exception)], results
        # Whoever came second is told so, and nothing is noted or weighed for them.
        assert sorted(each.new for each in results) == [0, 0, 20]
    assert Meeting.objects.count() == 20
    assert sorted(KeptChange.objects.values_list("subject", flat=True)) == ["closed-days", "meetings"]


@pytest.mark.parametrize("persona", ["officer", "approver", "neighbour", "auditor"])
def test_nobody_else_changes_a_row(people: People, persona: str) -> None:
    actor = people.named(persona)
    assert actor is not None
    given: dict[str, Any] = {"organisation": people.fleet, "actor": actor}
    mine = power(people, people.approver)
    for act in (
        lambda: rows.add_meetings(meetings=[("Cabinet", TODAY)], makers=[], source="typed", **given),
        lambda: rows.remove_meetings(meetings=[("Cabinet", TODAY)], **given),
        lambda: rows.add_closed_days(days=[(TODAY, "x")], **given),
        lambda: rows.remove_closed_days(days=[TODAY], **given),
        lambda: rows.put_contact(about="legal", name="x", email="", **given),
        lambda: rows.remove_contact(about="legal", name="x", **given),
        lambda: listed.put_power(person=people.approver, kind="legal", up_to=None, basis="ex", **given),
        lambda: listed.remove_power(person=people.approver, kind="finance", **given),
        lambda: listed.put_stand_in(
            power=mine, person=people.approver, starts_on=TODAY, ends_on=None, actor=actor
        ),
        lambda: listed.remove_stand_in(power=mine, person=people.approver, actor=actor),
        lambda: rows.say_how_long_approvals_take(approval_days=5, **given),
    ):
        with pytest.raises(Refused, match="Only an administrator of Fleet"):
            act()


def test_people_and_stand_ins_on_the_page(people: People, pages: Pages) -> None:
    other = people.member("approver", name="Noor Haddad")
    people.approver  # noqa: B018  (made before the page is read)
    pages.sign_in(people.administrator)
    for email in (people.approver.email, other.email):
        page = pages.get("rules_people")
        page = pages.submit(page.form("List them"), person=email, kind="finance", up_to="500k", basis="ex")
    assert "Up to £500,000 excluding VAT (£600,000 including VAT at 20%)" in page.text
    days: dict[str, Any] = {
        "starts_on-day": "1",
        "starts_on-month": "12",
        "starts_on-year": "2026",
        "ends_on-day": "20",
        "ends_on-month": "12",
        "ends_on-year": "2026",
    }
    page = pages.submit(
        page.form("Let them stand in"), pair=f"finance {people.approver.email} {other.email}", **days
    )
    assert "Noor Haddad stands in from 1 December 2026 until 20 December 2026" in page.text
    page = pages.submit(page.form(f"End this: {other} for {people.approver}, Finance"))
    assert "stands in from" not in page.text
    page = pages.post(
        "rules_people", {"do": "remove", "organisation": "fleet", "power": f"finance {other.email}"}
    )
    assert "1 entry removed" in page.banner
    page = pages.post("rules_people", {"do": "remove", "organisation": "fleet", "power": "nothing"})
    assert "Nothing removed" in page.banner


def test_a_calendar_file_on_the_page(people: People, pages: Pages) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    def a_file(*summaries: str) -> SimpleUploadedFile:
        events = "".join(
            f"BEGIN:VEVENT\r\nUID:{n}\r\nSUMMARY:{words}\r\nDTSTART;VALUE=DATE:202612{n + 10}\r\nEND:VEVENT\r\n"
            for n, words in enumerate(summaries)
        )
        return SimpleUploadedFile(
            "c.ics", f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n".encode(), "text/calendar"
        )

    pages.sign_in(people.administrator)
    page = pages.get("rules_meetings")
    page = pages.submit(page.form("Add what is in the file"), file=a_file("Cabinet", "Bins"), only="cab")
    assert "Thursday 10 December 2026: Cabinet" in page.text
    assert "Bins" not in page.text
    page = pages.submit(page.form("Add what is in the file"), file=SimpleUploadedFile("c.ics", b"%PDF-1.7"))
    assert page.errors == ["The file must be a calendar: its name usually ends in .ics"]


def test_how_long_approvals_take_holds_at_once(people: People, pages: Pages) -> None:
    page = pages.sign_in(people.administrator).get("rules_deciding")
    page = pages.submit(page, approval_days="800")
    assert page.errors == ["Enter a whole number from 0 to 730: how many days do your own approvals take before you can act on a contract"]  # fmt: skip
    page = pages.submit(page, approval_days="60")
    assert "Our own approvals take 60 days" in page.text
    people.fleet.refresh_from_db()
    assert people.fleet.approval_days == 60
