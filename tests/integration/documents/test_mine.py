"""My documents: which, in what order, with which titles, for how many queries."""

from __future__ import annotations

from guidance.documents.models import Document
from guidance.documents.services import reviewing
from tests.factories.documents import TEXT, a_document, a_template
from tests.pages import Pages
from tests.personas import People
from tests.recorder import recorded
from tests.toys import a_toy, subject_for


def test_what_waits_for_me_comes_first_and_only_mine_are_there(pages: Pages, people: People) -> None:
    a_toy(team=[people.officer])
    template = a_template()
    answers = {"title": "Library system", "ends-on": "2027-03-31", "staff": "no"}
    asked = a_document(by=people.contributor, template=template, label="To review", answers=answers, subject=subject_for(people.contributor))  # fmt: skip
    reviewing.ask(document=asked, of=people.officer, note="", actor=people.contributor)
    a_document(by=people.contributor, template=template, label="Not mine", subject=subject_for(people.contributor))  # fmt: skip
    on = a_document(by=people.contributor, template=template, label="Put on")
    reviewing.put_on(document=on, person=people.officer, actor=people.contributor)
    a_document(by=people.officer, template=template, label="Begun")
    page = pages.sign_in(people.officer).get("documents")
    assert page.words(".app-list__item h2 a") == ["Exit plan: To review", "Exit plan: Begun", "Exit plan: Put on"]  # fmt: skip
    assert page.main.count("Secret garden") == 1
    page = pages.get("documents", query={"status": "review"})
    assert page.words(".app-list__item h2 a") == ["Exit plan: To review"]
    assert pages.get("documents", query={"status": "nonsense", "page": "x"}).status == 200
    assert "You have begun no document" in pages.sign_in(people.viewer).get("documents").main


def test_the_list_asks_as_much_for_many_as_for_one(pages: Pages, people: People) -> None:
    a_toy(team=[people.officer])
    template = a_template(text=TEXT.replace('confidence = "intent"', 'confidence = "open"'))
    pages.sign_in(people.officer)

    def asked() -> list[int]:
        found = []
        for query in ("", "?whose=all&q=plan+garden&status=draft"):
            with recorded() as recording:
                pages.client.get(f"/documents/{query}")
            found.append(len(recording.queries))
        return found

    a_document(by=people.officer, template=template, subject=subject_for(people.officer))
    one = asked()
    for _ in range(30):
        a_document(by=people.officer, template=template, subject=subject_for(people.officer))
    assert asked() == one
    assert Document.objects.count() == 31
    assert "Page 1 of 2" in pages.get("documents").main


def test_documents_are_found_by_what_one_may_know_of_them(pages: Pages, people: People) -> None:
    toy = a_toy(team=[people.officer, people.contributor])
    template = a_template(text=TEXT.replace('confidence = "intent"', 'confidence = "open"'))
    lot = a_document(by=people.officer, template=template, label="Lot 1", subject=subject_for(people.officer))
    a_document(by=people.officer, template=a_template("waiver", TEXT.replace("Exit plan", "Waiver")), label="100% done")  # fmt: skip
    pages.sign_in(people.officer)

    def found(**query: str) -> list[str]:
        return pages.get("documents", query=query).words(".app-list__item h2 a")

    assert found(q="lot") == ["Exit plan: Lot 1"]
    assert found(q=f"{lot.reference.lower()} exit") == ["Exit plan: Lot 1"]
    assert found(q="waiver") == ["Waiver: 100% done"]
    assert found(q="0%") == ["Waiver: 100% done"]
    assert found(q="garden plan") == ["Exit plan: Lot 1"], "the title of its record"
    assert found(q="waiver lot") == []
    assert found(q="garden", status="reviewed") == []
    assert found(q="\x00") == found()
    page = pages.get("documents", query={"q": "lot", "status": "draft"})
    assert "1 document found" in page.main
    page = pages.submit(page.form("Search documents"), q="nothing like it")
    assert page.url.endswith("status=draft&q=nothing+like+it")
    assert "None of your documents is like this" in page.main

    # Somebody put on a document whose record they may not open does not find it by the record’s title.
    viewer = people.viewer
    toy.team.clear()
    Document.objects.filter(pk=lot.pk).update(confidence="intent", created_by=people.contributor)
    reviewing.put_on(document=Document.objects.get(pk=lot.pk), person=viewer, actor=people.officer)
    pages.sign_in(viewer)
    assert found(q="lot") == ["Exit plan: Lot 1"]
    toy.hidden.add(viewer.pk)
    assert found(q="lot") == ["Exit plan: Lot 1"]
    assert found(q="garden") == []
    assert "Secret garden" not in pages.get("documents").text


def test_all_that_one_may_open_is_listed_and_no_more(pages: Pages, people: People) -> None:
    a_toy(team=[people.officer])
    template = a_template(text=TEXT.replace('confidence = "intent"', 'confidence = "open"'))
    a_document(by=people.officer, template=template, label="Open", subject=subject_for(people.officer))
    a_document(by=people.officer, template=template, label="Private")
    page = pages.sign_in(people.contributor).get("documents")
    page = pages.click(page, "All I may open")
    assert page.h1 == "Documents I may open"
    assert page.words(".app-list__item h2 a") == ["Exit plan: Open"]
    assert "Fleet" in page.words(".app-list__meta")[0]
    assert pages.get("documents", query={"whose": "all", "q": "private"}).words(".app-list__item") == []
    page = pages.sign_in(people.auditor).get("documents", query={"whose": "all"})
    assert page.words(".app-list__item h2 a") == ["Exit plan: Private", "Exit plan: Open"]
    assert pages.sign_in(people.neighbour).get("documents", query={"whose": "all"}).words(".app-list__item") == []  # fmt: skip
