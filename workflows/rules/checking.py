"""Held against themselves before they are published: gaps, overlaps, makers nobody can be, kinds nobody is listed for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.core.money import pounds
from toolkit.core.text import listed
from workflows.journeys.own_rules import GATES, Amount, Approval, Band, OwnRules
from workflows.rules.kinds import MEETS, DecisionMaker, EndorsementKind
from workflows.rules.words import amount_words, basis_words, gate_words, scope_words

_COUNCIL = frozenset({DecisionMaker.COMMITTEE, DecisionMaker.COUNCIL, DecisionMaker.OFFICER})
CAN_BE = {
    "executive": frozenset(DecisionMaker),
    "committees": _COUNCIL,
    "city-of-london": _COUNCIL,
    "gla-family": frozenset({DecisionMaker.MAYOR, DecisionMaker.COMMITTEE, DecisionMaker.OFFICER}),
}
"""Who can take decisions under each way of deciding; one that is not listed, or not known, leaves all possible."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who is listed for a kind of endorsement and still let in. `limit` None: any value."""

    kind: str
    limit: Amount | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit. `stops`: nothing is published before it is put right; else it is to be looked at."""

    subject: str
    sentence: str
    stops: bool = True


def findings(
    own: OwnRules, *, decision_model: str, listed_people: Sequence[Listed], bodies_meet: bool
) -> list[Finding]:
    """Everything, what stops publishing first."""
    found = [
        *_bands(own.bands),
        *(finding for gate in GATES for finding in _gate(gate, own.approvals)),
        *_makers(own.approvals, decision_model),
        *_people(own.approvals, listed_people),
        *_decisions(own, decision_model, bodies_meet),
    ]
    return sorted(found, key=lambda finding: not finding.stops)


def _tiling(
    ranges: Sequence[tuple[Amount | None, Amount | None]], of: str, subject: str, nothing: str
) -> Iterator[Finding]:
    """Where ranges of value overlap, or leave something out, taken in the order of their starts."""
    bases = {amount.basis for pair in ranges for amount in pair if amount is not None and amount.pounds}
    if len(bases) > 1:
        yield Finding(
            subject,
            f"{of}: some amounts include VAT and some do not, so that gaps cannot be seen. Give all on one basis.",
        )
        return
    basis = basis_words(next(iter(bases), "ex"))
    ordered = sorted(ranges, key=lambda pair: pair[0].pounds if pair[0] is not None else Decimal(0))
    reached: Decimal | None = Decimal(0)
    for start, below in ordered:
        begins = start.pounds if start is not None else Decimal(0)
        if reached is None or begins < reached:
            upto = f" to {pounds(reached)}" if reached is not None else " up"
            yield Finding(
                subject, f"{of}: two rules cover the same values, from {pounds(begins)}{upto} {basis}."
            )
        elif begins > reached:
            yield Finding(
                subject,
                f"{of}: nothing is said from {pounds(reached)} to below {pounds(begins)} {basis}. {nothing}",
                stops=False,
            )
        end = below.pounds if below is not None else None
        reached = None if reached is None or end is None else max(reached, end)
    if reached is not None:
        yield Finding(
            subject, f"{of}: nothing is said from {pounds(reached)} {basis} up. {nothing}", stops=False
        )


def _bands(bands: Sequence[Band]) -> Iterator[Finding]:
    if bands:
        ranges = [(band.start, band.below) for band in bands]
        yield from _tiling(ranges, "Quotations", "bands", "Above the threshold that is right.")


def _gate(gate: str, rules: Iterable[Approval]) -> Iterator[Finding]:
    mine = [rule for rule in rules if rule.gate == gate]
    plain = [rule for rule in mine if not rule.categories and not rule.kinds]
    if plain:
        ranges = [(rule.start, rule.below) for rule in plain]
        yield from _tiling(
            ranges,
            f"Approval of {GATES[gate]}",
            "approvals",
            "There the route’s own approval stays as it is.",
        )
    for number, rule in enumerate(mine):
        earlier = next((other for other in mine[:number] if _hides(other, rule)), None)
        if earlier is not None and (rule.categories or rule.kinds):
            yield Finding(
                "approvals",
                f"Approval of {GATES[gate]}, {scope_words(rule)}: it never applies, because an earlier rule covers all of it.",
            )


def _hides(first: Approval, then: Approval) -> bool:
    """Does `first`, which is asked first, cover all that `then` covers?"""
    if first.categories and not (then.categories and set(then.categories) <= set(first.categories)):
        return False
    if first.kinds and not (then.kinds and set(then.kinds) <= set(first.kinds)):
        return False
    bases = {each.basis for each in (first.start, first.below, then.start, then.below) if each is not None}
    if len(bases) > 1:
        return False
    low = first.start.pounds if first.start is not None else Decimal(0)
    other_low = then.start.pounds if then.start is not None else Decimal(0)
    if low > other_low:
        return False
    return first.below is None or (then.below is not None and then.below.pounds <= first.below.pounds)


def _makers(rules: Iterable[Approval], decision_model: str) -> Iterator[Finding]:
    able = CAN_BE.get(decision_model)
    for rule in rules if able is not None else ():
        nobody = [
            str(DecisionMaker(maker).label).lower() for maker in rule.makers if maker not in (able or ())
        ]
        if nobody:
            yield Finding(
                "approvals",
                f"{gate_words(rule.gate)}, {scope_words(rule)}: the way your organisation decides has no {listed(nobody, 'or')}.",
            )


def _reaches(limit: Amount | None, rule: Approval) -> bool:
    """Is the limit as high as the band? A limit on the other basis is left to people to compare."""
    if limit is None:
        return True
    if rule.below is None:
        return False
    return limit.basis != rule.below.basis or limit.pounds >= rule.below.pounds


def _people(rules: Iterable[Approval], people: Sequence[Listed]) -> Iterator[Finding]:
    said: set[str] = set()
    for rule in rules:
        for kind in rule.endorsements:
            words = str(EndorsementKind(kind).label).lower()
            mine = [each for each in people if each.kind == kind]
            if not mine and kind not in said:
                said.add(kind)
                yield Finding(
                    "people",
                    f"Endorsement by {words} is asked for, and nobody who is let in is listed for it.",
                    stops=False,
                )
            elif mine and not any(_reaches(each.limit, rule) for each in mine):
                yield Finding(
                    "people",
                    f"{gate_words(rule.gate)}, {scope_words(rule)}: nobody listed for {words} may endorse all of it.",
                    stops=False,
                )


def _decisions(own: OwnRules, decision_model: str, bodies_meet: bool) -> Iterator[Finding]:
    key = own.key_decision_from
    if key is not None and decision_model not in ("executive", "other"):
        yield Finding(
            "decisions",
            f"A key decision from {amount_words(key)}: only a leader or mayor and cabinet takes key decisions (SI 2012/2089).",
            stops=False,
        )
    if decision_model == "executive" and key is None:
        yield Finding("decisions", "From which value a decision is a key decision is not said.", stops=False)
    if own.call_in_days is None:
        yield Finding("decisions", "For how long a decision may be called in is not said.", stops=False)
    if not bodies_meet and any(MEETS & set(rule.makers) for rule in own.approvals):
        yield Finding(
            "meetings", "A meeting decides, and no meeting that lies ahead is entered.", stops=False
        )
    if decision_model == "executive":
        silent = sorted({gate_words(rule.gate).lower() for rule in own.approvals if not rule.makers})
        if silent:
            yield Finding(
                "approvals",
                f"No formal decision is asked for of {listed(silent)}. A step that the law itself asks for stays all the same.",
                stops=False,
            )
