"""Writing, confirming and deleting an organisation's note; what happens to notes when a page changes."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from guidance.editorial.models import Revision, State
from guidance.pages.models import BoroughNote, Page
from toolkit.accounts.models import Membership, Organisation, Person
from toolkit.accounts.readers import reader_of
from toolkit.accounts.roles import Right, Role
from toolkit.core import clock
from toolkit.core.errors import Refused
from toolkit.jobs.letters import address, send


def _allowed(actor: Person, organisation: Organisation) -> None:
    if not reader_of(actor).may(Right.SET_RULES, organisation.pk):
        raise Refused(f"Only an administrator of {organisation} can do that")


@transaction.atomic
def write(
    *,
    organisation: Organisation,
    page: Page,
    body: str,
    actor: Person,
    number: int | None = None,
    before: str = "",
) -> BoroughNote | None:
    """Write an organisation's note, held against revision `number` of the page, the one its writer had read (None: the
    live one); an empty one is deleted. `before` is what the note said when they began.

    Raises Refused, also when somebody else has written it meanwhile.
    """
    _allowed(actor, organisation)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)  # one writer at a time
    there = (
        BoroughNote.objects.filter(organisation=organisation, page=page).select_related("updated_by").first()
    )
    if there is not None and there.body not in (before, body.strip()):
        raise Refused(f"{there.updated_by} has changed the note meanwhile. It now says: {there.body[:500]}")
    if not body.strip():
        BoroughNote.objects.filter(organisation=organisation, page=page).delete()
        return None
    now = clock.now()
    note, _ = BoroughNote.objects.update_or_create(
        organisation=organisation,
        page=page,
        defaults={
            "body": body.strip(), "about_number": min(number or page.live_number or 0, page.live_number or 0), "updated_by": actor, "updated_at": now, "confirmed_at": now,
        },
    )  # fmt: skip
    return note


@transaction.atomic
def confirm(*, note: BoroughNote, number: int, actor: Person) -> None:
    """Say that a note still holds beside revision `number` of its page, the one the administrator has read. Raises
    Refused, also when the page has changed again meanwhile."""
    note = (
        BoroughNote.objects.select_for_update(of=("self",))
        .select_related("organisation", "page")
        .get(pk=note.pk)
    )
    _allowed(actor, note.organisation)
    if number != note.page.live_number:
        raise Refused("The page has changed again: look at what changed")
    note.about_number, note.confirmed_at = number, clock.now()
    note.save(update_fields=["about_number", "confirmed_at"])


def page_changed(page: Page, revision: Revision) -> None:
    """Called in the transaction that published a page: a small correction carries its notes along, any other change
    asks the administrators of every organisation with a note to look."""
    notes = BoroughNote.objects.filter(page=page).select_related("organisation")
    if revision.is_minor:
        before = (
            Revision.objects.filter(
                kind="page", item_id=page.pk, state=State.PUBLISHED, number__lt=revision.number
            )
            .order_by("-number")
            .values_list("number", flat=True)
            .first()
        )
        notes.filter(about_number=before or 0).update(about_number=revision.number)
        return
    for note in notes:
        _ask(note, page, revision)


def _ask(note: BoroughNote, page: Page, revision: Revision) -> None:
    administrators = (
        Membership.objects.filter(organisation=note.organisation)
        .current_on(clock.today())
        .with_role(Role.ADMINISTRATOR)
        .select_related("person")
    )
    where = address(reverse("guidance_note", args=[page.stage, page.slug]))
    for membership in administrators:
        send(
            membership.person.email,
            f"Does your note still hold? {page.title}",
            f"The guidance page “{page.title}” has changed, and {note.organisation} has a note beside it.",
            f"What changed: {revision.note or 'not said'}",
            f"See what changed, then confirm your note or change it:\n{where}",
        )
