"""The page cache by itself: how old, how many, how large, and what several threads at once get."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from django.views.decorators.csp import csp_override

from toolkit.core import page_cache
from toolkit.core.page_cache import KeptPage, PageCache, PageCacheMiddleware, same_for_everyone

ADDRESS = "/kept/"


@same_for_everyone
def kept(request: HttpRequest) -> HttpResponse:
    """Never called: the middleware asks only what it says of itself."""
    raise NotImplementedError


urlpatterns = [path("kept/", kept), path("other/", lambda request: HttpResponse("other"))]
pytestmark = pytest.mark.usefixtures("own_urls")


@pytest.fixture
def own_urls() -> Any:
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver", "other.example"]):
        yield


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    held = Time()
    monkeypatch.setattr(page_cache.CACHE, "clock", held)
    return held


class Service:
    """Behind the middleware: answers with a number that grows, as `respond` says."""

    def __init__(
        self, respond: Callable[[HttpRequest, str], Any] = lambda _, words: HttpResponse(words)
    ) -> None:
        self.asked = 0
        self.respond = respond
        self.middleware = PageCacheMiddleware(self._answer)

    def _answer(self, request: HttpRequest) -> Any:
        self.asked += 1
        return self.respond(request, f"page {self.asked}")

    def get(self, where: str = ADDRESS, *, cookies: str = "", method: str = "get", **headers: str) -> Any:
        if cookies:
            headers["HTTP_COOKIE"] = cookies
        return self.middleware(getattr(RequestFactory(), method)(where, **headers))


def headers(response: HttpResponse) -> dict[str, str]:
    """All but its age, which alone differs between a page made and a page kept."""
    return {name: value for name, value in response.headers.items() if name != "Age"}


def page(size: int = 10, made_at: float = 0) -> KeptPage:
    return KeptPage(b"x" * size, {}, made_at)


def key(number: int) -> page_cache.Key:
    return ("https", "a.example", "/", f"{number:08}")


def test_a_page_is_good_for_so_many_seconds_and_no_longer(time: Time) -> None:
    service = Service()
    assert service.get().content == b"page 1"
    time.now += page_cache.SECONDS
    assert service.get().content == b"page 1"
    time.now += 0.01
    assert service.get().content == b"page 2"


def test_the_seconds_begin_before_the_page_is_made(time: Time) -> None:
    def slowly(request: HttpRequest, words: str) -> HttpResponse:
        time.now += page_cache.SECONDS / 2
        return HttpResponse(words)

    service = Service(slowly)
    service.get()
    time.now += page_cache.SECONDS / 2 + 0.5
    assert service.get().content == b"page 2"


def test_what_others_may_keep_is_what_is_left_of_them(time: Time) -> None:
    service = Service()
    assert service.get()["Cache-Control"] == page_cache.SHARED
    assert service.get()["Age"] == "0"
    time.now += 1.2
    assert service.get()["Age"] == "2"


@pytest.mark.parametrize("cookies", ["csrftoken=abc", "theme=dark; x=1", "=;;=", "sessionidx=1"])
def test_other_cookies_change_nothing(cookies: str) -> None:
    service = Service()
    first = service.get()
    again = service.get(cookies=cookies)
    assert again.content == first.content == b"page 1"
    assert headers(again) == headers(first)


@pytest.mark.parametrize("cookies", ["sessionid=x", "messages=y", "a=b; sessionid=", "messages=; a=b"])
def test_a_session_or_a_message_passes_by_and_is_kept_nowhere(cookies: str) -> None:
    service = Service()
    service.get()
    own = service.get(cookies=cookies)
    assert own.content == b"page 2"
    assert own["Cache-Control"] == "private, no-store"
    assert "ETag" not in own
    assert service.get().content == b"page 1", "and it took no one’s place"


def test_the_key_is_scheme_host_path_and_query() -> None:
    service = Service()
    answers = {
        service.get().content,
        service.get(f"{ADDRESS}?a=1").content,
        service.get(HTTP_HOST="other.example").content,
        service.get(**{"wsgi.url_scheme": "https"}).content,
    }
    assert len(answers) == 4
    assert service.get(f"{ADDRESS}?a=1").content == b"page 2"


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_only_get_and_head_are_answered_from_it(method: str) -> None:
    service = Service()
    service.get()
    assert service.get(method=method).content == b"page 2"


def test_head_has_the_headers_and_no_body() -> None:
    service = Service(lambda _, words: HttpResponse(words, headers={"Content-Length": str(len(words))}))
    made = service.get(method="head")
    assert made.content == b""
    full, head = service.get(), service.get(method="head")
    assert full.content == b"page 1", "a HEAD fills the cache too"
    assert head.content == b""
    assert headers(head) == headers(full) == headers(made)
    assert full["Content-Length"] == "6"


@pytest.mark.parametrize("asked", ["{}", "W/{}", '"other", {}', 'W/"other", W/{}', "*"])
def test_whoever_has_the_page_is_told_that_nothing_changed(asked: str) -> None:
    service = Service()
    etag = service.get()["ETag"]
    for method in ("get", "head"):
        answer = service.get(method=method, HTTP_IF_NONE_MATCH=asked.format(etag))
        assert answer.status_code == 304
        assert answer.content == b""
        assert answer["ETag"] == etag
        assert answer["Cache-Control"] == page_cache.SHARED
        assert answer["Vary"] == "Cookie"
    assert service.asked == 1


def test_whoever_has_another_page_gets_this_one() -> None:
    service = Service()
    service.get()
    assert service.get(HTTP_IF_NONE_MATCH='"other", nonsense').status_code == 200


def test_the_tag_is_of_the_bytes(time: Time) -> None:
    service = Service(lambda request, words: HttpResponse("always this"))
    tag = service.get()["ETag"]
    time.now += 6
    assert service.get()["ETag"] == tag
    assert service.asked == 2
    assert tag.startswith('"')


@pytest.mark.parametrize("status", [203, 204, 301, 302, 404, 410, 500, 503])
def test_only_a_page_that_is_there_is_kept(status: int) -> None:
    service = Service(lambda request, words: HttpResponse(words, status=status))
    service.get()
    again = service.get()
    assert again.content == b"page 2"
    assert again["Cache-Control"] == "private, no-cache"


def test_a_view_that_does_not_opt_in_is_asked_each_time() -> None:
    service = Service()
    for where in ("/other/", "/nowhere/"):
        service.get(where)
        again = service.get(where)
        assert again["Cache-Control"] == "private, no-cache"
    assert service.asked == 4


def test_an_answer_that_sets_a_cookie_is_kept_nowhere() -> None:
    def signs_in(request: HttpRequest, words: str) -> HttpResponse:
        response = HttpResponse(words)
        response.set_cookie("sessionid", "x")
        return response

    assert Service(signs_in).get("/other/")["Cache-Control"] == "private, no-store"


def test_what_an_answer_says_of_itself_stands() -> None:
    def says(request: HttpRequest, words: str) -> HttpResponse:
        return HttpResponse(words, headers={"Cache-Control": "max-age=60"})

    assert Service(says).get("/other/", cookies="sessionid=x")["Cache-Control"] == "max-age=60"


def _with_cookie() -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("a", "b")
    return response


WRONG: dict[str, Callable[[], Any]] = {
    "it sets the cookie a": _with_cookie,
    "it varies on Cookie": lambda: HttpResponse("x", headers={"Vary": "Cookie"}),
    "it says of itself “private”": lambda: HttpResponse("x", headers={"Cache-Control": "private"}),
    "it is a stream": lambda: StreamingHttpResponse([b"x"]),
    "it has a content security policy of its own": lambda: csp_override({})(
        lambda request: HttpResponse("x")
    )(HttpRequest()),
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_view_that_is_wrong_about_itself_is_refused_loudly(
    reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(page_cache, "refuse", lambda request, reason: said.append(reason))
    service = Service(lambda request, words: WRONG[reason]())
    answer = service.get()
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    service.get()
    assert said == [reason, reason]


def test_in_tests_that_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="/kept/ is marked same_for_everyone, but it sets the cookie a"):
        Service(lambda request, words: _with_cookie()).get()


def test_an_error_frees_the_next_in_line() -> None:
    def fails(request: HttpRequest, words: str) -> HttpResponse:
        raise Http404(words)

    service = Service(fails)
    for _ in range(2):
        with pytest.raises(Http404):
            service.get()
    assert service.asked == 2


def test_clearing_is_felt_at_once_by_a_page_in_the_making_too() -> None:
    def published_meanwhile(request: HttpRequest, words: str) -> HttpResponse:
        if words == "page 2":
            page_cache.clear()
        return HttpResponse(words)

    service = Service(published_meanwhile)
    assert service.get().content == b"page 1"
    page_cache.clear()
    assert service.get().content == b"page 2"
    assert service.get().content == b"page 3"
    assert service.get().content == b"page 3"


@override_settings(PAGE_CACHE=False)
def test_switched_off_it_keeps_nothing_and_says_the_same() -> None:
    service = Service()
    assert service.get()["Cache-Control"] == page_cache.SHARED
    assert service.get().content == b"page 2"
    assert len(page_cache.CACHE) == 0


def test_a_flood_of_addresses_cannot_grow_it() -> None:
    cache = PageCache(clock=Time(), most_pages=100, most_bytes=10_000)
    for number in range(5_000):
        cache.put(key(number), page(300, 1000), cleared=0)
        assert len(cache) <= 100
        assert cache.bytes <= 10_000
    assert cache.get(key(4_999)) is not None
    assert cache.get(key(0)) is None
    cache.clear()
    assert (len(cache), cache.bytes) == (0, 0)


def test_what_is_read_again_and_again_stays() -> None:
    cache = PageCache(clock=Time(), most_pages=10)
    cache.put(key(0), page(made_at=1000), cleared=0)
    for number in range(1, 100):
        cache.put(key(number), page(made_at=1000), cleared=0)
        assert cache.get(key(0)) is not None


def test_a_giant_is_not_kept_and_a_page_put_twice_counts_once() -> None:
    cache = PageCache(clock=Time())
    cache.put(key(1), page(page_cache.LARGEST + 1, 1000), cleared=0)
    assert len(cache) == 0
    cache.put(key(2), page(100, 1000), cleared=0)
    once = cache.bytes
    cache.put(key(2), page(100, 1000), cleared=0)
    assert cache.bytes == once


def test_the_address_counts_as_memory_too() -> None:
    cache = PageCache(clock=Time(), most_bytes=10_000)
    for number in range(50):
        cache.put(("https", "a.example", "/", "q" * 4_000 + str(number)), page(1, 1000), cleared=0)
    assert len(cache) == 2


def test_two_threads_make_a_page_once() -> None:
    waiting, go = threading.Event(), threading.Event()

    def slowly(request: HttpRequest, words: str) -> HttpResponse:
        waiting.set()
        assert go.wait(10)
        return HttpResponse(words)

    service = Service(slowly)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(service.get)
        assert waiting.wait(10)
        others = [pool.submit(service.get) for _ in range(3)]
        go.set()
        assert {each.result(10).content for each in (first, *others)} == {b"page 1"}
    assert service.asked == 1


def test_many_threads_at_once_lose_nothing() -> None:
    cache = PageCache(most_pages=20, most_bytes=4_000)

    def hammer(seed: int) -> None:
        for step in range(2_000):
            number = (seed * 7 + step) % 40
            if cache.get(key(number)) is None:
                cache.put(key(number), page(50 + number, cache.clock()), cleared=0)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(hammer, range(4)))
    with cache._lock:
        assert cache.bytes == sum(kept.size + sum(map(len, at)) for at, kept in cache._pages.items())
    assert len(cache) <= 20
