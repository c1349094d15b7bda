"""What a change of rules, or of what is kept beside them, says of days, numbers, people and notes of live procurements."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import a_procurement
from tests.factories.approvals import listed_for, ready_to_endorse
from tests.factories.rules import an_amount, an_approval, drafted_rules, published_rules
from tests.factories.workflows import ELSEWHERE
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from toolkit.accounts.models import Person
from toolkit.core import clock
from workflows.journeys.own_rules import Value
from workflows.procurements.endorsers import possible_endorsers
from workflows.procurements.models import Procurement, TouchedProcurement
from workflows.procurements.services import weighing
from workflows.procurements.services.endorsements import ask_endorsement
from workflows.rules.models import KeptChange, Power, Weighing
from workflows.rules.selectors import powers_for
from workflows.rules.services import people as listed
from workflows.rules.services import publishing, rows

TODAY = dt.date(2026, 11, 24)
APPROVALS = [an_approval(makers=["cabinet"]), an_approval("award", makers=["cabinet"])]


def figures(weighed: Weighing) -> dict[str, tuple[str, str]]:
    """What → before and after, of the only procurement that is touched; nothing of none."""
    weighing.work_out(weighed.pk)
    row = TouchedProcurement.objects.filter(weighing=weighed).first()
    return {what: (before, after) for what, before, after in row.figures} if row is not None else {}


def of_a_draft(people: People, **parts: Any) -> dict[str, tuple[str, str]]:
    drafted_rules(by=people.administrator, **{"approvals": APPROVALS, **parts})
    return figures(publishing.weigh(organisation=people.fleet, actor=people.administrator))


def of_the_last_change() -> dict[str, tuple[str, str]]:
    return figures(KeptChange.objects.latest("at", "pk").weighing)


def test_a_change_of_figures_alone_says_what_moves(people: People) -> None:
    published_rules(by=people.administrator, approvals=APPROVALS, call_in_days=5, decision_model="executive")
    a_procurement(by=people.officer)
    unchanged: dict[str, Any] = {"call_in_days": 5, "decision_model": "executive"}
    assert of_a_draft(people, **unchanged) == {}
    found = of_a_draft(people, **unchanged | {"call_in_days": 10})
    assert found["Call-in"] == ("5 working days after a decision is published", "10 working days after a decision is published")  # fmt: skip
    assert any(what.startswith("Planned days of") for what in found)
    found = of_a_draft(people, **unchanged, allowances={"evaluation": 90})
    assert [what for what in found if what.startswith("Planned days of")]
    found = of_a_draft(people, **unchanged, notes={"business-case": "Use our form."})
    assert [*found.values()] == [("no note", "“Use our form.”")]
    found = of_a_draft(people, **unchanged | {"decision_model": "committees"})
    assert found["How formal decisions are taken"] == ("Leader or mayor and cabinet", "Committee system")


def test_a_band_says_how_many_quotations_it_asks_for(people: People) -> None:
    a_procurement(by=people.officer, value_inc_vat=Decimal(60_000), route="below-threshold-quotation")
    band: dict[str, Any] = {
        "key": "1",
        "start": None,
        "below": an_amount(100_000),
        "advertise": False,
        "how": "",
    }
    bands = [{**band, "quotations": 3}]
    assert any("three quotations" in after for _, after in of_a_draft(people, bands=bands).values())


def test_a_lower_tolerance_says_which_endorsements_would_lapse(people: People) -> None:
    procurement = a_procurement(by=people.officer)
    endorser = listed_for("procurement", of=people.fleet, name="Ana Ruiz")
    published_rules(by=people.administrator, approvals=APPROVALS)
    ask(procurement, endorser, people.officer)
    procurement.endorsements.update(value_inc_vat=procurement.value_inc_vat * 100 / 108)  # type: ignore[operator]
    found = of_a_draft(people, switches={"tolerance_percent": 5})
    assert found["An endorsement lapses when the value goes up"] == ("by more than 10%", "by more than 5%")
    before, after = found["Endorsement by Ana Ruiz, procurement"]
    assert before == "it holds"
    assert after.startswith("it would lapse: the value rose from")


def ask(procurement: Procurement, endorser: Person, by: Person) -> None:
    ready_to_endorse(procurement, by)
    ask_endorsement(
        procurement=procurement, task="endorse-strategy", of=endorser, kind="procurement", note="", paper=ELSEWHERE, actor=by
    )  # fmt: skip


def test_dates_and_contacts_kept_beside_the_rules_are_held_against_live_procurements(people: People) -> None:
    published_rules(by=people.administrator, approvals=APPROVALS, call_in_days=5, decision_model="executive")
    a_procurement(by=people.officer)
    whose: dict[str, Any] = {"organisation": people.fleet, "actor": people.administrator}
    first = TODAY + dt.timedelta(days=60)
    days = [("Cabinet", first + dt.timedelta(days=28 * month)) for month in range(24)]
    rows.add_meetings(meetings=days, makers=[], source="typed", **whose)
    came = of_the_last_change()
    assert any(what.startswith("Planned day") for what in came)
    rows.remove_meetings(meetings=days, **whose)
    assert {what: (after, before) for what, (before, after) in of_the_last_change().items()} == came
    closed = [(first + dt.timedelta(days=each), "Closed") for each in range(700)]
    rows.add_closed_days(days=closed, **whose)
    assert any(what.startswith("Planned day") for what in of_the_last_change())
    rows.put_contact(about="legal", name="Contracts lawyers", email="", **whose)
    assert of_the_last_change() == {"Whom to ask: legal": ("nobody", "Contracts lawyers")}
    rows.put_contact(about="legal", name="Contracts lawyers", email="", **whose)
    assert KeptChange.objects.count() == 4


def test_who_joins_leaves_or_stands_in_is_told_where_it_counts(people: People) -> None:
    published_rules(by=people.administrator, approvals=APPROVALS)
    procurement = a_procurement(by=people.officer)
    ana, ben = (listed_for("procurement", of=people.fleet, name=name) for name in ("Ana Ruiz", "Ben Ito"))
    whose: dict[str, Any] = {
        "organisation": people.fleet,
        "actor": people.administrator,
        "kind": "procurement",
    }
    joins = TODAY + dt.timedelta(days=30)
    step = "Get the strategy endorsed: who may, for procurement"
    listed.remove_power(person=ben, last_day=joins, **whose)
    assert of_the_last_change()[step] == (
        "Ana Ruiz and Ben Ito",
        "Ana Ruiz and Ben Ito until 24 December 2026",
    )
    ask(procurement, ana, people.officer)
    mine = Power.objects.get(person=ana)
    listed.put_stand_in(power=mine, person=ben, starts_on=TODAY, ends_on=None, actor=people.administrator)
    assert of_the_last_change() == {
        "What Ana Ruiz is asked to endorse, procurement": (
            "not in their place", "Ben Ito stands in from 24 November 2026 until further notice",
        )
    }  # fmt: skip
    listed.put_power(person=people.approver, up_to=Decimal(1), basis="inc", **whose)
    assert of_the_last_change() == {}, "the value is above the limit"


def test_a_power_holds_from_its_day_until_its_last(people: People) -> None:
    ana = listed_for("finance", of=people.fleet, name="Ana Ruiz", up_to=Decimal(1_000))
    whose: dict[str, Any] = {
        "organisation": people.fleet,
        "actor": people.administrator,
        "kind": "finance",
        "person": ana,
    }
    later, value = TODAY + dt.timedelta(days=30), Value(Decimal(5_000), Decimal(4_000))

    def may(on: dt.date, worth: Value = value) -> bool:
        return bool(powers_for(people.fleet.pk, ["finance"], worth, on=on))

    listed.put_power(up_to=None, basis="inc", starts_on=later, **whose)
    assert [may(later - dt.timedelta(1)), may(later)] == [False, True]
    assert may(later - dt.timedelta(1), Value(Decimal(900), Decimal(750))), (
        "until then the earlier limit stays"
    )
    listed.remove_power(last_day=later + dt.timedelta(5), **whose)
    assert [may(later + dt.timedelta(5)), may(later + dt.timedelta(6))] == [True, False]
    procurement = a_procurement(by=people.officer)
    assert possible_endorsers(procurement, "finance", requester=people.officer) == []
    with clock.held_at(clock.now() + dt.timedelta(30)):
        assert possible_endorsers(procurement, "finance", requester=people.officer) == [ana]
    listed.put_power(up_to=Decimal(2_000), basis="inc", **whose)
    assert Power.objects.not_over(TODAY).filter(person=ana).count() == 1, (
        "it takes the place of all later ones"
    )


@pytest.mark.parametrize("persona", ["administrator", "viewer"])
def test_the_page_leads_from_a_change_to_what_it_touches(
    people: People, pages: Pages, jobs: Jobs, persona: str
) -> None:
    published_rules(by=people.administrator, approvals=APPROVALS, call_in_days=5)
    a_procurement(by=people.officer, title="Leisure centre cleaning", visibility="borough")
    pages.sign_in(people.administrator)
    page = pages.get("rules_contacts")
    page = pages.submit(page.form("Add"), about="legal", name="Contracts lawyers")
    page = pages.click(page, "Which live procurements it touches")
    assert "It is being worked out" in page.text
    jobs.run()
    reader = people.named(persona)
    assert reader is not None
    page = pages.sign_in(reader).get("rules_touched", change=str(KeptChange.objects.get().pk))
    assert "Leisure centre cleaning" in page.text
    assert "Whom to ask: legal: Contracts lawyers; before, nobody" in page.text
    pages.sign_in(people.neighbour).get("rules_touched", change=str(KeptChange.objects.get().pk), status=404)
