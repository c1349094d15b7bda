"""What a procurement tells its documents, and who may read and write them (guidance.documents.subjects)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from guidance.documents.assembly.definitions import Confidence
from guidance.documents.subjects import Audience, Claims, Known, Provider, Subject
from toolkit.accounts.models import Person
from toolkit.accounts.roles import Right
from toolkit.accounts.visibility import Level, Reader
from toolkit.core import clock
from toolkit.core.text import day, listed
from toolkit.holidays.selectors import remembered_bank_holidays
from toolkit.law.claims import claims_end
from workflows.journeys import loading
from workflows.journeys.progress import Progress, Status
from workflows.journeys.selectors import progress_of, progress_of_many
from workflows.journeys.vocabulary import ANSWERS
from workflows.procurements import confidence as window
from workflows.procurements import papers, permissions
from workflows.procurements.facts import facts_of
from workflows.procurements.models import Procurement, Regime, TeamMember, TeamRole
from workflows.procurements.services.lapses import paper_reviewed
from workflows.procurements.triage import triage_of
from workflows.rules.selectors import InForce

KIND = papers.KIND

# A fact of documents → the event whose day it is, and the events of which one must be known before whoever may open the
# record may know it: what the steps of the procurement itself record is for the team until a notice has told it.
_DAYS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "strategy-decided-on": ("strategy-decided", ("strategy-decided",)),
    "engagement-notice-on": ("engagement-notice", ("engagement-notice",)),
    "tender-notice-on": ("tender-notice", ("tender-notice",)),
    "tender-deadline": ("tender-deadline", ("tender-notice",)),
    "award-decided-on": ("award-decided", ("award-notice",)),
    "award-notice-on": ("award-notice", ("award-notice",)),
    "starts-on": ("contract-starts", ("award-notice",)),
    "ends-on": ("contract-ends", ("award-notice",)),
}
_YES_OR_NO: Mapping[str, str] = {
    "personal-data": "personal_data",
    "staff-transfer": "staff_transfer",
    "leaseholders": "leaseholders",
    "technology": "technology",
    "uses-ai": "uses_ai",
    "key-decision-strategy": "key_decision_strategy",
    "key-decision-award": "key_decision_award",
}
_PUBLISHED = ("tender-notice", "invitation", "transparency-notice", "award-notice")
"""With any of these its papers have gone out to suppliers."""
_STANDSTILLS = ("standstill", "voluntary-standstill")
_MOST_CODES = 10


class ProcurementProvider(Provider):
    kind = KIND

    def find(self, key: str, reader: Reader) -> Subject | None:
        found = (
            Procurement.objects.visible_to(reader)
            .select_related("organisation")
            .filter(reference=key)
            .first()
        )
        if found is None:
            return None
        url = reverse("procurement", args=[key])
        return Subject(KIND, key, found.name, url, found.organisation, "procurement")

    def titles(self, keys: Collection[str], reader: Reader) -> Mapping[str, str]:
        found = Procurement.objects.visible_to(reader).filter(reference__in=keys)
        return {procurement.reference: procurement.name for procurement in found}

    def titled(self, word: str, reader: Reader) -> QuerySet[Any]:
        named = Q(title__icontains=word) | Q(reference__icontains=word)
        return Procurement.objects.visible_to(reader).filter(named).values("reference")

    def may_read(self, key: str, reader: Reader, confidence: Confidence) -> bool:
        return self.readable(reader, confidence).filter(reference=key).exists()

    def readable(self, reader: Reader, confidence: Confidence) -> QuerySet[Any]:
        kept = window.challenges_in_window()  # whatever is written for a challenge says who claims, and why
        visible = Procurement.objects.visible_to(reader).filter(~kept | _on_team(reader, TeamRole.values))
        audited = Q(organisation_id__in=reader.organisations_with(Right.READ_EVERYTHING))
        match confidence:
            case Confidence.OPEN:
                return visible.values("reference")
            case Confidence.INTENT:
                seen = ~Q(intent_visibility=Level.TEAM) | _on_team(reader, TeamRole.values)
            case Confidence.TEAM:
                seen, audited = (
                    _on_team(reader, [TeamRole.LEAD, TeamRole.MEMBER]),
                    audited & ~window.in_window(),
                )
            case Confidence.PERSONAL:
                seen, audited = _on_team(reader, [TeamRole.LEAD]), audited & ~window.in_window()
        return visible.filter(audited | seen).values("reference")

    def is_sealed(self, key: str, confidence: Confidence) -> bool:
        return self.sealed(confidence).filter(reference=key).exists()

    def sealed(self, confidence: Confidence) -> QuerySet[Any]:
        for_the_team = confidence in (Confidence.TEAM, Confidence.PERSONAL)
        those = window.in_window() if for_the_team else window.challenges_in_window()
        return Procurement.objects.filter(those).values("reference")

    def audience(self, key: str, confidence: Confidence) -> Audience:
        found = Procurement.objects.prefetch_related("team").filter(reference=key).first()
        if found is None:
            return Audience(is_everybody=False)
        is_kept = found.is_challenge and window.is_open(found)
        is_open = found.visibility != Level.TEAM and not is_kept
        match confidence:
            case Confidence.OPEN:
                return Audience(is_open, frozenset(permissions.team_ids(found)))
            case Confidence.INTENT:
                is_told = is_open and found.intent_visibility != Level.TEAM
                return Audience(is_told, frozenset(permissions.team_ids(found)))
            case Confidence.TEAM:
                return Audience(is_everybody=False, people=working_on(found))
            case Confidence.PERSONAL:
                leads = (member.person_id for member in found.team.all() if member.role == TeamRole.LEAD)
                return Audience(is_everybody=False, people=frozenset(leads))

    def asks_for(self, key: str, step: str, template: str, steps: Collection[str]) -> bool:
        if not step:
            return True
        found = _with_run(key)
        if found is None or found.run is None:
            return False
        named = {
            task.slug
            for task in loading.of_run(found.run.journey, found.run.version).tasks
            if template in task.documents
        }
        return step in named or step in steps

    def may_write(self, key: str, reader: Reader, confidence: Confidence, step: str) -> bool:
        """The team; whoever a step is given to, its documents; and each of the team their own personal ones. Whatever
        stands with the record: lessons are written when it is closed, an abandonment report when it is stopped."""
        found = (
            Procurement.objects.visible_to(reader)
            .prefetch_related("team", "assignments")
            .filter(reference=key)
            .first()
        )
        if found is None or not reader.may(Right.DRAFT, found.organisation_id):
            return False
        given = any(row.task == step and row.person_id == reader.person_id for row in found.assignments.all())
        return permissions.is_working_on(reader, found) or (given and confidence != Confidence.TEAM)

    def facts(self, key: str) -> Mapping[str, Known]:
        found = Procurement.objects.select_related("organisation", "run").filter(reference=key).first()
        if found is None:
            return {}
        known = dict(_of_record(found))
        if found.run is not None:
            known |= dict(_of_steps(found, _progress(found)))
        return known

    def is_published(self, key: str) -> bool:
        return bool(self.published_among([key]))

    def published_among(self, keys: Collection[str]) -> set[str]:
        """Two queries, however many."""
        found = Procurement.objects.select_related("organisation", "run").filter(
            reference__in=keys, run__isnull=False
        )
        holidays = remembered_bank_holidays()
        of_run = {each.run: each for each in found if each.run is not None}
        progress = progress_of_many(
            {run: facts_of(each, holidays, rules=InForce()) for run, each in of_run.items()},
            today=clock.today(),
        )
        return {
            each.reference
            for run, each in of_run.items()
            if run in progress and any(progress[run].facts.day_of(event) is not None for event in _PUBLISHED)
        }

    def reviewed(self, key: str, actor: Person) -> None:
        paper_reviewed(reference=key, actor=actor)

    def claims(self, key: str) -> Claims:
        found = _with_run(key)
        if found is None:
            return Claims(None, "The procurement has no route here, so nobody knows when it ended.")
        progress = _progress(found)
        ended = progress.facts.day_of("contract-entered") or progress.facts.day_of("not-awarding")
        if ended is None:
            return Claims(None, "The contract is not signed yet, so claims can still be brought.")
        return claims_after(ended, found.regime)


def claims_after(ended_on: dt.date, regime: str) -> Claims:
    """Is the time for claims over that began on this day, under this law? Where the limits are not known here, nobody
    says that it is."""
    if regime not in (Regime.PA23, Regime.PCR2015):
        return Claims(
            None,
            "The time for claims under the law that applies to it is not known here. Ask your legal team.",
        )
    end = claims_end(ended_on, old_law=regime == Regime.PCR2015)
    if end.day >= clock.today():
        return Claims(
            None,
            f"Claims can be brought until {day(end.day)}: {end.rule} ({end.source}). {end.caution}".strip(),
        )
    return Claims(end.day)


def working_on(procurement: Procurement) -> frozenset[int]:
    """The people on its team to work, not only to endorse. Prefetch `team` for lists."""
    return frozenset(
        member.person_id for member in procurement.team.all() if member.role != TeamRole.ENDORSER
    )


def _on_team(reader: Reader, roles: Sequence[str]) -> Q:
    """On the team in one of these roles; nobody in particular is on none."""
    members = TeamMember.objects.filter(person_id=reader.person_id or 0, role__in=roles)
    return Q(pk__in=members.values("procurement_id"))


def _with_run(key: str) -> Procurement | None:
    return (
        Procurement.objects.select_related("organisation", "run")
        .filter(reference=key, run__isnull=False)
        .first()
    )


def _progress(procurement: Procurement) -> Progress:
    """Two queries. Asked only of a procurement that has a run."""
    assert procurement.run is not None
    facts = facts_of(procurement, remembered_bank_holidays())
    return progress_of(procurement.run, facts, today=clock.today())


def _of_record(procurement: Procurement) -> Iterator[tuple[str, Known]]:
    """What stands in the record. It says what whoever may open it can read, so documents of any confidence may too."""
    words, url = (
        f"procurement {procurement.reference}",
        reverse("procurement_facts", args=[procurement.reference]),
    )
    given: Mapping[str, object] = {
        "title": procurement.title,
        "reference": procurement.reference,
        "organisation": procurement.organisation.name,
        "need": procurement.need,
        "consequence": procurement.consequence,
        "category": procurement.category_label if procurement.category else "",
        "cpv-codes": listed(procurement.cpv_codes[:_MOST_CODES]),
        "value-inc-vat": procurement.value_inc_vat,
        "value-ex-vat": procurement.value_ex_vat,
        "needed-on": procurement.needed_on,
        "regime": procurement.get_regime_display(),
        "light-touch": yes_or_no(procurement.is_light_touch),
        "law": law_of(procurement.regime, procurement.is_light_touch, triage_of(procurement).above),
    }
    for name, value in given.items():
        if value not in (None, ""):
            yield name, Known(as_answer(value), words, url)


def as_answer(value: object) -> str:
    """A value of a record as answers are kept."""
    match value:
        case dt.date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return str(value)


def yes_or_no(value: bool | None) -> str:
    """A yes-or-no fact as answers are kept; empty when nobody has said."""
    return {True: "yes", False: "no", None: ""}[value]


def law_of(regime: str, is_light_touch: bool | None, is_above: bool | None) -> str:
    """The fact `law` of documents; empty while something it hangs on is not known."""
    match Regime(regime), is_light_touch, is_above:
        case ((Regime.PCR2015 | Regime.CCR_UCR2016), _, _):
            return "old-law"
        case ((Regime.PSR | Regime.OUTSIDE), _, _):
            return "other"
        case Regime.PA23, _, False:
            return "below-threshold"
        case Regime.PA23, True, True:
            return "light-touch"
        case Regime.PA23, False, True:
            return "act"
    return ""


def _of_steps(procurement: Procurement, progress: Progress) -> Iterator[tuple[str, Known]]:
    words, url = (
        f"the steps of {procurement.reference}",
        reverse("procurement_tasks", args=[procurement.reference]),
    )
    yield "route", Known(progress.journey.title, words, url)
    for name, (event, told_by) in _DAYS.items():
        value = progress.facts.day_of(event)
        is_told = any(progress.facts.day_of(each) is not None for each in told_by)
        if value is not None:
            confidence = Confidence.OPEN if is_told else Confidence.TEAM
            yield name, Known(value.isoformat(), words, url, confidence)
    for name, answer in _YES_OR_NO.items():
        assert answer in ANSWERS
        said = progress.facts.answer(answer)
        if said is not None:
            yield name, Known(yes_or_no(said), words, url)
    yield from _of_states(procurement, progress)


def _of_states(procurement: Procurement, progress: Progress) -> Iterator[tuple[str, Known]]:
    """What single steps hold: the decision on lots, the ground of a direct award, the last day of a standstill."""
    for state in progress.states:
        url = reverse("procurement_task", args=[procurement.reference, state.task.slug])
        words = f"the step “{state.task.title}”"
        match state.task.slug:
            case "lots" if state.data.get("lots"):
                yield "lots-decision", Known(state.data["lots"], words, url)
            case slug if (
                slug in _STANDSTILLS and state.status != Status.NOT_NEEDED and state.due and state.due.day
            ):
                yield "standstill-ends-on", Known(state.due.day.isoformat(), words, url, Confidence.TEAM)
            case _:
                for field in state.task.fields:
                    chosen = dict(field.choices).get(state.data.get(field.name, ""))
                    if field.fact == "ground" and chosen:
                        yield "direct-award-ground", Known(chosen, words, url, Confidence.TEAM)


PROVIDER = ProcurementProvider()


def earlier_of(procurement: Procurement | None) -> Sequence[tuple[str, str]]:
    """For the subjects that come of a procurement."""
    return ((KIND, procurement.reference),) if procurement is not None else ()
