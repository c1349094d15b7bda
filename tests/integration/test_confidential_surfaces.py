"""The confidential window over what was built beside it: approvals, printed decisions, plans, rules, work in numbers, calendars."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import a_work, an_evaluation
from tests.factories.documents import TEXT, a_document, a_template
from tests.factories.logs import an_entry_of
from tests.factories.rules import a_step, an_approval, published_rules
from tests.factories.workflows import BIDDER, a_decision, an_endorser, an_officer_decides
from tests.pages import Pages
from tests.personas import PERSONAS, People
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.stages import Stage
from toolkit.desk.due import due_for
from toolkit.desk.services import make_calendar_address
from workflows.journeys import loading
from workflows.journeys.behind import Behind
from workflows.journeys.planning.activities import ACTIVITIES
from workflows.journeys.selectors import progress_of
from workflows.pipeline import projection
from workflows.pipeline.models import Entry
from workflows.pipeline.projection import rebuild
from workflows.procurements import changed_guidance, confidence
from workflows.procurements.documents import PROVIDER
from workflows.procurements.facts import facts_of
from workflows.procurements.logs.kinds import Log
from workflows.procurements.models import Cause, Endorsement, LineKind, Procurement, TouchedProcurement
from workflows.procurements.planning import planner_of
from workflows.procurements.services import planning, sharing, tasks, turns, window
from workflows.procurements.services.weighing import work_out
from workflows.procurements.workload import workload_of

OUTSIDE = ("viewer", "contributor", "approver", "administrator")
"""Members of the borough who may open the record and are not on its team."""
AWARD_STEPS = ("award-report", "award-decision", "evaluate")


def in_the_award(people: People) -> Procurement:
    """Evaluated, its award endorsed, lapsed and decided, its plan moved and kept: each with the bidder’s name."""
    found = an_evaluation(by=people.officer)
    tasks.complete_task(procurement=found, task="award-report", data={"note": BIDDER}, actor=people.officer)
    an_officer_decides(found, "award-meeting", people.officer)
    a_decision(procurement=found, task="award-decision", by=people.officer, reasons=f"{BIDDER} scored 71")
    Endorsement.objects.create(
        procurement=found, task="award-report", kind="finance", asked_by=people.officer, asked_of=an_endorser(found.organisation),
        note=f"{BIDDER} wins", reasons=f"{BIDDER} is cheap", comment=f"{BIDDER} costs less", status="lapsed",
        answered_at=clock.now(), lapsed_at=clock.now(), lapsed_because=f"{BIDDER} raised its price",
    )  # fmt: skip
    found.refresh_from_db()
    return found


def move(procurement: Procurement, people: People, stage: Stage) -> str:
    """Have the first activity of a stage that can be moved take longer."""
    assert procurement.run is not None
    progress = progress_of(procurement.run, facts_of(procurement), today=clock.today())
    planner = planner_of(progress, today=clock.today())
    assert planner is not None
    row = next(
        row
        for row in planner.plan().rows
        if ACTIVITIES[row.slug].stage == stage
        and row.activity.has_allowance
        and not row.is_over
        and not row.has_begun
    )
    planning.move(
        procurement=procurement, activity=row.slug, starts_on=None, takes=77, cause=Cause.SUPPLIERS,
        reason=f"{BIDDER} asked for it", actor=people.officer,
    )  # fmt: skip
    procurement.refresh_from_db()
    return row.activity.label


def surfaces(procurement: Procurement) -> list[str]:
    """Where approvals, plans, rules and work are read."""
    of = {"reference": procurement.reference}
    record = ("procurement", "procurement_tasks", "procurement_history", "procurement_decisions", "procurement_dates",
              "procurement_dates_calendar", "procurement_team", "procurement_facts", "procurement_logs")  # fmt: skip
    step = ("procurement_task", "procurement_decision_record", "procurement_decision_pdf")
    return [
        *(reverse(name, kwargs=of) for name in record),
        *(reverse(name, kwargs={**of, "slug": slug}) for name in step for slug in AWARD_STEPS),
        *(
            reverse(name)
            for name in ("home", "procurements", "changed_guidance", "workload", "rules", "pipeline")
        ),
        f"{reverse('procurements')}?whose=organisation",
        reverse("rules_version", args=["1"]),
        reverse("entry", args=[Entry.objects.get(procurement=procurement).reference]),
    ]


@pytest.mark.parametrize("persona", [each for each in PERSONAS if each != "officer"])
def test_no_surface_names_a_bidder_to_anybody_outside_the_team(
    persona: str, people: People, pages: Pages
) -> None:
    found = in_the_award(people)
    move(found, people, Stage.MANAGE)
    published_rules(by=people.administrator, steps=[a_step()])
    person = people.named(persona)
    pages.sign_in(person)
    for where in surfaces(found):
        response = pages.client.get(where, follow=True)
        content = response.content.decode()
        assert BIDDER not in content, f"{persona}: {where}"
        assert "scored 71" not in content, f"{persona}: {where}"
    if person is not None:
        token = make_calendar_address(actor=person)
        assert (
            found.reference not in pages.client.get(reverse("calendar_feed", args=[token])).content.decode()
        )
        assert not [item for item in due_for(reader_of(person)).overdue if found.name in item.where]


@pytest.mark.parametrize("persona", OUTSIDE)
def test_what_is_moved_kept_and_decided_in_confidence_changes_nothing_that_others_read(
    persona: str, people: People, pages: Pages
) -> None:
    early, live = an_evaluation(by=people.officer), in_the_award(people)
    move(live, people, Stage.AWARD)
    planning.keep(procurement=live, actor=people.officer)
    pages.sign_in(people.named(persona))
    for name in ("procurement_dates", "procurement_history", "procurement_decisions", "procurement"):
        early_words, live_words = (
            pages.get(name, reference=one.reference).main.replace(one.reference, "PR-0")
            for one in (early, live)
        )
        assert early_words == live_words, name
    stages = set(Entry.objects.filter(procurement__in=[early, live]).values_list("stage", flat=True))
    assert len(stages) == 1
    assert rebuild() == 0


def test_the_pipeline_tells_the_two_stages_in_confidence_apart_to_nobody(people: People) -> None:
    live = an_evaluation(by=people.officer)
    told = {
        stage: projection._stage_told(live, stage) for stage in (Stage.DEFINE, Stage.PROCURE, Stage.AWARD)
    }
    assert list(told.values()) == [Stage.DEFINE, Stage.PROCURE, Stage.PROCURE]
    sharing.stop(procurement=live, reason="The need went away", actor=people.officer)
    live.refresh_from_db()
    assert projection._stage_told(live, Stage.AWARD) == Stage.AWARD


def test_the_team_and_auditors_read_the_plan_and_its_moves(people: People, pages: Pages) -> None:
    live = in_the_award(people)
    label = move(live, people, Stage.AWARD)
    for person, reads_why in ((people.officer, True), (people.auditor, False)):
        words = pages.sign_in(person).get("procurement_dates", reference=live.reference).main
        assert f"{label}: the usual → 77 days" in words
        assert (BIDDER in words) is reads_why
    move(live, people, Stage.MANAGE)
    assert BIDDER not in pages.get("procurement_dates", reference=live.reference).main


@pytest.mark.parametrize("name", ["procurement_decision_record", "procurement_decision_pdf"])
def test_that_there_is_a_decision_is_told_to_nobody_outside(name: str, people: People, pages: Pages) -> None:
    early, live = an_evaluation(by=people.officer), in_the_award(people)
    for persona in OUTSIDE:
        pages.sign_in(people.named(persona))
        for one in (early, live):
            pages.get(name, reference=one.reference, slug="award-decision", status=404)
        pages.get("procurement_decision_record", reference=live.reference, slug="strategy-decision")
    pages.sign_in(people.auditor).get(name, reference=live.reference, slug="award-decision", status=403)
    for person in (people.neighbour, people.coordinator):
        pages.sign_in(person).get(name, reference=live.reference, slug="award-decision", status=404)
    page = pages.sign_in(people.officer).get(
        "procurement_decision_record", reference=live.reference, slug="award-decision"
    )
    assert BIDDER in page.html


def test_why_an_endorsement_lapsed_is_for_the_team_also_after_the_award(people: People, pages: Pages) -> None:
    found = in_the_award(people)
    sharing.stop(procurement=found, reason="The need went away", actor=people.officer)
    for person, reads in ((people.viewer, False), (people.administrator, False), (people.auditor, True)):
        words = pages.sign_in(person).get("procurement_decisions", reference=found.reference).main
        assert "Lapsed on 24 November 2026" in words
        assert (BIDDER in words) is reads, person


def test_rules_that_touch_a_record_in_confidence_do_not_say_how_far_it_is(
    people: People, pages: Pages
) -> None:
    an_evaluation(by=people.officer)
    in_the_award(people)
    approvals = [an_approval("award", endorsements=["legal"], makers=["cabinet"])]
    made = published_rules(by=people.administrator, steps=[a_step(stage="award")], approvals=approvals)
    work_out(made.weighings.latest("pk").pk)
    assert TouchedProcurement.objects.exists()
    for persona in OUTSIDE:
        words = pages.sign_in(people.named(persona)).get("rules_version", number=str(made.number)).main
        assert "A few you may not open" in words
        assert "Leisure" not in words
    assert "Leisure" in pages.sign_in(people.officer).get("rules_version", number=str(made.number)).main
    assert "Leisure" in pages.sign_in(people.auditor).get("rules_version", number=str(made.number)).main


def test_numbers_of_work_leave_out_what_is_in_confidence(people: People) -> None:
    found = in_the_award(people)
    for persona in (*OUTSIDE, "auditor", "officer"):
        person = people.named(persona)
        assert person is not None
        here = {
            row.stage: row.here
            for row in workload_of(reader_of(person), found.organisation_id, today=clock.today()).stages
        }
        assert sum(here.values()) == (1 if persona in ("auditor", "officer") else 0), persona


def test_a_page_that_changed_tells_nothing_of_what_rests_on_confidence(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two records alike but for what happened in confidence, the same changes touch both."""
    early, live = an_evaluation(by=people.officer), in_the_award(people)
    tomorrow = clock.today() + dt.timedelta(1)
    assert live.run is not None
    pages_of = {
        page for task in loading.get(live.run.journey, live.run.version).tasks for page in task.guidance
    }
    changed = [
        changed_guidance._Changed(slug, f"/{slug}/", tomorrow, "x", Behind(pages=frozenset([slug])))
        for slug in sorted(pages_of)
    ]
    monkeypatch.setattr(changed_guidance, "_changed_since", lambda first, organisation: changed)
    for persona in OUTSIDE:
        person = people.named(persona)
        assert person is not None
        for change in changed_guidance.changes_for(
            reader_of(person), live.organisation_id, today=clock.today()
        ):
            assert {row.procurement.pk for row in change.touched} == {early.pk, live.pk}, change.title


