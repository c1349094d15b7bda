"""The seven stages: one vocabulary for guidance, documents, routes, filters and the pipeline (design §1)."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A stage of buying, in the order of the work. The value is the slug, `label` the words on screen."""

    PREPARE = "prepare"
    PLAN = "plan"
    ENGAGE = "engage"
    DEFINE = "define"
    PROCURE = "procure"
    AWARD = "award"
    MANAGE = "manage"

    @property
    def label(self) -> str:
        return _WORDS[self][0]

    @property
    def summary(self) -> str:
        return _WORDS[self][1]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(stage.value, stage.label) for stage in cls]


_WORDS = {
    Stage.PREPARE: (
        "Prepare",
        "What a council keeps in order all year: registers, rules, people and knowledge of its markets.",
    ),
    Stage.PLAN: ("Planning", "The need, the money, the options and the decision to go ahead."),
    Stage.ENGAGE: ("Market engagement", "Talking to suppliers early, fairly and on the record."),
    Stage.DEFINE: ("Specification", "Saying what you need, how you will choose and on what terms."),
    Stage.PROCURE: ("Running the procurement", "From the notice to the evaluation, by the route you chose."),
    Stage.AWARD: ("Award", "The decision, the notices, the wait and the signature."),
    Stage.MANAGE: (
        "Contract management",
        "From handover to exit: performance, payment, change and what comes next.",
    ),
}
