"""The content of rules: what is written is read again the same, and every mistake names its place."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.rules import a_content, a_step, an_amount, an_approval
from toolkit.accounts.models import DecisionModel
from toolkit.core.categories import BY_SLUG
from toolkit.core.stages import Stage
from toolkit.core.who import WHO
from workflows.journeys.conditions import CONDITIONS
from workflows.journeys.own_rules import GATES, Amount, Approval, Band, ExtraTask, OwnRules
from workflows.rules.content import ALLOWANCES, WrongContent, mistakes_in, read, write
from workflows.rules.kinds import DecisionMaker, EndorsementKind
from workflows.rules.names import names, step_titles

pennies = st.decimals(0, 10**9, places=2)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


def some(of: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(of)), unique=True, max_size=4).map(tuple)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[Amount | None, Amount | None]:
    basis = draw(st.sampled_from(["inc", "ex"]))
    low, high = sorted(draw(st.tuples(pennies, pennies)))
    start = draw(st.sampled_from([None, Amount(low, basis)]))
    return start, draw(st.sampled_from([None, Amount(high + 1, basis)]))


@st.composite
def approvals(draw: st.DrawFn) -> Approval:
    start, below = draw(ranges())
    return Approval(
        draw(st.sampled_from(sorted(GATES))), start, below, draw(some(BY_SLUG)), draw(some(["goods", "services", "works"])),
        draw(some(EndorsementKind.values)), draw(st.booleans()), draw(some(DecisionMaker.values)), draw(words),
    )  # fmt: skip


@st.composite
def bands(draw: st.DrawFn) -> Band:
    start, below = draw(ranges())
    return Band(start, below, draw(st.integers(0, 20)), draw(st.booleans()), draw(words))


@st.composite
def steps(draw: st.DrawFn) -> ExtraTask:
    said = words.map(lambda text: f"x{text}")
    return ExtraTask(
        draw(st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True)), draw(st.sampled_from(list(Stage)[1:])), draw(said), draw(words),
        draw(said), draw(some(WHO).filter(bool)), draw(said), draw(some(CONDITIONS)), draw(some(["open-competition", "direct-award"])),
        draw(st.booleans()),
    )  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> OwnRules:
    """Any rules that can be kept."""
    tristate = st.sampled_from([True, False, None])
    return OwnRules(
        decision_model=draw(st.sampled_from(["", *DecisionModel.values])),
        key_decision_from=draw(st.none() | st.builds(Amount, pennies, st.sampled_from(["inc", "ex"]))),
        call_in_days=draw(st.none() | st.integers(0, 30)),
        approvals=tuple(draw(st.lists(approvals(), max_size=5))),
        bands=tuple(draw(st.lists(bands(), max_size=4))),
        extra_tasks=tuple(draw(st.lists(steps(), max_size=4, unique_by=lambda step: step.slug))),
        notes=draw(st.dictionaries(st.sampled_from(sorted(step_titles())), st.just("Ask first."), max_size=3)),
        notice_for_provided_options=draw(tristate),
        voluntary_standstill=draw(tristate),
        tolerance_percent=draw(st.integers(0, 100)),
        allowances=draw(st.dictionaries(st.sampled_from(sorted(ALLOWANCES)), st.integers(0, 730), max_size=3)),
    )  # fmt: skip


@given(rules())
def test_what_is_written_is_read_again_the_same(made: OwnRules) -> None:
    assert read(json.loads(json.dumps(write(made))), names()) == made


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["key", "gate", "start", "approvals", "steps", "notes", "pounds", "basis", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(anything, st.sampled_from(["approvals", "bands", "steps", "notes", "switches", "allowances", "key_decision_from", "call_in_days"]))  # fmt: skip
def test_anything_else_is_a_mistake_in_words_and_never_another_error(rubbish: Any, part: str) -> None:
    for content in (rubbish, {part: rubbish}, {part: [rubbish]}):
        for sentence in mistakes_in(content, names()):
            assert ": " in sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ([], "The rules: they must be a list of named parts"),
        ({"aprovals": []}, "The rules: nothing here is called aprovals"),
        (a_content(call_in_days=-1), "Call-in: this must be a whole number from 0 to 30"),
        (a_content(call_in_days=True), "Call-in: this must be a whole number from 0 to 30"),
        (a_content(key_decision_from={"pounds": "1e400", "basis": "ex"}), "Key decisions: the amount must be pounds and pence between £0 and £100 billion"),
        (a_content(key_decision_from={"pounds": "NaN", "basis": "ex"}), "Key decisions: the amount must be pounds and pence between £0 and £100 billion"),
        (a_content(key_decision_from={"pounds": "5.00", "basis": "net"}), "Key decisions: say whether the amount includes VAT"),
        (a_content(approvals=[an_approval("budget")]), "Approval 1: say what is approved: the strategy, the award, a change or a waiver"),
        (a_content(approvals=[an_approval(), an_approval()]), "Approval 2: another one has its key, strategy"),
        (a_content(approvals=[an_approval(makers=["king"])]), "Approval 1: makers: there is no king"),
        (a_content(approvals=[an_approval(start=an_amount(5), below=an_amount(5))]), "Approval 1: it ends at £5, not above where it starts, £5"),
        (a_content(approvals=[an_approval(start=an_amount(5), below=an_amount(9, "inc"))]), "Approval 1: one end includes VAT and the other does not: give both on one basis"),
        (a_content(steps=[a_step(when=["full-moon"])]), "Extra step 1: when: there is no full-moon"),
        (a_content(steps=[a_step(stage="prepare")]), "Extra step 1: say in which stage it is done"),
        (a_content(steps=[a_step(routes=["by-camel"])]), "Extra step 1: routes: there is no by-camel"),
        (a_content(notes={"no-such-step": "x"}), "Note on no-such-step: no route has such a step"),
        (a_content(allowances={"standstill": 1}), "Allowance for standstill: no activity of a plan with an allowance is called so"),
        (a_content(bands=[{"key": "a"}] * 61), "Quotation band: there are 61, and at most 60 are taken"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_place(content: Any, sentence: str) -> None:
    assert sentence in mistakes_in(content, names())


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(WrongContent) as wrong:
        read(a_content(call_in_days="5", approvals=[an_approval("x"), an_approval(makers=["y"], key="b")]))
    assert len(wrong.value.mistakes) == 3


def test_what_was_published_once_is_still_read() -> None:
    """A published set never changes, so this must be read for ever."""
    content = json.loads(
        '{"call_in_days": 5, "key_decision_from": {"pounds": "500000.00", "basis": "ex"}, "approvals": [{"key": "abc", "gate": "award", '
        '"start": {"pounds": "100000.00", "basis": "ex"}, "below": null, "categories": ["legal"], "kinds": ["services"], '
        '"endorsements": ["finance", "legal"], "in_order": false, "makers": ["cabinet", "mayor"], "source": "CSO 12"}], "bands": '
        '[{"key": "x", "start": null, "below": {"pounds": "25000.00", "basis": "ex"}, "quotations": 3, "advertise": false, "how": "In writing"}], '
        '"steps": [{"key": "board", "stage": "plan", "title": "Board", "hint": "", "what": "Go", "who": ["procurement"], "source": "CSO", '
        '"when": ["technology"], "routes": [], "optional": true}], "notes": {"business-case": "Ours"}, "switches": {"tolerance_percent": 5, '
        '"voluntary_standstill": true, "notice_for_provided_options": null}, "allowances": {"evaluation": 20}}'
    )
    own = read(content, names())
    assert own.approvals[0].makers == ("cabinet", "mayor")
    assert own.key_decision_from == Amount(Decimal("500000.00"))
    assert own.extra_tasks[0].when == ("technology",)
