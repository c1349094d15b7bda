"""The e-mails of this app. Subjects and first lines carry no title: what is confidential stays behind sign-in."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from toolkit.accounts.models import Person
from workflows.journeys.definitions import Task
from workflows.procurements.models import Endorsement, Procurement


def _send(to: Person, subject: str, sentence: str, path: str) -> None:
    send_mail(
        subject, f"{sentence}\n\n{settings.BASE_URL}{path}\n\n{settings.SERVICE_NAME}", None, [to.email]
    )


def tell_assigned(procurement: Procurement, task: Task, person: Person) -> None:
    path = reverse("procurement_task", args=[procurement.reference, task.slug])
    _send(
        person,
        f"A step for you in {procurement.reference}",
        "You were asked to do a step of a procurement.",
        path,
    )


def tell_on_team(procurement: Procurement, person: Person) -> None:
    path = reverse("procurement", args=[procurement.reference])
    _send(
        person,
        f"You are on the team of {procurement.reference}",
        "You were put on the team of a procurement.",
        path,
    )


def ask_endorser(endorsement: Endorsement) -> None:
    path = reverse("procurement_task", args=[endorsement.procurement.reference, endorsement.task])
    _send(endorsement.asked_of, f"Your endorsement is asked for in {endorsement.procurement.reference}", f"{endorsement.asked_by} asks for your endorsement.", path)  # fmt: skip


def ask_stand_in(endorsement: Endorsement, person: Person) -> None:
    path = reverse("procurement_task", args=[endorsement.procurement.reference, endorsement.task])
    _send(person, f"You may answer in place of a colleague in {endorsement.procurement.reference}", f"An endorsement is asked of {endorsement.asked_of}, for whom you stand in.", path)  # fmt: skip


def tell_answered_in_place(endorsement: Endorsement) -> None:
    path = reverse("procurement_task", args=[endorsement.procurement.reference, endorsement.task])
    _send(endorsement.asked_of, f"Somebody has answered in your place in {endorsement.procurement.reference}", f"{endorsement.stand_in} stands in for you, and has answered a request for your endorsement.", path)  # fmt: skip


def tell_answer(endorsement: Endorsement) -> None:
    path = reverse("procurement_task", args=[endorsement.procurement.reference, endorsement.task])
    _send(endorsement.asked_by, f"An answer in {endorsement.procurement.reference}", "The endorsement you asked for has been answered.", path)  # fmt: skip


def remind_endorser(endorsement: Endorsement) -> None:
    path = reverse("procurement_task", args=[endorsement.procurement.reference, endorsement.task])
    _send(endorsement.asked_of, f"Your endorsement is still asked for in {endorsement.procurement.reference}", f"{endorsement.asked_by} still waits for your answer.", path)  # fmt: skip


def tell_lapsed(endorsement: Endorsement, *, was_given: bool, actor: Person) -> None:
    """The requester hears of it, and whoever need not answer any more; not the person who changed what was endorsed."""
    path = reverse("procurement_task", args=[endorsement.procurement.reference, endorsement.task])
    reference = endorsement.procurement.reference
    if endorsement.asked_by != actor:
        what = "An endorsement you asked for does not hold any more: what was endorsed has changed."
        _send(endorsement.asked_by, f"An endorsement in {reference} has lapsed", what, path)
    if not was_given:
        what = "What you were asked to endorse has changed. You need not answer: you will be asked again."
        _send(endorsement.asked_of, f"A request for your endorsement in {reference} has lapsed", what, path)


def ask_declaration(procurement: Procurement, person: Person) -> None:
    path = reverse("procurement_conflicts_declare", args=[procurement.reference])
    _send(
        person,
        f"A declaration is asked of you in {procurement.reference}",
        "You are asked to declare whether you have an interest in a procurement.",
        path,
    )
