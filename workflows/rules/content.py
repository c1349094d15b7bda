"""The content of a rule set as it is kept (JSON) ↔ the rules that the engine reads: pure and strict.

Everything that is not exactly right is a mistake, and each mistake is a sentence that names its place. Items of lists
have a `key`, which stays while they are changed, so that two administrators can work on different ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from toolkit.accounts.models import DecisionModel
from toolkit.core import categories
from toolkit.core.money import MOST, pounds
from toolkit.core.stages import Stage
from toolkit.core.text import listed
from toolkit.core.who import WHO
from workflows.journeys.conditions import CONDITIONS
from workflows.journeys.own_rules import EX_VAT, GATES, INC_VAT, Amount, Approval, Band, ExtraTask, OwnRules
from workflows.rules.kinds import DecisionMaker, EndorsementKind

KINDS: Mapping[str, str] = {"goods": "Goods", "services": "Services", "works": "Works"}

ALLOWANCES: Mapping[str, str] = {
    "strategy": "Writing the strategy",
    "strategy-decision": "Deciding the strategy",
    "engagement": "Engaging the market",
    "specification": "Writing the specification",
    "tender-documents": "Making the tender documents ready",
    "evaluation": "Evaluating",
    "award-decision": "Deciding the award",
    "signature": "Signing the contract",
    "mobilisation": "Getting ready to start",
}
"""Activities of a plan that take as long as they take: what the law counts has no allowance."""

MOST_ITEMS = 60
"""Of each kind: more is a slip, or somebody who means harm."""
MOST_CALL_IN, MOST_TOLERANCE, MOST_ALLOWANCE, MOST_QUOTATIONS = 30, 100, 730, 20
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEY = re.compile(r"[a-z0-9-]{1,60}")
_LISTS = ("approvals", "bands", "steps")
_TOP = {"decision_model", "key_decision_from", "call_in_days", *_LISTS, "notes", "switches", "allowances"}
_SWITCHES = {"notice_for_provided_options", "voluntary_standstill", "tolerance_percent"}


class WrongContent(ValueError):
    """The content is not right: `mistakes`, each a sentence that names its place."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Names:
    """What content may name: slugs of routes and of their steps."""

    routes: frozenset[str]
    steps: frozenset[str]


def empty() -> dict[str, Any]:
    """The content of rules that say nothing."""
    return {name: [] for name in _LISTS} | {"notes": {}, "switches": {}, "allowances": {}}


def read(content: Any, names: Names | None = None) -> OwnRules:
    """The rules that `content` holds. Raises WrongContent with every mistake.

    `names` are held against routes and steps while rules are being written; what was published is read without them.
    """
    reader = _Reader(names)
    rules = reader.rules(content)
    if reader.mistakes:
        raise WrongContent(reader.mistakes)
    return rules


def mistakes_in(content: Any, names: Names | None = None) -> tuple[str, ...]:
    """Everything that is wrong with the content, as sentences."""
    try:
        read(content, names)
    except WrongContent as wrong:
        return wrong.mistakes
    return ()


def write(rules: OwnRules) -> dict[str, Any]:
    """The content of these rules. What is kept in rows of its own (meetings, contacts, closed days) is not in it."""
    content = empty()
    if rules.decision_model:
        content["decision_model"] = rules.decision_model
    if rules.key_decision_from is not None:
        content["key_decision_from"] = amount_out(rules.key_decision_from)
    if rules.call_in_days is not None:
        content["call_in_days"] = rules.call_in_days
    content["approvals"] = [_approval_out(rule, number) for number, rule in enumerate(rules.approvals, 1)]
    content["bands"] = [_band_out(band, number) for number, band in enumerate(rules.bands, 1)]
    content["steps"] = [step_out(step) for step in rules.extra_tasks]
    content["notes"] = dict(rules.notes)
    content["allowances"] = dict(rules.allowances)
    content["switches"] = {
        "notice_for_provided_options": rules.notice_for_provided_options,
        "voluntary_standstill": rules.voluntary_standstill,
        "tolerance_percent": rules.tolerance_percent,
    }
    return content


