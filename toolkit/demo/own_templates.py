"""What boroughs make of central templates, for the demonstration: Fleet’s own version, which the centre has changed since,
and its logo; and a specification that Tyburn shares with all boroughs."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from PIL import Image, ImageDraw

from guidance.documents.assembly import papers
from guidance.documents.models import DocumentTemplate, Example, Variant
from guidance.documents.services import examples, logos, reviewing, variants
from guidance.editorial import kinds
from guidance.editorial.services import drafts as editing
from guidance.editorial.services import publishing, reviews
from toolkit.accounts.models import Organisation, Person
from toolkit.core import clock
from toolkit.demo.documents import answer_as_in_the_example, begun
from toolkit.demo.quotations import awarded_quotation

VARIED, SHARED = "mobilisation-plan", "outcome-based-specification"
BEFORE = "A line that is late is reported with its reason, its effect on the start and what is done about it."
AFTER = "A line that is late is reported within two working days, with its reason, its effect on the start, who puts it right and by when."


def seed_own_templates(boroughs: dict[str, Organisation], people: dict[str, Person]) -> None:
    """Nothing when the shipped templates are not there. Again: nothing."""
    templates = {each.slug: each for each in DocumentTemplate.objects.filter(slug__in=(VARIED, SHARED)).published()}  # fmt: skip
    if len(templates) < 2 or Variant.objects.exists() or Example.objects.exists():
        return
    _version_of_fleet(templates[VARIED], boroughs["fleet"], people)
    _newer_version(templates[VARIED], people)
    _example_of_tyburn(templates[SHARED], boroughs["tyburn"], people)


def _version_of_fleet(template: DocumentTemplate, fleet: Organisation, people: dict[str, Person]) -> None:
    """One question, the passage that holds its answer, and an endorsement."""
    administrator = people["admin.fleet"]
    with clock.held_at(clock.today() - dt.timedelta(days=25)):
        draft = variants.start(template=template, organisation=fleet, actor=administrator)
        question = {
            "ask": "Who tells the customer contact centre, and by when?",
            "kind": "text",
            "help": "Residents ring there first.",
            "required": True,
            "options": [],
            "columns": [],
            "vat": "",
        }
        variants.put_question(draft=draft, name="", given=question, actor=administrator)
        draft.refresh_from_db()
        variants.put_passage(
            draft=draft,
            key="",
            place="after",
            heading="The plan",
            text="### Residents who ring\n\nThe contact centre answers for every service from the first day. It is told by:",
            answers=[draft.additions["questions"][0]["name"]],
            actor=administrator,
        )
        endorsed = {
            "by": "the Procurement Board",
            "on": clock.today().isoformat(),
            "words": "For every contract that residents notice.",
        }
        variants.endorse(draft=draft, given=endorsed, actor=administrator)
        variants.save(draft=draft, note="Our contact centre", actor=administrator)
        logos.replace(organisation=fleet, content=_picture(), alternative_text="London Borough of Fleet: three waves on a shield", actor=administrator)  # fmt: skip


def _picture() -> bytes:
    """An invented coat of arms: three waves, for a river."""
    image = Image.new("RGB", (480, 180), "white")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((10, 10, 150, 170), radius=24, fill="#0b4f6c")
    for row in range(3):
        for column in range(4):
            left, top = 22 + 30 * column, 40 + 40 * row
            pen.arc(
                (left, top, left + 30, top + 24), 180 * (column % 2), 180 * (column % 2) + 180, "white", 6
            )
    pen.text((175, 55), "Fleet", fill="#0b4f6c", font_size=64)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _newer_version(template: DocumentTemplate, people: dict[str, Person]) -> None:
    """What an editor changed and a colleague reviewed, today: content names no day of checking that is still to come. It
    waits for Fleet’s answer."""
    kind = kinds.of(template)
    text = kind.text_of(template)
    assert BEFORE in text, "the shipped template says something else now"
    revision = editing.save_draft(
        item=template,
        text=text.replace(BEFORE, AFTER),
        slug=template.slug,
        title=template.title,
        base=template.live_number or 0,
        actor=people["editor"],
        note="Says when a late line is reported, and that somebody puts it right",
    )
    reviews.submit(revision=revision, actor=people["editor"])
    reviews.approve(revision=revision, actor=people["staff"])
    revision.refresh_from_db()
    publishing.publish(revision=revision, actor=people["staff"])


def _example_of_tyburn(template: DocumentTemplate, tyburn: Organisation, people: dict[str, Person]) -> None:
    """A specification of a contract signed so long ago that the time for claims is over."""
    officer, today = people["officer.tyburn"], clock.today()
    procurement = awarded_quotation(
        organisation=tyburn,
        officer=officer,
        approver=people["approver.tyburn"],
        days=190,
        title="Home repairs: booking and tracking service",
        category="software-and-systems",
        need="Tenants choose a time for a repair and hear before anything changes.",
        consequence="One visit in nine goes on failing because nobody is at home.",
        supplier="Ledgerline Software Limited",
        technology=True,
    )
    with clock.held_at(today - dt.timedelta(days=310)):
        specification = begun(template, "procurement", procurement.reference, officer, step="specification")
        answer_as_in_the_example(specification, officer, instead=("Fleet", "Tyburn"))
        reviewer = people["approver.tyburn"]
        review = reviewing.ask(document=specification, of=reviewer, note="", actor=officer)
        reviewing.answer(
            document=specification, number=review.made.number, passes=True, reasons="Clear.", actor=reviewer
        )
        made = specification.made.get(is_draft=False)
    with clock.held_at(today - dt.timedelta(days=10)):
        material = examples.material_of(specification, made)
        leave_out = ["names-standards"]
        paper = material.paper(material.left_out(leave_out), by=tyburn.short_name)
        examples.share(
            document=specification,
            made=made.number,
            title="Booking and tracking home repairs",
            about="Needs come from watching tenants and operatives, and every outcome has a figure. Suppliers said it was clear what mattered.",
            leave_out=leave_out,
            digest=papers.digest_of(paper),
            actor=officer,
        )
