"""What happens to bank holidays that a higher app must answer, in the same transaction (toolkit.core.outcomes)."""

from __future__ import annotations

from toolkit.core.outcomes import Outcome

CHANGED = Outcome[None]("holidays.changed")
"""Staff have added, changed or taken away a bank holiday: every count of working days may be another."""
