"""Pictures as telephones make them."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import Image as Picture

from guidance.editorial.forms import ImageForm

pytestmark = pytest.mark.django_db  # a form of a model asks whether its slug is taken

ORIENTATION = 0x0112
HELD_UPRIGHT = 6


def _photo(kind: str, *, orientation: int = 1) -> bytes:
    """A picture, wider than high, red on the left."""
    picture = Picture.new("RGB", (40, 20), "blue")
    picture.paste("red", (0, 0, 20, 20))
    hidden = Picture.Exif()
    hidden[ORIENTATION] = orientation
    made = io.BytesIO()
    if kind == "MPO":
        picture.save(made, kind, exif=hidden, save_all=True, append_images=[picture.copy()])
    else:
        picture.save(made, kind, exif=hidden)
    return made.getvalue()


def _read(content: bytes) -> ImageForm:
    file = SimpleUploadedFile("photo.jpg", content)
    return ImageForm({"slug": "map", "alternative_text": "The lots"}, MultiValueDict({"file": [file]}))


@pytest.mark.parametrize(
    ("kind", "stored"), [("MPO", "image/jpeg"), ("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)  # fmt: skip
def test_a_photograph_stands_upright_and_hides_nothing(kind: str, stored: str) -> None:
    form = _read(_photo(kind, orientation=HELD_UPRIGHT))
    form.full_clean()
    assert "file" not in form.errors
    assert (form.instance.content_type, form.instance.width, form.instance.height) == (stored, 20, 40)
    kept = Picture.open(io.BytesIO(form.instance.content))
    assert not kept.getexif()
    top = kept.convert("RGB").getpixel((10, 5))
    assert isinstance(top, tuple)
    assert top[0] > 200, "what was on the left is on top"


@pytest.mark.parametrize("place", range(0, 200, 5))
def test_a_damaged_photograph_is_read_or_refused(place: int) -> None:
    photo = bytearray(_photo("MPO", orientation=HELD_UPRIGHT))
    photo[place : place + 4] = b"\xff\x00\xfe\x7f"
    _read(bytes(photo)).full_clean()
