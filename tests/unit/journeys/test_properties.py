"""What must hold on every route, whatever is known and whatever has happened."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings

from tests.unit.journeys.runs import TODAY
from tests.unit.journeys.wide import Run, forgetting, runs_of
from tests.unit.rules.test_content import rules
from toolkit.law.notices import psr_representations_end, standstill_end
from toolkit.law.periods import working_days_beginning_with
from workflows.journeys import loading
from workflows.journeys.definitions import Journey, Task, TaskKind
from workflows.journeys.due import RULES, Due, due_of
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import OWN
from workflows.journeys.own_rules import OwnRules
from workflows.journeys.progress import Status, fold, needs_of

ROUTES = [journey for _, journey in sorted(loading.all_journeys().items())]
EXAMPLES = 200
A_NOTICE = re.compile(r"\(UK\d+\)")
A_PROVISION = re.compile(
    r"\b(sections?|regulations?|Schedule|paragraphs?|SI \d{4}/\d+|Act \d{4}|\d{4} Regulations|Code 2015)\b"
)


def is_notice(task: Task) -> bool:
    return task.kind == TaskKind.NOTICE or bool(A_NOTICE.search(task.title))


def not_needed(journey: Journey, facts: Facts) -> dict[str, str]:
    needs = needs_of(journey, facts, [], today=TODAY).needs
    return {need.task.slug: need.because for need in needs if need.because}


@settings(max_examples=EXAMPLES, deadline=None)
@given(runs_of(ROUTES))
def test_forgetting_any_fact_never_removes_a_step(run: Run) -> None:
    journey, facts = run.journey, run.facts
    before = not_needed(journey, facts)
    for name, less in forgetting(facts):
        more = not_needed(journey, less).keys() - before.keys()
        assert not more, f"{journey.slug}: without {name} there is no {', '.join(sorted(more))}"


@settings(max_examples=EXAMPLES, deadline=None)
@given(runs_of(ROUTES))
def test_a_notice_is_not_needed_only_for_a_reason_that_names_its_provision(run: Run) -> None:
    journey, facts = run.journey, run.facts
    for slug, because in not_needed(journey, facts).items():
        if is_notice(journey.task(slug)):
            assert A_PROVISION.search(because), f"{journey.slug}, {slug}: {because}"


@settings(max_examples=EXAMPLES, deadline=None)
@given(rules(), runs_of(ROUTES))
def test_no_rules_of_an_organisation_remove_a_notice_or_a_step_that_cites_statute(own: OwnRules, run: Run) -> None:  # fmt: skip
    journey, facts = run.journey, run.facts
    before = not_needed(journey, facts)
    after = fold(journey, replace(facts, own=own), [], today=TODAY)
    for state in after.states:
        slug = state.task.slug
        if slug in before or slug.startswith(OWN) or state.status != Status.NOT_NEEDED:
            continue
        assert not is_notice(state.task) or A_PROVISION.search(state.because), slug


AFTER, BEFORE, SAME, NO_DAY = "after", "before", "same", "no-day"
OF_ITS_PARAMETER = "event"
TRIGGERS: dict[str, tuple[str, str]] = {
    "asap": (NO_DAY, ""),
    "before": (SAME, OF_ITS_PARAMETER),
    "before-gate": (SAME, ""),
    "before-final-tenders": (NO_DAY, ""),
    "breach-notice": (AFTER, "breach-known"),
    "change-earliest": (AFTER, "change-notice"),
    "change-notice-by": (BEFORE, "contract-changed"),
    "change-standstill": (AFTER, "change-notice"),
    "claim-window": (AFTER, "challenger-knew"),
    "contract-copy": (AFTER, "contract-entered"),
    "contract-details": (AFTER, "contract-entered"),
    "days-before": (BEFORE, OF_ITS_PARAMETER),
    "deadline": (SAME, "tender-deadline"),
    "deadline-set": (SAME, OF_ITS_PARAMETER),
    "earliest-signature": (AFTER, "award-notice"),
    "exclusion-notification": (AFTER, "supplier-excluded"),
    "first-deadline": (AFTER, "tender-notice"),
    "framework-last-day": (AFTER, "contract-entered"),
    "invited-tenders": (AFTER, OF_ITS_PARAMETER),
    "joint-signature": (AFTER, "award-notice"),
    "keep-until": (AFTER, "contract-entered"),
    "key-decision-notice": (BEFORE, OF_ITS_PARAMETER),
    "market-tender-period": (AFTER, "members-invited"),
    "modified-contract-copy": (AFTER, "contract-changed"),
    "next-working-day": (AFTER, OF_ITS_PARAMETER),
    "option-date": (BEFORE, ""),
    "option-notice": (SAME, "option-notice-by"),
    "own-contract-details": (AFTER, "contract-entered"),
    "papers": (BEFORE, OF_ITS_PARAMETER),
    "partners-final": (NO_DAY, ""),
    "payment-days": (SAME, "contract-starts"),
    "payments-compliance": (AFTER, "contract-entered"),
    "payments-over-30k": (AFTER, "contract-entered"),
    "planned-notice-window": (BEFORE, "tender-notice"),
    "pipeline-window": (NO_DAY, ""),
    "private-notice": (BEFORE, OF_ITS_PARAMETER),
    "psr-approach-wait": (AFTER, "psr-approach-notice"),
    "psr-further-wait": (AFTER, "psr-further-decision"),
    "psr-no-standstill": (NO_DAY, ""),
    "psr-representations": (AFTER, "psr-intention-notice"),
    "psr-signature": (AFTER, "psr-intention-notice"),
    "quarterly": (AFTER, "contract-starts"),
    "quotation-band": (NO_DAY, ""),
    "register": (AFTER, "contract-entered"),
    "reopening": (AFTER, ""),
    "review-unit": (AFTER, "challenge-received"),
    "scheme-last-day": (AFTER, ""),
    "signature-from": (AFTER, "award-notice"),
    "signature-under-parent": (AFTER, "award-notice"),
    "standstill": (AFTER, "award-notice"),
    "standstill-ends": (AFTER, "award-notice"),
    "tender-period": (AFTER, "tender-notice"),
    "termination-notice": (AFTER, "contract-ended"),
    "told": (NO_DAY, ""),
    "transparency": (NO_DAY, ""),
    "within-days": (AFTER, OF_ITS_PARAMETER),
    "work-termination-notice": (AFTER, "contract-ended"),
    "yearly": (AFTER, "contract-entered"),
}  # fmt: skip
"""Due rule → where its day lies, and the event it is counted from. `NO_DAY`: none of its own, or of several events."""
A_DEFAULT = {"invited-tenders": "tender-invitation"}
"""What a rule counts from where a step does not say."""
_PLANNED = {"strategy": "strategy-meeting", "award": "award-meeting", "waiver": "strategy-meeting"}
FIRST_AWARD = ("award-decided", "contract-entered")


def test_each_due_rule_says_what_it_is_counted_from() -> None:
    assert TRIGGERS.keys() == RULES.keys()


def trigger_of(task: Task, facts: Facts) -> tuple[str, dt.date | None]:
    assert task.due is not None
    where, event = TRIGGERS[task.due.rule]
    if task.due.rule in ("reopening", "scheme-last-day"):
        days = [day for name in FIRST_AWARD if (day := facts.day_of(name)) is not None]
        return where, min(days, default=None)
    if task.due.rule == "before-gate":
        gate = dict(task.due.params)["gate"]
        return where, facts.day_of(f"{gate}-decided") or facts.day_of(_PLANNED[str(gate)])
    if task.due.rule == "option-date":
        return where, facts.day_of("option-notice-by") or facts.day_of("contract-ends")
    if task.due.rule == "planned-notice-window" and facts.day_of(event) is None:
        event = "tender-notice-planned"
    if task.due.rule == "change-notice-by" and facts.day_of(event) is None:
        event = "change-planned"
    if event == OF_ITS_PARAMETER:
        event = str(dict(task.due.params).get("event") or A_DEFAULT[task.due.rule])
    return where, facts.day_of(event) if event else None


def days_due(run: Run) -> Iterator[tuple[Task, Due]]:
    for task in run.journey.tasks:
        if task.due is not None:
            yield task, due_of(task.due, run.facts)


@settings(max_examples=EXAMPLES, deadline=None)
@given(runs_of(ROUTES, with_events=True))
def test_no_day_lies_on_the_wrong_side_of_what_it_is_counted_from(run: Run) -> None:
    """Nothing that is counted from a day, the day itself included, is due before it; nothing that comes before one, with
    clear days or without, is due after it."""
    for task, due in days_due(run):
        where, trigger = trigger_of(task, run.facts)
        if due.day is None or where == NO_DAY:
            continue
        assert trigger is not None, f"{run.slug}, {task.slug}: {due.day} is counted from nothing"
        right = {AFTER: due.day >= trigger, BEFORE: due.day <= trigger, SAME: due.day == trigger}[where]
        assert right, f"{run.slug}, {task.slug}: {due.day} and {trigger}"


SIGNATURES = {"earliest-signature", "signature-from", "signature-under-parent", "joint-signature"}
EXCEPTED_ROUTES = {"framework-call-off", "dynamic-market-award"}


def standstill_of(run: Run) -> dt.date | None:
    """The last day of the standstill that applies, worked out from section 51 anew; None where none does."""
    facts, notice = run.facts, run.facts.day_of("award-notice")
    if notice is None:
        return None
    stated = facts.day_of("standstill-stated")
    excepted = (
        facts.light_touch is True
        or facts.choice("ground") in ("urgency", "protect-life", "user-choice")
        or run.slug in EXCEPTED_ROUTES
    )
    if excepted and not facts.answer("voluntary_standstill") and stated is None:
        return None
    return max(standstill_end(notice, added=facts.bank_holidays).day, stated or notice)


@settings(max_examples=EXAMPLES, deadline=None)
@given(runs_of([journey for journey in ROUTES if any(task.due is not None and task.due.rule in SIGNATURES for task in journey.tasks)], with_events=True))  # fmt: skip
def test_no_day_to_sign_lies_within_a_standstill(run: Run) -> None:
    ends = standstill_of(run)
    for task, due in days_due(run):
        if task.due is None or task.due.rule not in SIGNATURES or due.day is None:
            continue
        assert due.not_before
        assert ends is None or due.day > ends, f"{run.slug}: {due.day}, and the standstill ends on {ends}"


@settings(max_examples=EXAMPLES, deadline=None)
@given(runs_of([journey for journey in ROUTES if any(task.due is not None and task.due.rule == "psr-signature" for task in journey.tasks)], with_events=True))  # fmt: skip
def test_no_day_to_sign_lies_within_the_standstill_of_health_care_services(run: Run) -> None:
    facts, notice, told = (
        run.facts,
        run.facts.day_of("psr-intention-notice"),
        run.facts.day_of("psr-further-decision"),
    )
    for task, due in days_due(run):
        if task.due is None or task.due.rule != "psr-signature" or due.day is None:
            continue
        assert notice is not None
        assert due.day > psr_representations_end(notice, added=facts.bank_holidays).day
        made = facts.answer("representations_early") or facts.answer("representations")
        assert made is not None, "nobody has said whether representations were made"
        if made:
            assert told is not None and facts.choice("psr_further_decision") == "go-on"
            assert due.day > working_days_beginning_with(told + dt.timedelta(1), 5, "psr").day
