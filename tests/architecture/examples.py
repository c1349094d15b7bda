"""What the record routes are requested with: each app says how to build one thing and gives the parts of its address.

@example("contract")
def contract(people: People) -> dict[str, str]:
    return {"reference": a_contract(by=people.officer).reference}
"""

from __future__ import annotations

from collections.abc import Callable

from guidance.pages.models import Page
from tests.factories import (
    a_contract,
    a_decided_procurement,
    a_draft,
    a_procurement,
    an_entry,
    an_evaluation,
)
from tests.integration.fixtures import REGISTER
from tests.personas import People, reference_of
from toolkit.accounts.letters import admit_token
from toolkit.accounts.models import Membership
from toolkit.accounts.services import invite
from toolkit.core import clock
from toolkit.search.services import push
from workflows.pipeline.importing.uploads import check
from workflows.procurements.services import sharing
from workflows.procurements.services.tasks import start_task

Build = Callable[[People], dict[str, str]]
EXAMPLES: dict[str, Build] = {}


def example(name: str) -> Callable[[Build], Build]:
    """Register how to build the example of this name."""

    def register(build: Build) -> Build:
        EXAMPLES[name] = build
        return build

    return register


@example("guidance-page")
def guidance_page(people: People) -> dict[str, str]:
    page = Page.objects.create(
        stage="engage", slug="talk-to-suppliers", title="Talk to suppliers", summary="Talk to suppliers early.",
        body="Ask what they can do.", owner="Commercial team", review_by=clock.today(), status="published", published_at=clock.now(),
    )  # fmt: skip
    return {"stage": page.stage, "slug": page.slug}


@example("draft")
def draft(people: People) -> dict[str, str]:
    return {"reference": a_draft(by=people.officer).reference}


@example("procurement")
def procurement(people: People) -> dict[str, str]:
    """Live, and its team’s alone."""
    return {"reference": a_procurement(by=people.officer).reference}


@example("task")
def task(people: People) -> dict[str, str]:
    """One that has been begun."""
    live = a_procurement(by=people.officer)
    slug = "say-which-checks-apply"
    start_task(procurement=live, task=slug, actor=people.officer)
    return {"reference": live.reference, "slug": slug}


@example("procurement-shared")
def procurement_shared(people: People) -> dict[str, str]:
    """One that boroughs see, with an evaluation that is for its team alone."""
    return {"reference": an_evaluation(by=people.officer).reference}


@example("task-shared")
def task_shared(people: People) -> dict[str, str]:
    """The evaluation itself."""
    return {"reference": an_evaluation(by=people.officer).reference, "slug": "evaluate"}


@example("decided-task")
def decided_task(people: People) -> dict[str, str]:
    """A decision that is recorded, of a procurement that is its team’s alone."""
    live = a_decided_procurement(by=people.officer)
    sharing.share(procurement=live, visibility="team", intent_visibility="team", actor=people.officer)
    return {"reference": live.reference, "slug": "strategy-decision"}


@example("entry-shared")
def entry_shared(people: People) -> dict[str, str]:
    """One that a contract stands behind."""
    contract = a_contract(by=people.officer)
    return {"reference": contract.entry.reference}


@example("contract")
def contract(people: People) -> dict[str, str]:
    """One that boroughs see."""
    return {"reference": a_contract(by=people.officer).reference}


@example("entry")
def entry(people: People) -> dict[str, str]:
    """One that boroughs see."""
    return {"reference": an_entry(by=people.officer).reference}


@example("upload")
def upload(people: People) -> dict[str, str]:
    """A register that is waiting for its officer’s word."""
    made = check(data=REGISTER, name="register.csv", organisation=people.fleet, actor=people.officer)
    return {"upload": str(made.slug)}


@example("member")
def member(people: People) -> dict[str, str]:
    return {"reference": reference_of(people.viewer)}


@example("pending-person")
def pending_person(people: People) -> dict[str, str]:
    return {"reference": reference_of(people.pending)}


@example("let-in-link")
def let_in_link(people: People) -> dict[str, str]:
    return {"token": admit_token(Membership.objects.get(person=people.pending), people.administrator)}


@example("invitation")
def invitation(people: People) -> dict[str, str]:
    made = invite(
        organisation=people.fleet, email="new@elsewhere.example", roles=["viewer"], employer="", reason="", ends_on=None,
        actor=people.administrator,
    )  # fmt: skip
    return {"reference": made.reference}


@example("search-hit")
def search_hit(people: People) -> dict[str, str]:
    """Something to be found, so that a page of results is requested and not an empty one."""
    push(
        kind="guidance", key="talk-to-suppliers", title="Talk to suppliers", url="/guidance/engage/talk-to-suppliers/",
        updated_at=clock.now(), summary="Talk to suppliers early.", body="Ask suppliers what they can do.",
    )  # fmt: skip
    return {}


@example("listed-entry")
def listed_entry(people: People) -> dict[str, str]:
    """One entry for everybody and one for boroughs, so that the list has rows."""
    an_entry(by=people.officer, visibility="public")
    an_entry(by=people.officer, title="Catering for care homes")
    return {}
