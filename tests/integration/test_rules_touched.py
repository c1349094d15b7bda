"""What a change of rules touches: worked out by a job, before and after, and shown to whoever may open it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.factories import a_procurement
from tests.factories.rules import a_step, an_approval, drafted_rules, published_rules
from tests.factories.workflows import a_decided_procurement
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from workflows.pipeline.projection import rebuild
from workflows.procurements.models import Procurement, TouchedProcurement
from workflows.procurements.services import weighing
from workflows.rules.models import RuleSet, Weighing
from workflows.rules.services import drafts, publishing

TODAY = dt.date(2026, 11, 24)


def publish(people: People, draft: RuleSet, **more: Any) -> RuleSet:
    given: dict[str, Any] = {
        "organisation": people.fleet, "applies_from": clock.today(), "note": "x", "version": draft.lock_version,
        "actor": people.administrator, "accepts": True,
    }  # fmt: skip
    return publishing.publish(**(given | more))


def test_what_a_change_touches_is_worked_out_before_and_after(people: People, jobs: Jobs) -> None:
    published_rules(by=people.administrator, steps=[a_step("Old step")])
    procurement = a_procurement(by=people.officer)
    a_procurement(by=people.neighbour)  # of another borough: not looked at
    approvals = [
        an_approval(endorsements=["finance", "legal"], makers=["cabinet"]),
        an_approval("award", endorsements=[]),
    ]
    draft = drafted_rules(by=people.administrator, steps=[a_step()], approvals=approvals)
    asked = publishing.weigh(organisation=people.fleet, actor=people.administrator)
    assert publishing.weigh(organisation=people.fleet, actor=people.administrator) == asked
    jobs.run()
    asked.refresh_from_db()
    assert (asked.looked_at, asked.touched) == (1, 1)
    row = TouchedProcurement.objects.get(weighing=asked)
    assert row.procurement == procurement
    assert row.added == ["Ask the scrutiny chair"]
    assert ["Old step", "your organisation’s own rules ask for it no more"] in row.dropped
    assert any(title == "Get the award endorsed" or "no endorsement" in why for title, why in row.dropped)
    assert [
        "Get the strategy endorsed",
        "As the route asks",
        "Endorsed by finance, then legal",
    ] in row.approvals
    made = publish(people, draft)
    jobs.run()
    again = Weighing.objects.get(rule_set=made, lock_version=made.lock_version)
    assert TouchedProcurement.objects.get(weighing=again).added == row.added


def test_a_job_that_runs_twice_or_too_late_does_nothing(people: People) -> None:
    a_procurement(by=people.officer)
    draft = drafted_rules(by=people.administrator, steps=[a_step()])
    asked = publishing.weigh(organisation=people.fleet, actor=people.administrator)
    weighing.work_out(asked.pk)
    weighing.work_out(asked.pk)
    assert TouchedProcurement.objects.count() == 1
    drafts.put_parts(
        organisation=people.fleet, parts={"call_in_days": 5}, actor=people.administrator,
        seen=drafts.stamp_of_parts(draft.content, ("call_in_days",)),
    )  # fmt: skip
    late = publishing.weigh(organisation=people.fleet, actor=people.administrator)
    RuleSet.objects.filter(pk=draft.pk).update(lock_version=99)
    weighing.work_out(late.pk)
    assert not late.touched_procurements.exists()
    weighing.work_out(10**9)


def test_what_is_completed_is_not_touched(people: People) -> None:
    decided = a_decided_procurement(by=people.officer)
    drafted_rules(by=people.administrator, approvals=[an_approval(endorsements=["legal"])])
    asked = publishing.weigh(organisation=people.fleet, actor=people.administrator)
    weighing.work_out(asked.pk)
    rows = TouchedProcurement.objects.filter(procurement=decided)
    assert not any("strategy" in title.lower() for row in rows for title, _, _ in row.approvals)


def test_a_reader_sees_what_they_may_open_and_a_number_from_five(people: People, pages: Pages) -> None:
    for number in range(5):
        a_procurement(by=people.officer, title=f"Hidden {number}")
    a_procurement(by=people.officer, title="Open to all of us", visibility="borough")
    made = published_rules(by=people.administrator, steps=[a_step()])
    weighing.work_out(Weighing.objects.get(rule_set=made, lock_version=made.lock_version).pk)
    page = pages.sign_in(people.viewer).get("rules_version", number="1")
    assert "Open to all of us" in page.text
    assert "Hidden" not in page.text
    assert "And 5 you may not open" in page.text
    assert "Hidden 3" in pages.sign_in(people.officer).get("rules_version", number="1").text
    Procurement.objects.filter(title="Hidden 4").update(visibility="borough")
    page = pages.sign_in(people.viewer).get("rules_version", number="1")
    assert "4 you may not open" not in page.text
    assert "a few you may not open" in page.text
    pages.sign_in(people.neighbour).get("rules_version", number="1", status=404)


def test_the_pipeline_follows_on_the_day_that_rules_begin(people: People, jobs: Jobs) -> None:
    a_procurement(by=people.officer)
    published_rules(by=people.administrator, steps=[a_step()], applies_from=TODAY + dt.timedelta(3))
    jobs.run()
    with clock.held_at(clock.now() + dt.timedelta(3)):
        weighing.rules_begin()
        assert rebuild() == 0
