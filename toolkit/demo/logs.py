"""Logs of the demonstration: a procurement that is being planned, and questions about one that was awarded."""

from __future__ import annotations

import datetime as dt
from typing import Any

from toolkit.accounts.models import Person
from toolkit.core import clock
from workflows.procurements.logs import conflicts, services
from workflows.procurements.logs.kinds import Log
from workflows.procurements.models import Procurement


def seed_logs(planned: Procurement, awarded: Procurement, people: dict[str, Person]) -> None:
    """Six logs, as a team would fill them. Dates relative to today."""
    officer = people["officer.fleet"]

    def write(procurement: Procurement, log: Log, **given: Any) -> None:
        services.add(procurement=procurement, log=log, given=given, actor=officer)

    day = clock.today() - dt.timedelta(days=5)
    conflicts.declare(procurement=planned, declared="nothing", interest="", actor=officer)
    write(
        planned, Log.CONFLICTS, name="Dr Ines Marlow, library adviser", part="adviser", declared="interest", declared_on=day,
        interest="She advised one of the likely suppliers until last year.", nature="potential",
        assessment="She could know its prices, and wish it well.", mitigation="She takes no part in the evaluation.",
        review_on=clock.today() + dt.timedelta(days=60),
    )  # fmt: skip
    write(
        planned,
        Log.CONFLICTS,
        name="Councillor Tamsin Reed, cabinet member",
        part="member",
        declared="not-yet",
    )
    write(
        planned, Log.ENGAGEMENT, held_on=day, how="event", suppliers="Riverbend Software Ltd\nQuillmark Systems Ltd",
        ours="Head of libraries", about="How access at home works in other places.", told="everybody",
        what_told="The number of loans in each library.", shared_on=day, shared_where="With the engagement notice",
    )  # fmt: skip
    write(
        planned, Log.ENGAGEMENT, held_on=clock.today(), how="call", suppliers="Riverbend Software Ltd", ours="Head of libraries",
        about="When the present system can export its catalogue.", told="not-yet", what_told="The month we hope to start.",
    )  # fmt: skip
    write(
        planned, Log.RISKS, event="The catalogue cannot be moved in time", cause="The present system exports in a form of its own.",
        consequence="Eleven libraries lend by hand for weeks.", likelihood="possible", impact="serious",
        owner="Head of libraries", action="Ask for a trial export before the specification is done.",
        review_on=clock.today() + dt.timedelta(days=30),
    )  # fmt: skip
    write(
        planned, Log.DECISIONS, decided_on=day, what="One lot.", reasons="Catalogue and loans share one set of records.",
        rejected="Two lots: the interface between them would cost more than it saves.", decided_by="Project board",
    )  # fmt: skip
    asked = clock.today() - dt.timedelta(days=110)
    for asker, question, published, answer in (
        ("Lanternway Advice CIC", "Can Lanternway use its own telephone numbers?", "May a supplier use its own telephone numbers?", "Yes, if they are free to call."),
        ("Anchor Workforce Ltd", "Is Saturday included?", "Is Saturday included?", "Yes, from 9 to 1."),
    ):  # fmt: skip
        write(
            awarded, Log.CLARIFICATION, asker=asker, question=question, asked_on=asked, published_question=published,
            published_answer=answer, answered_on=asked, published_on=asked, effect="none",
        )  # fmt: skip
