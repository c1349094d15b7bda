"""What people are told about procurements, in the transaction that causes it. Headings and sentences carry no title, no
supplier and not what a step is: what is confidential stays behind sign-in."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from guidance.documents.letters import ANSWERED, ASKED, TEAM
from toolkit.accounts.models import Person
from toolkit.accounts.visibility import Reader
from toolkit.notifications import kinds, services
from toolkit.notifications.kinds import How
from workflows.journeys.definitions import Task
from workflows.procurements import confidence
from workflows.procurements.models import Comment, Endorsement, Procurement

RECORD, BIDS, STAFF = "procurement", "procurement-bids", "procurement-for-staff"
"""What an event is about: a record, for whoever may open it; what is known of its bidders; one that staff have to help."""
ASSIGNED, MENTIONED, COMMENTED, CHANGED = "assigned", "mentioned", "commented", "changed"
UNANSWERABLE = "unanswerable"


def register() -> None:
    """The kinds of event, and who may know of one about a procurement."""
    kinds.register(ASSIGNED, "A step is given to me", "By an officer of the team", How.NOW, place=10)
    kinds.register(
        UNANSWERABLE,
        "Somebody I asked cannot answer any more",
        "They have left, handed over, or may not endorse it any more",
        How.NOW,
        place=45,
    )
    kinds.register(
        MENTIONED, "I am mentioned in a comment", "With @ or by ticking your name", How.NOW, place=50
    )
    kinds.register(
        COMMENTED, "A comment on what I work on or follow", "Where I am not mentioned", How.DAILY, place=60
    )
    kinds.register(
        CHANGED,
        "What I follow has changed",
        "A step completed, a decision recorded, stopped",
        How.DAILY,
        place=70,
    )
    kinds.register_subject(RECORD, _opens)
    kinds.register_subject(BIDS, _sees_bidders)
    kinds.register_subject(STAFF, _helps)


def _opens(person: Person, reader: Reader) -> QuerySet[Procurement]:
    return Procurement.objects.visible_to(reader)


def _sees_bidders(person: Person, reader: Reader) -> QuerySet[Procurement]:
    return Procurement.objects.visible_to(reader).filter(confidence.tells_bidders(reader))


def _helps(person: Person, reader: Reader) -> QuerySet[Procurement]:
    return Procurement.objects.all() if person.is_staff else Procurement.objects.none()


def _send(
    to: Iterable[Person],
    kind: str,
    procurement: Procurement,
    heading: str,
    sentence: str,
    path: str,
    *,
    actor: Person | None = None,
    about: str = RECORD,
) -> None:
    services.notify(
        people=to,
        kind=kind,
        subject=f"{about}:{procurement.reference}",
        heading=heading,
        sentence=sentence,
        path=path,
        actor=actor,
    )


def tell_assigned(procurement: Procurement, task: Task, person: Person) -> None:
    path = reverse("procurement_task", args=[procurement.reference, task.slug])
    _send([person], ASSIGNED, procurement, f"A step for you in {procurement.reference}", "You were asked to do a step of a procurement.", path)  # fmt: skip


def tell_on_team(procurement: Procurement, person: Person) -> None:
    path = reverse("procurement", args=[procurement.reference])
    _send([person], TEAM, procurement, f"You are on the team of {procurement.reference}", "You were put on the team of a procurement.", path)  # fmt: skip


def _step(endorsement: Endorsement) -> str:
    return reverse("procurement_task", args=[endorsement.procurement.reference, endorsement.task])


def ask_endorser(endorsement: Endorsement) -> None:
    _send([endorsement.asked_of], ASKED, endorsement.procurement, f"Your endorsement is asked for in {endorsement.procurement.reference}", f"{endorsement.asked_by} asks for your endorsement.", _step(endorsement))  # fmt: skip


def ask_stand_in(endorsement: Endorsement, person: Person) -> None:
    _send([person], ASKED, endorsement.procurement, f"You may answer in place of a colleague in {endorsement.procurement.reference}", f"An endorsement is asked of {endorsement.asked_of}, for whom you stand in.", _step(endorsement))  # fmt: skip


def tell_answered_in_place(endorsement: Endorsement) -> None:
    _send([endorsement.asked_of], ASKED, endorsement.procurement, f"Somebody has answered in your place in {endorsement.procurement.reference}", f"{endorsement.stand_in} stands in for you, and has answered a request for your endorsement.", _step(endorsement))  # fmt: skip


def tell_answer(endorsement: Endorsement) -> None:
    _send([endorsement.asked_by], ANSWERED, endorsement.procurement, f"An answer in {endorsement.procurement.reference}", "The endorsement you asked for has been answered.", _step(endorsement))  # fmt: skip


def tell_withdrawn(endorsement: Endorsement, actor: Person) -> None:
    """To the requester, when whoever was asked does this work no more."""
    _send([endorsement.asked_by], UNANSWERABLE, endorsement.procurement, f"An endorsement has to be asked for again in {endorsement.procurement.reference}", "The person you asked has handed over their work. Ask somebody else.", _step(endorsement), actor=actor)  # fmt: skip


def tell_stuck(endorsement: Endorsement, people: Iterable[Person], because: str) -> None:
    """To whoever can ask somebody else."""
    _send(people, UNANSWERABLE, endorsement.procurement, f"An endorsement has to be asked of somebody else in {endorsement.procurement.reference}", f"{because}. Ask somebody else.", _step(endorsement))  # fmt: skip


def remind_endorser(endorsement: Endorsement) -> None:
    _send([endorsement.asked_of], ASKED, endorsement.procurement, f"Your endorsement is still asked for in {endorsement.procurement.reference}", f"{endorsement.asked_by} still waits for your answer.", _step(endorsement))  # fmt: skip


def tell_lapsed(endorsement: Endorsement, *, was_given: bool, actor: Person) -> None:
    """The requester hears of it, and whoever need not answer any more; not the person who changed what was endorsed."""
    procurement, path = endorsement.procurement, _step(endorsement)
    what = "An endorsement you asked for does not hold any more: what was endorsed has changed."
    _send([endorsement.asked_by], ANSWERED, procurement, f"An endorsement in {procurement.reference} has lapsed", what, path, actor=actor)  # fmt: skip
    if not was_given:
        what = "What you were asked to endorse has changed. You need not answer: you will be asked again."
        _send([endorsement.asked_of], ASKED, procurement, f"A request for your endorsement in {procurement.reference} has lapsed", what, path)  # fmt: skip


def ask_declaration(procurement: Procurement, person: Person) -> None:
    path = reverse("procurement_conflicts_declare", args=[procurement.reference])
    _send([person], ASKED, procurement, f"A declaration is asked of you in {procurement.reference}", "You are asked to declare whether you have an interest in a procurement.", path)  # fmt: skip


def tell_comment(comment: Comment, *, mentioned: Iterable[Person], others: Iterable[Person]) -> None:
    """Who is mentioned, and who works on it or follows it. The address names no step."""
    procurement = comment.procurement
    path = reverse("procurement_comments", args=[procurement.reference]) + f"#comment-{comment.pk}"
    about = BIDS if comment.is_confidential else RECORD
    _send(mentioned, MENTIONED, procurement, f"You are mentioned in {procurement.reference}", f"{comment.by} mentions you in a comment.", path, actor=comment.by, about=about)  # fmt: skip
    _send(others, COMMENTED, procurement, f"A comment in {procurement.reference}", f"{comment.by} commented on a procurement.", path, actor=comment.by, about=about)  # fmt: skip


def tell_followers(
    procurement: Procurement, people: Iterable[Person], what: str, actor: Person | None
) -> None:
    """`what` happened, as the end of a sentence."""
    path = reverse("procurement", args=[procurement.reference])
    _send(people, CHANGED, procurement, f"{procurement.reference} has changed", f"In a procurement you follow, {what}.", path, actor=actor)  # fmt: skip


def tell_handed_over(procurement: Procurement, before: Person, after: Person, actor: Person) -> None:
    """Both people."""
    path, reference = reverse("procurement", args=[procurement.reference]), procurement.reference
    _send([after], TEAM, procurement, f"Work in {reference} was handed over to you", f"You do what {before} did in a procurement.", path, actor=actor)  # fmt: skip
    _send([before], TEAM, procurement, f"Your work in {reference} was handed over", f"{after} does what you did in a procurement.", path, actor=actor)  # fmt: skip


def ask_team_to_hand_over(procurement: Procurement, officers: Iterable[Person], actor: Person) -> None:
    path = reverse("procurement_team", args=[procurement.reference])
    _send(officers, ASKED, procurement, f"Somebody on the team of {procurement.reference} has left", "Bids are in confidence, so only the team can hand over what they did.", path, actor=actor, about=BIDS)  # fmt: skip


def ask_staff_to_help(procurement: Procurement, staff: Iterable[Person]) -> None:
    path = f"{reverse('admin:procurements_procurement_changelist')}?team=nobody"
    _send(staff, ASKED, procurement, f"{procurement.reference} has no officer on its team", "Its last officer has left while bids are in confidence. Put another officer of the organisation on its team.", path, about=STAFF)  # fmt: skip
