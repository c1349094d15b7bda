"""What every page must be, whatever test fetched it. `faults(page)` lists what is wrong with one."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles import finders
from html5lib.constants import E as PARSE_ERRORS

from tests.words import words_in

if TYPE_CHECKING:
    from tests.pages import Page

Rule = Callable[["Page"], Iterator[str]]

NOT_PROSE = "script, style, template, noscript, code, pre, kbd, samp, textarea, [data-verbatim]"
"""What is not the page's own words: code, and what people typed, where a page shows it as typed."""

_LEFTOVERS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\bUndefined\b|\bNone\b(?! [a-z]|\.$)|\bTraceback\b|<[a-z]+ object at 0x|\bnan\b"
)
_STRAIGHT = re.compile(r"""\S{0,20}['"]\S{0,20}""")
_HANDLER = re.compile(r"^on[a-z]+$")


def is_ours(page: Page) -> bool:
    """Django's admin has a look of its own."""
    return not page.path.startswith("/admin/")


def valid_html(page: Page) -> Iterator[str]:
    for (line, _), code, data in page.parse_errors:
        near = page.html.splitlines()[line - 1].strip()[:160] if line <= page.html.count("\n") + 1 else ""
        yield f"is not valid HTML: {PARSE_ERRORS[code] % data} (line {line}: {near})"


def one_heading(page: Page) -> Iterator[str]:
    headings = page.css("h1")
    if len(headings) != 1:
        yield f"has {len(headings)} h1"
    elif not page.title.removeprefix("Error: ").startswith(page.h1):
        yield f"is titled “{page.title}”, which does not start with its heading “{page.h1}”"
    if page.errors and not page.title.startswith("Error: "):
        yield f"shows errors, but its title “{page.title}” does not start “Error: ”"


def language(page: Page) -> Iterator[str]:
    if not page.root.get("lang"):
        yield "names no language"


def unique_ids(page: Page) -> Iterator[str]:
    counted = Counter(element.get("id") for element in page.css("[id]"))
    for name, times in counted.items():
        if times > 1:
            yield f"has the id “{name}” {times} times"
        if not name:
            yield "has an empty id"


def links_land(page: Page) -> Iterator[str]:
    """Links within the page, labels and descriptions lead to something that is there."""
    ids = {element.get("id") for element in page.css("[id]")}
    for link in page.css(".govuk-error-summary a"):
        if not link.get("href", "").startswith("#"):
            yield f"links the error “{words_in(link)}” to {link.get('href')}"
    for link in page.css("a[href^='#']"):
        if (target := link.get("href")[1:]) and target not in ids:
            yield f"links “{words_in(link)}” to #{target}, which is not there"
    for label in page.css("label"):
        if label.get("for") and label.get("for") not in ids:
            yield f"labels {label.get('for')}, which is not there"
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "headers"):
        for element in page.css(f"[{attribute}]"):
            for target in element.get(attribute).split():
                if target not in ids:
                    yield f"has {attribute}=“{target}”, which is not there"


def fields_named(page: Page) -> Iterator[str]:
    """Every field has a label."""
    labelled = {label.get("for") for label in page.css("label[for]")}
    for field in page.css("input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea"):
        named = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
        if not named and not any(parent.tag == "label" for parent in field.iterancestors()):
            yield f"has the field {field.get('name')} without a label"


def words(page: Page) -> Iterator[str]:
    for match in _LEFTOVERS.finditer(page.prose):
        yield f"says “{page.prose[max(0, match.start() - 30) : match.end() + 30]}”"
    for match in _STRAIGHT.finditer(page.prose):
        yield f"has a straight quote in “{match[0]}”: use ’ or “ ”"
    if "This field is required" in page.text:
        yield "says “This field is required”: say what to enter or select"


def forms(page: Page) -> Iterator[str]:
    for form in page.css("form"):
        method = (form.get("method") or "").lower()
        if not method:
            yield f"has a form without a method (action {form.get('action')})"
        tokens = [field for field in form.cssselect("input[name=csrfmiddlewaretoken]") if field.get("value")]
        outside = (form.get("action") or "").startswith("http")
        if method == "post" and len(tokens) != 1 and not outside:
            yield f"has a POST form with {len(tokens)} csrf tokens (action {form.get('action')})"
        if method == "get" and tokens:
            yield f"puts a csrf token into an address (action {form.get('action')})"


def no_inline_code(page: Page) -> Iterator[str]:
    """Nothing that the content security policy would stop."""
    for element in page.css("*"):
        if element.get("style") is not None:
            yield f"has style=“{element.get('style')}” on <{element.tag}>"
        for attribute in element.attrib:
            if _HANDLER.match(attribute):
                yield f"has {attribute} on <{element.tag}>"
        if (element.get("href") or "").strip().lower().startswith("javascript:"):
            yield "has a javascript: link"
    for style in page.css("style"):
        yield f"has an inline style sheet: {(style.text or '')[:60]}"
    allowed = page.headers.get("Content-Security-Policy", "")
    for script in page.css("script:not([src])"):
        if script.get("type", "text/javascript") in ("text/javascript", "module"):
            digest = base64.b64encode(hashlib.sha256((script.text or "").encode()).digest()).decode()
            if f"'sha256-{digest}'" not in allowed:
                yield f"has an inline script that the policy does not allow (sha256-{digest}): {(script.text or '')[:60]}"


def policy(page: Page) -> Iterator[str]:
    if "default-src" not in page.headers.get("Content-Security-Policy", ""):
        yield "has no content security policy"


def pictures(page: Page) -> Iterator[str]:
    for picture in page.css("img"):
        if picture.get("alt") is None:
            yield f"has a picture without alt: {picture.get('src', '')[:80]}"
    for picture in page.css("svg[role=img]"):
        if not (picture.get("aria-label") or picture.get("aria-labelledby") or picture.cssselect("title")):
            yield "has a drawing without a name"


def files_are_there(page: Page) -> Iterator[str]:
    """Style sheets, scripts and pictures that the page names exist (toolkit.css and GOV.UK’s script once built)."""
    for element in page.css("link[href], script[src], img[src]"):
        address = element.get("href") or element.get("src")
        if address.startswith(settings.STATIC_URL):
            name = address.removeprefix(settings.STATIC_URL)
            if name not in BUILT and finders.find(name) is None:
                yield f"names {address}, which is no file of ours"


BUILT = {"toolkit.css", "govuk-frontend.min.js"}

OF_EVERY_PAGE: tuple[Rule, ...] = (forms, policy)
OF_OUR_PAGES: tuple[Rule, ...] = (
    valid_html, one_heading, language, unique_ids, links_land, fields_named, words, no_inline_code, pictures, files_are_there,
)  # fmt: skip


def faults(page: Page) -> list[str]:
    """Everything that is wrong with a page, each as the rest of a sentence that begins with its address."""
    rules = (*OF_EVERY_PAGE, *OF_OUR_PAGES) if is_ours(page) else OF_EVERY_PAGE
    return [fault for rule in rules for fault in rule(page)]
