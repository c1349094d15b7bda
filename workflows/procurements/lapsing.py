"""When an endorsement lapses: what was endorsed beside what stands now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.core.money import pounds
from workflows.journeys.own_rules import INC_VAT, Amount, Value


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody who endorses has before them. Empty words: not kept, and so not compared."""

    value: Value
    route: str = ""
    """Its slug."""
    law: str = ""
    """In words."""
    paper: str = ""
    """The digest of the reviewed version."""


def why_lapsed(then: Shown, now: Shown, *, limit: Amount | None, tolerance_percent: int) -> str:
    """Why an endorsement of `then` does not hold for `now`; empty while it does.

    A value that falls, or that is known now and was not, is no more than was endorsed. `limit`: up to what value the
    person was listed who gave it.
    """
    was, value = then.value.inc_vat, now.value.inc_vat
    if was is not None and value is None:
        return f"the value was {pounds(was)} including VAT and cannot be estimated any more"
    if was is not None and value is not None and value > most(was, tolerance_percent):
        return f"the value rose from {pounds(was)} to {pounds(value)} including VAT, by more than {tolerance_percent}%"
    if limit is not None and _is_over(now.value, limit):
        basis = "including" if limit.basis == INC_VAT else "excluding"
        return f"whoever endorsed it is listed for up to {pounds(limit.pounds)} {basis} VAT, and the value is above that now"
    if then.route and now.route and then.route != now.route:
        return "the route is another one now"
    if then.law and now.law and then.law != now.law:
        return f"the law was {then.law} and is {now.law} now"
    if then.paper and now.paper and then.paper != now.paper:
        return "a newer version of the paper has been reviewed"
    return ""


def most(value: Decimal, tolerance_percent: int) -> Decimal:
    """Up to what value an endorsement of this value holds."""
    return value * (100 + tolerance_percent) / 100


def _is_over(value: Value, limit: Amount) -> bool:
    """A value that nobody knows is over every limit."""
    pounds_now = value.inc_vat if limit.basis == INC_VAT else value.ex_vat
    return pounds_now is None or pounds_now > limit.pounds
