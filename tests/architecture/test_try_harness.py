import pytest


@pytest.mark.parametrize(
    "name",
    ["home", "help_cookies", "guidance", "routes", "pipeline", "search", "account_login", "account_signup"],
)
def test_anonymous(pages, name):
    p = pages.get(name)
    print(p.h1)


@pytest.mark.parametrize("name", ["home", "procurements", "contracts", "pipeline", "procurement_start"])
def test_officer(pages, people, name):
    pages.sign_in(people.officer).get(name)
