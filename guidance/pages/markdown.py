"""Markdown to safe GOV.UK HTML. A pure function of the text, the day, the glossary and the pictures.

Raw HTML is shown as the text it is. Links go to http, https or mailto addresses, or stay within this service; any other
stays visible as text. Pictures are those of the service: `![](image:slug)`. `{threshold:works}` and its like take a
figure of the law (guidance.pages.figures). The first use of a word of the glossary opens its meaning. Besides
CommonMark and tables there are four boxes:

    ::: steps            ::: example Fleet buys a library system     ::: check              ::: inset
    1. First this.       The notice goes out on 2 March.             What is not settled.   An aside.
    2. Then that.        :::                                         :::                    :::
    :::
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.container import container_plugin

from guidance.pages import figures
from guidance.pages.limits import LONGEST_BODY as LONGEST
from toolkit.core.text import plain

BOXES = {"steps": "", "inset": "", "example": "Example", "check": "Check with your legal team"}
"""The boxes there are, and the heading each has unless the text gives one."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_ALLOWED_SCHEMES = ("http://", "https://", "mailto:")
_IMAGE = "image:"
_DEEPEST = 12
"""Lists and quotes within one another; deeper ones stay text."""
MOST_WORDS = 20
"""Words of the glossary marked in one text: each brings its meaning along, and a page stays below 30 KB."""
_HEADING_CLASSES = {"h2": "govuk-heading-m", "h3": "govuk-heading-s", "h4": "govuk-heading-s"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading a contents list may link to."""

    level: int
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the glossary: how texts may write it, what it means (safe HTML), and where it stands."""

    slug: str
    name: str
    forms: tuple[str, ...]
    meaning: str
    url: str


Glossary = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that texts may show."""

    address: str
    alternative_text: str
    width: int
    height: int


Pictures = Mapping[str, Picture]


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, its second-level headings in order, and the words of the glossary it marks."""

    html: Markup
    headings: tuple[Heading, ...]
    words: Glossary = ()


def is_allowed_link(address: str) -> bool:
    """http, https, mailto, or an address within this service."""
    address = address.strip().lower()
    if _SCHEME.match(address):
        return address.startswith(_ALLOWED_SCHEMES)
    return not address.startswith(("//", "/\\", "\\"))


def _open_box(name: str) -> Any:
    def render(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        if token.nesting == -1:
            return "</div>\n"
        heading = token.info.strip()[len(name) :].strip() or BOXES[name]
        classes = "app-steps" if name == "steps" else f"govuk-inset-text app-box app-box--{name}"
        title = (
            f'<p class="govuk-body govuk-!-font-weight-bold">{escapeHtml(heading)}</p>\n' if heading else ""
        )
        return f'<div class="{classes}">\n{title}'

    return render


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.options["maxNesting"] = _DEEPEST * 4
    parser.enable("table")
    parser.validateLink = lambda address: address.startswith(_IMAGE) or is_allowed_link(address)  # type: ignore[method-assign, assignment]  # the library’s own way of narrowing links
    for name in BOXES:
        parser.use(container_plugin, name, render=_open_box(name))
    return parser


def words_of(inline: Token) -> str:
    """The words of one line or paragraph, without marks."""
    return "".join(
        child.content for child in inline.children or [] if child.type in ("text", "code_inline", "softbreak")
    ).strip()


@lru_cache(maxsize=8)
def _pattern(glossary: Glossary) -> tuple[re.Pattern[str], Mapping[str, Word]] | None:
    """What finds any form of any word, the longest first, and the word that each form belongs to."""
    forms = {form.lower(): word for word in glossary for form in word.forms}
    if not forms:
        return None
    either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({either})(?![\w-])", re.IGNORECASE), forms


class _Dresser:
    """Gives one text’s tokens their classes and ids, its tags their figures, its words their meanings."""

    def __init__(self, on: dt.date, glossary: Glossary, pictures: Pictures, *, anchored: bool) -> None:
        self.anchored = anchored
        self.on, self.pattern, self.pictures = on, _pattern(glossary), pictures
        self.words: dict[str, Word] = {}
        self.headings: list[Heading] = []
        self.used: set[str] = set()
        self.tables = 0
        self.steps = 0

    def dress(self, tokens: list[Token]) -> list[Token]:
        dressed: list[Token] = []
        for index, token in enumerate(tokens):
            dressed.extend(self._one(token, tokens, index))
        return dressed

    def _one(self, token: Token, tokens: list[Token], index: int) -> list[Token]:
        match token.type:
            case "heading_open" | "heading_close":
                self._heading(token, tokens, index)
            case "paragraph_open":
                token.attrSet("class", "govuk-body")
            case "bullet_list_open":
                token.attrSet("class", "govuk-list govuk-list--bullet")
            case "ordered_list_open":
                token.attrSet(
                    "class", f"govuk-list govuk-list--number{' govuk-list--spaced' if self.steps else ''}"
                )
            case "container_steps_open":
                self.steps += 1
            case "container_steps_close":
                self.steps -= 1
            case "blockquote_open":
                token.attrSet("class", "govuk-inset-text")
            case "hr":
                token.attrSet(
                    "class", "govuk-section-break govuk-section-break--m govuk-section-break--visible"
                )
            case "thead_open":
                token.attrSet("class", "govuk-table__head")
            case "tbody_open":
                token.attrSet("class", "govuk-table__body")
            case "tr_open":
                token.attrSet("class", "govuk-table__row")
            case "th_open" | "td_open":
                self._cell(token)
            case "table_open":
                token.attrSet("class", "govuk-table")
                self.tables += 1
                label = f'role="region" aria-label="Table {self.tables}" tabindex="0"'
                return [_raw(f'<div class="app-table-scroll" {label}>\n'), token]
            case "table_close":
                return [token, _raw("</div>\n")]
            case "inline":
                in_heading = index > 0 and tokens[index - 1].type == "heading_open"
                token.children = self._inline(token.children or [], mark=not in_heading)
        return [token]

    def _inline(self, children: list[Token], *, mark: bool) -> list[Token]:
        dressed: list[Token] = []
        within_link = 0
        for child in children:
            if child.type == "link_open":
                child.attrSet("class", "govuk-link")
                within_link += 1
            elif child.type == "link_close":
                within_link -= 1
            if child.type == "text":
                dressed += self._marked(child.content, mark=mark and not within_link)
            elif child.type == "image":
                dressed.append(self._picture(child))
            else:
                dressed.append(child)
        return dressed

    def _marked(self, text: str, *, mark: bool) -> list[Token]:
        """The text with the first use of each word of the glossary made to open its meaning."""
        if not mark or self.pattern is None:
            return [_text(text)]
        pattern, forms = self.pattern
        parts: list[Token] = []
        place = 0
        for found in pattern.finditer(text):
            word = forms[found[0].lower()]
            if word.slug in self.words or len(self.words) == MOST_WORDS:
                continue
            self.words[word.slug] = word
            parts += [
                _text(text[place : found.start()]),
                _raw_inline(
                    f'<button type="button" class="app-term" popovertarget="term-{escapeHtml(word.slug)}">{escapeHtml(found[0])}</button>'
                ),
            ]
            place = found.end()
        return [*parts, _text(text[place:])]

    def _picture(self, token: Token) -> Token:
        address = str(token.attrs.get("src", ""))
        picture = self.pictures.get(address.removeprefix(_IMAGE)) if address.startswith(_IMAGE) else None
        if picture is None:
            return _text(f"[There is no picture “{address.removeprefix(_IMAGE)}”]")
        words = escapeHtml(token.content or picture.alternative_text)
        return _raw_inline(
            f'<img class="app-picture" src="{escapeHtml(picture.address)}" alt="{words}" width="{picture.width}" height="{picture.height}" loading="lazy">'
        )

    def _heading(self, token: Token, tokens: list[Token], index: int) -> None:
        # The page’s title is the one h1, so the text’s headings begin at h2 and go no deeper than h4.
        level = min(max(int(token.tag[1]), 2), 4)
        token.tag = f"h{level}"
        if token.type == "heading_close":
            return
        token.attrSet("class", _HEADING_CLASSES[token.tag])
        words = words_of(tokens[index + 1])
        # The prefix keeps a heading’s id apart from every id of the layout.
        base = f"section-{plain(words).replace(' ', '-')[:60].strip('-') or 'untitled'}"
        anchor, number = base, 1
        while anchor in self.used:
            number += 1
            anchor = f"{base}-{number}"
        self.used.add(anchor)
        if self.anchored:
            token.attrSet("id", anchor)
        if level == 2 and words:
            self.headings.append(Heading(level, words, anchor))

    @staticmethod
    def _cell(token: Token) -> None:
        kind = "header" if token.type == "th_open" else "cell"
        to_the_right = "right" in str(token.attrs.pop("style", ""))
        token.attrSet(
            "class", f"govuk-table__{kind}{f' govuk-table__{kind}--numeric' if to_the_right else ''}"
        )
        if kind == "header":
            token.attrSet("scope", "col")


def _raw(html: str) -> Token:
    """HTML of our own; the parser itself never makes such a token, because raw HTML is off."""
    return Token("html_block", "", 0, content=html)


def _raw_inline(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def parsed(text: str, *, on: dt.date) -> list[Token]:
    """The text as tokens, with the figures of the day `on`."""
    return _parser().parse(figures.filled(text[:LONGEST], on=on))


def render(
    text: str,
    *,
    on: dt.date,
    glossary: Glossary = (),
    pictures: Pictures | None = None,
    anchored: bool = True,
) -> Rendered:
    """The text as safe HTML with GOV.UK classes, with the figures of the day `on`; what is longer than LONGEST is cut.
    Without `anchored` its headings have no ids, so that several texts can stand in one document."""
    parser = _parser()
    dresser = _Dresser(on, glossary, pictures or {}, anchored=anchored)
    tokens = dresser.dress(parsed(text, on=on))
    html = parser.renderer.render(tokens, parser.options, {})
    return Rendered(Markup(html), tuple(dresser.headings), tuple(dresser.words.values()))


def words_only(text: str, *, on: dt.date) -> str:
    """The text’s words without marks, for the search index."""
    tokens = parsed(text, on=on)
    parts = [words_of(token) if token.type == "inline" else token.content for token in tokens]
    return " ".join(" ".join(parts).split())


def _addresses(text: str, kind: str, attribute: str) -> list[str]:
    tokens = _parser().parse(text[:LONGEST])
    return [
        str(child.attrs.get(attribute, ""))
        for token in tokens
        for child in token.children or []
        if child.type == kind
    ]


def links_in(text: str) -> list[str]:
    """Every address that the text links to."""
    return _addresses(text, "link_open", "href")


def pictures_in(text: str) -> list[str]:
    """The slug, or other address, of every picture that the text shows."""
    return [address.removeprefix(_IMAGE) for address in _addresses(text, "image", "src")]
