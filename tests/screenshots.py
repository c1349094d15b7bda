"""`./run screenshots FOLDER [NAME…]`: every main page, or those named, at 1280 and 375 pixels, as the right person, out of the demonstration."""

from __future__ import annotations

import os
import string
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django

LIST = Path(__file__).with_suffix(".toml")


def pictured_document(*, in_review: bool = False) -> str:
    """The reference of a document that belongs to a toy, partly filled in, remarked on and made; or one that waits for
    the contributor’s review. Made once."""
    from guidance.documents import subjects
    from guidance.documents.models import Document
    from guidance.documents.services import answering, making, remarks, reviewing
    from guidance.documents.subjects import Known
    from tests.factories.documents import TEXT, a_document, a_template
    from tests.toys import KIND, Toy, a_toy, subject_for
    from toolkit.accounts.models import Person

    label = "Lot 2" if in_review else "Lot 1"
    there = Document.objects.filter(template__slug="pictured-exit-plan", label=label).first()
    if there is not None:
        return there.reference
    officer = Person.objects.get(email="officer.fleet@demo.example")
    contributor = Person.objects.get(email="contributor.fleet@demo.example")
    registered = subjects.provider_of(KIND)
    toy = registered if isinstance(registered, Toy) else a_toy(team=[officer])
    toy.known.setdefault(
        "title", Known("Library management system", "the procurement PR-7K2D", "/procurements/")
    )
    toy.known.setdefault("value-inc-vat", Known("640000", "the procurement PR-7K2D", "/procurements/"))
    rows = [{"risk": f"Data of branch {number} comes late", "due": "2027-03-31", "impact": "high"} for number in range(1, 61)]  # fmt: skip
    made = a_document(
        by=officer,
        template=a_template(slug="pictured-exit-plan", text=TEXT),
        subject=subject_for(officer),
        label=label,
        answers={"ends-on": "2027-03-31", "risks": rows} | ({"staff": "no"} if in_review else {}),
    )
    if in_review:
        ask: dict[str, Any] = {
            "document": made,
            "of": contributor,
            "note": "Is the timetable right?",
            "actor": officer,
        }
        review = reviewing.ask(**ask)
        reviewing.answer(
            document=made,
            number=review.made.number,
            passes=False,
            reasons="The contract ends in April.",
            actor=contributor,
        )
        answering.save_answer(document=made, name="ends-on", value="2027-04-30", seen=1, actor=officer)
        reviewing.ask(**ask)
        return made.reference
    reviewing.put_on(document=made, person=contributor, actor=officer)
    remarks.comment(
        document=made, question="title", text="Is this the name on the contract?", actor=contributor
    )
    remarks.comment(document=made, text="Ask the library for the inventory.", actor=officer)
    version = making.make(document=made, is_draft=True, actor=officer)
    version.files.filter(format="docx").update(state="done", size=48_000)
    version.files.filter(format="odt").update(state="failed", problem="It could not be written. Make it again, or tell us if that does not help")  # fmt: skip
    toy.known["title"] = Known("Library system and self-service kiosks", "the procurement PR-7K2D", "/procurements/")  # fmt: skip
    return made.reference


