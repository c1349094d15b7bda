"""Filling in a document, page by page, as people do."""

from __future__ import annotations

from typing import Any

from guidance.documents.models import Document
from guidance.documents.services import answering, making, reviewing
from guidance.documents.subjects import Known
from tests.factories.documents import TEXT, a_document, a_template
from tests.jobs import Jobs
from tests.pages import Page, Pages
from tests.personas import People
from tests.recorder import at_most
from tests.toys import Toy, a_toy, subject_for

FILLED = {"title": "Library system", "ends-on": "2027-03-31", "staff": "no"}


def a_known_toy(people: People) -> Toy:
    toy = a_toy(team=[people.officer])
    toy.known["title"] = Known("Library system", "the toy fleet", "/routes/")
    return toy


def begun(pages: Pages, people: People, label: str = "") -> Page:
    """From the start page of a toy’s document to its overview."""
    a_template()
    pages.sign_in(people.officer)
    page = pages.get("document_new", query={"template": "exit-plan", "subject": "toy:fleet"})
    return pages.submit(page, label=label)


def test_from_the_start_page_to_a_reviewed_document(pages: Pages, people: People, jobs: Jobs) -> None:
    a_known_toy(people)
    assert people.contributor, "made, so that they can be asked"
    page = begun(pages, people, "Lot 1")
    assert page.h1 == "Exit plan: Lot 1"
    assert page.tasks == {"The contract": "In progress", "The exit": "Not started"}
    assert "Secret garden of Fleet" in page.main
    assert "1 answer was filled in for you" in page.main

    page = pages.get("document_question", reference=reference(page), name="title")
    assert "Filled from the toy fleet. Change it there" in page.main
    page = pages.submit(page)
    assert page.h1 == "When does it end?"
    assert "Question 2 of 3" in page.main
    page = pages.submit(page)
    assert page.errors == ["Enter a date, or skip this question for now"]
    page = pages.submit(page, **a_day("value", 31, 3, 2027))
    assert page.h1 == "What is it worth, including VAT? (optional)"
    assert "In pounds, including VAT" in page.main
    page = pages.click(page, "Skip for now")
    assert page.tasks["The contract"] == "Completed"

    page = pages.click(page, "The exit")
    page = pages.submit(page, value="yes")
    assert page.h1 == "Who, and to whom?", "a question appears with the answer it hangs on"
    page = pages.click(page, "Back")
    page = pages.get("document_question", reference=reference(page), name="staff")
    page = pages.submit(page, value="no")
    assert page.h1 == "What could go wrong? (optional)", "and disappears"
    page = pages.click(page, "Add a row")
    page = pages.submit(page)
    assert page.errors == ["Fill in at least one cell of the row"]
    page = pages.submit(
        page,
        button="Save and add another",
        **cells(risk="Data is late", impact="high"), **a_day("cell-due", 1, 2, 2027),
    )  # fmt: skip
    page = pages.submit(page, **cells(risk="Staff leave"))
    assert [row["Risk"] for row in page.table()] == ["Data is late", "Staff leave"]
    assert page.table()[0]["Due"] == "1 February 2027"

    page = pages.get("document_check", reference=reference(page))
    assert page.facts["Will staff transfer?"] == "No"
    assert [row["Risk"] for row in page.table("What could go wrong?")] == ["Data is late", "Staff leave"]
    assert "Who, and to whom?" not in page.main
    page = pages.click(page, "Ask for a review")
    page = pages.submit(page, person=people.contributor.email, note="Is it right?")
    assert "Waiting for Ben Hale to review it" in page.main
    page = pages.get("document_question", reference=reference(page), name="title")
    assert "It is being reviewed" in page.main
    assert not page.css("[name=value]")

    pages.sign_in(people.contributor)
    page = pages.get("documents")
    assert "Yours to review" in page.main
    page = pages.get("document_review", reference=page.link("Exit plan: Lot 1").split("/")[-2])
    assert "Library system ends on 31 March 2027." in page.main, "they read what was made"
    page = pages.submit(page.form("Record your review"))
    assert page.errors == ["Select whether it is right"]
    page = pages.submit(page.form("Record your review"), passes="no")
    assert page.errors == ["Enter what has to change"]
    page = pages.submit(page.form("Record your review"), passes="yes", reasons="Sound")
    assert "Reviewed by Ben Hale" in page.main
    clean = Document.objects.get().made.get(is_draft=False)
    page = pages.get("document_made", reference=reference(page), number=str(clean.number))
    assert page.h1 == f"Version {clean.number}, clean"

    pages.sign_in(people.officer)
    page = pages.submit(pages.get("document_review", reference=reference(page)).form("Open it again"))
    assert "It is open again" in page.banner
    history = pages.get("document_history", reference=reference(page)).main
    assert "Ben Hale reviewed it" in history
    assert "“What is the contract called?” was filled from the toy fleet" in history
    assert "Ada Okoro answered “Will staff transfer?”" in history


