"""How many live procurements rest on a page, a template or a clause, for the editors who change it. By routes alone: how far
any of them has come is not told, and below five no number either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.urls import reverse

from guidance.documents import versions
from guidance.documents.models import Clause, DocumentTemplate
from guidance.editorial.models import Item
from guidance.editorial.selectors import names_of
from guidance.pages.models import Page
from toolkit.accounts.visibility import Reader
from toolkit.core.text import count
from workflows.journeys.behind import Behind
from workflows.procurements import confidence
from workflows.procurements.models import Procurement, Status
from workflows.procurements.panels import FEWEST_COUNTED


def behind_of(item: Item) -> Behind | None:
    """How steps know a published item; None for one that stands behind no step. Two queries, three for a clause."""
    if not item.is_published:
        return None
    match item:
        case Page():
            return Behind(pages=names_of("page")[item.pk], steps=frozenset(item.tasks))
        case DocumentTemplate():
            return Behind(templates=names_of(versions.TEMPLATE)[item.pk], steps=frozenset(item.steps))
        case Clause():
            taking_in = DocumentTemplate.objects.published().filter(clauses__contains=[item.slug])
            using = list(taking_in.values_list("pk", "steps"))
            names = names_of(versions.TEMPLATE) if using else {}
            return Behind(
                templates=frozenset[str]().union(*(names[pk] for pk, _ in using)),
                steps=frozenset[str]().union(*(steps for _, steps in using)),
            )
    return None


def resting(context: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(words, address) for the editors’ pages of an item: the number for everybody, and where the reader sees which of their
    own organisation’s they are, if they may open any."""
    behind = behind_of(context["item"])
    if behind is None:
        return []
    # That somebody has a challenge is for its own team.
    found = Procurement.objects.filter(
        behind.runs("run__"), ~confidence.challenges_in_window(), status__in=[Status.LIVE, Status.PAUSED]
    )
    told = found.aggregate(number=Count("pk"), organisations=Count("organisation", distinct=True))
    lines = [(_words(told["number"], told["organisations"]), "")]
    reader: Reader = context["reader"]
    if told["number"] and reader.current_id is not None:
        mine = Procurement.objects.visible_to(reader).filter(
            organisation_id=reader.current_id, pk__in=found.values("pk")
        )
        if mine.exists():
            lines.append(("Which of your organisation’s a change touches", reverse("changed_guidance")))
    return lines


def _words(number: int, organisations: int) -> str:
    if not number:
        return "No live procurement is on a route with a step that rests on it"
    if number < FEWEST_COUNTED:
        return f"Fewer than {FEWEST_COUNTED} live procurements are on routes with a step that rests on it"
    return f"{number} live procurements of {count(organisations, 'organisation')} are on routes with a step that rests on it"
