"""Guidance and templates that changed lately, and the live procurements whose steps they stand behind: pages, templates,
the clauses that templates take in, and an organisation’s own versions of templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.urls import reverse

from guidance.documents import following, versions
from guidance.documents.models import Clause, DocumentTemplate, VariantVersion
from guidance.editorial.selectors import names_of
from guidance.pages.models import Page
from toolkit.accounts.visibility import Reader
from toolkit.core.clock import LONDON
from toolkit.holidays.selectors import remembered_bank_holidays
from workflows.journeys import loading
from workflows.journeys.behind import Behind
from workflows.journeys.models import Event
from workflows.journeys.progress import Happening
from workflows.procurements import confidence, permissions
from workflows.procurements.facts import facts_of
from workflows.procurements.models import OpenStep, Procurement, Status

LATELY = dt.timedelta(days=90)
"""Changes older than this are not listed."""
MOST = 200
"""Procurements under one change: more than anybody reads."""


@dataclass(frozen=True, slots=True)
class Touched:
    """One procurement with the steps that a change stands behind. No titles of steps: the reader may not know them."""

    procurement: Procurement
    to_do: tuple[str, ...]
    """Titles of steps still to be done, with the newer text."""
    done: tuple[str, ...]
    """Titles of steps that were completed before the change, by the older text."""


@dataclass(frozen=True, slots=True)
class Change:
    """One page, template or clause that changed, or the organisation’s own version of a template."""

    title: str
    url: str
    on: dt.date
    note: str
    touched: tuple[Touched, ...]
    held_in: tuple[str, ...] = ()
    """Titles of templates of which the organisation’s own version holds the older text."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """Something that changed, and how steps know it."""

    title: str
    url: str
    on: dt.date
    note: str
    behind: Behind
    held_in: tuple[str, ...] = ()


def changes_for(reader: Reader, organisation_id: int, *, today: dt.date) -> list[Change]:
    """What changed lately, newest first, with the live and paused procurements of the organisation that it touches and the reader may
    open. Changes that touch none are left out. A constant number of queries."""
    changed = _changed_since(today - LATELY, organisation_id)
    if not changed:
        return []
    live = list(
        Procurement.objects.visible_to(reader)
        .filter(organisation_id=organisation_id, status__in=[Status.LIVE, Status.PAUSED], run__isnull=False)
        .select_related("organisation", "run")
        .prefetch_related("team")
    )
    slugs = {task.slug for journey in loading.all_journeys().values() for task in journey.tasks if any(each.behind.stands_behind(task) for each in changed)}  # fmt: skip
    covered = {each.pk for each in live if confidence.unseen(reader, each)}
    told = [each for each in live if each.pk not in covered]
    to_do, done = _open_steps(told, slugs), _completed(told, slugs)
    _as_shown(reader, [each for each in live if each.pk in covered], slugs, to_do, done, today)
    found = []
    for each in changed:
        touched = [row for procurement in live if (row := _touched(each, procurement, to_do, done, reader))]
        if touched:
            found.append(
                Change(each.title, each.url, each.on, each.note, tuple(touched[:MOST]), each.held_in)
            )
    return found


def _changed_since(first: dt.date, organisation_id: int) -> list[_Changed]:
    names = names_of(versions.TEMPLATE)
    own = _own_versions(organisation_id)
    found = [*_pages(), *_templates(names, own), *_clauses(names, own), *_saved(names, own)]
    return sorted((each for each in found if each.on >= first), key=lambda each: (each.on, each.title), reverse=True)  # fmt: skip


_Names = Mapping[int, frozenset[str]]
"""Key of a template → the slugs under which steps may know it."""
_Own = Mapping[int, tuple[VariantVersion, following.Standing]]
"""Key of a template → the organisation’s own version that is in use, and how it stands beside what is live."""


def _own_versions(organisation_id: int) -> _Own:
    """One query, and one more where there are any."""
    newest = (
        VariantVersion.objects.filter(
            variant__organisation_id=organisation_id,
            variant__is_in_use=True,
            variant__template__in=DocumentTemplate.objects.published(),
        )
        .select_related("variant__template")
        .order_by("variant_id", "-number")
        .distinct("variant_id")
    )
    found = list(newest)
    clauses = versions.live_clauses() if found else {}
    return {
        each.variant.template_id: (each, following.standing(each.variant, each, clauses)) for each in found
    }


def _pages() -> Iterable[_Changed]:
    names = names_of("page")
    rows = Page.objects.published().values_list("pk", "title", "stage", "slug", "changes", "tasks")
    for pk, title, stage, slug, changes, steps in rows:
        for on, note in _newest(changes):
            behind = Behind(pages=names.get(pk, frozenset()), steps=frozenset(steps))
            yield _Changed(title, reverse("guidance_page", args=[stage, slug]), on, note, behind)


def _templates(names: _Names, own: _Own) -> Iterable[_Changed]:
    rows = DocumentTemplate.objects.published().values_list("pk", "title", "slug", "changes", "steps")
    for pk, title, slug, changes, steps in rows:
        for on, note in _newest(changes):
            behind = Behind(templates=names.get(pk, frozenset()), steps=frozenset(steps))
            held_in = (title,) if pk in own and own[pk][1].template_is_newer else ()
            yield _Changed(title, reverse("template", args=[slug]), on, note, behind, held_in)


def _clauses(names: _Names, own: _Own) -> Iterable[_Changed]:
    """What changed in a clause, behind the steps of every template that takes it in."""
    using: dict[str, list[tuple[int, str, Collection[str]]]] = {}
    rows = DocumentTemplate.objects.published().exclude(clauses=[])
    for pk, title, steps, clauses in rows.values_list("pk", "title", "steps", "clauses"):
        for slug in clauses:
            using.setdefault(slug, []).append((pk, title, steps))
    for title, slug, changes in Clause.objects.published().values_list("title", "slug", "changes"):
        for on, note in _newest(changes):
            taken_in = using.get(slug, [])
            behind = Behind(
                templates=frozenset[str]().union(*(names.get(pk, frozenset()) for pk, _, _ in taken_in)),
                steps=frozenset[str]().union(*(steps for _, _, steps in taken_in)),
            )
            held_in = tuple(
                name for pk, name, _ in taken_in if pk in own and slug in (own[pk][1].clauses or {})
            )
            yield _Changed(f"Clause: {title}", reverse("clause", args=[slug]), on, note, behind, held_in)


def _saved(names: _Names, own: _Own) -> Iterable[_Changed]:
    """The newest version of each template of the organisation’s own, the first too: until then there was none of its own."""
    for pk, (version, _) in own.items():
        template = version.variant.template
        yield _Changed(
            f"{template.title}: your organisation’s own version",
            reverse("template", args=[template.slug]),
            version.at.astimezone(LONDON).date(),
            version.note or f"Version {version.number} was saved",
            Behind(templates=names.get(pk, frozenset()), steps=frozenset(template.steps)),
        )


def _newest(changes: Sequence[dict[str, str]]) -> Iterable[tuple[dt.date, str]]:
    """The newest change, where there is one: the first says that it was published."""
    if len(changes) > 1:
        yield dt.date.fromisoformat(changes[0]["on"]), changes[0]["note"]


def _open_steps(live: Sequence[Procurement], slugs: Collection[str]) -> set[tuple[int, str]]:
    rows = OpenStep.objects.filter(procurement__in=live, task__in=slugs)
    return set(rows.values_list("procurement", "task"))


def _completed(live: Sequence[Procurement], slugs: Collection[str]) -> dict[tuple[int, str], dt.date]:
    """(run, step) → the day on which it was last completed."""
    rows = (
        Event.objects.filter(run__in=[each.run for each in live], task__in=slugs, kind=Happening.COMPLETED)
        .order_by()
        .values_list("run", "task")
        .annotate(Max("at"))
    )
    return {(run, task): at.astimezone(LONDON).date() for run, task, at in rows}


def _as_shown(
    reader: Reader,
    covered: Sequence[Procurement],
    slugs: Collection[str],
    to_do: set[tuple[int, str]],
    done: dict[tuple[int, str], dt.date],
    today: dt.date,
) -> None:
    """The same of records in confidence, as far as this reader may know them: an open step elsewhere may tell what was
    answered there."""
    if not covered:
        return
    holidays = remembered_bank_holidays()
    given = ((each, facts_of(each, holidays)) for each in covered)
    for each, progress in confidence.progress_shown_of_many(reader, given, today=today).items():
        assert each.run is not None  # asked for
        for state in progress.states:
            if state.task.slug not in slugs:
                continue
            if state.is_open:
                to_do.add((each.pk, state.task.slug))
            elif state.completed_on is not None:
                done[each.run.pk, state.task.slug] = state.completed_on


def _touched(
    changed: _Changed,
    procurement: Procurement,
    to_do: set[tuple[int, str]],
    done: dict[tuple[int, str], dt.date],
    reader: Reader,
) -> Touched | None:
    assert procurement.run is not None  # asked for
    tasks = [
        task
        for task in loading.of_run(procurement.run.journey, procurement.run.version).tasks
        if changed.behind.stands_behind(task) and confidence.sees_step(reader, procurement, task)
    ]
    still = [task for task in tasks if (procurement.pk, task.slug) in to_do]
    before = [
        task
        for task in tasks
        if task not in still
        and (on := done.get((procurement.run.pk, task.slug))) is not None
        and on < changed.on
    ]
    if not still and not before:
        return None
    if not permissions.is_working_on(reader, procurement):
        return Touched(procurement, (), ())
    return Touched(procurement, tuple(task.title for task in still), tuple(task.title for task in before))
