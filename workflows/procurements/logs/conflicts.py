"""Declarations of interest: one's own, who has not declared, and the confirmation before a notice (sections 81 to 83)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction

from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from toolkit.core.errors import Refused
from workflows.journeys.definitions import Task, TaskKind
from workflows.journeys.facts import Facts
from workflows.journeys.models import Event
from workflows.journeys.progress import Happening, Progress
from workflows.procurements import letters
from workflows.procurements.logs import permissions
from workflows.procurements.logs.models import Conflict, ConflictsConfirmation, Declared, Part
from workflows.procurements.logs.services import next_number, note_change
from workflows.procurements.models import Procurement, Regime, TeamRole
from workflows.procurements.services.tasks import locked, task_of

CONFIRMED_IN = frozenset({4, 5, 6, 7, 10, 13, 14})
"""The notices before which the conflicts assessment is prepared, or confirmed: section 83, with the award notice for good
measure, because the review comes before it."""

FIRST_ROUTES = frozenset({"open-competition", "direct-award", "below-threshold-quotation"})
"""In version 1 of these, published before the log was there, a notice is completed as it was when they were published."""

_NOTICE = re.compile(r"\(UK(\d+)\)")


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody who has not declared yet. With a person, they can be reminded by e-mail."""

    name: str
    part: str
    person: Person | None


def awaited(procurement: Procurement) -> list[Awaited]:
    """Who has not declared: people on the team, and those whom the log names. Two queries."""
    rows = list(Conflict.objects.filter(procurement=procurement).select_related("person"))
    named = {row.person_id for row in rows if row.person_id is not None}
    members = [
        Awaited(str(member.person), str(member.get_role_display()), member.person)
        for member in procurement.team.select_related("person")
        if member.person_id not in named
    ]
    return members + [
        Awaited(row.who, str(row.get_part_display()), row.person)
        for row in rows
        if row.declared == Declared.NOT_YET and not row.is_closed
    ]


@transaction.atomic
def declare(*, procurement: Procurement, declared: str, interest: str, actor: Person) -> Conflict:
    """Declare for oneself: an interest in words, or that there is none. Declaring again replaces it, and what was said
    before stays in its history; another interest has to be assessed anew. The same again is a no-op."""
    procurement = locked(procurement)
    if not permissions.declares(reader_of(actor), procurement):
        raise Refused("Only those on the team declare here; the team writes down what others declare")
    interest = interest.strip() if declared == Declared.INTEREST else ""
    if declared not in (Declared.NOTHING, Declared.INTEREST):
        raise Refused("Select whether you have an interest")
    if declared == Declared.INTEREST and not interest:
        raise Refused("Enter what the interest is")
    row = Conflict.objects.select_for_update().filter(procurement=procurement, person=actor).first()
    if row is None:
        row = Conflict(
            procurement=procurement, number=next_number(procurement, Conflict), person=actor, written_by=actor,
            part=_part(procurement, actor),
        )  # fmt: skip
    elif (row.declared, row.interest) == (declared, interest) and row.declared_on == clock.today():
        return row
    else:
        note_change(row, actor, "Declared again")
        if row.interest != interest:
            row.nature, row.assessment = "", ""
    row.declared, row.interest, row.declared_on = declared, interest, clock.today()
    row.save()
    return row


def _part(procurement: Procurement, person: Person) -> str:
    endorses = procurement.team.filter(person=person, role=TeamRole.ENDORSER).exists()
    return Part.DECIDES if endorses else Part.TEAM


@transaction.atomic
def remind(*, procurement: Procurement, actor: Person) -> int:
    """Ask everybody with an account who has not declared, by e-mail; to how many it went."""
    procurement = locked(procurement)
    if not permissions.writes(reader_of(actor), procurement):
        raise Refused("Only those who work on the procurement remind others")
    asked = [one.person for one in awaited(procurement) if one.person is not None and one.person != actor]
    for person in asked:
        letters.ask_declaration(procurement, person)
    return len(asked)


def _is_asked_here(procurement: Procurement) -> bool:
    run = procurement.run
    is_first = run is not None and run.version == 1 and run.journey in FIRST_ROUTES
    return run is not None and not is_first and procurement.regime == Regime.PA23


