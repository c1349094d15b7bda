"""A paper as a tagged PDF (PDF/UA-1), printed from its HTML."""

from __future__ import annotations

import datetime as dt
import gc

from guidance.documents.assembly.blocks import Paper
from guidance.documents.writers.glyphs import font_files
from guidance.documents.writers.html import document
from guidance.pages.pdf import made_of

STYLES = "document.css"


def written(paper: Paper, *, made_on: dt.date, is_draft: bool = False) -> bytes:
    """The file. It fetches nothing but the picture it carries. Raises FontsMissing."""
    font_files()
    page = document(paper, made_on=made_on, is_draft=is_draft)
    made = made_of(page, styles=STYLES, presentational_hints=True)  # the widths of columns
    # The boxes of a layout refer to one another in circles. Collected at once, a worker's memory stays flat.
    gc.collect()
    return made
