"""The demonstration's boroughs and people. All invented: the boroughs are named after London's lost rivers."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.accounts.models import DecisionModel, OrganisationKind
from toolkit.accounts.roles import Role

PASSWORD = "toolkit-demo"  # noqa: S105  (printed on the screen on purpose)
DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class Borough:
    slug: str
    name: str
    short_name: str
    decision_model: DecisionModel = DecisionModel.EXECUTIVE
    kind: OrganisationKind = OrganisationKind.LONDON_BOROUGH


BOROUGHS = (
    Borough("fleet", "London Borough of Fleet (demonstration)", "Fleet"),
    Borough("tyburn", "London Borough of Tyburn (demonstration)", "Tyburn", DecisionModel.COMMITTEES),
    Borough("walbrook", "London Borough of Walbrook (demonstration)", "Walbrook"),
    Borough("effra", "London Borough of Effra (demonstration)", "Effra", DecisionModel.COMMITTEES),
    Borough("neckinger", "London Borough of Neckinger (demonstration)", "Neckinger"),
    Borough("westbourne", "London Borough of Westbourne (demonstration)", "Westbourne"),
    Borough("peck", "London Borough of Peck (demonstration)", "Peck"),
    Borough("falcon", "London Borough of Falcon (demonstration)", "Falcon"),
    Borough("lost-rivers-transport", "Lost Rivers Transport (demonstration)", "Lost Rivers Transport", DecisionModel.GLA, OrganisationKind.TRANSPORT),
    Borough("lost-rivers-office", "Lost Rivers Procurement Office (demonstration)", "Lost Rivers Office", DecisionModel.OTHER, OrganisationKind.OTHER),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Somebody:
    """A demonstration person: the part of the address before the @, a name, a borough and roles."""

    local: str
    name: str
    borough: str = ""
    roles: tuple[Role, ...] = ()
    is_staff: bool = False
    is_superuser: bool = False
    does: str = ""

    @property
    def email(self) -> str:
        return f"{self.local}@{DOMAIN}"


PEOPLE = (
    Somebody("officer.fleet", "Ada Okoro", "fleet", (Role.OFFICER,), does="runs procurements in Fleet"),
    Somebody("contributor.fleet", "Ben Hale", "fleet", (Role.CONTRIBUTOR,), does="a service lead in Fleet"),
    Somebody("viewer.fleet", "Cleo Marsh", "fleet", (Role.VIEWER,), does="looks things up in Fleet"),
    Somebody("approver.fleet", "Dev Raman", "fleet", (Role.APPROVER,), does="endorses in Fleet"),
    Somebody("admin.fleet", "Ella Stone", "fleet", (Role.ADMINISTRATOR,), does="lets people in to Fleet"),
    Somebody("auditor.fleet", "Finn Cole", "fleet", (Role.AUDITOR,), does="reads everything of Fleet"),
    Somebody("officer.tyburn", "Grace Obi", "tyburn", (Role.OFFICER,), does="runs procurements in Tyburn"),
    Somebody("approver.tyburn", "Noor Haddad", "tyburn", (Role.APPROVER,), does="endorses in Tyburn"),
    Somebody("admin.tyburn", "Hugo Lane", "tyburn", (Role.ADMINISTRATOR,), does="lets people in to Tyburn"),
    Somebody(
        "officer.effra",
        "Iris Novak",
        "effra",
        (Role.OFFICER,),
        does="runs procurements in Effra, which has committees",
    ),
    Somebody(
        "officer.transport",
        "Jon Adeyemi",
        "lost-rivers-transport",
        (Role.OFFICER,),
        does="buys for Lost Rivers Transport",
    ),
    Somebody(
        "coordinator",
        "Kim Yeo",
        "lost-rivers-office",
        (Role.COORDINATOR,),
        does="sees what all boroughs share",
    ),
    Somebody("editor", "Lena Fox", is_staff=True, does="writes guidance in the admin"),
    Somebody("staff", "Max Field", is_staff=True, is_superuser=True, does="runs the service in the admin"),
)
