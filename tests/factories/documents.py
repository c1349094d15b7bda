"""Templates, clauses and documents.

a_clause("exit", "The Supplier must return [[what]].", what="what is returned")
a_template()                                  a small template, published
a_template(text=TEXT.replace("Who", "What"))  another version of it
a_document(by=ada)                            begun on it; answers={"title": "Library system"}
"""

from __future__ import annotations

from typing import Any

from guidance.documents import versions
from guidance.documents.models import Clause, Document, DocumentTemplate
from guidance.documents.services import answering, beginning
from guidance.editorial import kinds
from guidance.editorial.models import Revision, State
from guidance.editorial.selectors import newest
from guidance.editorial.services import publishing
from toolkit.accounts.models import Person

TEXT = """+++
title = "Exit plan"
summary = "What happens when the contract ends."
stage = "manage"
form = "document"
readers = "internal"
confidence = "intent"
owner = "Commercial team"
review_by = 2027-05-31

[[sections]]
slug = "contract"
title = "The contract"

[[sections]]
slug = "exit"
title = "The exit"

[[questions]]
name = "title"
section = "contract"
ask = "What is the contract called?"
kind = "text"
gap = "name of the contract"
fact = "title"

[[questions]]
name = "ends-on"
section = "contract"
ask = "When does it end?"
kind = "date"
gap = "end date"

[[questions]]
name = "value"
section = "contract"
ask = "What is it worth, including VAT?"
kind = "money"
vat = "inc"
gap = "value"
fact = "value-inc-vat"
required = false

[[questions]]
name = "staff"
section = "exit"
ask = "Will staff transfer?"
kind = "yes-no"
gap = "yes or no"

[[questions]]
name = "staff-how"
section = "exit"
ask = "Who, and to whom?"
kind = "long-text"
gap = "who transfers, and to whom"
when = ["staff is yes"]

[[questions]]
name = "risks"
section = "exit"
ask = "What could go wrong?"
kind = "table"
gap = "risks of the exit"
required = false
columns = ["risk: Risk", "due (date): Due", "impact (choice): Impact | high: High; low: Low"]

[[sources]]
label = "Procurement Act 2023"
section = "section 78"
checked_on = 2026-11-24

[example]
title = "Library system"
ends-on = 2027-03-31
staff = "no"
+++
## The contract

[[title]] ends on [[ends-on]].

::: if value is answered
It is worth [[value]].
::: end

> Talk to the supplier early.

## Staff

::: if staff is yes
::: answer staff-how
::: otherwise
No staff transfer.
::: end

## Risks

::: answer risks
"""

CLAUSE = """+++
title = "{title}"
summary = "What it does."
when_to_use = "Nearly always."
watch = "The dates."
owner = "Legal"
review_by = 2027-05-31

[[sources]]
label = "Procurement Act 2023"
checked_on = 2025-11-24

[gaps]
{gaps}
+++
{body}
"""


def published(kind_slug: str, slug: str, text: str) -> Any:
    """An item of content with this text live: a new one, or the next revision of the one there."""
    kind = kinds.named(kind_slug)
    item = kind.model._default_manager.filter(slug=slug).first() or kind.model(slug=slug)
    if item.pk is None:
        kind.apply(item, text)
        item.save()
    latest = newest(kind_slug, item.pk)
    revision = Revision.objects.create(
        kind=kind_slug,
        item_id=item.pk,
        number=latest.number + 1 if latest is not None else 1,
        slug=slug,
        title=slug,
        text=text,
        state=State.APPROVED,
    )
    publishing.publish(revision=revision, actor=None)
    return kind.model._default_manager.get(pk=item.pk)


def a_template(slug: str = "exit-plan", text: str = TEXT) -> DocumentTemplate:
    template: DocumentTemplate = published(versions.TEMPLATE, slug, text)
    return template


def a_clause(slug: str, body: str, **gaps: str) -> Clause:
    lines = "\n".join(f'{name} = "{words}"' for name, words in gaps.items())
    clause: Clause = published(
        versions.CLAUSE, slug, CLAUSE.format(title=slug.capitalize(), gaps=lines, body=body)
    )
    return clause


def a_document(
    *,
    by: Person,
    template: DocumentTemplate | None = None,
    answers: dict[str, Any] | None = None,
    **given: Any,
) -> Document:
    """Begun by this person for the first organisation they belong to, and answered."""
    membership = by.memberships.select_related("organisation").order_by("pk").first()
    assert membership is not None
    document = beginning.begin(
        template=template or a_template(), organisation=membership.organisation, actor=by, **given
    )

    for name, value in (answers or {}).items():
        if isinstance(value, list):
            answering.add_rows(document=document, name=name, rows=value, actor=by)
        else:
            there = document.answers.filter(name=name).first()
            seen = there.number if there is not None else 0
            answering.save_answer(document=document, name=name, value=value, seen=seen, actor=by)

    return Document.objects.select_related("template", "organisation").get(pk=document.pk)
