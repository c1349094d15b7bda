"""PDF out of HTML, tagged (PDF/UA-1): pages, guides and documents. Slow to import, so only jobs import it."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint.text.fonts import FontConfiguration

_one_at_a_time = Lock()
"""What knows the fonts is shared, and says nothing of threads."""


def made_of(html: str, *, styles: str = "print.css", presentational_hints: bool = False) -> bytes:
    """The PDF of a whole HTML document. Addresses in it are absolute; it fetches nothing but our own pictures' data.
    `presentational_hints`: widths that stand in the HTML count."""
    nothing_from_outside = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    document = weasyprint.HTML(string=html, base_url=settings.BASE_URL, url_fetcher=nothing_from_outside)
    with _one_at_a_time:
        fonts, sheet = _styles(styles)
        made: bytes = document.write_pdf(
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            presentational_hints=presentational_hints,
        )
    return made


@cache
def _styles(name: str) -> tuple[Any, Any]:
    """The fonts and the style sheet, made once: each new knowledge of fonts would keep a quarter of a megabyte for good."""
    path = finders.find(name)
    assert isinstance(path, str), f"{name} is not among the static files"
    fonts = FontConfiguration()
    return fonts, weasyprint.CSS(filename=path, font_config=fonts)
