"""Reading: pages, guides, glossary, roles, print, PDF, feed, feedback, pictures."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from pypdf import PdfReader

from guidance.editorial.models import Image, Revision, State
from guidance.editorial.services import publishing
from guidance.pages import renewing
from guidance.pages.markdown import MOST_WORDS
from guidance.pages.models import Feedback, Rendition
from guidance.pages.pdf import made_of
from guidance.pages.renditions import html_of, make
from tests.factories.content import SOURCES, a_draft_of, a_guide, a_page, a_picture, a_term, an_introduction
from tests.jobs import Jobs
from tests.pages import Pages
from tests.personas import People
from toolkit.core import clock
from toolkit.notifications.models import News
from toolkit.search.models import BestBet, SearchEntry

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_page_shows_who_law_upkeep_and_what_changed(pages: Pages, people: People) -> None:
    page = a_page(
        roles=[
            {"who": "procurement", "part": "responsible", "detail": ""},
            {"who": "legal", "part": "consulted", "detail": "if anyone challenges"},
        ]
    )
    change = a_draft_of(page, by=people.editor, state=State.APPROVED, body="## Do this\n\nAsk two.")
    publishing.publish(revision=change, actor=None)
    shown = pages.get(page.get_absolute_url())
    assert shown.facts["Responsible"] == "Procurement"
    assert shown.facts["Consulted"] == "Legal, if anyone challenges"
    for words in ("Commercial team", "By 31 May 2027", "last checked 23 November 2026", "Something changed"):
        assert words in shown.main


def test_a_small_correction_is_not_told(people: People, pages: Pages) -> None:
    page = a_page()
    before = page.updated_at
    small = a_draft_of(page, by=people.editor, state=State.APPROVED, body="Ask what they can do!")
    type(small).objects.filter(pk=small.pk).update(is_minor=True)
    with clock.held_at(clock.now() + dt.timedelta(hours=1)):
        publishing.publish(revision=small, actor=None)
    page.refresh_from_db()
    assert page.updated_at == before
    assert len(page.changes) == 1
    assert pages.get("guidance_feed").content.decode().count("<entry>") == 1


def test_the_first_use_of_a_word_opens_its_meaning_without_a_script(pages: Pages) -> None:
    a_term(also=["stand still"])
    a_term(slug="gone", name="tender", is_marked=False, meaning="An offer.")
    page = a_page(
        body="## Standstill\n\nA standstill, then a standstill. The [standstill](/guidance/award/) tender."
    )
    shown = pages.get(page.get_absolute_url())
    buttons = shown.css("button.app-term")
    assert [(button.text, button.get("popovertarget")) for button in buttons] == [
        ("standstill", "term-standstill")
    ]
    meaning = shown.css("#term-standstill[popover]")
    assert len(meaning) == 1
    assert "The days you wait before you sign." in shown.main


def test_a_guide_threads_pages_across_stages(pages: Pages) -> None:
    a_page()
    a_page(slug="write-it-down", title="Write it down", stage="define", summary="Write it down.")
    guide = a_guide(
        steps=[
            {"title": "Talk", "text": "First {period:tender}.", "pages": ["talk-to-suppliers", "not-there"]},
            {"title": "Write", "text": "", "pages": ["write-it-down"]},
        ]
    )
    shown = pages.get(guide.get_absolute_url())
    assert "First 25 days." in shown.main
    first = pages.get(shown.link("Talk to suppliers"))
    assert "Page 1 of 2 in the guide First steps" in first.main
    second = pages.get(first.link("Next: Write it down"))
    assert "Page 2 of 2" in second.main
    assert (
        second.links["Before: Talk to suppliers"] == "/guidance/engage/talk-to-suppliers/?guide=first-steps"
    )
    assert "First steps" in pages.get("/guidance/define/write-it-down/").links
    for odd in ("nonsense", "", "%00", "x" * 5000):
        assert "in the guide" not in pages.get(f"/guidance/define/write-it-down/?guide={odd}").main


def test_guidance_for_a_role(pages: Pages) -> None:
    a_page(roles=[{"who": "legal", "part": "consulted", "detail": ""}])
    index = pages.get("guidance")
    mine = pages.get(index.link("Legal"))
    assert "You are consulted" in mine.main
    assert "No page gives this role a part yet" in pages.get("guidance_for", who="finance").main
    pages.get("/guidance/for/nobody/", status=404)


def test_the_glossary(pages: Pages) -> None:
    a_page()
    a_term(
        name="PSQ",
        slug="psq",
        meaning="The **procurement-specific questionnaire**.",
        page="talk-to-suppliers",
    )
    a_term(name="PQQ", slug="pqq", meaning="An old word.", see="psq")
    a_term(name="21 days", slug="21-days", meaning="Three weeks.")
    index = pages.get("glossary")
    assert "PQQ · PSQ" in index.main
    assert "Three weeks." in pages.get(index.link("0–9")).main
    shown = pages.get(index.link("P"))
    assert "Today: PSQ" in shown.main
    assert shown.links["PSQ"] == "/guidance/glossary/p/#psq"
    assert shown.links["Talk to suppliers"] == "/guidance/engage/talk-to-suppliers/"


def test_a_letter_without_words_and_no_letter_at_all(pages: Pages) -> None:
    assert "No word begins with this letter" in pages.get("/guidance/glossary/x/").main
    for odd in ("xy", "9", "-", "X"):
        pages.get(f"/guidance/glossary/{odd}/", status=404)


def test_a_text_marks_so_many_words_and_no_more(pages: Pages) -> None:
    names = [f"word{number}" for number in range(MOST_WORDS + 5)]
    for name in names:
        a_term(name=name, slug=name)
    shown = pages.get(a_page(body=" ".join(names)).get_absolute_url())
    assert [button.text for button in shown.css("button.app-term")] == names[:MOST_WORDS]


def test_what_moved_or_went_on_paper_too(pages: Pages, people: People) -> None:
    page, guide = a_page(), a_guide()
    for item, slug in ((page, "ask-suppliers"), (guide, "begin-here")):
        old = item.get_absolute_url()
        change = a_draft_of(item, by=people.editor, state=State.APPROVED, slug=slug)
        publishing.publish(revision=change, actor=None)
        item.refresh_from_db()
        for form in ("", "print/", "pdf/"):
            moved = pages.get(f"{old}{form}?guide=a%26b&x=1", status=301, follow=False)
            assert moved.headers["Location"] == f"{item.get_absolute_url()}{form}?guide=a%26b"
            assert (
                pages.get(f"{old}{form}", status=301, follow=False).headers["Location"]
                == f"{item.get_absolute_url()}{form}"
            )
        publishing.withdraw(item=item, reason="The law changed", actor=None)
        for form in ("", "print/", "pdf/"):
            assert "The law changed" in pages.get(f"{item.get_absolute_url()}{form}", status=410).main
    for form in ("print/", "pdf/"):
        pages.get(f"/guidance/engage/never-was/{form}", status=404)


def test_stage_introductions_are_edited_too(pages: Pages) -> None:
    made = an_introduction(body="Wait {period:standstill}.")
    assert "Wait 8 working days." in pages.get(made.get_absolute_url()).main


def test_figures_follow_the_law(pages: Pages) -> None:
    page = a_page(
        body="Above {threshold:goods-services-sub-central}; {date:standstill:2026-11-23}; {money:kpis}."
    )
    assert "Above £207,720; 3 December 2026; £5 million." in pages.get(page.get_absolute_url()).main


def test_useful_is_a_page_of_its_own_and_keeps_no_contact(pages: Pages) -> None:
    page = a_page()
    ask = pages.click(pages.get(page.get_absolute_url()), "Is this page useful?")
    wrong = pages.submit(ask)
    assert wrong.errors == ["Select yes if this page is useful"]
    thanks = pages.submit(wrong, is_useful="no", words="Nothing on lots. Ring me: 020 7946 0991, a@b.example")
    assert thanks.h1 == "Thank you"
    kept = Feedback.objects.get()
    assert not kept.is_useful
    assert "020" not in kept.words
    assert "@" not in kept.words
    too_long = pages.submit(ask, is_useful="yes", words="x" * 1_201)
    assert "1,200 characters or fewer" in too_long.errors[0]


def test_useful_is_limited(pages: Pages) -> None:
    ask = pages.get("guidance_feedback", stage="engage", slug=a_page().slug)
    for _ in range(30):
        pages.submit(ask, is_useful="yes")
    pages.submit(ask, is_useful="yes", status=429)
    assert Feedback.objects.count() == 30


def test_feedback_reaches_the_editors(pages: Pages, people: People) -> None:
    Feedback.objects.create(path="/guidance/engage/x/", title="X", is_useful=False, words="Lots?")
    pages.sign_in(people.editor)
    assert "1 answer about pages to deal with" in pages.get("/admin/editorial/revision/desk/").text


def test_the_feed(pages: Pages) -> None:
    page = a_page(summary="Above {money:kpis}.")
    a_guide()
    root = ElementTree.fromstring(pages.get("guidance_feed").content)
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href", "").startswith("http")
    assert "Above £5 million." in ElementTree.tostring(root, encoding="unicode")
    assert (
        len(ElementTree.fromstring(pages.get("/guidance/feed/?stage=award").content).findall(f"{ATOM}entry"))
        == 0
    )
    assert page.get_absolute_url() in pages.get("/guidance/feed/?stage=engage").content.decode()


def test_a_first_publication_is_in_the_feed_even_as_a_small_correction(pages: Pages, people: People) -> None:
    page = a_page(published=False, by=people.editor)
    Revision.objects.update(is_minor=True, state=State.APPROVED)
    publishing.publish(revision=Revision.objects.get(), actor=None)
    assert pages.get("guidance_feed").content.decode().count("<entry>") == 1
    publishing.withdraw(item=page, reason="Gone", actor=None)
    again = a_draft_of(page, by=people.editor, state=State.APPROVED, body="Back.")
    Revision.objects.filter(pk=again.pk).update(is_minor=True, reviewed_at=clock.now())
    with clock.held_at(clock.now() + dt.timedelta(days=2)):
        publishing.publish(revision=Revision.objects.get(pk=again.pk), actor=None)
        assert pages.get("guidance_feed").content.decode().count("<entry>") == 2


def test_a_feed_reader_that_has_it_already_is_told_so() -> None:
    a_page()
    first = Client().get("/guidance/feed/")
    assert first["Cache-Control"] == "public, max-age=3"
    again = Client().get("/guidance/feed/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_print_view_of_a_page_and_of_a_whole_guide(pages: Pages) -> None:
    a_page()
    guide = a_guide()
    assert "Ask what they can do." in pages.get("/guidance/engage/talk-to-suppliers/print/").text
    a_page(slug="and-another", title="And another", body="## Do this\n\nAsk again.")
    guide = a_guide(
        slug="both", steps=[{"title": "A", "text": "", "pages": ["talk-to-suppliers", "and-another"]}]
    )
    whole = pages.get(f"{guide.get_absolute_url()}print/")
    assert "Ask again." in whole.text
    assert "Ask what they can do." in whole.text


def test_the_pdf_is_tagged_and_holds_the_words(jobs: Jobs) -> None:
    a_picture(content=_png(), width=8, height=8)
    page = a_page(
        body="## Do this\n\n1. Ask {period:tender} before.\n\n![](image:map)\n\n| a | b |\n|---|--:|\n| c | 1 |"
    )
    made = make("page", page.pk)
    assert made is not None
    reader = PdfReader(io.BytesIO(bytes(made.content)))
    text = " ".join(sheet.extract_text() for sheet in reader.pages)
    assert "Talk to suppliers" in text
    assert "Ask 25 days before." in text
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert make("page", page.pk) == made, "making it again changes nothing"


def test_a_pdf_fetches_nothing_from_outside() -> None:
    page = a_page(body="![](image:none) <img src='https://elsewhere.example/x.png'>")
    assert made_of(html_of(page)).startswith(b"%PDF")
    assert "elsewhere.example/x.png&" in html_of(page) or "&lt;img" in html_of(page)


def test_a_change_drops_the_old_pdf_at_once(people: People, jobs: Jobs) -> None:
    page = a_page()
    jobs.run()
    assert Rendition.objects.get().number == 1
    publishing.publish(
        revision=a_draft_of(page, by=people.editor, state=State.APPROVED, body="New."), actor=None
    )
    assert not Rendition.objects.exists()
    jobs.run()
    assert Rendition.objects.get().number == 2


def _png(size: tuple[int, int] = (8, 8)) -> bytes:
    made = io.BytesIO()
    Picture.new("RGB", size, "#0b3d5c").save(made, "PNG")
    return made.getvalue()


def _upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_picture_needs_alternative_text_and_is_written_anew(pages: Pages, people: People) -> None:
    pages.sign_in(people.editor)
    add = pages.get("/admin/editorial/image/add/")
    told = pages.submit(
        add.form("#image_form"), slug="map", alternative_text="", file=_upload("map.png", _png())
    )
    assert "Enter what somebody who can’t see it needs to know" in told.text
    pages.submit(
        add.form("#image_form"),
        slug="map",
        alternative_text="The lots",
        file=_upload("map.png", _png((2_000, 10))),
    )
    image = Image.objects.get()
    assert (image.width, image.content_type) == (1_600, "image/png")
    page = a_page(body="![](image:map)")
    shown = pages.sign_in(None).get(page.get_absolute_url())
    picture = shown.css("img.app-picture")[0]
    assert picture.get("alt") == "The lots"
    assert pages.get(picture.get("src")).headers["Content-Type"] == "image/png"
    pages.get(picture.get("src")[:-3] + "zz/", status=404)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n broken",
        _png()[:40],
        b"%PDF-1.7",
    ],
)
def test_what_is_no_picture_is_refused(pages: Pages, people: People, content: bytes) -> None:
    pages.sign_in(people.editor)
    form = pages.get("/admin/editorial/image/add/").form("#image_form")
    told = pages.submit(form, slug="map", alternative_text="The lots", file=_upload("map.png", content))
    assert told.words(".errorlist li")
    assert not Image.objects.exists()


def test_a_page_leads_to_the_steps_it_helps_with(pages: Pages) -> None:
    page = a_page(tasks=["standstill", "no-such-step"])
    shown = pages.get(page.get_absolute_url())
    route = pages.get(shown.links["Wait for the standstill to end"])
    assert route.css("#step-standstill")


def test_a_page_that_moved_stays_in_its_guides_and_best_bets(pages: Pages, people: People) -> None:
    page, guide = a_page(), a_guide()
    BestBet.objects.create(phrase="talk", kind="guidance", key=page.slug, reason="It says how.")
    moved = a_draft_of(page, by=people.editor, state=State.APPROVED, slug="ask-suppliers")
    publishing.publish(revision=moved, actor=None)
    shown = pages.get(guide.get_absolute_url())
    first = pages.get(shown.link("Talk to suppliers"))
    assert "Page 1 of 1" in first.main
    assert "Ask what they can do." in pages.get(f"{guide.get_absolute_url()}print/").text
    assert BestBet.objects.get().key == "ask-suppliers"


def test_a_guide_is_printed_anew_when_one_of_its_pages_changes(people: People, jobs: Jobs) -> None:
    page, guide = a_page(), a_guide()
    jobs.run()

    def words() -> str:
        made = Rendition.objects.get(kind="guide", item_id=guide.pk)
        return " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(bytes(made.content))).pages)

    assert "Ask what they can do." in words()
    revision = a_draft_of(page, by=people.editor, state=State.APPROVED, body="Ask two of them.")
    publishing.publish(revision=revision, actor=None)
    jobs.run()
    assert "Ask two of them." in words()


def test_what_shows_a_figure_is_renewed_on_the_day_the_law_changes_it(jobs: Jobs) -> None:
    with clock.held_at(dt.datetime(2025, 12, 31, 12, tzinfo=clock.LONDON)):
        a_page(body="Above {threshold:works}.", sources=[{**SOURCES[0], "checked_on": "2025-12-01"}])
        jobs.run()
        assert renewing.renew() == 0
    assert "5,372,609" in SearchEntry.objects.get().body
    with clock.held_at(dt.datetime(2026, 1, 1, 0, 10, tzinfo=clock.LONDON)):
        assert renewing.renew() == 1
    assert "5,193,000" in SearchEntry.objects.get().body


def test_letters_carry_figures_not_tags(people: People) -> None:
    a_page(summary="Wait {period:standstill}.")
    assert News.objects.get().text == "Wait 8 working days."
