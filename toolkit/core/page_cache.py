"""The page cache: what everybody gets alike is made once and kept in this process for a few seconds.

A view opts in:

    @login_not_required
    @same_for_everyone
    @require_safe
    def index(request): …

A request with neither session nor messages cookie then gets the same bytes as any other such request, with no query, and
with an `ETag`, so that asking again costs a 304. A request with one of those cookies passes by: its answer is its own and
is kept nowhere, neither here nor in a browser, so that going back after signing out shows nobody's page.

How old may it be? At most `SECONDS`, everywhere: `max-age` with `Age` lets a browser or a proxy keep a page only for what
is left of them. Whoever publishes calls `clear()`, which is felt at once in this process; the other processes follow
within `SECONDS`.

Stands below the middleware that writes the security headers and above all others: those headers are written anew for a
page that was kept, exactly as for one that was made; the rest are kept with it.
"""

from __future__ import annotations

import hashlib
import logging
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response

SECONDS = 3
"""How old a page may be that somebody gets. What pages are made of may be `PARTS_SECONDS` old by itself: five together."""
PARTS_SECONDS = 2
MOST_PAGES = 500
MOST_BYTES = 16 * 1024 * 1024
LARGEST = 512 * 1024
"""A page larger than this is made anew each time."""
LOCKS = 64
"""Pages share this many locks, by their key."""

SHARED = f"public, max-age={SECONDS}"
PRIVATE = "private, no-store"
UNKEPT = "private, no-cache"

Key = tuple[str, str, str, str]
Respond = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger(__name__)


def same_for_everyone[View: Callable[..., Any]](view: View) -> View:
    """Say of a view that without a session it answers everybody alike, so that its pages may be kept and shared."""
    view.same_for_everyone = True  # type: ignore[attr-defined]  # as Django marks `login_required`
    return view


def is_anybody(request: HttpRequest) -> bool:
    """Does the request say nothing of who is asking, nor carry a message for them?"""
    return (
        settings.SESSION_COOKIE_NAME not in request.COOKIES
        and CookieStorage.cookie_name not in request.COOKIES
    )


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page as everybody gets it."""

    body: bytes
    headers: dict[str, str]
    made_at: float
    """By the cache's clock, when making it began: nothing it says is older."""

    @classmethod
    def of(cls, response: HttpResponse, made_at: float) -> KeptPage:
        digest = hashlib.blake2b(response.content, digest_size=16).hexdigest()
        added = {"ETag": f'"{digest}"', "Cache-Control": SHARED, "Vary": "Cookie"}
        return cls(response.content, {**response.headers, **added}, made_at)

    @property
    def size(self) -> int:
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers.items())

    def answer(self, request: HttpRequest, now: float) -> HttpResponseBase:
        """The answer to this request: all of it, its headers alone, or that nothing has changed."""
        response = HttpResponse(b"" if request.method == "HEAD" else self.body, headers=self.headers)
        response.headers["Age"] = str(math.ceil(now - self.made_at))
        return get_conditional_response(request, etag=self.headers["ETag"], response=response) or response


class PageCache:
    """Pages by key, the least recently used thrown out first. Any number of threads may use it."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        most_pages: int = MOST_PAGES,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.clock = clock
        self.most_pages, self.most_bytes = most_pages, most_bytes
        self.bytes = 0
        self.cleared = 0
        """How often everything was thrown away: a page begun before that is out of date."""
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._lock = threading.Lock()
        self._making = [threading.Lock() for _ in range(LOCKS)]

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> KeptPage | None:
        """The page, unless there is none or it is too old."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if self.clock() - page.made_at > SECONDS:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: KeptPage, *, cleared: int) -> None:
        """Keep a page, unless everything was thrown away since it was begun, when `cleared` was read."""
        if page.size + _length(key) > min(LARGEST, self.most_bytes):
            return
        with self._lock:
            if cleared != self.cleared:
                return
            if key in self._pages:
                self._drop(key)
            self._pages[key] = page
            self.bytes += page.size + _length(key)
            while len(self._pages) > self.most_pages or self.bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Throw everything away."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0
            self.cleared += 1

    @contextmanager
    def alone(self, key: Key) -> Iterator[None]:
        """One thread at a time makes a page, and the others wait for it; not for longer than a page is good."""
        lock = self._making[hash(key) % LOCKS]
        held = lock.acquire(timeout=SECONDS)
        try:
            yield
        finally:
            if held:
                lock.release()

    def _drop(self, key: Key) -> None:
        self.bytes -= self._pages.pop(key).size + _length(key)


def _length(key: Key) -> int:
    return sum(map(len, key))


CACHE = PageCache()


_with_it: list[Callable[[], None]] = []


def clear_with_it(forget: Callable[[], None]) -> None:
    """Have something else that pages are made of, kept as shortly, thrown away together with them."""
    if forget not in _with_it:
        _with_it.append(forget)


def clear() -> None:
    """Throw every page away in this process, because something was published. Other processes follow within `SECONDS`."""
    for forget in _with_it:
        forget()
    CACHE.clear()


def reason_against(response: HttpResponseBase) -> str:
    """Why an answer cannot be the same for everyone, though its view says so; empty when it can."""
    if not isinstance(response, HttpResponse):
        return "it is a stream"
    if response.cookies:
        return f"it sets the cookie {', '.join(response.cookies)}"
    if response.get("Vary"):
        return f"it varies on {response['Vary']}"
    if response.get("Cache-Control"):
        return f"it says of itself “{response['Cache-Control']}”"
    if hasattr(response, "_csp_config") or hasattr(response, "_csp_ro_config"):
        return "it has a content security policy of its own"
    return ""


def refuse(request: HttpRequest, reason: str) -> None:
    """Say loudly that a view is wrong about itself. The page is sent, and not kept. Tests make this raise."""
    logger.error("%s is not the same for everyone: %s", request.path, reason)


class PageCacheMiddleware:
    """Answers from the cache, fills it, and says of every other answer who may keep it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or not is_anybody(request):
            return _kept_private(request, self.respond(request))
        key = (request.scheme or "", request.get_host(), request.path, request.META.get("QUERY_STRING", ""))
        page = CACHE.get(key) if settings.PAGE_CACHE else None
        if page is not None:
            return page.answer(request, CACHE.clock())
        if not _opts_in(request):
            return _kept_private(request, self.respond(request))
        if not settings.PAGE_CACHE:
            return self._made(request)[0]
        with CACHE.alone(key):
            page = CACHE.get(key)
            if page is not None:
                return page.answer(request, CACHE.clock())
            cleared = CACHE.cleared
            response, page = self._made(request)
            if page is not None:
                CACHE.put(key, page, cleared=cleared)
            return response

    def _made(self, request: HttpRequest) -> tuple[HttpResponseBase, KeptPage | None]:
        """The answer made anew, and the page to keep, if it is one."""
        began = CACHE.clock()
        response = self.respond(request)
        if response.status_code != 200:
            return _kept_private(request, response), None
        if reason := reason_against(response):
            refuse(request, reason)
            return _kept_private(request, response), None
        assert isinstance(response, HttpResponse)
        page = KeptPage.of(response, began)
        return page.answer(request, CACHE.clock()), page


def _opts_in(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "same_for_everyone", False)


def _kept_private(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """An answer that does not say who may keep it is for this reader alone; with a session nobody keeps it at all."""
    if "Cache-Control" not in response:
        is_own = bool(response.cookies) or not is_anybody(request)
        response["Cache-Control"] = PRIVATE if is_own else UNKEPT
    return response
