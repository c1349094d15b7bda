"""The answer to “is this light touch?”: never more than was read of the list."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from guidance.tools.pages.shared import Statement, address, statement
from toolkit.core.clock import today
from toolkit.core.money import pounds
from toolkit.law.light_touch import (
    RESERVED,
    STAYS,
    Difference,
    Group,
    Verdict,
    differences,
    look_up,
)
from toolkit.law.thresholds import ContractType, threshold_for


@dataclass(frozen=True, slots=True)
class LightTouchPage:
    headline: str
    service: str
    statements: tuple[Statement, ...]
    groups: tuple[Group, ...]
    differences: tuple[Difference, ...]
    stays: Statement
    reserved: Statement
    threshold_url: str
    notices_url: str
    url: str


_HEADLINES = {
    Verdict.MAY_BE: "It may be light touch: look up the exact code",
    Verdict.NOT_READ: "Not settled here: this part of the list was not read",
    Verdict.NO_MATCH: "No match in the parts of the list that were read",
}


def light_touch_page(service: str) -> LightTouchPage:
    """What can be said of this code or these words, and what light touch changes."""
    answer = look_up(service)
    ordinary = threshold_for(ContractType.GOODS_SERVICES, today())
    light = threshold_for(ContractType.LIGHT_TOUCH, today())
    known = "" if light.confirmed else " (not confirmed)"
    return LightTouchPage(
        headline="First rule out a health care service, then look up the exact code"
        if answer.is_health
        else _HEADLINES[answer.verdict],
        service=service,
        statements=tuple(statement(reason) for reason in answer.reasons),
        groups=answer.groups,
        differences=differences(
            f"{pounds(ordinary.amount_inc_vat)}{known}", f"{pounds(light.amount_inc_vat)}{known}"
        ),
        stays=statement(STAYS),
        reserved=statement(RESERVED),
        threshold_url=address(reverse("tool_threshold"), kind="light-touch", ask="1"),
        notices_url=address(reverse("tool_notices"), regime="pa23", also="light-touch", ask="1"),
        url=address(reverse("tool_light_touch"), service=service),
    )
