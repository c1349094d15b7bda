"""Documents at work, for the demonstration: one reviewed, one half written with a comment, one just begun."""

from __future__ import annotations

import datetime as dt
import json

from guidance.documents import subjects, versions
from guidance.documents.assembly.assembling import asked
from guidance.documents.assembly.definitions import QuestionKind
from guidance.documents.models import Document, DocumentTemplate
from guidance.documents.services import answering, beginning, remarks, reviewing
from toolkit.accounts.models import Person
from toolkit.accounts.readers import reader_of
from toolkit.core import clock
from workflows.contracts.models import Contract
from workflows.procurements.models import Procurement

REVIEWED, HALF_WRITTEN, BEGUN = "engagement-plan", "outcome-based-specification", "contract-management-plan"


def seed_documents(library: Procurement, contract: Contract | None, people: dict[str, Person]) -> None:
    """Nothing when the shipped templates are not there. Again: nothing."""
    templates = {each.slug: each for each in DocumentTemplate.objects.published()}
    if not {REVIEWED, HALF_WRITTEN, BEGUN} <= set(templates) or Document.objects.exists():
        return
    officer, reviewer = people["officer.fleet"], people["approver.fleet"]
    with clock.held_at(clock.today() - dt.timedelta(days=5)):
        plan = begun(templates[REVIEWED], "procurement", library.reference, officer, step="engagement-plan")
        answer_as_in_the_example(plan, officer)
        reviewing.ask(document=plan, of=reviewer, note="Goes to the market in January.", actor=officer)
    with clock.held_at(clock.today() - dt.timedelta(days=4)):
        reviewing.answer(
            document=plan, number=1, passes=True, reasons="Clear, and fair to everybody.", actor=reviewer
        )
    with clock.held_at(clock.today() - dt.timedelta(days=2)):
        specification = begun(templates[HALF_WRITTEN], "procurement", library.reference, officer, step="specification")  # fmt: skip
        reviewing.put_on(document=specification, person=people["contributor.fleet"], actor=officer)
        remarks.comment(
            document=specification,
            question="users",
            text="The two mobile libraries are missing. I can write what their staff told us.",
            actor=people["contributor.fleet"],
        )
    if contract is not None:
        begun(templates[BEGUN], "contract", contract.reference, officer)


def begun(template: DocumentTemplate, kind: str, key: str, actor: Person, *, step: str = "") -> Document:
    provider = subjects.provider_of(kind)
    subject = provider.find(key, reader_of(actor)) if provider is not None else None
    assert subject is not None, f"{actor} cannot open {kind} {key}"
    return beginning.begin(
        template=template, organisation=subject.organisation, actor=actor, subject=subject, step=step
    )


def answer_as_in_the_example(
    document: Document, actor: Person, *, instead: tuple[str, str] = ("", "")
) -> None:
    """What the procurement did not know is answered as in the template’s own example, `instead` the name of another
    borough."""
    definition = versions.definition_of(document)
    example = definition.example
    if instead[0]:
        example = json.loads(json.dumps(dict(example)).replace(*instead))
    for name, value in example.items():
        answers = dict(document.answers.values_list("name", "value"))
        question = definition.question(name)
        if name in answers or question not in asked(definition, answers):
            continue
        if question.kind == QuestionKind.TABLE:
            answering.add_rows(document=document, name=name, rows=value, actor=actor)
        else:
            answering.save_answer(document=document, name=name, value=value, seen=0, actor=actor)
