"""Pictures shipped and exported beside the texts that show them: `pictures/<slug>.png` and `pictures/pictures.toml`."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path

import tomli_w
from django.db import transaction

from guidance.editorial.content import ContentError
from guidance.editorial.models import Image

FOLDER = "pictures"
LIST = "pictures.toml"
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@transaction.atomic
def load(folder: Path) -> int:
    """Add the pictures that are missing, and return how many they were; one that is there is an editor's and stays.
    Raises ContentError."""
    listing = folder / FOLDER / LIST
    if not listing.exists():
        return 0
    added = 0
    try:
        for slug, given in tomllib.loads(listing.read_text(encoding="utf-8")).items():
            content = (folder / FOLDER / given["file"]).read_bytes()
            _, is_new = Image.objects.get_or_create(
                slug=slug,
                defaults={
                    "alternative_text": given["alternative_text"], "content": content, "content_type": given["content_type"],
                    "width": given["width"], "height": given["height"], "digest": sha256(content).hexdigest(),
                },
            )  # fmt: skip
            added += is_new
    except (tomllib.TOMLDecodeError, KeyError, TypeError, OSError) as error:
        raise ContentError(f"{FOLDER}/{LIST}: {error}") from error
    return added


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
        listing[image.slug] = {
            "file": name, "alternative_text": image.alternative_text, "content_type": image.content_type,
            "width": image.width, "height": image.height,
        }  # fmt: skip
    (place / LIST).write_text(tomli_w.dumps(listing), encoding="utf-8")
    return [f"picture/{image.slug}" for image in images]
