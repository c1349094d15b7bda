"""What people should not send: kept whole, or refused in a sentence; never run, never lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.documents import a_document
from tests.pages import Page, Pages
from tests.personas import People

NASTY = "{{ 7 * 7 }} {% if %} <script>alert(1)</script> =1+1 \N{BUG} שלום [[title]] {money:kpis}"


@pytest.fixture
def where(people: People, pages: Pages) -> dict[str, str]:
    document = a_document(by=people.officer, answers={"staff": "yes"})
    pages.sign_in(people.officer)
    return {"reference": document.reference}


def answered(pages: Pages, where: dict[str, Any], name: str, value: str) -> Page:
    return pages.submit(pages.get("document_question", name=name, **where), value=value)


def test_the_longest_answer_is_kept_and_one_character_more_refused(pages: Pages, where: dict[str, Any]) -> None:  # fmt: skip
    assert answered(pages, where, "staff-how", "a" * 50_000).h1 == "What could go wrong? (optional)"
    page = answered(pages, where, "staff-how", "b" * 50_001)
    assert page.errors == ["The answer must be 50,000 characters or fewer"]
    assert "b" * 50_001 in page.html, "what was typed is still there"
    lines = "c\r\n" * 16_666  # a browser sends two characters for a line end, one is kept
    assert answered(pages, where, "staff-how", lines).h1 == "What could go wrong? (optional)"
    assert answered(pages, where, "title", "d" * 301).errors == ["The answer must be 300 characters or fewer"]


def test_tags_and_scripts_are_words(pages: Pages, where: dict[str, Any]) -> None:
    answered(pages, where, "staff-how", NASTY)
    for route in ("document_check", "document_history", "document_preview"):
        page = pages.get(route, **where)
        assert NASTY in page.main
        assert not page.css("main script")
    assert NASTY in pages.get("document_question", name="staff-how", **where).html.replace("&lt;", "<").replace("&gt;", ">")  # fmt: skip


def test_control_characters_are_left_out(pages: Pages, where: dict[str, Any]) -> None:
    answered(pages, where, "title", "Library\x00\x07 \x1bsystem")
    assert pages.get("document_check", **where).facts["What is the contract called?"] == "Library system"


def test_what_is_no_answer_is_refused(pages: Pages, where: dict[str, Any]) -> None:
    page = pages.post("document_question", {"value": "perhaps", "seen": "0"}, name="staff", **where)
    assert page.errors == ["Select one of the options"]
    page = answered(pages, where, "value", "-5")
    assert page.errors == ["Enter an amount in pounds, like 250,000 or 1.2 million"]
    page = pages.get("document_question", name="ends-on", **where)
    never: dict[str, Any] = {"value-day": "31", "value-month": "2", "value-year": "2027"}
    page = pages.submit(page, **never)
    assert page.errors == ["Enter a real date, like 27 3 2028"]
    for seen in ("x", "-1", "9" * 40, ""):
        pages.post("document_question", {"value": "Library", "seen": seen}, name="title", **where)
    pages.post("document_question", {"value": "x"}, name="risks", **where)
    pages.post("document_move", {"to_number": "x"}, **where)


def test_five_hundred_rows_are_pasted_at_once(pages: Pages, where: dict[str, Any]) -> None:
    page = pages.get("document_rows_paste", name="risks", **where)
    rows = "\r\n".join(f"Risk {number} <b>\t31/03/2027\tHigh" for number in range(1, 501))
    page = pages.submit(page, rows=rows)
    assert "500 rows added" in page.banner
    assert len(page.table()) == 50
    assert page.table()[49] == {"Row": "50", "Risk": "Risk 50 <b>", "Due": "31 March 2027", "Impact": "High", "Change or remove": "Change row 50 Remove row 50"}  # fmt: skip
    last = pages.get("document_question", name="risks", query={"page": "10"}, **where)
    assert last.table()[49]["Risk"] == "Risk 500 <b>"
    more = pages.get("document_rows_paste", name="risks", **where)
    for _ in range(2):
        assert "500 rows added" in pages.submit(more, rows=rows).banner, "a form sent twice adds them once"
    more = pages.get("document_rows_paste", name="risks", **where)
    full = pages.submit(more, rows="One more")
    assert full.errors == ["There may be 1,000 rows at most"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("Late\t31/03/2027\tHigh\nDear\t31/13/2027\tLow", "Row 2: Due: Enter a real date"),
        ("Late\t\tEnormous", "Row 1: Impact: Select one of the options"),
        ("Late\t\t\tmore", "Row 1 has 4 cells; the table has 3 columns"),
        ("\t\t\n  ", "Paste at least one row"),
        ("\x00", "Paste at least one row"),
    ],
)
def test_a_wrong_row_is_named_and_none_is_added(pages: Pages, where: dict[str, Any], rows: str, sentence: str) -> None:  # fmt: skip
    page = pages.submit(pages.get("document_rows_paste", name="risks", **where), rows=rows)
    assert page.errors == [sentence]
    assert "There are no rows yet" in pages.get("document_question", name="risks", **where).main


def test_an_empty_first_cell_stays_empty(pages: Pages, where: dict[str, Any]) -> None:
    page = pages.submit(pages.get("document_rows_paste", name="risks", **where), rows="\t31/03/2027\tHigh")
    assert page.table()[0]["Risk"] == ""


def test_remarks_and_labels_have_an_end(pages: Pages, where: dict[str, Any]) -> None:
    page = pages.get("document_comments", **where)
    assert pages.submit(page, text="x" * 2_001).errors == ["Comment must be 2,000 characters or fewer"]
    page = pages.get("document_another", **where)
    assert pages.submit(page, label="x" * 121).errors == ["Which one it is must be 120 characters or fewer"]


def test_going_back_shows_what_was_saved_since(pages: Pages, where: dict[str, Any]) -> None:
    """The page a browser goes back to has an old number: saving it again with another answer is told, not lost."""
    old = pages.get("document_question", name="title", **where)
    pages.submit(old, value="First")
    assert pages.submit(old, value="First").h1 == "When does it end?", "the same answer twice is one"
    page = pages.submit(old, value="Second")
    assert page.h1 == "Ada Okoro answered this meanwhile"
    assert "First" in page.main