def test_an_approver_asked_in_the_award_reads_their_step_and_no_other(people: People, pages: Pages) -> None:
    found = in_the_award(people)
    asked = Endorsement.objects.get(procurement=found, task="award-report")
    pages.sign_in(asked.asked_of)
    assert BIDDER in pages.get("procurement_decisions", reference=found.reference).main
    assert (
        "Write the award report"
        in pages.get("procurement_task", reference=found.reference, slug="award-report").main
    )
    for slug in ("evaluate", "award-decision"):
        page = pages.get("procurement_task", reference=found.reference, slug=slug)
        assert "for the named team alone" in page.main
        assert BIDDER not in page.main
    pages.get("procurement_decision_record", reference=found.reference, slug="award-decision", status=404)
    assert BIDDER not in pages.get("procurement_dates", reference=found.reference).main


def test_a_challenge_is_known_to_its_team_alone(people: People, pages: Pages) -> None:
    found = in_the_award(people)
    challenge = turns.continue_as(
        procurement=found, turn="challenge", reason=f"A letter of {BIDDER}", actor=people.officer
    )
    for persona in (*OUTSIDE, "neighbour", "coordinator"):
        pages.sign_in(people.named(persona))
        for where in (
            reverse("procurements") + "?whose=organisation&all=1",
            reverse("workload"),
            reverse("pipeline"),
            *surfaces(found),
        ):
            content = pages.client.get(where, follow=True).content.decode()
            assert challenge.reference not in content, f"{persona}: {where}"
            assert BIDDER not in content, f"{persona}: {where}"
        pages.get("procurement", reference=challenge.reference, status=404)


