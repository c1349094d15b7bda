"""What anybody may open: a preview by its link, and pictures."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guidance.editorial import kinds
from guidance.editorial.content import ContentError
from guidance.editorial.models import Image
from guidance.editorial.previews import LASTS_DAYS, NoSuchPreview, opened
from toolkit.core.text import moment


@login_not_required
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """One revision in its real layout, for whoever has the link. Never kept by a browser or a search engine."""
    try:
        seen = opened(token)
        revision, item = seen.revision, seen.item
        kind = kinds.named(revision.kind)
        is_live = item.is_published and revision.number == item.live_number
        item.slug = revision.slug
        kind.apply(item, revision.text)
    except NoSuchPreview as wrong:
        return render(
            request, "editorial/no_preview.html", {"has_expired": wrong.has_expired, "days": LASTS_DAYS},
            status=410 if wrong.has_expired else 404,
        )  # fmt: skip
    except ContentError as error:
        raise Http404("This revision can’t be shown by today’s rules") from error
    words = f"Revision {revision.number}, saved by {revision.author} on {moment(revision.at)}. This link works for {LASTS_DAYS} days."
    if is_live:
        words = f"This is what readers see now. {words}"
    elif item.withdrawn_at is not None:
        words = f"Readers see none of it: it was withdrawn. {words}"
    response = kind.show(request, item, preview=words)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def image(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The bytes of a picture; its address names them, so it may be kept for ever."""
    found = get_object_or_404(Image, slug=slug, digest__startswith=digest)
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
