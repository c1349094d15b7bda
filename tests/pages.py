"""The inspecting client. Every page that any test fetches is checked, so that quality costs nothing in each test.

pages.sign_in(people.officer)
page = pages.get("procurements")                        # by route name or by path; follows redirects
assert page.h1 == "Procurements"
page = pages.submit(page.form(), title="School meals")  # fills the form that is there, with its hidden fields
assert page.errors == ["Enter what you need"]
pages.get("procurement", reference="PR-7K2D", status=404)

A GET that writes to the database, or that fetches one relation row by row, fails the test too.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from functools import cached_property
from typing import Any, Self, cast
from urllib.parse import urlencode, urljoin, urlsplit

import html5lib
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from lxml.cssselect import CSSSelector
from lxml.etree import _Element

from tests import inspection, recorder
from tests.forms import Form
from tests.jobs import Jobs
from tests.words import words_in
from toolkit.accounts.models import Person
from toolkit.core import page_cache

MOST_REDIRECTS = 5


class Page:
    """One page as a reader has it."""

    def __init__(self, response: Any, url: str) -> None:
        self.response = response
        self.url = url
        self.path = urlsplit(url).path
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.content: bytes = b"".join(response) if response.streaming else response.content
        self.is_html = response.headers.get("Content-Type", "").startswith("text/html")

    @cached_property
    def html(self) -> str:
        return self.content.decode(getattr(self.response, "charset", None) or "utf-8")

    @cached_property
    def _parsed(self) -> tuple[_Element, list[Any]]:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
        root = parser.parse(self.html).getroot()
        return root, list(parser.errors)

    @property
    def root(self) -> Any:
        return self._parsed[0]

    @property
    def parse_errors(self) -> list[Any]:
        return self._parsed[1]

    def css(self, selector: str) -> list[Any]:
        """The elements that a CSS selector finds."""
        return cast("list[Any]", CSSSelector(selector, translator="html")(self.root))

    def words(self, selector: str) -> list[str]:
        """The words of each element that a CSS selector finds."""
        return [words_in(element) for element in self.css(selector)]

    @property
    def title(self) -> str:
        return next(iter(self.words("title")), "")

    @property
    def h1(self) -> str:
        return next(iter(self.words("h1")), "")

    @property
    def text(self) -> str:
        """All words a reader sees, of the whole page."""
        return " ".join(self.words("body"))

    @cached_property
    def prose(self) -> str:
        """The page's own words: not code, not what somebody typed."""
        skipped = set(self.css(inspection.NOT_PROSE))
        return " ".join(words_in(element, skipping=skipped) for element in self.css("title, body"))

    @property
    def main(self) -> str:
        """All words a reader sees within the page's main part."""
        return " ".join(self.words("main"))

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        return self.words(".govuk-error-summary__list > li")

    @property
    def banner(self) -> str:
        """What a notification banner says; empty when there is none."""
        return " ".join(self.words(".govuk-notification-banner__content"))

    @property
    def tasks(self) -> dict[str, str]:
        """The tasks of a task list: name → status as shown."""
        return {
            words_in(item.cssselect(".govuk-task-list__name-and-hint > *")[0]): words_in(
                item.cssselect(".govuk-task-list__status")[0]
            )
            for item in self.css(".govuk-task-list__item")
        }

    @property
    def facts(self) -> dict[str, str]:
        """The rows of all summary lists: key → value."""
        keys, values = self.words(".govuk-summary-list__key"), self.words(".govuk-summary-list__value")
        return dict(zip(keys, values, strict=True))

    @property
    def links(self) -> dict[str, str]:
        """Words → address, of links in the page's main part; the first of equal words."""
        found: dict[str, str] = {}
        for link in self.css("main a[href]"):
            found.setdefault(words_in(link), link.get("href"))
        return found

    def link(self, text: str) -> str:
        """The address behind the only link whose words are, or else contain, `text`; anywhere on the page."""
        everywhere = [(words_in(link), link.get("href")) for link in self.css("a[href]")]
        exact = {href for words, href in everywhere if words == text}
        found = exact or {href for words, href in everywhere if text in words}
        assert len(found) == 1, (
            f"{len(found)} links of {self.path} say “{text}”; there are {sorted({w for w, _ in everywhere})}"
        )
        return urljoin(self.url, found.pop())

    def table(self, caption: str | int = 0) -> list[dict[str, str]]:
        """A table, by its caption or place, as rows: heading → words."""
        tables = self.css("table")
        if isinstance(caption, str):
            tables = [
                table
                for table in tables
                if any(caption in words_in(words) for words in table.cssselect("caption"))
            ]
            caption = 0
        assert len(tables) > caption, f"{self.path} has no such table"
        headings = [words_in(cell) for cell in tables[caption].cssselect("thead th")]
        rows = tables[caption].cssselect("tbody tr")
        return [
            dict(zip(headings, (words_in(cell) for cell in row.cssselect("th, td")), strict=False))
            for row in rows
        ]

    def form(self, selector: str | int = 0) -> Form:
        """A form of the page's main part, by place, by CSS selector, or by the words on its button."""
        forms = self.css("main form") or self.css("form")
        if isinstance(selector, str):
            by_button = [form for form in forms if selector in Form(form, self.url).buttons.values()]
            forms, selector = by_button or [form for form in self.css(selector) if form.tag == "form"], 0
        assert len(forms) > selector, f"{self.path} has no such form"
        return Form(forms[selector], self.url)

    def inspect(self) -> None:
        """Fail with everything that is wrong with the page."""
        if self.is_html and self.status < 600 and self.content:
            found = inspection.faults(self)
            assert not found, f"{self.path} (status {self.status}):\n" + "\n".join(
                f"- {fault}" for fault in found
            )


