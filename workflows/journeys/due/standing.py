"""Rules of the standstill and of the signature: all of section 51, and what the award notice itself states.

`competing` holds those of the first versions of routes. These know a longer period that the notice states, the awards that
section 51(3) excepts, and the organisation's own rule to promise a standstill.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from toolkit.law import notices
from toolkit.law.periods import moved
from toolkit.law.values import LegalDate, words
from workflows.journeys.conditions import not_user_choice, standstill_due, standstill_stated
from workflows.journeys.due.registry import Due, Params, rule_named, waiting
from workflows.journeys.facts import Facts

SOURCE = "Procurement Act 2023, sections 50 and 51"
SIGNATURE = "Earliest day to sign"
CLEAR = "Only if no claim has been notified, call-in is over and leaseholder consultation is closed."
_EXCEPTED: Mapping[str, str] = {
    "framework": "an award under a framework has no mandatory standstill (section 51(3))",
    "dynamic-market": "an award by reference to a dynamic market has no mandatory standstill (section 51(3))",
}
"""Exceptions that a route is, rather than a fact: `exception` of a rule."""
_PROMISE: Mapping[bool | None, str] = {
    True: "The notice promises a standstill, and the promise binds. ",
    None: "You have not said whether the notice promises a standstill, so it is counted as if it did. ",
}


def _standstill(published_on: dt.date, facts: Facts) -> LegalDate:
    """The last day: 8 working days beginning with the notice, or the later day that the notice states."""
    least = notices.standstill_end(published_on, added=facts.bank_holidays)
    stated = facts.day_of("standstill-stated")
    if stated is None or stated == least.day:
        return least
    if stated < least.day:
        return LegalDate(
            least.day,
            f"The notice states {words(stated)}, which is less than the law allows: correct the notice. {least.rule}",
            least.source,
            least.confirmed,
            "Check with your legal team whether the notice has to be published again",
        )
    return LegalDate(
        stated,
        f"The notice states {words(stated)}, longer than the 8 working days of the law, and what it states binds.",
        "Procurement Act 2023, section 51(2) and (4)",
    )


def _is_promised(facts: Facts) -> bool | None:
    """A notice that states the last day of a standstill promises one. None: nobody has said whether it does."""
    return True if facts.day_of("standstill-stated") is not None else standstill_stated(facts)


@rule_named("standstill-ends")
def standstill_ends(facts: Facts, params: Params) -> Due:
    """The last day of the standstill, mandatory or promised."""
    day = facts.day_of("award-notice")
    if day is None:
        rule = "8 working days beginning with the notice, or longer if the notice says so."
        return waiting("award-notice", "Procurement Act 2023, section 51", rule)
    return Due.of(_standstill(day, facts))


@rule_named("signature-from")
def signature_from(facts: Facts, params: Params) -> Due:
    """The first day on which the contract may be entered into. What nobody has said shortens nothing. `only =
    "above"`: of a route that the Act leaves alone below the threshold; `exception`: one of section 51(3)."""
    if not_user_choice(facts) is False:
        return Due(
            None,
            "User choice asks for no contract award notice and no standstill.",
            "Procurement Act 2023, sections 50 and 51; Schedule 5, paragraph 15",
        )
    if params.get("only") == "above" and facts.above_threshold is False:
        return Due(
            None,
            "Below the threshold the Act asks for no award notice and no standstill: sign once the decision stands.",
            "Procurement Act 2023, section 84",
        )
    exception = _EXCEPTED.get(str(params.get("exception", "")))
    waits = exception is None and standstill_due(facts) is not False
    day = facts.day_of("award-notice")
    if day is None:
        return waiting(
            "award-notice",
            SOURCE,
            "The day after the standstill ends." if waits else "After the contract award notice.",
        )
    promised = _is_promised(facts)
    if waits or promised is not False:
        ends = _standstill(day, facts)
        promise = "" if waits else _PROMISE[promised]
        return Due(
            moved(ends.day, 1),
            f"{promise}The day after the standstill ends at midnight on {words(ends.day)}. {ends.rule}",
            SOURCE if waits else "Procurement Act 2023, section 51(4)",
            ends.confirmed,
            CLEAR,
            not_before=True,
            about=SIGNATURE,
        )
    why = exception or "no standstill is mandatory here (section 51(3))"
    return Due(
        day,
        f"It may be signed on {words(day)}, once the contract award notice is published: {why}.",
        SOURCE,
        caution=CLEAR,
        not_before=True,
        about=SIGNATURE,
    )