def lookups() -> dict[str, Callable[[], str]]:
    """Addresses of records that the demonstration made: the name in braces → how to find it."""
    from guidance.documents.models import Document, DocumentTemplate, Example
    from guidance.editorial.previews import link_to
    from guidance.editorial.selectors import newest
    from guidance.editorial.services.publishing import withdraw
    from guidance.pages.models import Page
    from tests.factories import a_subscription
    from tests.factories.content import a_page
    from tests.factories.variants import for_pictures
    from toolkit.notifications.models import Subscription
    from workflows.contracts.models import Contract
    from workflows.pipeline.models import Entry
    from workflows.procurements.models import Procurement, Status
    from workflows.rules.models import KeptChange

    def first(model: Any, **filters: Any) -> Any:
        found = model.objects.filter(**filters).order_by("pk").first()
        if found is None:
            raise LookupError(f"the demonstration has no {model.__name__} with {filters}")
        return found

    def page() -> Any:
        return first(Page, slug="wait-before-you-sign")

    def preview() -> str:
        revision = newest("page", page().pk)
        assert revision is not None
        return link_to(revision)

    def withdrawn() -> str:
        """A page that was withdrawn for the picture, once."""
        found = Page.objects.filter(slug="wait-ten-days").first()
        if found is None:
            found = a_page(slug="wait-ten-days", stage="award", title="Wait ten days")
            withdraw(
                item=found,
                reason="The Procurement Act 2023 took the place of the regulations it was about",
                read_instead=page().get_absolute_url(),
                actor=None,
            )
        return str(found.get_absolute_url())

    def offered() -> str:
        """A page of which a newer shipped text is offered, for the picture."""
        found = first(Page, slug="act-in-ten-minutes")
        if not found.offered_text:
            text = newest("page", found.pk)
            assert text is not None
            found.offered_text = text.text.replace("council", "borough")
            found.save(update_fields=["offered_text"])
        return f"/admin/pages/page/{found.pk}/shipped/"

    def live() -> Any:
        return first(Procurement, organisation__slug="fleet", status=Status.LIVE)

    def topic() -> str:
        return f"guidance-page:{page().pk}"

    def subscription() -> str:
        """Made once, with some for the officer beside it."""
        for email in ("reader@demo.example", "officer.fleet@demo.example"):
            if not Subscription.objects.filter(email=email).exists():
                for stage in ("plan", "award", "manage"):
                    a_subscription(email=email, kind="guidance-stage", key=stage)
        return str(first(Subscription, email="reader@demo.example").secret)

    def ready_for_award() -> Any:
        """A procurement of the demonstration whose contracts can be recorded, made for the picture."""
        from tests.factories import an_award
        from toolkit.accounts.models import Person

        found = Procurement.objects.filter(title="Pest control", organisation__slug="fleet").first()
        officer = Person.objects.get(email="officer.fleet@demo.example")
        return found or an_award(by=officer, title="Pest control")[0]

    def endorsing() -> str:
        """The step of a procurement that waits for the approver, with a paper that changed since they last answered."""
        from decimal import Decimal

        from guidance.documents.services import answering, reviewing
        from tests.factories import a_procurement
        from tests.factories.approvals import a_reviewed_paper, pass_review, ready_to_endorse
        from toolkit.accounts.models import Person
        from workflows.procurements.services import endorsements

        def person(name: str) -> Any:
            return Person.objects.get(email=f"{name}.fleet@demo.example")

        found = Procurement.objects.filter(title="Lift maintenance", organisation__slug="fleet").first()
        if found is None:
            officer, approver, reader = person("officer"), person("approver"), person("contributor")
            found = ready_to_endorse(a_procurement(by=officer, title="Lift maintenance"), officer)
            paper = a_reviewed_paper(found, by=officer, reviewer=reader, title="Lift maintenance")
            asked: dict[str, Any] = {
                "procurement": found, "task": "endorse-strategy", "kind": "procurement", "of": approver, "actor": officer,
                "note": "The strategy paper: one contract for all 140 lifts.", "budget_ex_vat": Decimal(800_000),
            }  # fmt: skip
            endorsements.answer_endorsement(
                endorsement=endorsements.ask_endorsement(**asked, paper=paper),
                status="changes",
                reasons="The end date is too near.",
                comment="The budget is agreed for two years.",
                actor=approver,
            )
            reviewing.open_again(document=paper.document, actor=officer)
            answering.save_answer(
                document=paper.document, name="ends-on", value="2029-03-31", seen=1, actor=officer
            )
            newer = pass_review(paper.document, by=officer, reviewer=reader)
            endorsements.ask_endorsement(**asked, paper=newer)
        return f"/procurements/{found.reference}/tasks/endorse-strategy/"

    return {
        "endorsing": endorsing,
        "document": lambda: f"/documents/{pictured_document()}/",
        "reviewed_document": lambda: f"/documents/{pictured_document(in_review=True)}/",
        "topic": topic,
        "subscription": subscription,
        "guidance_page": lambda: str(page().get_absolute_url()),
        "guidance_admin": lambda: f"/admin/pages/page/{page().pk}/",
        "template_admin": lambda: (
            f"/admin/documents/documenttemplate/{first(DocumentTemplate, slug='contract-management-plan').pk}/"
        ),
        "preview": preview,
        "withdrawn": withdrawn,
        "offered": offered,
        "entry": lambda: f"/pipeline/{first(Entry, organisation__slug='fleet', is_over=False).reference}/",
        "procurement": lambda: f"/procurements/{live().reference}/",
        "task": lambda: f"/procurements/{live().reference}/tasks/say-which-checks-apply/",
        "draft": lambda: (
            f"/procurements/{first(Procurement, organisation__slug='fleet', status=Status.DRAFT).reference}/"
        ),
        "awarded": lambda: (
            f"/procurements/{first(Procurement, organisation__slug='fleet', contracts__isnull=False).reference}/"
        ),
        "award": lambda: f"/procurements/{ready_for_award().reference}/tasks/record-contracts/",
        "own_templates": lambda: for_pictures() and "/organisation/templates/",
        "own_template": lambda: f"/organisation/templates/{for_pictures()}/",
        "examples": lambda: for_pictures() and "/examples/",
        "example": lambda: for_pictures() and f"/examples/{first(Example).document.reference}/",
        "move": lambda: (
            f"/documents/{first(Document, template__slug=for_pictures(), variant_version=None).reference}/move/"
        ),
        "kept_change": lambda: f"/rules/touched/{first(KeptChange, organisation__slug='fleet').pk}/",
        "older": lambda: for_pictures() and "/documents/older/",
        "contract": lambda: f"/contracts/{first(Contract, organisation__slug='fleet').reference}/",
    }


