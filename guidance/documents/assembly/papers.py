"""A paper as JSON and back: what is kept of a document that was made, so that years later it says the same, whatever has
become of its template, the law’s figures or this code."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from guidance.documents.assembly.blocks import (
    Block,
    Clause,
    Heading,
    List,
    Logo,
    Paper,
    Paragraph,
    Run,
    Runs,
    Table,
)

FORMAT = 1
"""Counts up when the shape changes; `read` then reads the older ones too."""


def write(paper: Paper) -> dict[str, Any]:
    """The paper as JSON."""
    return {
        "format": FORMAT,
        "title": paper.title,
        "subtitle": paper.subtitle,
        "organisation": paper.organisation,
        "footer": paper.footer,
        "is_letter": paper.is_letter,
        "language": paper.language,
        "logo": _write_logo(paper.logo) if paper.logo is not None else None,
        "blocks": [_write(block) for block in paper.blocks],
    }


def read(kept: dict[str, Any]) -> Paper:
    """The paper again. Raises ValueError for a shape this code does not know."""
    if kept["format"] != FORMAT:
        raise ValueError(f"A paper of format {kept['format']} cannot be read")
    return Paper(
        title=kept["title"],
        subtitle=kept["subtitle"],
        organisation=kept["organisation"],
        footer=kept["footer"],
        is_letter=kept["is_letter"],
        language=kept["language"],
        logo=_read_logo(kept["logo"]) if kept["logo"] is not None else None,
        blocks=tuple(_read(block) for block in kept["blocks"]),
    )


def digest_of(paper: Paper) -> str:
    """A fingerprint: two papers with the same one say and look the same."""
    canonical = json.dumps(write(paper), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _write(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "paragraph", "runs": _write_runs(block.runs), "is_note": block.is_note}
        case List():
            points = [[_write(each) for each in point] for point in block.points]
            return {"kind": "list", "points": points, "is_numbered": block.is_numbered}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "columns": list(block.columns),
                "rows": [[_write_runs(cell) for cell in row] for row in block.rows],
                "is_number": list(block.is_number),
            }
        case Clause():
            blocks = [_write(each) for each in block.blocks]
            return {"kind": "clause", "number": block.number, "title": block.title, "blocks": blocks}


def _read(kept: dict[str, Any]) -> Block:
    match kept["kind"]:
        case "heading":
            return Heading(kept["level"], kept["text"])
        case "paragraph":
            return Paragraph(_read_runs(kept["runs"]), kept["is_note"])
        case "list":
            return List(
                tuple(tuple(_read(each) for each in point) for point in kept["points"]), kept["is_numbered"]
            )
        case "table":
            return Table(
                kept["caption"],
                tuple(kept["columns"]),
                tuple(tuple(_read_runs(cell) for cell in row) for row in kept["rows"]),
                tuple(kept["is_number"]),
            )
        case "clause":
            return Clause(kept["number"], kept["title"], tuple(_read(each) for each in kept["blocks"]))
    raise ValueError(f"A paper cannot hold “{kept['kind']}”")


def _write_runs(runs: Runs) -> list[list[Any]]:
    return [[run.text, run.is_bold, run.is_italic, run.is_gap] for run in runs]


def _read_runs(kept: Sequence[Sequence[Any]]) -> Runs:
    return tuple(Run(*run) for run in kept)


def _write_logo(logo: Logo) -> dict[str, Any]:
    return {
        "content": b64encode(logo.content).decode(),
        "content_type": logo.content_type,
        "alternative_text": logo.alternative_text,
        "width": logo.width,
        "height": logo.height,
    }


def _read_logo(kept: dict[str, Any]) -> Logo:
    return Logo(
        b64decode(kept["content"]),
        kept["content_type"],
        kept["alternative_text"],
        kept["width"],
        kept["height"],
    )
