"""Assembling: what was typed stays text, conditions have three values, the same gives the same."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.documents.assembly import answers as said
from guidance.documents.assembly import body, conditions, papers, reading
from guidance.documents.assembly.assembling import asked, assemble, blank, kept, paragraphs
from guidance.documents.assembly.blocks import Clause, Heading, List, Paragraph, Table, all_texts, gaps
from guidance.documents.assembly.conditions import all_hold
from guidance.documents.assembly.definitions import Put, Template
from guidance.editorial import content
from guidance.editorial.content import ContentError
from guidance.pages.fields import Front
from tests.factories.documents import TEXT
from toolkit.core import clock

ANSWERS = {"title": "Library system", "ends-on": "2027-03-31", "staff": "no"}


def _template(text: str = TEXT) -> Template:
    front, words = content.read(text, where="exit-plan")
    return reading.template_from(Front(front, "exit-plan"), words)


def _put(text: str = TEXT) -> Put:
    return Put(_template(text), {}, clock.today())


def test_answers_stand_where_the_body_names_them() -> None:
    texts = list(all_texts(assemble(_put(), ANSWERS)))
    assert "Library system ends on 31 March 2027." in texts
    assert "No staff transfer." in texts
    assert [text for text in texts if text.startswith(("1 ", "2 ", "3 "))] == [
        "1 The contract",
        "2 Staff",
        "3 Risks",
    ]


@pytest.mark.parametrize(
    "typed",
    ["{{ 7 * 7 }}", "[[staff]]", "::: clause exit", "{period:standstill}", "<script>alert(1)</script>", "=1+1", "## No heading", "**bold**", "مرحبا"],
)  # fmt: skip
def test_what_is_typed_is_text_and_nothing_else(typed: str) -> None:
    assert f"{typed} ends on 31 March 2027." in list(all_texts(assemble(_put(), {**ANSWERS, "title": typed})))


def test_figures_are_those_of_the_documents_day() -> None:
    put = _put(TEXT.replace("No staff transfer.", "Wait {period:standstill}."))
    assert "Wait 8 working days." in list(all_texts(assemble(put, ANSWERS)))


def test_a_blank_shows_both_ways_and_every_gap() -> None:
    texts = list(all_texts(blank(_put())))
    assert "[name of the contract] ends on [end date]." in texts
    assert "Use the following if: “Will staff transfer?” is yes." in texts
    assert "Use the following if not: “Will staff transfer?” is yes." in texts
    assert "No staff transfer." in texts


def test_instructions_stay_out_of_a_finished_document() -> None:
    assert "Talk to the supplier early." in list(all_texts(assemble(_put(), ANSWERS, keeps_notes=True)))
    assert "Talk to the supplier early." not in list(all_texts(assemble(_put(), ANSWERS)))


def test_an_answer_to_a_question_that_is_ruled_out_stays_out() -> None:
    answers = {**ANSWERS, "staff-how": "Ten people"}
    assert "staff-how" not in kept(_template(), answers)
    assert "Ten people" not in "".join(all_texts(assemble(_put(), answers)))


def test_conditions_have_three_values() -> None:
    when = (conditions.read("a is yes or b is yes"), conditions.read("c is not x"))
    assert all_hold(when, {}) is None
    assert all_hold(when, {"a": "yes"}) is None
    assert all_hold(when, {"a": "yes", "c": "y"}) is True
    assert all_hold(when, {"a": "no", "b": "no"}) is False
    assert all_hold(when, {"c": "x"}) is False


def test_a_question_after_one_that_is_ruled_out_is_ruled_out() -> None:
    text = TEXT.replace(
        "[[sources]]",
        '[[questions]]\nname = "staff-when"\nsection = "exit"\nask = "When?"\nkind = "date"\ngap = "when"\n'
        'when = ["staff-how is not answered"]\n\n[[sources]]',
        1,
    ).replace(
        "::: answer staff-how",
        "::: answer staff-how\n::: if staff-how is not answered\n[[staff-when]]\n::: end",
    )
    assert "staff-when" not in [question.name for question in asked(_template(text), {"staff": "no"})]


def test_long_text_becomes_paragraphs_and_points() -> None:
    blocks = list(paragraphs("One.\nTwo.\n\n- a\n- b\nAfter."))
    assert [type(block) for block in blocks] == [Paragraph, List, Paragraph]


def test_a_clause_numbers_its_paragraphs() -> None:
    front, words = content.read('+++\ntitle = "Exit"\n\n[gaps]\nmonths = "number of months"\n+++\nWithin [[months]].\n\nAnd more.\n', where="exit")  # fmt: skip
    clause = reading.clause_from(Front(front, "exit"), words)
    put = dataclasses.replace(_put(f"{TEXT}\n::: clause exit\n"), clauses={"exit": clause})
    made = assemble(put, ANSWERS).blocks[-1]
    assert isinstance(made, Clause)
    assert (made.number, made.title) == ("4", "Exit")
    assert list(all_texts(assemble(put, ANSWERS)))[-2:] == ["4.1 Within [number of months].", "4.2 And more."]


def test_a_paper_is_kept_word_for_word() -> None:
    paper = blank(_put())
    assert papers.read(json.loads(json.dumps(papers.write(paper)))) == paper
    assert papers.digest_of(paper) == papers.digest_of(blank(_put()))


@given(st.text(max_size=400), st.lists(st.text(max_size=60), max_size=4))
def test_no_text_breaks_it(text: str, cells: list[str]) -> None:
    typed = said.clean_text(text)[:300]
    rows = [{"risk": said.clean_text(cell)} for cell in cells]
    paper = assemble(_put(), {**ANSWERS, "title": typed, "risks": rows}, keeps_notes=True)
    again = papers.read(json.loads(json.dumps(papers.write(paper))))
    assert again == paper
    if typed:
        assert f"{typed} ends on 31 March 2027." in list(all_texts(paper))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("::: end", "cannot stand here"),
        ("::: if staff is yes\nNo end.", "has no “::: end”"),
        ("::: if staff is maybe\nx\n::: end", "can never hold"),
        ("[[nobody-asks]]", "which no question asks"),
        ("[[risks]]", "is a table"),
        ("::: answer title", "write \\[\\[title\\]\\]"),
        ("# Too high", "Headings are"),
        ("| a |\n| --- |\n| b |", "needs its caption"),
    ],
)
def test_a_wrong_body_is_refused_in_a_sentence(wrong: str, sentence: str) -> None:
    with pytest.raises(ContentError, match=sentence):
        _template(f"{TEXT}\n{wrong}\n")


def test_an_answer_never_used_is_refused() -> None:
    with pytest.raises(ContentError, match="never used"):
        _template(TEXT.replace("::: answer risks", "None."))


def test_deep_conditions_are_refused() -> None:
    with pytest.raises(body.BadBody, match="within one another"):
        body.read("\n".join(["::: if a is yes"] * 5))


def test_a_fixed_table_has_its_caption() -> None:
    heading, table = body.blocks_of(
        "## Signatures\n\nTable: Signatures\n\n| Role | Date |\n| --- | --- |\n| Lead | |"
    )
    assert isinstance(heading, Heading)
    assert isinstance(table, Table) and table.caption == "Signatures"
    assert table.rows[0][1] == ()


def test_gaps_are_counted_everywhere() -> None:
    assert gaps(blank(_put()).blocks) >= 3
