"""The answer to “which threshold applies?”."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from guidance.tools.forms.threshold import ThresholdFacts, ThresholdForm
from guidance.tools.pages.shared import Statement, address, statement
from toolkit.core.money import pounds
from toolkit.core.text import day
from toolkit.law.figures import figures_for
from toolkit.law.routes import RouteOption
from toolkit.law.thresholds import Threshold, Trigger
from toolkit.law.triage import Triage, classify, special_reasons
from toolkit.law.values import ASK_LEGAL


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Another figure and whether the value reaches it. `test`: “£30,000 or more, including VAT”."""

    test: str
    is_reached: bool
    meaning: Statement


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A route, open or not, with its page."""

    name: str
    is_open: bool
    why: Statement
    url: str


@dataclass(frozen=True, slots=True)
class ThresholdPage:
    headline: str
    statements: tuple[Statement, ...]
    given: tuple[tuple[str, str], ...]
    """What was answered, so that a printed page says it."""
    is_confirmed: bool
    figures: tuple[FigureRow, ...]
    routes: tuple[RouteRow, ...]
    notices_url: str
    url: str
    """The address of this answer."""


def threshold_page(facts: ThresholdFacts) -> ThresholdPage:
    """The threshold, how far the value is from it, the other figures, and what follows. Guidance only outside the Act."""
    triage = classify(facts.triage)
    threshold, above = triage.threshold, triage.above
    if threshold is None or above is None or triage.contract_type is None:
        return _guidance_only(facts, triage)
    return ThresholdPage(
        headline=_headline(facts.inc_vat, threshold),
        statements=(
            _figure(facts, threshold),
            _compared(facts, threshold),
            *(statement(reason) for reason in special_reasons(facts.triage, above)),
        ),
        given=_given(facts),
        is_confirmed=threshold.confirmed,
        figures=tuple(
            FigureRow(
                _test(figure.trigger),
                figure.is_reached,
                Statement(figure.meaning, figure.trigger.source, figure.trigger.caution),
            )
            for figure in figures_for(
                triage.contract_type, above=above, inc_vat=facts.inc_vat, ex_vat=facts.ex_vat
            )
        ),
        routes=tuple(_route(route) for route in triage.routes),
        notices_url=_notices_url(facts, above),
        url=_url(facts),
    )


def _test(trigger: Trigger) -> str:
    vat = "including" if trigger.includes_vat else "excluding"
    figure = pounds(trigger.amount)
    return f"{figure} or more, {vat} VAT" if trigger.at_or_above else f"More than {figure}, {vat} VAT"


def _headline(inc_vat: Decimal, threshold: Threshold) -> str:
    gap = inc_vat - threshold.amount_inc_vat
    if gap == 0:
        return "Exactly at the threshold, which counts as above it"
    return f"{'Above' if gap > 0 else 'Below'} the threshold by {pounds(abs(gap))}"


def _figure(facts: ThresholdFacts, threshold: Threshold) -> Statement:
    span = f"from {day(threshold.in_force_from)}"
    if threshold.in_force_to:
        span += f" to {day(threshold.in_force_to)}"
    if not threshold.confirmed:
        return Statement(
            f"Not confirmed: the last threshold known is {pounds(threshold.amount_inc_vat)} including VAT, for procurements that commence {span}. Yours commences after that.",
            threshold.source,
            threshold.caution,
        )
    return Statement(
        f"The threshold is {pounds(threshold.amount_inc_vat)} including VAT, for procurements that commence {span}.",
        threshold.source,
        threshold.caution,
    )


def _compared(facts: ThresholdFacts, threshold: Threshold) -> Statement:
    value = f"{pounds(facts.inc_vat)} including VAT"
    if facts.vat_was_added:
        value += f" ({pounds(facts.ex_vat)} and VAT at 20%)"
    where = "at or above" if threshold.is_reached_by(facts.inc_vat) else "below"
    return Statement(
        f"Your estimate of {value} is {where} it. A value at the figure counts as above.",
        "Procurement Act 2023, section 3 and Schedule 3",
        f"If part of it bears no VAT or another rate, work out the VAT and enter the sum with it. {ASK_LEGAL} if that decides."
        if facts.vat_was_added
        else "",
    )


def _route(route: RouteOption) -> RouteRow:
    url = reverse("route", args=[route.slug])
    return RouteRow(route.name, route.is_open, Statement(route.why, route.source), url)


def _given(facts: ThresholdFacts) -> tuple[tuple[str, str], ...]:
    vat = "VAT on top" if facts.vat_was_added else "including VAT"
    return (
        ("What you buy", dict(ThresholdForm.KINDS)[facts.kind]),
        ("Estimated value", f"{pounds(facts.ex_vat if facts.vat_was_added else facts.inc_vat)}, {vat}"),
        ("It commences on", day(facts.triage.commenced_on)),
    )


def _notices_url(facts: ThresholdFacts, above: bool) -> str:
    """The questions of the tool about notices, with what is known filled in."""
    base = address(
        reverse("tool_notices"), ask="1", regime="pa23", size="above" if above else "below", value=_plain(facts.inc_vat)
    )  # fmt: skip
    also = [("light-touch", facts.triage.light_touch), ("concession", facts.triage.concession)]
    return base + "".join(f"&also={slug}" for slug, true in also if true)


def _url(facts: ThresholdFacts) -> str:
    return address(
        reverse("tool_threshold"),
        kind=facts.kind,
        value=_plain(facts.ex_vat if facts.vat_was_added else facts.inc_vat),
        vat="ex" if facts.vat_was_added else "inc",
        on=facts.triage.commenced_on.isoformat(),
    )


def _plain(amount: Decimal) -> str:
    return pounds(amount).removeprefix("£").replace(",", "")


def _guidance_only(facts: ThresholdFacts, triage: Triage) -> ThresholdPage:
    headlines = {
        "psr": "No threshold: another law may apply",
        "pa23": "No threshold worked out: a utility activity has rules of its own",
    }
    if facts.triage.utility:
        headline = headlines["pa23"]
    else:
        headline = headlines.get(triage.regime, "No threshold of this Act: the law before it applies")
    return ThresholdPage(
        headline=headline,
        statements=tuple(statement(reason) for reason in triage.reasons),
        given=_given(facts),
        is_confirmed=True,
        figures=(),
        routes=(),
        notices_url="",
        url=_url(facts),
    )
