"""Outcomes: things that happen low in the house and that a higher app must answer in the same transaction.

    AWARDED = Outcome[Award]("procurements.awarded")      # in procurements/outcomes.py
    AWARDED.handled_by(create_contracts)                   # in contracts/apps.py, `ready`
    AWARDED.happened(award)                                # in a procurements service

Exactly one handler each (tested): a failure in it rolls the whole transaction back.
"""

from __future__ import annotations

from collections.abc import Callable


class OutcomeError(RuntimeError):
    """An outcome has no handler, or was given a second one."""


class Outcome[Happened]:
    """One named outcome and its one handler."""

    all: dict[str, Outcome] = {}

    def __init__(self, name: str) -> None:
        self.name = name
        self._handler: Callable[[Happened], None] | None = None
        Outcome.all[name] = self

    @property
    def handler(self) -> Callable[[Happened], None] | None:
        return self._handler

    def handled_by(self, handler: Callable[[Happened], None]) -> None:
        """Name the handler. Raises OutcomeError for a second, different one."""
        if self._handler is not None and self._handler is not handler:
            raise OutcomeError(f"{self.name} is handled by {self._handler.__qualname__} already")
        self._handler = handler

    def happened(self, what: Happened) -> None:
        """Call the handler, inside the caller's transaction. Raises OutcomeError when there is none."""
        if self._handler is None:
            raise OutcomeError(f"nothing handles {self.name}")
        self._handler(what)
