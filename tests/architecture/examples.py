"""What the record routes are requested with: each app says how to build one thing and gives the parts of its address.

@example("contract")
def contract(people: People) -> dict[str, str]:
    return {"reference": a_contract(by=people.officer).reference}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from guidance.documents.models import BlankFile, Document
from guidance.documents.services import making
from guidance.editorial import previews
from guidance.editorial.selectors import newest
from guidance.pages.models import Rendition
from guidance.pages.notes.services import write
from tests.factories import (
    a_contract,
    a_decided_procurement,
    a_draft,
    a_procurement,
    a_subscription,
    an_ended_contract_work,
    an_entry,
    an_evaluation,
    register_toys,
)
from tests.factories.content import a_guide, a_page, a_picture
from tests.factories.documents import TEXT, a_clause, a_document, a_template
from tests.factories.logs import a_risk
from tests.factories.rules import a_step, an_approval, drafted_rules, published_rules
from tests.factories.variants import a_logo, a_variant, an_example, changes
from tests.integration.fixtures import REGISTER
from tests.personas import People, reference_of
from tests.toys import a_toy, subject_for
from toolkit.accounts.letters import admit_token
from toolkit.accounts.models import Membership
from toolkit.accounts.services import invite
from toolkit.core import clock
from toolkit.notifications.selectors import confirm_token
from toolkit.search.links import Opening, link_to
from toolkit.search.services import push
from workflows.pipeline.importing.uploads import check
from workflows.procurements.services import sharing
from workflows.procurements.services.comments import comment
from workflows.procurements.services.tasks import start_task
from workflows.rules.models import KeptChange
from workflows.rules.services import people as listed
from workflows.rules.services import rows

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
    page = a_page()
    return {"stage": page.stage, "slug": page.slug}


@example("guidance-note")
def guidance_note(people: People) -> dict[str, str]:
    """Fleet has a note beside the page."""
    page = a_page()
    write(organisation=people.fleet, page=page, body="Ask the desk.", actor=people.administrator)
    return {"stage": page.stage, "slug": page.slug}


@example("guidance-pdf")
def guidance_pdf(people: People) -> dict[str, str]:
    page = a_page()
    Rendition.objects.create(kind="page", item_id=page.pk, number=1, content=b"%PDF-1.7", size=8)
    return {"stage": page.stage, "slug": page.slug}


@example("guide")
def guide(people: People) -> dict[str, str]:
    a_page()
    return {"slug": a_guide().slug}


@example("guide-pdf")
def guide_pdf(people: People) -> dict[str, str]:
    made = a_guide()
    Rendition.objects.create(kind="guide", item_id=made.pk, number=1, content=b"%PDF-1.7", size=8)
    return {"slug": made.slug}


@example("template")
def template(people: People) -> dict[str, str]:
    return {"slug": a_template().slug}


@example("template-blank")
def template_blank(people: People) -> dict[str, str]:
    made = a_template()
    BlankFile.objects.create(
        template=made, number=made.live_number or 0, format="docx", content=b"PK", size=2
    )
    return {"slug": made.slug, "form": "docx"}


@example("clause")
def clause(people: People) -> dict[str, str]:
    return {"slug": a_clause("exit", "The Supplier must return [[what]].", what="what is returned").slug}


@example("preview")
def preview(people: People) -> dict[str, str]:
    """A link to a draft that nobody has reviewed."""
    page = a_page(published=False)
    revision = newest("page", page.pk)
    assert revision is not None
    return {"token": previews.link_to(revision).strip("/").split("/")[-1]}


@example("picture")
def picture(people: People) -> dict[str, str]:
    made = a_picture()
    return {"slug": made.slug, "digest": made.digest[:12]}


@example("draft")
def draft(people: People) -> dict[str, str]:
    return {"reference": a_draft(by=people.officer).reference}


@example("procurement")
def procurement(people: People) -> dict[str, str]:
    """Live, and its team’s alone."""
    return {"reference": a_procurement(by=people.officer).reference}


@example("log-entry-of")
def log_entry_of(people: People) -> dict[str, str]:
    """With a risk in its log, which is its team’s alone."""
    live = a_procurement(by=people.officer)
    a_risk(live, by=people.officer)
    return {"reference": live.reference}


@example("log-entry-of-shared")
def log_entry_of_shared(people: People) -> dict[str, str]:
    """One that boroughs see, with a risk in its log, while bids are in confidence."""
    live = an_evaluation(by=people.officer)
    a_risk(live, by=people.officer)
    return {"reference": live.reference}


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


@example("contract-work")
def contract_work(people: People) -> dict[str, str]:
    """Work about a contract, with something to write on it."""
    record = an_ended_contract_work(by=people.officer)
    return {"reference": record.contract_work.contract.reference, "work": record.reference}


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


@example("leaver")
def leaver(people: People) -> dict[str, str]:
    """Somebody of Fleet who has left, and leads a procurement."""
    gone = people.member("officer", name="Nia Webb")
    a_procurement(by=gone)
    gone.memberships.update(ends_on=clock.today() - dt.timedelta(days=1))
    return {"reference": reference_of(gone)}


@example("alert")
def alert(people: People) -> dict[str, str]:
    """Something came to the officer."""
    live = a_procurement(by=people.officer)
    sharing.add_to_team(procurement=live, person=people.contributor, role="member", actor=people.officer)
    comment(procurement=live, text=f"Is it ready? @{people.officer.email}", actor=people.contributor)
    return {}


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


@example("topic")
def topic(people: People) -> dict[str, str]:
    """Something to follow."""
    register_toys()
    return {}


@example("subscription")
def subscription(people: People) -> dict[str, str]:
    """The officer follows something."""
    a_subscription(email=people.officer.email)
    return {}


@example("subscription-asked")
def subscription_asked(people: People) -> dict[str, str]:
    return {"token": confirm_token(a_subscription(is_confirmed=False))}


@example("subscription-link")
def subscription_link(people: People) -> dict[str, str]:
    return {"token": a_subscription().secret}


@example("search-link")
def search_link(people: People) -> dict[str, str]:
    """A link of a page of results, as that page makes it."""
    opening = Opening("suppliers", clock.today(), "/guidance/engage/talk-to-suppliers/")
    return {"token": link_to(opening).split("/")[-2]}


@example("listed-entry")
def listed_entry(people: People) -> dict[str, str]:
    """One entry for everybody and one for boroughs, so that the list has rows."""
    an_entry(by=people.officer, visibility="public")
    an_entry(by=people.officer, title="Catering for care homes")
    return {}


@example("free-document")
def free_document(people: People) -> dict[str, str]:
    """The officer’s own, of no record."""
    return {"reference": a_document(by=people.officer).reference}


@example("shared-example")
def shared_example(people: People) -> dict[str, str]:
    return {"reference": an_example(by=people.officer).document.reference}


@example("logo")
def logo(people: People) -> dict[str, str]:
    a_logo(by=people.administrator, of=people.fleet)
    return {}


@example("variant")
def variant(people: People) -> dict[str, str]:
    """With a version, changes that are not saved, and a newer central version."""
    version = a_variant(by=people.administrator, of=people.fleet)
    a_template(text=TEXT.replace("No staff transfer.", "No staff move."))
    changes(version.variant, by=people.administrator)
    return {"slug": version.variant.template.slug}


@example("document-template")
def document_template(people: People) -> dict[str, str]:
    a_template()
    return {}


def _document(people: People, confidence: str) -> Document:
    """One that belongs to a toy, with a row, a comment and somebody’s answers."""
    a_toy(team=[people.officer])
    template = a_template(text=TEXT.replace('confidence = "intent"', f'confidence = "{confidence}"'))
    return a_document(
        by=people.officer,
        template=template,
        subject=subject_for(people.officer),
        answers={"title": "Library system", "staff": "no", "risks": [{"risk": "Data is late"}]},
    )


@example("document")
def document(people: People) -> dict[str, str]:
    """For the team alone."""
    return {"reference": _document(people, "team").reference}


@example("document-shared")
def document_shared(people: People) -> dict[str, str]:
    """For whoever may open what it belongs to."""
    return {"reference": _document(people, "open").reference}


def _made(document: Document, people: People) -> dict[str, str]:
    made = making.make(document=document, is_draft=True, actor=people.officer)
    made.files.filter(format="docx").update(state="done", content=b"PK", size=2)
    return {"reference": document.reference, "number": str(made.number)}


@example("document-made")
def document_made(people: People) -> dict[str, str]:
    """Its Word file is there, the others are on their way."""
    return _made(_document(people, "team"), people)


@example("document-made-shared")
def document_made_shared(people: People) -> dict[str, str]:
    return _made(_document(people, "open"), people)


@example("rules")
def rules(people: People) -> dict[str, str]:
    """Fleet has rules, a draft of the next, people listed, dates, and a live procurement that they touch."""
    a_procurement(by=people.officer)
    step = a_step()
    published_rules(
        by=people.administrator,
        approvals=[an_approval()],
        steps=[step],
        notes={"business-case": "Use our form."},
    )
    drafted_rules(by=people.administrator, approvals=[an_approval(), an_approval("award")], steps=[step])
    given: dict[str, Any] = {"organisation": people.fleet, "actor": people.administrator}
    listed.put_power(person=people.approver, kind="procurement", up_to=None, basis="inc", **given)
    ahead = clock.today() + dt.timedelta(days=10)
    rows.add_meetings(meetings=[("Cabinet", ahead)], makers=["cabinet"], source="typed", **given)
    rows.add_closed_days(days=[(ahead, "Closure")], **given)
    rows.put_contact(about="legal", name="Contracts lawyers", email="legal@fleet.example", **given)
    return {}


@example("kept-change")
def kept_change(people: People) -> dict[str, str]:
    """Fleet has entered when its cabinet meets, and a live procurement is held against it."""
    a_procurement(by=people.officer)
    ahead = clock.today() + dt.timedelta(days=10)
    given: dict[str, Any] = {"organisation": people.fleet, "actor": people.administrator}
    rows.add_meetings(meetings=[("Cabinet", ahead)], makers=["cabinet"], source="typed", **given)
    return {"change": str(KeptChange.objects.get().pk)}