def _is_step_of_its_own(slug: str) -> bool:
    """Is this a step that brings the conflicts assessment up to date before a notice?"""
    return "conflicts-confirmed" in slug or "conflicts-review" in slug


def asks_confirmation(procurement: Procurement, task: Task, facts: Facts) -> bool:
    """Does this step record a notice for which the conflicts log has to be confirmed? Where nobody knows whether the value
    is above the threshold, it does. A notice that waits for a step of its own asks nothing more: that step confirms it."""
    if task.kind != TaskKind.NOTICE or not _is_asked_here(procurement):
        return False
    if any(_is_step_of_its_own(need) for need in task.needs):
        return False
    numbers = {int(number) for number in _NOTICE.findall(task.title)}
    return bool(numbers & CONFIRMED_IN) and facts.above_threshold is not False


def confirmation_of(procurement: Procurement, task: str) -> ConflictsConfirmation | None:
    """The confirmation that stands for the next time this step is done; each notice has its own. Two queries."""
    done = (
        Event.objects.filter(run=procurement.run, task=task, kind=Happening.COMPLETED)
        .order_by("-number")
        .values_list("at", flat=True)
        .first()
    )
    found = ConflictsConfirmation.objects.filter(procurement=procurement, task=task).select_related("by")
    return (found.filter(at__gt=done) if done is not None else found).first()


def not_confirmed(procurement: Procurement, task: Task, progress: Progress) -> str:
    """Why this step may not be completed yet; empty when it may (procurements.before): a notice that waits for the log to be
    confirmed, or a step that confirms the assessment while an interest in the log is not assessed."""
    if _is_step_of_its_own(task.slug) and _is_asked_here(procurement):
        return _not_assessed(procurement)
    if not asks_confirmation(procurement, task, progress.facts) or confirmation_of(procurement, task.slug):
        return ""
    return (
        "Confirm the conflicts log for this notice first, or say in words that there is nothing to declare: "
        "go to Logs, then Conflicts of interest (Procurement Act 2023, section 83)"
    )


def _not_assessed(procurement: Procurement) -> str:
    rows = Conflict.objects.filter(procurement=procurement)
    if any(row.lacks_assessment for row in rows if not row.is_closed):
        return "An interest in the conflicts log is not assessed yet: say there what it means, then complete this step"
    return ""


@transaction.atomic
def confirm(
    *, procurement: Procurement, task: str, is_nothing: bool, words: str, actor: Person
) -> ConflictsConfirmation:
    """Confirm the log for the notice of one step: it is up to date, or in words why there is nothing. Confirming twice for
    one notice is a no-op.

    Raises Refused while an interest is not assessed, and when there is said to be nothing and the log holds an interest.
    """
    procurement = locked(procurement)
    if not permissions.writes(reader_of(actor), procurement):
        raise Refused("Only those who work on the procurement confirm its conflicts log")
    if task_of(procurement, task).kind != TaskKind.NOTICE:
        raise Refused("This step publishes no notice")
    standing = confirmation_of(procurement, task)
    if standing is not None:
        return standing
    open_rows = [row for row in Conflict.objects.filter(procurement=procurement) if not row.is_closed]
    if is_nothing and not words.strip():
        raise Refused("Enter in words why there is nothing to declare")
    if is_nothing and any(row.declared == Declared.INTEREST for row in open_rows):
        raise Refused("The log holds an interest: it cannot be said that there is nothing")
    if any(row.lacks_assessment for row in open_rows):
        raise Refused("An interest is not assessed yet: say what it means, then confirm the log")
    declared = sum(row.declared != Declared.NOT_YET for row in open_rows)
    if not is_nothing and not declared:
        raise Refused(
            "Nobody has declared anything yet: declare first, or say in words that there is nothing"
        )
    return ConflictsConfirmation.objects.create(
        procurement=procurement,
        task=task,
        is_nothing=is_nothing,
        words=words.strip(),
        declared=declared,
        awaited=len(awaited(procurement)),
        by=actor,
    )