def amount_out(amount: Amount | None) -> dict[str, str] | None:
    """An amount as it is kept."""
    return None if amount is None else {"pounds": str(amount.pounds), "basis": amount.basis}


def _approval_out(rule: Approval, number: int) -> dict[str, Any]:
    return {
        "key": str(number),
        "gate": rule.gate,
        "start": amount_out(rule.start),
        "below": amount_out(rule.below),
        "categories": list(rule.categories),
        "kinds": list(rule.kinds),
        "endorsements": list(rule.endorsements),
        "in_order": rule.in_order,
        "makers": list(rule.makers),
        "source": rule.source,
    }


def _band_out(band: Band, number: int) -> dict[str, Any]:
    return {
        "key": str(number),
        "start": amount_out(band.start),
        "below": amount_out(band.below),
        "quotations": band.quotations,
        "advertise": band.advertise,
        "how": band.how,
    }


def step_out(step: ExtraTask) -> dict[str, Any]:
    """An extra step as it is kept: its key is its slug."""
    return {
        "key": step.slug,
        "stage": step.stage.value,
        "title": step.title,
        "hint": step.hint,
        "what": step.what,
        "who": list(step.who),
        "source": step.source,
        "when": list(step.when),
        "routes": list(step.routes),
        "optional": step.optional,
    }


