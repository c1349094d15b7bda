"""Nouns of the accounts app: organisations, people, what people did."""

from toolkit.accounts.models.activity import Activity
from toolkit.accounts.models.organisations import (
    DecisionModel,
    Organisation,
    OrganisationDomain,
    OrganisationIdentifier,
    OrganisationKind,
    OrganisationName,
)
from toolkit.accounts.models.people import Invitation, Membership, MembershipStatus, Person

__all__ = [
    "Activity",
    "DecisionModel",
    "Invitation",
    "Membership",
    "MembershipStatus",
    "Organisation",
    "OrganisationDomain",
    "OrganisationIdentifier",
    "OrganisationKind",
    "OrganisationName",
    "Person",
]
