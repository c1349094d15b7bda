"""Kinds of content that are drafted, reviewed and published alike: pages, guides, terms, stage introductions.

An app registers its kinds in `AppConfig.ready`. Editorial knows a kind only by what is named here, so it imports none.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from guidance.editorial.models import Item, Revision


class Kind(ABC):
    """How one kind of content is read, written, shown and kept in step with the rest of the service."""

    slug: ClassVar[str]
    label: ClassVar[str]
    """What one of them is called in a sentence: “page”."""
    model: ClassVar[type[Any]]

    @abstractmethod
    def text_of(self, item: Any) -> str:
        """The canonical text of what the item's columns say now."""

    @abstractmethod
    def apply(self, item: Any, text: str) -> None:
        """Put a text into the item's columns, without saving. Raises ContentError."""

    @abstractmethod
    def show(self, request: HttpRequest, item: Any, *, preview: str) -> HttpResponse:
        """A preview of the item, whose columns may be unsaved, in its real layout; `preview` says what it is."""

    @abstractmethod
    def url_of(self, item: Any) -> str:
        """Its address for readers, from the root."""

    def published(self, item: Any, revision: Revision, *, is_new: bool, old_slug: str) -> None:  # noqa: B027  (not every kind has something to keep in step)
        """Called in the transaction that published it. `is_new`: readers did not see it until now; `old_slug`: under
        which it was published before, or empty."""

    def withdrawn(self, item: Any) -> None:  # noqa: B027  (as above)
        """Called in the transaction that withdrew it."""

    def problems(self, text: str) -> Sequence[str]:
        """What an editor should look at before this goes live, in sentences; none of it blocks."""
        return ()

    def links(self, item: Any) -> Sequence[str]:
        """Every address the live item leads to, for the link checker."""
        return ()

    def read_folder(self, folder: Path) -> Mapping[str, str]:
        """The shipped texts of this kind, by slug. Raises ContentError."""
        place = folder / self.folder
        return {path.stem: path.read_text(encoding="utf-8") for path in sorted(place.glob("*.md"))}

    def write_folder(self, folder: Path, texts: Mapping[str, str]) -> None:
        """Write texts back as files, the way `read_folder` reads them."""
        place = folder / self.folder
        place.mkdir(parents=True, exist_ok=True)
        for slug, text in texts.items():
            (place / f"{slug}.md").write_text(text, encoding="utf-8")

    folder: ClassVar[str] = "."
    """Where its files are, below the content folder."""
    ships_in: ClassVar[Path]
    """The content folder that comes with the toolkit; several kinds may share one."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; a reloaded app registers it again and replaces it."""
    _kinds[kind.slug] = kind


def named(slug: str) -> Kind:
    """The kind of this slug. Raises KeyError."""
    return _kinds[slug]


def of(item: Item) -> Kind:
    """The kind of an item. Raises KeyError for a model nobody registered."""
    return next(kind for kind in _kinds.values() if isinstance(item, kind.model))


def every() -> Sequence[Kind]:
    """All registered kinds, in the order of registering."""
    return tuple(_kinds.values())


def shipped_folders() -> Sequence[Path]:
    """The content folders that come with the toolkit, each once."""
    return tuple(dict.fromkeys(kind.ships_in for kind in every()))
