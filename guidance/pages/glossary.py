"""The glossary as rendering needs it: looked up at most once every few seconds in each process."""

from __future__ import annotations

import time
from dataclasses import dataclass

from guidance.pages.markdown import Glossary, Word, render
from guidance.pages.models import Term
from toolkit.core import clock
from toolkit.core.page_cache import PARTS_SECONDS


@dataclass(slots=True)
class _Kept:
    words: Glossary = ()
    until: float = 0.0


_kept = _Kept()


def words_to_mark() -> Glossary:
    """Every published term that is marked in pages. One query, at most every PARTS_SECONDS."""
    if time.monotonic() >= _kept.until:
        _kept.words = tuple(
            Word(
                term.slug,
                term.name,
                tuple(form for form in (term.name, *term.also) if form),
                _meaning(term),
                term.get_absolute_url(),
            )
            for term in Term.objects.published().filter(is_marked=True).order_by("slug")
        )
        _kept.until = time.monotonic() + PARTS_SECONDS
    return _kept.words


def forget() -> None:
    """Look it up anew next time; called with `page_cache.clear`, when something is published or withdrawn in this process."""
    _kept.until = 0.0


def _meaning(term: Term) -> str:
    return str(render(term.meaning, on=clock.today()).html)
