"""What happens to a contract that a higher app must answer, in the same transaction."""

from __future__ import annotations

from toolkit.core.outcomes import Outcome
from workflows.contracts.models import Contract

CHANGED = Outcome[Contract]("contracts.changed")
"""Made or changed in anything that the pipeline may show."""
