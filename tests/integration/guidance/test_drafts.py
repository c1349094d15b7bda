"""Two editors at once, addresses that change, reviews, releases: what must hold whoever is quick."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError

from guidance.editorial import kinds, previews
from guidance.editorial.content import digest_of
from guidance.editorial.models import Item, OldAddress, Release, Revision, State
from guidance.editorial.services import drafts, publishing, releases, reviews
from guidance.editorial.services.shipped import is_changed_by_editor
from guidance.pages.models import Page
from tests.factories.content import SOURCES, a_draft_of, a_guide, a_page
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.core.errors import Refused

pytestmark = pytest.mark.django_db


def change(page: Page) -> str:
    return f"/admin/pages/page/{page.pk}/change/"


def save(pages: Pages, form: Any, **typed: Any) -> Any:
    return pages.submit(form.form("#page_form"), button="Save draft", **typed)


def test_the_second_of_two_editors_is_told_and_loses_nothing(pages: Pages, people: People) -> None:
    page = a_page()
    her, him = pages.sign_in(people.editor), Pages(jobs=pages.jobs).sign_in(people.staff)
    first, second = her.get(change(page)), him.get(change(page))
    save(her, first, body="## Do this\n\nThe first says this.")
    told = save(him, second, body="## Do this\n\nThe second says that.")
    assert "Kit Moss saved revision 2 while you were working on this" in told.text
    assert "The first says this." in " ".join(told.words(".editorial-diff .added"))
    assert told.form("#page_form").fields["body"] == ["## Do this\n\nThe second says that."]
    again = save(him, told)
    assert "Kept as revision 3" in again.text
    texts = list(Revision.objects.order_by("number").values_list("text", flat=True))
    assert "The first says this." in texts[1]
    assert "The second says that." in texts[2]


def test_saving_what_is_there_adds_no_revision(pages: Pages, people: People) -> None:
    page = a_page()
    pages.sign_in(people.editor)
    save(pages, pages.get(change(page)), body="New.", note="Why")
    save(pages, pages.get(change(page)))
    assert Revision.objects.count() == 2


def test_the_form_shows_what_is_there_so_that_saving_it_changes_nothing(pages: Pages, people: People) -> None:
    page = a_page(topics=["notices"], tasks=["standstill"])
    pages.sign_in(people.editor)
    saved = save(pages, pages.get(change(page)))
    assert not saved.words(".errornote")
    assert Revision.objects.count() == 1
    guide = a_guide()
    form = pages.get(f"/admin/pages/guide/{guide.pk}/change/").form("#guide_form")
    assert not pages.submit(form, button="Save draft").words(".errornote")
    assert Revision.objects.count() == 2


def test_what_is_live_stays_until_it_is_published(pages: Pages, people: People) -> None:
    page = a_page()
    save(pages.sign_in(people.editor), pages.get(change(page)), title="Another title", slug="another")
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Talk to suppliers", "talk-to-suppliers")
    assert "Another title" in pages.get(change(page)).form("#page_form").fields["title"]


def test_an_address_that_changed_leads_on(pages: Pages, people: People) -> None:
    page = a_page()
    old = page.get_absolute_url()
    revision = a_draft_of(page, by=people.editor, state=State.APPROVED, slug="ask-suppliers", stage="plan")
    publishing.publish(revision=revision, actor=None)
    answer = pages.get(old, follow=False, status=301)
    assert answer.headers["Location"] == "/guidance/plan/ask-suppliers/"
    # And back again: no circle is left.
    page.refresh_from_db()
    back = a_draft_of(page, by=people.editor, state=State.APPROVED, slug="talk-to-suppliers", stage="engage")
    publishing.publish(revision=back, actor=None)
    assert "Talk to suppliers" in pages.get(old).h1
    pages.get("/guidance/plan/ask-suppliers/", follow=False, status=301)
    assert OldAddress.objects.count() == 1


def test_two_pages_cannot_have_one_address(people: People) -> None:
    a_page()
    other = a_page(slug="other", title="Other")
    taken = a_draft_of(other, by=people.editor, state=State.APPROVED, slug="talk-to-suppliers")
    with pytest.raises(Refused, match="already has the address"):
        publishing.publish(revision=taken, actor=None)
    other.refresh_from_db()
    assert other.slug == "other"


def test_a_slug_that_is_taken_is_told_in_the_form(pages: Pages, people: People) -> None:
    a_page()
    other = a_page(slug="other", title="Other")
    pages.sign_in(people.editor)
    told = save(pages, pages.get(change(other)), slug="talk-to-suppliers")
    assert "Something else has this slug" in told.text


@pytest.mark.parametrize("who", ["editor", "staff"])
def test_nobody_reviews_what_they_wrote_any_of(people: People, who: str) -> None:
    page = a_page()
    people.staff, people.editor  # noqa: B018  (both are there)
    a_draft_of(page, by=people.named(who), body="One.")  # type: ignore[arg-type]
    second = people.editor if who == "staff" else people.staff
    last = a_draft_of(page, by=second, state=State.SUBMITTED, body="Two.")
    for person in (people.editor, people.staff):
        with pytest.raises(Refused, match="somebody else has to review"):
            reviews.approve(revision=last, actor=person)


def test_who_may_not_review_is_refused(people: People) -> None:
    page = a_page()
    submitted = a_draft_of(page, by=people.editor, state=State.SUBMITTED, body="New.")
    with pytest.raises(Refused, match="may review"):
        reviews.approve(revision=submitted, actor=people.administrator)


def test_sent_back_with_a_reason_that_its_author_reads(pages: Pages, people: People) -> None:
    page = a_page()
    revision = a_draft_of(page, by=people.editor, state=State.SUBMITTED, body="New.")
    review = f"/admin/pages/page/{page.pk}/review/"
    told = pages.sign_in(people.staff).submit(pages.get(review).form("Decide"), decision="send-back")
    assert "Say what has to change" in told.text
    pages.submit(told.form("Decide"), decision="send-back", comment="Name the section.")
    revision.refresh_from_db()
    assert revision.state == State.SENT_BACK
    assert "Name the section." in pages.sign_in(people.editor).get(change(page)).text
    assert "Name the section." in pages.get("/admin/editorial/revision/desk/").text


def test_an_older_revision_cannot_go_live_over_a_newer_one(people: People) -> None:
    page = a_page()
    older = a_draft_of(page, by=people.editor, state=State.APPROVED, body="Older.")
    newer = a_draft_of(page, by=people.editor, state=State.APPROVED, body="Newer.")
    publishing.publish(revision=newer, actor=None)
    with pytest.raises(Refused, match="newer is live"):
        publishing.publish(revision=older, actor=None)


def test_unreviewed_work_is_never_published(people: People) -> None:
    draft = a_draft_of(a_page(), by=people.editor, body="New.")
    for state in (State.DRAFT, State.SUBMITTED, State.SENT_BACK):
        Revision.objects.filter(pk=draft.pk).update(state=state)
        with pytest.raises(Refused, match="approved"):
            publishing.publish(revision=draft, actor=people.staff)


def test_a_set_goes_out_whole_or_not_at_all(pages: Pages, people: People) -> None:
    good, bad = a_page(), a_page(slug="other", title="Other")
    with clock.held_at(dt.datetime(2026, 11, 24, 9, tzinfo=clock.LONDON)):
        release = releases.plan(
            name="January", at=dt.datetime(2027, 1, 1, 8, tzinfo=clock.LONDON), actor=people.staff
        )
    first = a_draft_of(good, by=people.editor, state=State.APPROVED, body="New words.")
    clash = a_draft_of(bad, by=people.editor, state=State.APPROVED, slug="talk-to-suppliers")
    releases.add_revision(release=release, revision=first)
    releases.add_revision(release=release, revision=clash)
    with clock.held_at(dt.datetime(2027, 1, 1, 8, 1, tzinfo=clock.LONDON)):
        assert releases.run_due() == 0
        good.refresh_from_db()
        assert "New words." not in good.body
        release.refresh_from_db()
        assert "already has the address" in release.problem
        assert release.problem in pages.sign_in(people.staff).get("/admin/editorial/revision/desk/").text
        assert releases.run_due() == 0, "it waits for an editor, and is not tried every minute"


def test_a_release_with_a_fault_waits_and_holds_up_no_other_but_a_lost_database_is_tried_again(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug in ("first", "second"):
        release = releases.plan(
            name=slug, at=dt.datetime(2027, 1, 1, tzinfo=clock.LONDON), actor=people.staff
        )
        releases.add_withdrawal(release=release, item=a_page(slug=slug), reason="Gone")
    done = publishing.withdraw

    def fails_with(error: Exception) -> None:
        def withdraw(*, item: Item, **given: Any) -> None:
            if item.slug == "first":
                raise error
            done(item=item, **given)

        monkeypatch.setattr(publishing, "withdraw", withdraw)

    with clock.held_at(dt.datetime(2027, 1, 2, tzinfo=clock.LONDON)):
        fails_with(OperationalError("the server closed the connection"))
        with pytest.raises(OperationalError):
            releases.run_due()
        fails_with(ZeroDivisionError())
        assert releases.run_due() == 1
    problems = dict(Release.objects.values_list("name", "problem"))
    assert "unexpected" in problems["first"]
    assert not problems["second"]


def test_a_set_publishes_and_withdraws_together(people: People) -> None:
    new, old = a_page(), a_page(slug="other", title="Other")
    release = releases.plan(
        name="January", at=dt.datetime(2027, 1, 1, 8, tzinfo=clock.LONDON), actor=people.staff
    )
    revision = a_draft_of(new, by=people.editor, state=State.APPROVED, body="New words.")
    releases.add_revision(release=release, revision=revision)
    releases.add_withdrawal(release=release, item=old, reason="Replaced", read_instead=new.get_absolute_url())
    with clock.held_at(dt.datetime(2027, 1, 1, 8, tzinfo=clock.LONDON)):
        assert releases.run_due() == 1
        assert releases.run_due() == 0
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.body) == ("withdrawn", "New words.")


def test_a_cancelled_release_does_nothing(people: People) -> None:
    page = a_page()
    release = releases.plan(name="No", at=dt.datetime(2027, 1, 1, tzinfo=clock.LONDON), actor=people.staff)
    releases.add_withdrawal(release=release, item=page, reason="Gone")
    releases.cancel(release=release)
    with clock.held_at(dt.datetime(2027, 1, 2, tzinfo=clock.LONDON)):
        assert releases.run_due() == 0
    with pytest.raises(Refused):
        releases.add_withdrawal(release=release, item=page, reason="Gone")


def test_a_draft_that_was_never_published_may_be_deleted_and_nothing_else(
    pages: Pages, people: People
) -> None:
    draft, live = a_page(published=False), a_page(slug="live", title="Live")
    pages.sign_in(people.staff)
    pages.get(f"/admin/pages/page/{live.pk}/delete/", status=403)
    pages.submit(
        pages.get(f"/admin/pages/page/{draft.pk}/delete/").form("form[method=post]:not(#logout-form)")
    )
    assert list(Page.objects.values_list("slug", flat=True)) == ["live"]


def test_bringing_back_what_is_live_leaves_nothing_changed(people: People) -> None:
    page = a_page()
    a_draft_of(page, by=people.editor, body="Half done.")
    back = drafts.restore(item=page, revision=Revision.objects.get(number=1), actor=people.editor)
    assert back.text == Revision.objects.get(number=1).text
    Page.objects.update(shipped_digest=digest_of(back.text))
    page.refresh_from_db()
    assert not is_changed_by_editor(page)


@pytest.mark.django_db(transaction=True)
def test_a_look_at_what_is_not_saved_needs_no_transaction(pages: Pages, people: People) -> None:
    page = a_page()
    form = pages.sign_in(people.editor).get(change(page)).form("#page_form")
    sent = form.filled({"body": "## Do this\n\nNot saved."}, button="Save draft")
    shown = pages.client.post(f"/admin/pages/page/{page.pk}/preview/", sent)
    assert shown.status_code == 200
    assert "Nothing of this is saved yet." in shown.text
    assert "Not saved." in shown.text
    assert Revision.objects.count() == 1
    wrong = pages.client.post(f"/admin/pages/page/{page.pk}/preview/", {**sent, "title": ""})
    assert "Something is still wrong" in wrong.text


def test_a_reviewer_publishes_only_what_they_have_read(pages: Pages, people: People) -> None:
    page = a_page()
    a_draft_of(page, by=people.editor, state=State.SUBMITTED, body="Harmless.")
    read = pages.sign_in(people.staff).get(f"/admin/pages/page/{page.pk}/review/").form("Decide")
    a_draft_of(page, by=people.editor, state=State.SUBMITTED, body="Another.")
    told = pages.submit(read, decision="publish")
    assert "A newer revision was saved while you were reading" in told.text
    page.refresh_from_db()
    assert page.live_number == 1


def test_one_release_that_fails_stops_no_other(people: People) -> None:
    gone, fine = a_page(published=False), a_page(slug="fine", title="Fine")
    at = dt.datetime(2027, 1, 1, 8, tzinfo=clock.LONDON)
    first, second = (releases.plan(name=name, at=at, actor=people.staff) for name in ("First", "Second"))
    draft = a_draft_of(gone, by=people.editor, state=State.APPROVED, body="Gone.")
    releases.add_revision(release=first, revision=draft)
    releases.add_revision(
        release=second, revision=a_draft_of(fine, by=people.editor, state=State.APPROVED, body="New.")
    )
    Page.objects.filter(pk=gone.pk).delete()
    with clock.held_at(at):
        assert releases.run_due() == 1
    first.refresh_from_db()
    assert first.problem
    fine.refresh_from_db()
    assert fine.body == "New."


def test_pages_of_one_release_may_swap_addresses(pages: Pages, people: People) -> None:
    one, two = a_page(), a_page(slug="other", title="Other")
    at = dt.datetime(2027, 1, 1, 8, tzinfo=clock.LONDON)
    release = releases.plan(name="Swap", at=at, actor=people.staff)
    for page, slug in ((one, "other"), (two, "talk-to-suppliers")):
        revision = a_draft_of(page, by=people.editor, state=State.APPROVED, slug=slug)
        releases.add_revision(release=release, revision=revision)
    with clock.held_at(at):
        assert releases.run_due() == 1
        assert pages.get("/guidance/engage/other/").h1 == "Talk to suppliers"
        assert pages.get("/guidance/engage/talk-to-suppliers/").h1 == "Other"
    assert not OldAddress.objects.exists()


def test_what_was_withdrawn_since_does_not_come_back_by_itself(people: People) -> None:
    page = a_page()
    at = dt.datetime(2027, 1, 1, 8, tzinfo=clock.LONDON)
    release = releases.plan(name="Later", at=at, actor=people.staff)
    revision = a_draft_of(page, by=people.editor, state=State.APPROVED, body="New.")
    Revision.objects.filter(pk=revision.pk).update(reviewed_at=clock.now(), reviewed_by=people.staff)
    releases.add_revision(release=release, revision=revision)
    with clock.held_at(dt.datetime(2026, 12, 1, tzinfo=clock.LONDON)):
        publishing.withdraw(item=page, reason="Wrong", actor=people.staff)
    assert not release.steps.exists()
    with pytest.raises(Refused, match="withdrawn after this was approved"):
        publishing.publish(revision=revision, actor=people.staff)


def test_an_approved_revision_can_be_sent_back_and_goes_out_no_more(people: People) -> None:
    page = a_page()
    release = releases.plan(name="L", at=dt.datetime(2027, 1, 1, tzinfo=clock.LONDON), actor=people.staff)
    revision = a_draft_of(page, by=people.editor, state=State.APPROVED, body="New.")
    releases.add_revision(release=release, revision=revision)
    reviews.send_back(revision=revision, actor=people.staff, comment="Wait")
    assert not release.steps.exists()


def test_a_preview_of_what_was_deleted_says_so(pages: Pages, people: People) -> None:
    draft = a_page(published=False)
    link = previews.link_to(Revision.objects.get())
    Page.objects.filter(pk=draft.pk).delete()
    assert "does not work" in pages.get(link, status=404).h1


def test_what_was_live_before_revisions_stays_live_when_somebody_drafts(people: People) -> None:
    page = Page(
        slug="old", stage="plan", title="Old", summary="Old.", body="Old.", owner="Team", review_by=dt.date(2027, 1, 1), sources=SOURCES,
        status="published", published_at=clock.now(),
    )  # fmt: skip
    page.save()
    text = kinds.of(page).text_of(page).replace("+++\nOld.", "+++\nNew.")
    drafts.save_draft(item=page, text=text, slug="old", title="Old", base=0, actor=people.editor)
    page.refresh_from_db()
    assert (page.body, page.live_number) == ("Old.", 1)
    assert Revision.objects.count() == 2
