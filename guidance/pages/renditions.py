"""PDFs of pages and guides: made by a job after publishing, kept, never made on demand."""

from __future__ import annotations

from base64 import b64encode

from django.template.loader import render_to_string
from procrastinate.contrib.django import app

from guidance.editorial.kinds import named
from guidance.editorial.models import Image, Status
from guidance.pages import printing
from guidance.pages.markdown import Picture
from guidance.pages.models import Guide, Page, Rendition
from toolkit.core import clock

JOB = "guidance.pages.tasks.make_pdf"


def ask_for(kind: str, item_id: int) -> None:
    """Have the PDF made, in the transaction that published the item; the one of what was live before goes at once."""
    forget(kind, item_id)
    app.configure_task(JOB, queue="slow", lock=f"pdf-{kind}-{item_id}").defer(kind=kind, item_id=item_id)


def ask_for_guides_of(page: Page) -> None:
    """Have the PDFs of the guides that thread a page made anew: it was published, changed or withdrawn."""
    for guide in Guide.objects.published():
        if page.slug in guide.page_slugs:
            ask_for("guide", guide.pk)


def forget(kind: str, item_id: int) -> None:
    """Drop the PDF of something that changed or was withdrawn: an old one must not be read as today's."""
    Rendition.objects.filter(kind=kind, item_id=item_id).delete()


def make(kind: str, item_id: int) -> Rendition | None:
    """Make the PDF of what is live now. None when it is not live any more. Running it again changes nothing."""
    from guidance.pages.pdf import made_of

    item: Page | Guide | None = (
        named(kind).model._default_manager.filter(pk=item_id, status=Status.PUBLISHED).first()
    )
    if item is None or item.live_number is None:
        return None
    existing = Rendition.objects.filter(kind=kind, item_id=item_id, number=item.live_number).first()
    if existing is not None:
        return existing
    content = made_of(html_of(item))
    made, _ = Rendition.objects.update_or_create(
        kind=kind,
        item_id=item_id,
        defaults={
            "number": item.live_number,
            "content": content,
            "size": len(content),
            "made_at": clock.now(),
        },
    )
    return made


def html_of(item: Page | Guide) -> str:
    """The whole document that becomes the PDF, with its pictures inside."""
    pictures = {
        image.slug: Picture(
            f"data:{image.content_type};base64,{b64encode(image.content).decode()}",
            image.alternative_text,
            image.width,
            image.height,
        )
        for image in Image.objects.filter(slug__in=printing.pictures_of(item))
    }
    return render_to_string(
        "guidance/print.html", {"shown": printing.printed(item, pictures=pictures), "for_pdf": True}
    )
