"""Things to test with, one file for each app. Values that matter are given by the test, never invented here."""

from tests.factories.accounts import (
    PASSWORD,
    IdentifierFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.notifications import TOY, a_subscription, register_toys
from tests.factories.workflows import a_contract, a_draft, a_procurement, an_entry

__all__ = [
    "PASSWORD",
    "TOY",
    "IdentifierFactory",
    "MembershipFactory",
    "OrganisationFactory",
    "PersonFactory",
    "a_contract",
    "a_draft",
    "a_procurement",
    "a_subscription",
    "an_entry",
    "register_toys",
]
