"""One person for each kind of right, in fictional organisations: who the routes are requested as.

def test_a_viewer_cannot_start_a_procurement(pages, people):
    pages.sign_in(people.viewer).get("procurement_start", status=403)
"""

from __future__ import annotations

from functools import cached_property

from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory
from toolkit.accounts.models import Organisation, Person
from toolkit.desk.loading import load_editors

PERSONAS = (
    "anonymous",
    "pending",
    "viewer",
    "contributor",
    "officer",
    "approver",
    "auditor",
    "administrator",
    "neighbour",  # an officer of another borough
    "coordinator",
    "editor",  # writes content in the admin; in no organisation
    "staff",
)


def reference_of(person: Person) -> str:
    """What stands for the person in addresses, in their one organisation."""
    return person.memberships.get().reference


class People:
    """Made when asked for, once each. `fleet` and `tyburn` are their boroughs, `office` is pan-London."""

    @cached_property
    def fleet(self) -> Organisation:
        return OrganisationFactory.create(slug="fleet", short_name="Fleet", domain="fleet.example")

    @cached_property
    def tyburn(self) -> Organisation:
        return OrganisationFactory.create(slug="tyburn", short_name="Tyburn", domain="tyburn.example")

    @cached_property
    def office(self) -> Organisation:
        return OrganisationFactory.create(
            slug="lost-rivers-office", short_name="Lost Rivers Office", kind="other"
        )

    def member(
        self, role: str, *, of: Organisation | None = None, name: str = "", second_factor: bool = False
    ) -> Person:
        """One more person with `role` in an organisation (Fleet)."""
        home = of or self.fleet
        taken = home.memberships.count()
        person = PersonFactory.create(
            email=f"{role}{taken or ''}@{home.slug}.example", name=name or f"{role.capitalize()} of {home.short_name}",
            second_factor=second_factor,
        )  # fmt: skip
        MembershipFactory.create(person=person, organisation=home, roles=[role])
        return person

    @cached_property
    def pending(self) -> Person:
        person = PersonFactory.create(email="pending@fleet.example", name="Pending in Fleet")
        MembershipFactory.create(person=person, organisation=self.fleet, pending=True)
        return person

    @cached_property
    def viewer(self) -> Person:
        return self.member("viewer", name="Cleo Marsh")

    @cached_property
    def contributor(self) -> Person:
        return self.member("contributor", name="Ben Hale")

    @cached_property
    def officer(self) -> Person:
        return self.member("officer", name="Ada Okoro")

    @cached_property
    def approver(self) -> Person:
        return self.member("approver", name="Dev Raman")

    @cached_property
    def auditor(self) -> Person:
        return self.member("auditor", name="Finn Cole")

    @cached_property
    def administrator(self) -> Person:
        return self.member("administrator", name="Ella Stone", second_factor=True)

    @cached_property
    def neighbour(self) -> Person:
        return self.member("officer", of=self.tyburn, name="Grace Obi")

    @cached_property
    def coordinator(self) -> Person:
        return self.member("coordinator", of=self.office, name="Joss Wren")

    @cached_property
    def editor(self) -> Person:
        person = PersonFactory.create(
            email="editor@service.example", name="Kit Moss", is_staff=True, second_factor=True
        )
        person.groups.add(load_editors())
        return person

    @cached_property
    def staff(self) -> Person:
        return PersonFactory.create(
            email="staff@service.example", name="Lou Penn", staff=True, second_factor=True
        )

    def named(self, persona: str) -> Person | None:
        """The person of a persona; None for the anonymous."""
        if persona not in PERSONAS:
            raise LookupError(persona)
        return None if persona == "anonymous" else getattr(self, persona)
