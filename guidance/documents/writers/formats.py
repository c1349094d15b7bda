"""The formats a paper is written in. A writer is imported when it is first used: only jobs write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from guidance.documents.assembly.blocks import Paper


class Writer(Protocol):
    """What every writer offers."""

    def written(self, paper: Paper, *, made_on: dt.date, is_draft: bool = False) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a file: `label` is what a link to it says, `extension` has no dot."""

    slug: str
    label: str
    content_type: str
    module: str

    @property
    def extension(self) -> str:
        return self.slug

    def written(self, paper: Paper, *, made_on: dt.date, is_draft: bool = False) -> bytes:
        """The file. The same paper and day give the same text; Word and ODT, the same bytes."""
        writer = cast(Writer, import_module(f"{__package__}.{self.module}"))
        return writer.written(paper, made_on=made_on, is_draft=is_draft)


FORMATS: Mapping[str, Format] = {
    found.slug: found
    for found in (
        Format(
            "docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word"
        ),
        Format("odt", "OpenDocument (ODT)", "application/vnd.oasis.opendocument.text", "odt"),
        Format("pdf", "PDF", "application/pdf", "pdf"),
    )
}
