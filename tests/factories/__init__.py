"""Things to test with, one file for each app. Values that matter are given by the test, never invented here."""

from tests.factories.accounts import (
    PASSWORD,
    IdentifierFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.workflows import (
    a_contract,
    a_decided_procurement,
    a_draft,
    a_procurement,
    an_award,
    an_entry,
    an_evaluation,
)

__all__ = [
    "PASSWORD",
    "IdentifierFactory",
    "MembershipFactory",
    "OrganisationFactory",
    "PersonFactory",
    "a_contract",
    "a_decided_procurement",
    "a_draft",
    "a_procurement",
    "an_award",
    "an_entry",
    "an_evaluation",
]
