"""A paper as a tagged PDF (PDF/UA-1), printed from its HTML."""

from __future__ import annotations

import datetime as dt
import gc
from functools import cache
from threading import Lock
from typing import Any

import weasyprint
from django.contrib.staticfiles import finders
from weasyprint.text.fonts import FontConfiguration

from guidance.documents.assembly.blocks import Paper
from guidance.documents.writers.glyphs import font_files
from guidance.documents.writers.html import document

STYLES = "document.css"

_one_at_a_time = Lock()
"""What knows the fonts is shared, and says nothing of threads."""


def written(paper: Paper, *, made_on: dt.date, is_draft: bool = False) -> bytes:
    """The file. It fetches nothing but the picture it carries. Raises FontsMissing."""
    font_files()
    page = document(paper, made_on=made_on, is_draft=is_draft)
    with _one_at_a_time:
        made = _printed(page)
    # The boxes of a layout refer to one another in circles. Collected at once, a worker's memory stays flat.
    gc.collect()
    return made


def _printed(page: str) -> bytes:
    nothing_from_outside = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    fonts, styles = _styles()
    made: bytes = weasyprint.HTML(string=page, url_fetcher=nothing_from_outside).write_pdf(
        stylesheets=[styles],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        presentational_hints=True,  # the widths of columns
    )
    return made


@cache
def _styles() -> tuple[Any, Any]:
    """The fonts and the style sheet, made once: each new knowledge of fonts would keep a quarter of a megabyte for good."""
    path = finders.find(STYLES)
    assert isinstance(path, str), f"{STYLES} is not among the static files"
    fonts = FontConfiguration()
    return fonts, weasyprint.CSS(filename=path, font_config=fonts)
