"""A logo: really a picture, small enough, and nothing hidden in it."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from guidance.documents.writers.logos import BadLogo, checked


def picture(
    kind: str = "PNG", size: tuple[int, int] = (300, 100), mode: str = "RGB", **more: object
) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, "white" if mode == "RGB" else None).save(made, kind, **more)
    return made.getvalue()


def test_a_picture_is_kept_as_it_is_but_for_what_it_hides() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Ada Lovelace"
    sent = picture("JPEG", exif=exif)
    assert b"Ada Lovelace" in sent
    logo = checked(sent, " Fleet ")
    assert b"Ada Lovelace" not in logo.content
    assert (logo.content_type, logo.width, logo.height, logo.alternative_text) == (
        "image/jpeg",
        300,
        100,
        "Fleet",
    )


def test_a_wide_one_is_made_smaller() -> None:
    logo = checked(picture(size=(3600, 300)), "Fleet")
    assert (logo.width, logo.height) == (1200, 100)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA", "1", "I;16"])
def test_every_kind_of_png_can_be_read(mode: str) -> None:
    assert checked(picture(mode=mode), "Fleet").content_type == "image/png"


def bomb() -> bytes:
    """A PNG that says it is 60,000 pixels each way, in a few bytes."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk + picture()[33:]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The logo is an empty file"),
        (b"%PDF-1.7 not a picture", "The logo is no PNG or JPEG picture that can be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "The logo is no PNG or JPEG picture that can be read"),
        (picture()[:60], "The logo is no PNG or JPEG picture that can be read"),
        (picture("GIF"), "The logo is no PNG or JPEG picture that can be read"),
        (b"\x89PNG" * 10_000_000, "The logo must be 1 MB or less"),
        (picture(size=(4_001, 10)), "The logo must be at most 4,000 pixels wide and 4,000 high"),
    ],
    ids=["empty", "pdf", "svg", "cut", "gif", "large", "wide"],
)  # fmt: skip
def test_what_is_no_logo_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(BadLogo) as refused:
        checked(content, "Fleet")
    assert str(refused.value) == said


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(BadLogo):
        checked(bomb(), "Fleet")


def test_it_must_say_what_it_shows() -> None:
    with pytest.raises(BadLogo, match="Enter what the logo says"):
        checked(picture(), "  ")
