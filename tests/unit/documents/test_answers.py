"""Answers: what can be kept, what is refused in a sentence, and how each is said."""

from __future__ import annotations

import pytest

from guidance.documents.assembly import answers as said
from guidance.documents.assembly.definitions import Column, Option, Question, QuestionKind

OPTIONS = (Option("high", "High"), Option("low", "Low"))
TABLE = Question(
    "risks", "s", "What?", QuestionKind.TABLE, "risks",
    columns=(Column("risk", "Risk"), Column("due", "Due", QuestionKind.DATE), Column("impact", "Impact", QuestionKind.CHOICE, OPTIONS)),
)  # fmt: skip


def _question(kind: QuestionKind, **more: str) -> Question:
    return Question("q", "s", "What?", kind, "it", options=OPTIONS, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (QuestionKind.TEXT, "  Two\r\nlines\x00 ", "Two\nlines"),
        (QuestionKind.TEXT, "\ud800x", "x"),
        (QuestionKind.LONG_TEXT, "a" * 50_000, "a" * 50_000),
        (QuestionKind.CHOICE, "high", "high"),
        (QuestionKind.YES_NO, "yes", "yes"),
        (QuestionKind.DATE, "2027-02-28", "2027-02-28"),
        (QuestionKind.MONEY, "£1.25m", "1250000.00"),
        (QuestionKind.TEXT, "   ", ""),
    ],
)
def test_what_is_kept(kind: QuestionKind, typed: str, kept: str) -> None:
    assert said.checked(_question(kind), typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (QuestionKind.TEXT, "a" * 301, "300 characters or fewer"),
        (QuestionKind.LONG_TEXT, "a" * 50_001, "50,000 characters or fewer"),
        (QuestionKind.CHOICE, "middle", "Select one of the options"),
        (QuestionKind.YES_NO, "perhaps", "Select yes or no"),
        (QuestionKind.DATE, "2027-02-30", "real date"),
        (QuestionKind.DATE, "9999-01-01", "from 1900 to 2199"),
        (QuestionKind.MONEY, "lots", "amount in pounds"),
        (QuestionKind.MONEY, "999999999999999", "below £100 billion"),
        (QuestionKind.TEXT, ["a"], "must be text"),
    ],
)
def test_what_is_refused(kind: QuestionKind, typed: object, sentence: str) -> None:
    with pytest.raises(said.BadAnswer, match=sentence):
        said.checked(_question(kind), typed)


def test_rows() -> None:
    rows = said.checked(
        TABLE, [{"risk": "Late", "due": "2027-01-01", "impact": "high", "other": "x"}, {"risk": " "}]
    )
    assert rows == [{"risk": "Late", "due": "2027-01-01", "impact": "high"}]
    assert len(said.checked(TABLE, [{"risk": str(number)} for number in range(1_000)])) == 1_000
    with pytest.raises(said.BadAnswer, match="1,000 rows"):
        said.checked(TABLE, [{"risk": "x"}] * 1_001)
    with pytest.raises(said.BadAnswer, match="Row 2: Due: Enter a real date"):
        said.checked(TABLE, [{"risk": "a"}, {"risk": "b", "due": "31/02/2027"}])


def test_rows_keep_their_names() -> None:
    rows = said.with_ids([{"risk": "a", "id": "r2"}, {"risk": "b"}, {"risk": "c", "id": "r2"}])
    assert [row["id"] for row in rows] == ["r2", "r3", "r4"]
    assert said.same(rows, [{"risk": "a"}, {"risk": "b"}, {"risk": "c"}])


def test_words() -> None:
    assert said.words(_question(QuestionKind.MONEY, vat="inc"), "1250000.00") == "£1,250,000 including VAT"
    assert said.words(_question(QuestionKind.DATE), "2027-03-01") == "1 March 2027"
    assert said.words(_question(QuestionKind.CHOICE), "low") == "Low"
    assert said.words(TABLE, [{}, {}]) == "2 rows"
    assert said.words(_question(QuestionKind.TEXT), "") == ""


def test_a_spreadsheets_cells_are_read() -> None:
    assert said.read_cell(TABLE.columns[1], " 31/03/2027 ") == "2027-03-31"
    assert said.read_cell(TABLE.columns[2], "HIGH") == "high"
    assert said.read_cell(TABLE.columns[0], "=1+1") == "=1+1"