def a_day(name: str, day: int, month: int, year: int) -> dict[str, Any]:
    """What three boxes send."""
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def cells(**given: str) -> dict[str, Any]:
    """What the form of a row sends."""
    return {f"cell-{name}": value for name, value in given.items()}


def reference(page: Page) -> str:
    return page.path.split("/")[2]


def test_there_is_one_already(pages: Pages, people: People) -> None:
    a_known_toy(people)
    begun(pages, people, "Lot 1")
    page = pages.get("document_new", query={"template": "exit-plan", "subject": "toy:fleet"})
    assert "There is one already" in page.main
    assert "Exit plan: Lot 1" in page.links


def test_nowhere_and_nobody_are_not_found_alike(pages: Pages, people: People) -> None:
    a_known_toy(people)
    a_template()
    pages.sign_in(people.officer)
    for subject in ("toy:tyburn", "toy:nothing", "nothing:fleet", "toy", "toy:", ":"):
        pages.get("document_new", query={"template": "exit-plan", "subject": subject}, status=404)
    pages.get("document_new", query={"template": "no-such"}, status=404)
    pages.get("document_new", query={"template": "exit-plan", "step": "<script>"}, status=404)
    document = a_document(by=people.officer)
    pages.get("document_question", reference=document.reference, name="no-such", status=404)
    pages.get("document_row_add", reference=document.reference, name="title", status=404)
    pages.get("document_made", reference=document.reference, number="9", status=404)
    pages.get("document_made", reference=document.reference, number="x", status=404)
    pages.sign_in(people.neighbour)
    pages.get("document", reference=document.reference, status=404)
    pages.sign_in(people.viewer).get("document_new", query={"template": "exit-plan"}, status=403)


def test_the_form_sent_twice_begins_one(pages: Pages, people: People) -> None:
    a_template()
    pages.sign_in(people.officer)
    page = pages.get("document_new", query={"template": "exit-plan"})
    for _ in range(2):
        assert pages.submit(page, label="Twice").h1 == "Exit plan: Twice"
    assert Document.objects.count() == 1
    page = pages.get("document_another", reference=Document.objects.get().reference)
    for _ in range(2):
        assert pages.submit(page, label="Lot 2").h1 == "Exit plan: Lot 2"
    assert Document.objects.count() == 2


