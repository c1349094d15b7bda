"""The Jinja environments: a strict one for our templates, a lenient private one for the GOV.UK macros.

In our templates a misspelt name raises. The GOV.UK macros lean on names that are not there, so they are compiled apart
and reached through one global: `govuk.button({"text": "Save"})`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import format_html
from jinja2 import ChoiceLoader, Environment, StrictUndefined
from markupsafe import Markup

from toolkit.accounts.models import Organisation, Person
from toolkit.accounts.readers import current_organisation, person_of, reader_for
from toolkit.accounts.roles import Right
from toolkit.core import clock, money, text
from toolkit.core.stages import Stage
from toolkit.govuk import tags
from toolkit.govuk.components import MACROS, govuk
from toolkit.govuk.forms import standing_fields
from toolkit.govuk.summary import error_summary


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named route."""
    if args or kwargs:
        return reverse(name, args=args, kwargs=kwargs)
    return _fixed_address(name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=256)
def _fixed_address(name: str, urlconf: str | None, prefix: str) -> str:
    """Of a route without parts: the same as long as the same routes are served under the same prefix."""
    return reverse(name, urlconf)


@dataclass
class Page:
    """What every page needs to know about who is looking; asks the database only when somebody is signed in."""

    request: HttpRequest | None = None

    @cached_property
    def person(self) -> Person | None:
        return person_of(self.request) if self.request is not None else None

    @cached_property
    def organisation(self) -> Organisation | None:
        return (
            current_organisation(self.request)
            if self.request is not None and self.person is not None
            else None
        )

    @property
    def is_member(self) -> bool:
        return self.request is not None and self.person is not None and reader_for(self.request).is_member

    @property
    def has_choice(self) -> bool:
        """Does this person belong to more than one organisation?"""
        return (
            self.request is not None and self.person is not None and len(reader_for(self.request).roles) > 1
        )

    def may(self, right: str) -> bool:
        """Does the person hold the right of this name (`RUN`, `MANAGE_PEOPLE` …) where they act?"""
        return (
            self.request is not None
            and self.person is not None
            and reader_for(self.request).may(Right[right])
        )

    @property
    def messages(self) -> list[Any]:
        if self.request is None:
            return []
        waiting = get_messages(self.request)
        # Going through them answers with a cookie that is empty: not to somebody who has none.
        if not len(waiting) and CookieStorage.cookie_name not in self.request.COOKIES:
            return []
        return list(waiting)

    @property
    def path(self) -> str:
        return self.request.path if self.request is not None else ""

    @property
    def csrf_input(self) -> Markup:
        """The hidden field of a POST form. Using it sets the cookie, so only pages with such a form call it."""
        if self.request is None:
            return Markup("")
        return Markup(
            format_html(
                '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(self.request)
            )
        )

    def is_within(self, prefix: str) -> bool:
        return self.path.startswith(prefix)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The context processor: one name, `page`."""
    return {"page": Page(request)}


def environment(**options: Any) -> Environment:
    """The environment of our own templates, named in settings.TEMPLATES."""
    options["loader"] = ChoiceLoader([options["loader"], MACROS])
    options["undefined"] = StrictUndefined
    options |= {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701  (autoescape is set in the options)
    made.globals.update(
        govuk=govuk,
        url=url,
        static=static,
        bare_page=Page(),
        settings=settings,
        error_summary=error_summary,
        standing_fields=standing_fields,
        stages=list(Stage),
        today=clock.today,
        tag_class=tags.tag_class,
    )
    made.filters.update(
        day=text.day,
        day_and_weekday=text.day_and_weekday,
        moment=text.moment,
        month=text.month,
        ago=text.ago,
        counted=text.count,
        in_words=text.listed,
        as_sentence=text.sentence,
        lower_first=text.lower_first,
        kilobytes=text.kilobytes,
        iso_day=lambda value: text.day(dt.date.fromisoformat(value)),
        pounds=money.pounds,
        pounds_in_words=money.pounds_in_words,
        band=lambda slug: money.BAND_WORDS.get(slug, ""),
    )
    return made
