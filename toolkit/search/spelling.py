"""“Did you mean …”: words nobody's page has, and the nearest ones that titles, topics and names have.

Both questions are asked only of what everybody may see, whoever asks, so that no answer tells of anything else.
"""

from __future__ import annotations

import re

from django.db import connection

from toolkit.accounts.visibility import Level
from toolkit.search.models import CONFIG, SearchEntry, Spelling

_MOST = 6
"""Words of a query that are looked at."""
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]{4,40}")

_NEAREST = """
SELECT typed, (
    SELECT word FROM search_spelling
    WHERE word %% typed AND abs(length(word) - length(typed)) <= 3
    GROUP BY word HAVING similarity(word, typed) >= 0.4
    ORDER BY similarity(word, typed) DESC, count(*) DESC, word LIMIT 1
)
FROM unnest(%s::text[]) AS typed
WHERE numnode(plainto_tsquery(%s, typed)) > 0
    AND NOT EXISTS (
        SELECT 1 FROM search_searchentry WHERE visibility = %s AND words @@ plainto_tsquery(%s, typed)
    )
"""


def words_of(*texts: str) -> set[str]:
    """The words that may be offered: of letters alone, neither very short nor very long."""
    return {word.lower() for text in texts for word in _LETTERS.findall(text) if _WORD.fullmatch(word)}


def did_you_mean(text: str) -> str:
    """The query with its unknown words put right; empty when there is nothing to put right. One query."""
    typed = sorted(words_of(text))[:_MOST]
    if not typed:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [typed, CONFIG, Level.PUBLIC, CONFIG])
        nearest = {word: near for word, near in cursor.fetchall() if near and near != word}
    if not nearest:
        return ""
    return _LETTERS.sub(lambda found: nearest.get(found[0].lower(), found[0]), text)


def write_down(entry: SearchEntry) -> None:
    """Keep the words of one entry in step with it."""
    wanted = words_of(entry.title, entry.called) if entry.visibility == Level.PUBLIC else set()
    kept = set(entry.spellings.values_list("word", flat=True))
    if gone := kept - wanted:
        entry.spellings.filter(word__in=gone).delete()
    Spelling.objects.bulk_create(
        [Spelling(entry=entry, word=word) for word in sorted(wanted - kept)], ignore_conflicts=True
    )
