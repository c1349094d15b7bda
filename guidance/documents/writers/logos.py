"""An organisation’s logo, checked before any writer sees it."""

from __future__ import annotations

from guidance.documents.assembly.blocks import Logo
from toolkit.core.pictures import NoPicture, TooManyPoints, written_anew

MOST_BYTES = 1024 * 1024
LONGEST = 4_000
WIDEST = 1_200


class BadLogo(ValueError):
    """The logo cannot be used. The message is a sentence for whoever sent it."""


def checked(content: bytes, alternative_text: str) -> Logo:
    """The logo as it is kept: PNG or JPEG, at most 1,200 pixels wide, without hidden data. Raises BadLogo."""
    if not alternative_text.strip():
        raise BadLogo("Enter what the logo says, for people who can’t see it")
    if not content:
        raise BadLogo("The logo is an empty file")
    if len(content) > MOST_BYTES:
        raise BadLogo("The logo must be 1 MB or less")
    try:
        clean = written_anew(
            content, formats=("PNG", "JPEG"), widest=WIDEST, most_points=LONGEST * LONGEST, longest=LONGEST
        )
    except TooManyPoints as error:
        raise BadLogo("The logo must be at most 4,000 pixels wide and 4,000 high") from error
    except NoPicture as error:
        raise BadLogo("The logo is no PNG or JPEG picture that can be read") from error
    return Logo(clean.content, clean.content_type, alternative_text.strip(), clean.width, clean.height)
