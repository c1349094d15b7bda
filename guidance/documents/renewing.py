"""What was made of templates and clauses when they were published, made anew when the law changes the figures in them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from guidance.documents import blanks, indexing
from guidance.documents.models import BlankFile, Clause, DocumentTemplate
from guidance.documents.writers.formats import FORMATS
from guidance.pages.figures import filled
from toolkit.core import clock


def renew() -> int:
    """Have blanks made anew that read differently today than yesterday, and those that are missing because making them
    failed; index clauses anew that read differently. How many templates and clauses."""
    today = clock.today()
    yesterday = today - dt.timedelta(1)

    def changes(*texts: str) -> bool:
        return any(filled(text, on=today) != filled(text, on=yesterday) for text in texts)

    changed = set()
    for clause in Clause.objects.published():
        if changes(clause.body, clause.when_to_use, clause.watch):
            indexing.index_clause(clause)
            changed.add(clause.slug)
    asked = 0
    made = _made()
    for template in DocumentTemplate.objects.published():
        is_missing = made.get((template.pk, template.live_number or 0), 0) < len(FORMATS)
        if is_missing or not changed.isdisjoint(template.clauses) or changes(template.body):
            blanks.ask_for(template.pk)
            asked += 1
    return asked + len(changed)


def _made() -> Mapping[tuple[int, int], int]:
    """How many blanks there are of each template’s revision."""
    return Counter(BlankFile.objects.values_list("template_id", "number"))
