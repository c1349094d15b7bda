"""Things to test with, one file for each app. Values that matter are given by the test, never invented here."""

from tests.factories.accounts import (
    PASSWORD,
    IdentifierFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.notifications import TOY, a_subscription, register_toys
from tests.factories.workflows import (
    a_contract,
    a_decided_procurement,
    a_draft,
    a_procurement,
    a_settled_change,
    a_work,
    an_award,
    an_ended_contract_work,
    an_entry,
    an_evaluation,
)

__all__ = [
    "PASSWORD",
    "TOY",
    "IdentifierFactory",
    "MembershipFactory",
    "OrganisationFactory",
    "PersonFactory",
    "a_contract",
    "a_decided_procurement",
    "a_draft",
    "a_procurement",
    "a_settled_change",
    "a_subscription",
    "a_work",
    "an_award",
    "an_ended_contract_work",
    "an_entry",
    "an_evaluation",
    "register_toys",
]
