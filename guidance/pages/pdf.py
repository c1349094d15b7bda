"""PDF of a page or guide: tagged (PDF/UA-1), out of its own print layout. Slow to import, so only jobs import it."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint.text.fonts import FontConfiguration

STYLES = "print.css"
_one_at_a_time = Lock()
"""What knows the fonts is shared, and says nothing of threads."""


def made_of(html: str) -> bytes:
    """The PDF of a whole HTML document. Addresses in it are absolute; it fetches nothing but our own pictures' data."""
    nothing_from_outside = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    document = weasyprint.HTML(string=html, base_url=settings.BASE_URL, url_fetcher=nothing_from_outside)
    with _one_at_a_time:
        fonts, styles = _styles()
        made: bytes = document.write_pdf(stylesheets=[styles], font_config=fonts, pdf_variant="pdf/ua-1")
    return made


@cache
def _styles() -> tuple[Any, Any]:
    """The fonts and the style sheet, made once: each new knowledge of fonts would keep a quarter of a megabyte for good."""
    path = finders.find(STYLES)
    assert isinstance(path, str), f"{STYLES} is not among the static files"
    fonts = FontConfiguration()
    return fonts, weasyprint.CSS(filename=path, font_config=fonts)
