"""Pictures that somebody sends: really pictures, not too large, and written anew without what they hide."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

CONTENT_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


class NoPicture(ValueError):
    """It cannot be read as a picture of the formats allowed."""


class TooManyPoints(ValueError):
    """It has more points than allowed; found out before they are unpacked."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture and nothing else: no place, no camera, no time."""

    content: bytes
    content_type: str
    width: int
    height: int


def written_anew(
    content: bytes, *, formats: Sequence[str], widest: int, most_points: int, longest: int | None = None
) -> CleanPicture:
    """The picture turned the right way up, at most `widest` wide. `longest`: of either side, as it comes. Raises
    NoPicture, TooManyPoints."""
    try:
        return _written_anew(content, formats, widest, most_points, longest or most_points)
    except TooManyPoints:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise NoPicture(str(error)) from error


def _written_anew(
    content: bytes, formats: Sequence[str], widest: int, most_points: int, longest: int
) -> CleanPicture:
    with warnings.catch_warnings():
        # What is odd about its hidden data does not matter: they go.
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        picture: Image.Image = Image.open(io.BytesIO(content), formats=list(formats))
        # Some phones write a JPEG with a second picture behind it, which the library calls MPO.
        kind = {"MPO": "JPEG"}.get(str(picture.format), str(picture.format))
        if picture.width * picture.height > most_points or max(picture.size) > longest:
            raise TooManyPoints(f"{picture.width} by {picture.height}")
        # A picture that breaks off is refused, whatever another library told this one to put up with.
        picture.verify()
        picture = Image.open(io.BytesIO(content), formats=list(formats))
        picture.load()
        # How the camera was held goes with them, so the picture is turned first.
        picture = ImageOps.exif_transpose(picture)
    if picture.width > widest:
        picture = picture.resize((widest, max(1, round(picture.height * widest / picture.width))))
    if kind == "JPEG" and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    clean = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        clean = picture.convert("RGBA")
    else:
        clean.paste(picture)
    made = io.BytesIO()
    clean.save(made, kind)
    return CleanPicture(made.getvalue(), CONTENT_TYPES[kind], *clean.size)
