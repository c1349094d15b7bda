"""The table of roles and rights that people read is the one that the code decides by."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from toolkit.accounts.roles import RIGHTS, Right, Role


def test_the_document_says_what_the_code_does() -> None:
    text = (Path(settings.ROOT) / "docs" / "roles-and-rights.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    header, _, *body = rows
    roles = [next(role for role in Role if role.label == label) for label in header[1:]]
    assert roles == list(Role)
    said = {
        row[0]: {role for role, cell in zip(roles, row[1:], strict=True) if cell == "yes"} for row in body
    }
    done = {str(right.value): {role for role in Role if right in RIGHTS[role]} for right in Right}
    assert said == done