WHY = "Hawksmoor and Partners write for the loser"


def a_challenge(found: Procurement, people: People) -> Procurement:
    """Of the record, opened to the borough, with its grounds typed in."""
    made = turns.continue_as(
        procurement=found, turn="challenge", reason=f"A letter of {BIDDER}", actor=people.officer
    )
    sharing.share(procurement=made, visibility="boroughs", intent_visibility="boroughs", actor=people.officer)
    data = {
        "received_on": clock.today().isoformat(), "what": "letter", "unsigned": "yes", "suspends": "yes", "exclusion": "no",
        "note": f"{BIDDER}: {WHY}",
    }  # fmt: skip
    tasks.complete_task(procurement=made, task="challenge-received", data=data, actor=people.officer)
    an_entry_of(Log.RISKS, made, by=people.officer, event=WHY)
    made.refresh_from_db()
    return made


def told_of(made: Procurement, pages: Pages) -> str:
    """Everything one reader is told on the pages of a challenge and those that gather."""
    of = {"reference": made.reference}
    record = ("procurement", "procurement_tasks", "procurement_history", "procurement_decisions", "procurement_dates",
              "procurement_team", "procurement_facts", "procurement_logs", "procurement_documents")  # fmt: skip
    where = [
        *(reverse(name, kwargs=of) for name in record),
        *(reverse("procurement_log", kwargs={**of, "log": log}) for log in Log),
        *(reverse("procurement_task", kwargs={**of, "slug": slug}) for slug in ("challenge-received", "challenge-hold")),
        *(reverse(name) for name in ("home", "workload", "pipeline")),
        f"{reverse('procurements')}?whose=organisation",
    ]  # fmt: skip
    return "".join(pages.client.get(each, follow=True).content.decode() for each in where)


