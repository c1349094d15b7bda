"""The answer to “which notices do I need?”."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from guidance.tools.forms.notices import NoticeAnswers
from guidance.tools.pages.shared import Statement, address, statement
from toolkit.core.money import pounds
from toolkit.core.text import count
from toolkit.law.notices_needed import WHY_NONE, Need, NeededNotice, NoticeFacts, Way, notices_for


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice in the list."""

    code: str
    name: str
    need: Need
    when: str
    why: Statement


@dataclass(frozen=True, slots=True)
class NoticesPage:
    headline: str
    none: Statement | None
    """Why there is no list: another law applies, or it is not known which."""
    rows: tuple[NoticeRow, ...]
    given: tuple[tuple[str, str], ...]
    url: str


_WAYS = {
    Way.COMPETITION: "A competition",
    Way.INVITED: "Quotations from invited suppliers",
    Way.CALL_OFF: "A call-off from a framework",
    Way.DIRECT: "A direct award",
    Way.DYNAMIC_MARKET: "A competition under a dynamic market",
    Way.USER_CHOICE: "User choice",
    Way.NEW_MARKET: "Setting up a dynamic market",
}
_HEADLINES = {
    "earlier": "None of UK1 to UK17: the law before the Act applies",
    "psr": "None of UK1 to UK17: the Provider Selection Regime has its own",
    "utility": "No list: a utility activity has rules of its own",
    "unknown": "Find out first which law applies",
}


def notices_page(answers: NoticeAnswers) -> NoticesPage:
    """All notices in order, with what each needs, or why there are none."""
    if answers.facts is None:
        return NoticesPage(
            headline=_HEADLINES[answers.regime],
            none=statement(WHY_NONE[answers.regime]),
            rows=(),
            given=(),
            url=address(reverse("tool_notices"), regime=answers.regime),
        )
    rows = tuple(_row(notice) for notice in notices_for(answers.facts))
    return NoticesPage(
        headline=_headline(rows), none=None, rows=rows, given=_given(answers.facts), url=_url(answers.facts)
    )


def _row(notice: NeededNotice) -> NoticeRow:
    return NoticeRow(
        notice.code,
        notice.name,
        notice.need,
        notice.when,
        Statement(notice.why, notice.source, notice.caution),
    )


def _headline(rows: tuple[NoticeRow, ...]) -> str:
    needed = sum(row.need is Need.NEEDED for row in rows)
    conditional = sum(row.need is Need.IF for row in rows)
    return f"{count(needed, 'notice').capitalize()} needed, {conditional} more depending on what happens"


def _given(facts: NoticeFacts) -> tuple[tuple[str, str], ...]:
    also = [
        words
        for true, words in (
            (facts.light_touch, "light touch"),
            (facts.concession, "a concession"),
            (facts.framework, "sets up a framework"),
        )
        if true
    ]
    return (
        ("Law", "The Procurement Act 2023"),
        ("Value", "At or above the threshold" if facts.above else "Below the threshold"),
        ("Estimate", "Not known" if facts.value_inc_vat is None else f"{pounds(facts.value_inc_vat)} including VAT"),
        ("Supplier found by", _WAYS[facts.way]),
        ("Also", ", ".join(also).capitalize() if also else "Nothing else ticked"),
        ("Market engaged", "Not yet decided" if facts.engaged is None else "Yes" if facts.engaged else "No"),
    )  # fmt: skip


def _url(facts: NoticeFacts) -> str:
    engaged = "unknown" if facts.engaged is None else "yes" if facts.engaged else "no"
    base = address(
        reverse("tool_notices"),
        regime="pa23",
        size="above" if facts.above else "below",
        value="" if facts.value_inc_vat is None else f"{facts.value_inc_vat.normalize():f}",
        way=facts.way.value,
        engaged=engaged,
    )
    also = [
        slug
        for true, slug in (
            (facts.light_touch, "light-touch"),
            (facts.concession, "concession"),
            (facts.framework, "framework"),
        )
        if true
    ]
    return base + "".join(f"&also={slug}" for slug in also)
