"""Shipped pages as files: `content/<slug>.md` with TOML front matter between `+++` lines, `content/stages/<stage>.md` without.

A `Starter` is a page’s content as a value, made from a file or from the database, so that the two can be compared.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from guidance.pages.models import Confidence, Page, Part, Status
from toolkit.core.stages import Stage

CONTENT = Path(__file__).parent / "content"
_MARK = "+++"


class ContentError(ValueError):
    """A content file is wrong. The message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Source:
    label: str
    checked_on: dt.date
    section: str = ""
    url: str = ""
    confidence: str = Confidence.STATUTE.value


@dataclass(frozen=True, slots=True)
class Starter:
    """Everything of a page that an editor may change."""

    slug: str
    stage: str
    position: int
    title: str
    summary: str
    owner: str
    review_by: dt.date
    body: str
    roles: tuple[tuple[str, str], ...]
    """(role, part)."""
    sources: tuple[Source, ...]
    topics: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    status: str = Status.PUBLISHED.value

    @property
    def digest(self) -> str:
        """A fingerprint: two pages with the same one say the same."""
        return digest_of(asdict(self))


def digest_of(content: object) -> str:
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()


def starter_of(page: Page) -> Starter:
    """The content of a stored page. Its roles and sources are two more queries unless prefetched."""
    return Starter(
        slug=page.slug,
        stage=page.stage,
        position=page.position,
        title=page.title,
        summary=page.summary,
        owner=page.owner,
        review_by=page.review_by,
        body=tidy(page.body),
        roles=tuple((role.role, role.part) for role in page.roles.all()),
        sources=tuple(
            Source(source.label, source.checked_on, source.section, source.url, source.confidence)
            for source in page.sources.all()
        ),
        topics=tuple(page.topics),
        tasks=tuple(page.tasks),
        status=page.status,
    )


def tidy(text: str) -> str:
    """Line ends as in files and none at the end: browsers send others, which is no change of the words."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def parse(text: str, *, slug: str) -> Starter:
    """One file’s page. Raises ContentError."""
    opening, mark, rest = text.partition(f"{_MARK}\n")
    front, closing, body = rest.partition(f"\n{_MARK}\n")
    if opening.strip() or not mark or not closing:
        raise ContentError(f"{slug}: the file must begin with front matter between two lines of {_MARK}")
    try:
        given = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{slug}: {error}") from error
    return _starter(given, tidy(body), slug)


def _starter(given: Mapping[str, Any], body: str, slug: str) -> Starter:
    known = {field.name for field in fields(Starter)} - {"slug", "body"}
    unknown = sorted(set(given) - known)
    if unknown:
        raise ContentError(f"{slug}: unknown {', '.join(unknown)}")
    if not body:
        raise ContentError(f"{slug}: there is nothing below the front matter")
    try:
        values = dict(given)
        values["roles"] = tuple((role["role"], Part(role["part"]).value) for role in given.get("roles", []))
        values["sources"] = tuple(Source(**source) for source in given.get("sources", []))
        values["stage"] = Stage(given["stage"]).value
        values["status"] = Status(given.get("status", Status.PUBLISHED)).value
        for name in ("topics", "tasks"):
            values[name] = tuple(given.get(name, []))
        made = Starter(slug=slug, body=body, **values)
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(f"{slug}: {error}") from error
    for source in made.sources:
        if source.confidence not in Confidence.values:
            raise ContentError(
                f"{slug}: the confidence of “{source.label}” is none of {', '.join(Confidence.values)}"
            )
    if not made.sources:
        raise ContentError(f"{slug}: a page names its sources")
    return made


def shipped_pages(folder: Path = CONTENT) -> list[Starter]:
    """Every shipped page. Raises ContentError for the first file that is wrong."""
    return [parse(path.read_text(encoding="utf-8"), slug=path.stem) for path in sorted(folder.glob("*.md"))]


def shipped_introductions(folder: Path = CONTENT) -> dict[Stage, str]:
    """The introduction of each stage. Raises ContentError for a file that is named after none."""
    introductions: dict[Stage, str] = {}
    for path in sorted((folder / "stages").glob("*.md")):
        if path.stem not in list(Stage):
            raise ContentError(f"stages/{path.name}: there is no stage “{path.stem}”")
        introductions[Stage(path.stem)] = tidy(path.read_text(encoding="utf-8"))
    return introductions
