"""An editor's whole story: draft, preview opened signed out, review by another, schedule, published on time by the worker,
feed and subscriber's letter, revise, diff, restore, withdraw, 410."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from guidance.editorial.models import Release, Revision
from guidance.editorial.tasks import let_out_releases
from guidance.pages.models import Page, Rendition
from tests.jobs import Jobs
from tests.pages import Page as Fetched
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.notifications.models import Subscription
from toolkit.notifications.tasks import send_news

pytestmark = pytest.mark.django_db

WRITTEN: dict[str, Any] = {
    "title": "Buy from a contract you already have",
    "slug": "contract-we-have",
    "stage": "plan",
    "position": "40",
    "summary": "Look first at what you have already bought.",
    "body": "## Do this\n\n1. Look in the register.\n2. Wait {period:standstill} where the law says so.\n\n<script>alert(1)</script>",
    "roles-0-who": "procurement",
    "roles-0-part": "responsible",
    "sources-0-label": "Procurement Act 2023",
    "sources-0-section": "section 74",
    "sources-0-checked_on": "2026-11-23",
    "sources-0-confidence": "statute",
    "owner": "Guidance team",
    "review_by": "2027-11-30",
    "note": "A new page",
}
ADDRESS = "/guidance/plan/contract-we-have/"
MORNING = dt.datetime(2026, 12, 1, 8, tzinfo=clock.LONDON)


def edit(pages: Pages, item: Page, **changes: Any) -> Fetched:
    form = pages.get(f"/admin/pages/page/{item.pk}/change/").form("#page_form")
    return pages.submit(form, button="Save draft", **changes)


def test_an_editors_whole_story(pages: Pages, people: People, jobs: Jobs) -> None:
    reviewer = people.staff

    # She drafts.
    pages.sign_in(people.editor)
    form = pages.get("/admin/pages/page/add/").form("#page_form")
    done = pages.submit(form, button="Save and send for review", **WRITTEN)
    assert not done.words(".errorlist li, .errornote")
    page = Page.objects.get(slug="contract-we-have")
    standing = pages.get(f"/admin/pages/page/{page.pk}/change/")
    assert "Waiting for review" in standing.text
    preview = standing.link("Preview link")

    # The preview opens signed out; the page itself is not there yet, nor in search.
    pages.sign_in(None)
    shown = pages.get(preview)
    assert "A preview, not the page itself" in shown.main
    assert "8 working days" in shown.main
    assert "<script>alert(1)</script>" in shown.main, "raw HTML is shown as text"
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in shown.headers["Cache-Control"]
    pages.get(ADDRESS, status=404)
    pages.get(f"{preview[:-3]}{'x' if preview[-3] != 'x' else 'y'}{preview[-2:]}", status=404)
    assert "already bought" not in pages.get("search", query={"q": "bought"}).main

    # Somebody follows the stage.
    Subscription.objects.create(
        email="reader@elsewhere.example", kind="guidance-stage", key="plan", confirmed_at=clock.now()
    )

    # She can't review her own; another can, and heard of it.
    jobs.run()
    assert [letter.to for letter in mail.outbox if "To review" in letter.subject] == [[reviewer.email]]
    review = f"/admin/pages/page/{page.pk}/review/"
    assert "somebody else has to review it" in pages.sign_in(people.editor).get(review).text
    pages.post(review, {"decision": "publish"})
    pages.sign_in(None).get(ADDRESS, status=404)
    pages.sign_in(people.staff)
    asked = pages.get(review).form("Decide")
    pages.submit(asked, decision="schedule", at_0="2026-12-01", at_1="08:00")

    # The worker publishes it on time, not before.
    let_out_releases(timestamp=0)
    pages.sign_in(None).get(ADDRESS, status=404)
    with clock.held_at(MORNING):
        let_out_releases(timestamp=0)
        assert Release.objects.get().done_at == MORNING
        jobs.run()
        live = pages.get(ADDRESS)
        assert "A preview" not in live.main
        assert "contract-we-have" in pages.get("guidance_feed").content.decode()
        assert "Buy from a contract" in pages.get("search", query={"q": "register standstill"}).main

        # The subscriber's letter.
        mail.outbox.clear()
        send_news(timestamp=0)
        jobs.run()
        assert [letter.to for letter in mail.outbox] == [["reader@elsewhere.example"]]
        assert "Buy from a contract you already have" in mail.outbox[0].body

        # The PDF was made by the job.
        made = Rendition.objects.get(kind="page", item_id=page.pk)
        assert bytes(made.content).startswith(b"%PDF")
        assert pages.get(f"{ADDRESS}pdf/").headers["Content-Type"] == "application/pdf"

    # Revise; readers see the old words until another has read the change.
    pages.sign_in(people.editor)
    edit(
        pages,
        page,
        body="## Do this\n\n1. Look in the register, and ask the contract manager.",
        note="Ask first",
    )
    assert "contract manager" not in pages.sign_in(None).get(ADDRESS).main
    pages.sign_in(people.staff)
    compared = pages.get(f"/admin/pages/page/{page.pk}/revisions/")
    assert "ask the contract manager" in " ".join(compared.words(".editorial-diff .added"))

    # Restore what was.
    form = pages.get(f"/admin/pages/page/{page.pk}/revisions/").form(
        f"form[action='/admin/pages/page/{page.pk}/revisions/1/restore/']"
    )
    pages.submit(form)
    newest = Revision.objects.filter(kind="page", item_id=page.pk).order_by("-number").first()
    assert newest is not None
    assert newest.text == Revision.objects.get(kind="page", item_id=page.pk, number=1).text

    # Withdraw, with a reason and a pointer.
    form = pages.get(f"/admin/pages/page/{page.pk}/withdraw/").form("Withdraw")
    pages.submit(form, reason="The law has changed", read_instead="/guidance/plan/")
    gone = pages.sign_in(None).get(ADDRESS, status=410)
    assert "The law has changed." in gone.main
    assert gone.links["Read this instead"] == "/guidance/plan/"
    assert "contract-we-have" not in pages.get("guidance_feed").content.decode()
    assert not Rendition.objects.exists()
    assert "Buy from a contract" not in pages.get("search", query={"q": "register"}).main
    assert reverse("guidance_page", args=["plan", "contract-we-have"]) == ADDRESS
