"""What can be found, what editors say about finding, and what was asked."""

from toolkit.search.models.editing import BestBet, Synonym
from toolkit.search.models.entries import CONFIG, SearchEntry, Spelling
from toolkit.search.models.queries import AskedQuery, FoundNothing, NeverOpened

__all__ = [
    "CONFIG",
    "AskedQuery",
    "BestBet",
    "FoundNothing",
    "NeverOpened",
    "SearchEntry",
    "Spelling",
    "Synonym",
]