def test_what_somebody_else_saved_meanwhile_is_shown_beside_mine(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer, answers={"staff": "yes"})
    reviewing.put_on(document=document, person=people.contributor, actor=people.officer)
    where: dict[str, Any] = {"reference": document.reference, "name": "staff-how"}
    page = pages.sign_in(people.officer).get("document_question", **where)
    answering.save_answer(document=document, name="staff-how", value="Three to B", seen=0, actor=people.contributor)  # fmt: skip

    both = pages.submit(page, value="Two to A")
    assert both.h1 == "Ben Hale answered this meanwhile"
    assert "Three to B" in both.main
    assert "Two to A" in both.main
    assert document.answers.get(name="staff-how").value == "Three to B"
    pages.submit(both.form("Save this"), value="Three to B, two to A")
    assert document.answers.get(name="staff-how").value == "Three to B, two to A"

    again = pages.submit(page, value="Two to A")
    pages.submit(again.form("Use mine"))
    assert document.answers.get(name="staff-how").value == "Two to A"
    for name, theirs, mine in (
        ("ends-on", "2027-03-31", a_day("value", 1, 4, 2027)),
        ("value", "5", {"value": "6.50"}),
        ("staff", "no", {"value": "yes"}),
    ):
        old = pages.get("document_question", reference=document.reference, name=name)
        answer = document.answers.filter(name=name).first()
        answering.save_answer(
            document=document,
            name=name,
            value=theirs,
            seen=answer.number if answer else 0,
            actor=people.contributor,
        )
        if name == "staff":  # the other of two says what it said before
            assert pages.submit(old, **mine).h1 == "Ben Hale answered this meanwhile"
        else:
            pages.submit(pages.submit(old, **mine).form("Use mine"))
    assert document.answers.get(name="ends-on").value == "2027-04-01"
    assert document.answers.get(name="value").value == "6.50"
    last = pages.submit(page, value="None")
    assert pages.click(last, "Use theirs").h1 == "What could go wrong? (optional)"
    assert document.answers.get(name="staff-how").value == "Two to A"


def test_a_row_that_somebody_else_changed_is_shown_beside_mine(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer, answers={"risks": [{"risk": "Late"}, {"risk": "Dear"}]})
    where: dict[str, Any] = {"reference": document.reference, "name": "risks", "row": "r1"}
    page = pages.sign_in(people.officer).get("document_row", **where)
    answering.change_row(
        document=document, name="risks", row="r1", values={"risk": "Very late"}, seen={"risk": "Late"}, actor=people.officer
    )  # fmt: skip
    page = pages.submit(page, **cells(risk="Too late"))
    assert page.errors == [
        "Somebody else changed this row while you were working on it. It now says what is shown here"
    ]
    assert page.facts["Risk"] == "Very late"
    page = pages.submit(page, **cells(risk="Too late"))
    assert [row["Risk"] for row in page.table()] == ["Too late", "Dear"]

    page = pages.submit(pages.click(page, "Remove row 2"))
    assert [row["Risk"] for row in page.table()] == ["Too late"]
    assert "removed" in pages.get("document_row", **{**where, "row": "r2"}).banner
    pages.get("document_row_remove", **{**where, "row": "r2"})
    pages.post("document_row", {"seen": "nonsense"}, **{**where, "row": "r2"})


def test_what_has_changed_since_is_asked_and_never_taken(pages: Pages, people: People) -> None:
    toy = a_known_toy(people)
    page = begun(pages, people)
    document = Document.objects.get()
    toy.known["title"] = Known("Library and museum system", "the toy fleet", "/routes/")
    page = pages.get("document", reference=document.reference)
    said = "1 answer says something else than the place it came from says now"
    assert said in page.main
    for name in ("document_check", "document_review_ask"):
        shown = pages.get(name, reference=document.reference)
        assert (said in shown.main) == (name == "document_check"), "and not where it cannot be asked for yet"
    assert document.answers.get(name="title").value == "Library system"
    page = pages.click(page, "Look at what changed")
    kept = pages.submit(page.form("Keep mine"))
    assert "Nothing has changed" in kept.main
    toy.known["title"] = Known("Museum system", "the toy fleet", "/routes/")
    page = pages.get("document_changed", reference=document.reference)
    toy.known["title"] = Known("Archive system", "the toy fleet", "/routes/")
    late = pages.submit(page.form("Use the new one"))
    assert "has changed again" in late.banner
    pages.submit(late.form("Use the new one"))
    assert document.answers.get(name="title").value == "Archive system"
    pages.post(
        "document_changed", {"name": "title", "value": "{", "do": "take"}, reference=document.reference
    )
    pages.post("document_changed", {"name": "no-such", "value": "1"}, reference=document.reference)


