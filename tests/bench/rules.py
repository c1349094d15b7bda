"""New rules over a big organisation: how long a worker takes to work out which live procurements they touch."""

from __future__ import annotations

import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from tests.bench.organisation import BigOrganisation
from toolkit.accounts.models import Organisation, Person
from toolkit.core.stages import Stage
from workflows.journeys.own_rules import Amount, Approval, ExtraTask, OwnRules
from workflows.procurements.services.weighing import work_out
from workflows.rules import content
from workflows.rules.models import Weighing
from workflows.rules.services import drafts, publishing

NAME = "New rules over {size:,} live procurements"
MOST_SECONDS = 20.0
_HALF_A_MILLION = Amount(Decimal("500000.00"))
RULES = OwnRules(
    key_decision_from=_HALF_A_MILLION,
    call_in_days=5,
    approvals=(
        Approval("strategy", below=_HALF_A_MILLION, endorsements=("service",), makers=("officer",)),
        Approval("strategy", start=_HALF_A_MILLION, endorsements=("procurement", "finance"), makers=("cabinet",)),
        Approval("award", below=_HALF_A_MILLION, makers=("officer",)),
        Approval("award", start=_HALF_A_MILLION, endorsements=("finance", "legal"), makers=("cabinet", "mayor")),
    ),
    extra_tasks=(
        ExtraTask("gateway-board", Stage.PLAN, "Take it to the gateway board", "", "Go.", ("procurement",), "CSO 12"),
        ExtraTask("handover-meeting", Stage.AWARD, "Hold a handover meeting", "", "Meet.", ("contract-manager",), "CSO 14"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """Seconds by the clock, of the whole job."""

    looked_at: int
    touched: int
    seconds: float

    @property
    def name(self) -> str:
        return NAME.format(size=self.looked_at)

    def faults(self) -> list[str]:
        """What is missed, and by how much."""
        if self.seconds <= MOST_SECONDS:
            return []
        return [
            f"{self.name} take {self.seconds:.1f} s, {self.seconds - MOST_SECONDS:.1f} more than {MOST_SECONDS:.0f}"
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "touched": self.touched,
            "seconds": round(self.seconds, 2),
            "at_most_seconds": MOST_SECONDS,
        }


def measure(made: BigOrganisation) -> Weighed:
    """In the present database, which has the organisation."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    weighing = ask(made.organisation, made.administrator)
    began = time.perf_counter()
    work_out(weighing.pk)
    seconds = time.perf_counter() - began
    weighing.refresh_from_db()
    return Weighed(weighing.looked_at, weighing.touched, seconds)


def ask(organisation: Organisation, administrator: Person) -> Weighing:
    """Draft RULES, and ask what they touch."""
    draft = drafts.begin(organisation=organisation, actor=administrator)
    draft.content = content.write(RULES)
    draft.lock_version += 1
    draft.save()
    return publishing.weigh(organisation=organisation, actor=administrator)


def show(found: Weighed) -> None:
    """The line under the table."""
    print(f"{found.name}, {found.touched:,} touched: {found.seconds:.1f} s (at most {MOST_SECONDS:.0f} s)")
