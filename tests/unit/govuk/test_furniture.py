"""Page furniture is made once for equal parameters, and never mixes words up with markup."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from toolkit.govuk.components import Govuk, _kept


def test_furniture_is_made_once_for_equal_parameters() -> None:
    asked: list[dict[str, Any]] = []

    def macro(params: dict[str, Any]) -> Markup:
        asked.append(params)
        return Markup("made ") + str(len(asked))

    kept = _kept(macro)
    assert [kept({"text": "Back"}), kept({"text": "Back"}), kept({"text": "Way back"})] == [
        "made 1",
        "made 1",
        "made 2",
    ]
    assert kept({"text": Markup("Back")}) == "made 3", "markup is not words, and is made each time"
    assert kept({"text": Markup("Back")}) == "made 4"


def test_kept_furniture_escapes_words_and_not_markup() -> None:
    govuk = Govuk()
    for _ in range(2):
        assert "&lt;b&gt;" in govuk.skip_link({"href": "#main", "text": "<b>"})
        assert "<b>" in govuk.skip_link({"href": "#main", "html": Markup("<b>x</b>")})