class Pages:
    """A reader with a browser: signed in or not, csrf enforced, one call for each thing they do."""

    def __init__(self, *, jobs: Jobs | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.jobs = jobs

    def sign_in(self, person: Person | None) -> Self:
        """Sign in as a person, without the pages for it; None signs out."""
        self.client = Client(enforce_csrf_checks=True)
        if person is not None:
            self.client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return self

    def get(
        self,
        where: str,
        *,
        status: int = 200,
        query: Mapping[str, Any] | None = None,
        follow: bool = True,
        **kwargs: Any,
    ) -> Page:
        """Fetch a page by path or route name, with the route's parts as keyword arguments, and inspect it."""
        address = address_of(where, **kwargs)
        if query:
            address += "?" + urlencode(query, doseq=True)
        return self._checked(self._get(address), address, status, follow)

    def post(
        self,
        where: str,
        data: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        follow: bool = True,
        **kwargs: Any,
    ) -> Page:
        """Send what no form on a page sends, with a valid csrf token. For real forms use `submit`."""
        address = address_of(where, **kwargs)
        token = self._token()
        response = self.client.post(address, {**(data or {}), "csrfmiddlewaretoken": token})
        return self._checked(response, address, status, follow)

    def submit(
        self,
        form: Form | Page,
        /,
        *,
        button: str | None = None,
        status: int = 200,
        follow: bool = True,
        **data: Any,
    ) -> Page:
        """Fill the form that is on the page and send it as a browser would. Fails for a field or choice it lacks."""
        form = form.form() if isinstance(form, Page) else form
        fields = form.filled(data, button=button)
        if form.method == "get":
            address = urljoin(form.action, "?" + urlencode(fields, doseq=True))
            return self._checked(self._get(address), address, status, follow)
        return self._checked(self.client.post(form.action, fields), form.action, status, follow)

    def click(self, page: Page, text: str, *, status: int = 200) -> Page:
        """Follow the link with these words."""
        return self.get(page.link(text), status=status)

    def _token(self) -> str:
        """A csrf token that belongs to this reader, as any page with a form would carry it."""
        page = Page(self._get(reverse("account_login")), "")
        tokens = page.css("input[name=csrfmiddlewaretoken]") if page.is_html and page.content else []
        if tokens:
            return str(tokens[0].get("value"))
        page = Page(self._get(reverse("account_logout")), "")
        return str(page.css("input[name=csrfmiddlewaretoken]")[0].get("value"))

    def _get(self, address: str) -> HttpResponseBase:
        """A GET that may write only to the named tables, and fetches nothing one by one. Never a page that was kept."""
        page_cache.clear()
        before = len(self.jobs.waiting) if self.jobs else 0
        with ExitStack() as stack:
            recording = stack.enter_context(recorder.recorded())
            if not address.startswith("/admin/"):
                stack.enter_context(recorder.nothing_one_by_one())
            response: HttpResponseBase = self.client.get(address)
        recorder.assert_nothing_written(recording, address)
        deferred = len(self.jobs.waiting) - before if self.jobs else 0
        assert not deferred or recorder.may_write(address) is recorder.EVERYTHING, (
            f"GET {address} deferred a job"
        )
        return response

    def _checked(self, response: Any, address: str, status: int, follow: bool) -> Page:
        for _ in range(MOST_REDIRECTS):
            if not (follow and response.status_code in (301, 302, 303)):
                break
            address = urljoin(address, response["Location"])
            assert urlsplit(address).netloc in ("", "testserver"), f"leads to {address}"
            response = self._get(address)
        page = Page(response, address)
        said = f": {page.h1} {page.errors}" if page.is_html and page.content else ""
        assert page.status == status, f"{address} answered {page.status}, not {status}{said}"
        page.inspect()
        return page


def address_of(where: str, **kwargs: Any) -> str:
    """A path as it is, or a route by its name."""
    return where if where.startswith(("/", "http://testserver")) else reverse(where, kwargs=kwargs or None)
