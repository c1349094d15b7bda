"""Every row of docs/lifecycle.md is carried by a step, or says that it comes later."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from workflows.journeys import loading

ROWS = {
    int(cells[0]): (cells[4], cells[5])
    for line in (Path(settings.ROOT) / "docs" / "lifecycle.md").read_text().splitlines()
    if re.match(r"\| \d", line) and (cells := [cell.strip() for cell in line.strip("|").split("|")])
}
STEPS = {task.slug: task for journey in loading.all_journeys().values() for task in journey.tasks}
TOLD_FAMILIES = {"competition", "direct"}
"""Of these every step is in the table or in `OWN`."""
OWN = {
    "say-which-checks-apply", "see-who-else-buys", "strategy-report", "negotiate",
    "duty-holders", "planning-gateway", "switch-tell-bidders", "urgency-record", "urgent-agreement",
    "over-the-threshold", "too-few-quotations", "advertise-instead",
}  # fmt: skip
"""Good practice, and building law, that the table of duties does not tell."""
LATER: set[int] = set()
"""Nothing waits for a later route."""

DATED = {
    2: "pipeline-notice", 7: "social-value", 8: "equality", 9: "leaseholders-first-observations", 10: "key-decision-notice-strategy", 11: "strategy-papers",
    13: "engagement-notice", 15: "planned-notice", 22: "transparency-notice", 25: "flexible-tender-notice", 26: "tender-notice", 28: "supplier-information", 30: "exclusion-notification", 32: "not-awarding",
    33: "leaseholders-second-observations", 34: "key-decision-notice-award", 36: "assessment-summaries", 38: "award-notice",
    39: "standstill", 40: "voluntary-standstill", 41: "set-indicators", 43: "contract-details-notice", 44: "contract-copy",
    45: "contracts-register", 46: "staff-information", 47: "tell-finance", 48: "payments-compliance", 49: "payments-over-30k",
    50: "indicator-assessment", 51: "breach-notice", 53: "change-notice", 54: "modified-contract-copy",
    55: "monitor", 56: "extend-or-reprocure", 57: "extend-or-reprocure", 58: "final-assessment", 59: "termination-notice", 60: "lessons", 61: "market-intention-notice",
    62: "market-modification-notice",
}  # fmt: skip
"""Row → the step whose rule answers “by when?”."""


def steps_of(row: int) -> list[str]:
    return re.findall(r"`([a-z0-9-]+)`", ROWS[row][0])


def test_all_62_rows_are_there_and_each_is_carried_or_left_for_later_with_its_reason() -> None:
    assert list(ROWS) == list(range(1, 63))
    assert {row for row, (steps, _) in ROWS.items() if steps == "Later"} == LATER
    for row, (steps, note) in ROWS.items():
        assert steps_of(row) or (steps in ("Later", "–") and note), row
        for slug in steps_of(row):
            assert slug in STEPS, f"row {row}: no route has {slug}"


def test_every_step_of_a_route_is_in_the_table_or_is_our_own() -> None:
    told = {slug for row in ROWS for slug in steps_of(row)}
    for journey in loading.all_journeys().values():
        if journey.family in TOLD_FAMILIES or journey.slug == "below-threshold-quotation":
            assert {task.slug for task in journey.tasks} - told <= OWN, journey.slug
    assert not OWN & told


def test_every_row_with_a_day_has_a_rule_that_gives_it() -> None:
    for row, slug in DATED.items():
        assert slug in steps_of(row), row
        assert STEPS[slug].due is not None, slug
