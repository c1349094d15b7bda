"""Rules below the threshold: what the organisation's own bands of quotations ask for, in words."""

from __future__ import annotations

from toolkit.law.periods import moved, working_days_beginning_with
from workflows.journeys.due.registry import Due, Params, rule_named, waiting
from workflows.journeys.facts import Facts
from workflows.journeys.own_rules import EX_VAT, Amount, Band

_STANDING_ORDERS = "Your organisation’s contract standing orders"


def _pounds(amount: Amount) -> str:
    whole = amount.pounds == amount.pounds.to_integral_value()
    vat = "excluding" if amount.basis == EX_VAT else "including"
    return f"£{amount.pounds:,.{0 if whole else 2}f} {vat} VAT"


def _span(band: Band) -> str:
    if band.start is None and band.below is None:
        return "At any value"
    if band.start is None:
        assert band.below is not None
        return f"Below {_pounds(band.below)}"
    if band.below is None:
        return f"From {_pounds(band.start)}"
    return f"From {_pounds(band.start)} to below {_pounds(band.below)}"


def band_in_words(band: Band) -> str:
    """Such as “From £25,000 excluding VAT to below £100,000 excluding VAT: three quotations.”"""
    counts = ("no quotation", "one quotation", "two quotations", "three quotations", "four quotations", "five quotations")  # fmt: skip
    many = counts[band.quotations] if band.quotations < len(counts) else f"{band.quotations} quotations"
    openly = ", advertised openly" if band.advertise else ""
    how = f" {band.how.rstrip('.')}." if band.how else ""
    return f"{_span(band)}: {many}{openly}.{how}"


@rule_named("quotation-band")
def quotation_band(facts: Facts, params: Params) -> Due:
    """Not a day, but what the organisation's own rules ask for at this value."""
    band = facts.own.band_for(facts.value)
    if band is None:
        return Due(
            None,
            "How many quotations, and whether you must advertise, stands in your contract standing orders.",
            _STANDING_ORDERS,
            caution="Check with your legal team",
            basis="practice",
        )
    unknown = facts.value.inc_vat is None and facts.value.ex_vat is None
    first = "The value is not known, so your highest band applies. " if unknown else ""
    whose = f"{facts.own.organisation}’s own rules" if facts.own.organisation else _STANDING_ORDERS
    return Due(None, first + band_in_words(band), whose, basis="practice")


@rule_named("next-working-day")
def next_working_day(facts: Facts, params: Params) -> Due:
    """The first working day of the council after an event: what councils do, not law."""
    event, source = str(params["event"]), str(params["source"])
    day = facts.day_of(event)
    if day is None:
        return waiting(event, source, "On the next working day.")
    following = working_days_beginning_with(moved(day, 1), 1, "council", source=source)
    return Due(following.day, "On the next working day.", source, following.confirmed, basis="practice")
