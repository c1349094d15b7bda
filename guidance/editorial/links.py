"""Do links lead anywhere? Addresses of this service are asked of the service itself; others by the weekly check."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from urllib.parse import quote, urljoin, urlsplit

import requests
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import transaction

from guidance.editorial import kinds, outside
from guidance.editorial.models import BrokenLink, Item, Status
from toolkit.core import clock

log = logging.getLogger(__name__)

MOST_REDIRECTS = 5
_TURNED_AWAY = {401, 403, 405, 429, 503}
"""Answers with which servers turn checkers away: they say nothing about the page."""


@cache
def _service() -> WSGIHandler:
    return WSGIHandler()


def _asked(path: str) -> tuple[int, str]:
    """What this service answers somebody who is not signed in: the status, and where it leads on to."""
    base = urlsplit(settings.BASE_URL)
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": base.hostname or "localhost",
        "SERVER_PORT": str(base.port or (443 if base.scheme == "https" else 80)), "HTTP_HOST": base.netloc,
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": base.scheme, "wsgi.input": BytesIO(), "REMOTE_ADDR": "127.0.0.1",
        "HTTP_X_FORWARDED_PROTO": base.scheme, "wsgi.errors": BytesIO(), "wsgi.version": (1, 0),
    }  # fmt: skip
    response = _service().get_response(WSGIRequest(environ))
    return response.status_code, response.get("Location", "")


def problem_with(address: str) -> str:
    """Why an address of this service leads nowhere, to go after “The link …”; empty for good ones and for others."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    if not parts.path.startswith("/"):
        return "must begin with /"
    status, leads_to = _asked(quote(parts.path, safe="/%"))
    if status == 410:
        return "leads to something that was withdrawn"
    if status in (301, 308):
        return f"is an old address: use {leads_to}"
    return "leads nowhere" if status >= 400 and status != 403 else ""


@dataclass(frozen=True, slots=True)
class Link:
    """One address that one live item leads to."""

    kind: str
    item: Item
    address: str


def live_links() -> Iterator[Link]:
    """Every link of everything that is published."""
    for kind in kinds.every():
        for item in kind.model._default_manager.filter(status=Status.PUBLISHED):
            for address in dict.fromkeys(kind.links(item)):
                yield Link(kind.slug, item, address)


def check(*, outside: bool) -> int:
    """Try every link of every live item; how many are broken. `outside`: those of other services too.

    When most addresses elsewhere fail at once it is our own network that is away, and nothing about them is believed.
    """
    links = list(live_links())
    here = [link for link in links if not urlsplit(link.address).scheme]
    elsewhere = (
        [link for link in links if link.address.startswith(("http://", "https://"))] if outside else []
    )
    broken = {link: wrong for link in here if (wrong := problem_with(link.address))}
    answers = {address: problem_elsewhere(address) for address in {link.address for link in elsewhere}}
    failed = sum(bool(answer) for answer in answers.values())
    believed = failed * 2 <= len(answers) or len(answers) < 4
    if believed:
        broken |= {link: answers[link.address] for link in elsewhere if answers[link.address]}
    else:
        log.warning("%s of %s addresses elsewhere failed: the network seems to be away", failed, len(answers))
    _keep(broken, checked=[*here, *(elsewhere if believed else [])])
    return len(broken)


@transaction.atomic
def _keep(broken: dict[Link, str], *, checked: Iterable[Link]) -> None:
    """Bring the list in step: what is mended or gone leaves it, what fails again counts up."""
    known = {(row.kind, row.item_id, row.address): row for row in BrokenLink.objects.select_for_update()}
    now = clock.now()
    for link, wrong in broken.items():
        row = known.pop((link.kind, link.item.pk, link.address), None)
        if row is None:
            BrokenLink.objects.create(
                kind=link.kind, item_id=link.item.pk, title=str(link.item)[:200], address=link.address[:1000],
                problem=wrong[:200], first_seen_at=now, last_seen_at=now,
            )  # fmt: skip
        else:
            row.problem, row.last_seen_at, row.times, row.title = (
                wrong[:200],
                now,
                row.times + 1,
                str(link.item)[:200],
            )
            row.save()
    fine = {(link.kind, link.item.pk, link.address) for link in checked}
    present = {(link.kind, link.item.pk, link.address) for link in live_links()}
    gone = [row.pk for key, row in known.items() if key in fine or key not in present]
    BrokenLink.objects.filter(pk__in=gone).delete()


def problem_elsewhere(address: str) -> str:
    """Why an address of another service can't be followed; empty when it answers. Never asks a private network."""
    try:
        with outside.session() as session:
            for _ in range(MOST_REDIRECTS):
                if not outside.is_plain(address):
                    return "is not written as an address should be"
                with session.get(
                    address, timeout=outside.SECONDS, allow_redirects=False, stream=True
                ) as answer:
                    if not answer.is_redirect:
                        bad = answer.status_code >= 400 and answer.status_code not in _TURNED_AWAY
                        return f"answered {answer.status_code}" if bad else ""
                    address = urljoin(address, answer.headers["Location"])
    except outside.NotPublicError:
        return "is not on the public internet"
    except (requests.RequestException, UnicodeError, ValueError) as error:
        return f"could not be reached ({type(error).__name__})"
    return "leads on and on"
