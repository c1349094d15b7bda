"""What a step still needs: which endorsements its organisation asks for, and which are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from toolkit.core.text import listed
from workflows.journeys.definitions import Journey, Task
from workflows.journeys.facts import Facts
from workflows.journeys.overlay import approval_of, gate_of
from workflows.journeys.progress import Progress, Status
from workflows.procurements.models import Endorsement, EndorsementKind, EndorsementStatus, Procurement

COUNTING = (EndorsementStatus.ASKED, EndorsementStatus.ENDORSED)
"""The requests that stand: asked for, or given."""


def kind_label(kind: str) -> str:
    """The words for a kind of endorsement; a kind that the toolkit does not know as it is written."""
    return dict(EndorsementKind.choices).get(kind, kind)


@dataclass(frozen=True, slots=True)
class Endorsing:
    """Where the endorsements of one step stand. `rows`: everything ever asked for in it, oldest first."""

    kinds: tuple[str, ...]
    """The kinds that the organisation's own rules ask for, in their order; empty: any one will do."""
    in_order: bool
    source: str
    """Where its rules say so."""
    rows: Sequence[Endorsement]

    @property
    def open(self) -> list[Endorsement]:
        return [row for row in self.rows if row.status == EndorsementStatus.ASKED]

    @property
    def given(self) -> dict[str, Endorsement]:
        """Kind → the endorsement that stands, the newest of each."""
        return {row.kind: row for row in self.rows if row.status == EndorsementStatus.ENDORSED}

    @property
    def missing(self) -> list[str]:
        """The kinds that are not given yet."""
        return [kind for kind in self.kinds if kind not in self.given]

    @property
    def is_complete(self) -> bool:
        return not self.missing if self.kinds else bool(self.given)

    @property
    def to_ask(self) -> list[str]:
        """The kinds that can be asked for now."""
        waiting = {row.kind for row in self.open}
        if not self.kinds:
            return [] if waiting or self.is_complete else [kind.value for kind in EndorsementKind]
        if self.in_order:
            return [kind for kind in self.missing[:1] if kind not in waiting]
        return [kind for kind in self.missing if kind not in waiting]

    @property
    def still(self) -> str:
        """Whom the step waits for, in words; empty when nobody is asked."""
        names = [str(row.asked_of) for row in self.open]
        return f"{listed(names)} to endorse" if names else ""

    @property
    def sentence(self) -> str:
        """What the step needs, in words."""
        if not self.kinds:
            return "One endorsement, by somebody whom your organisation has listed."
        words = listed([kind_label(kind) for kind in self.kinds])
        if len(self.kinds) == 1:
            how = ""
        else:
            how = ", one after another" if self.in_order else ", side by side"
        source = f" ({self.source})" if self.source else ""
        return f"Your organisation’s own rules ask for {words}{how}{source}."


def endorsing_of(procurement: Procurement, task: Task, facts: Facts) -> Endorsing:
    """Where the endorsements of a step stand. One query."""
    rows = list(
        procurement.endorsements.filter(task=task.slug)
        .select_related("asked_by", "asked_of", "stand_in", "paper__document__template")
        .defer("paper__answers")
        .order_by("asked_at", "pk")
    )
    return endorsing(task, facts, rows)


def endorsing(task: Task, facts: Facts, rows: Sequence[Endorsement]) -> Endorsing:
    """The same, for rows that are at hand."""
    approval = approval_of(task, facts)
    if approval is None:
        return Endorsing((), in_order=True, source="", rows=rows)
    kinds = tuple(dict.fromkeys(approval.endorsements))
    return Endorsing(kinds, approval.in_order, approval.source, rows)


def papers_named(progress: Progress, task: Task) -> list[str]:
    """The templates of the papers that an endorsement is of: those that the step names, else those of the steps that it
    waits for, as far as they are needed. Empty: the route asks for no document there."""
    if task.documents:
        return list(task.documents)
    before = [progress.state(slug) for slug in task.needs]
    named = [
        template for state in before if state.status != Status.NOT_NEEDED for template in state.task.documents
    ]
    return list(dict.fromkeys(named))


def steps_of_gate(journey: Journey, task: Task) -> list[str]:
    """The slugs of the steps that belong to the same approval as this one; itself alone where it names none."""
    gate = gate_of(task)
    return [each.slug for each in journey.tasks if gate and gate_of(each) == gate] or [task.slug]


def has_part(procurement: Procurement, steps: Sequence[str], person_id: int) -> bool:
    """Has somebody asked, been asked or endorsed in the steps of one approval, by what stands? Nobody does so twice, nor
    both asks and endorses. One query."""
    part = Q(asked_by=person_id) | Q(asked_of=person_id) | Q(stand_in=person_id)
    return procurement.endorsements.filter(part, task__in=steps, status__in=COUNTING).exists()
