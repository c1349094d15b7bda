"""Organisations, people and memberships.

OrganisationFactory(slug="fleet", domain="fleet.example")
PersonFactory(name="Ada Okoro")
PersonFactory(staff=True, second_factor=True)
MembershipFactory(person=ada, organisation=fleet, roles=["officer"])
MembershipFactory(person=ada, organisation=fleet, pending=True)
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory, Password
from factory.helpers import post_generation

from toolkit.accounts.models import (
    Membership,
    MembershipStatus,
    Organisation,
    OrganisationDomain,
    OrganisationIdentifier,
    OrganisationKind,
    Person,
)
from toolkit.core import clock

PASSWORD = "a-long-test-password"
"""Everybody's."""


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A fictional borough. `domain` adds an e-mail domain."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    slug = Sequence(lambda number: f"borough-{number}")
    short_name = LazyAttribute(lambda made: made.slug.replace("-", " ").capitalize())
    name = LazyAttribute(lambda made: f"London Borough of {made.short_name}")
    kind = OrganisationKind.LONDON_BOROUGH
    is_demonstration = True

    @post_generation
    def domain(made: Organisation, create: bool, extracted: str | None, **more: Any) -> None:  # noqa: N805  (factory_boy passes the object)
        if extracted:
            OrganisationDomain.objects.create(organisation=made, domain=extracted)


class IdentifierFactory(DjangoModelFactory[OrganisationIdentifier]):
    class Meta:
        model = OrganisationIdentifier

    organisation = SubFactory(OrganisationFactory)
    scheme = "GB-PPON"
    value = Sequence(lambda number: f"PXXX-{number:04}-TEST")


class PersonFactory(DjangoModelFactory[Person]):
    """Somebody with a verified address and the password PASSWORD, in no organisation."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    class Params:
        staff = Trait(is_staff=True, is_superuser=True)

    email = Sequence(lambda number: f"person-{number}@fleet.example")
    name = Sequence(lambda number: f"Person {number}")
    password = Password(PASSWORD)

    @post_generation
    def verified(made: Person, create: bool, extracted: bool | None, **more: Any) -> None:  # noqa: N805
        if extracted is not False:
            EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)

    @post_generation
    def second_factor(made: Person, create: bool, extracted: bool | None, **more: Any) -> None:  # noqa: N805
        if extracted:
            Authenticator.objects.create(
                user=made, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
            )


class MembershipFactory(DjangoModelFactory[Membership]):
    """An admitted viewer unless `roles` say otherwise; `pending=True` and `ended=True` for the rest."""

    class Meta:
        model = Membership

    class Params:
        pending = Trait(status=MembershipStatus.PENDING, roles=[])
        ended = Trait(ends_on=LazyFunction(lambda: clock.today() - dt.timedelta(days=1)))

    person = SubFactory(PersonFactory)
    organisation = SubFactory(OrganisationFactory)
    status = MembershipStatus.ADMITTED
    roles = LazyFunction(lambda: ["viewer"])
