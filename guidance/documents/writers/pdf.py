"""A paper as a tagged PDF (PDF/UA-1), printed from its HTML."""

from __future__ import annotations

import datetime as dt

import weasyprint
from django.contrib.staticfiles import finders

from guidance.documents.assembly.blocks import Paper
from guidance.documents.writers.glyphs import font_files
from guidance.documents.writers.html import document

STYLES = "document.css"


def written(paper: Paper, *, made_on: dt.date, is_draft: bool = False) -> bytes:
    """The file. It fetches nothing but the picture it carries. Raises FontsMissing."""
    font_files()
    styles = finders.find(STYLES)
    assert isinstance(styles, str), f"{STYLES} is not among the static files"
    nothing_from_outside = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    html = weasyprint.HTML(
        string=document(paper, made_on=made_on, is_draft=is_draft), url_fetcher=nothing_from_outside
    )
    # The hints are the widths of columns.
    made: bytes = html.write_pdf(stylesheets=[styles], pdf_variant="pdf/ua-1", presentational_hints=True)
    return made