def test_an_answer_that_departs_from_its_source_says_so(pages: Pages, people: People) -> None:
    a_known_toy(people)
    page = begun(pages, people)
    where: dict[str, Any] = {"reference": reference(page), "name": "title"}
    pages.submit(pages.get("document_question", **where), value="Our library system")
    page = pages.get("document_question", **where)
    assert "departs from where it comes from, which says: Library system" in page.main


def test_moving_to_a_newer_version(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer, answers=FILLED)
    assert "newest version" in pages.sign_in(people.officer).get("document_move", reference=document.reference).main  # fmt: skip
    newer = TEXT.replace('name = "staff"\n', 'name = "transfer"\nwas = "staff"\n').replace("staff is yes", "transfer is yes")  # fmt: skip
    newer = newer.replace('staff = "no"', 'transfer = "no"').replace("When does it end?", "On which day does it end?")  # fmt: skip
    a_template(text=newer)
    page = pages.get("document", reference=document.reference)
    page = pages.click(page, "See what moving to it would change")
    assert page.facts == {"Will staff transfer?": "No"}
    page = pages.submit(page.form("Move to the newest version"))
    assert "newest version" in page.banner
    assert document.answers.get(name="transfer").value == "no"


def test_people_and_comments(pages: Pages, people: People) -> None:
    document = a_document(by=people.officer)
    people.contributor, people.neighbour  # noqa: B018  # made, so that they could be chosen
    page = pages.sign_in(people.officer).get("document_people", reference=document.reference)
    assert people.neighbour.email not in page.form().choices("person")
    page = pages.submit(page)
    assert page.errors == ["Select a person"]
    page = pages.submit(page, person=people.contributor.email)
    assert "Ben Hale is on the document" in page.banner

    pages.sign_in(people.contributor)
    page = pages.get("document_question", reference=document.reference, name="title")
    empty = pages.submit(page.form("Add the comment"))
    assert empty.errors == ["Enter a comment"]
    assert "On “What is the contract called?”" in empty.main
    page = pages.submit(empty.form("Add the comment"), text="Is this the name?\x07")
    assert "Is this the name?" in page.main
    page = pages.submit(page.form("Dealt with"))
    assert "Dealt with by Ben Hale" in page.main
    pages.post("document_comment_settle", {"comment": "99"}, reference=document.reference)
    pages.post("document_comments", {"text": "x", "question": "no-such"}, reference=document.reference)

    pages.sign_in(people.officer)
    page = pages.get("document_people", reference=document.reference)
    pages.submit(page.form("Take off"))
    pages.sign_in(people.contributor).get("document", reference=document.reference, status=404)


def test_queries_stay_the_same_however_much_there_is(pages: Pages, people: People) -> None:
    a_known_toy(people)
    small = a_document(by=people.officer, subject=subject_for(people.officer), answers={"risks": [{"risk": "Late"}]})  # fmt: skip
    large = a_document(by=people.officer, template=small.template, subject=subject_for(people.officer))
    rows = [{"risk": f"Risk {number}"} for number in range(200)]
    answering.add_rows(document=large, name="risks", rows=rows, actor=people.officer)
    for number in range(12):
        answering.change_row(
            document=large, name="risks", row="r1", values={"risk": f"Changed {number}"},
            seen={"risk": f"Changed {number - 1}" if number else "Risk 0"}, actor=people.officer,
        )  # fmt: skip
        making.make(document=large, is_draft=True, actor=people.officer)
    making.make(document=small, is_draft=True, actor=people.officer)
    pages.sign_in(people.officer)
    for route in ("document", "document_check", "document_history", "document_made_list", "document_changed", "document_people", "document_comments"):  # fmt: skip
        pages.get(route, reference=small.reference)
        with at_most(40) as few:
            pages.client.get(f"/documents/{small.reference}/{suffix(route)}")
        with at_most(len(few.queries)):
            pages.client.get(f"/documents/{large.reference}/{suffix(route)}")


def suffix(route: str) -> str:
    rest = route.removeprefix("document").removeprefix("_")
    return {"": "", "made_list": "made/"}.get(rest, f"{rest}/" if rest else "")