@dataclass(slots=True)
class _Reader:
    names: Names | None
    mistakes: list[str] = field(default_factory=list)

    def wrong(self, place: str, what: str) -> None:
        self.mistakes.append(f"{place}: {what}")

    def rules(self, content: Any) -> OwnRules:
        if not isinstance(content, dict):
            self.wrong("The rules", "they must be a list of named parts")
            return OwnRules()
        self._only(content, _TOP, "The rules")
        switches = self._dict(content, "switches", "Policy switches")
        self._only(switches, _SWITCHES, "Policy switches")
        tolerance = self._number(
            switches.get("tolerance_percent", 10), 0, MOST_TOLERANCE, "Policy switches, tolerance"
        )
        return OwnRules(
            decision_model=self._decision_model(content.get("decision_model", "")),
            key_decision_from=self._amount(content.get("key_decision_from"), "Key decisions"),
            call_in_days=self._optional_number(content.get("call_in_days"), MOST_CALL_IN, "Call-in"),
            approvals=tuple(self._items(content, "approvals", "Approval", self._approval)),
            bands=tuple(self._items(content, "bands", "Quotation band", self._band)),
            extra_tasks=tuple(self._items(content, "steps", "Extra step", self._step)),
            notes=self._notes(self._dict(content, "notes", "Notes on steps")),
            notice_for_provided_options=self._switch(switches, "notice_for_provided_options"),
            voluntary_standstill=self._switch(switches, "voluntary_standstill"),
            tolerance_percent=10 if tolerance is None else tolerance,
            allowances=self._allowances(self._dict(content, "allowances", "Allowances")),
        )

    def _decision_model(self, given: Any) -> str:
        if isinstance(given, str) and given in ["", *DecisionModel.values]:
            return given
        self.wrong("Formal decisions", "say how your organisation takes them")
        return ""

    def _only(self, given: Mapping[str, Any], known: set[str], place: str) -> None:
        unknown = sorted(str(name) for name in given if name not in known)
        if unknown:
            self.wrong(place, f"nothing here is called {listed(unknown)}")

    def _dict(self, content: Mapping[str, Any], name: str, place: str) -> dict[str, Any]:
        given = content.get(name, {})
        if isinstance(given, dict):
            return given
        self.wrong(place, "this must be a set of names, each with what it says")
        return {}

    def _items[Item](
        self,
        content: Mapping[str, Any],
        name: str,
        words: str,
        one: Callable[[dict[str, Any], str], Item | None],
    ) -> Iterator[Item]:
        given = content.get(name, [])
        if not isinstance(given, list):
            self.wrong(words, "there must be a list of them")
            return
        if len(given) > MOST_ITEMS:
            self.wrong(words, f"there are {len(given)}, and at most {MOST_ITEMS} are taken")
            return
        keys: set[str] = set()
        for number, item in enumerate(given, 1):
            place = f"{words} {number}"
            if not isinstance(item, dict):
                self.wrong(place, "this must be a set of names, each with what it says")
                continue
            key = item.get("key")
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                self.wrong(place, "it has no key")
            elif key in keys:
                self.wrong(place, f"another one has its key, {key}")
            else:
                keys.add(key)
            made = one(item, place)
            if made is not None:
                yield made

    def _approval(self, item: dict[str, Any], place: str) -> Approval | None:
        self._only(
            item,
            {
                "key",
                "gate",
                "start",
                "below",
                "categories",
                "kinds",
                "endorsements",
                "in_order",
                "makers",
                "source",
            },
            place,
        )
        gate = item.get("gate")
        if not isinstance(gate, str) or gate not in GATES:
            self.wrong(place, "say what is approved: the strategy, the award, a change or a waiver")
            return None
        start, below = self._range(item, place)
        return Approval(
            gate=gate,
            start=start,
            below=below,
            categories=self._names(item, "categories", set(categories.BY_SLUG), place),
            kinds=self._names(item, "kinds", set(KINDS), place),
            endorsements=self._names(item, "endorsements", set(EndorsementKind.values), place),
            in_order=self._bool(item, "in_order", place, default=True),
            makers=self._names(item, "makers", set(DecisionMaker.values), place),
            source=self._text(item, "source", 200, place),
        )

    def _band(self, item: dict[str, Any], place: str) -> Band | None:
        self._only(item, {"key", "start", "below", "quotations", "advertise", "how"}, place)
        start, below = self._range(item, place)
        quotations = self._number(item.get("quotations"), 0, MOST_QUOTATIONS, f"{place}, quotations")
        return Band(
            start=start,
            below=below,
            quotations=quotations or 0,
            advertise=self._bool(item, "advertise", place),
            how=self._text(item, "how", 1_000, place),
        )

    def _step(self, item: dict[str, Any], place: str) -> ExtraTask | None:
        self._only(
            item,
            {"key", "stage", "title", "hint", "what", "who", "source", "when", "routes", "optional"},
            place,
        )
        slug, stage = item.get("key"), item.get("stage")
        if not isinstance(slug, str) or not _SLUG.fullmatch(slug):
            self.wrong(place, "its key must be words with hyphens")
            return None
        if not isinstance(stage, str) or stage not in {each.value for each in Stage} - {Stage.PREPARE.value}:
            self.wrong(place, "say in which stage it is done")
            return None
        routes = self.names.routes if self.names is not None else None
        return ExtraTask(
            slug=slug,
            stage=Stage(stage),
            title=self._text(item, "title", 120, place, needed=True),
            hint=self._text(item, "hint", 160, place),
            what=self._text(item, "what", 2_000, place, needed=True),
            who=self._names(item, "who", set(WHO), place, needed="say who does it"),
            source=self._text(item, "source", 200, place, needed=True),
            when=self._names(item, "when", set(CONDITIONS), place),
            routes=self._names(item, "routes", routes, place),
            optional=self._bool(item, "optional", place),
        )

    def _notes(self, given: Mapping[str, Any]) -> dict[str, str]:
        if len(given) > MOST_ITEMS:
            self.wrong("Notes on steps", f"there are {len(given)}, and at most {MOST_ITEMS} are taken")
            return {}
        notes = {}
        for step, text in given.items():
            place = f"Note on {step}"
            if not _SLUG.fullmatch(str(step)) or (self.names is not None and step not in self.names.steps):
                self.wrong(place, "no route has such a step")
            elif not isinstance(text, str) or not text.strip():
                self.wrong(place, "it says nothing")
            elif len(text) > 2_000:
                self.wrong(place, "it must be 2,000 characters or fewer")
            else:
                notes[str(step)] = text
        return notes

    def _allowances(self, given: Mapping[str, Any]) -> dict[str, int]:
        allowances = {}
        for activity, days in given.items():
            words = ALLOWANCES.get(activity)
            if words is None:
                self.wrong(
                    f"Allowance for {activity}", "no activity of a plan with an allowance is called so"
                )
                continue
            number = self._number(days, 0, MOST_ALLOWANCE, f"Allowance for {words.lower()}")
            if number is not None:
                allowances[activity] = number
        return allowances

    def _range(self, item: Mapping[str, Any], place: str) -> tuple[Amount | None, Amount | None]:
        start = self._amount(item.get("start"), f"{place}, from")
        below = self._amount(item.get("below"), f"{place}, up to")
        if start is not None and below is not None:
            if start.basis != below.basis:
                self.wrong(place, "one end includes VAT and the other does not: give both on one basis")
            elif start.pounds >= below.pounds:
                self.wrong(
                    place,
                    f"it ends at {pounds(below.pounds)}, not above where it starts, {pounds(start.pounds)}",
                )
        return start, below

    def _amount(self, given: Any, place: str) -> Amount | None:
        if given is None:
            return None
        if not isinstance(given, dict) or set(given) != {"pounds", "basis"}:
            self.wrong(place, "an amount is pounds, and whether they include VAT")
            return None
        if given["basis"] not in [INC_VAT, EX_VAT]:
            self.wrong(place, "say whether the amount includes VAT")
            return None
        try:
            amount = Decimal(given["pounds"]) if isinstance(given["pounds"], str) else Decimal("NaN")
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount <= MOST or amount != amount.quantize(Decimal("0.01")):
            self.wrong(place, "the amount must be pounds and pence between £0 and £100 billion")
            return None
        return Amount(amount, given["basis"])

    def _number(self, given: Any, least: int, most: int, place: str) -> int | None:
        if isinstance(given, int) and not isinstance(given, bool) and least <= given <= most:
            return given
        self.wrong(place, f"this must be a whole number from {least} to {most}")
        return None

    def _optional_number(self, given: Any, most: int, place: str) -> int | None:
        return None if given is None else self._number(given, 0, most, place)

    def _switch(self, switches: Mapping[str, Any], name: str) -> bool | None:
        given = switches.get(name)
        if given is None or isinstance(given, bool):
            return given
        self.wrong("Policy switches", f"{name.replace('_', ' ')} is yes, no or not said")
        return None

    def _bool(self, item: Mapping[str, Any], name: str, place: str, *, default: bool = False) -> bool:
        given = item.get(name, default)
        if isinstance(given, bool):
            return given
        self.wrong(place, f"{name.replace('_', ' ')} is yes or no")
        return default

    def _names(
        self,
        item: Mapping[str, Any],
        name: str,
        known: set[str] | frozenset[str] | None,
        place: str,
        *,
        needed: str = "",
    ) -> tuple[str, ...]:
        given = item.get(name, [])
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            self.wrong(place, f"{name} must be a list of names")
            return ()
        if needed and not given:
            self.wrong(place, needed)
        if len(set(given)) != len(given):
            self.wrong(place, f"{name}: one of them stands there twice")
        unknown = sorted(set(given) - known) if known is not None else []
        if unknown:
            self.wrong(place, f"{name}: there is no {listed(unknown, 'or')}")
        return tuple(given)

    def _text(
        self, item: Mapping[str, Any], name: str, most: int, place: str, *, needed: bool = False
    ) -> str:
        given = item.get(name, "")
        if not isinstance(given, str):
            self.wrong(place, f"{name} must be words")
            return ""
        if needed and not given.strip():
            self.wrong(place, f"{name} is empty")
        if len(given) > most:
            self.wrong(place, f"{name} must be {most:,} characters or fewer")
        return given


def steps_of(sets: Sequence[Any]) -> tuple[ExtraTask, ...]:
    """The extra steps of earlier rule sets (their `steps`, the latest first), each as the latest had it."""
    found: dict[str, ExtraTask] = {}
    for steps in sets:
        for step in read({"steps": steps or []}).extra_tasks:
            found.setdefault(step.slug, step)
    return tuple(found.values())
