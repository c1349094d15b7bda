"""Borough notes: an organisation's own words beside a central page."""

from __future__ import annotations

import pytest
from django.core import mail

from guidance.editorial.models import State
from guidance.editorial.services import publishing
from guidance.pages.models import BoroughNote, Page
from guidance.pages.notes import services
from tests.factories import MembershipFactory
from tests.factories.content import a_draft_of, a_page
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from toolkit.core.errors import Refused

pytestmark = pytest.mark.django_db
OURS = "Above £5,000 ask the [desk](https://fleet.example/desk)."


def changed(page: Page, people: People, *, is_minor: bool = False) -> None:
    revision = a_draft_of(page, by=people.editor, state=State.APPROVED, body="## Do this\n\nAsk two of them.")
    type(revision).objects.filter(pk=revision.pk).update(is_minor=is_minor)
    publishing.publish(revision=revision, actor=None)
    page.refresh_from_db()


def test_an_administrator_writes_and_colleagues_alone_read(pages: Pages, people: People) -> None:
    page = a_page()
    where = page.get_absolute_url()
    pages.sign_in(people.administrator)
    form = pages.click(pages.get(where), "Add your organisation’s own note")
    shown = pages.submit(form.form("Keep the note"), body=OURS)
    assert "Fleet’s own note" in shown.main
    assert shown.links["desk"] == "https://fleet.example/desk"
    assert "Fleet’s own note" in pages.sign_in(people.viewer).get(where).main
    for other in (None, people.neighbour, people.coordinator, people.pending, people.staff):
        assert "£5,000" not in pages.sign_in(other).get(where).text


def test_nobody_else_writes(pages: Pages, people: People) -> None:
    page = a_page()
    for person in (people.officer, people.auditor, people.neighbour, people.pending):
        pages.sign_in(person).get("guidance_note", stage=page.stage, slug=page.slug, status=403)
        with pytest.raises(Refused):
            services.write(organisation=people.fleet, page=page, body=OURS, actor=person)


def test_when_the_page_changes_its_administrators_confirm_or_revise(
    pages: Pages, people: People, jobs: Jobs
) -> None:
    page = a_page()
    services.write(organisation=people.fleet, page=page, body=OURS, actor=people.administrator)
    changed(page, people)
    jobs.run()
    assert [letter.to for letter in mail.outbox if "Does your note" in letter.subject] == [
        [people.administrator.email]
    ]
    pages.sign_in(people.administrator)
    assert "1 note beside guidance waits for you" in pages.get("home").main
    assert "has changed since this note" in pages.sign_in(people.viewer).get(page.get_absolute_url()).main
    pages.sign_in(people.administrator)
    edit = pages.click(pages.get("guidance_notes"), "Talk to suppliers")
    assert "Ask two of them." in " ".join(edit.words(".app-change__line--added"))
    pages.submit(edit.form("Our note still holds"))
    assert not BoroughNote.objects.get().is_behind
    assert "waits for you" not in pages.get("home").main


def test_a_confirmation_of_an_older_change_is_refused(pages: Pages, people: People) -> None:
    page = a_page()
    services.write(organisation=people.fleet, page=page, body=OURS, actor=people.administrator)
    changed(page, people)
    edit = pages.sign_in(people.administrator).get("guidance_note", stage=page.stage, slug=page.slug)
    fresh = a_draft_of(page, by=people.editor, state=State.APPROVED, body="Ask three.")
    publishing.publish(revision=fresh, actor=None)
    answer = pages.submit(edit.form("Our note still holds"))
    assert "The page has changed again" in answer.main
    assert BoroughNote.objects.get().is_behind


def test_a_small_correction_asks_nobody(people: People, jobs: Jobs) -> None:
    page = a_page()
    services.write(organisation=people.fleet, page=page, body=OURS, actor=people.administrator)
    changed(page, people, is_minor=True)
    jobs.run()
    assert not BoroughNote.objects.get().is_behind
    assert not [letter for letter in mail.outbox if "Does your note" in letter.subject]


def test_an_empty_note_goes(pages: Pages, people: People) -> None:
    page = a_page()
    services.write(organisation=people.fleet, page=page, body=OURS, actor=people.administrator)
    pages.sign_in(people.administrator)
    pages.submit(pages.get("guidance_note", stage=page.stage, slug=page.slug).form("Keep the note"), body=" ")
    assert not BoroughNote.objects.exists()


def test_a_note_begun_for_one_organisation_never_lands_with_another(pages: Pages, people: People) -> None:
    page = a_page()
    person = people.administrator
    MembershipFactory.create(person=person, organisation=people.tyburn, roles=["administrator"])
    pages.sign_in(person)
    form = pages.get("guidance_note", stage=page.stage, slug=page.slug).form("Keep the note")
    pages.submit(pages.get("organisation_switch"), organisation="tyburn")
    told = pages.submit(form, body=OURS)
    assert "You began this for another organisation" in told.errors[0]
    assert not BoroughNote.objects.exists()


def test_the_second_of_two_administrators_is_told(pages: Pages, people: People) -> None:
    page = a_page()
    second = people.member("administrator", name="Uma Dale", second_factor=True)
    form = (
        pages.sign_in(people.administrator)
        .get("guidance_note", stage=page.stage, slug=page.slug)
        .form("Keep the note")
    )
    services.write(organisation=people.fleet, page=page, body="From Uma.", actor=second)
    told = pages.submit(form, body=OURS)
    assert "Uma Dale has changed the note meanwhile. It now says: From Uma." in told.errors[0]
    assert BoroughNote.objects.get().body == "From Uma."


def test_the_note_of_a_withdrawn_page_waits_for_nobody(pages: Pages, people: People) -> None:
    page = a_page()
    services.write(organisation=people.fleet, page=page, body=OURS, actor=people.administrator)
    publishing.withdraw(item=page, reason="Gone", actor=None)
    assert "No notes yet" in pages.sign_in(people.administrator).get("guidance_notes").main


def test_the_words_of_a_note_stand_nowhere_in_the_admin(pages: Pages, people: People) -> None:
    note = services.write(organisation=people.fleet, page=a_page(), body=OURS, actor=people.administrator)
    assert note is not None
    for person in (people.editor, people.staff):
        shown = pages.sign_in(person).get(f"/admin/pages/boroughnote/{note.pk}/change/")
        assert "£5,000" not in shown.text
