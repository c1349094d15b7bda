"""PDF of a page or guide: tagged (PDF/UA-1), out of its own print layout. Slow to import, so only jobs import it."""

from __future__ import annotations

import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders

STYLES = "print.css"


def made_of(html: str) -> bytes:
    """The PDF of a whole HTML document. Addresses in it are absolute; it fetches nothing but our own pictures' data."""
    styles = finders.find(STYLES)
    assert isinstance(styles, str), f"{STYLES} is not among the static files"
    nothing_from_outside = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    document = weasyprint.HTML(string=html, base_url=settings.BASE_URL, url_fetcher=nothing_from_outside)
    made: bytes = document.write_pdf(stylesheets=[styles], pdf_variant="pdf/ua-1")
    return made
