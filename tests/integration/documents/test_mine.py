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

    def asked() -> int:
        with recorded() as recording:
            pages.client.get("/documents/")
        return len(recording.queries)

    a_document(by=people.officer, template=template, subject=subject_for(people.officer))
    one = asked()
    for _ in range(30):
        a_document(by=people.officer, template=template, subject=subject_for(people.officer))
    assert asked() == one
    assert Document.objects.count() == 31
    assert "Page 1 of 2" in pages.get("documents").main
