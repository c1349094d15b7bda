"""Markdown to safe HTML, whatever is typed."""

from __future__ import annotations

import datetime as dt
import time

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.pages.markdown import Picture, Word, links_in, pictures_in, render, words_only

DAY = dt.date(2026, 11, 24)
WORD = Word("lot", "lot", ("lot", "lots"), "<p>A part.</p>", "/guidance/glossary/l/#lot")


def html(text: str) -> str:
    return str(render(text, on=DAY, glossary=(WORD,)).html)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](//elsewhere.example)",
        "![x](https://elsewhere.example/x.png)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "::: example <script>alert(1)</script>\nx\n:::",
        "| <b onclick=1> | b |\n|---|---|\n| <i> | c |",
        "```\n</code><script>\n```",
        "`<script>`",
        "&lt;script&gt; &#60;script&#62;",
        '[x](/a "onmouseover=alert(1)")',
        '[x](/a" onclick="alert(1))',
    ],
)
def test_nothing_typed_becomes_code(text: str) -> None:
    tree = html5lib.parse(html(text), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag not in ("script", "iframe", "style", "object")
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in ("href", "src"):
                assert not value.lower().startswith(("javascript:", "data:", "//"))


@given(st.text(max_size=400))
def test_whatever_is_typed_is_rendered(text: str) -> None:
    made = html(text)
    assert "<script" not in made.lower()
    words_only(text, on=DAY)


@pytest.mark.parametrize(
    "text",
    [">" * 5_000 + " x", "- " * 3_000 + "x", "[" * 20_000, "*" * 20_000, "`" * 20_000, "|a" * 10_000, "::: inset\n" * 2_000, "{a:" * 10_000, "lot " * 12_000],
    ids=["quotes", "lists", "brackets", "stars", "ticks", "cells", "boxes", "tags", "words"],
)  # fmt: skip
def test_deep_nesting_is_rendered_quickly(text: str) -> None:
    began = time.process_time()
    render(text, on=DAY, glossary=(WORD,))
    assert time.process_time() - began < 5


def test_a_word_is_marked_once_and_only_in_running_text() -> None:
    made = render("## Lots\n\n[lots](/a) `lot` Lots, allot and lots.", on=DAY, glossary=(WORD,))
    assert str(made.html).count("popovertarget") == 1
    assert '<button type="button" class="app-term" popovertarget="term-lot">Lots</button>, allot' in str(
        made.html
    )
    assert made.words == (WORD,)


def test_no_word_breaks_out_of_its_button() -> None:
    odd = Word('x" onclick="alert(1)', "lot", ("lot",), "", "/")
    assert 'popovertarget="term-x&quot; onclick=&quot;alert(1)"' in str(
        render("A lot.", on=DAY, glossary=(odd,)).html
    )


def test_a_picture_that_is_not_there_says_so() -> None:
    assert "There is no picture “map”" in html("![](image:map)")
    picture = Picture("/pictures/map/abc/", "The lots", 4, 3)
    made = render("![](image:map)", on=DAY, pictures={"map": picture})
    assert 'alt="The lots"' in str(made.html)


def test_what_a_text_leads_to() -> None:
    text = "[a](/guidance/award/) [b](https://x.example) ![](image:map)"
    assert links_in(text) == ["/guidance/award/", "https://x.example"]
    assert pictures_in(text) == ["map"]
