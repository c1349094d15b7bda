"""What an organisation adds, as it is worked on and read: names, words, and what cannot be shown to others."""

from __future__ import annotations

import datetime as dt

import pytest

from guidance.documents.assembly import additions as own
from guidance.documents.assembly import sharing
from guidance.documents.assembly.definitions import Column, Question, QuestionKind

GIVEN = {
    "ask": "Who checks?",
    "kind": "text",
    "help": "",
    "required": True,
    "options": [],
    "columns": [],
    "vat": "",
}


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        ("Who checks?", "own-who-checks"),
        ("谁?", "own-question"),
        ("__ a -- b __", "own-a-b"),
        ("x" * 160, f"own-{'x' * 30}"),
        ("'; DROP TABLE", "own-drop-table"),
    ],
)
def test_names_are_slugs_however_it_is_asked(ask: str, name: str) -> None:
    made = own.with_question({}, "", {**GIVEN, "ask": ask})
    assert made["questions"][0]["name"] == name


def test_nothing_that_was_given_is_changed() -> None:
    before = own.with_question({}, "", GIVEN)
    own.with_question(before, "own-who-checks", {**GIVEN, "ask": "Who?"})
    own.with_passage(before, "", place="end", heading="", text="x")
    assert before == own.with_question({}, "", GIVEN)


def test_there_may_be_so_many_and_no_more() -> None:
    additions: own.Additions = {}
    for number in range(own.MOST_QUESTIONS):
        additions = own.with_question(additions, "", {**GIVEN, "ask": f"Question {number}"})
    with pytest.raises(own.TooMany):
        own.with_question(additions, "", GIVEN)


def test_a_passage_keeps_its_key_when_others_go() -> None:
    additions: own.Additions = {}
    for text in ("one", "two", "three"):
        additions = own.with_passage(additions, "", place="end", heading="", text=text)
    additions = own.without_passage(additions, "p1")
    additions = own.with_passage(additions, "p3", place="start", heading="", text="3")
    additions = own.with_passage(additions, "", place="end", heading="", text="four")
    assert [(each["id"], each["text"]) for each in additions["passages"]] == [
        ("p2", "two"),
        ("p3", "3"),
        ("p4", "four"),
    ]
    with pytest.raises(KeyError):
        own.with_passage(additions, "p1", place="end", heading="", text="late")


def test_a_text_reads_without_its_marks() -> None:
    text = "## Staff\n::: if staff is yes or staff is not no\n::: answer how\n::: otherwise\nNobody: [[staff]].\n::: end\n> Ask HR."
    assert own.readable(text, {"staff": "Will staff move?", "how": "How?"}).split("\n") == [
        "Heading: Staff",
        "If “Will staff move?” is yes or “Will staff move?” is not no:",
        "[How?]",
        "Otherwise:",
        "Nobody: [Will staff move?].",
        "End of the choice",
        "Note: Ask HR.",
    ]


def test_an_endorsement_in_words() -> None:
    given = {"by": "the Board", "on": dt.date(2026, 3, 3).isoformat(), "words": ""}
    assert own.endorsement_words(own.with_endorsement({}, given)) == "the Board on 3 March 2026"
    assert own.endorsement_words(own.with_endorsement({"endorsement": given}, None)) == ""


def question(
    name: str, kind: QuestionKind = QuestionKind.LONG_TEXT, fact: str = "", *columns: Column
) -> Question:
    return Question(name, "s", "Ask?", kind, "gap", fact=fact, columns=columns)


@pytest.mark.parametrize(
    ("asked", "is_closed"),
    [
        (question("outcomes", fact="outcomes"), False),
        (question("supplier", fact="supplier"), True),
        (question("manager", fact="contract-manager"), True),
        (question("incumbent"), True),
        (question("approach"), False),
        (question("social-value-aims"), False),
        (question("price-formula"), False),
        (question("price-paid"), True),
        (question("own-who-is-the-supplier"), True),
        (question("worth", QuestionKind.MONEY), True),
        (question("lots", QuestionKind.TABLE, "lots", Column("lot", "Lot"), Column("value", "Value")), True),
        (question("rows", QuestionKind.TABLE, "", Column("what", "What"), Column("sum", "Sum", QuestionKind.MONEY)), True),
        (question("risks", QuestionKind.TABLE, "requirements", Column("requirement", "R"), Column("owner", "O")), True),
        (question("needs", QuestionKind.TABLE, "requirements", Column("requirement", "R")), False),
        (question("never-heard-of", fact="a-fact-that-came-later"), True),
    ],
)  # fmt: skip
def test_what_says_who_or_how_much_stays_here(asked: Question, is_closed: bool) -> None:
    assert bool(sharing.why_closed(asked)) == is_closed
