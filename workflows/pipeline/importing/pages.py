"""What the pages of an import need: counts, changes, and what is worth a look, gathered so that it can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from workflows.pipeline.importing.outcome import Change, Line
from workflows.pipeline.importing.uploads import lines_of
from workflows.pipeline.models import Upload

MOST_SHOWN = 50
MOST_WHERE = 8


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that is wrong, however many rows have it."""

    field: str
    message: str
    where: str
    """The first rows, and how many more."""
    example: str


@dataclass(frozen=True, slots=True)
class UploadPage:
    """One upload, before or after it is brought in."""

    slug: UUID
    name: str
    is_done: bool
    counts: dict[str, int]
    has_work: bool
    """Whether bringing it in changes anything."""
    added: Sequence[Change]
    updated: Sequence[Change]
    notices: Sequence[Notice]


FIELDS = {
    "ends_on": "end", "starts_on": "start", "latest_end_on": "latest end", "value_inc_vat": "value", "signed_on": "signed",
    "awarded_on": "awarded", "closes_on": "deadline", "published_on": "published", "row": "row", "sheet": "sheet",
}  # fmt: skip
"""Words for our fields, where their slugs are no words."""


def upload_page(upload: Upload) -> UploadPage:
    """The page of an upload. No query."""
    counts = upload.outcome["counts"]
    changes = [Change(**change) for change in upload.outcome["changes"]]
    return UploadPage(
        slug=upload.slug,
        name=upload.name,
        is_done=upload.imported_at is not None,
        counts=counts,
        has_work=bool(counts["added"] or counts["updated"]),
        added=[change for change in changes if change.result == "added"][:MOST_SHOWN],
        updated=[change for change in changes if change.result == "updated"][:MOST_SHOWN],
        notices=gathered(lines_of(upload)),
    )


def gathered(lines: Sequence[Line]) -> list[Notice]:
    """Lines that say the same, together; what the most rows have comes first."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.field, line.message), []).append(line)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    return [
        Notice(
            field=FIELDS.get(field, field.replace("_", " ").replace("-", " ")).capitalize(),
            message=message,
            where=_where([line.where for line in same]),
            example=next((line.value for line in same if line.value), ""),
        )
        for (field, message), same in ordered
    ]


def _where(places: Sequence[str]) -> str:
    """`Rows 4, 7 and 9`, `Rows 4, 7, 9, 12, 15, 16, 20, 21 and 40 more`, `row 3`, `register.csv`."""
    shown = [place.removeprefix("row ") for place in places[:MOST_WHERE]]
    if len(places) == 1:
        return places[0].capitalize() if places[0].startswith("row ") else places[0]
    more = len(places) - len(shown)
    listed = ", ".join(shown if more else shown[:-1])
    last = f"{more} more" if more else shown[-1]
    return f"{'Rows ' if places[0].startswith('row ') else ''}{listed} and {last}"
