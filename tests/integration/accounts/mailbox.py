"""E-mail as people read it: the code in it, the link in it.

page = pages.submit(page, code=mailbox.code("ada@fleet.example"))
page = pages.get(mailbox.link("ella@fleet.example", "/people/let-in/"))
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage


class Mailbox:
    def __init__(self, letters: Callable[[], list[EmailMessage]]) -> None:
        self._letters = letters

    def to(self, address: str) -> list[EmailMessage]:
        """All that went to an address, oldest first."""
        return [letter for letter in self._letters() if letter.to == [address]]

    def subjects(self, address: str) -> list[str]:
        return [str(letter.subject) for letter in self.to(address)]

    def latest(self, address: str) -> str:
        """The words of the last e-mail to an address."""
        found = self.to(address)
        assert found, f"nothing went to {address}; {[letter.to for letter in self._letters()]} got something"
        return str(found[-1].body)

    def code(self, address: str) -> str:
        """The code in the last e-mail to an address: it stands alone on its line."""
        words = self.latest(address)
        codes = re.findall(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", words, re.MULTILINE)
        assert len(codes) == 1, f"{len(codes)} codes in:\n{words}"
        return str(codes[0])

    def link(self, address: str, containing: str) -> str:
        """The path of the only link with `containing` in it in the last e-mail to an address."""
        words = self.latest(address)
        found = [link for link in re.findall(r"https?://\S+", words) if containing in link]
        assert len(found) == 1, f"{len(found)} links with {containing} in:\n{words}"
        assert found[0].startswith(settings.BASE_URL), f"{found[0]} leads elsewhere"
        return urlsplit(found[0]).path
