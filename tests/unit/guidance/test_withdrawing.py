"""What an editor says when something goes."""

from __future__ import annotations

import pytest

from guidance.editorial.forms import WithdrawForm


@pytest.mark.parametrize(
    "address", ["/\\evil.example/", "//evil.example/", "/\t/evil.example/", "https://a.example/"]
)
def test_readers_are_sent_to_this_service_only(address: str) -> None:
    form = WithdrawForm({"reason": "Gone", "read_instead": address})
    assert form.errors["read_instead"] == ["Enter an address of this service, such as /guidance/award/"]


def test_an_address_of_this_service_will_do() -> None:
    assert WithdrawForm({"reason": "Gone", "read_instead": "/guidance/award/#who"}).is_valid()
