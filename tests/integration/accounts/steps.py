"""What people do at the entrance, page by page."""

from __future__ import annotations

from typing import Any

from tests.factories.accounts import PASSWORD
from tests.integration.accounts.mailbox import Mailbox
from tests.pages import Page, Pages

REASON = "I buy furniture for schools"


def sign_up(pages: Pages, mailbox: Mailbox, email: str, name: str = "Amy Quill") -> Page:
    """Create an account and prove its address with the code from the e-mail; the page they land on."""
    page = pages.submit(pages.get("account_signup"), name=name, email=email, password1=PASSWORD)
    assert page.h1 == "Check your e-mail"
    return pages.submit(page, code=mailbox.code(email.lower()))


def ask_to_join(pages: Pages, **answers: Any) -> Page:
    """Ask to be let in, as somebody the organisation itself employs unless `answers` say otherwise."""
    return pages.submit(
        pages.get("join").form("Ask to be let in"), **({"employment": "here", "reason": REASON} | answers)
    )


def sign_in(pages: Pages, email: str, password: str = PASSWORD) -> Page:
    """Sign in with a password; the page that follows it."""
    return pages.submit(pages.get("account_login"), login=email, password=password)


def boxes(name: str, day: int | str, month: int | str, year: int | str) -> dict[str, str]:
    """The three boxes of a date, typed."""
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}
