"""Which characters a PDF cannot show."""

from __future__ import annotations

import pytest

from guidance.documents.writers import glyphs
from tests.papers import a_paper, words
from toolkit.local import packages


def test_what_the_fonts_lack_is_said_once_with_its_name_and_place() -> None:
    paper = a_paper(words("We asked residents what they like best: 🦄 of course"), words("🦄 again, and 漢"))
    first, second = glyphs.missing(paper)
    assert str(first) == "The PDF cannot show 🦄 (unicorn face) in “…they like best: 🦄 of course”"
    assert (second.character, second.name) == ("漢", "cjk unified ideograph-6f22")


def test_what_is_not_seen_is_not_missed() -> None:
    assert not glyphs.missing(
        a_paper(words("£ € — “curly” ✓ שלום مرحبا Ελλάς Łódź\u200d\ufe0f\u200e\ttab\nline"))
    )


def test_a_machine_without_the_fonts_is_told_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "FOLDERS", ())
    glyphs.font_files.cache_clear()
    with pytest.raises(glyphs.FontsMissing, match="apt install fonts-liberation fonts-dejavu-core"):
        glyphs.font_files()
    glyphs.font_files.cache_clear()


def test_what_is_installed_is_what_is_named() -> None:
    assert packages.FONT_FILES == glyphs.FONTS
    assert packages.FONTS.line == f"sudo {glyphs.LINE}"
