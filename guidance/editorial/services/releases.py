"""Scheduled publishing and withdrawing: one item or a set."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping, Sequence

from django.db import OperationalError, transaction

from guidance.editorial import kinds
from guidance.editorial.content import ContentError
from guidance.editorial.models import Action, Item, Release, ReleaseStep, Revision, State
from guidance.editorial.services import publishing
from toolkit.accounts.models import Person
from toolkit.core import clock
from toolkit.core.errors import Refused

log = logging.getLogger(__name__)


@transaction.atomic
def plan(*, name: str, at: dt.datetime, actor: Person) -> Release:
    """A release that goes out at a time to come. Raises Refused for a time that has passed."""
    if at <= clock.now():
        raise Refused("The time must be in the future")
    return Release.objects.create(name=name.strip()[:120], goes_out_at=at, created_by=actor)


@transaction.atomic
def move(*, release: Release, name: str, at: dt.datetime) -> None:
    """Give a release that waits another name and time; what held it up is tried again. Raises Refused."""
    found = _waiting(release)
    found.name, found.goes_out_at, found.problem = name.strip()[:120], at, ""
    found.save(update_fields=["name", "goes_out_at", "problem"])


def _waiting(release: Release) -> Release:
    found = Release.objects.select_for_update().get(pk=release.pk)
    if not found.is_waiting:
        raise Refused("This release has gone out or was cancelled")
    return found


@transaction.atomic
def add_revision(*, release: Release, revision: Revision) -> None:
    """Let an approved revision go out with a release. Raises Refused when it is not approved, or its item is in it."""
    release = _waiting(release)
    if revision.state != State.APPROVED:
        raise Refused("Only an approved revision can be scheduled")
    _add(
        release,
        revision.kind,
        revision.item_id,
        action=Action.PUBLISH,
        title=revision.title,
        revision=revision,
    )


@transaction.atomic
def add_withdrawal(*, release: Release, item: Item, reason: str, read_instead: str = "") -> None:
    """Let an item be withdrawn with a release. Raises Refused without a reason."""
    release = _waiting(release)
    if not reason.strip():
        raise Refused("Say why, for readers")
    kind = kinds.of(item)
    _add(
        release, kind.slug, item.pk, action=Action.WITHDRAW, title=str(item), reason=reason.strip(),
        read_instead=read_instead,
    )  # fmt: skip


def _add(release: Release, kind: str, item_id: int, **more: object) -> None:
    if release.steps.filter(kind=kind, item_id=item_id).exists():
        raise Refused("It is in this release already")
    ReleaseStep.objects.create(release=release, kind=kind, item_id=item_id, **more)


@transaction.atomic
def cancel(*, release: Release) -> None:
    """Call a release off; nothing of it happens. Raises Refused when it has gone out."""
    release = _waiting(release)
    release.cancelled_at = clock.now()
    release.save(update_fields=["cancelled_at"])


def run_due() -> int:
    """Let out every release whose time has come, each whole or not at all; how many went out.

    Two workers at once take different ones. One that can't go out keeps the reason and waits for an editor.
    """
    done = 0
    while True:
        with transaction.atomic():
            release = (
                Release.objects.select_for_update(skip_locked=True)
                .filter(goes_out_at__lte=clock.now(), done_at=None, cancelled_at=None, problem="")
                .order_by("goes_out_at", "pk")
                .first()
            )
            if release is None:
                return done
            done += _let_out(release)


def _let_out(release: Release) -> bool:
    try:
        with transaction.atomic():
            steps = list(release.steps.select_related("revision"))
            parked = _free_addresses(steps)
            for step in steps:
                _do(step, parked)
    except (Refused, ContentError) as problem:
        return _held_up(release, str(problem))
    except OperationalError:
        raise  # the database’s trouble, not the release’s: the next run tries it again
    except Exception:
        # A fault of ours in one text or in what follows from publishing it. Raised on, it would undo the whole run and meet
        # the same release first the next minute, and nothing after it would ever go out. What it was is in the log, and the
        # release says on the desk that it waits.
        log.exception("Release “%s” failed", release)
        return _held_up(release, "Something unexpected went wrong; the service’s staff find it in the log")
    release.done_at = clock.now()
    release.save(update_fields=["done_at"])
    return True


def _free_addresses(steps: Sequence[ReleaseStep]) -> Mapping[int, str]:
    """Let items of one release take over each other's addresses, whichever goes first: each that changes its own gives
    it up before any takes one. Step id → the slug its item had."""
    parked: dict[int, str] = {}
    for step in steps:
        if step.revision is None:
            continue
        items = kinds.named(step.kind).model._default_manager.filter(pk=step.item_id)
        moving = items.exclude(slug=step.revision.slug).first()
        if moving is not None:
            parked[step.pk] = moving.slug
            items.update(slug=f"moving-{step.pk}")
    return parked


def _held_up(release: Release, problem: str) -> bool:
    log.warning("Release “%s” could not go out: %s", release, problem)
    release.problem = problem
    release.save(update_fields=["problem"])
    return False


def _do(step: ReleaseStep, parked: Mapping[int, str]) -> None:
    if step.revision is not None:
        publishing.publish(revision=step.revision, actor=None, parked_from=parked.get(step.pk, ""))
    else:
        item = kinds.named(step.kind).model._default_manager.filter(pk=step.item_id).first()
        if item is None:
            raise Refused(f"“{step.title}” is not there any more")
        publishing.withdraw(item=item, reason=step.reason, read_instead=step.read_instead, actor=None)
