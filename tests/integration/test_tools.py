"""The public tools, through their pages."""

from __future__ import annotations

import pytest

from tests.pages import Pages

FILLED = (
    "/tools/",
    "/tools/threshold/",
    "/tools/threshold/?kind=services&value=250000&vat=inc&on=2026-12-01",
    "/tools/period/",
    "/tools/period/?period=standstill",
    "/tools/period/?period=standstill&on=2026-11-23",
    "/tools/notices/",
    "/tools/notices/?regime=pa23&size=above&way=competition&engaged=yes&value=6000000",
    "/tools/light-touch/",
    "/tools/light-touch/?service=85310000-5",
    "/tools/light-touch/?service=home+care",
)


@pytest.mark.parametrize("address", FILLED)
def test_page(pages: Pages, address: str) -> None:
    page = pages.get(address)
    print(page.main)
    assert not page.errors
