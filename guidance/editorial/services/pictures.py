"""Pictures shipped and exported beside the texts that show them: `pictures/<slug>.png` and `pictures/pictures.toml`."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import tomli_w
from django.core.exceptions import ValidationError
from django.db import transaction
from PIL import Image as Picture

from guidance.editorial.content import ContentError
from guidance.editorial.models import Image

FOLDER = "pictures"
LIST = "pictures.toml"
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


@transaction.atomic
def load(folder: Path) -> int:
    """Add the pictures that are missing, and return how many they were; one that is there is an editor's and stays.
    Raises ContentError."""
    place = folder / FOLDER
    if not (place / LIST).exists():
        return 0
    added = 0
    try:
        listed = tomllib.loads((place / LIST).read_text(encoding="utf-8"))
        known = set(Image.objects.filter(slug__in=listed).values_list("slug", flat=True))
        for slug, given in listed.items():
            if slug not in known:
                _read(slug, given, place).save()
                added += 1
    except ValidationError as error:
        raise ContentError(f"{FOLDER}/{LIST}: {slug}: {' '.join(error.messages)}") from error
    except (KeyError, TypeError, OSError, ValueError, SyntaxError, Picture.DecompressionBombError) as error:
        raise ContentError(f"{FOLDER}/{LIST}: {error}") from error
    return added


def _read(slug: str, given: Mapping[str, Any], place: Path) -> Image:
    """One of the list. Its type and size are those of the picture itself, whatever else is said of it. Raises
    ValidationError, or what reading a damaged file raises."""
    if Path(given["file"]).name != given["file"]:
        raise ValidationError("Its file must lie beside the list")
    content = (place / given["file"]).read_bytes()
    with Picture.open(io.BytesIO(content), formats=list(FORMATS)) as picture:
        kind, (width, height) = FORMATS[str(picture.format)], picture.size
        picture.verify()
    image = Image(
        slug=slug, alternative_text=given["alternative_text"], content=content, content_type=kind,
        width=width, height=height, digest=sha256(content).hexdigest(),
    )  # fmt: skip
    image.full_clean()
    return image


def export(folder: Path) -> list[str]:
    """Write every picture as `load` reads it; the names written."""
    images = list(Image.objects.order_by("slug"))
    if not images:
        return []
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    listing = {}
    for image in images:
        name = f"{image.slug}.{ENDINGS[image.content_type]}"
        (place / name).write_bytes(bytes(image.content))
        listing[image.slug] = {"file": name, "alternative_text": image.alternative_text}
    (place / LIST).write_text(tomli_w.dumps(listing), encoding="utf-8")
    return [f"picture/{image.slug}" for image in images]
