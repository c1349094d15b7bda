"""Addresses that people type."""

from __future__ import annotations

import pytest

from toolkit.core.addresses import is_of_this_service


@pytest.mark.parametrize("address", ["/", "/guidance/award/", "/search/?q=lots#top", "/guidance/é/"])
def test_a_path_stays_here(address: str) -> None:
    assert is_of_this_service(address)


@pytest.mark.parametrize(
    "address",
    ["", "guidance/", "//evil.example/", "/\\evil.example/", "\\\\evil.example/", "/\t/evil.example/", "/\n/evil.example/", "/a b/", "https://evil.example/", "javascript:alert(1)", "/\x00/"],
)  # fmt: skip
def test_whatever_may_lead_elsewhere_does_not(address: str) -> None:
    assert not is_of_this_service(address)