def address_of(template: str) -> str:
    """The address of a page of the list."""
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    known = lookups()
    return template.format(**{name: known[name]() for name in names})


def take(folder: Path, names: Sequence[str]) -> int:
    """Seed a throw-away database, serve it, take the pictures. How many pages could not be taken."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import override_settings
    from playwright.sync_api import sync_playwright
    from procrastinate.contrib.django import app
    from procrastinate.testing import InMemoryConnector

    from tests.browser.driver import WIDTHS, chromium, serving, sign_in
    from tests.databases import throw_away_database
    from toolkit.accounts.models import Person

    pages = [page for page in tomllib.loads(LIST.read_text())["page"] if not names or page["name"] in names]
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    with ExitStack() as stack:
        static = stack.enter_context(tempfile.TemporaryDirectory())
        stack.enter_context(
            override_settings(
                STATIC_ROOT=static,
                DEMO=True,
                MAILERS={
                    alias: {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
                    for alias in settings.MAILERS
                },
            )
        )
        call_command("collectstatic", interactive=False, verbosity=0)
        stack.enter_context(throw_away_database())
        stack.enter_context(app.replace_connector(InMemoryConnector()))
        call_command("load_starter_content", verbosity=0)
        call_command("seed_demo", verbosity=0)
        # What a picture needs is made before the browser's driver has this thread: jobs can't be asked for beside it.
        paths = {entry["name"]: address_of(entry["path"]) for entry in pages}
        address = stack.enter_context(serving())
        browser = chromium(stack.enter_context(sync_playwright()))
        for kind, width in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": 900})
            for entry in pages:
                name = entry["name"]
                try:
                    person = (
                        Person.objects.get(email=f"{entry['person']}@demo.example")
                        if "person" in entry
                        else None
                    )
                    sign_in(page, person, address)
                    response = page.goto(address + paths[name])
                    status = response.status if response else 0
                    if status != entry.get("status", 200):
                        raise LookupError(f"answered {status}")
                    page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
                    print(f"{name} ({kind})")
                except (LookupError, Person.DoesNotExist) as problem:
                    failed += 1
                    print(f"{name}: {problem}")
        browser.close()
    return failed


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        print(
            "Say where the pictures go: ./run screenshots FOLDER, or ./run screenshots FOLDER NAME… for some of them"
        )
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs an event loop in this thread
    django.setup()
    return 1 if take(Path(arguments[0]), arguments[1:]) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