@pytest.mark.parametrize("persona", [*OUTSIDE, "auditor", "neighbour", "coordinator"])
def test_of_a_challenge_nobody_outside_its_team_is_told_more_than_that_it_is_there(
    persona: str, people: People, pages: Pages
) -> None:
    """Also while the record it continues is awarded, and also once it is closed while that record is not."""
    found = in_the_award(people)
    made = a_challenge(found, people)
    person = people.named(persona)
    assert person is not None
    for change in (lambda: None, lambda: window.end(found), lambda: _only_the_old_is_open(found, made)):
        change()
        words = told_of(made, pages.sign_in(person))
        assert BIDDER not in words
        assert WHY not in words
        assert (
            "Stop the signature"
            not in pages.client.get(reverse("procurement_tasks", args=[made.reference])).content.decode()
        )
    assert not confidence.sees_bidders(reader_of(person), made)
    if persona == "auditor":
        assert (
            "In confidence until it is closed"
            in pages.get("procurement_tasks", reference=made.reference).main
        )
    assert (
        WHY
        in pages.sign_in(people.officer)
        .get("procurement_task", reference=made.reference, slug="challenge-received")
        .main
    )


def _only_the_old_is_open(found: Procurement, made: Procurement) -> None:
    Procurement.objects.filter(pk=found.pk).update(confidential_until=None)
    made.refresh_from_db()
    window.end(made)
    made.refresh_from_db()


def test_a_challenge_is_in_its_window_until_both_it_and_the_record_are_out(people: People) -> None:
    found = in_the_award(people)
    made, alone = a_challenge(found, people), a_work(by=people.officer, route="challenge")
    ordinary = a_work(by=people.officer)
    auditor = reader_of(people.auditor)

    def are_open() -> list[bool]:
        """The same answer from the record and from the query, in both directions."""
        said = []
        for each in (found, made, alone, ordinary):
            now = Procurement.objects.get(pk=each.pk)
            said.append(confidence.is_open(now))
            of_it = Procurement.objects.filter(pk=each.pk)
            assert of_it.filter(confidence.in_window()).exists() == said[-1]
            assert of_it.filter(~confidence.in_window()).exists() != said[-1]
            assert of_it.filter(confidence.is_told(auditor)).exists() != bool(confidence.unseen(auditor, now))
            assert of_it.filter(confidence.tells_bidders(auditor)).exists() != said[-1]
        return said

    assert are_open() == [True, True, True, False]
    sharing.stop(procurement=made, reason=f"{BIDDER} gave up", actor=people.officer)
    sharing.stop(procurement=alone, reason="They gave up", actor=people.officer)
    assert are_open() == [True, True, False, False]
    made.refresh_from_db()
    line = made.lines.get(kind=LineKind.STOPPED)
    assert not confidence.sees_line(auditor, made, line)
    sharing.stop(procurement=found, reason="The need went away", actor=people.officer)
    assert are_open() == [False, False, False, False]
    made.refresh_from_db()
    assert confidence.sees_line(auditor, made, line)


def test_documents_of_a_challenge_are_for_its_team_whatever_they_are_marked(
    people: People, pages: Pages
) -> None:
    made = a_challenge(in_the_award(people), people)
    document = a_document(
        by=people.officer,
        template=a_template(text=TEXT.replace('confidence = "intent"', 'confidence = "open"')),
        subject=PROVIDER.find(made.reference, reader_of(people.officer)),
        answers={"title": WHY},
    )
    for person in (people.viewer, people.auditor, people.administrator):
        pages.sign_in(person).get("document", reference=document.reference, status=404)
    pages.sign_in(people.officer).get("document", reference=document.reference)
