"""An organisation's own rules laid over a route: its extra steps at the end of their stage, and what its approvals leave out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from toolkit.core.stages import Stage
from workflows.journeys.conditions import judge
from workflows.journeys.conditions.common import NO_MORE
from workflows.journeys.definitions import Journey, LawRef, Task, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import GATES, Approval, ExtraTask, OwnRules

OWN = "own-"
"""What the slugs of an organisation's own steps begin with: no route's step does."""

_GATE_OF: Mapping[str, str] = {
    "endorse-strategy": "strategy",
    "strategy-decision": "strategy",
    "endorse-award": "award",
    "award-decision": "award",
}
"""The gates of steps published before a step could name its own."""

_KEY_DECISIONS = ("key_decision_strategy", "key_decision_award")


def gate_of(task: Task) -> str:
    """The approval a step belongs to; empty for any other step."""
    return task.gate or _GATE_OF.get(task.slug, "")


def approval_of(task: Task, facts: Facts) -> Approval | None:
    """What the organisation's own rules ask for at this step. None: it is no approval, or they say nothing of it."""
    gate = gate_of(task)
    return facts.own.approval_for(gate, facts.value, facts.category, facts.kind) if gate else None


def _is_asked_by_statute(task: Task, facts: Facts) -> bool:
    return any(
        law.confidence == "statute" and judge(law.only, facts).applies is not False for law in task.law
    )


def left_out(task: Task, facts: Facts) -> str:
    """Why the organisation's own rules leave this step out; empty where they do not. A step that the law itself asks for
    is beyond them."""
    approval = approval_of(task, facts)
    if approval is None or _is_asked_by_statute(task, facts):
        return ""
    if task.kind == TaskKind.ENDORSEMENT and not approval.endorsements:
        what = "endorsement"
    elif task.kind == TaskKind.DECISION and not approval.makers:
        what = "formal decision"
    else:
        return ""
    return f"your organisation’s own rules ask for no {what} of {GATES[approval.gate]} here ({approval.source or 'its rules'})"


def _as_task(extra: ExtraTask, own: OwnRules, *, is_past: bool = False) -> Task:
    return Task(
        slug=OWN + extra.slug,
        stage=extra.stage,
        kind=TaskKind.ACTION,
        title=extra.title,
        hint=extra.hint,
        what=extra.what,
        why=f"A step of {own.organisation or 'your organisation'}’s own rules.",
        who=extra.who,
        output=extra.title,
        law=(LawRef(extra.source, "check"),),
        when=(NO_MORE,) if is_past else extra.when,
        optional=extra.optional,
        is_own=True,
    )


def with_own_steps(journey: Journey, own: OwnRules, happened: Collection[str] = ()) -> Journey:
    """The route with the organisation's extra steps, each at the end of its stage. Its fingerprint stays the route's.

    `happened`: the steps that something happened to. One of earlier rules that is among them stays in sight, so that
    what was recorded is not lost.
    """
    extra = [
        _as_task(each, own) for each in own.extra_tasks if not each.routes or journey.slug in each.routes
    ]
    here = {task.slug for task in extra}
    for each in (*own.extra_tasks, *own.past_tasks):
        slug = OWN + each.slug
        if slug in happened and slug not in here:
            extra.append(_as_task(each, own, is_past=True))
            here.add(slug)
    if not extra:
        return journey
    order = list(Stage)
    # The route's steps are in the order of the stages, and sorting leaves those of one stage as they stand.
    tasks = sorted([*journey.tasks, *extra], key=lambda task: order.index(task.stage))
    return replace(journey, tasks=tuple(tasks))


def with_own_answers(facts: Facts) -> Facts:
    """What the organisation's own figures answer where nobody has: from its figure on, a decision is a key decision."""
    if facts.own.key_decision(facts.value) is not True:
        return facts
    said = {name: True for name in _KEY_DECISIONS if facts.answers.get(name) is None}
    return replace(facts, answers={**facts.answers, **said})
