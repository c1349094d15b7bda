"""Texts as they read today, with their figures, words and pictures."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.template.loader import render_to_string
from markupsafe import Markup

from guidance.editorial.models import Image
from guidance.pages import figures, glossary, markdown
from guidance.pages.markdown import Glossary, Picture, Pictures, Rendered
from toolkit.core import clock


@lru_cache(maxsize=512)
def _rendered(
    text: str, on: dt.date, words: Glossary, pictures: tuple[tuple[str, Picture], ...], anchored: bool
) -> Rendered:
    return markdown.render(text, on=on, glossary=words, pictures=dict(pictures), anchored=anchored)


def rendered(
    text: str, *, mark: bool = True, anchored: bool = True, pictures: Pictures | None = None
) -> Rendered:
    """A text as it reads today. The same text, day, glossary and pictures are rendered once in each process."""
    if pictures is None:
        pictures = pictures_for(text)
    words = glossary.words_to_mark() if mark else ()
    return _rendered(
        text, clock.today(), words, tuple(sorted(pictures.items(), key=lambda item: item[0])), anchored
    )


def pictures_for(text: str) -> Pictures:
    """The pictures a text shows. One query, and none for a text without pictures."""
    if "image:" not in text:
        return {}
    slugs = markdown.pictures_in(text)
    return {
        image.slug: Picture(image.get_absolute_url(), image.alternative_text, image.width, image.height)
        for image in Image.objects.filter(slug__in=slugs).defer("content")
    }


def filled(text: str) -> str:
    """A plain text with the figures of today."""
    return figures.filled(text, on=clock.today())


@lru_cache(maxsize=512)
def meanings(words: Glossary) -> Markup:
    """The meanings that a text’s words open, made once for the same words."""
    return Markup(render_to_string("guidance/_words.html", {"words": words})) if words else Markup("")
